package offline

import (
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// tableSections is section 2: one subsection with its DDL for every table that
// has one, in the order of the design (domain.md §2.1).
func (w *writer) tableSections() []chapter.Table {
	var out []chapter.Table
	for _, t := range w.d.Tables {
		code := w.d.DDL(t)
		if code == "" {
			continue
		}
		out = append(out, chapter.Table{
			Zh: inline(t.Title), Suffix: suffix(t.Dialect), Name: t.Name, Lang: t.Fence(), Code: code + "\n",
		})
	}
	return out
}

// suffix is what a stored thing is called: table, collection, index.
func suffix(d design.Dialect) string {
	switch d {
	case design.MongoDB:
		return "集合"
	case design.Search:
		return "索引"
	}
	return "表"
}
