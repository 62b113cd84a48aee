package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// otherEngine is the subsection of a table that lives in a column store, a
// document store or a search engine (domain.md §3.7, §3.9).
func (w *writer) otherEngine(t *design.Table, a *archive) chapter.Shard {
	var items []chapter.Item
	switch t.Dialect {
	case design.ClickHouse:
		items = w.columnStore(t)
	case design.MongoDB:
		items = w.documentStore(t)
	case design.Search:
		items = w.searchStore(t)
	default:
		items = w.dorisStore(t)
	}
	items = w.add(items, needed, a.exported(t))
	return shard(t, chapter.ByTable, items...)
}

// exported is the archive of data that an engine drops by itself.
func (a *archive) exported(t *design.Table) chapter.Item {
	days := archiveDays(t)
	if t.Keep <= 0 || days <= t.Keep {
		return item(archiveLabel)
	}
	if t.Dialect == design.MongoDB && !kindOf(t, brief.Event, brief.Log) {
		return a.item(t)
	}
	return item(archiveLabel, fmt.Sprintf("过期前30天把%s导出为Parquet写入对象存储并校验行数%s", inline(t.Title), kept(days)))
}

// keepText is 保留180天 or 长期保留.
func keepText(t *design.Table) string {
	if t.Keep > 0 {
		return "保留" + itoa(t.Keep) + "天"
	}
	return "长期保留"
}

func (w *writer) columnStore(t *design.Table) []chapter.Item {
	fn := t.ClickHousePartition()
	daily := fn == "toYYYYMMDD"
	period, form, count := "按月", w.date("200601"), (t.Keep+29)/30
	if daily {
		period, form, count = "按天", w.date("20060102"), t.Keep
	}
	column := timeOf(t)
	rule := fmt.Sprintf("不做应用层分表，使用%s原生%s分区（%s(%s)），日增%s、%s", product(t.Engine), period, fn, column, capacity.RowsText(t.Size.Daily), keepText(t))
	if column == "" {
		rule = fmt.Sprintf("不做应用层分表，%s单表，日增%s、%s", product(t.Engine), capacity.RowsText(t.Size.Daily), keepText(t))
	}
	if t.Keep > 0 && column != "" {
		rule += fmt.Sprintf("，分区数约%d", count)
	}
	name, expiry := fmt.Sprintf("%s（单表，分区名为日期，如：%s）", t.Name, form), ""
	route := "查询必须带" + t.Primary[0] + "与时间范围以命中排序键和分区裁剪"
	switch {
	case column == "":
		name, route = "沿用"+t.Name+"（单表），不加数字后缀", "查询带"+t.Primary[0]+"以命中排序键，不带时按主键范围分批读取"
	case t.Keep > 0:
		expiry = "过期数据由TTL自动删除"
	}
	return []chapter.Item{item("分表规则", rule), item("表名规则", name), item("路由策略", route, expiry)}
}

// date is the base date of the brief cut to the length of a layout.
func (w *writer) date(layout string) string {
	d := strings.ReplaceAll(w.d.Brief.BaseDate, "-", "")
	if len(d) != 8 {
		d = "20270101"
	}
	return d[:len(layout)]
}

// timeOf is the time column that a column store sorts by, "" for none.
func timeOf(t *design.Table) string {
	for _, c := range t.Columns {
		name, _ := capacity.ParseType(c.Type)
		date := name == "DATETIME" || name == "TIMESTAMP" || name == "DATE"
		if !c.System && date && (c.Attr == nil || !c.Attr.Nullable) {
			return c.Name
		}
	}
	return ""
}

func (w *writer) documentStore(t *design.Table) []chapter.Item {
	rule := fmt.Sprintf("不做应用层分表，%s副本集内单集合，日增%s、%s，%s末约%s", product(t.Engine), capacity.RowsText(t.Size.Daily), keepText(t),
		w.years(), capacity.RowsText(t.Size.Rows))
	route := "驱动直连副本集，写主节点，不需要路由" + w.servedBy(t)
	if t.Verdict.Key != "" {
		rule = fmt.Sprintf("不做应用层分表，%s分片集群按%s哈希分片（超过单副本集1TB或写3000 TPS），日增%s、%s，%s末约%s", product(t.Engine), t.Verdict.Key,
			capacity.RowsText(t.Size.Daily), keepText(t), w.years(), capacity.RowsText(t.Size.Rows))
		route = "由mongos路由，查询带" + t.Verdict.Key + "时只访问1个分片" + w.servedBy(t)
	}
	expiry := ""
	if t.Keep > 0 && kindOf(t, brief.Event, brief.Log) {
		expiry = fmt.Sprintf("由TTL索引按%d秒（%d天）过期，每60秒扫描一次", t.Keep*86400, t.Keep)
	}
	return []chapter.Item{
		item("分表规则", rule, expiry), item("表名规则", t.Name+"（单集合），不加日期或数字后缀"), item("路由策略", route),
	}
}

func (w *writer) searchStore(t *design.Table) []chapter.Item {
	n := design.SearchShards(t.Size.GB)
	return []chapter.Item{
		item("分表规则", fmt.Sprintf("不做应用层分表，%s索引%d个主分片、1副本（每分片约30GB），日增%s、%s，%s末约%s", product(t.Engine), n,
			capacity.RowsText(t.Size.Daily), keepText(t), w.years(), capacity.RowsText(t.Size.Rows)), searchExpiry(t)),
		item("表名规则", t.Name+"（写别名），滚动索引为"+t.Name+"-000001起递增"),
		item("路由策略", "写入走别名，查询带时间范围以减少命中的索引，from+size不超过10000"),
	}
}

func searchExpiry(t *design.Table) string {
	if t.Keep <= 0 {
		return ""
	}
	return fmt.Sprintf("由ILM按30GB或7天滚动，%d天后删除", t.Keep)
}

func (w *writer) dorisStore(t *design.Table) []chapter.Item {
	parts := ""
	if strings.Contains(w.d.DDL(t), "dynamic_partition") {
		parts = "动态分区（按天）与"
	}
	rule := fmt.Sprintf("不做应用层分表，使用%s%s哈希分桶（16桶），日增%s、%s，%s末约%s", product(t.Engine), parts, capacity.RowsText(t.Size.Daily),
		keepText(t), w.years(), capacity.RowsText(t.Size.Rows))
	if parts == "" {
		return []chapter.Item{
			item("分表规则", rule), item("表名规则", "沿用"+t.Name+"（单表），不加数字后缀"),
			item("路由策略", "查询带"+t.Primary[0]+"以命中前缀索引和分桶裁剪（分桶数待确认）"),
		}
	}
	return []chapter.Item{
		item("分表规则", rule), item("表名规则", t.Name+"（单表），动态分区名为pYYYYMMDD，如：p"+w.date("20060102")),
		item("路由策略", "查询必须带"+t.Primary[0]+"与时间范围以命中前缀索引和分区裁剪", "过期分区由动态分区任务删除（分区参数待确认）"),
	}
}
