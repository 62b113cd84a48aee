package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// changeCapture is 变更捕获: which tables go to the reporting store and which to
// the search engine.
func (w *writer) changeCapture() chapter.Item {
	const label = "变更捕获"
	var clauses []string
	if db, ok := w.engineOf("olap"); ok && db.Engine != w.store.Engine {
		uses := "列表、报表"
		if side := w.reportSide(); side != "" {
			uses = side + "侧列表、报表"
		}
		if w.callbackTable() != nil {
			uses += "与财务对账"
		}
		clauses = append(clauses, w.captured(w.bigTables(), product(db), uses))
	}
	if db, ok := w.engineOf("search"); ok && db.Engine != w.store.Engine {
		clauses = append(clauses, w.captured(w.searchTables(), product(db), "全文检索与多条件列表"))
	}
	return item(label, clauses...)
}

func (w *writer) captured(ts []*design.Table, to, uses string) string {
	var names []string
	for _, t := range ts {
		names = append(names, w.brief(t))
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("%s经%s写入%s，供%s使用，端到端延迟目标5秒", fewOf(unique(names), 5), w.engine.capture, to, uses)
}

// bigTables are those that reports must not read where they are.
func (w *writer) bigTables() []*design.Table {
	ts := w.business(func(t *design.Table) bool {
		return relational(t) && (t.Split() || splitByServer(t) || t.Verdict.Level == design.D3)
	})
	if len(ts) == 0 {
		ts = w.business(func(t *design.Table) bool { return relational(t) && kindOf(t, brief.Txn, brief.Ledger, brief.Detail) })
	}
	return ts
}

// searchTables are what people look for by words: patterns that say so, hot
// things that are not people, and split documents.
func (w *writer) searchTables() []*design.Table {
	return w.business(func(t *design.Table) bool {
		thing := tagged(t, "hot") && kindOf(t, brief.Master) && !w.person(t) || kindOf(t, brief.Txn, brief.Master) && t.Split() && !w.person(t) && !private(t)
		return relational(t) && (hasSearch(t) || thing)
	})
}

// private says whether a record is between two of the same people: messages
// do not go to a search engine.
func private(t *design.Table) bool {
	seen := map[string]bool{}
	for _, c := range t.Columns {
		if name := refTable(c); name != "" && seen[name] {
			return true
		} else if name != "" {
			seen[name] = true
		}
	}
	return false
}

func hasSearch(t *design.Table) bool {
	return slices.ContainsFunc(t.Lookups, func(l design.Lookup) bool { return l.Access.Op == "search" })
}

// reportSide is whose reports the analysis engine takes over, as the instance
// table says it.
func (w *writer) reportSide() string {
	for _, x := range w.d.Instances {
		if _, rest, ok := strings.Cut(x.Remark, "同时承接"); ok {
			side, _, _ := strings.Cut(rest, "侧报表")
			return inline(side)
		}
	}
	return ""
}
