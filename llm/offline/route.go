package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// geneRange is 000~255.
func geneRange(genes int) string {
	n := design.GeneDigits(genes)
	return fmt.Sprintf("%0*d~%0*d", n, 0, n, genes-1)
}

// tableNo is the number of a physical table in its name: 007 of 256.
func tableNo(i, n int) string { return fmt.Sprintf("%0*d", len(itoa(n-1)), i) }

// perDatabase is how many tables one database holds.
func perDatabase(v design.Verdict) int { return v.Tables / max(v.Databases, 1) }

// geneOf is the formula from key to gene: CRC32(plate_no) % 256; a number that
// carries the gene has none.
func geneOf(v design.Verdict) string {
	switch v.Hash {
	case design.HashModulo:
		return fmt.Sprintf("%s %% %d", v.Key, v.Genes)
	case design.HashSuffix:
		return fmt.Sprintf("%s末%d位", v.Key, design.GeneDigits(v.Genes))
	}
	return fmt.Sprintf("CRC32(%s) %% %d", v.Key, v.Genes)
}

// tableFormula is the number of the physical table: gene, or gene % 128 where
// the gene comes from a table with more tables.
func tableFormula(v design.Verdict) string {
	if v.Genes > v.Tables {
		return fmt.Sprintf("gene %% %d", v.Tables)
	}
	return "gene"
}

// databaseFormula is the number of the database with so many tables in each.
func databaseFormula(v design.Verdict, per int) string {
	if v.Genes > v.Tables {
		return fmt.Sprintf("(gene %% %d) / %d", v.Tables, per)
	}
	return fmt.Sprintf("gene / %d", per)
}

// databases is parking_db_0, parking_db_1, …; more than eight as a range.
func databases(name string, d int) string {
	if d > 8 {
		return fmt.Sprintf("%s_0 ~ %s_%d", name, name, d-1)
	}
	var out []string
	for i := range d {
		out = append(out, fmt.Sprintf("%s_%d", name, i))
	}
	return strings.Join(out, ", ")
}

// byDatabase is X表分库 (T30, T31).
func (w *writer) byDatabase(t *design.Table) chapter.Shard {
	v := t.Verdict
	name := w.instanceOf(t).Name
	count := fmt.Sprintf("%d个库 (%s)", v.Databases, databases(name, v.Databases))
	if v.BoundTo != "" {
		return shard(t, chapter.ByDatabase, item("分库规则", w.boundRule(t)+"：库号 = "+databaseFormula(v, perDatabase(v))),
			item("分库数量", count), item("路由策略", w.boundRoute(t), w.sameDatabase(t)))
	}
	return shard(t, chapter.ByDatabase, item("分库规则", w.databaseRule(t)), item("分库数量", count), item("路由策略", w.carried(t), w.byCode(t)))
}

func (w *writer) databaseRule(t *design.Table) string {
	v := t.Verdict
	key := named(zh(t, v.Key), v.Key)
	number := "库号 = " + databaseFormula(v, perDatabase(v)) + "（整除）"
	switch v.Hash {
	case design.HashSuffix:
		return fmt.Sprintf("按%s末%d位的gene（%s%s）分库，%s", key, design.GeneDigits(v.Genes), geneRange(v.Genes), w.heir(t), number)
	case design.HashModulo:
		return fmt.Sprintf("按%s取模分库，基因 gene = %s%s，%s", key, geneOf(v), w.heir(t), number)
	}
	return fmt.Sprintf("按%s哈希分库，基因 gene = %s%s，%s", key, geneOf(v), w.heir(t), number)
}

// heir is ，沿用停车服务基因 for a gene that comes from another group.
func (w *writer) heir(t *design.Table) string {
	up, ok := w.d.Table(t.Verdict.Inherits)
	switch {
	case t.Verdict.Inherits == "":
		return ""
	case ok && up.Service != t.Service:
		return "，沿用" + w.serviceName(up.Service) + "基因"
	}
	return "，沿用" + t.Verdict.Inherits + "基因"
}

// boundRule is 与parking_sessions为绑定表，使用同一车牌基因.
func (w *writer) boundRule(t *design.Table) string {
	root, _ := w.d.Table(t.Verdict.BoundTo)
	return fmt.Sprintf("与%s为绑定表，使用同一%s基因", root.Name, bare(zh(root, root.Verdict.Key)))
}

// boundRoute says by which columns of a member its gene is known.
func (w *writer) boundRoute(t *design.Table) string {
	v := t.Verdict
	text := "按" + v.Key + "计算gene"
	if v.Hash == design.HashSuffix {
		text = fmt.Sprintf("取%s末%d位作为gene", v.Key, design.GeneDigits(v.Genes))
	}
	var codes []string
	for _, c := range v.Codes {
		if c != v.Key {
			codes = append(codes, c)
		}
	}
	if len(codes) > 0 {
		text += fmt.Sprintf("，或取%s末%d位", strings.Join(codes, "、"), design.GeneDigits(v.Genes))
	}
	return text
}

// sameDatabase is why tables are bound.
func (w *writer) sameDatabase(t *design.Table) string {
	root, _ := w.d.Table(t.Verdict.BoundTo)
	a, b := []rune(inline(root.Title)), []rune(inline(t.Title))
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	what := fmt.Sprintf("同一%s的%s与%s", bare(zh(root, root.Verdict.Key)), string(a), string(b))
	if number := ownNumber(root); number != "" {
		what = fmt.Sprintf("同一%s的%s与%s", zh(root, number), string(a), string(b))
	}
	if n >= 2 && len(a)-n >= 2 && len(b)-n >= 2 {
		what = fmt.Sprintf("同一次%s的%s与%s", string(a[:n]), string(a[n:]), string(b[n:]))
	}
	where := "库"
	if t.Verdict.Databases == 1 {
		where = "表号"
	}
	return what + "落在同一" + where + "，可使用本地事务"
}

// carried names the lookups that carry the shard key.
func (w *writer) carried(t *design.Table) string {
	v := t.Verdict
	var names []string
	for _, l := range t.Lookups {
		if l.Access.Op != "scan" && containsString(l.Columns, v.Key) {
			names = append(names, w.roleQuery(t, l))
		}
	}
	names = unique(names)
	verb := "携带"
	if len(names) > 1 {
		verb = "均携带"
	}
	direct := "直接计算gene定位"
	if v.Hash == design.HashSuffix {
		direct = fmt.Sprintf("取末%d位定位", design.GeneDigits(v.Genes))
	}
	if len(names) == 0 {
		return "写入与按" + named(zh(t, v.Key), v.Key) + "的查询" + direct
	}
	return fewOf(names, 2) + verb + zh(t, v.Key) + "，" + direct
}

func containsString(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// byCode is how the table's own number finds its row.
func (w *writer) byCode(t *design.Table) string {
	v := t.Verdict
	if v.Code == "" {
		return ""
	}
	return fmt.Sprintf("按%s查询时取%s末%d位作为gene", zh(t, v.Code), v.Code, design.GeneDigits(v.Genes))
}
