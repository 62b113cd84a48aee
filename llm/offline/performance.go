package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// performance is section 6 (domain.md §3.13).
func (w *writer) performance() []chapter.Item {
	out := []chapter.Item{w.indexing(), w.statements(), w.pools(), w.slowLog()}
	out = w.add(out, usual, w.hotAndBig())
	return w.add(out, wordy, w.parameters())
}

// statements is SQL优化.
func (w *writer) statements() chapter.Item {
	tail := ""
	if w.closesLate() && w.transactional() {
		tail = "，超时关单先取主键再更新"
	}
	if w.engine.family == familyMongo {
		return item("SQL优化", w.mongoPaging(), w.engine.plan, "列表接口必须带投影，批量写入每批不超过1000条"+tail)
	}
	return item("SQL优化", w.paging(), w.engine.plan, "列表接口禁止SELECT *"+tail+w.limits(tail), w.engine.fixed)
}

// limits are the house limits where there is no room taken by another clause.
func (w *writer) limits(tail string) string {
	if tail != "" {
		return ""
	}
	return "，IN列表不超过200个，批量写入每批不超过1000行"
}

func (w *writer) closesLate() bool {
	return slices.ContainsFunc(w.overdue(), func(o overdue) bool { return w.scanName(o.table, o.lookup) == "超时关单" })
}

// mainList is the list that most people page through: one the user commented
// on, else the one with the greatest weight.
func (w *writer) mainList() (t *design.Table, l design.Lookup, ok bool) {
	best := -1.0
	for _, x := range w.business(nil) {
		for _, k := range x.Lookups {
			if k.Access.Op != "list" || len(k.Columns) == 0 {
				continue
			}
			n := k.Weight + float64(x.Size.Daily)/1e12
			if k.Access.Note != "" {
				n += 1e9
			}
			if tagged(x, "hot") || tagged(x, "write") {
				n += 10
			}
			if kindOf(x, brief.Txn, brief.Detail, brief.Ledger) && relational(x) {
				n += 20
			}
			if k.Tail != "" {
				n += 5
			}
			if n > best {
				best, t, l, ok = n, x, k, true
			}
		}
	}
	return t, l, ok
}

// paging is the skeleton of the cursor query.
func (w *writer) paging() string {
	t, l, ok := w.mainList()
	if !ok {
		ts := w.business(nil)
		return "列表采用游标分页 WHERE id > ? ORDER BY id LIMIT 20（如" + ts[0].Name + "），禁止OFFSET超过1000"
	}
	sort, sign, dir := "id", ">", ""
	if l.Tail != "" {
		sort = l.Tail
	}
	if l.Access.Desc {
		sign, dir = "<", " DESC"
	}
	var where []string
	for _, c := range l.Columns {
		where = append(where, c+" = ?")
	}
	return fmt.Sprintf("%s采用游标分页 WHERE %s AND %s %s ? ORDER BY %s%s LIMIT 20，禁止OFFSET超过1000",
		w.listName(t, l), strings.Join(where, " AND "), sort, sign, sort, dir)
}

func (w *writer) listName(t *design.Table, l design.Lookup) string {
	if l.Access.Note != "" {
		return w.withoutRole(w.lookupName(t, l))
	}
	return inline(t.Title) + "列表"
}

func (w *writer) mongoPaging() string {
	t, l, ok := w.mainList()
	if !ok {
		return "列表按_id游标分页并limit(20)，禁止skip超过1000"
	}
	sort := l.Tail
	if sort == "" {
		sort = "_id"
	}
	return fmt.Sprintf("%s采用游标分页 find({ %s: ?, %s: { $lt: ? } }).sort({ %s: -1 }).limit(20)，禁止skip超过1000", w.listName(t, l), l.Columns[0], sort, sort)
}

// slowLog is 慢查询监控.
func (w *writer) slowLog() chapter.Item {
	seconds := "0.2"
	if w.sys.SLA == "99.99" || w.sys.SLA == "99.995" {
		seconds = "0.1"
	}
	return item("慢查询监控", fmt.Sprintf(w.engine.slow, seconds), "P99超过50毫秒或慢查询超过10条/分钟告警")
}

// memoryShare is the part of the server's memory that parameters give to the
// buffer, by family; the wording is in engine.go.
var memoryShare = map[string]float64{
	familyMySQL: 0.70, familyPG: 0.25, familyTiDB: 0.45, familyOcean: 0.80, familyMongo: 0.50, familyNeutral: 0.60,
	familyColumn: 0.70, familyDoris: 0.70, familySearch: 0.50, familySeries: 0.50,
}

// parameters is 参数建议.
func (w *writer) parameters() chapter.Item {
	memory := 32
	for _, x := range w.d.Instances {
		if x.Engine.Engine == w.store.Engine && x.MemoryGB > 0 {
			memory = x.MemoryGB
			break
		}
	}
	for _, x := range w.d.Instances {
		if x.Engine.Engine == w.store.Engine {
			memory = max(memory, x.MemoryGB)
		}
	}
	gb := fmt.Sprintf("%.0fGB", float64(memory)*memoryShare[w.engine.family])
	return item("参数建议", fmt.Sprintf(w.engine.params, gb), w.topicSize())
}
