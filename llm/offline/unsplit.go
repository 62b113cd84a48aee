package offline

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// otherTables is the last subsection, T36.
func (w *writer) otherTables(a *archive) chapter.Shard {
	var ts []*design.Table
	for _, t := range w.business(relational) {
		if t.Verdict.Level == design.D0 || t.Verdict.Level == design.D1 {
			ts = append(ts, t)
		}
	}
	rule := "不分表。" + w.sizesOf(ts) + "，单表配合索引即可"
	if len(ts) == 0 {
		rule = "本系统" + itoa(len(w.business(nil))) + "张业务表均已在上文给出规则，没有其他需要分表的业务表"
	}
	items := []chapter.Item{
		item("分表规则", rule),
		item("表名规则", "沿用原表名，不加数字后缀", w.unsplitHome(ts)),
		item("路由策略", "不需要路由", w.otherReads()),
	}
	items = w.add(items, needed, w.review())
	items = w.add(items, needed, a.rest(ts))
	return chapter.Shard{Zh: "其他业务", Kind: chapter.ByTable, Items: items}
}

func (w *writer) otherReads() string {
	if w.distributed() {
		return "读写走同一入口"
	}
	return "读请求按读写分离规则访问"
}

// sizesOf lists rows by table: the biggest with its size, those that clean up
// with their retention, those below 100 000 rows together.
func (w *writer) sizesOf(ts []*design.Table) string {
	var big *design.Table
	for _, t := range ts {
		if big == nil || t.Size.Rows > big.Size.Rows {
			big = t
		}
	}
	var small []string
	texts := map[string]string{}
	for _, t := range ts {
		if t.Size.Rows < 1e5 && !cleans(t) {
			small = append(small, t.Name)
			continue
		}
		texts[t.Name] = sizeOf(t, t == big)
	}
	tail := ""
	if len(small) > 0 {
		tail = tableList(small, 6) + "均不足10万行"
		if len(small) == 1 {
			tail = small[0] + "不足10万行"
		}
	}
	return w.fitSizes(ts, texts, tail)
}

// sizeOf is owner_vehicles约2088万行（窄表，约3GB）.
func sizeOf(t *design.Table, biggest bool) string {
	var notes []string
	if biggest && t.Size.RowBytes < 100 {
		notes = append(notes, "窄表")
	}
	if biggest {
		notes = append(notes, capacity.AboutGB(t.Size.GB))
	}
	if cleans(t) {
		notes = append(notes, "保留"+itoa(t.Keep)+"天，每日清理")
	}
	text := t.Name + "约" + capacity.RowsText(t.Size.Rows)
	if len(notes) > 0 {
		text += "（" + strings.Join(notes, "，") + "）"
	}
	return text
}

// cleans says whether rows of an unsplit table leave by age.
func cleans(t *design.Table) bool { return t.Keep > 0 }

// fitSizes keeps the list within a bullet: the smallest tables that do not fit
// are bounded together.
func (w *writer) fitSizes(ts []*design.Table, texts map[string]string, tail string) string {
	const room = 185
	size := func() int {
		n := utf8.RuneCountInString(tail) + 30
		for _, text := range texts {
			n += utf8.RuneCountInString(text) + 1
		}
		return n
	}
	dropped, bound := 0, 0.0
	for size() > room && len(texts) > 1 {
		var least *design.Table
		for _, t := range ts {
			if _, ok := texts[t.Name]; ok && (least == nil || t.Size.Rows < least.Size.Rows) {
				least = t
			}
		}
		delete(texts, least.Name)
		dropped, bound = dropped+1, max(bound, least.Size.Rows)
	}
	var parts []string
	for _, t := range ts {
		if text, ok := texts[t.Name]; ok {
			parts = append(parts, text)
		}
	}
	out := []string{strings.Join(parts, "、"), tail}
	if dropped > 0 {
		out = []string{out[0], fmt.Sprintf("另%d张不足%s", dropped, capacity.RowsBound(bound)), tail}
	}
	return strings.Join(slices.DeleteFunc(out, func(s string) bool { return s == "" }), "，")
}

// unsplitHome says where the unsplit tables of a service with several
// databases live, and the small message table.
func (w *writer) unsplitHome(ts []*design.Table) string {
	home := map[string][]string{}
	var order []string
	for _, t := range ts {
		if x := w.instanceOf(t); x.Databases > 1 {
			if home[x.Name] == nil {
				order = append(order, x.Name)
			}
			home[x.Name] = append(home[x.Name], t.Name)
		}
	}
	var out []string
	for _, name := range order {
		out = append(out, tableList(home[name], 4)+"放在"+name+"_0")
	}
	if o := w.d.Outbox; o != nil && !o.Partition {
		out = append(out, fmt.Sprintf("%s日事件约%s，每日清理7天前已发送的消息", o.Table, capacity.CountText(o.Daily[o.Busiest])))
	}
	return strings.Join(out, "；")
}

// review is 复核阈值.
func (w *writer) review() chapter.Item {
	next := "届时先归档、再分区、最后才分片"
	switch {
	case w.distributed():
		next = "届时优先扩容" + product(w.store) + "节点，每次至少3个"
	case w.hasSplit():
		next = "若未来需要任意维度在线查询，优先评估迁移TiDB，而不是继续增加分片"
	}
	return item("复核阈值", lines(w.threshold())+"，或P99查询超过50毫秒时重新评审", next)
}

func (w *writer) hasSplit() bool {
	for _, t := range w.business(nil) {
		if t.Split() {
			return true
		}
	}
	return false
}
