package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// consistency is T04.
func (w *writer) consistency() chapter.Item {
	const label = "数据一致性"
	names := w.strictNames()
	if !w.transactional() {
		if len(names) == 0 {
			names = titles(w.business(nil))
		}
		return item(label, fmt.Sprintf("%s没有跨行事务：%s只追加新版本、按主键取最新，资金与状态流转类单据建议新增1个关系库承载", product(w.store), fewOf(names, 3)),
			"查询结果最终一致，目标延迟不超过5秒")
	}
	means := w.strictMeans()
	later := append(w.counterTitles(), w.copied())
	weak := list(later, 4) + "等采用最终一致，目标延迟不超过5秒"
	if len(names) == 0 {
		return item(label, "单库内写入使用本地事务，唯一索引保证幂等", weak)
	}
	return item(label, list(names, 5)+"使用"+means+"实现强一致与幂等", weak)
}

// copied is what is read from a copy of the records.
func (w *writer) copied() string {
	if _, ok := w.engineOf("olap"); ok {
		return "报表"
	}
	if _, ok := w.engineOf("search"); ok {
		return "检索结果"
	}
	return "统计报表"
}

// strictNames are the documents of the money chain — those tied to each other
// by business numbers — else all money, else all transactions.
func (w *writer) strictNames() []string {
	money := w.business(func(t *design.Table) bool {
		return tagged(t, "money") && kindOf(t, brief.Txn, brief.Ledger, brief.Detail)
	})
	chain := slices.DeleteFunc(slices.Clone(money), func(t *design.Table) bool { return !w.chained(t, money) })
	chosen := chain
	if len(chosen) == 0 {
		chosen = money
	}
	if len(chosen) < 2 {
		chosen = append(slices.Clone(chosen), w.business(func(t *design.Table) bool { return kindOf(t, brief.Txn) })...)
	}
	var out []string
	for _, t := range chosen {
		if tagged(t, "money") {
			out = append(out, w.docName(t))
		} else {
			out = append(out, w.brief(t))
		}
	}
	out = unique(out)
	out = out[:min(len(out), 4)]
	for _, s := range w.stocks() {
		out = append(out, inline(s.table.Title))
	}
	for _, a := range w.accounts() {
		out = append(out, inline(a.table.Title))
	}
	return unique(out)
}

// chained says whether a business number leads from the table to another one
// of the list, or back.
func (w *writer) chained(t *design.Table, others []*design.Table) bool {
	for _, o := range others {
		if o != t && (pointsTo(t, o) || pointsTo(o, t)) {
			return true
		}
	}
	return false
}

// pointsTo says whether a column of t holds a number of o.
func pointsTo(t, o *design.Table) bool {
	return slices.ContainsFunc(t.Columns, func(c design.Column) bool {
		return refTable(c) == o.Name && !strings.HasSuffix(c.Ref, ".id")
	})
}

// strictMeans are what the design really has.
func (w *writer) strictMeans() string {
	version := slices.ContainsFunc(w.business(nil), func(t *design.Table) bool { return t.Has(w.version()) })
	number := slices.ContainsFunc(w.business(nil), func(t *design.Table) bool { return ownNumber(t) != "" })
	means := "本地事务"
	if w.engine.family == familyMongo {
		means = "多文档事务（writeConcern=majority）"
	}
	if version {
		means += "+乐观锁（" + w.version() + "）"
	}
	if number {
		means += "+业务单号唯一索引"
	}
	return means
}

// docName is a table as people call it: 停车账单 → 账单, 支付流水 → 支付, 退款单 →
// 退款.
func (w *writer) docName(t *design.Table) string {
	name := w.brief(t)
	taken := func(s string) bool {
		return slices.ContainsFunc(w.business(nil), func(o *design.Table) bool { return o != t && inline(o.Title) == s })
	}
	for _, end := range []string{"流水", "单"} {
		s := strings.TrimSuffix(name, end)
		if n := len([]rune(s)); s != name && !taken(s) && (n == 2 || end == "流水" && n > 2) && !strings.HasSuffix(s, "订") {
			return s
		}
	}
	return name
}

// vague are words that say nothing without the word before them.
var vague = []string{"记录", "流水", "明细", "单", "表", "信息", "数据", "关系", "配置", "规则", "任务", "成员", "事件", "日志", "行为", "分组", "影子"}

// brief is a title without the name of its own service: 停车账单 → 账单.
func (w *writer) brief(t *design.Table) string {
	title := inline(t.Title)
	s := strings.TrimPrefix(title, w.shortService(t.Service))
	if s == title || len([]rune(s)) < 2 || slices.Contains(vague, s) {
		return title
	}
	return s
}
