package export

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// The headers of a data dictionary, as ColumnRow and KeyRow fill them.
var (
	columnHeader = []string{"序号", "名称", "数据类型", "长度", "允许空值", "主键", "默认值", "说明"}
	keyHeader    = []string{"索引", "唯一", "列"}
)

// dictionary writes the data dictionary as Markdown: one table of columns and
// one of keys for every database table.
func dictionary(s Source) ([]File, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "# 数据字典：%s\n", escapeCell(s.Name))
	for _, t := range s.tables() {
		fmt.Fprintf(&b, "\n## %s (%s)\n", escapeCell(s.title(t)), escapeCell(t.Name))
		if p := s.place(t); p != "" {
			fmt.Fprintf(&b, "\n实例：%s\n", escapeCell(p))
		}
		markdownTable(&b, columnHeader, columnRows(t))
		markdownTable(&b, keyHeader, keyRows(t))
	}
	return s.file("-数据字典.md", []byte(b.String())), nil
}

func markdownTable(b *strings.Builder, header []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	b.WriteString("\n| " + strings.Join(header, " | ") + " |\n" + strings.Repeat("|---", len(header)) + "|\n")
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = escapeCell(c)
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
}

// columnRows are the numbered rows under columnHeader.
func columnRows(t *ddl.Table) [][]string {
	var out [][]string
	for i, c := range t.Columns {
		out = append(out, append([]string{fmt.Sprint(i + 1)}, ColumnRow(t, c)...))
	}
	return out
}

// keyRows are the rows under keyHeader.
func keyRows(t *ddl.Table) [][]string {
	var out [][]string
	for _, k := range t.Keys() {
		out = append(out, KeyRow(k))
	}
	if len(t.OrderBy) > 0 {
		var cols []string
		for _, e := range t.OrderBy {
			cols = append(cols, e.Text)
		}
		out = append(out, []string{"排序键", "否", strings.Join(cols, ", ")})
	}
	return out
}

// ColumnRow is one row of a data dictionary without its number: name, type,
// length, nullable, primary key, default, description.
func ColumnRow(t *ddl.Table, c *ddl.Column) []string {
	typ, length := typeAndLength(t.Dialect, c.Type)
	def := "-"
	if c.Default != nil {
		def = c.Default.Text
	}
	return []string{c.Name, typ, orDash(length), yes(nullable(t, c)), yes(primaryHas(t, c.Name)), def, oneLine(c.Comment)}
}

// KeyRow is one row of the keys: name, unique, columns with their prefix
// lengths and order.
func KeyRow(k *ddl.Index) []string {
	return []string{orDash(k.Name), yes(k.Unique || k.Kind == ddl.PrimaryKey), strings.Join(keyParts(k), ", ")}
}

func keyParts(k *ddl.Index) []string {
	var out []string
	for _, p := range k.Parts {
		part := p.Column
		if p.Expr != nil {
			part = oneLine(p.Expr.Text)
		}
		if p.Length > 0 {
			part += fmt.Sprintf("(%d)", p.Length)
		}
		if p.Desc {
			part += " DESC"
		}
		out = append(out, part)
	}
	return out
}

var number = pattern.New(`^\d+$`)

// typeAndLength splits VARCHAR(64) into what a dictionary calls type and
// length. Arguments that are no numbers belong to the type: Nullable(String),
// ENUM('a','b'). ClickHouse names are case sensitive and stay as written.
func typeAndLength(d ddl.Dialect, t ddl.Type) (typ, length string) {
	typ = oneLine(t.Written)
	numeric := len(t.Args) > 0 && !slices.ContainsFunc(t.Args, func(a string) bool { return !number.MatchString(strings.TrimSpace(a)) })
	open, end := strings.IndexByte(typ, '('), strings.IndexByte(typ, ')')
	if numeric && open > 0 && end > open {
		length = strings.Join(t.Args, ",")
		typ = oneLine(typ[:open] + " " + typ[end+1:])
	}
	if d != ddl.ClickHouse && d != ddl.MongoDB && d != ddl.Search && len(t.Values) == 0 {
		typ = strings.ToUpper(typ)
	}
	return typ, length
}

// nullable says whether a column may be empty. ClickHouse columns are not
// unless their type says so; a field that a document store does not require
// may be missing.
func nullable(t *ddl.Table, c *ddl.Column) bool {
	if t.Dialect == ddl.ClickHouse {
		return c.Null == ddl.Nullable || strings.Contains(strings.ToLower(c.Type.Written), "nullable(")
	}
	return c.Null != ddl.NotNull && !c.Identity && !primaryHas(t, c.Name)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// escapeCell keeps user text inside its table cell, and from being read as
// Markdown; an underscore inside a word means nothing and stays readable.
func escapeCell(s string) string {
	var b strings.Builder
	r := []rune(oneLine(s))
	for i, c := range r {
		if strings.ContainsRune("\\`*[]<>|~", c) || c == '_' && (i == 0 || i == len(r)-1 || !wordRune(r[i-1]) || !wordRune(r[i+1])) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
