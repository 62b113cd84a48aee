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

// cacheItems are the bullets after the cache block (domain.md §3.11): four
// protections, memory, and hot counters.
func (w *writer) cacheItems() []chapter.Item {
	if w.cacheName() == "" {
		return w.localItems()
	}
	out := []chapter.Item{w.updating(), w.penetration(), w.breakdown(), w.avalanche()}
	out = w.add(out, usual, w.memory())
	out = w.add(out, usual, w.hotSpots())
	if w.localCache {
		out = append(out, w.secondLevel())
	}
	return out
}

// updating is 更新策略: the database first, then the key.
func (w *writer) updating() chapter.Item {
	direct := ""
	if a := w.accounts(); len(a) > 0 {
		direct = a[0].table.Name + "." + a[0].balance + "不进缓存，余额直读主库"
	}
	return item("更新策略", "采用Cache-Aside，先更新数据库再删除缓存", "删除失败由"+w.engine.invalidate+"重试删除，最多5次，间隔1、2、4、8、16秒", direct)
}

// Elements and error rate a Bloom filter is planned for.
const (
	bloomLeast = 1e6
	bloomRate  = 0.01
)

// naturalRules are columns whose values people type or machines read, so that
// anybody can ask for one that does not exist.
var naturalRules = []string{"R014", "R016", "R021", "R022", "R025", "R026", "R038", "R100", "R101", "R102"}

// penetration is 穿透防护: empty values for what is asked by natural keys, a
// filter for ids.
func (w *writer) penetration() chapter.Item {
	var subjects, ids []string
	for _, e := range w.cacheEntries() {
		if strings.Contains(e.Value+e.TTL, "空值") {
			if t := w.subject(e.Key); t != nil {
				subjects = append(subjects, inline(t.Title))
			}
			continue
		}
		for _, p := range placeholders(e.Key) {
			t, column := w.holder(e.Key, p)
			if t == nil {
				continue
			}
			c, _ := t.Column(column)
			switch {
			case slices.Contains(naturalRules, c.Rule):
				subjects = append(subjects, bare(zh(t, column)))
			case strings.HasSuffix(p, "_id") && p != "tenant_id":
				ids = append(ids, p)
			}
		}
	}
	subjects, ids = unique(subjects), unique(ids)
	ids = ids[:min(len(ids), 2)]
	what := "不存在的主键"
	if len(subjects) > 0 {
		what = strings.Join(subjects[:min(len(subjects), 2)], "、") + "类查询"
	}
	bloom := ""
	if len(ids) > 0 {
		n := math.Ceil(max(w.knownKeys(ids), bloomLeast)/1e6) * 1e6
		bloom = fmt.Sprintf("%s非法值由布隆过滤器（预估%s元素、误判率1%%，约%sMB）拦截", strings.Join(ids, "、"), capacity.CountText(n), decimal(math.Ceil(capacity.BloomMB(n, bloomRate))))
	}
	return item("穿透防护", what+"缓存空值5分钟", bloom)
}

// knownKeys is how many values of the ids there will be.
func (w *writer) knownKeys(ids []string) float64 {
	n := 0.0
	for _, id := range ids {
		for _, t := range w.business(nil) {
			if single(t.Name)+"_id" == id {
				n += t.Size.Rows
			}
		}
	}
	return n
}

// breakdown is 击穿防护: the hottest keys are rebuilt by one.
func (w *writer) breakdown() chapter.Item {
	var names []string
	for _, e := range w.cacheEntries() {
		if t := w.subject(e.Key); t != nil && tagged(t, "hot") && len(placeholders(e.Key)) > 0 && kindOf(t, brief.Master, brief.Config, brief.Detail, brief.Txn) {
			if base := keyBase(e.Key); kindOf(t, brief.Config) || strings.HasSuffix(base, ":info") {
				names = append(names, base)
			}
		}
	}
	names = w.shared(unique(names))
	for _, e := range w.cacheEntries() {
		if len(names) == 0 && !strings.HasPrefix(e.Key, "lock:") && !strings.HasPrefix(e.Key, "session:") {
			names = []string{keyBase(e.Key)}
		}
	}
	return item("击穿防护", strings.Join(names[:min(len(names), 2)], "、")+"等热点Key采用逻辑过期+单飞（singleflight）重建，同一Key仅1个请求回源")
}

// shared puts keys of things that many people read at once before keys of one
// person.
func (w *writer) shared(names []string) []string {
	personal := func(n string) int {
		if t := w.subject(n + ":{x}"); t != nil && w.person(t) {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(personal(a), personal(b)) })
	return names
}

// person says whether a table is about people who use the system.
func (w *writer) person(t *design.Table) bool {
	return kindOf(t, brief.Master) && slices.ContainsFunc(t.Columns, func(c design.Column) bool { return c.Part == "cipher" || c.Rule == "R030" })
}

// avalanche is 雪崩防护.
func (w *writer) avalanche() chapter.Item {
	return item("雪崩防护", "TTL叠加随机值", fmt.Sprintf("%s不可用时降级为本地缓存（60秒）+数据库限流，回源上限%s QPS", w.cacheName(), capacity.TPSText(oneDigit(w.misses()))))
}

// oneDigit rounds up to one significant digit, at least 100.
func oneDigit(x float64) float64 {
	if x <= 100 {
		return 100
	}
	step := math.Pow(10, math.Floor(math.Log10(x)))
	return math.Ceil(x/step) * step
}

// secondLevel is what a hint for a second cache level adds.
func (w *writer) secondLevel() chapter.Item {
	keys := "热点详情"
	if names := w.hotBases(); len(names) > 0 {
		keys = fewOf(names, 3)
	}
	return item("热点治理", fmt.Sprintf("多级缓存：%s先查进程内本地缓存（最多1万条、TTL不超过60秒），再查%s，最后回源数据库", keys, w.cacheName()),
		"更新后由"+w.cacheName()+"发布失效消息，各Pod在1秒内清除本地副本，未收到时最多旧60秒")
}

func (w *writer) hotBases() []string {
	var out []string
	for _, e := range w.cacheEntries() {
		if t := w.subject(e.Key); t != nil && tagged(t, "hot") && kindOf(t, brief.Master, brief.Config) {
			out = append(out, keyBase(e.Key))
		}
	}
	return unique(out)
}

// localItems are the bullets of a system without a cache engine.
func (w *writer) localItems() []chapter.Item {
	out := []chapter.Item{
		item("更新策略", "进程内缓存采用Cache-Aside，先更新数据库再清除本地键", "其他Pod最多读到60秒旧值，金额与状态一律直读主库"),
		item("穿透防护", "查询不到的主键在进程内缓存空值60秒", "编号先按长度与校验位过滤，非法值不查库"),
		item("击穿防护", "同一Key用单飞（singleflight）合并，仅1个请求回源"),
		item("雪崩防护", "TTL在60秒内叠加随机值", fmt.Sprintf("数据库侧限流，回源上限%s QPS", capacity.TPSText(oneDigit(w.misses())))),
	}
	return w.add(out, needed, item("内存估算", "每个Pod的本地缓存最多1万条、约64MB，按LRU淘汰",
		"引入Redis的触发条件：峰值读超过1000 QPS，或多个Pod之间要求一致的缓存"))
}
