package offline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// crossService is 5.2 (domain.md §3.12.2).
func (w *writer) crossService() []chapter.Item {
	out := []chapter.Item{w.eventDriven(), w.eventual(), w.compensation()}
	out = w.add(out, usual, w.delivery())
	out = w.add(out, usual, w.idempotence())
	return w.add(out, usual, w.changeCapture())
}

// publishers are the services with events: most events first, then those that
// somebody listens to, then the order of the brief.
func (w *writer) publishers() []brief.Service {
	var out []brief.Service
	heard := map[string]bool{}
	for _, s := range w.d.Brief.Services {
		for _, e := range s.In {
			heard[e] = true
		}
	}
	listened := func(s brief.Service) int {
		n := 0
		for _, e := range s.Out {
			if heard[e] {
				n++
			}
		}
		return n
	}
	for _, s := range w.d.Brief.Services {
		if len(s.Out) > 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b brief.Service) int {
		return cmp.Or(cmp.Compare(len(b.Out), len(a.Out)), cmp.Compare(listened(b), listened(a)))
	})
	return out
}

// eventDriven names all events and the keys that order them.
func (w *writer) eventDriven() chapter.Item {
	const label = "事件驱动"
	services := w.publishers()
	if len(services) == 0 {
		n := len(w.d.Brief.Services)
		text := fmt.Sprintf("当前%d个服务之间没有声明事件，数据变更在同一本地事务内完成", n)
		if n == 1 {
			text = fmt.Sprintf("当前只有%s1个服务，%d张业务表的变更在同一本地事务内完成，没有跨服务事件", w.serviceName(w.d.Brief.Services[0].Code), len(w.business(nil)))
		}
		return item(label, text, "拆分服务时再引入本地消息表与消息队列")
	}
	var said []string
	for _, s := range services {
		var events []string
		for _, e := range s.Out {
			events = append(events, inline(e))
		}
		said = append(said, inline(s.Name)+"发布"+strings.Join(events, "、"))
	}
	keys := w.messageKeys(services[0])
	order := "以聚合主键为消息键保证同一对象有序"
	if len(keys) > 0 {
		order = "以" + strings.Join(keys, "或") + "为消息键保证同一单据有序"
	}
	topics := w.queue() + "主题按“服务.事件”命名，" + order
	if w.queue() == "" {
		topics = "现有清单没有消息队列，建议新增Kafka或RocketMQ；过渡期由投递任务轮询本地消息（每5秒）并以HTTP回调通知订阅方，" + order
	}
	return item(label, w.fitEvents(said, topics), topics)
}

// fitEvents joins the services' events as far as there is room beside the
// second clause.
func (w *writer) fitEvents(said []string, beside string) string {
	room := maxBullet - 12 - len([]rune(beside))
	text := ""
	for i, s := range said {
		if i > 0 {
			s = "，" + s
		}
		if len([]rune(text))+len([]rune(s)) > room && text != "" {
			return text + "，其余见简报"
		}
		text += s
	}
	return text
}

// messageKeys are the business numbers of what the service's events are about.
func (w *writer) messageKeys(s brief.Service) []string {
	var out []string
	for _, e := range s.Out {
		prefix, _, _ := strings.Cut(e, ".")
		for _, t := range w.business(nil) {
			if t.Service == s.Code && (single(t.Name) == prefix || t.Name == prefix+"s" || strings.HasSuffix(strings.TrimSuffix(t.Name, "s"), "_"+prefix)) {
				out = append(out, ownNumber(t))
			}
		}
	}
	out = unique(out)
	return out[:min(len(out), 2)]
}

// eventual is 最终一致性: what may be late, how late, and who is right.
func (w *writer) eventual() chapter.Item {
	weak := w.counterTitles()
	for _, e := range w.cacheEntries() {
		if s := strings.TrimSuffix(e.Title, "记录缓存"); s != e.Title && len(weak) < 3 {
			weak = append(weak, s+"缓存")
		}
	}
	weak = append(weak, w.copied())
	return item("最终一致性", list(unique(weak), 4)+"等非关键数据允许短暂不一致，目标延迟P99不超过5秒", w.truth(), w.stockTruth())
}

// truth is whose event decides a document's state: the payment service's.
func (w *writer) truth() string {
	for _, s := range w.d.Brief.Services {
		for _, e := range s.In {
			publisher, ok := w.publisherOf(e)
			if !ok || !hasSuffix(e, ".succeeded", ".paid", ".finished", ".completed") {
				continue
			}
			if t := w.decided(s); t != nil {
				return fmt.Sprintf("%s状态以%s的%s为准", w.brief(t), inline(publisher.Name), inline(e))
			}
		}
	}
	for _, s := range w.publishers() {
		return fmt.Sprintf("%s收到的%s只作通知，状态以%s主库为准", "订阅方", inline(s.Out[0]), inline(s.Name))
	}
	return "状态以" + w.serviceName(w.d.Brief.Services[0].Code) + "主库为准"
}

func (w *writer) publisherOf(event string) (brief.Service, bool) {
	i := slices.IndexFunc(w.d.Brief.Services, func(s brief.Service) bool { return slices.Contains(s.Out, event) })
	if i < 0 {
		return brief.Service{}, false
	}
	return w.d.Brief.Services[i], true
}

// decided is the document of a service whose state the event changes: the one
// that waits for money, else any with a state.
func (w *writer) decided(s brief.Service) *design.Table {
	var other *design.Table
	for _, t := range w.business(func(t *design.Table) bool { return t.Service == s.Code && kindOf(t, brief.Txn) && statusOf(t) != nil }) {
		if tagged(t, "money") {
			return t
		}
		if other == nil {
			other = t
		}
	}
	return other
}

func (w *writer) stockTruth() string {
	if s := w.stocks(); len(s) > 0 {
		return zh(s[0].table, s[0].column) + "以" + s[0].table.Name + "表为准，缓存只用于拦截"
	}
	return ""
}

// compensation is 补偿机制: the jobs that find and mend what events missed.
func (w *writer) compensation() chapter.Item {
	var jobs []string
	if late := w.lateJob(); late != "" {
		jobs = append(jobs, late)
	}
	if count := w.counterJob(); count != "" {
		jobs = append(jobs, count)
	}
	jobs = append(jobs, w.ledgerJob())
	if t := w.callbackTable(); t != nil {
		jobs = append(jobs, "每日06:00按渠道对账单核对"+strings.Join(w.moneyTables(t), "与")+"，差异进入人工处理，当日清零")
	} else {
		jobs = append(jobs, w.dailyCheck())
	}
	return item("补偿机制", jobs...)
}

// lateJob chases what waits too long.
func (w *writer) lateJob() string {
	late := w.overdue()
	slices.SortStableFunc(late, func(a, b overdue) int { return cmp.Compare(payWait(b), payWait(a)) })
	for _, o := range late {
		name := w.brief(o.table)
		if payWait(o) > 0 {
			action := "关单并释放占用"
			if w.callbackTable() != nil {
				action = "向渠道主动查单"
			}
			return fmt.Sprintf("每5分钟扫描“%s超过15分钟”的%s%s", o.wait, name, action)
		}
	}
	var said []string
	for _, o := range late[:min(len(late), 2)] {
		said = append(said, fmt.Sprintf("“%s”超时的%s（%s）", o.wait, w.brief(o.table), o.lookup.Index))
	}
	if len(said) == 0 {
		return ""
	}
	return "每5分钟扫描" + strings.Join(said, "、") + "，重试或转人工"
}

// payWait prefers documents that wait for money and can expire.
func payWait(o overdue) int {
	n := 0
	if strings.Contains(o.wait, "待支付") {
		n++
		if containsAny(o.lookup.Tail, "expire", "deadline") {
			n++
		}
	}
	return n
}

// counterJob corrects counters that live in the cache.
func (w *writer) counterJob() string {
	if s := w.stocks(); len(s) > 0 {
		return fmt.Sprintf("每5分钟以%s.%s校准缓存中的%s", s[0].table.Name, s[0].column, zh(s[0].table, s[0].column))
	}
	for _, e := range w.cacheEntries() {
		name := strings.TrimSuffix(e.Title, "计数")
		if name == e.Title {
			continue
		}
		if _, rest, ok := strings.Cut(e.TTL, "按"); ok {
			source, _, _ := strings.Cut(rest, "覆盖")
			source = strings.TrimSuffix(source, "校准")
			return "每5分钟按" + source + "校准" + name
		}
		return "每5分钟校准" + name
	}
	return ""
}

// ledgerJob holds balances and stock against their ledger.
func (w *writer) ledgerJob() string {
	for _, a := range w.accounts() {
		if a.ledger != nil {
			return fmt.Sprintf("每日06:00用%s逐户试算%s.%s，借贷不平当日冻结出款并转人工", a.ledger.Name, a.table.Name, a.balance)
		}
	}
	for _, s := range w.stocks() {
		for _, l := range w.business(func(l *design.Table) bool { return kindOf(l, brief.Ledger) && l.Service == s.table.Service }) {
			return fmt.Sprintf("每日06:00用%s汇总核对%s的%s，差异当日清零", l.Name, s.table.Name, zh(s.table, s.column))
		}
	}
	return ""
}

// moneyTables are the callback table and what refunds it.
func (w *writer) moneyTables(t *design.Table) []string {
	out := []string{t.Name}
	for _, o := range w.business(func(o *design.Table) bool { return tagged(o, "money") && o.Service == t.Service }) {
		if pointsTo(o, t) {
			out = append(out, o.Name)
		}
	}
	return out[:min(len(out), 2)]
}

// dailyCheck compares the two sides of the busiest reference between services.
func (w *writer) dailyCheck() string {
	for _, t := range w.business(relational) {
		for _, c := range t.Columns {
			up, ok := w.d.Table(refTable(c))
			if ok && c.Name != "tenant_id" && up.Entity != nil && up.Service != t.Service && kindOf(t, brief.Txn, brief.Detail, brief.Ledger, brief.Relation) {
				return fmt.Sprintf("每日06:00按%s核对%s与%s，缺失与状态不一致的当日清零", c.Name, t.Name, up.Name)
			}
		}
	}
	ts := w.business(nil)
	return fmt.Sprintf("每日06:00抽样核对%s等%d张表的行数与状态，差异当日清零", ts[0].Name, len(ts))
}

// delivery is 事件投递.
func (w *writer) delivery() chapter.Item {
	const label = "事件投递"
	if len(w.publishers()) == 0 {
		return item(label)
	}
	target := w.queue()
	if target == "" {
		target = "订阅方接口"
	}
	from := w.engine.log + "（变更流）订阅后由投递任务"
	if w.d.Outbox != nil {
		from = "业务数据与" + w.d.Outbox.Table + "同一本地事务写入，由投递任务"
	}
	return item(label, from+"发送到"+target+"，失败按1、5、30、300秒退避重试，超过10次转人工", "消息堆积超过1万条告警", w.topicSize())
}

// topicSize is how a topic is cut, for the longest form.
func (w *writer) topicSize() string {
	o := w.d.Outbox
	if w.grade < wordy || o == nil || w.queue() == "" {
		return ""
	}
	peak := w.growth.PeakTPS(o.Daily[o.Busiest], 1, w.sys.PeakFactor.Or(8))
	return fmt.Sprintf("峰值事件约%s条/秒，每个主题%d个分区", capacity.TPSText(max(peak, 1)), capacity.Partitions(peak))
}

// idempotence is 幂等消费.
func (w *writer) idempotence() chapter.Item {
	const label = "幂等消费"
	if len(w.publishers()) == 0 {
		return item(label)
	}
	by := "消费者以event_id去重（消费记录表唯一键保留24小时+业务单号唯一索引兜底）"
	if name := w.cacheName(); name != "" {
		by = "消费者以event_id去重（" + name + " SET NX EX保留24小时+业务单号唯一索引兜底）"
	}
	guard := "状态流转使用 UPDATE ... WHERE status = 旧状态 AND version = 旧版本"
	if w.engine.family == familyMongo {
		guard = "状态流转使用 updateOne({ _id, status: 旧状态, version: 旧版本 }, …)"
	}
	return item(label, by+"，"+guard)
}

// changeCapture is 变更捕获: which tables go to the reporting store and which to
// the search engine.
func (w *writer) changeCapture() chapter.Item {
	const label = "变更捕获"
	var clauses []string
	if db, ok := w.engineOf("olap"); ok && db.Engine != w.store.Engine {
		uses := "列表、报表"
		if side := w.reportSide(); side != "" {
			uses = side + "侧列表、报表"
		}
		if w.callbackTable() != nil {
			uses += "与财务对账"
		}
		clauses = append(clauses, w.captured(w.bigTables(), product(db), uses))
	}
	if db, ok := w.engineOf("search"); ok && db.Engine != w.store.Engine {
		clauses = append(clauses, w.captured(w.searchTables(), product(db), "全文检索与多条件列表"))
	}
	return item(label, clauses...)
}

func (w *writer) captured(ts []*design.Table, to, uses string) string {
	var names []string
	for _, t := range ts {
		names = append(names, w.brief(t))
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("%s经%s写入%s，供%s使用，端到端延迟目标5秒", fewOf(unique(names), 5), w.engine.capture, to, uses)
}

// bigTables are those that reports must not read where they are.
func (w *writer) bigTables() []*design.Table {
	ts := w.business(func(t *design.Table) bool {
		return relational(t) && (t.Split() || splitByServer(t) || t.Verdict.Level == design.D3)
	})
	if len(ts) == 0 {
		ts = w.business(func(t *design.Table) bool { return relational(t) && kindOf(t, brief.Txn, brief.Ledger, brief.Detail) })
	}
	return ts
}

// searchTables are what people look for by words: patterns that say so, hot
// things that are not people, and split documents.
func (w *writer) searchTables() []*design.Table {
	return w.business(func(t *design.Table) bool {
		thing := tagged(t, "hot") && kindOf(t, brief.Master) && !w.person(t) || kindOf(t, brief.Txn, brief.Master) && t.Split()
		return relational(t) && (hasSearch(t) || thing)
	})
}

func hasSearch(t *design.Table) bool {
	return slices.ContainsFunc(t.Lookups, func(l design.Lookup) bool { return l.Access.Op == "search" })
}

// reportSide is whose reports the analysis engine takes over, as the instance
// table says it.
func (w *writer) reportSide() string {
	for _, x := range w.d.Instances {
		if _, rest, ok := strings.Cut(x.Remark, "同时承接"); ok {
			side, _, _ := strings.Cut(rest, "侧报表")
			return inline(side)
		}
	}
	return ""
}
