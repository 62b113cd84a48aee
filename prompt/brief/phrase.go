package brief

import (
	"strings"

	"dbchapter/prompt/pattern"

	"golang.org/x/text/unicode/norm"
)

// The phrases of domain.md §1.6 in which people describe their queries.
var (
	byWhat   = pattern.New(`(?:按照|按|根据|通过)([^，,。；;]+?)(?:来|去)?(?:模糊)?(?:查询|查找|检索|搜索|查|搜|获取|取|列出|筛选)`)
	forWhat  = pattern.New(`(?:统计|汇总)(?:每个|各)?([^，,。；;的]+)`)
	byOnly   = pattern.New(`(?:按照|按|根据)([^，,。；;]+?)(?:统计|汇总|分组|出报表|的报表|报表)`)
	sorted   = pattern.New(`(?:并|再|且)?按([^，,。；;按]+?)(倒序|降序|逆序|正序|升序)`)
	newest   = pattern.New(`最新的?|最近的`)
	scanWhat = pattern.New(`(?:扫描|查找|找出|处理)?([^，,。；;\s]+?)为[^，,。；;]*?(?:且|并且|，|,)\s*([^，,。；;\s]+?)(?:早于|晚于|超过|已过|到期|过期)`)
	fuzzy    = pattern.New(`模糊|关键词|关键字|全文`)
	fuzzyOf  = pattern.New(`(?:按|对|根据)?([^，,。；;]+?)(?:进行|做|的)?(?:模糊|关键词|关键字|全文)`)
	totals   = pattern.New(`统计|汇总|报表`)
	many     = pattern.New(`列表|所有|全部|多条|历史|分页`)
	andWords = pattern.New(`\s*(?:和|与|及|、|\+|,|，)\s*`)
)

// phrase reads a query said in words. The names in it are attribute names; they
// become columns when the brief is completed.
func phrase(text string) (Access, bool) {
	s := norm.NFKC.String(text)
	switch {
	case fuzzy.MatchString(s):
		m := fuzzyOf.FindStringSubmatch(s)
		if b := byWhat.FindStringSubmatch(s); m == nil && b != nil {
			m = b
		}
		if m == nil {
			return Access{}, false
		}
		return Access{Op: "search", Eq: names(m[1]), Note: text}, true
	case totals.MatchString(s):
		m := byOnly.FindStringSubmatch(s)
		if m == nil {
			m = forWhat.FindStringSubmatch(s)
		}
		if m == nil {
			return Access{}, false
		}
		return Access{Op: "agg", Eq: names(m[1]), Note: text}, true
	}
	if m := scanWhat.FindStringSubmatch(s); m != nil {
		return Access{Op: "scan", Eq: names(m[1]), Range: m[2], Note: text}, true
	}
	return lookup(s, text)
}

// lookup reads 按用户和状态查询，按时间倒序.
func lookup(s, text string) (Access, bool) {
	a := Access{Op: "get", Note: text}
	if m := sorted.FindStringSubmatch(s); m != nil {
		a.Op, a.Sort, a.Desc = "list", m[1], m[2] != "正序" && m[2] != "升序"
		s = strings.Replace(s, m[0], "", 1)
	} else if newest.MatchString(s) {
		a.Op, a.Sort, a.Desc = "list", "created_at", true
	}
	m := byWhat.FindStringSubmatch(s)
	if m == nil {
		return a, false
	}
	a.Eq = names(m[1])
	if a.Op == "get" && many.MatchString(s) {
		a.Op, a.Sort, a.Desc = "list", "created_at", true
	}
	return a, len(a.Eq) > 0
}

func names(s string) []string {
	var out []string
	for _, n := range andWords.Split(strings.TrimSpace(s), -1) {
		if n = strings.TrimSpace(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}
