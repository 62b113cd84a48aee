package offline

import (
	"fmt"
	"slices"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// partitioned is D3: native partitions by time (domain.md §3.10).
func (w *writer) partitioned(t *design.Table, a *archive) chapter.Shard {
	if t.Part == nil {
		return w.expiring(t, a)
	}
	p := t.Part
	period, ahead, form := "按月", "3个月", "pYYYYMM"
	if p.Daily {
		period, ahead, form = "按天", "7天", "pYYYYMMDD"
	}
	items := []chapter.Item{
		item("分表规则", fmt.Sprintf("不做应用层分表，%sRANGE原生分区（分区键%s），%s，%s", period, p.Column, w.growthOf(t), w.atEnd(t)),
			fmt.Sprintf("由定时任务提前%s%s，到期%s", ahead, splitPartition(t.Dialect), dropPartition(t.Dialect))),
		item("表名规则", fmt.Sprintf("%s（单表，分区名%s，如：%s）", t.Name, form, partitionName(t, p.Names[0]))),
		item("路由策略", "在线查询必须带"+p.Column+"范围以命中分区裁剪"+w.servedBy(t), w.partitionedKeys(t)),
	}
	items = w.add(items, needed, a.item(t))
	return shard(t, chapter.ByTable, items...)
}

// partitionedKeys says what a unique key is worth that had to take in the
// partition column.
func (w *writer) partitionedKeys(t *design.Table) string {
	if !slices.ContainsFunc(t.Indexes, func(x design.Index) bool { return x.Unique }) {
		return ""
	}
	return "唯一键都含" + t.Part.Column + "，同一单号跨分区的重复由写入前查重与每日对账发现"
}

// partitionName is a partition as the engine calls it.
func partitionName(t *design.Table, name string) string {
	if t.Dialect == design.PostgreSQL {
		return t.Name + "_" + name
	}
	return name
}

// splitPartition is how the next partition is made before rows need it.
func splitPartition(d design.Dialect) string {
	switch d {
	case design.PostgreSQL:
		return "新建分区（CREATE TABLE … PARTITION OF，默认分区pmax保持0行）"
	case design.Neutral:
		return "新建分区（语法以产品文档为准，待确认）"
	}
	return "从pmax拆出新分区（REORGANIZE PARTITION，pmax保持0行）"
}

// dropPartition is how old rows leave at once.
func dropPartition(d design.Dialect) string {
	switch d {
	case design.PostgreSQL:
		return "DETACH PARTITION CONCURRENTLY后DROP，避免大批量DELETE"
	case design.Neutral:
		return "删除分区，避免大批量DELETE"
	}
	return "DROP PARTITION，避免大批量DELETE"
}

// expiring is a log in TiDB, whose rows leave by TTL.
func (w *writer) expiring(t *design.Table, a *archive) chapter.Shard {
	items := []chapter.Item{
		item("分表规则", "不做应用层分表，"+w.growthOf(t)+"，"+w.atEnd(t), "由TTL任务（"+t.TTL+"）自动删除过期行"),
		item("表名规则", "沿用"+t.Name+"（单表，保留"+itoa(t.Keep)+"天），不加数字后缀"),
		item("路由策略", "应用只连一个入口，在线查询带时间条件"+w.servedBy(t)),
	}
	items = w.add(items, needed, a.item(t))
	return shard(t, chapter.ByTable, items...)
}

// messageTable is the subsection of the local message table when it is
// partitioned.
func (w *writer) messageTable() (chapter.Shard, bool) {
	o := w.d.Outbox
	if o == nil || !o.Partition {
		return chapter.Shard{}, false
	}
	t, ok := w.d.Table(o.Table)
	if !ok || t.Part == nil {
		return chapter.Shard{}, false
	}
	share, copies := "", ""
	if x := w.outboxInstance(); x.Databases > 1 {
		share = "，平均每库约" + capacity.RowsText(o.Rows/float64(x.Databases))
		copies = fmt.Sprintf("，%s的%d个库各有一张", x.Name, x.Databases)
	} else if len(o.Services) > 1 {
		copies = fmt.Sprintf("，发布事件的%d个服务各有一张", len(o.Services))
	}
	return shard(t, chapter.ByTable,
		item("分表规则", fmt.Sprintf("按天RANGE原生分区，保留%d天", capacity.OutboxDays),
			fmt.Sprintf("%s日事件约%s，%s末约%s%s", w.serviceName(o.Busiest), capacity.CountText(o.Daily[o.Busiest]), w.years(), capacity.RowsText(o.Rows), share),
			"由定时任务提前7天"+splitMessages(t.Dialect)+"，到期且无未发送消息时"+dropPartition(t.Dialect)),
		item("表名规则", fmt.Sprintf("%s（单表，分区名pYYYYMMDD，如：%s）%s", t.Name, partitionName(t, t.Part.Names[0]), copies)),
		item("路由策略", "与业务数据同库同事务写入，不跨库路由"),
	), true
}

// splitMessages is splitPartition for the local message table.
func splitMessages(d design.Dialect) string {
	switch d {
	case design.PostgreSQL:
		return "新建分区（CREATE TABLE … PARTITION OF）"
	case design.Neutral:
		return "新建分区（语法以产品文档为准，待确认）"
	}
	return "从pmax拆出新分区（REORGANIZE PARTITION）"
}

func (w *writer) outboxInstance() design.Instance {
	for _, x := range w.d.Instances {
		if x.Code == w.d.Outbox.Busiest && design.Role(x.Engine) == "oltp" {
			return x
		}
	}
	return design.Instance{}
}
