package offline

import (
	"fmt"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// shards is section 3, in the order of domain.md §2.1: split tables, hot and
// cold, native partitions and other engines, the local message table, and the
// tables that stay as they are.
func (w *writer) shards() []chapter.Shard {
	var out []chapter.Shard
	a := &archive{w: w}
	for _, t := range w.business(relational) {
		switch {
		case t.Split() && t.Verdict.Databases > 1:
			out = append(out, w.byDatabase(t), w.byTable(t, a))
		case t.Split():
			out = append(out, w.byTable(t, a))
		case splitByServer(t):
			out = append(out, w.byServer(t, a))
		}
	}
	for _, t := range w.business(func(t *design.Table) bool { return t.Verdict.Level == design.D2 }) {
		out = append(out, w.hotCold(t, a))
	}
	for _, t := range w.business(nil) {
		switch {
		case t.Verdict.Level == design.D3:
			out = append(out, w.partitioned(t, a))
		case !relational(t) && t.Dialect != design.NoTable:
			out = append(out, w.otherEngine(t, a))
		}
	}
	if s, ok := w.messageTable(); ok {
		out = append(out, s)
	}
	return append(out, w.otherTables(a))
}

func shard(t *design.Table, kind string, items ...chapter.Item) chapter.Shard {
	return chapter.Shard{Zh: inline(t.Title), Kind: kind, Items: items}
}

// growthOf is 日增240万行、年增长30%、在线保留365天.
func (w *writer) growthOf(t *design.Table) string {
	keep := "长期在线"
	if t.Keep > 0 {
		keep = "在线保留" + itoa(t.Keep) + "天"
	}
	return fmt.Sprintf("日增%s、年增长%s、%s", capacity.RowsText(t.Size.Daily), percent(w.growth.Rate), keep)
}

// atEnd is 3年末约14.8亿行、855GB，峰值写约1127 TPS.
func (w *writer) atEnd(t *design.Table) string {
	return fmt.Sprintf("%s末%s，峰值写约%s TPS", w.years(), about(t), capacity.TPSText(t.Size.TPS))
}
