package check

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// ddlRules hold the table definitions against the grammar and the catalog of
// their server (domain.md §4.2). Most rows are the problems that the reader
// found; D129…D133 are those of sql.md §4.1 that domain.md has no number for.
var ddlRules = []rule{
	{"D101", Error, "「%s」第%d行无法解析：%s", unreadable},
	{"D102", Error, "小节标题表名 %s 与建表语句 %s 不一致", titleNames},
	{"D103", Error, "同名的表建了两次", problems(ddl.DuplicateTable)},
	{"D104", Error, "表 %s 缺少%s", noPrimary},
	{"D105", Error, "一张表里列名重复", problems(ddl.DuplicateCol)},
	{"D106", Error, "索引、主键、分区或外键用了表中没有的列", problems(ddl.UnknownColumn)},
	{"D107", Error, "一张表里索引名重复", problems(ddl.DuplicateIndex)},
	{"D108", Error, "列类型不存在，或长度、精度超出范围", problems(ddl.BadType)},
	{"D109", Error, "用保留字作名字而没有加引号", reservedNames},
	{"D110", Error, "%s 不符合命名规则（小写字母开头，字母数字下划线，≤48）", badNames},
	{"D111", Error, "自增列不合规则：每表至多一列，且要是整数、有键", problems(ddl.AutoIncrement)},
	{"D112", Error, "分区表的主键或唯一键不含分区列", problems(ddl.PartitionKey)},
	{"D113", Error, "大字段（TEXT/BLOB/JSON）作键没有前缀长度，或带默认值", problems(ddl.BigKey, ddl.BigDefault)},
	{"D114", Error, "索引长度超过上限", problems(ddl.KeyLength)},
	{"D115", Error, "一行的长度超过上限", problems(ddl.RowSize)},
	{"D116", Error, "SQL 里有全角符号", problems(ddl.FullWidth)},
	{"D117", Error, "右括号前有多余的逗号", problems(ddl.TrailingComma)},
	{"D118", Warn, "表 %s 缺少 ENGINE", noEngine},
	{"D119", Warn, "表 %s 缺少字符集", noCharset},
	{"D120", Warn, "表 %s 缺少表注释", noTableComment},
	{"D121", Warn, "表 %s 的列缺少注释：%s", noColumnComments},
	{"D122", Warn, "语句末尾缺少分号", problems(ddl.NoSemicolon)},
	{"D123", Error, "用了别的数据库的写法", problems(ddl.OtherDialect)},
	{"D124", Error, "默认值与列类型不符", problems(ddl.BadDefault)},
	{"D125", Error, "NOT NULL 的列默认值写成 NULL", problems(ddl.NotNullNull)},
	{"D126", Error, "分区定义不合规则", problems(ddl.PartitionRule)},
	{"D127", Warn, "整数显示宽度已废弃：%s", displayWidths},
	{"D128", Warn, "表 %s %s，建议垂直拆分", wideTables},
	{"D129", Error, "字符集、排序规则或存储引擎不存在", problems(ddl.BadCharset, ddl.BadEngine)},
	{"D130", Error, "外键引用的表或列不存在，或类型不一致", problems(ddl.BadForeignKey)},
	{"D131", Error, "主键、索引、约束或表达式的定义不合规则", problems(ddl.TwoPrimary, ddl.BadIndex, ddl.BadExpression, ddl.DuplicateName)},
	{"D132", Error, "注释超过长度上限", problems(ddl.LongComment)},
	{"D133", Error, "改动的表、索引或约束没有建立过", problems(ddl.UnknownTable, ddl.UnknownObject)},
}

// found are the reader's problems of some kinds; those with a repair offer it.
func (in *input) found(codes ...ddl.Code) []ddl.Problem {
	var out []ddl.Problem
	for _, p := range in.schema.Problems {
		if slices.Contains(codes, p.Code) {
			out = append(out, p)
		}
	}
	return out
}

// repairs say in the report what the repair of a problem does.
var repairs = map[ddl.Code]string{
	ddl.FullWidth:      "改为半角符号",
	ddl.TrailingComma:  "删除多余的逗号",
	ddl.NoSemicolon:    "补上分号",
	ddl.DuplicateCol:   "保留第一个定义",
	ddl.DuplicateIndex: "改名",
	ddl.ReservedWord:   "加引号",
	ddl.ReservedLater:  "加引号",
	ddl.BigDefault:     "删除默认值",
	ddl.BigKey:         "加前缀长度 191",
	ddl.NotNullNull:    "删除 DEFAULT NULL",
	ddl.Syntax:         "补上缺少的符号",
	ddl.OtherDialect:   "改为本数据库的写法",
}

func (in *input) problem(p ddl.Problem, args ...any) hit {
	h := say(p.Line, p.Object, args...)
	if p.Fix == nil {
		return h
	}
	return h.mend(in.inBlock(p.Block, p.Fix), "%s", repairs[p.Code])
}

// reported is a problem in the reader's words.
func (in *input) reported(p ddl.Problem) hit {
	h := in.problem(p)
	h.wording = p.Message
	return h
}

// problems makes a rule of some kinds of problems, in the reader's words: those
// of the row say what it is about.
func problems(codes ...ddl.Code) func(*input) []hit {
	return func(in *input) []hit {
		var out []hit
		for _, p := range in.found(codes...) {
			out = append(out, in.reported(p))
		}
		return out
	}
}

func unreadable(in *input) []hit {
	var out []hit
	for _, p := range in.found(ddl.Syntax, ddl.BadDocument) {
		title := p.Object
		if p.Block < len(in.fences) {
			title = in.fences[p.Block].title
		}
		out = append(out, in.problem(p, title, p.Line, p.Message))
	}
	return out
}

func reservedNames(in *input) []hit {
	var out []hit
	for _, p := range in.found(ddl.ReservedWord, ddl.ReservedLater) {
		h := in.reported(p)
		if p.Code == ddl.ReservedLater {
			h = h.as(Warn)
		}
		out = append(out, h)
	}
	return out
}

// titleNames compares a subsection's title with the first table of its fence.
// The definition is right: it is what runs.
func titleNames(in *input) []hit {
	var out []hit
	seen := map[int]bool{}
	for _, t := range in.schema.Tables {
		f := in.fence(t)
		if f == nil || seen[t.Block] {
			continue
		}
		seen[t.Block] = true
		if f.name == "" || t.Name == "" || f.name == t.Name {
			continue
		}
		h := say(f.titleLine, t.Name, f.name, t.Name).offer("标题改为 %s", t.Name)
		if at := strings.LastIndex(f.title, f.name); at >= 0 && f.titleAt > 0 {
			start := f.titleAt + at
			h.edits = []ddl.Edit{{Start: start, End: start + len(f.name), New: t.Name}}
		}
		out = append(out, h)
	}
	return out
}

// whole says whether a table was read to its end, so that what it lacks is not
// merely what could not be read.
func (in *input) whole(t *ddl.Table) bool {
	if t.Derived || t.PartitionOf != "" {
		return false
	}
	for _, p := range in.unread {
		if p.Block == t.Block && p.Line >= t.Line && p.Line <= t.EndLine {
			return false
		}
	}
	return true
}

func noPrimary(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if !in.whole(t) || t.Dialect == ddl.MongoDB || t.Dialect == ddl.Search || t.Primary != nil {
			continue
		}
		switch {
		case t.Dialect == ddl.ClickHouse && len(t.OrderBy) > 0, t.Dialect == ddl.Doris && len(t.OrderBy) > 0:
		case t.Dialect == ddl.ClickHouse && !strings.Contains(strings.ToLower(t.Engine), "mergetree"):
		case t.Dialect == ddl.ClickHouse:
			out = append(out, say(t.Line, t.Name, t.Name, " ORDER BY 排序键").offer("补上 ORDER BY（等值列，时间，唯一标识）"))
		case t.Dialect == ddl.Doris:
			out = append(out, say(t.Line, t.Name, t.Name, " DUPLICATE KEY 或 UNIQUE KEY").offer("补上数据模型与键列"))
		default:
			out = append(out, say(t.Line, t.Name, t.Name, "主键").offer("加上 id 主键").propose(in.addPrimary(t)))
		}
	}
	return out
}

var legalName = pattern.New(`^[a-z][a-z0-9_]{0,47}$`)

// badNames are names that a person would not give; fields of documents follow
// other habits.
func badNames(in *input) []hit {
	var out []hit
	named := map[string]bool{}
	check := func(name, object string, line int, longest int) {
		if name == "" || named[object] || legalName.MatchString(name) || len(name) > 48 && len(name) <= longest && legalName.MatchString(name[:48]) {
			return
		}
		named[object] = true
		out = append(out, say(line, object, name).offer("改为小写英文加下划线"))
	}
	for _, t := range in.schema.Tables {
		if t.Dialect == ddl.MongoDB || t.Dialect == ddl.Search {
			continue
		}
		check(t.Name, t.Name, t.NameAt.Line, 48)
		for _, c := range t.Columns {
			check(c.Name, t.Name+"."+c.Name, c.Line, 48)
		}
		for _, ix := range t.Indexes {
			if ix.Kind != ddl.PrimaryKey {
				check(ix.Name, ix.Name, ix.Line, 64)
			}
		}
	}
	for _, p := range in.found(ddl.BadName) {
		if !named[p.Object] && !named[p.Table+"."+p.Object] {
			out = append(out, say(p.Line, p.Object, p.Object))
		}
	}
	return out
}

// insertAt is where a table option can be put: behind the bracket, or behind
// an option that is there.
func insertAt(t *ddl.Table, after string) int {
	if o, ok := t.Option(after); ok {
		return o.End
	}
	return t.Close.End
}

func noEngine(in *input) []hit {
	return in.missingOption(func(t *ddl.Table) (string, int, bool) {
		return " ENGINE=InnoDB", t.Close.End, t.Dialect == ddl.MySQL && t.Engine == ""
	})
}

func noCharset(in *input) []hit {
	return in.missingOption(func(t *ddl.Table) (string, int, bool) {
		return " DEFAULT CHARSET=utf8mb4", insertAt(t, "ENGINE"), likeMySQL(t) && t.Charset == "" && t.Collation == ""
	})
}

// missingOption finds tables that lack an option and puts it in.
func (in *input) missingOption(lacks func(*ddl.Table) (option string, at int, lacking bool)) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		option, at, lacking := lacks(t)
		if !lacking || !in.whole(t) || t.Close.End == 0 {
			continue
		}
		edits := in.inBlock(t.Block, []ddl.Edit{{Start: at, End: at, New: option}})
		out = append(out, say(t.Line, t.Name, t.Name).mend(edits, "补上%s", option))
	}
	return out
}

// commented are the dialects whose tables can carry a comment.
func commented(t *ddl.Table) bool { return t.Dialect != ddl.MongoDB && t.Dialect != ddl.Search }

func noTableComment(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if strings.TrimSpace(t.Comment) != "" || !commented(t) || !in.whole(t) {
			continue
		}
		h := say(t.Line, t.Name, t.Name)
		if e, ok := in.commentEdit(t); ok {
			h = h.mend(in.inBlock(t.Block, []ddl.Edit{e}), "补上注释")
		}
		out = append(out, h)
	}
	return out
}

// commentEdit gives a table the name that its subsection has.
func (in *input) commentEdit(t *ddl.Table) (ddl.Edit, bool) {
	f := in.fence(t)
	if f == nil || f.zh == "" || t.Close.End == 0 || t.HasComment {
		return ddl.Edit{}, false
	}
	comment := "'" + strings.ReplaceAll(f.zh, "'", "''") + "表'"
	if likeMySQL(t) {
		at := t.Close.End
		for _, o := range t.Options {
			at = max(at, o.End)
		}
		if t.Partition != nil || t.TTL != nil {
			at = insertAt(t, "ENGINE")
		}
		return ddl.Edit{Start: at, End: at, New: " COMMENT=" + comment}, true
	}
	if t.Dialect == ddl.ClickHouse || t.Dialect == ddl.Doris {
		return ddl.Edit{}, false
	}
	if !t.Terminated {
		return ddl.Edit{}, false
	}
	end := t.End + strings.Index(f.Text[t.End:], ";") + 1
	return ddl.Edit{Start: end, End: end, New: fmt.Sprintf("\nCOMMENT ON TABLE %s IS %s;", t.Name, comment)}, true
}

// noColumnComments is one finding for each table.
func noColumnComments(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if t.Derived || t.Dialect == ddl.Search || t.PartitionOf != "" {
			continue
		}
		var names []string
		line := t.Line
		for _, c := range t.Columns {
			if strings.TrimSpace(c.Comment) != "" {
				continue
			}
			if len(names) == 0 {
				line = c.Line
			}
			names = append(names, c.Name)
		}
		if len(names) > 0 {
			out = append(out, say(line, t.Name, t.Name, strings.Join(names, ", ")).offer("给这些列补上注释"))
		}
	}
	return out
}

func displayWidths(in *input) []hit {
	blocks := make([]ddl.Block, len(in.fences))
	for i, f := range in.fences {
		blocks[i] = f.Block
	}
	var out []hit
	for _, w := range ddl.DisplayWidths(in.schema, blocks...) {
		h := say(w.Line, w.Table+"."+w.Column, w.Type)
		if w.Fix != nil {
			h = h.mend(in.inBlock(w.Block, w.Fix), "去掉显示宽度")
		}
		out = append(out, h)
	}
	return out
}

// wideTables have more than 50 columns, or rows of more than 8 KB by the
// average sizes of domain.md §3.6.1.
func wideTables(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if !relational(t) || t.Derived {
			continue
		}
		row := 0
		for _, c := range t.Columns {
			if t.Dialect == ddl.PostgreSQL && c.Type.Name == "text" {
				continue // how PostgreSQL writes short strings too
			}
			row += capacity.ColumnBytes(strings.ToUpper(c.Type.Written))
		}
		switch {
		case len(t.Columns) > 50:
			out = append(out, say(t.Line, t.Name, t.Name, fmt.Sprintf("列数 %d", len(t.Columns))))
		case row > 8192:
			out = append(out, say(t.Line, t.Name, t.Name, fmt.Sprintf("单行约 %d 字节", row)))
		}
	}
	return out
}
