package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// readWrite is T02.
func (w *writer) readWrite() chapter.Item {
	const label = "读写分离"
	peak, misses := w.sys.PeakReadQPS.Or(0), w.misses()
	load := fmt.Sprintf("峰值读%d QPS按缓存命中率%s计，回源约%s QPS", peak, percent(w.sys.CacheHit.Or(0)), capacity.TPSText(misses))
	if w.sys.CacheHit.Or(0) == 0 {
		load = fmt.Sprintf("未启用缓存，峰值读%d QPS全部", peak)
		if misses < 300 {
			load += "由数据库承担"
		}
	}
	primary, replica := "主库", "从库"
	if w.engine.family == familyMongo {
		primary, replica = "主节点", "从节点"
	}
	strict := "“写后立即读”场景"
	if fresh := w.readAfterWrite(); len(fresh) > 0 {
		strict = list(fresh, 3) + "等“写后立即读”场景"
	}
	product := product(w.store)
	switch {
	case w.distributed():
		return item(label, product+"三副本由多数派承载读写，应用只连一个入口、不区分主从地址",
			load+"由各节点分担", strict+"走主副本强一致读，报表与导出走只读副本")
	case !w.transactional():
		return item(label, w.copies()+"，各副本均可读", strings.TrimSuffix(load, "由数据库承担")+"由各副本分担", strict+"固定读写入的副本")
	case w.topology() == "single":
		return item(label, product+"为单节点，读写都在主库", strings.TrimSuffix(load, "由数据库承担")+"由这一个节点承担", fmt.Sprintf("回源读超过%d QPS或需要高可用时增加1个从库再分离读写", capacity.SafeReads))
	case misses < 300:
		return item(label, w.copies(), load+"，读量较小，默认读"+primary+"，"+replica+"仅用于高可用与报表", strict+"始终读"+primary)
	}
	return item(label, w.copies(), load+"由"+replica+"承担", strict+"强制读"+primary)
}

// copies is 每个MySQL实例1主2从（…).
func (w *writer) copies() string {
	low, high := 0, 0
	for _, l := range w.d.Services {
		if !w.keepsRecords(l.Code) {
			continue
		}
		if low == 0 || l.Replicas < low {
			low = l.Replicas
		}
		high = max(high, l.Replicas)
	}
	low = max(low, 1)
	n := itoa(low)
	if high > low {
		n += "~" + itoa(high)
	}
	where := ""
	switch dr := w.region("dr"); {
	case dr != "" && low >= 2:
		where = "（同城从库承担读与故障切换，异地从库承担灾备）"
	case dr != "":
		where = "（从库承担读与故障切换，" + dr + "另存异地备份）"
	}
	name := product(w.store)
	switch w.engine.family {
	case familyMongo:
		return "每个" + name + "实例为3节点副本集" + where
	case familyColumn, familyDoris, familySearch, familySeries:
		return name + "多副本互为备份" + where
	}
	if w.topology() == "mgr" {
		return fmt.Sprintf("每个%s实例为MGR单主%d节点%s", name, max(high+1, 3), where)
	}
	return "每个" + name + "实例1主" + n + "从" + where
}

// keepsRecords says whether a service has a row of the main engine.
func (w *writer) keepsRecords(code string) bool {
	return slices.ContainsFunc(w.d.Instances, func(x design.Instance) bool { return x.Code == code && x.Engine.Engine == w.store.Engine })
}

// readAfterWrite names lookups that are hot by the user's word, else those of
// tables read and written all the time, and the status query after a payment
// callback.
func (w *writer) readAfterWrite() []string {
	out := w.lookupsWhere(func(_ *design.Table, l design.Lookup) bool { return l.Access.Hot })
	for _, tag := range []string{"hot", "money"} {
		if len(out) < 2 && w.lookupsNoted() == 0 {
			out = unique(append(out, w.lookupsWhere(func(t *design.Table, l design.Lookup) bool {
				return tagged(t, "write") && tagged(t, tag) && (l.Access.Op == "get" || l.Access.Op == "uk")
			})...))
		}
	}
	out = out[:min(len(out), 2)]
	if w.callbackTable() != nil {
		out = append(out, "支付回调后的状态查询")
	}
	if len(out) > 0 {
		return unique(out)
	}
	if ts := w.business(func(t *design.Table) bool { return kindOf(t, brief.Txn) }); len(ts) > 0 {
		return []string{inline(ts[0].Title) + "提交后的详情查询"}
	}
	return nil
}

// lookupsNoted is how many lookups the user marked hot.
func (w *writer) lookupsNoted() int {
	return len(w.lookupsWhere(func(_ *design.Table, l design.Lookup) bool { return l.Access.Hot }))
}

// lookupsWhere names the first lookup of each table that a test accepts.
func (w *writer) lookupsWhere(ok func(*design.Table, design.Lookup) bool) []string {
	var out []string
	for _, t := range w.business(relational) {
		if i := slices.IndexFunc(t.Lookups, func(l design.Lookup) bool { return ok(t, l) }); i >= 0 {
			out = append(out, w.lookupName(t, t.Lookups[i]))
		}
	}
	return out
}
