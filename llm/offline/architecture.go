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

// principles is 1.1: the four required bullets and their extensions (T01–T06).
func (w *writer) principles() []chapter.Item {
	out := []chapter.Item{w.independence(), w.readWrite(), w.splitting(), w.consistency()}
	out = w.add(out, needed, w.security())
	out = w.add(out, needed, w.capacityPlan())
	return w.add(out, wordy, w.naming())
}

// independence is T01.
func (w *writer) independence() chapter.Item {
	var names, shared []string
	owner := map[string]string{}
	for _, s := range w.d.Brief.Services {
		names = append(names, strings.TrimSuffix(inline(s.Name), "服务"))
	}
	for _, x := range w.d.Instances {
		if x.Code == "" {
			continue
		}
		if o, ok := owner[x.Name]; ok && o != x.Service {
			shared = append(shared, fmt.Sprintf("%s与%s按简报共用%s，仍按表归属划分账号权限", o, inline(x.Service), x.Name))
			continue
		}
		owner[x.Name] = inline(x.Service)
	}
	const label = "微服务数据独立"
	if len(names) == 1 {
		return item(label, w.monolith())
	}
	return item(label,
		fmt.Sprintf("%s%d个服务各自独占数据库，跨服务仅以ID或业务单号引用，不建物理外键、不跨库JOIN", fewOf(names, 8), len(names)),
		"跨服务读取走接口或事件冗余", strings.Join(unique(shared), "；"))
}

// fewOf is list without a count of its own.
func fewOf(names []string, limit int) string {
	if len(names) > limit {
		return strings.Join(names[:limit], "、") + "等"
	}
	return strings.Join(names, "、")
}

func (w *writer) monolith() string {
	s := w.d.Brief.Services[0]
	var names []string
	for _, x := range w.d.Instances {
		if x.Code == s.Code {
			names = append(names, x.Name)
		}
	}
	ts := w.business(nil)
	return fmt.Sprintf("当前为单体，1个服务（%s）独占%s，共%d张业务表；%s按业务域分组命名，表间只用逻辑外键，预留按域拆库",
		inline(s.Name), list(names, 3), len(ts), tableList(tableNames(ts), 4))
}

// readWrite is T02.
func (w *writer) readWrite() chapter.Item {
	const label = "读写分离"
	peak, misses := w.sys.PeakReadQPS.Or(0), w.misses()
	load := fmt.Sprintf("峰值读%d QPS按缓存命中率%s计，回源约%s QPS", peak, percent(w.sys.CacheHit.Or(0)), capacity.TPSText(misses))
	if w.sys.CacheHit.Or(0) == 0 {
		load = fmt.Sprintf("峰值读%d QPS全部由数据库承担（未启用缓存）", peak)
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
	case w.topology() == "single":
		return item(label, product+"为单节点，读写都在主库", load, fmt.Sprintf("回源读超过%d QPS或需要高可用时增加1个从库再分离读写", capacity.SafeReads))
	case misses < 300:
		return item(label, w.copies(), load+"，读量较小，默认读主库，从库仅用于高可用与报表", strict+"始终读主库")
	}
	return item(label, w.copies(), load+"由从库承担", strict+"强制读主库")
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
	if len(out) == 0 {
		out = w.lookupsWhere(func(t *design.Table, l design.Lookup) bool {
			return tagged(t, "write") && (tagged(t, "hot") || tagged(t, "money")) && l.Access.Op == "get"
		})
	}
	out = out[:min(len(out), 2)]
	if w.callbackTable() != nil {
		out = append(out, "支付回调后的状态查询")
	}
	if len(out) > 0 {
		return unique(out)
	}
	for _, t := range w.business(func(t *design.Table) bool { return kindOf(t, brief.Txn) }) {
		return []string{inline(t.Title) + "提交后的详情查询"}
	}
	return nil
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

// splitting is T03.
func (w *writer) splitting() chapter.Item {
	const label = "分库分表"
	split := w.splitClauses()
	rest := w.unsplitClause()
	if len(split) == 0 {
		return item(label, w.noSplit(), w.specials())
	}
	return item(label, fmt.Sprintf("仅对%s在线数据超过阈值的表拆分：%s", w.years(), strings.Join(split, "，")), rest, w.specials())
}

// splitClauses are parking_sessions、parking_bills分4库256表, a clause for each
// way of splitting.
func (w *writer) splitClauses() []string {
	type way struct {
		text  string
		names []string
	}
	var ways []way
	for _, t := range w.business(nil) {
		text := ""
		v := t.Verdict
		switch {
		case t.Split() && v.Databases > 1:
			text = fmt.Sprintf("分%d库%d表", v.Databases, v.Tables)
		case t.Split():
			text = fmt.Sprintf("单库%d表", v.Tables)
		case t.HashPartitions():
			text = fmt.Sprintf("按%s哈希分区", v.Key)
		default:
			continue
		}
		if i := slices.IndexFunc(ways, func(x way) bool { return x.text == text }); i >= 0 {
			ways[i].names = append(ways[i].names, t.Name)
			continue
		}
		ways = append(ways, way{text, []string{t.Name}})
	}
	var out []string
	for _, x := range ways {
		out = append(out, strings.Join(x.names, "、")+x.text)
	}
	return out
}

// unsplitClause bounds all other tables; partitioned ones and those of other
// engines are not meant.
func (w *writer) unsplitClause() string {
	rows, gb, n := 0.0, 0.0, 0
	for _, t := range w.business(relational) {
		if t.Verdict.Level == design.D0 || t.Verdict.Level == design.D1 {
			rows, gb, n = max(rows, t.Size.Rows), max(gb, t.Size.GB), n+1
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("其余表%s内不足%s且不足%s，保持单库单表", w.years(), capacity.RowsBound(rows), capacity.GBBound(gb))
}

func (w *writer) noSplit() string {
	var big *design.Table
	for _, t := range w.business(relational) {
		single := t.Verdict.Level == design.D0 || t.Verdict.Level == design.D1
		if single && (big == nil || t.Size.Rows > big.Size.Rows) {
			big = t
		}
	}
	t := w.threshold()
	if big == nil {
		return fmt.Sprintf("应用层不做分库分表，数据由%s自身的分片与分区承载；每季度1次复核容量", product(w.store))
	}
	return fmt.Sprintf("%s内最大单表%s%s，未达拆分阈值（%s、%s、写%s TPS），不做分库分表", w.years(), big.Name, about(big),
		capacity.RowsText(t.Rows), capacity.GBText(t.GB), capacity.TPSText(t.TPS))
}

// specials are the tables that are kept small by other means.
func (w *writer) specials() string {
	var parts, cold, spread []string
	for _, t := range w.business(relational) {
		switch {
		case t.Verdict.Level == design.D2:
			cold = append(cold, t.Name)
		case splitByServer(t) && !t.HashPartitions():
			spread = append(spread, t.Name)
		}
	}
	byPeriod := map[bool][]string{}
	for _, t := range w.business(func(t *design.Table) bool { return t.Part != nil }) {
		byPeriod[t.Part.Daily] = append(byPeriod[t.Part.Daily], t.Name)
	}
	if len(cold) > 0 {
		parts = append(parts, tableList(cold, 3)+"冷热分离，热表只留2年")
	}
	if len(byPeriod[true]) > 0 {
		parts = append(parts, tableList(byPeriod[true], 3)+"按天分区")
	}
	if len(byPeriod[false]) > 0 {
		parts = append(parts, tableList(byPeriod[false], 3)+"按月分区")
	}
	if len(spread) > 0 {
		how := "由" + product(w.store) + "自动分布"
		if !w.distributed() {
			how = "保持单表并靠归档控制体量"
		}
		parts = append(parts, tableList(spread, 4)+how)
	}
	return strings.Join(parts, "，")
}

// consistency is T04.
func (w *writer) consistency() chapter.Item {
	const label = "数据一致性"
	names := w.strictNames()
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
	if len(chosen) == 0 {
		chosen = w.business(func(t *design.Table) bool { return kindOf(t, brief.Txn, brief.Counter) })
	}
	var out []string
	for _, t := range chosen {
		out = append(out, w.docName(t))
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
	version := slices.ContainsFunc(w.business(nil), func(t *design.Table) bool { return t.Has("version") })
	number := slices.ContainsFunc(w.business(nil), func(t *design.Table) bool { return ownNumber(t) != "" })
	means := "本地事务"
	if w.engine.family == familyMongo {
		means = "多文档事务（writeConcern=majority）"
	}
	if version {
		means += "+乐观锁（version）"
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

// capacityPlan is T06.
func (w *writer) capacityPlan() chapter.Item {
	gb := map[string]float64{}
	var engines []string
	for _, x := range w.d.Instances {
		if design.Role(x.Engine) != "oltp" {
			continue
		}
		name := product(x.Engine)
		if !slices.Contains(engines, name) {
			engines = append(engines, name)
		}
		gb[name] += x.GB * float64(max(x.Databases, 1))
	}
	var stored []string
	for _, e := range engines {
		stored = append(stored, e+"在线数据"+capacity.AboutGB(gb[e]))
	}
	for _, t := range w.business(func(t *design.Table) bool { return !relational(t) }) {
		text := inline(t.Title) + "约" + capacity.RowsText(t.Size.Rows)
		if t.Dialect == design.ClickHouse {
			text += "（" + product(t.Engine) + "压缩后" + capacity.AboutGB(t.Size.GB) + "）"
		}
		if len(stored) < 4 {
			stored = append(stored, text)
		}
	}
	t := w.threshold()
	return item("容量规划",
		fmt.Sprintf("按年增长%s、规划期%s、写入峰值系数%s估算，%s", percent(w.growth.Rate), w.years(), decimal(w.sys.PeakFactor.Or(8)), strings.Join(stored, "，")),
		fmt.Sprintf("任一单表达到%s（拆分阈值%s的70%%）触发扩容评审", capacity.RowsText(t.Rows*0.7), capacity.RowsText(t.Rows)))
}

func (w *writer) naming() chapter.Item {
	number := "复数"
	if w.sys.Naming == "singular" {
		number = "单数"
	}
	var example string
	if ts := w.business(nil); len(ts) > 0 {
		example = "如" + ts[0].Name
	}
	return item("命名规范", fmt.Sprintf("库名为服务英文名加_db，表名用%s下划线小写（%s），长度不超过48个字符", number, example),
		"普通索引以idx_、唯一索引以uk_开头，布尔列以is_开头，时间列以_at、日期列以_date结尾",
		fmt.Sprintf("共%d张业务表，名称、列名均已避开保留字", len(w.business(nil))))
}

// instanceRows is 1.2.
func (w *writer) instanceRows() []chapter.Instance {
	var out []chapter.Instance
	for _, x := range w.d.Instances {
		out = append(out, chapter.Instance{
			Service: inline(x.Service), Engine: versioned(x.Engine), Name: inline(x.Name), Tables: x.Tables, Remark: inline(x.Remark),
		})
	}
	return out
}
