package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// byTable is X表分表 (T32–T34) with its extensions.
func (w *writer) byTable(t *design.Table, a *archive) chapter.Shard {
	v := t.Verdict
	items := []chapter.Item{
		item("分表规则", w.tableRule(t)...),
		item("表名规则", w.tableNames(t)),
		item("路由策略", w.tableRoute(t)...),
	}
	root := v.BoundTo == ""
	if root && v.Databases > 1 {
		items = w.add(items, needed, item("容量依据", w.growthOf(t)+"，"+w.atEnd(t), w.perTable(t)))
	}
	if root && v.Inherits == "" {
		items = w.add(items, usual, w.globalID(t, a))
	}
	items = w.add(items, needed, w.foreignQueries(t))
	if root {
		items = w.add(items, usual, w.expansion(t))
	}
	items = w.add(items, needed, a.item(t))
	return shard(t, chapter.ByTable, items...)
}

// perTable holds the size of one table against its target.
func (w *writer) perTable(t *design.Table) string {
	text := fmt.Sprintf("%d张表单表约%s", t.Verdict.Tables, w.eachTable(t))
	if t.Size.Rows/float64(t.Verdict.Tables) > 1e7 {
		return text + "，已到1024张上限仍高于1000万行的目标，过渡期不宜超过1年"
	}
	return text + "，低于1000万行的目标"
}

func (w *writer) eachTable(t *design.Table) string {
	return capacity.RowsText(t.Size.Rows / float64(t.Verdict.Tables))
}

// tableRule is 分表规则 of a split table.
func (w *writer) tableRule(t *design.Table) []string {
	v := t.Verdict
	advice := w.advice(t)
	switch {
	case v.BoundTo != "" && v.Databases > 1:
		return []string{
			advice, fmt.Sprintf("与%s同构，每库%d张、共%d张", v.BoundTo, perDatabase(v), v.Tables),
			fmt.Sprintf("%s末%s，单表约%s", w.years(), about(t), w.eachTable(t)),
		}
	case v.BoundTo != "":
		return []string{
			advice, w.boundRule(t) + fmt.Sprintf("，表号 = %s，与%s同构、共%d张", tableFormula(v), v.BoundTo, v.Tables),
			fmt.Sprintf("%s末%s，单表约%s", w.years(), about(t), w.eachTable(t)),
		}
	case v.Databases > 1:
		twice := fmt.Sprintf("不采用“库号、表号各自对%s取模”的写法，避免数据倾斜", bare(zh(t, v.Key)))
		return []string{advice, fmt.Sprintf("与分库共用gene，%s即全局表号，每库%d张表，共%d张", tableFormula(v), perDatabase(v), v.Tables), twice}
	}
	home := ""
	if x := w.instanceOf(t); x.Databases > 1 {
		home = "，放在" + x.Name + "_0"
	}
	return []string{advice, w.singleRule(t), fmt.Sprintf("%s末%s，峰值写约%s TPS，单库可承载，因此只分表不分库%s", w.years(), about(t), capacity.TPSText(t.Size.TPS), home)}
}

// singleRule is the rule of a table split inside one database.
func (w *writer) singleRule(t *design.Table) string {
	v := t.Verdict
	key := named(zh(t, v.Key), v.Key)
	number := "表号 = " + tableFormula(v)
	switch v.Hash {
	case design.HashSuffix:
		return fmt.Sprintf("按%s末%d位的gene（%s%s）取模分表，%s", key, design.GeneDigits(v.Genes), geneRange(v.Genes), w.heir(t), number)
	case design.HashModulo:
		return fmt.Sprintf("按%s取模分表，基因 gene = %s%s，%s", key, geneOf(v), w.heir(t), number)
	}
	return fmt.Sprintf("按%s哈希分表，基因 gene = %s%s，%s", key, geneOf(v), w.heir(t), number)
}

// advice is the first thing to say about D6.
func (w *writer) advice(t *design.Table) string {
	if t.Verdict.Level != design.D6 {
		return ""
	}
	reason := "在线查询维度有3个以上"
	switch {
	case t.Size.Rows > 5e9:
		reason = "超过50亿行"
	case t.Size.GB > 10e3:
		reason = "超过10TB"
	case capacity.PowerOfTwo(t.Size.Rows/1e7) > 1024:
		reason = "按1000万行一张需要1024张以上"
	}
	return fmt.Sprintf("建议迁移TiDB或OceanBase（%s末%s，%s），迁移前按下述规则过渡", w.years(), about(t), reason)
}

// tableNames is T33, and how tables lie in databases for the root.
func (w *writer) tableNames(t *design.Table) string {
	v := t.Verdict
	mask := strings.Repeat("N", len(itoa(v.Tables-1)))
	text := fmt.Sprintf("%s_%s (如：%s_%s、%s_%s)", t.Name, mask, t.Name, tableNo(0, v.Tables), t.Name, tableNo(v.Tables-1, v.Tables))
	if v.Databases > 1 && v.BoundTo == "" {
		text += fmt.Sprintf("，其中%s~%s在%s_0，依此类推", tableNo(0, v.Tables), tableNo(perDatabase(v)-1, v.Tables), w.instanceOf(t).Name)
	}
	return text
}

// tableRoute is 路由策略 of X表分表.
func (w *writer) tableRoute(t *design.Table) []string {
	v := t.Verdict
	switch {
	case v.BoundTo != "" && v.Databases > 1:
		number := "表号 = " + tableFormula(v)
		scans := w.scanClauses(t)
		if len(scans) == 0 {
			number += "，库号 = " + databaseFormula(v, perDatabase(v))
		}
		return append([]string{number}, scans...)
	case v.BoundTo != "":
		return append([]string{w.boundRoute(t), w.sameDatabase(t)}, w.scanClauses(t)...)
	case v.Databases > 1:
		g := v.Tables/2 + 2
		return []string{
			fmt.Sprintf("表号 = %s，库号 = %s", tableFormula(v), databaseFormula(v, perDatabase(v))),
			fmt.Sprintf("例：gene=%d，路由到%s_%d.%s_%s", g, w.instanceOf(t).Name, g/perDatabase(v), t.Name, tableNo(g, v.Tables)),
		}
	case v.Inherits != "" && v.Code != "":
		return []string{
			fmt.Sprintf("%s末%d位沿用%s的gene，按%s或%s均可直达单表", v.Code, design.GeneDigits(v.Genes), v.Key, v.Code, v.Key),
			w.callback(t), w.looseKeys(t),
		}
	}
	return []string{w.carried(t), w.byCode(t), w.callback(t), w.looseKeys(t)}
}

// callback is how a payment channel's answer finds its row.
func (w *writer) callback(t *design.Table) string {
	if t.Verdict.Code == "" || w.callbackTable() == nil || channelNumber(t) == "" {
		return ""
	}
	return "渠道回调以" + t.Verdict.Code + "作为商户订单号（out_trade_no）回传"
}

// scanClauses are the background scans of a split table.
func (w *writer) scanClauses(t *design.Table) []string {
	var out []string
	for _, l := range t.Lookups {
		if l.Access.Op != "scan" || l.Index == "" {
			continue
		}
		name := w.scanName(t, l)
		if name == "超时关单" {
			name += "以15分钟延迟消息为主，"
			if w.queue() == "" {
				name = "超时关单"
			}
		}
		out = append(out, name+"按分表扫描"+l.Index+"兜底（每5分钟一次，每表每次最多500行）")
	}
	return out
}

// globalID is how ids and numbers are made (domain.md §3.7).
func (w *writer) globalID(t *design.Table, a *archive) chapter.Item {
	const label = "全局ID"
	v := t.Verdict
	if v.Code == "" && a.snowflake {
		return item(label)
	}
	if v.Code == "" {
		a.snowflake = true
		return item(label, t.Name+".id使用雪花算法（41位时间+10位机器+12位序列）", "机器号由数据库租约分配，时钟回拨不超过5毫秒时等待，超过则拒绝发号并告警")
	}
	prefix := strings.ToUpper(t.Name[:1])
	c, _ := t.Column(v.Code)
	digits := design.GeneDigits(v.Genes)
	number := fmt.Sprintf("%s = %s + yyMMddHHmmss + 机器号3位 + 序列6位 + gene %d位", v.Code, prefix, digits)
	if _, args := capacity.ParseType(c.Type); len(args) == 1 && args[0] < 22+digits {
		number = fmt.Sprintf("%s末%d位为gene，其余位由号段生成", v.Code, digits)
	}
	return item(label, "id使用雪花算法", number+"，对外接口只暴露"+v.Code)
}

// expansion is 扩容方案: the tables stay, databases double.
func (w *writer) expansion(t *design.Table) chapter.Item {
	v := t.Verdict
	const label = "扩容方案"
	per := perDatabase(v)
	big := ""
	if v.Key == "tenant_id" {
		big = "超过总量5%的大租户迁到独占库，按tenant_id白名单优先路由"
	}
	if v.Databases > 1 {
		return item(label, fmt.Sprintf("成倍扩容%d库→%d库，库号改为 %s，只迁移整表不做行级重分布", v.Databases, v.Databases*2, databaseFormula(v, max(per/2, 1))),
			"先建从库追平，再切路由配置，最后清理冗余表", big)
	}
	return item(label, fmt.Sprintf("数据量超过%s时拆为2库，库号 = %s，整表迁移", capacity.GBText(w.instanceGB()), databaseFormula(v, max(per/2, 1))), big)
}
