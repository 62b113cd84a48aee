package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// splitting is T03.
func (w *writer) splitting() chapter.Item {
	const label = "分库分表"
	split := w.splitClauses()
	rest := w.unsplitClause()
	if len(split) == 0 && w.specials() == "" {
		rest = ""
	}
	if len(split) == 0 {
		return item(label, w.noSplit(w.specials()), rest)
	}
	return item(label, fmt.Sprintf("仅对%s在线数据超过阈值的表拆分：%s", w.years(), strings.Join(split, "，")), rest, w.specials())
}

// splitClauses are parking_sessions、parking_bills分4库256表, a clause for each
// way of splitting.
func (w *writer) splitClauses() []string {
	type way struct {
		text  string
		names []string
	}
	var ways []way
	for _, t := range w.business(nil) {
		text := ""
		v := t.Verdict
		switch {
		case t.Split() && v.Databases > 1:
			text = fmt.Sprintf("分%d库%d表", v.Databases, v.Tables)
		case t.Split():
			text = fmt.Sprintf("单库%d表", v.Tables)
		case t.HashPartitions():
			text = fmt.Sprintf("按%s哈希分区", v.Key)
		default:
			continue
		}
		if i := slices.IndexFunc(ways, func(x way) bool { return x.text == text }); i >= 0 {
			ways[i].names = append(ways[i].names, t.Name)
			continue
		}
		ways = append(ways, way{text, []string{t.Name}})
	}
	var out []string
	for _, x := range ways {
		out = append(out, strings.Join(x.names, "、")+x.text)
	}
	return out
}

// unsplitClause bounds all other tables; partitioned ones and those of other
// engines are not meant.
func (w *writer) unsplitClause() string {
	rows, gb, n := 0.0, 0.0, 0
	for _, t := range w.business(relational) {
		if t.Verdict.Level == design.D0 || t.Verdict.Level == design.D1 {
			rows, gb, n = max(rows, t.Size.Rows), max(gb, t.Size.GB), n+1
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("其余表%s内不足%s且不足%s，保持单库单表", w.years(), capacity.RowsBound(rows), capacity.GBBound(gb))
}

// noSplit is T03 where the application splits nothing; special are the tables
// kept small by other means.
func (w *writer) noSplit(special string) string {
	var big *design.Table
	for _, t := range w.business(relational) {
		single := t.Verdict.Level == design.D0 || t.Verdict.Level == design.D1
		if single && (big == nil || t.Size.Rows > big.Size.Rows) {
			big = t
		}
	}
	t := w.threshold()
	if special != "" {
		return "应用层不做分库分表：" + special
	}
	if big == nil {
		return fmt.Sprintf("应用层不做分库分表，数据由%s自身的分片与分区承载；每季度1次复核容量", product(w.store))
	}
	return fmt.Sprintf("%s内最大单表%s%s，未达拆分阈值（%s、%s、写%s TPS），不做分库分表", w.years(), big.Name, about(big),
		capacity.RowsText(t.Rows), capacity.GBText(t.GB), capacity.TPSText(t.TPS))
}

// specials are the tables that are kept small by other means.
func (w *writer) specials() string {
	var parts, cold, spread []string
	for _, t := range w.business(relational) {
		switch {
		case t.Verdict.Level == design.D2:
			cold = append(cold, t.Name)
		case splitByServer(t) && !t.HashPartitions():
			spread = append(spread, t.Name)
		}
	}
	byPeriod := map[bool][]string{}
	for _, t := range w.business(func(t *design.Table) bool { return t.Part != nil }) {
		byPeriod[t.Part.Daily] = append(byPeriod[t.Part.Daily], t.Name)
	}
	if len(cold) > 0 {
		parts = append(parts, tableList(cold, 3)+"冷热分离，热表只留2年")
	}
	if len(byPeriod[true]) > 0 {
		parts = append(parts, tableList(byPeriod[true], 3)+"按天分区")
	}
	if len(byPeriod[false]) > 0 {
		parts = append(parts, tableList(byPeriod[false], 3)+"按月分区")
	}
	if len(spread) > 0 {
		how := "由" + product(w.store) + "自动分布"
		if !w.distributed() {
			how = "保持单表并靠归档控制体量"
		}
		parts = append(parts, tableList(spread, 4)+how)
	}
	return strings.Join(parts, "，")
}
