package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// foreignQueries is 非分片键查询: where every query goes that does not name
// its shard (domain.md §3.7). Required for each such dimension, so the clauses
// stand in the order of their need.
func (w *writer) foreignQueries(t *design.Table) chapter.Item {
	const label = "非分片键查询"
	v := t.Verdict
	if v.Key == "" {
		return item(label)
	}
	var clauses []string
	if v.Code != "" && v.BoundTo == "" && v.Databases > 1 && t.Split() {
		clauses = append(clauses, "按"+v.Code+"用基因直达单表")
	}
	detour, via := w.detour(t)
	if detour != "" {
		clauses = append(clauses, detour)
	}
	clauses = append(clauses, w.embedded(t))
	clauses = append(clauses, w.unrouted(t)...)
	if v.Databases > 1 && v.BoundTo == "" && t.Split() {
		clauses = append(clauses, w.reports(t, via), w.looseKeys(t))
	}
	clauses = append(clauses, w.reconciled(t))
	if scans := w.scans(t); scans != "" && t.Split() && v.BoundTo == "" {
		if v.Databases > 1 {
			scans += "，在线请求禁止全分片广播"
		}
		clauses = append(clauses, scans)
	}
	return item(label, clauses...)
}

// detour finds the shard key through a relation: an owner's plates are in
// owner_vehicles. via is the column that has been dealt with.
func (w *writer) detour(t *design.Table) (text, via string) {
	v := t.Verdict
	if key, ok := t.Column(v.Key); !ok || key.Ref != "" || v.BoundTo != "" || !t.Split() {
		return "", ""
	}
	for _, c := range t.Columns {
		if c.Ref == "" || c.Name == v.Key || slices.Contains(v.Codes, c.Name) {
			continue
		}
		for _, r := range w.business(func(r *design.Table) bool { return kindOf(r, brief.Relation) }) {
			if w.links(r, refTable(c), v.Key) {
				return fmt.Sprintf("按%s先从%s取%s，再逐个计算gene、只访问对应分表后归并", c.Name, r.Name, bare(zh(t, v.Key))), c.Name
			}
		}
	}
	return "", ""
}

// links says whether a relation leads from a table to one that has the column.
func (w *writer) links(r *design.Table, from, column string) bool {
	starts, ends := false, false
	for _, c := range r.Columns {
		target, ok := w.d.Table(refTable(c))
		if !ok {
			continue
		}
		starts = starts || target.Name == from
		ends = ends || target.Name != from && target.Has(column)
	}
	return starts && ends
}

// unrouted are the online lookups that name no shard, each dimension once.
func (w *writer) unrouted(t *design.Table) []string {
	var byID, listed []string
	for _, l := range t.Lookups {
		if w.routed(t, l) || l.Access.Op == "scan" || l.Access.Op == "search" || l.Access.Op == "agg" {
			continue
		}
		column := dimensionOf(t, l)
		switch {
		case column == "" || slices.Contains(byID, column) || slices.Contains(listed, column):
		case l.Access.Op != "list" && t.Verdict.Key == "id":
			byID = append(byID, column)
		default:
			listed = append(listed, column)
		}
	}
	var out []string
	if len(byID) > 0 {
		out = append(out, fmt.Sprintf("按%s查询先经映射表%s_route取得id，再直达单表", strings.Join(byID, "、"), single(t.Name)))
	}
	if len(listed) > 0 {
		out = append(out, w.elsewhere(t, listed))
	}
	return out
}

// routed says whether a lookup names its shard. Hash partitions know nothing
// of genes: only their key does, or a number that embeds it.
func (w *writer) routed(t *design.Table, l design.Lookup) bool {
	if !t.HashPartitions() {
		return l.Routed
	}
	return slices.Contains(l.Columns, t.Verdict.Key) || slices.Contains(l.Columns, w.embedding(t))
}

// embedding is the own number in which the application finds the partition
// key, "" for none.
func (w *writer) embedding(t *design.Table) string {
	if n := ownNumber(t); t.HashPartitions() && n != t.Verdict.Key {
		return n
	}
	return ""
}

// embedded tells how a number leads to a hash partition.
func (w *writer) embedded(t *design.Table) string {
	number := w.embedding(t)
	if number == "" {
		return ""
	}
	return fmt.Sprintf("%s内嵌%s，应用解析后一并作为条件，按单号查询也只访问1个分区", number, t.Verdict.Key)
}

// dimensionOf is the most selective column a lookup goes by, but not the
// tenant.
func dimensionOf(t *design.Table, l design.Lookup) string {
	for _, low := range []bool{false, true} {
		for _, c := range l.Columns {
			if c != "tenant_id" && lowCardinality(t, c) == low {
				return c
			}
		}
	}
	return ""
}

// elsewhere is who answers queries by other columns.
func (w *writer) elsewhere(t *design.Table, columns []string) string {
	by := strings.Join(columns, "、")
	switch report := w.reporting(); {
	case t.HashPartitions() && report != "":
		return fmt.Sprintf("按%s的查询不含分区键，在线列表走%s同步明细，只允许后台访问全部%d个分区", by, report, t.Verdict.Tables)
	case t.HashPartitions():
		return fmt.Sprintf("按%s的查询不含分区键，会访问全部%d个分区，限制为低频并带LIMIT 20", by, t.Verdict.Tables)
	case report != "":
		return "按" + by + "的查询走" + report + "同步明细"
	}
	return fmt.Sprintf("按%s的查询走冗余表（以%s为分片键，由%s异步写入，延迟目标5秒）", by, columns[0], w.engine.log)
}

// reports are the lists by a reference that no access pattern names.
func (w *writer) reports(t *design.Table, done string) string {
	if forth, back := w.mirrored(); forth == t || back == t {
		other := forth
		if forth == t {
			other = back
		}
		return "反方向的查询（按" + otherEnd(t) + "）走同步维护的" + other.Name + "，同样单片直达"
	}
	report := w.reporting()
	if report == "" {
		return ""
	}
	for _, c := range t.Columns {
		if c.Ref == "" || c.Name == done || c.Name == t.Verdict.Key || slices.Contains(t.Verdict.Codes, c.Name) {
			continue
		}
		if w.looked(t, c.Name) || !hasSuffix(c.Ref, ".id") {
			continue
		}
		return "按" + c.Name + "的列表与报表走" + report
	}
	return ""
}

// otherEnd is the reference of a relation that is not its shard key.
func otherEnd(t *design.Table) string {
	return columnWhere(t, func(c design.Column) bool { return c.Ref != "" && c.Name != t.Verdict.Key && c.Name != "tenant_id" })
}

// looked says whether an unrouted lookup already goes by the column.
func (w *writer) looked(t *design.Table, column string) bool {
	return slices.ContainsFunc(t.Lookups, func(l design.Lookup) bool {
		return !w.routed(t, l) && l.Access.Op != "scan" && dimensionOf(t, l) == column
	})
}

// reconciled is how channel numbers and channel bills find their rows.
func (w *writer) reconciled(t *design.Table) string {
	channel := channelNumber(t)
	if channel == "" || t.Verdict.Code == "" {
		return ""
	}
	manual := "按" + channel + "的人工查询走" + w.reporting() + "同步明细"
	if w.reporting() == "" {
		manual = "按" + channel + "的人工查询由后台任务逐表执行"
	}
	return manual + "；对账任务按渠道账单中的" + t.Verdict.Code + "逐笔路由"
}

// scans are the background jobs that may visit every table.
func (w *writer) scans(t *design.Table) string {
	var out []string
	for _, l := range t.Lookups {
		if l.Access.Op == "scan" && l.Index != "" {
			out = append(out, w.scanName(t, l)+"由后台任务逐表扫描"+l.Index)
		}
	}
	return strings.Join(out, "；")
}

// looseKeys names the unique keys that only hold within one table.
func (w *writer) looseKeys(t *design.Table) string {
	if !t.Split() {
		return ""
	}
	v := t.Verdict
	var names []string
	for _, x := range t.Indexes {
		carries := slices.ContainsFunc(x.Columns, func(c string) bool { return c == v.Key || c == v.Code || slices.Contains(v.Codes, c) })
		if x.Unique && !carries {
			names = append(names, x.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	check := "跨表重复由每日对账发现"
	if v.Key == "id" {
		check = fmt.Sprintf("全局唯一由映射表%s_route的唯一键保证", single(t.Name))
	}
	return strings.Join(names, "、") + "只保证单表内唯一，" + check
}
