package offline

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// cached is one entity in the memory estimate.
type cached struct {
	table *design.Table
	keys  float64
	bytes float64
}

// cachedTables are the entities that the entries are about, each once, the
// biggest first (§3.6.8).
func (w *writer) cachedTables() (out []cached, total float64) {
	seen := map[string]bool{}
	for _, e := range w.cacheEntries() {
		t := w.subject(e.Key)
		if t == nil || t.Entity == nil || seen[t.Name] || strings.HasPrefix(e.Key, "lock:") || strings.HasPrefix(e.Key, "session:token") {
			continue
		}
		seen[t.Name] = true
		v := t.Entity.Volume
		keys := capacity.CacheKeys(kindOf(t, brief.Txn), float64(v.RowsNow.Or(0)), float64(v.RowsPerDay.Or(0)), float64(w.sys.DAU.Or(0)))
		c := cached{t, keys, keys * float64(capacity.CacheEntry(t.Size.RowBytes))}
		out, total = append(out, c), total+c.bytes
	}
	slices.SortStableFunc(out, func(a, b cached) int { return cmp.Compare(b.bytes, a.bytes) })
	return out, total
}

// memory is 内存估算.
func (w *writer) memory() chapter.Item {
	const label = "内存估算"
	list, total := w.cachedTables()
	db, _ := w.engineOf("cache")
	shards, each := db.Shards.Or(3), float64(db.ShardMemoryGB.Or(4))
	if db.Topology == "sentinel" || db.Topology == "single" {
		shards = 1
	}
	gb := capacity.CacheGB(total, w.growth)
	var parts []string
	named := 0.0
	for _, c := range list[:min(len(list), 4)] {
		named += c.bytes
		parts = append(parts, fmt.Sprintf("%s约%s×%dB", inline(c.table.Title), capacity.CountText(c.keys), capacity.CacheEntry(c.table.Size.RowBytes)))
	}
	text := strings.Join(parts, "、")
	if rest := total - named; rest > 0 && total > 0 {
		text += fmt.Sprintf("，其余不足%s%%", capacity.TPSText(max(math.Floor(rest/total*100)+1, 1)))
	}
	if text == "" {
		text = "缓存对象不足1万个"
	}
	text += fmt.Sprintf("，按%s增长并预留50%%碎片与缓冲%s，", w.years(), capacity.AboutGB(gb))
	need := capacity.CacheShards(gb, each)
	switch {
	case shards == 1 && gb <= each*0.6:
		text += fmt.Sprintf("单分片%sGB（使用率上限60%%）满足", decimal(each))
	case shards == 1:
		text += fmt.Sprintf("单分片%sGB（使用率上限60%%）不足，建议改为%d分片×%sGB的Cluster", decimal(each), need, decimal(each))
	case need > shards:
		text += fmt.Sprintf("%d分片×%sGB（使用率上限60%%）不足，上线前扩到%d分片", shards, decimal(each), need)
	default:
		text += fmt.Sprintf("%d分片×%sGB（使用率上限60%%）满足", shards, decimal(each))
	}
	return item(label, text, "maxmemory-policy采用volatile-lru，内存使用率70%告警")
}
