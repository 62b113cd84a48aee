package check

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
)

// plannedWithoutDDL: tables that the instance table names need a definition.
// Rows of engines without definitions in this format are left out; a table of
// the brief is an error, another one a warning.
func plannedWithoutDDL(in *input) []hit {
	var out []hit
	seen := map[string]bool{}
	for _, row := range in.doc.Instances {
		e, known := engineIn(row.Engine)
		if known && e.dialect == "" {
			continue
		}
		for _, name := range row.Tables {
			if in.defines(name) || seen[name] || !infer.Identifier(name) {
				continue
			}
			seen[name] = true
			h := say(row.Line, name, name).offer("在“核心表设计”补上 %s 的建表语句", name)
			if in.design != nil {
				if t, ok := in.design.Table(name); ok && t.Dialect != design.NoTable {
					h = h.as(Error)
				}
			}
			out = append(out, h)
		}
	}
	return out
}

// defines says whether section 2 has a table of that name, or a search index
// under a title with that name.
func (in *input) defines(name string) bool {
	_, ok := in.schema.Table(name)
	return ok || slices.ContainsFunc(in.fences, func(f fence) bool { return f.Dialect == ddl.Search && f.name == name })
}

// definedWithoutRow: the repair adds the table to the one row that can hold
// it; with several the person decides.
func definedWithoutRow(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if in.planned(t) || t.PartitionOf != "" || t.Temporary {
			continue
		}
		h := say(t.Line, t.Name, t.Name).offer("把 %s 写进它所在实例那一行的“主要表”", t.Name)
		if i := in.rowFor(t); i >= 0 {
			h = h.mend([]ddl.Edit{in.addToRow(i, t.Name)}, "把 %s 加到 %s 一行的“主要表”", t.Name, in.doc.Instances[i].Name)
		}
		out = append(out, h)
	}
	return out
}

// planned says whether a row names a table; a search index may have a version
// behind the name that people use (orders_v1).
func (in *input) planned(t *ddl.Table) bool {
	f := in.fence(t)
	return len(in.facts.rows[t.Name]) > 0 || t.Dialect == ddl.Search && f != nil && len(in.facts.rows[f.name]) > 0
}

// rowFor is the only row that can hold a table: that of the design's service,
// or the only one of its dialect. A row that speaks of splitting is no place
// to put a table without looking.
func (in *input) rowFor(t *ddl.Table) int {
	service := ""
	if in.design != nil {
		if dt, ok := in.design.Table(t.Name); ok {
			s, _ := in.design.Brief.Service(dt.Service)
			service = s.Name
		}
	}
	found := -1
	for i, row := range in.doc.Instances {
		d, ok := dialectOf(row.Engine)
		if !ok || d != t.Dialect || service != "" && row.Service != service || row.Cells != 5 || strings.Contains(row.Remark, "分") {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// addToRow writes a row with one more table.
func (in *input) addToRow(i int, table string) ddl.Edit {
	row := in.doc.Instances[i]
	start := in.lineOffset(row.Line)
	end := start + strings.IndexByte(in.text[start:]+"\n", '\n')
	row.Tables = append(slices.Clone(row.Tables), table)
	return ddl.Edit{Start: start, End: end, New: row.String()}
}

// lineOffset is the byte offset of a line (1-based) of in.text.
func (in *input) lineOffset(line int) int {
	at := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(in.text[at:], '\n')
		if i < 0 {
			return len(in.text)
		}
		at += i + 1
	}
	return at
}

// instanceLine is where the instance table stands.
func (in *input) instanceLine() int {
	if len(in.doc.Instances) > 0 {
		return in.doc.Instances[0].Line
	}
	if p, ok := in.chapter.Section(chapter.Architecture); ok {
		return p.Line
	}
	return 1
}

func missingServices(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	for _, s := range in.design.Brief.Services {
		if !slices.ContainsFunc(in.doc.Instances, func(r chapter.Instance) bool {
			return strings.Contains(r.Service, s.Name) || mentions(r.Service, s.Code)
		}) {
			out = append(out, say(in.instanceLine(), s.Name, s.Name).in(chapter.Architecture).offer("为 %s 加一行", s.Name))
		}
	}
	return out
}

func unknownEngines(in *input) []hit {
	if in.design == nil || len(in.design.Brief.Databases) == 0 {
		return nil
	}
	var out []hit
	for _, row := range in.doc.Instances {
		e, known := engineIn(row.Engine)
		if !known || strings.Contains(row.Remark, "建议新增") || e.role == "mq" {
			continue
		}
		ok := false
		for _, db := range in.design.Brief.Databases {
			b, is := engineIn(db.Engine)
			ok = ok || is && b.name == e.name || db.Engine == "其他" && db.Name != "" && strings.Contains(row.Engine, db.Name)
		}
		if !ok {
			out = append(out, say(row.Line, row.Engine, row.Engine))
		}
	}
	return out
}

// tableFor is the chapter's table for a table of the design: by name, by the
// entity's Chinese name, or by a name that differs in number only.
func (in *input) tableFor(t *design.Table) *ddl.Table {
	if got, ok := in.schema.Table(t.Name); ok {
		return got
	}
	if got := in.table(t.Title); got != nil {
		return got
	}
	for _, got := range in.schema.Tables {
		if infer.Singular(got.Name) == infer.Singular(t.Name) {
			return got
		}
	}
	return nil
}

func missingEntities(in *input) []hit {
	if in.design == nil {
		return nil
	}
	line := 1
	if p, ok := in.chapter.Section(chapter.Tables); ok {
		line = p.Line
	}
	var out []hit
	for _, t := range in.design.Tables {
		if t.Entity == nil || in.tableFor(t) != nil {
			continue
		}
		if len(in.facts.rows[t.Name]) > 0 && (t.Dialect == design.NoTable || !t.Dialect.Relational()) {
			continue // the instance row is all the format has for it (decisions.md 14)
		}
		if t.Dialect == design.NoTable && in.rowNames(t) {
			continue
		}
		out = append(out, say(line, t.Name, t.Entity.Name).in(chapter.Tables).offer("补上 %s 的建表语句", t.Name))
	}
	return out
}

// rowNames says whether an instance row names what a table stores: where there
// is no definition the row counts as coverage (decisions.md 14).
func (in *input) rowNames(t *design.Table) bool {
	return slices.ContainsFunc(in.doc.Instances, func(r chapter.Instance) bool {
		return strings.Contains(r.Remark, t.Entity.Name) || slices.Contains(r.Tables, t.Name)
	})
}

func missingAttributes(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	for _, t := range in.design.Tables {
		if t.Entity == nil {
			continue
		}
		got := in.tableFor(t)
		if got == nil || got.Derived || len(got.Columns) == 0 {
			continue
		}
		for i := range t.Entity.Attrs {
			a := &t.Entity.Attrs[i]
			if rejected(t, a.Name) || covered(got, t, a.Name, a.Column) {
				continue
			}
			out = append(out, say(got.Line, t.Name+"."+a.Name, t.Entity.Name, a.Name).in(chapter.Tables).offer("在 %s 补上“%s”的列", got.Name, a.Name))
		}
	}
	return out
}

// rejected says whether the rules refuse to store an attribute.
func rejected(t *design.Table, name string) bool {
	return !slices.ContainsFunc(t.Columns, func(c design.Column) bool { return c.Attr != nil && c.Attr.Name == name }) &&
		infer.Column(name, "").Rejected
}

// covered says whether a table has a column for an attribute: the design's
// own, one by its name, one expanded for personal data, or one whose comment
// begins with it.
func covered(got *ddl.Table, t *design.Table, name, column string) bool {
	for _, c := range t.Columns {
		if c.Attr == nil || c.Attr.Name != name {
			continue
		}
		for _, n := range []string{c.Name, c.Name + "_cipher", c.Name + "_hash", c.Name + "_mask", c.Name + "_fen"} {
			if _, ok := got.Column(n); ok {
				return true
			}
		}
	}
	if _, ok := got.Column(column); ok && column != "" {
		return true
	}
	guess := infer.Column(name, "")
	return slices.ContainsFunc(got.Columns, func(c *ddl.Column) bool {
		return strings.HasPrefix(c.Comment, name) || guess.Title != "" && strings.HasPrefix(c.Comment, guess.Title) || c.Name == guess.Standard
	})
}

func missingStates(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	for _, t := range in.design.Tables {
		if t.Entity == nil {
			continue
		}
		got := in.tableFor(t)
		if got == nil {
			continue
		}
		for _, c := range t.Columns {
			if c.Attr == nil || len(c.Attr.Enum) == 0 {
				continue
			}
			col, ok := got.Column(c.Name)
			if !ok {
				continue
			}
			var lost []string
			for _, v := range c.Attr.Enum {
				if !strings.Contains(col.Comment, v.Label) && !slices.Contains(col.Type.Values, v.Code) {
					lost = append(lost, v.Label)
				}
			}
			if len(lost) > 0 {
				out = append(out, say(col.Line, got.Name+"."+col.Name, got.Name+"."+col.Name, strings.Join(lost, "、")).
					offer("在注释里列出全部状态，如“%s”", enumComment(c)))
			}
		}
	}
	return out
}

func enumComment(c design.Column) string {
	var vs []string
	for _, v := range c.Attr.Enum {
		vs = append(vs, fmt.Sprintf("%s-%s", v.Code, v.Label))
	}
	return strings.Join(vs, "，")
}
