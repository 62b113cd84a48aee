package offline

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
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
	ttlLocal    = "50秒 + 随机0~10秒"
)

// cacheEntries are the preset's rows where all their columns exist, else the
// entries that kinds, tags and columns ask for; too few are filled up
// (domain.md §3.11, decisions.md 19).
func (w *writer) cacheEntries() []chapter.CacheEntry {
	if w.entries == nil {
		w.entries = w.chooseEntries()
	}
	return w.entries
}

// chooseEntries does the choosing, once for each chapter.
func (w *writer) chooseEntries() []chapter.CacheEntry {
	least := min(3, len(w.business(nil))+1)
	shared := w.cacheName() != ""
	out := w.presetEntries()
	if !shared {
		out = local(out)
	}
	if len(out) < least {
		for _, e := range w.derivedEntries() {
			out = w.addEntry(out, e)
		}
		for _, e := range w.fillers() {
			if len(out) < max(least, 3) {
				out = w.addEntry(out, e)
			}
		}
	}
	return out[:min(len(out), maxEntries)]
}

// addEntry appends what is not there yet; without a cache engine only what can
// live inside one process.
func (w *writer) addEntry(list []chapter.CacheEntry, e chapter.CacheEntry) []chapter.CacheEntry {
	if w.cacheName() == "" {
		kept := local([]chapter.CacheEntry{e})
		if len(kept) == 0 {
			return list
		}
		e = kept[0]
	}
	return addEntry(list, e)
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
	for _, e := range entries {
		if strings.HasPrefix(e.Key, "lock:") || strings.HasPrefix(e.Key, "session:") || strings.HasPrefix(e.Key, "geo:") ||
			strings.HasPrefix(e.Value, "整数，Lua") || strings.HasPrefix(e.Value, "Hash") || strings.HasPrefix(e.Value, "ZSet") {
			continue
		}
		e.Key = "local:" + e.Key
		e.TTL = ttlLocal
		out = append(out, e)
	}
	return out
}
