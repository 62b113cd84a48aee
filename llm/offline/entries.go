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

// A cache block has at most so many entries (domain.md §3.11).
const maxEntries = 14

// Times to live by what is cached (domain.md §3.11).
const (
	ttlPerson   = "1小时 + 随机0~10分钟"
	ttlPlace    = "12小时 + 随机0~1小时"
	ttlRule     = "30分钟 + 随机0~5分钟"
	ttlDocument = "30分钟 + 随机0~5分钟"
	ttlList     = "10分钟 + 随机0~2分钟"
	ttlCounter  = "24小时，每5分钟按%s校准"
	ttlGeo      = "24小时，%s变更时重建"
	ttlBeat     = "90秒（3个心跳周期）"
	ttlLock     = "10秒"
	ttlSession  = "2小时，访问时续期"
	ttlLocal    = "%d秒"
)

// cacheEntries are the preset's rows where all their columns exist, else the
// entries that kinds, tags and columns ask for; too few are filled up
// (domain.md §3.11, decisions.md 19).
func (w *writer) cacheEntries() []chapter.CacheEntry {
	least := min(3, len(w.business(nil))+1)
	out := w.presetEntries()
	if len(out) < least {
		for _, e := range w.derivedEntries() {
			out = addEntry(out, e)
		}
		for _, e := range w.fillers() {
			if len(out) < max(least, 3) {
				out = addEntry(out, e)
			}
		}
	}
	out = out[:min(len(out), maxEntries)]
	if w.cacheName() == "" {
		out = local(out)
	}
	return out
}

func addEntry(list []chapter.CacheEntry, e chapter.CacheEntry) []chapter.CacheEntry {
	if slices.ContainsFunc(list, func(x chapter.CacheEntry) bool { return x.Key == e.Key }) {
		return list
	}
	return append(list, e)
}

// presetEntries are the rows of the brief's preset that fit the brief.
func (w *writer) presetEntries() []chapter.CacheEntry {
	var out []chapter.CacheEntry
	for _, l := range brief.PresetCache(w.d.Brief.Preset) {
		fits := true
		for _, p := range placeholders(l.Key) {
			t, _ := w.holder(l.Key, p)
			fits = fits && t != nil
		}
		if fits {
			out = append(out, chapter.CacheEntry{Title: l.Title, Key: l.Key, Value: l.Value, TTL: l.TTL})
		}
	}
	return out
}

// holder is the table whose column a placeholder is: the table the key is
// about first; {lot_id} is also the id of parking_lots.
func (w *writer) holder(key, placeholder string) (*design.Table, string) {
	if t := w.subject(key); t != nil && t.Has(placeholder) {
		return t, placeholder
	}
	for _, t := range w.business(nil) {
		if single(t.Name)+"_id" == placeholder {
			return t, "id"
		}
	}
	for _, t := range w.business(nil) {
		if t.Has(placeholder) {
			return t, placeholder
		}
	}
	return nil, ""
}

// tableLike finds the table with that name, singular or plural; lastWord
// compares only the end of table names.
func (w *writer) tableLike(name string, lastWord bool) *design.Table {
	name = infer.Singular(name)
	for _, t := range w.business(nil) {
		if infer.Singular(t.Name) == name || lastWord && single(t.Name) == name {
			return t
		}
	}
	return nil
}

// domain is the first part of a table's keys: lot, or inbound:order where
// another table ends alike.
func (w *writer) domain(t *design.Table) string {
	name, full := single(t.Name), infer.Singular(t.Name)
	same := 0
	for _, o := range w.business(nil) {
		if single(o.Name) == name {
			same++
		}
	}
	if head, tail, ok := strings.Cut(full, "_"); ok && same > 1 && strings.Count(full, "_") == 1 {
		return head + ":" + tail
	}
	return name
}

// key is a cache key of a table, the tenant first where there are tenants.
func (w *writer) key(t *design.Table, purpose string, columns ...string) string {
	k := w.domain(t)
	if purpose != "" {
		k += ":" + purpose
	}
	if w.sys.MultiTenant && t.Has("tenant_id") && !slices.Contains(columns, "tenant_id") {
		k += ":{tenant_id}"
	}
	for _, c := range columns {
		if c == "id" {
			c = single(t.Name) + "_id"
		}
		k += ":{" + c + "}"
	}
	return k
}

// derivedEntries follow the kinds in the order of domain.md §3.11, entities in
// the order of the design.
func (w *writer) derivedEntries() []chapter.CacheEntry {
	var out []chapter.CacheEntry
	for _, make := range []func(*design.Table) []chapter.CacheEntry{
		w.detailEntry, w.configEntry, w.stockEntry, w.tallyEntry, w.relationEntry, w.documentEntry, w.rankingEntry, w.geoEntry, w.beatEntry, w.lockEntry, w.sessionEntry,
	} {
		for _, t := range w.business(nil) {
			for _, e := range make(t) {
				out = addEntry(out, e)
			}
		}
	}
	return out
}

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
	return one(inline(t.Title)+"缓存", w.key(t, "conf", columns...), value, ttl)
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
		return one(name+"缓存", w.key(t, "left", withoutTenant(keys)...),
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

// fillers complete a short list: details, whole tables, first pages.
func (w *writer) fillers() []chapter.CacheEntry {
	var out []chapter.CacheEntry
	for _, t := range w.business(nil) {
		if kindOf(t, brief.Master, brief.Txn, brief.Detail) {
			out = append(out, chapter.CacheEntry{Title: inline(t.Title) + "信息缓存", Key: w.key(t, "info", "id"), Value: w.detailValue(t), TTL: w.detailTTL(t)})
		}
	}
	for _, t := range w.business(nil) {
		out = append(out, chapter.CacheEntry{
			Title: inline(t.Title) + "列表首页", Key: w.key(t, "list") + ":{page}", Value: "JSON格式" + inline(t.Title) + "列表（每页20条，只缓存前5页）", TTL: ttlList,
		})
	}
	for _, t := range w.business(nil) {
		out = append(out, chapter.CacheEntry{
			Title: inline(t.Title) + "总数", Key: w.key(t, "total") + ":{date}", Value: "整数，" + t.Name + "近似行数，每10分钟刷新", TTL: ttlList,
		})
	}
	return out
}

// local turns entries into keys of a cache inside the process; only what many
// requests share and nobody has to agree on can live there.
func local(entries []chapter.CacheEntry) []chapter.CacheEntry {
	var out []chapter.CacheEntry
	for i, e := range entries {
		if strings.HasPrefix(e.Key, "lock:") || strings.HasPrefix(e.Key, "session:") || strings.HasPrefix(e.Key, "geo:") ||
			strings.HasPrefix(e.Value, "整数，Lua") || strings.HasPrefix(e.Value, "Hash") || strings.HasPrefix(e.Value, "ZSet") {
			continue
		}
		e.Key = "local:" + e.Key
		e.TTL = fmt.Sprintf(ttlLocal, 30+10*(i%4)) + "，随机缩短0~10秒"
		out = append(out, e)
	}
	return out
}
