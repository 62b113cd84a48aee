package brief

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
)

// entitySeen is what a line being typed is understood as: the table, and the
// column of the attribute at the caret.
func entitySeen(m *Model, line string, caret, w int) []string {
	e, ps := brief.ParseEntity(line)
	if errs := ps.Errors(); len(errs) > 0 {
		where := ""
		if errs[0].Column > 0 {
			where = m.words.T("brief.column", errs[0].Column)
		}
		return paragraph(where+errs[0].Message, w, m.theme.Warn.Render)
	}
	arrow := " " + m.theme.Glyph.Arrow + " "
	i := len(m.doc.brief.Entities)
	if full, ok := m.live.entity(i); ok && full.Name == e.Name {
		e.Table, e.Kind = full.Table, full.Kind
	}
	head := e.Name
	if e.Table != "" {
		head += arrow + e.Table
	}
	if e.Kind != "" {
		head += " · " + m.words.T("brief.kind."+string(e.Kind))
	}
	out := []string{m.theme.Accent.Render(m.theme.Cut(head, w))}
	if a, ok := attrAt(line, caret, e); ok {
		out = append(out, m.theme.Accent.Render(m.theme.Cut(a.Name+arrow+columnWords(m, a, nil), w)))
	}
	return out
}

// attrAt is the attribute the caret stands in or behind.
func attrAt(line string, caret int, e brief.Entity) (brief.Attr, bool) {
	before := []rune(line)
	before = before[:min(caret, len(before))]
	typed, _ := brief.ParseEntity(string(before))
	n := min(len(typed.Attrs), len(e.Attrs))
	if n == 0 {
		return brief.Attr{}, false
	}
	return e.Attrs[n-1], true
}

// columnWords tells the column an attribute becomes: name, type, personal data
// and the indexes of t it is in.
func columnWords(m *Model, a brief.Attr, t *design.Table) string {
	g := infer.Column(a.Name, a.Column)
	if g.Rejected {
		return m.words.T("brief.rejected")
	}
	typ := g.Type
	if a.Type != "" {
		typ = a.Type
	}
	parts := []string{g.Column + " " + typ}
	pii := g.PII
	if a.PII != "" && a.PII != "auto" {
		pii = a.PII
	}
	if pii != "" && pii != "none" {
		parts = append(parts, m.words.T("brief.sensitive", pii))
	}
	if a.Unique {
		parts = append(parts, m.words.T("brief.unique"))
	}
	if len(a.Enum) > 0 {
		parts = append(parts, m.words.T("brief.states", len(a.Enum)))
	}
	if a.Ref != "" {
		parts = append(parts, m.words.T("brief.refers", a.Ref))
	}
	if t != nil {
		parts = append(parts, indexesOf(t, g.Column)...)
	}
	if g.Pinyin && a.Column == "" {
		parts = append(parts, m.words.T("brief.pinyin"))
	}
	return strings.Join(parts, " · ")
}

func indexesOf(t *design.Table, column string) []string {
	var out []string
	for _, x := range t.Indexes {
		if slices.Contains(x.Columns, column) {
			out = append(out, x.Name)
		}
	}
	return out
}

func attrShelf(i int) shelf {
	type a = brief.Attr
	return shelfOf[a]{
		kind: "attrs",
		slice: func(b *brief.Brief) *[]a {
			if e := at(b.Entities, i); e != nil {
				return &e.Attrs
			}
			return nil
		},
		nameOf: func(v a) string { return v.Name },
		copyOf: cloneAttr,
		rename: func(all []a, c *a) {
			c.Name = fresh(c.Name, func(n string) bool { return slices.ContainsFunc(all, func(v a) bool { return v.Name == n }) })
			c.Column = ""
		},
		read:  readAttrs,
		write: writeAttr, carry: carryAttr,
		about: func(j int) subject { return attrSubject(i, j) },
		columns: func(m *Model, j, w int) string {
			v := m.doc.brief.Entities[i].Attrs[j]
			t, _ := m.live.table(i)
			return table(m.theme, w, []cellOf{{v.Name, 16}, {columnWords(m, v, t), 0}})
		},
		seen: func(m *Model, line string, _, w int) []string {
			as, ps := readAttrs(line)
			if len(ps.Errors()) > 0 {
				return paragraph(ps[0].Message, w, m.theme.Warn.Render)
			}
			var out []string
			for _, v := range as[max(0, len(as)-3):] {
				out = append(out, m.theme.Accent.Render(m.theme.Cut(v.Name+" "+m.theme.Glyph.Arrow+" "+columnWords(m, v, nil), w)))
			}
			return out
		},
	}
}

// attrsPrefix stands before attributes to make an entity line of them.
const attrsPrefix = "实体: "

// readAttrs reads attributes as they stand in an entity line.
func readAttrs(line string) ([]brief.Attr, brief.Problems) {
	e, ps := brief.ParseEntity(attrsPrefix + line)
	return e.Attrs, earlier(ps, len([]rune(attrsPrefix)))
}

// earlier moves the columns of problems to the left.
func earlier(ps brief.Problems, by int) brief.Problems {
	out := slices.Clone(ps)
	for i := range out {
		if out[i].Column > 0 {
			out[i].Column = max(1, out[i].Column-by)
		}
	}
	return out
}

func writeAttr(a brief.Attr) (string, bool) {
	line, whole := brief.FormatEntity(brief.Entity{Name: "实体", Attrs: []brief.Attr{a}})
	_, attrs, _ := strings.Cut(line, ":")
	return strings.TrimSpace(attrs), whole
}

func accessShelf(i int) shelf {
	type a = brief.Access
	return shelfOf[a]{
		kind: "access",
		slice: func(b *brief.Brief) *[]a {
			if e := at(b.Entities, i); e != nil {
				return &e.Access
			}
			return nil
		},
		nameOf: func(v a) string { line, _ := writeAccess(v); return line },
		copyOf: cloneAccess,
		rename: func([]a, *a) {},
		read:   readAccess,
		write:  writeAccess, carry: carryAccess,
		about: func(j int) subject { return accessSubject(i, j) },
		columns: func(m *Model, j, w int) string {
			v := m.doc.brief.Entities[i].Access[j]
			line, _ := writeAccess(v)
			why := ""
			if v.QPS.Set {
				why = m.words.T("brief.persecond", decimal(v.QPS.V))
			}
			return table(m.theme, w, []cellOf{{line, 36}, {strings.Join(nonEmpty(v.Note, why), " "), 0}})
		},
		seen: func(m *Model, line string, _, w int) []string {
			as, ps := readAccess(line)
			if len(ps.Errors()) > 0 {
				return paragraph(ps[0].Message, w, m.theme.Warn.Render)
			}
			var out []string
			for _, v := range as {
				out = append(out, m.theme.Accent.Render(m.theme.Cut(m.theme.Glyph.Arrow+" "+accessWords(m, v), w)))
			}
			return out
		},
	}
}

func accessWords(m *Model, a brief.Access) string {
	s := m.words.T("brief.op."+a.Op) + " " + strings.Join(a.Eq, ", ")
	if a.Sort != "" {
		s += " · " + a.Sort
	}
	if a.Range != "" {
		s += " · " + a.Range
	}
	return s
}

// accessPrefix stands before access patterns to make an entity line of them.
const accessPrefix = "实体: 名称 | "

func readAccess(line string) ([]brief.Access, brief.Problems) {
	e, ps := brief.ParseEntity(accessPrefix + line)
	return e.Access, earlier(ps, len([]rune(accessPrefix)))
}

func writeAccess(a brief.Access) (string, bool) {
	line, whole := brief.FormatEntity(brief.Entity{Name: "实体", Attrs: []brief.Attr{{Name: "名称"}}, Access: []brief.Access{a}})
	_, access, found := strings.Cut(line, "|")
	if !found {
		return fmt.Sprint(a.Op, " ", strings.Join(a.Eq, ",")), false
	}
	return strings.TrimSpace(access), whole
}
