package offline

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
)

// zh is the Chinese name of a column: the attribute's, else the start of its
// comment.
func zh(t *design.Table, column string) string {
	c, ok := t.Column(column)
	if !ok {
		return column
	}
	if c.Attr != nil && c.Attr.Name != "" {
		name, _, _ := strings.Cut(c.Attr.Name, "(")
		name, _, _ = strings.Cut(name, "（")
		return inline(name)
	}
	i := strings.IndexAny(c.Comment, "（：，")
	if i > 0 {
		return inline(c.Comment[:i])
	}
	if c.Comment != "" {
		return inline(c.Comment)
	}
	return column
}

// columnWhere is the first column that a test accepts, "" for none.
func columnWhere(t *design.Table, ok func(design.Column) bool) string {
	i := slices.IndexFunc(t.Columns, ok)
	if i < 0 {
		return ""
	}
	return t.Columns[i].Name
}

// byRule is the first column that an inference rule made.
func byRule(t *design.Table, rules ...string) string {
	return columnWhere(t, func(c design.Column) bool { return slices.Contains(rules, c.Rule) })
}

// ownNumber is the business number of the table: session_no; "" for none.
func ownNumber(t *design.Table) string {
	return columnWhere(t, func(c design.Column) bool {
		return c.Attr != nil && c.Attr.Unique && c.Attr.Ref == "" && strings.HasSuffix(c.Name, "_no")
	})
}

// statusOf is the state column with its labels, nil for none.
func statusOf(t *design.Table) *brief.Attr {
	for _, c := range t.Columns {
		if c.Attr != nil && c.Rule == "R091" && len(c.Attr.Enum) > 1 {
			return c.Attr
		}
	}
	return nil
}

// statusColumn is the name of the state column, "" for none.
func statusColumn(t *design.Table) string {
	return columnWhere(t, func(c design.Column) bool { return c.Attr != nil && c.Rule == "R091" && len(c.Attr.Enum) > 1 })
}

// labelLike is the first state whose label contains one of the words.
func labelLike(a *brief.Attr, words ...string) string {
	if a == nil {
		return ""
	}
	for _, w := range words {
		for _, v := range a.Enum {
			if strings.Contains(v.Label, w) {
				return inline(v.Label)
			}
		}
	}
	return ""
}

// version is the name of the optimistic lock column.
func (w *writer) version() string {
	if n := w.d.House.Audit.Version; n != "" {
		return n
	}
	return "version"
}

// single is the singular of the table's last word: parking_lots → lot.
func single(table string) string {
	name := infer.Singular(table)
	return name[strings.LastIndexByte(name, '_')+1:]
}

// refTable is the table a column points to, "" for none.
func refTable(c design.Column) string {
	name, _, _ := strings.Cut(c.Ref, ".")
	return name
}

func hasSuffix(s string, ends ...string) bool {
	return slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(s, e) })
}

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// lowCardinality says whether a column alone selects next to nothing.
func lowCardinality(t *design.Table, column string) bool {
	c, ok := t.Column(column)
	return ok && strings.HasPrefix(c.Type, "TINYINT")
}

// indexed finds an index by name.
func indexed(t *design.Table, name string) (design.Index, bool) {
	i := slices.IndexFunc(t.Indexes, func(x design.Index) bool { return x.Name == name })
	if i < 0 {
		return design.Index{}, false
	}
	return t.Indexes[i], true
}
