package design

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/infer"
)

// partitionedEvents is the number of events a day from which a local message
// table is partitioned by day (domain.md §3.12.2).
const partitionedEvents = 1e6

// outbox plans the local message table of the services that publish events
// from a relational store; nil when there is none.
func (b *builder) outbox() *Outbox {
	o := &Outbox{Daily: map[string]float64{}, Table: "outbox_events"}
	if b.singular() {
		o.Table = "outbox_event"
	}
	for _, s := range b.brief.Services {
		if _, ok := b.relationalStore(s); !ok || len(s.Out) == 0 {
			continue
		}
		o.Services = append(o.Services, s.Code)
		for _, event := range s.Out {
			if d := b.eventSource(s.Code, event); d != nil {
				o.Daily[s.Code] += d.Size.Daily
			}
		}
		if o.Busiest == "" || o.Daily[s.Code] > o.Daily[o.Busiest] {
			o.Busiest = s.Code
		}
		o.Partition = o.Partition || o.Daily[s.Code] > partitionedEvents
	}
	if len(o.Services) == 0 {
		return nil
	}
	o.Rows = b.growth.OutboxRows(o.Daily[o.Busiest])
	b.exampleEvent(o)
	return o
}

func (b *builder) singular() bool {
	if b.house.Naming != "" {
		return b.house.Naming == "singular"
	}
	return b.brief.System.Naming == "singular"
}

// relationalStore is the first OLTP engine a service keeps tables in.
func (b *builder) relationalStore(s brief.Service) (brief.Database, bool) {
	for _, db := range b.tableStores(s.Store) {
		if Role(db) == "oltp" {
			return db, true
		}
	}
	if len(s.Store) == 0 {
		return b.firstOf("oltp")
	}
	return brief.Database{}, false
}

// eventSource is the table an event is about: session.exited belongs to
// parking_sessions, in the publishing service first (domain.md §3.6.12).
func (b *builder) eventSource(service, event string) *draft {
	prefix, _, _ := strings.Cut(event, ".")
	var elsewhere *draft
	for _, d := range b.drafts {
		name := infer.Singular(d.Name)
		if name != prefix && name[strings.LastIndexByte(name, '_')+1:] != prefix {
			continue
		}
		if d.Service == service {
			return d
		}
		if elsewhere == nil {
			elsewhere = d
		}
	}
	return elsewhere
}

// exampleEvent is the last event of the aggregate with the most events, for
// the comments of the message table.
func (b *builder) exampleEvent(o *Outbox) {
	s, _ := b.brief.Service(o.Busiest)
	most := -1.0
	for _, event := range s.Out {
		prefix, _, _ := strings.Cut(event, ".")
		aggregate, daily := prefix, 0.0
		if d := b.eventSource(s.Code, event); d != nil {
			aggregate, daily = infer.Singular(d.Name), d.Size.Daily
		}
		if daily > most || daily == most && aggregate == o.Aggregate {
			o.Example, o.Aggregate, most = event, aggregate, daily
		}
	}
}

// outboxTable is the table itself, once for all services (domain.md §3.12.2).
func (b *builder) outboxTable(o *Outbox) *Table {
	s, _ := b.brief.Service(o.Busiest)
	engine, _ := b.relationalStore(s)
	clock := b.clock()
	key := "同时作为消息键"
	if mq, ok := b.firstOf("mq"); ok {
		key = "同时作为" + mq.Engine + "消息键"
	}
	names := b.house.audit()
	t := &Table{Name: o.Table, Title: "本地消息", Engine: engine, Dialect: dialectOf(engine), Keep: capacity.OutboxDays}
	t.Columns = []Column{
		{Name: "id", Type: "BIGINT", Null: "NOT NULL", Extra: "AUTO_INCREMENT", Comment: "消息ID"},
		{Name: "event_id", Type: "CHAR(36)", Null: "NOT NULL", Comment: "事件唯一ID（UUID，消费端幂等键）"},
		{Name: "aggregate_type", Type: "VARCHAR(64)", Null: "NOT NULL", Comment: "聚合类型，如" + o.Aggregate},
		{Name: "aggregate_id", Type: "VARCHAR(64)", Null: "NOT NULL", Comment: "聚合标识，" + key},
		{Name: "event_type", Type: "VARCHAR(64)", Null: "NOT NULL", Comment: "事件类型，如" + o.Example},
		{Name: "payload", Type: "JSON", Null: "NOT NULL", Comment: "事件内容（JSON）"},
		{Name: "status", Type: "TINYINT", Null: "NOT NULL DEFAULT 0", Comment: "状态：0-待发送，1-已发送，2-发送失败"},
		{Name: "retry_count", Type: "INT UNSIGNED", Null: "NOT NULL DEFAULT 0", Comment: "重试次数"},
		{Name: "next_retry_at", Type: clock, Null: "NOT NULL DEFAULT CURRENT_TIMESTAMP", Comment: "下次重试时间"},
		{Name: names.CreatedAt, Type: clock, Null: "NOT NULL DEFAULT CURRENT_TIMESTAMP", Comment: "创建时间"},
		{
			Name: names.UpdatedAt, Type: clock, Null: "NOT NULL DEFAULT CURRENT_TIMESTAMP",
			Extra: "ON UPDATE CURRENT_TIMESTAMP", Comment: "更新时间",
		},
	}
	for i := range t.Columns {
		t.Columns[i].System = true
		t.Columns[i].Bytes = capacity.ColumnBytes(t.Columns[i].Type)
	}
	b.finishOutbox(t, o, names.CreatedAt)
	return t
}

// finishOutbox adds keys, the partitions when there are many events, and the
// size in the busiest service.
func (b *builder) finishOutbox(t *Table, o *Outbox, createdAt string) {
	t.Primary = []string{"id"}
	event := Index{Name: "uk_event_id", Unique: true, Columns: []string{"event_id"}, Why: "事件唯一"}
	t.Verdict = Verdict{Level: D0, Databases: 1, Tables: 1, Genes: 1, Reason: "滚动保留，未达分区线"}
	if o.Partition {
		t.Part = b.partitionBy(createdAt, b.clock(), true)
		t.Primary = append(t.Primary, createdAt)
		event = Index{Name: "idx_event_id", Columns: []string{"event_id"}, Why: "按事件ID去重核对"}
		t.Verdict.Level, t.Verdict.Reason = D3, "日事件超过100万，按天原生分区、保留3天"
		i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == createdAt })
		t.Columns[i].Comment = "创建时间（分区键）"
	} else {
		t.Keep = 7
	}
	t.Indexes = []Index{event, {
		Name: "idx_status_next_retry", Columns: []string{"status", "next_retry_at"}, Why: "扫描待发送消息",
	}}
	t.Size = Size{Rows: o.Rows, Daily: o.Daily[o.Busiest]}
	t.Size.RowBytes = capacity.RowBytes(t.sumColumns())
	t.Size.PerRow = capacity.PerRow(t.Size.RowBytes, t.indexBytes()...)
	t.Size.GB = capacity.Gigabytes(t.Size.Rows, t.Size.PerRow)
}
