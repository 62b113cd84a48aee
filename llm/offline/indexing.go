package offline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// served is an access pattern with the index that serves it.
type served struct {
	table  *design.Table
	lookup design.Lookup
	index  design.Index
}

// showcase picks the indexes worth naming: patterns the user commented on,
// then the widest index of each table that is really read from the database.
func (w *writer) showcase() []served {
	var noted, wide []served
	for _, t := range w.business(nil) {
		var best *served
		for _, l := range t.Lookups {
			x, ok := indexed(t, l.Index)
			if !ok || l.Access.Op == "scan" {
				continue
			}
			s := served{t, l, x}
			if l.Access.Note != "" {
				noted = append(noted, s)
				continue
			}
			if !kindOf(t, brief.Config) && !x.Unique && len(x.Columns) > 1 && (best == nil || len(x.Columns) > len(best.index.Columns)) {
				best = &s
			}
		}
		if best != nil && !slices.ContainsFunc(noted, func(s served) bool { return s.table == t }) {
			wide = append(wide, *best)
		}
	}
	slices.SortStableFunc(wide, func(a, b served) int {
		return cmp.Or(cmp.Compare(min(len(b.index.Columns), 3), min(len(a.index.Columns), 3)), cmp.Compare(w.weight(b), w.weight(a)))
	})
	return append(noted, spread(wide)...)
}

// spread puts one table of each service first.
func spread(list []served) []served {
	var first, rest []served
	seen := map[string]bool{}
	for _, s := range list {
		if seen[s.table.Service] {
			rest = append(rest, s)
			continue
		}
		seen[s.table.Service] = true
		first = append(first, s)
	}
	return append(first, rest...)
}

// weight prefers tables that are hot.
func (w *writer) weight(s served) int {
	if tagged(s.table, "hot") || tagged(s.table, "write") {
		return 1
	}
	return 0
}

// indexing is 索引优化.
func (w *writer) indexing() chapter.Item {
	var uses []string
	seen := map[string]bool{}
	for _, s := range w.showcase() {
		name := s.index.Name + " (" + strings.Join(s.index.Columns, ", ") + ")"
		if len(uses) < 3 && !seen[s.table.Name+name] {
			seen[s.table.Name+name] = true
			uses = append(uses, w.lookupName(s.table, s.lookup)+"走"+name)
		}
	}
	if len(uses) == 0 {
		uses = w.keyUses()
	}
	limit, low := fmt.Sprintf("每表二级索引不超过%d个", w.indexLimit()), w.lowColumns()
	return item("索引优化", limit, fitting(uses, limit, low), low, w.cut(), w.words())
}

// keyUses is what a system without composite indexes can say.
func (w *writer) keyUses() []string {
	for _, t := range w.business(nil) {
		for _, x := range t.Indexes {
			return []string{inline(t.Title) + "的等值查询走" + x.Name + " (" + strings.Join(x.Columns, ", ") + ")"}
		}
	}
	for _, t := range w.business(nil) {
		if len(t.Primary) > 0 {
			return []string{inline(t.Title) + "按主键 (" + strings.Join(t.Primary, ", ") + ")访问"}
		}
	}
	return nil
}

// lowColumns names columns that get no index of their own.
func (w *writer) lowColumns() string {
	var names []string
	for _, want := range []string{"status", "channel", "_type", "stage", "is_", ""} {
		for _, t := range w.business(nil) {
			for _, c := range t.Columns {
				fits := want == "" || c.Name == want || want == "_type" && strings.HasSuffix(c.Name, want) || want == "is_" && strings.HasPrefix(c.Name, want)
				if fits && lowCardinality(t, c.Name) && !c.System {
					names = append(names, c.Name)
				}
			}
		}
	}
	names = unique(names)
	if len(names) == 0 {
		return ""
	}
	return "不为" + strings.Join(names[:min(len(names), 2)], "、") + "等低区分度列单独建索引"
}

// words is who answers searches by words, which no B+ tree does.
func (w *writer) words() string {
	ts := w.business(func(t *design.Table) bool { return relational(t) && hasSearch(t) })
	if len(ts) == 0 {
		return ""
	}
	db, ok := w.engineOf("search")
	switch {
	case ok:
		return inline(ts[0].Title) + "的关键词检索走" + product(db) + "，不建B+树索引"
	case ts[0].Dialect == design.PostgreSQL:
		return inline(ts[0].Title) + "的关键词检索用pg_trgm的GIN索引"
	}
	return inline(ts[0].Title) + "的关键词检索只做前缀匹配，需要全文检索时引入Elasticsearch"
}

// cut names what the limit of indexes left out.
func (w *writer) cut() string {
	ts := w.business(func(t *design.Table) bool { return len(t.Dropped) > 0 })
	if len(ts) == 0 {
		return ""
	}
	to := w.reporting()
	if to == "" {
		to = "从库低频查询"
	}
	return ts[0].Name + "按" + strings.Join(ts[0].Dropped[0].Columns, "、") + "的查询因超出索引上限改走" + to
}
