package ddl

import (
	"slices"
	"strings"
)

// mysqlPartitions checks a PARTITION BY clause as a whole: errors 1503, 1506,
// 1659, 1486, 1564, 1492…1500, 1517 and 1654.
func mysqlPartitions(k *tableCheck) {
	p := k.Partition
	if p == nil {
		return
	}
	k.partitionTable(p)
	for _, m := range []*Partition{p, p.Sub} {
		if m != nil && k.partitionColumns(m) {
			k.partitionExpr(m)
			k.partitionKeys(m)
		}
	}
	k.partitionShape(p)
	k.partitionNames(p)
	if strings.HasPrefix(p.Kind, "range") {
		k.ascending(p)
	}
	if strings.HasPrefix(p.Kind, "list") {
		k.listValues(p)
	}
}

func (k *tableCheck) failPartition(code Code, pos Pos, format string, args ...any) {
	k.fail(code, pos, k.Block, k.Name, format, args...)
}

// partitionTable is what a table with partitions cannot have.
func (k *tableCheck) partitionTable(p *Partition) {
	for _, f := range k.ForeignKeys {
		if !f.Inline {
			k.fail(PartitionRule, f.Pos, f.Block, k.Name, "分区表 %s 不能有外键", k.Name)
		}
	}
	for _, ix := range k.Indexes {
		if ix.Kind == Fulltext || ix.Kind == Spatial {
			k.failIndex(PartitionRule, ix, "分区表 %s 不能有全文或空间索引", k.Name)
		}
	}
	if k.Temporary {
		k.failPartition(PartitionRule, p.Pos, "临时表 %s 不能分区", k.Name)
	}
}

// partitionColumns is errors 1488, 1054 and 1502.
func (k *tableCheck) partitionColumns(p *Partition) bool {
	ok := true
	for _, n := range p.Columns {
		if k.unknown(n) {
			k.failPartition(UnknownColumn, p.Pos, "分区键引用了不存在的列 %s", n)
			ok = false
		}
	}
	if p.Kind == "key" && len(p.Columns) == 0 && k.Primary == nil && !k.hasUnique() {
		k.failPartition(PartitionRule, p.Pos, "PARTITION BY KEY() 需要表有主键或唯一键")
	}
	return ok
}

func (k *tableCheck) hasUnique() bool {
	return slices.ContainsFunc(k.Indexes, func(ix *Index) bool { return ix.Unique })
}

// partitionKeys is error 1503.
func (k *tableCheck) partitionKeys(p *Partition) {
	for _, ix := range k.Keys() {
		if !ix.Unique {
			continue
		}
		for _, n := range p.Columns {
			in := slices.ContainsFunc(ix.Parts, func(part Part) bool { return strings.EqualFold(part.Column, n) })
			if !in {
				k.fail(PartitionKey, ix.Pos, ix.Block, cmp(ix.Name, k.Name), "分区键 %s 未包含在%s中，MySQL 会拒绝建表", n, uniqueLabel(ix))
			}
		}
	}
}

func uniqueLabel(ix *Index) string {
	switch {
	case ix.Kind == PrimaryKey:
		return "主键"
	case ix.Name != "":
		return "唯一键 " + ix.Name
	default:
		return "唯一键 (" + strings.Join(ix.Columns(), ", ") + ")"
	}
}

// partitionFunctions are the functions a partition expression may call.
var partitionFunctions = strings.Fields(`to_days to_seconds year month day dayofmonth dayofweek dayofyear hour minute second
	microsecond quarter weekday yearweek datediff extract time_to_sec unix_timestamp abs ceiling ceil floor mod`)

// calendarFunctions need a date, those from hour on a time of day.
var calendarFunctions = strings.Fields(`to_days to_seconds year month day dayofmonth dayofweek dayofyear quarter weekday
	yearweek datediff hour minute second microsecond time_to_sec`)

// calendarColumn says whether a column has what a calendar function reads.
func calendarColumn(function string, t Type) bool {
	clock := slices.Index(calendarFunctions, function) >= slices.Index(calendarFunctions, "hour")
	return t.Name == "datetime" || !clock && t.Name == "date" || clock && t.Name == "time"
}

// columnPartitionTypes may be named in RANGE COLUMNS and LIST COLUMNS.
var columnPartitionTypes = append(strings.Fields("date datetime char varchar binary varbinary"), integerTypes...)

// partitionExpr checks the types: 1659, 1486, 1564.
func (k *tableCheck) partitionExpr(p *Partition) {
	switch {
	case p.Kind == "key":
		for _, n := range p.Columns {
			if c, ok := k.Column(n); ok && c.Type.Big() {
				k.failPartition(PartitionRule, p.Pos, "%s 列 %s 不能作分区键", strings.ToUpper(c.Type.Name), n)
			}
		}
	case strings.HasSuffix(p.Kind, "columns"):
		for _, n := range p.Columns {
			if c, ok := k.Column(n); ok && !slices.Contains(columnPartitionTypes, c.Type.Name) {
				k.failPartition(PartitionRule, p.Pos, "%s 列 %s 不能用于 %s 分区", strings.ToUpper(c.Type.Name), n, strings.ToUpper(p.Kind))
			}
		}
	case p.Expr == nil:
	case len(p.Columns) == 0:
		k.failPartition(PartitionRule, p.Pos, "分区表达式 %s 没有用到任何列", p.Expr.Text)
	case p.Expr.Kind == ColRef:
		if c, ok := k.Column(p.Columns[0]); ok && !c.Type.Integer() && c.Type.Name != "bit" && c.Type.Name != "year" {
			k.failPartition(PartitionRule, p.Pos, "%s 分区的列 %s 必须是整数，现为 %s；可改用 %s COLUMNS 或日期函数", strings.ToUpper(p.Kind), c.Name, c.Type.Written, strings.ToUpper(p.Kind))
		}
	default:
		k.partitionCalls(p)
	}
}

// partitionCalls looks at the functions of an expression.
func (k *tableCheck) partitionCalls(p *Partition) {
	toks := lex(MySQL, p.Expr.Text)
	timestampOnly, calendar := false, ""
	for i, t := range toks[:len(toks)-1] {
		name := strings.ToLower(t.text)
		if t.is("/") {
			k.failPartition(PartitionRule, p.Pos, "分区表达式 %s 的结果不是整数，请用 DIV", shown(p.Expr.Text))
		}
		if t.kind != word || !toks[i+1].is("(") {
			continue
		}
		if !slices.Contains(partitionFunctions, name) {
			k.failPartition(PartitionRule, p.Pos, "分区表达式不能使用函数 %s", strings.ToUpper(name))
			return
		}
		timestampOnly = timestampOnly || name == "unix_timestamp"
		if slices.Contains(calendarFunctions, name) {
			calendar = name
		}
	}
	for _, n := range p.Columns {
		c, ok := k.Column(n)
		switch {
		case !ok:
		case c.Type.Name == "timestamp" && !timestampOnly:
			k.failPartition(PartitionRule, p.Pos, "TIMESTAMP 列 %s 只能用 UNIX_TIMESTAMP() 分区", n)
		case timestampOnly && c.Type.Name != "timestamp":
			k.failPartition(PartitionRule, p.Pos, "UNIX_TIMESTAMP() 分区只能用于 TIMESTAMP 列，%s 是 %s", n, c.Type.Written)
		case calendar != "" && !calendarColumn(calendar, c.Type):
			k.failPartition(PartitionRule, p.Pos, "分区表达式 %s 要用日期列，%s 是 %s", strings.ToUpper(calendar)+"()", n, c.Type.Written)
		case c.Type.Textual():
			k.failPartition(PartitionRule, p.Pos, "分区表达式不能用字符列 %s", n)
		}
	}
}

// partitionShape checks that definitions are there and of the right form.
func (k *tableCheck) partitionShape(p *Partition) {
	ranges, lists := strings.HasPrefix(p.Kind, "range"), strings.HasPrefix(p.Kind, "list")
	switch {
	case (ranges || lists) && len(p.Parts) == 0:
		k.failPartition(PartitionRule, p.Pos, "%s 分区要逐个写出 PARTITION", strings.ToUpper(p.Kind))
	case p.Count > 0 && len(p.Parts) > 0 && p.Count != len(p.Parts):
		k.failPartition(PartitionRule, p.Pos, "PARTITIONS %d 与写出的 %d 个分区不符", p.Count, len(p.Parts))
	case p.Count > 8192 || len(p.Parts) > 8192:
		k.failPartition(PartitionRule, p.Pos, "分区最多 8192 个")
	case p.Sub != nil && !ranges && !lists:
		k.failPartition(PartitionRule, p.Pos, "只有 RANGE 和 LIST 分区能有子分区")
	}
	for _, sh := range p.Parts {
		switch {
		case ranges && sh.LessThan == nil:
			k.failPartition(PartitionRule, sh.Pos, "RANGE 分区 %s 要写 VALUES LESS THAN", sh.Name)
		case lists && sh.In == nil:
			k.failPartition(PartitionRule, sh.Pos, "LIST 分区 %s 要写 VALUES IN", sh.Name)
		case !ranges && !lists && (sh.LessThan != nil || sh.In != nil):
			k.failPartition(PartitionRule, sh.Pos, "%s 分区 %s 不能写 VALUES", strings.ToUpper(p.Kind), sh.Name)
		}
	}
}

// partitionNames is error 1517.
func (k *tableCheck) partitionNames(p *Partition) {
	seen := map[string]bool{}
	for _, sh := range p.Parts {
		name := strings.ToLower(sh.Name)
		if seen[name] {
			k.failPartition(DuplicateName, sh.Pos, "分区名 %s 重复", sh.Name)
		}
		seen[name] = true
	}
}
