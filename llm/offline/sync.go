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
			if t := w.decided(s, publisher, e); t != nil {
				return fmt.Sprintf("%s状态以%s的%s为准", w.brief(t), inline(publisher.Name), inline(e))
			}
		}
	}
	if ps := w.publishers(); len(ps) > 0 {
		return fmt.Sprintf("订阅方收到的%s只作通知，状态以%s主库为准", inline(ps[0].Out[0]), inline(ps[0].Name))
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

// decided is the document of the subscriber that the event is about: the one
// tied to the event's aggregate by a business number.
func (w *writer) decided(s, publisher brief.Service, event string) *design.Table {
	prefix, _, _ := strings.Cut(event, ".")
	for _, from := range w.business(func(t *design.Table) bool { return t.Service == publisher.Code && (single(t.Name) == prefix) }) {
		for _, t := range w.business(func(t *design.Table) bool { return t.Service == s.Code && kindOf(t, brief.Txn) && statusOf(t) != nil }) {
			if pointsTo(from, t) || pointsTo(t, from) {
				return t
			}
		}
	}
	return nil
}

func (w *writer) stockTruth() string {
	if s := w.stocks(); len(s) > 0 {
		return zh(s[0].table, s[0].column) + "以" + s[0].table.Name + "表为准，缓存只用于拦截"
	}
	return ""
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
	return item(label, from+"发送到"+target+"，失败按1、5、30、300秒退避重试，超过10次转人工", "消息堆积超过1万条告警")
}

// topicSize is how a topic is cut (§3.6.9), for 参数建议.
func (w *writer) topicSize() string {
	o := w.d.Outbox
	if o == nil || w.queue() == "" {
		return ""
	}
	peak := w.growth.PeakTPS(o.Daily[o.Busiest], 1, w.sys.PeakFactor.Or(8))
	return fmt.Sprintf("%s峰值事件约%s条/秒，每个主题%d个分区", w.queue(), capacity.TPSText(max(peak, 1)), capacity.Partitions(peak))
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
	guard := "状态流转使用 UPDATE ... WHERE status = 旧状态 AND " + w.version() + " = 旧版本"
	switch {
	case !w.transactional():
		guard = "状态变化以追加新版本表达，查询取最新的1行"
	case w.engine.family == familyMongo:
		guard = "状态流转使用 updateOne({ _id, status: 旧状态, version: 旧版本 }, …)"
	}
	return item(label, by+"，"+guard)
}
