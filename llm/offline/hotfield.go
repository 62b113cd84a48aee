package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// hotAndBig is 热点与大字段: what is kept out of rows that are read or locked
// all the time.
func (w *writer) hotAndBig() chapter.Item {
	clauses := []string{w.countersOutside(), w.beats(), w.bigFields(), w.images(), w.batches(), w.treeAndJSON(), w.skew()}
	if strings.Join(clauses, "") == "" {
		ts := w.business(nil)
		clauses = append(clauses, fmt.Sprintf("%d张业务表没有大字段与高频更新的计数列；新增此类列时拆到%s_contents一类的扩展表", len(ts), single(ts[0].Name)))
	}
	return item("热点与大字段", clauses...)
}

// countersOutside are numbers that live in the cache only.
func (w *writer) countersOutside() string {
	for _, e := range w.cacheEntries() {
		name := strings.TrimSuffix(e.Title, "计数")
		if name != e.Title && w.cacheName() != "" && !strings.HasPrefix(e.Value, "Hash") {
			return name + "只存" + w.cacheName() + "、可由明细记录重算"
		}
	}
	if ts := w.tallies(); len(ts) > 0 && w.cacheName() != "" {
		return fmt.Sprintf("%s的%d个计数列先写%s再批量落库，避免单行锁热点", ts[0].Name, len(countColumns(ts[0])), w.cacheName())
	}
	if s := w.stocks(); len(s) > 0 {
		return fmt.Sprintf("%s.%s的扣减事务只含1条UPDATE，最后执行、锁持有不超过10毫秒", s[0].table.Name, s[0].column)
	}
	return ""
}

func (w *writer) beats() string {
	for _, t := range w.business(nil) {
		if b := heartbeat(t); b != "" && w.cacheName() != "" {
			return inline(t.Title) + "心跳写" + w.cacheName() + "并每5分钟批量回写" + t.Name + "." + b + "，避免行锁热点"
		}
	}
	return ""
}

// bigFields are long texts of tables that are listed.
func (w *writer) bigFields() string {
	ts := w.business(func(t *design.Table) bool { return len(longText(t)) > 0 && !kindOf(t, brief.Log, brief.Event) })
	if len(ts) == 0 {
		return ""
	}
	t := ts[0]
	return fmt.Sprintf("%s的%s不进列表查询，单行超过8KB时拆到%s_contents", t.Name, fewOf(longText(t), 2), single(t.Name))
}

func (w *writer) images() string {
	for _, t := range w.business(relational) {
		if cs := imageColumns(t); len(cs) > 0 {
			return strings.TrimSuffix(zh(t, cs[0]), "地址") + "等文件存对象存储，" + t.Name + "内仅保存URL"
		}
	}
	return ""
}

// batches is how events are written to a column store.
func (w *writer) batches() string {
	ts := w.streams()
	if len(ts) == 0 {
		return ""
	}
	size := "1000条或每1秒"
	if ts[0].Dialect == design.ClickHouse || ts[0].Dialect == design.Doris {
		size = "1万~5万行或每5秒"
	}
	return inline(ts[0].Title) + "按每批" + size + "批量写入" + product(ts[0].Engine)
}

// treeAndJSON are hierarchies and fields that tenants define.
func (w *writer) treeAndJSON() string {
	for _, t := range w.business(relational) {
		if c := customFields(t); c != "" && w.engine.family == familyMySQL {
			return fmt.Sprintf("%s.%s存JSON，需要筛选的自定义字段用生成列+索引，每表不超过%d个索引", t.Name, c, w.indexLimit())
		} else if c != "" && w.engine.family == familyPG {
			return fmt.Sprintf("%s.%s存JSONB，需要筛选的自定义字段建表达式索引，每表不超过%d个索引", t.Name, c, w.indexLimit())
		}
	}
	for _, t := range w.business(relational) {
		if t.Has("parent_id") && !kindOf(t, brief.Txn) {
			return t.Name + "按parent_id逐级加载，层级不超过5级，整树缓存"
		}
	}
	return ""
}

// skew is the column that would make a bad shard key.
func (w *writer) skew() string {
	for _, t := range w.business(func(t *design.Table) bool { return t.Split() && t.Verdict.BoundTo == "" }) {
		for _, c := range t.Columns {
			up, ok := w.d.Table(refTable(c))
			if ok && c.Name != t.Verdict.Key && up.Entity != nil && kindOf(up, brief.Config, brief.Master) && up.Size.Rows < 1e4 && strings.HasSuffix(c.Ref, ".id") {
				return fmt.Sprintf("%s只有约%s且大小悬殊，%s因此不按%s而按%s分片", inline(up.Title), capacity.RowsText(up.Size.Rows), t.Name, c.Name, t.Verdict.Key)
			}
		}
	}
	return ""
}
