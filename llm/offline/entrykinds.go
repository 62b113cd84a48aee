package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
)

func one(title, key, value, ttl string) []chapter.CacheEntry {
	return []chapter.CacheEntry{{Title: title, Key: key, Value: value, TTL: ttl}}
}

// detailEntry is the record itself, for hot tables that are mostly read.
func (w *writer) detailEntry(t *design.Table) []chapter.CacheEntry {
	if !tagged(t, "hot") || !kindOf(t, brief.Master, brief.Detail, brief.Snapshot) {
		return nil
	}
	return one(inline(t.Title)+"信息缓存", w.key(t, "info", "id"), w.detailValue(t), w.detailTTL(t))
}

// detailValue is JSON without what must not leave the database.
func (w *writer) detailValue(t *design.Table) string {
	value := "JSON格式" + inline(t.Title) + "信息"
	var masked, hidden []string
	for _, c := range t.Columns {
		switch {
		case c.Part == "mask":
			masked = append(masked, zh(t, c.Name))
		case c.Rule == "R050" || c.Rule == "R053":
			hidden = append(hidden, c.Name)
		case c.Part == "cipher" && !hasMask(t, c):
			hidden = append(hidden, zh(t, c.Name))
		}
	}
	hidden = append(hidden, longText(t)...)
	var notes []string
	if len(masked) > 0 {
		notes = append(notes, "仅脱敏"+fewOf(unique(masked), 2)+"，不缓存密文")
	}
	if len(hidden) > 0 {
		notes = append(notes, "不含"+fewOf(unique(hidden), 3))
	}
	if len(notes) > 0 {
		value += "（" + strings.Join(notes, "，") + "）"
	}
	return value
}

func hasMask(t *design.Table, c design.Column) bool {
	return slices.ContainsFunc(t.Columns, func(o design.Column) bool { return o.Part == "mask" && zh(t, o.Name) == zh(t, c.Name) })
}

func (w *writer) detailTTL(t *design.Table) string {
	if t.Has("longitude") || t.Size.Rows < 1e5 && !w.person(t) {
		return ttlPlace
	}
	return ttlPerson
}

// configEntry is the whole of a small table, or its rows under their parent.
func (w *writer) configEntry(t *design.Table) []chapter.CacheEntry {
	if !kindOf(t, brief.Config) {
		return nil
	}
	columns, value := []string{"id"}, "JSON格式"+inline(t.Title)
	for _, l := range t.Lookups {
		if eq := withoutTenant(l.Columns); len(eq) > 0 && (l.Access.Op == "list" || l.Access.Op == "get" || l.Access.Op == "uk") {
			columns = eq[:min(len(eq), 2)]
			if l.Access.Op == "list" {
				value += "列表"
			}
			break
		}
	}
	ttl := ttlRule
	if t.Size.Rows < 1e4 {
		ttl = ttlPlace
	}
	return one(inline(t.Title)+"缓存", w.key(t, "config", columns...), value, ttl)
}

func withoutTenant(columns []string) []string {
	return slices.DeleteFunc(slices.Clone(columns), func(c string) bool { return c == "tenant_id" })
}

// stockEntry is what is left of something, taken by a script and settled in
// the database.
func (w *writer) stockEntry(t *design.Table) []chapter.CacheEntry {
	for _, s := range w.stocks() {
		if s.table != t {
			continue
		}
		name := zh(t, s.column)
		keys := s.keys
		if kindOf(t, brief.Master) {
			keys = []string{"id"}
		}
		return one(name+"缓存", w.key(t, "remain", withoutTenant(keys)...),
			fmt.Sprintf("整数，Lua脚本原子预扣且不小于0，以%s.%s为准", t.Name, s.column), fmt.Sprintf(ttlCounter, t.Name))
	}
	return nil
}

// tallyEntry is a counter that only counts, or any other counter row.
func (w *writer) tallyEntry(t *design.Table) []chapter.CacheEntry {
	if !kindOf(t, brief.Counter) || slices.ContainsFunc(w.stocks(), func(s stock) bool { return s.table == t }) {
		return nil
	}
	keys := withoutTenant(rowKeys(t))
	if columns := countColumns(t); len(columns) > 0 {
		title := strings.TrimSuffix(inline(t.Title), "计数") + "计数"
		return one(title, w.key(t, "count", keys...), "Hash，"+fewOf(columns, 4)+"，HINCRBY累加、每5秒批量落库", fmt.Sprintf(ttlCounter, t.Name))
	}
	return one(inline(t.Title)+"缓存", w.key(t, "state", keys...), "Hash，带version，更新后删除，以"+t.Name+"为准", ttlPerson)
}

// relationEntry says whether two things are related.
func (w *writer) relationEntry(t *design.Table) []chapter.CacheEntry {
	if !kindOf(t, brief.Relation) {
		return nil
	}
	for _, l := range t.Lookups {
		if l.Access.Op != "get" && l.Access.Op != "uk" {
			continue
		}
		if eq := withoutTenant(l.Columns); len(eq) >= 2 {
			return one(inline(t.Title)+"缓存", w.key(t, "exists", eq[:2]...), "整数，1表示存在、0为空值", ttlPerson+"，空值5分钟")
		} else if len(eq) == 1 {
			return one(inline(t.Title)+"缓存", w.key(t, "set", eq...), "Set，超过5000个元素按{bucket}拆桶", ttlPerson)
		}
	}
	return nil
}

// documentEntry is a hot transaction for as long as people look at it.
func (w *writer) documentEntry(t *design.Table) []chapter.CacheEntry {
	if !kindOf(t, brief.Txn) || !tagged(t, "hot") && !(tagged(t, "money") && tagged(t, "write")) {
		return nil
	}
	column := ownNumber(t)
	if column == "" {
		column = "id"
	}
	return one(inline(t.Title)+"缓存", w.key(t, "info", column), w.detailValue(t), ttlDocument)
}

// rankingEntry is a list sorted by a number.
func (w *writer) rankingEntry(t *design.Table) []chapter.CacheEntry {
	for _, r := range w.rankings() {
		if r.table == t {
			return one(inline(t.Title)+"排行榜", w.key(t, "rank", withoutTenant(r.columns)...), "ZSet，成员为主键、分值为"+r.score+"，只留前1000名", ttlList)
		}
	}
	return nil
}

// geoEntry finds places nearby.
func (w *writer) geoEntry(t *design.Table) []chapter.CacheEntry {
	if !t.Has("longitude") || !t.Has("latitude") || !kindOf(t, brief.Master, brief.Config) {
		return nil
	}
	part := "bucket"
	if t.Has("city_code") {
		part = "city_code"
	}
	return one("附近"+inline(t.Title), "geo:"+infer.Plural(single(t.Name))+":{"+part+"}", "GEO，成员为"+single(t.Name)+"_id", fmt.Sprintf(ttlGeo, inline(t.Title)))
}

func (w *writer) beatEntry(t *design.Table) []chapter.CacheEntry {
	if heartbeat(t) == "" {
		return nil
	}
	return one(inline(t.Title)+"在线状态", w.key(t, "heartbeat", "id"), "最近心跳时间戳，每5分钟批量回写"+t.Name+"."+heartbeat(t), ttlBeat)
}

// lockEntry keeps people from paying twice.
func (w *writer) lockEntry(t *design.Table) []chapter.CacheEntry {
	number := ownNumber(t)
	if !tagged(t, "money") || statusOf(t) == nil || number == "" || !kindOf(t, brief.Txn) {
		return nil
	}
	return one(w.docName(t)+"防重锁", "lock:"+single(t.Name)+":{"+number+"}", "请求唯一标识，释放时用Lua比对", ttlLock)
}

func (w *writer) sessionEntry(t *design.Table) []chapter.CacheEntry {
	if byRule(t, "R030") == "" {
		return nil
	}
	return one(inline(t.Title)+"登录会话", "session:token:{token}", "JSON格式登录会话（"+single(t.Name)+"_id、角色、登录时间）", ttlSession)
}
