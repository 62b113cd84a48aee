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
