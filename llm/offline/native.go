package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// byServer is a table that the database itself spreads: TiDB regions,
// OceanBase and PostgreSQL hash partitions; or, where no unique key would
// survive that, one table with its guard rails.
func (w *writer) byServer(t *design.Table, a *archive) chapter.Shard {
	items := []chapter.Item{
		item("分表规则", w.serverRule(t)),
		item("表名规则", "沿用"+t.Name+"，不加数字后缀"+w.serverNames(t)),
		item("路由策略", w.serverRoute(t), w.serverScans(t)),
	}
	items = w.add(items, needed, item("容量依据", w.growthOf(t)+"，"+w.atEnd(t), w.serverShare(t)))
	items = w.add(items, needed, w.foreignQueries(t))
	items = w.add(items, needed, a.item(t))
	return shard(t, chapter.ByTable, items...)
}

// serverRule is 分表规则 where the server splits.
func (w *writer) serverRule(t *design.Table) string {
	v := t.Verdict
	name := product(t.Engine)
	switch {
	case t.Dialect == design.TiDB:
		return "不做应用层分库分表，由" + name + "按Region自动拆分、调度到各TiKV节点；主键AUTO_RANDOM打散写入热点，" + w.atEnd(t)
	case t.HashPartitions():
		how := fmt.Sprintf("不做应用层分库分表，使用%s原生哈希分区：按%s哈希分%d区", name, named(zh(t, v.Key), v.Key), v.Tables)
		if v.BoundTo != "" {
			how += "，与" + v.BoundTo + "分区数和分区键一致"
			if t.Dialect == design.OceanBase {
				how += "、同属一个表组"
			}
		}
		return how + "；" + w.atEnd(t)
	}
	return fmt.Sprintf("不做应用层分库分表：%s的哈希分区要求每个唯一键都含分区键，业务唯一键无法保留，因此保持单表并靠归档与从库承接；%s", name, w.atEnd(t))
}

func (w *writer) serverNames(t *design.Table) string {
	switch {
	case t.Dialect == design.PostgreSQL && t.HashPartitions():
		return fmt.Sprintf("；分区名为%s_p0~%s_p%d", t.Name, t.Name, t.Verdict.Tables-1)
	case t.HashPartitions():
		return fmt.Sprintf("；分区名p0~p%d由数据库生成", t.Verdict.Tables-1)
	}
	return ""
}

func (w *writer) serverRoute(t *design.Table) string {
	entry := map[design.Dialect]string{design.TiDB: "应用只连TiDB入口", design.OceanBase: "应用经OBProxy访问"}[t.Dialect]
	if entry == "" {
		entry = "应用只连一个入口"
	}
	if !t.HashPartitions() {
		return entry + "，不需要分片路由" + w.servedBy(t)
	}
	return fmt.Sprintf("%s，条件带%s的查询裁剪到1个分区%s", entry, t.Verdict.Key, w.servedBy(t))
}

// servedBy names the index of the first online lookup.
func (w *writer) servedBy(t *design.Table) string {
	for _, l := range t.Lookups {
		if x, ok := indexed(t, l.Index); ok && l.Access.Op != "scan" {
			return "；" + w.lookupName(t, l) + "走" + x.Name + " (" + strings.Join(x.Columns, ", ") + ")"
		}
	}
	return ""
}

func (w *writer) serverScans(t *design.Table) string {
	for _, l := range t.Lookups {
		if l.Access.Op == "scan" && l.Index != "" && t.HashPartitions() {
			return w.scanName(t, l) + "由后台任务按分表扫描" + l.Index + "（每5分钟一次，每个分区每次最多500行）"
		}
		if l.Access.Op == "scan" && l.Index != "" {
			return w.scanName(t, l) + "由后台任务扫描" + l.Index + "（每5分钟一次，每次最多500行）"
		}
	}
	return ""
}

func (w *writer) serverShare(t *design.Table) string {
	switch {
	case t.HashPartitions():
		return fmt.Sprintf("%d个分区，每区约%s", t.Verdict.Tables, capacity.RowsText(t.Size.Rows/float64(t.Verdict.Tables)))
	case t.Dialect == design.TiDB:
		return fmt.Sprintf("三副本落盘约%s", capacity.GBText(t.Size.GB*3))
	}
	return ""
}

// hotCold is D2: two years stay, the rest moves to history (decisions.md 20).
func (w *writer) hotCold(t *design.Table, a *archive) chapter.Shard {
	v := t.Verdict
	hotGB := capacity.Gigabytes(v.HotRows, t.Size.PerRow)
	year := w.baseYear()
	history := t.Name + "_history"
	queries := "按时间判断：" + itoa(v.HotDays) + "天内查热表" + t.Name + w.servedBy(t)
	items := []chapter.Item{
		item("分表规则", fmt.Sprintf("不做应用层分表，冷热分离：热表%s只留%d天在线，约%s、%s", t.Name, v.HotDays, capacity.RowsText(v.HotRows), capacity.GBText(hotGB)),
			fmt.Sprintf("若不分离，%s，超过%s的拆分线", w.atEnd(t), w.crossed(t))),
		item("表名规则", fmt.Sprintf("热表%s，历史表%s_YYYY按年建 (如：%s_%s)，结构相同、只读", t.Name, history, history, year)),
		item("路由策略", queries, "更早的记录走归档查询接口，允许秒级返回，不与热表做联合查询"),
	}
	items = w.add(items, needed, a.cold(t))
	return shard(t, chapter.ByTable, items...)
}

// crossed is the threshold that the table is beyond.
func (w *writer) crossed(t *design.Table) string {
	line := w.threshold()
	switch {
	case t.Size.Rows >= line.Rows:
		return capacity.RowsText(line.Rows)
	case t.Size.GB >= line.GB:
		return capacity.GBText(line.GB)
	}
	return capacity.TPSText(line.TPS) + " TPS"
}

// baseYear is the year of the brief's date.
func (w *writer) baseYear() string {
	if len(w.d.Brief.BaseDate) >= 4 {
		return w.d.Brief.BaseDate[:4]
	}
	return "2027"
}
