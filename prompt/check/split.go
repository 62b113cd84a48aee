package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// split is what the strategy says of one table: the two subsections for it.
type split struct {
	zh     string
	table  *ddl.Table // nil when section 2 does not define it
	line   int
	items  []chapter.Item
	byDB   bool // has a 分库 subsection
	byTab  bool // has a 分表 subsection
	native bool // the server partitions: nothing is routed
	none   bool // 不分表
	byTime bool
	d, n   int // databases and tables, 0 when not stated
	dLine  int
	dbs    []string // databases as listed: parking_db_0 …
	listed int      // how many that makes, 0 when none are listed
	mods   []modulus
	cols   []routeColumn
	genes  []int    // other moduli that inherited genes allow
	coded  []string // columns whose last digits are the gene
}

// modulus is one "% n" in a rule.
type modulus struct {
	label, key string // key is "" when the rule does not say of what
	n, line    int
}

// routeColumn is a column that rows are routed by.
type routeColumn struct {
	name string
	line int
}

// routes says whether rows are found by a column: by its hash, its value, or
// the gene in its last digits.
func (s split) routes(column string) bool {
	return slices.Contains(s.coded, column) || slices.ContainsFunc(s.cols, func(c routeColumn) bool { return c.name == column })
}

// app says whether the application routes to several physical tables.
func (s split) app() bool { return !s.native && !s.none }

// name is the table's name, or the title's words when it is not defined.
func (s split) name() string {
	if s.table != nil {
		return s.table.Name
	}
	return s.zh
}

// text is everything the subsections say.
func (s split) text() string {
	var b strings.Builder
	for _, it := range s.items {
		b.WriteString(it.Label + "：" + it.Text + "\n")
	}
	return b.String()
}

// otherTables is the subsection for everything that is not split.
const otherTables = "其他业务"

var (
	dbCount    = pattern.New(`(\d+)[ \t]*个?(?:物理|逻辑)?(?:库|实例|数据库|分库)`)
	dbRange    = pattern.New(`([a-z][a-z0-9_]*?)(\d+)[ \t]*(?:~|～|-|—|至|到)[ \t]*[a-z0-9_]*?(\d+)\b`)
	dbName     = pattern.New(`\b[a-z][a-z0-9_]*_\d+\b`)
	tableTotal = pattern.New(`共[ \t]*(\d+)[ \t]*(?:张|个分?表|个分片)`)
	tablesEach = pattern.New(`每(?:个)?库[ \t]*(\d+)[ \t]*(?:张|个)`)
	tableCount = pattern.New(`(\d+)[ \t]*张(?:分|物理)?表`)
	moduloOf   = pattern.New(`(?:([A-Za-z_]\w*)\)?|\)|）)[ \t]*(?:%|mod|MOD)[ \t]*(\d+)`)
	hashOf     = pattern.New(`(?i)(?:CRC32|MD5|hash|murmur3?|xxhash)\(\s*([a-z]\w*)\s*\)`)
	byColumn   = pattern.New("(?:按|根据)[^，。；]*?`?([a-z]\\w*)`?[ \t]*(?:哈希|取模|字段|hash)")
	assigned   = pattern.New(`([A-Za-z_]\w*)[ \t]*=[^=]`)
	lastDigits = pattern.New(`([a-z]\w*)末\s*\d\s*位`)
	geneRange  = pattern.New(`0{2,}[ \t]*[~～-][ \t]*(\d{2,4})`)
	byTimeRule = pattern.New(`按(?:自然)?(?:年|季度?|月|周|日|天)|YYYYMM|yyyyMM|按[^，。；]{0,12}(?:时间|日期)[^，。；]{0,4}(?:按|分)`)
	nativeRule = pattern.New(`原生分区|原生按|不做应用层|PARTITION BY|声明式|HASH分区|RANGE分区|Citus|自动分片|TTL自动`)
	noSplit    = pattern.New(`^(?:\*\*)?(?:不分表|不分库|不拆分|单表|无需分)`)
)

// ruleLabels are the bullets of a subsection that say how rows are routed.
var ruleLabels = []string{"分库规则", "分表规则", "分片规则", "路由策略"}

func (f *facts) readSplits(in *input) {
	for i := range in.doc.Shards {
		sh := &in.doc.Shards[i]
		zh := sh.Zh
		if zh == otherTables {
			f.rest = sh
			continue
		}
		if sh.Kind == "" {
			continue
		}
		k := slices.IndexFunc(f.splits, func(s split) bool { return s.zh == zh })
		if k < 0 {
			name := f.tableNamed(zh)
			t, _ := in.schema.Table(name)
			f.splits = append(f.splits, split{zh: zh, table: t, line: sh.Line})
			k = len(f.splits) - 1
		}
		s := &f.splits[k]
		s.byDB = s.byDB || sh.Kind == chapter.ByDatabase
		s.byTab = s.byTab || sh.Kind == chapter.ByTable
		s.items = append(s.items, sh.Items...)
	}
	for i := range f.splits {
		f.splits[i].read()
	}
}

// tableNamed is the table that a sharding title means: the one with that
// Chinese name, else the only one whose name begins with it (支付 is 支付单).
func (f *facts) tableNamed(zh string) string {
	if n, ok := f.titles[zh]; ok {
		return n
	}
	found := ""
	for title, name := range f.titles {
		if strings.HasPrefix(title, zh) && name != found {
			if found != "" {
				return zh
			}
			found = name
		}
	}
	if found == "" {
		return zh
	}
	return found
}

// read takes numbers and columns out of the bullets.
func (s *split) read() {
	each := 0
	for _, it := range s.items {
		if it.Label == "分库数量" {
			s.readDatabases(it)
		}
		if it.Label == "表名规则" {
			s.readNames(it)
		}
		if !slices.Contains(ruleLabels, it.Label) {
			continue
		}
		s.native = s.native || nativeRule.MatchString(it.Text) && it.Label != "路由策略"
		s.none = s.none || noSplit.MatchString(it.Text)
		s.byTime = s.byTime || byTimeRule.MatchString(it.Text) && it.Label != "路由策略"
		if m := tableTotal.FindStringSubmatch(it.Text); m != nil {
			s.n = integer(m[1])
		} else if m := tableCount.FindStringSubmatch(it.Text); m != nil && s.n == 0 && !tablesEach.MatchString(it.Text) {
			s.n = integer(m[1])
		}
		if m := tablesEach.FindStringSubmatch(it.Text); m != nil {
			each = integer(m[1])
		}
		if m := geneRange.FindStringSubmatch(it.Text); m != nil {
			s.genes = append(s.genes, integer(m[1])+1)
		}
		s.readRoute(it)
	}
	if s.n == 0 && each > 0 && s.d > 0 {
		s.n = each * s.d
	}
}

func (s *split) readDatabases(it chapter.Item) {
	s.dLine = it.Line
	if m := dbCount.FindStringSubmatch(it.Text); m != nil {
		s.d = integer(m[1])
	}
	if m := dbRange.FindStringSubmatch(it.Text); m != nil {
		s.listed = integer(m[3]) - integer(m[2]) + 1
		s.dbs = []string{m[1] + m[2], m[1] + m[3]}
		return
	}
	s.dbs = dbName.FindAllString(it.Text, -1)
	s.listed = len(s.dbs)
}

// readNames takes the number of tables from the highest suffix in the example:
// payments_127 makes 128. Six digits and more are dates.
func (s *split) readNames(it chapter.Item) {
	if s.table == nil || s.n > 0 {
		return
	}
	for _, name := range dbName.FindAllString(it.Text, -1) {
		i := strings.LastIndexByte(name, '_')
		if name[:i] == s.table.Name && len(name)-i-1 <= 4 && len(name)-i-1 >= 2 {
			s.n = max(s.n, integer(name[i+1:])+1)
		}
	}
}

// middle are names of intermediate values, not columns.
var middle = []string{"gene", "hash", "shard", "crc32", "md5", "mod"}

// readRoute collects moduli and columns of one rule.
func (s *split) readRoute(it chapter.Item) {
	var skip []string
	for _, m := range assigned.FindAllStringSubmatch(it.Text, -1) {
		skip = append(skip, strings.ToLower(m[1]))
	}
	add := func(name string) {
		low := strings.ToLower(name)
		if name == "" || name != low || slices.Contains(middle, low) || slices.Contains(skip, low) ||
			slices.ContainsFunc(s.cols, func(c routeColumn) bool { return c.name == name }) {
			return
		}
		s.cols = append(s.cols, routeColumn{name, it.Line})
	}
	for _, re := range []*pattern.Pattern{hashOf, byColumn} {
		for _, m := range re.FindAllStringSubmatch(it.Text, -1) {
			add(m[1])
		}
	}
	for _, m := range lastDigits.FindAllStringSubmatch(it.Text, -1) {
		s.coded = append(s.coded, m[1])
	}
	hashed := hashOf.ReplaceAllString(it.Text, "hash")
	for _, m := range moduloOf.FindAllStringSubmatch(hashed, -1) {
		s.mods = append(s.mods, modulus{it.Label, m[1], integer(m[2]), it.Line})
		add(m[1])
	}
}

// integer reads a short run of digits.
func integer(s string) int {
	n := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			n = min(n*10+int(c-'0'), 1<<30)
		}
	}
	return n
}
