package offline

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// lookupName is an access pattern in words: the user's note, else 按车牌号查停车记录.
func (w *writer) lookupName(t *design.Table, l design.Lookup) string {
	if note := inline(l.Access.Note); note != "" {
		return clip(note, 20)
	}
	if l.Access.Op == "list" && l.Access.Desc && strings.HasPrefix(l.Tail, "end_") {
		return inline(t.Title) + "校验" // the latest end is what makes a pass valid
	}
	by := strings.Join(w.zhColumns(t, l.Columns, 2), "和")
	if l.Access.Op == "list" {
		return "按" + by + "查" + inline(t.Title) + "列表"
	}
	return "按" + by + "查" + inline(t.Title)
}

// zhColumns are the Chinese names of columns, the tenant left out.
func (w *writer) zhColumns(t *design.Table, columns []string, limit int) []string {
	var out []string
	for _, c := range columns {
		if c != "tenant_id" || len(columns) == 1 {
			out = append(out, zh(t, c))
		}
	}
	return out[:min(len(out), limit)]
}

// withoutRole is a note without the person it is about: 车主停车历史 → 停车历史.
func (w *writer) withoutRole(note string) string {
	for _, u := range w.sys.Users {
		if s := strings.TrimPrefix(note, inline(u)); s != note && len([]rune(s)) >= 2 {
			return s
		}
	}
	return note
}

// roleQuery is a list by the person who asks for it: 车主停车历史 → 车主查询.
func (w *writer) roleQuery(t *design.Table, l design.Lookup) string {
	name := w.lookupName(t, l)
	if l.Access.Op == "list" && l.Access.Note != "" {
		if s := w.withoutRole(name); s != name {
			return strings.TrimSuffix(name, s) + "查询"
		}
	}
	return name
}

// scanName is what a background scan looks for: 异常滞留, 超时未支付, 超时关单.
func (w *writer) scanName(t *design.Table, l design.Lookup) string {
	if note := inline(l.Access.Note); note != "" {
		return strings.TrimSuffix(clip(note, 20), "扫描")
	}
	s := statusOf(t)
	closes := labelLike(s, "关闭", "取消") != ""
	switch {
	case s == nil || !slices.Contains(l.Columns, statusColumn(t)):
		return w.expiryName(t, l)
	case strings.Contains(s.Enum[0].Label, "待支付") && containsAny(l.Tail, "expire", "deadline") && closes:
		return "超时关单"
	case strings.Contains(s.Enum[0].Label, "待支付"):
		return "超时未支付"
	}
	return inline(s.Enum[0].Label) + "超时的" + w.brief(t)
}

// expiryName is a scan by time alone: 到期月卡.
func (w *writer) expiryName(t *design.Table, l design.Lookup) string {
	if containsAny(l.Tail, "end", "expire", "deadline") {
		return "到期" + w.brief(t)
	}
	return w.brief(t) + "扫描"
}

// finals are words of states in which a record has come to its end, the usual
// end before the aborted ones.
var finals = [][]string{
	{"已完成", "完成", "离场", "签收", "发运", "发货", "成功", "已判分", "恢复", "已发药", "结算", "归还", "结束", "已回执", "已支付"},
	{"关闭", "取消"},
}

// ended is when a record may be archived: 离场, 支付完成或关闭, else 创建.
func (w *writer) ended(t *design.Table) string {
	s := statusOf(t)
	var out []string
	for _, words := range finals {
		label := labelLike(s, words...)
		label = strings.TrimPrefix(label, "已")
		out = append(out, strings.Replace(label, "支付成功", "支付完成", 1))
	}
	out = unique(out)
	if len(out) == 0 || kindOf(t, brief.Ledger, brief.Event, brief.Log) {
		return "创建"
	}
	return strings.Join(out, "或")
}

// counterName is 车位余量 for 车位余量计数; where that is the name of an entity
// the whole title stays.
func (w *writer) counterName(title string) string {
	s := strings.TrimSuffix(title, "计数")
	if slices.ContainsFunc(w.business(nil), func(t *design.Table) bool { return inline(t.Title) == s }) {
		return title
	}
	return s
}

// counterTitles are the things whose numbers live in the cache: 车位余量.
func (w *writer) counterTitles() []string {
	var out []string
	for _, e := range w.cacheEntries() {
		if s := strings.TrimSuffix(e.Title, "计数"); s != e.Title && s != "" {
			out = append(out, w.counterName(e.Title))
		}
	}
	return out
}
