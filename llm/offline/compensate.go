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

// compensation is 补偿机制: the jobs that find and mend what events missed.
func (w *writer) compensation() chapter.Item {
	var jobs []string
	if late := w.lateJob(); late != "" {
		jobs = append(jobs, late)
	}
	if count := w.counterJob(); count != "" {
		jobs = append(jobs, count)
	}
	jobs = append(jobs, w.ledgerJob())
	if t := w.callbackTable(); t != nil {
		jobs = append(jobs, "每日06:00按渠道对账单核对"+strings.Join(w.moneyTables(t), "与")+"，差异进入人工处理，当日清零")
	} else {
		jobs = append(jobs, w.dailyCheck())
	}
	return item("补偿机制", jobs...)
}

// lateJob chases what waits too long.
func (w *writer) lateJob() string {
	late := w.overdue()
	slices.SortStableFunc(late, func(a, b overdue) int { return cmp.Compare(payWait(b), payWait(a)) })
	for _, o := range late {
		name := w.brief(o.table)
		if payWait(o) > 0 {
			action := "关单并释放占用"
			if w.callbackTable() != nil {
				action = "向渠道主动查单"
			}
			return fmt.Sprintf("每5分钟扫描“%s超过15分钟”的%s%s", o.wait, name, action)
		}
	}
	var said []string
	for _, o := range late[:min(len(late), 2)] {
		said = append(said, fmt.Sprintf("“%s”超时的%s（%s）", o.wait, w.brief(o.table), o.lookup.Index))
	}
	if len(said) == 0 {
		return ""
	}
	return "每5分钟扫描" + strings.Join(said, "、") + "，重试或转人工"
}

// payWait prefers documents that wait for money and can expire.
func payWait(o overdue) int {
	n := 0
	if strings.Contains(o.wait, "待支付") {
		n++
		if containsAny(o.lookup.Tail, "expire", "deadline") {
			n++
		}
	}
	return n
}

// counterJob corrects counters that live in the cache.
func (w *writer) counterJob() string {
	if s := w.stocks(); len(s) > 0 {
		return fmt.Sprintf("每5分钟以%s.%s校准缓存中的%s", s[0].table.Name, s[0].column, zh(s[0].table, s[0].column))
	}
	for _, e := range w.cacheEntries() {
		name := w.counterName(e.Title)
		if !strings.HasSuffix(e.Title, "计数") {
			continue
		}
		if _, rest, ok := strings.Cut(e.TTL, "按"); ok {
			source, _, _ := strings.Cut(rest, "覆盖")
			source = strings.TrimSuffix(source, "校准")
			return "每5分钟按" + source + "校准" + name
		}
		return "每5分钟校准" + name
	}
	return ""
}

// ledgerJob holds balances and stock against their ledger.
func (w *writer) ledgerJob() string {
	for _, a := range w.accounts() {
		if a.ledger != nil {
			return fmt.Sprintf("每日06:00用%s逐户试算%s.%s，借贷不平当日冻结出款并转人工", a.ledger.Name, a.table.Name, a.balance)
		}
	}
	for _, s := range w.stocks() {
		for _, l := range w.business(func(l *design.Table) bool { return kindOf(l, brief.Ledger) && l.Service == s.table.Service }) {
			return fmt.Sprintf("每日06:00用%s汇总核对%s的%s，差异当日清零", l.Name, s.table.Name, zh(s.table, s.column))
		}
	}
	return ""
}

// moneyTables are the callback table and what refunds it.
func (w *writer) moneyTables(t *design.Table) []string {
	out := []string{t.Name}
	for _, o := range w.business(func(o *design.Table) bool { return tagged(o, "money") && o.Service == t.Service }) {
		if pointsTo(o, t) {
			out = append(out, o.Name)
		}
	}
	return out[:min(len(out), 2)]
}

// dailyCheck compares the two sides of a reference between services: by a
// business number where there is one, dictionaries left out.
func (w *writer) dailyCheck() string {
	for _, byNumber := range []bool{true, false} {
		for _, t := range w.business(func(t *design.Table) bool {
			return relational(t) && kindOf(t, brief.Txn, brief.Detail, brief.Ledger, brief.Relation)
		}) {
			for _, c := range t.Columns {
				up, ok := w.d.Table(refTable(c))
				if !ok || up.Entity == nil || up.Service == t.Service || kindOf(up, brief.Config) || c.Name == "tenant_id" {
					continue
				}
				if byNumber != strings.HasSuffix(c.Ref, ".id") {
					return fmt.Sprintf("每日06:00按%s核对%s与%s，缺失与状态不一致的当日清零", c.Name, t.Name, up.Name)
				}
			}
		}
	}
	return fmt.Sprintf("每日06:00抽样核对%s的行数与状态，差异当日清零", tableList(tableNames(w.business(nil)), 3))
}
