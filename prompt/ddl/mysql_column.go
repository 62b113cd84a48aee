package ddl

import (
	"slices"
	"strings"
	"unicode/utf8"
)

func mysqlNames(k *tableCheck) {
	check := func(name, what string, pos Pos, block int) {
		switch {
		case utf8.RuneCountInString(name) > 64:
			k.fail(BadName, pos, block, name, "%s %s 超过 64 个字符", what, shown(name))
		case strings.HasSuffix(name, " ") || name == "" && what != "索引名":
			k.fail(BadName, pos, block, name, "%s %q 不能为空或以空格结尾", what, name)
		}
	}
	check(k.Name, "表名", k.NameAt, k.Block)
	for _, c := range k.Columns {
		check(c.Name, "列名", c.Pos, c.Block)
	}
	for _, ix := range k.Indexes {
		check(ix.Name, "索引名", ix.Pos, ix.Block)
	}
	if len(k.Columns) == 0 && !k.Derived {
		k.fail(Syntax, k.Pos, k.Block, k.Name, "表 %s 没有列", k.Name)
	}
}

// typeRule bounds the arguments of a type.
type typeRule struct {
	types string
	bad   func(Type) bool
	say   string
}

// arg is the n-th number in the brackets, -1 when there is none.
func (t Type) arg(n int) int {
	if n >= len(t.Args) {
		return -1
	}
	if v, ok := atoi(t.Args[n]); ok {
		return v
	}
	return -1
}

// mysqlTypeRules are errors 1074, 1425…1427, 1439, 1063, 1291, 1367.
var mysqlTypeRules = []typeRule{
	{"tinyint smallint mediumint int bigint", func(t Type) bool { return t.arg(0) > 255 }, "显示宽度不能超过 255"},
	{"char binary", func(t Type) bool { return t.arg(0) > 255 }, "长度不能超过 255，更长请用 VARCHAR"},
	{"varbinary", func(t Type) bool { return t.arg(0) > 65535 }, "长度不能超过 65535"},
	{"decimal", func(t Type) bool { return t.arg(0) > 65 }, "总位数不能超过 65"},
	{"decimal float double", func(t Type) bool { return t.arg(1) > 30 }, "小数位数不能超过 30"},
	{"decimal float double", func(t Type) bool { return t.arg(1) > t.arg(0) && t.arg(0) >= 0 }, "小数位数不能大于总位数"},
	{"float double", func(t Type) bool { return len(t.Args) == 2 && t.arg(0) > 255 }, "总位数不能超过 255"},
	{"float", func(t Type) bool { return len(t.Args) == 1 && t.arg(0) > 53 }, "精度不能超过 53"},
	{"bit", func(t Type) bool { return t.arg(0) > 64 || t.arg(0) == 0 }, "位数应在 1 到 64 之间"},
	{"datetime timestamp time", func(t Type) bool { return t.arg(0) > 6 }, "小数秒位数不能超过 6"},
	{"enum set", func(t Type) bool { return duplicateValue(t.Values) != "" }, "取值重复"},
	{"set", func(t Type) bool { return len(t.Values) > 64 }, "取值不能超过 64 个"},
	{"set", func(t Type) bool {
		return slices.ContainsFunc(t.Values, func(v string) bool { return strings.Contains(v, ",") })
	}, "取值里不能有逗号"},
	{"enum set", func(t Type) bool {
		return slices.ContainsFunc(t.Values, func(v string) bool { return utf8.RuneCountInString(v) > 255 })
	}, "取值不能超过 255 个字符"},
}

func duplicateValue(values []string) string {
	seen := map[string]bool{}
	for _, v := range values {
		v = strings.ToLower(strings.TrimRight(v, " "))
		if seen[v] {
			return v + " "
		}
		seen[v] = true
	}
	return ""
}

func mysqlColumnTypes(k *tableCheck) {
	for _, c := range k.Columns {
		for _, r := range mysqlTypeRules {
			if slices.Contains(strings.Fields(r.types), c.Type.Name) && r.bad(c.Type) {
				k.failColumn(BadType, c, "列 %s.%s 的类型 %s 非法（%s）", k.Name, c.Name, shown(c.Type.Written), r.say)
				break
			}
		}
		if k.tooLong(c) {
			k.failColumn(BadType, c, "列 %s.%s 的类型 %s 非法（长度最多 %d，更长请用 TEXT）", k.Name, c.Name, shown(c.Type.Written), 65535/k.charBytes(c))
		}
	}
}

// mysqlAutoIncrement is errors 1075, 1063 and 1067.
func mysqlAutoIncrement(k *tableCheck) {
	var first *Column
	for _, c := range k.Columns {
		if !c.AutoIncrement {
			continue
		}
		switch numeric := c.Type.Integer() || c.Type.Name == "float" || c.Type.Name == "double"; {
		case first != nil:
			k.failColumn(AutoIncrement, c, "表 %s 有多个自增列，%s 之外又有 %s", k.Name, first.Name, c.Name)
		case !numeric:
			k.failColumn(AutoIncrement, c, "%s 自增列必须是整数，现为 %s", c.Name, c.Type.Written)
		case c.Default != nil:
			k.failColumn(BadDefault, c, "自增列 %s 不能有默认值", c.Name)
		case c.AutoRandom && k.Primary == nil:
			k.failColumn(AutoIncrement, c, "%s 是 AUTO_RANDOM，必须是主键的第一列", c.Name)
		case !k.leads(c.Name):
			k.failColumn(AutoIncrement, c, "%s 自增列必须是主键或某个索引的第一列", c.Name)
		}
		first = c
	}
}

// leads says whether a key begins with the column.
func (k *tableCheck) leads(name string) bool {
	return slices.ContainsFunc(k.Keys(), func(ix *Index) bool {
		return len(ix.Parts) > 0 && strings.EqualFold(ix.Parts[0].Column, name) && (ix.Kind == Plain || ix.Kind == PrimaryKey)
	})
}

// mysqlNullable is error 1171.
func mysqlNullable(k *tableCheck) {
	if k.Primary == nil {
		return
	}
	for _, p := range k.Primary.Parts {
		if c, ok := k.Column(p.Column); ok && c.Null == Nullable {
			k.failColumn(BadIndex, c, "主键列 %s.%s 不能声明为 NULL", k.Name, c.Name)
		}
	}
}

// inPrimary says whether a column is part of the primary key.
func (k *tableCheck) inPrimary(name string) bool {
	return k.Primary != nil && slices.ContainsFunc(k.Primary.Parts, func(p Part) bool { return strings.EqualFold(p.Column, name) })
}

// mysqlOnUpdate is error 1294.
func mysqlOnUpdate(k *tableCheck) {
	for _, c := range k.Columns {
		switch {
		case c.OnUpdate == nil:
		case c.Type.Name != "datetime" && c.Type.Name != "timestamp":
			k.failColumn(BadDefault, c, "列 %s.%s 是 %s，ON UPDATE 只能用于 DATETIME 和 TIMESTAMP", k.Name, c.Name, c.Type.Written)
		case fraction(c.OnUpdate) != max(c.Type.arg(0), 0):
			k.failColumn(BadDefault, c, "列 %s.%s 的 ON UPDATE 小数秒位数要与类型 %s 一致", k.Name, c.Name, c.Type.Written)
		}
	}
}

// fraction is n of CURRENT_TIMESTAMP(n).
func fraction(e *Expr) int {
	if len(e.Args) == 0 {
		return 0
	}
	n, _ := atoi(e.Args[0].Value)
	return n
}

// mysqlEngines can be named without making the server stop.
var mysqlEngines = strings.Fields("innodb myisam memory heap csv archive blackhole merge mrg_myisam federated ndb ndbcluster example")

// mysqlEngine is error 1286.
func mysqlEngine(k *tableCheck) {
	if k.Engine != "" && !slices.Contains(mysqlEngines, strings.ToLower(k.Engine)) {
		o, _ := k.Option("ENGINE")
		k.fail(BadEngine, o.Pos, k.Block, k.Name, "存储引擎 %s 不存在，请用 InnoDB", k.Engine)
	}
}

// mysqlComments is errors 1628, 1629 and 1688.
func mysqlComments(k *tableCheck) {
	if n := utf8.RuneCountInString(k.Comment); n > 2048 {
		o, _ := k.Option("COMMENT")
		k.fail(LongComment, o.Pos, k.Block, k.Name, "表 %s 的注释有 %d 个字符，超过 2048", k.Name, n)
	}
	for _, c := range k.Columns {
		if n := utf8.RuneCountInString(c.Comment); n > 1024 {
			k.failColumn(LongComment, c, "列 %s.%s 的注释有 %d 个字符，超过 1024", k.Name, c.Name, n)
		}
	}
	for _, ix := range k.Indexes {
		if n := utf8.RuneCountInString(ix.Comment); n > 1024 {
			k.failIndex(LongComment, ix, "%s 的注释有 %d 个字符，超过 1024", label(ix), n)
		}
	}
}
