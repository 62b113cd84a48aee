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

// performance is section 6 (domain.md §3.13).
func (w *writer) performance() []chapter.Item {
	out := []chapter.Item{w.indexing(), w.statements(), w.pools(), w.slowLog()}
	out = w.add(out, usual, w.hotAndBig())
	return w.add(out, wordy, w.parameters())
}

// served is an access pattern with the index that serves it.
type served struct {
	table  *design.Table
	lookup design.Lookup
	index  design.Index
}

// showcase picks the indexes worth naming: patterns the user commented on,
// then the widest index of each table that is really read from the database.
func (w *writer) showcase() []served {
	var noted, wide []served
	for _, t := range w.business(nil) {
		var best *served
		for _, l := range t.Lookups {
			x, ok := indexed(t, l.Index)
			if !ok || l.Access.Op == "scan" {
				continue
			}
			s := served{t, l, x}
			if l.Access.Note != "" {
				noted = append(noted, s)
				continue
			}
			if !kindOf(t, brief.Config) && !x.Unique && len(x.Columns) > 1 && (best == nil || len(x.Columns) > len(best.index.Columns)) {
				best = &s
			}
		}
		if best != nil && !slices.ContainsFunc(noted, func(s served) bool { return s.table == t }) {
			wide = append(wide, *best)
		}
	}
	slices.SortStableFunc(wide, func(a, b served) int {
		return cmp.Or(cmp.Compare(min(len(b.index.Columns), 3), min(len(a.index.Columns), 3)), cmp.Compare(w.weight(b), w.weight(a)))
	})
	return append(noted, wide...)
}

// weight prefers tables that are hot.
func (w *writer) weight(s served) int {
	if tagged(s.table, "hot") || tagged(s.table, "write") {
		return 1
	}
	return 0
}

// indexing is 索引优化.
func (w *writer) indexing() chapter.Item {
	var uses []string
	seen := map[string]bool{}
	for _, s := range w.showcase() {
		name := s.index.Name + " (" + strings.Join(s.index.Columns, ", ") + ")"
		if len(uses) < 3 && !seen[s.table.Name+name] {
			seen[s.table.Name+name] = true
			uses = append(uses, w.lookupName(s.table, s.lookup)+"走"+name)
		}
	}
	if len(uses) == 0 {
		uses = w.keyUses()
	}
	limit, low := fmt.Sprintf("每表二级索引不超过%d个", w.indexLimit()), w.lowColumns()
	return item("索引优化", limit, fitting(uses, limit, low), low, w.cut())
}

// keyUses is what a system without composite indexes can say.
func (w *writer) keyUses() []string {
	for _, t := range w.business(nil) {
		for _, x := range t.Indexes {
			return []string{inline(t.Title) + "的等值查询走" + x.Name + " (" + strings.Join(x.Columns, ", ") + ")"}
		}
	}
	for _, t := range w.business(nil) {
		if len(t.Primary) > 0 {
			return []string{inline(t.Title) + "按主键 (" + strings.Join(t.Primary, ", ") + ")访问"}
		}
	}
	return nil
}

// lowColumns names columns that get no index of their own.
func (w *writer) lowColumns() string {
	var names []string
	for _, want := range []string{"status", "channel", "_type", "stage", "is_", ""} {
		for _, t := range w.business(nil) {
			for _, c := range t.Columns {
				fits := want == "" || c.Name == want || want == "_type" && strings.HasSuffix(c.Name, want) || want == "is_" && strings.HasPrefix(c.Name, want)
				if fits && lowCardinality(t, c.Name) && !c.System {
					names = append(names, c.Name)
				}
			}
		}
	}
	names = unique(names)
	if len(names) == 0 {
		return ""
	}
	return "不为" + strings.Join(names[:min(len(names), 2)], "、") + "等低区分度列单独建索引"
}

// cut names what the limit of indexes left out.
func (w *writer) cut() string {
	for _, t := range w.business(func(t *design.Table) bool { return len(t.Dropped) > 0 }) {
		to := w.reporting()
		if to == "" {
			to = "从库低频查询"
		}
		return t.Name + "按" + strings.Join(t.Dropped[0].Columns, "、") + "的查询因超出索引上限改走" + to
	}
	return ""
}

// statements is SQL优化.
func (w *writer) statements() chapter.Item {
	tail := ""
	if w.closesLate() {
		tail = "，超时关单先取主键再更新"
	}
	if w.engine.family == familyMongo {
		return item("SQL优化", w.mongoPaging(), w.engine.plan, "列表接口必须带投影，批量写入每批不超过1000条"+tail)
	}
	return item("SQL优化", w.paging(), w.engine.plan, "列表接口禁止SELECT *"+tail+w.limits(tail), w.engine.fixed)
}

// limits are the house limits where there is no room taken by another clause.
func (w *writer) limits(tail string) string {
	if tail != "" {
		return ""
	}
	return "，IN列表不超过200个，批量写入每批不超过1000行"
}

func (w *writer) closesLate() bool {
	return slices.ContainsFunc(w.overdue(), func(o overdue) bool { return w.scanName(o.table, o.lookup) == "超时关单" })
}

// mainList is the list that most people page through: one the user commented
// on, else the one with the greatest weight.
func (w *writer) mainList() (t *design.Table, l design.Lookup, ok bool) {
	best := -1.0
	for _, x := range w.business(nil) {
		for _, k := range x.Lookups {
			if k.Access.Op != "list" || len(k.Columns) == 0 {
				continue
			}
			n := k.Weight + float64(x.Size.Daily)/1e12
			if k.Access.Note != "" {
				n += 1e9
			}
			if tagged(x, "hot") || tagged(x, "write") {
				n += 10
			}
			if kindOf(x, brief.Txn, brief.Detail, brief.Ledger) && relational(x) {
				n += 20
			}
			if k.Tail != "" {
				n += 5
			}
			if n > best {
				best, t, l, ok = n, x, k, true
			}
		}
	}
	return t, l, ok
}

// paging is the skeleton of the cursor query.
func (w *writer) paging() string {
	t, l, ok := w.mainList()
	if !ok {
		ts := w.business(nil)
		return "列表采用游标分页 WHERE id > ? ORDER BY id LIMIT 20（如" + ts[0].Name + "），禁止OFFSET超过1000"
	}
	sort, sign, dir := "id", ">", ""
	if l.Tail != "" {
		sort = l.Tail
	}
	if l.Access.Desc {
		sign, dir = "<", " DESC"
	}
	var where []string
	for _, c := range l.Columns {
		where = append(where, c+" = ?")
	}
	return fmt.Sprintf("%s采用游标分页 WHERE %s AND %s %s ? ORDER BY %s%s LIMIT 20，禁止OFFSET超过1000",
		w.listName(t, l), strings.Join(where, " AND "), sort, sign, sort, dir)
}

func (w *writer) listName(t *design.Table, l design.Lookup) string {
	if l.Access.Note != "" {
		return w.withoutRole(w.lookupName(t, l))
	}
	return inline(t.Title) + "列表"
}

func (w *writer) mongoPaging() string {
	t, l, ok := w.mainList()
	if !ok {
		return "列表按_id游标分页并limit(20)，禁止skip超过1000"
	}
	sort := l.Tail
	if sort == "" {
		sort = "_id"
	}
	return fmt.Sprintf("%s采用游标分页 find({ %s: ?, %s: { $lt: ? } }).sort({ %s: -1 }).limit(20)，禁止skip超过1000", w.listName(t, l), l.Columns[0], sort, sort)
}

// pools is 连接池: the formula, the services that have split tables (else the
// one with the most pods), and the bound they stay under.
func (w *writer) pools() chapter.Item {
	const label = "连接池"
	formula := "单Pod对单库连接数 = 回源峰值QPS×平均耗时10毫秒÷Pod数÷库数×2，下限5、上限20"
	end := "获取连接超时500毫秒，" + w.engine.pool
	var chosen []design.ServiceLoad
	for _, l := range w.d.Services {
		if w.splits(l.Code) {
			chosen = append(chosen, l)
		}
	}
	if len(chosen) == 0 {
		for _, l := range w.d.Services {
			if len(chosen) == 0 || l.Pods > chosen[0].Pods {
				chosen = []design.ServiceLoad{l}
			}
		}
	}
	var said []string
	most, cores := 0, 0
	for i, l := range chosen {
		if i < 3 {
			per := ""
			if l.Databases > 1 {
				per = "/库"
			}
			said = append(said, fmt.Sprintf("%s%d个Pod×%d=%d个连接%s", w.serviceName(l.Code), l.Pods, l.Pool, l.Pods*l.Pool, per))
		}
		most = max(most, l.Pods*l.Pool)
		if c := w.cores(l.Code); cores == 0 || c > 0 && c < cores {
			cores = c
		}
	}
	bound := w.poolBound(most, cores, len(said))
	return item(label, formula, strings.Join(said, "，")+bound, end)
}

func (w *writer) poolBound(most, cores, n int) string {
	all := ""
	if n > 1 {
		all = "均"
	}
	if cores == 0 {
		return ""
	}
	if most < cores*4 {
		return fmt.Sprintf("，%s低于数据库有效并发上限%d（%d核×4）", all, cores*4, cores)
	}
	return fmt.Sprintf("，超过有效并发%d（%d核×4）的部分在池内排队，池大小是上限而非常驻并发", cores*4, cores)
}

// splits says whether a service has a table spread over several.
func (w *writer) splits(code string) bool {
	return slices.ContainsFunc(w.business(nil), func(t *design.Table) bool { return t.Service == code && t.Split() })
}

// cores is the size of a service's record server, 0 when unknown.
func (w *writer) cores(code string) int {
	for _, x := range w.d.Instances {
		if x.Code == code && design.Role(x.Engine) != "cache" {
			return x.CPU
		}
	}
	return 0
}

// slowLog is 慢查询监控.
func (w *writer) slowLog() chapter.Item {
	seconds := "0.2"
	if w.sys.SLA == "99.99" || w.sys.SLA == "99.995" {
		seconds = "0.1"
	}
	return item("慢查询监控", fmt.Sprintf(w.engine.slow, seconds), "P99超过50毫秒或慢查询超过10条/分钟告警")
}

// hotAndBig is 热点与大字段: what is kept out of rows that are read or locked
// all the time.
func (w *writer) hotAndBig() chapter.Item {
	clauses := []string{w.countersOutside(), w.beats(), w.bigFields(), w.images(), w.batches(), w.treeAndJSON(), w.skew()}
	if strings.Join(clauses, "") == "" {
		ts := w.business(nil)
		clauses = append(clauses, fmt.Sprintf("%d张业务表没有大字段与高频更新的计数列；新增此类列时拆到%s_contents一类的扩展表", len(ts), infer1(ts[0].Name)))
	}
	return item("热点与大字段", clauses...)
}

// infer1 is the first word of a table name.
func infer1(name string) string { head, _, _ := strings.Cut(name, "_"); return head }

// countersOutside are numbers that live in the cache only.
func (w *writer) countersOutside() string {
	for _, e := range w.cacheEntries() {
		name := strings.TrimSuffix(e.Title, "计数")
		if name != e.Title && w.cacheName() != "" && !strings.HasPrefix(e.Value, "Hash") {
			return name + "只存" + w.cacheName() + "、可由明细记录重算"
		}
	}
	if ts := w.tallies(); len(ts) > 0 && w.cacheName() != "" {
		return fmt.Sprintf("%s的%d个计数列先写%s再批量落库，避免单行锁热点", ts[0].Name, len(countColumns(ts[0])), w.cacheName())
	}
	if s := w.stocks(); len(s) > 0 {
		return fmt.Sprintf("%s.%s的扣减事务只含1条UPDATE，最后执行、锁持有不超过10毫秒", s[0].table.Name, s[0].column)
	}
	return ""
}

func (w *writer) beats() string {
	for _, t := range w.business(nil) {
		if b := heartbeat(t); b != "" && w.cacheName() != "" {
			return inline(t.Title) + "心跳写" + w.cacheName() + "并每5分钟批量回写" + t.Name + "." + b + "，避免行锁热点"
		}
	}
	return ""
}

// bigFields are long texts of tables that are listed.
func (w *writer) bigFields() string {
	for _, t := range w.business(func(t *design.Table) bool { return len(longText(t)) > 0 && !kindOf(t, brief.Log, brief.Event) }) {
		return fmt.Sprintf("%s的%s不进列表查询，单行超过8KB时拆到%s_contents", t.Name, fewOf(longText(t), 2), single(t.Name))
	}
	return ""
}

func (w *writer) images() string {
	for _, t := range w.business(relational) {
		if cs := imageColumns(t); len(cs) > 0 {
			return zh(t, cs[0]) + "等文件存对象存储，" + t.Name + "内仅保存URL"
		}
	}
	return ""
}

// batches is how events are written to a column store.
func (w *writer) batches() string {
	for _, t := range w.streams() {
		if t.Dialect == design.ClickHouse || t.Dialect == design.Doris {
			return inline(t.Title) + "按每批1万~5万行或每5秒批量写入" + product(t.Engine)
		}
		return inline(t.Title) + "按每批1000条或每1秒批量写入" + product(t.Engine)
	}
	return ""
}

// treeAndJSON are hierarchies and fields that tenants define.
func (w *writer) treeAndJSON() string {
	for _, t := range w.business(relational) {
		if c := customFields(t); c != "" && w.engine.family == familyMySQL {
			return fmt.Sprintf("%s.%s存JSON，需要筛选的自定义字段用生成列+索引，每表不超过%d个索引", t.Name, c, w.indexLimit())
		} else if c != "" && w.engine.family == familyPG {
			return fmt.Sprintf("%s.%s存JSONB，需要筛选的自定义字段建表达式索引，每表不超过%d个索引", t.Name, c, w.indexLimit())
		}
	}
	for _, t := range w.business(relational) {
		if t.Has("parent_id") && !kindOf(t, brief.Txn) {
			return t.Name + "按parent_id逐级加载，层级不超过5级，整树缓存"
		}
	}
	return ""
}

// skew is the column that would make a bad shard key.
func (w *writer) skew() string {
	for _, t := range w.business(func(t *design.Table) bool { return t.Split() && t.Verdict.BoundTo == "" }) {
		for _, c := range t.Columns {
			up, ok := w.d.Table(refTable(c))
			if ok && c.Name != t.Verdict.Key && up.Entity != nil && kindOf(up, brief.Config, brief.Master) && up.Size.Rows < 1e4 && strings.HasSuffix(c.Ref, ".id") {
				return fmt.Sprintf("%s只有约%s且大小悬殊，%s因此不按%s而按%s分片", inline(up.Title), capacity.RowsText(up.Size.Rows), t.Name, c.Name, t.Verdict.Key)
			}
		}
	}
	return ""
}

// memoryShare is the part of the server's memory that parameters give to the
// buffer, by family; the wording is in engine.go.
var memoryShare = map[string]float64{
	familyMySQL: 0.70, familyPG: 0.25, familyTiDB: 0.45, familyOcean: 0.80, familyMongo: 0.50, familyNeutral: 0.60,
	familyColumn: 0.70, familyDoris: 0.70, familySearch: 0.50, familySeries: 0.50,
}

// parameters is 参数建议.
func (w *writer) parameters() chapter.Item {
	memory := 32
	for _, x := range w.d.Instances {
		if x.Engine.Engine == w.store.Engine && x.MemoryGB > 0 {
			memory = x.MemoryGB
			break
		}
	}
	for _, x := range w.d.Instances {
		if x.Engine.Engine == w.store.Engine {
			memory = max(memory, x.MemoryGB)
		}
	}
	gb := fmt.Sprintf("%.0fGB", float64(memory)*memoryShare[w.engine.family])
	return item("参数建议", strings.ReplaceAll(fmt.Sprintf(w.engine.params, gb), "%%", "%"))
}
