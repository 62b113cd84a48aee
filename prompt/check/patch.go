package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// The changes to table definitions that findings propose. Each gives nil where
// the definition does not stand in its CREATE TABLE as it was read.

// autoIncrement is the word, with the blank before it.
var autoIncrement = pattern.New(`(?i)[ \t]+AUTO_INCREMENT\b`)

// definition is the text of a column and where it begins in its fence.
func (in *input) definition(c *ddl.Column) (text string, start int, ok bool) {
	if c.Block >= len(in.fences) || c.End > len(in.fences[c.Block].Text) || c.Start >= c.End {
		return "", 0, false
	}
	return in.fences[c.Block].Text[c.Start:c.End], c.Start, true
}

// retype writes another type for a column; types that number rows are not for
// others to have.
func (in *input) retype(c *ddl.Column, typ string) []ddl.Edit {
	text, start, ok := in.definition(c)
	at := strings.Index(text, " "+c.Type.Written)
	if !ok || at < 0 || c.Type.Written == "" || typ == "" || strings.Contains(strings.ToUpper(typ), "SERIAL") {
		return nil
	}
	at += start + 1
	return in.inBlock(c.Block, []ddl.Edit{{Start: at, End: at + len(c.Type.Written), New: typ}})
}

// withArgs is a type with the arguments of another.
func withArgs(typ string, args []string) string {
	if len(args) == 0 {
		return typ
	}
	return typ + "(" + strings.Join(args, ",") + ")"
}

// without takes a word out of a column's definition.
func (in *input) without(c *ddl.Column, word *pattern.Pattern) []ddl.Edit {
	text, start, ok := in.definition(c)
	m := word.FindStringIndex(text)
	if !ok || m == nil {
		return nil
	}
	return in.inBlock(c.Block, []ddl.Edit{{Start: start + m[0], End: start + m[1]}})
}

// inside says whether something stands between the brackets of a CREATE TABLE.
func inside(t *ddl.Table, s ddl.Span) bool {
	return s.Block == t.Block && s.Start > t.Start && s.End <= t.Close.Start && s.End > s.Start
}

// addAfter writes an element behind the last of some.
func (in *input) addAfter(t *ddl.Table, spans []ddl.Span, element string) []ddl.Edit {
	end := 0
	for _, s := range spans {
		if inside(t, s) {
			end = max(end, s.End)
		}
	}
	if end == 0 || t.Block >= len(in.fences) {
		return nil
	}
	return in.inBlock(t.Block, []ddl.Edit{{Start: end, End: end, New: ",\n    " + element}})
}

func columnSpans(t *ddl.Table) []ddl.Span {
	var out []ddl.Span
	for _, c := range t.Columns {
		out = append(out, c.Span)
	}
	return out
}

// addColumn writes a column behind the others.
func (in *input) addColumn(t *ddl.Table, definition string) []ddl.Edit {
	if !likeMySQL(t) {
		return nil
	}
	return in.addAfter(t, columnSpans(t), definition)
}

// addKey writes a key behind everything between the brackets.
func (in *input) addKey(t *ddl.Table, definition string) []ddl.Edit {
	spans := columnSpans(t)
	for _, ix := range t.Keys() {
		spans = append(spans, ix.Span)
	}
	for _, fk := range t.ForeignKeys {
		spans = append(spans, fk.Span)
	}
	for _, ck := range t.Checks {
		spans = append(spans, ck.Span)
	}
	return in.addAfter(t, spans, definition)
}

// addIndex writes a plain index, for MySQL between the brackets and for
// PostgreSQL behind the statement.
func (in *input) addIndex(t *ddl.Table, name string, columns []string) []ddl.Edit {
	missing := func(c string) bool { _, ok := t.Column(c); return !ok }
	if slices.ContainsFunc(columns, missing) || t.Block >= len(in.fences) {
		return nil
	}
	list := " (" + strings.Join(columns, ", ") + ")"
	if likeMySQL(t) {
		return in.addKey(t, "INDEX "+name+list)
	}
	if t.Dialect != ddl.PostgreSQL || !t.Terminated {
		return nil
	}
	at := t.End + strings.Index(in.fences[t.Block].Text[t.End:], ";") + 1
	return in.inBlock(t.Block, []ddl.Edit{{Start: at, End: at, New: "\nCREATE INDEX " + name + " ON " + t.Name + list + ";"}})
}

// addPrimary makes id the primary key, and writes it where there is none.
func (in *input) addPrimary(t *ddl.Table) []ddl.Edit {
	if _, ok := t.Column("id"); ok {
		return in.addKey(t, "PRIMARY KEY (id)")
	}
	if !likeMySQL(t) || len(t.Columns) == 0 || !inside(t, t.Columns[0].Span) || t.Block >= len(in.fences) {
		return nil
	}
	at := t.Columns[0].Start
	return in.inBlock(t.Block, []ddl.Edit{{Start: at, End: at, New: "id BIGINT PRIMARY KEY COMMENT '主键，雪花ID',\n    "}})
}

// withoutIndex takes an index out of its CREATE TABLE.
func (in *input) withoutIndex(t *ddl.Table, ix *ddl.Index) []ddl.Edit {
	if ix.Inline || !inside(t, ix.Span) {
		return nil
	}
	return in.dropElement(ix.Span)
}

// longerKey writes the mark of deleted rows at the end of a unique key. NULL
// would make all living rows distinct, and a mark of two values lets a name be
// deleted once only.
func (in *input) longerKey(t *ddl.Table, ix *ddl.Index, mark *ddl.Column) []ddl.Edit {
	if mark.Null != ddl.NotNull || mark.Type.Name == "tinyint" || mark.Type.Name == "boolean" || mark.Type.Name == "bool" {
		return nil
	}
	if ix.Inline || !inside(t, ix.Span) || t.Block >= len(in.fences) {
		return nil
	}
	at := strings.LastIndexByte(in.fences[t.Block].Text[ix.Start:ix.End], ')')
	if at < 0 {
		return nil
	}
	at += ix.Start
	return in.inBlock(t.Block, []ddl.Edit{{Start: at, End: at, New: ", " + mark.Name}})
}
