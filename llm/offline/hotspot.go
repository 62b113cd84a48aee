package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// hotSpots is 热点治理: what many people change at once and must still be
// right (domain.md §3.11, §6).
func (w *writer) hotSpots() chapter.Item {
	var clauses []string
	if s := w.stocks(); len(s) > 0 {
		clauses = append(clauses, w.stockClause(s[0]))
	}
	if a := w.accounts(); len(a) > 0 && tagged(a[0].table, "write") {
		clauses = append(clauses, accountClause(a[0]))
	}
	if ts := w.tallies(); len(ts) > 0 {
		clauses = append(clauses, fmt.Sprintf("%s的%s在%s累加、每5秒批量落库，每日03:00按明细重算校正", ts[0].Name, fewOf(countColumns(ts[0]), 2), w.cacheName()))
	}
	if t, x, ok := w.once(); ok {
		clauses = append(clauses, fmt.Sprintf("%s以%s (%s)保证同一业务单只入账1次，只增不改，差错以冲正流水更正", t.Name, x.Name, strings.Join(x.Columns, ", ")))
	}
	if forth, back := w.mirrored(); forth != nil {
		clauses = append(clauses, fmt.Sprintf("%s与%s双表各按一个方向分片，由事件异步补写；粉丝超过5000的账号发布内容走读扩散，不逐个推送", forth.Name, back.Name))
	}
	if t, x, ok := w.progress(); ok {
		clauses = append(clauses, fmt.Sprintf("%s高频上报先在%s按(%s)合并，每5秒批量落库，以%s去重更新，只增大不回退", inline(t.Title), w.cacheName(), strings.Join(x.Columns, ", "), x.Name))
	}
	if ts := w.shadows(); len(ts) > 0 {
		clauses = append(clauses, ts[0].Name+"按"+w.version()+"做条件更新，离线补传以设备侧时间较新者为准、旧版本丢弃")
	}
	if len(clauses) < 2 {
		clauses = append(clauses, w.claim())
	}
	return item("热点治理", clauses...)
}

// stockClause is how something is not sold twice: a script takes it from the
// cache, a conditional update from the database.
func (w *writer) stockClause(s stock) string {
	var where []string
	for _, k := range s.keys {
		where = append(where, k+" = ?")
	}
	return fmt.Sprintf("%s先由Lua脚本预扣，再以 UPDATE %s SET %s = %s - ? WHERE %s AND %s >= ? 条件更新防超扣，影响0行即回补，每5分钟以数据库校准",
		zh(s.table, s.column), s.table.Name, s.column, s.column, strings.Join(where, " AND "), s.column)
}

func accountClause(a account) string {
	text := fmt.Sprintf("热点账户的%s.%s拆为8~16个分桶行、汇总求余额", a.table.Name, a.balance)
	if a.ledger != nil {
		text += fmt.Sprintf("，每笔变动与%s双分录同事务写入，每日试算平衡", a.ledger.Name)
	}
	return text
}

// claim is how two people do not take the same lead or order.
func (w *writer) claim() string {
	for _, t := range w.business(func(t *design.Table) bool { return kindOf(t, brief.Txn) && t.Has(w.version()) && statusOf(t) != nil }) {
		owner := columnWhere(t, func(c design.Column) bool {
			return c.Ref != "" && containsAny(zh(t, c.Name), "负责人", "处理人", "接单人", "跟进人", "骑手", "司机")
		})
		if owner != "" {
			return fmt.Sprintf("%s抢占以 UPDATE %s SET %s = ?, %s = %s + 1 WHERE id = ? AND %s = ? 条件更新，影响0行即已被他人领取",
				inline(t.Title), t.Name, owner, w.version(), w.version(), w.version())
		}
	}
	return ""
}
