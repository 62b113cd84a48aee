package offline

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// shards is section 3, in the order of domain.md §2.1: split tables, hot and
// cold, native partitions and other engines, the local message table, and the
// tables that stay as they are.
func (w *writer) shards() []chapter.Shard {
	var out []chapter.Shard
	a := &archive{w: w}
	for _, t := range w.business(relational) {
		switch {
		case t.Split() && t.Verdict.Databases > 1:
			out = append(out, w.byDatabase(t), w.byTable(t, a))
		case t.Split():
			out = append(out, w.byTable(t, a))
		case splitByServer(t):
			out = append(out, w.byServer(t, a))
		}
	}
	for _, t := range w.business(func(t *design.Table) bool { return t.Verdict.Level == design.D2 }) {
		out = append(out, w.hotCold(t, a))
	}
	for _, t := range w.business(nil) {
		switch {
		case t.Verdict.Level == design.D3:
			out = append(out, w.partitioned(t, a))
		case !relational(t) && t.Dialect != design.NoTable:
			out = append(out, w.otherEngine(t, a))
		}
	}
	if s, ok := w.messageTable(); ok {
		out = append(out, s)
	}
	return append(out, w.otherTables(a))
}

func shard(t *design.Table, kind string, items ...chapter.Item) chapter.Shard {
	return chapter.Shard{Zh: inline(t.Title), Kind: kind, Items: items}
}

// growthOf is 日增240万行、年增长30%、在线保留365天.
func (w *writer) growthOf(t *design.Table) string {
	keep := "长期在线"
	if t.Keep > 0 {
		keep = "在线保留" + itoa(t.Keep) + "天"
	}
	return fmt.Sprintf("日增%s、年增长%s、%s", capacity.RowsText(t.Size.Daily), percent(w.growth.Rate), keep)
}

// atEnd is 3年末约14.8亿行、855GB，峰值写约1127 TPS.
func (w *writer) atEnd(t *design.Table) string {
	return fmt.Sprintf("%s末%s，峰值写约%s TPS", w.years(), about(t), capacity.TPSText(t.Size.TPS))
}

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
		item("分表规则", fmt.Sprintf("冷热分离，不按哈希拆分：热表%s只留%d天在线，约%s、%s", t.Name, v.HotDays, capacity.RowsText(v.HotRows), capacity.GBText(hotGB)),
			fmt.Sprintf("若不分离，%s，超过阈值（%s）", w.atEnd(t), strings.TrimPrefix(lines(w.threshold()), "单表"))),
		item("表名规则", fmt.Sprintf("热表%s，历史表%s_YYYY按年建 (如：%s_%s)，结构相同、只读", t.Name, history, history, year)),
		item("路由策略", queries, "更早的记录走归档查询接口，允许秒级返回，不与热表做联合查询"),
	}
	items = w.add(items, needed, a.cold(t))
	return shard(t, chapter.ByTable, items...)
}

// baseYear is the year of the brief's date.
func (w *writer) baseYear() string {
	if len(w.d.Brief.BaseDate) >= 4 {
		return w.d.Brief.BaseDate[:4]
	}
	return "2027"
}

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
	if d == design.PostgreSQL {
		return "新建分区（CREATE TABLE … PARTITION OF，默认分区pmax保持0行）"
	}
	return "从pmax拆出新分区（REORGANIZE PARTITION，pmax保持0行）"
}

func dropPartition(d design.Dialect) string {
	if d == design.PostgreSQL {
		return "DETACH PARTITION CONCURRENTLY后DROP，避免大批量DELETE"
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
	dbs := w.load(o.Busiest).Databases
	share, copies := "", ""
	if x := w.outboxInstance(); x.Databases > 1 {
		dbs = x.Databases
		share = "，平均每库约" + capacity.RowsText(o.Rows/float64(dbs))
		copies = fmt.Sprintf("，%s的%d个库各有一张", x.Name, dbs)
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

func splitMessages(d design.Dialect) string {
	if d == design.PostgreSQL {
		return "新建分区（CREATE TABLE … PARTITION OF）"
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

// otherTables is the last subsection, T36.
func (w *writer) otherTables(a *archive) chapter.Shard {
	var ts []*design.Table
	for _, t := range w.business(relational) {
		if t.Verdict.Level == design.D0 || t.Verdict.Level == design.D1 {
			ts = append(ts, t)
		}
	}
	rule := "不分表。" + w.sizesOf(ts) + "，单表配合索引即可"
	if len(ts) == 0 {
		rule = "本系统" + itoa(len(w.business(nil))) + "张业务表均已在上文给出规则，没有其他需要分表的业务表"
	}
	items := []chapter.Item{
		item("分表规则", rule),
		item("表名规则", "沿用原表名，不加数字后缀", w.unsplitHome(ts)),
		item("路由策略", "不需要路由", w.otherReads()),
	}
	items = w.add(items, needed, w.review())
	items = w.add(items, needed, a.rest(ts))
	return chapter.Shard{Zh: "其他业务", Kind: chapter.ByTable, Items: items}
}

func (w *writer) otherReads() string {
	if w.distributed() {
		return "读写走同一入口"
	}
	return "读请求按读写分离规则访问"
}

// sizesOf lists rows by table: the biggest with its size, those that clean up
// with their retention, those below 100 000 rows together.
func (w *writer) sizesOf(ts []*design.Table) string {
	var big *design.Table
	for _, t := range ts {
		if big == nil || t.Size.Rows > big.Size.Rows {
			big = t
		}
	}
	var small []string
	texts := map[string]string{}
	for _, t := range ts {
		if t.Size.Rows < 1e5 && !cleans(t) {
			small = append(small, t.Name)
			continue
		}
		text := t.Name + "约" + capacity.RowsText(t.Size.Rows)
		var notes []string
		if t == big {
			if t.Size.RowBytes < 100 {
				notes = append(notes, "窄表")
			}
			notes = append(notes, capacity.AboutGB(t.Size.GB))
		}
		if cleans(t) {
			notes = append(notes, "保留"+itoa(t.Keep)+"天，每日清理")
		}
		if len(notes) > 0 {
			text += "（" + strings.Join(notes, "，") + "）"
		}
		texts[t.Name] = text
	}
	tail := ""
	if len(small) > 0 {
		tail = tableList(small, 6) + "均不足10万行"
		if len(small) == 1 {
			tail = small[0] + "不足10万行"
		}
	}
	return w.fitSizes(ts, texts, tail)
}

// cleans says whether rows of an unsplit table leave by age.
func cleans(t *design.Table) bool {
	return t.Keep > 0 || kindOf(t, brief.Event, brief.Log) && t.Keep > 0
}

// fitSizes keeps the list within a bullet: the smallest tables that do not fit
// are bounded together.
func (w *writer) fitSizes(ts []*design.Table, texts map[string]string, tail string) string {
	const room = 185
	size := func() int {
		n := utf8.RuneCountInString(tail) + 30
		for _, text := range texts {
			n += utf8.RuneCountInString(text) + 1
		}
		return n
	}
	dropped, bound := 0, 0.0
	for size() > room && len(texts) > 1 {
		var least *design.Table
		for _, t := range ts {
			if _, ok := texts[t.Name]; ok && (least == nil || t.Size.Rows < least.Size.Rows) {
				least = t
			}
		}
		delete(texts, least.Name)
		dropped, bound = dropped+1, max(bound, least.Size.Rows)
	}
	var parts []string
	for _, t := range ts {
		if text, ok := texts[t.Name]; ok {
			parts = append(parts, text)
		}
	}
	out := []string{strings.Join(parts, "、"), tail}
	if dropped > 0 {
		out = []string{out[0], fmt.Sprintf("另%d张不足%s", dropped, capacity.RowsBound(bound)), tail}
	}
	return strings.Join(slices.DeleteFunc(out, func(s string) bool { return s == "" }), "，")
}

// unsplitHome says where the unsplit tables of a service with several
// databases live, and the small message table.
func (w *writer) unsplitHome(ts []*design.Table) string {
	home := map[string][]string{}
	var order []string
	for _, t := range ts {
		if x := w.instanceOf(t); x.Databases > 1 {
			if home[x.Name] == nil {
				order = append(order, x.Name)
			}
			home[x.Name] = append(home[x.Name], t.Name)
		}
	}
	var out []string
	for _, name := range order {
		out = append(out, tableList(home[name], 4)+"放在"+name+"_0")
	}
	if o := w.d.Outbox; o != nil && !o.Partition {
		out = append(out, fmt.Sprintf("%s日事件约%s，每日清理7天前已发送的消息", o.Table, capacity.CountText(o.Daily[o.Busiest])))
	}
	return strings.Join(out, "；")
}

// review is 复核阈值.
func (w *writer) review() chapter.Item {
	next := "届时先归档、再分区、最后才分片"
	switch {
	case w.distributed():
		next = "届时优先扩容" + product(w.store) + "节点，每次至少3个"
	case w.hasSplit():
		next = "若未来需要任意维度在线查询，优先评估迁移TiDB，而不是继续增加分片"
	}
	return item("复核阈值", lines(w.threshold())+"，或P99查询超过50毫秒时重新评审", next)
}

func (w *writer) hasSplit() bool {
	for _, t := range w.business(nil) {
		if t.Split() {
			return true
		}
	}
	return false
}
