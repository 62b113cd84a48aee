package check

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/pattern"
)

var (
	claimsDB    = pattern.New(`分库`)
	claimsTab   = pattern.New(`分表`)
	claimsShape = pattern.New(`\d+[ \t]*个?库[ \t]*[×xX*，,、]?[ \t]*(?:共)?\d+[ \t]*张?表`)
	claimsNot   = pattern.New(`不(?:做)?分库|不分表|免分库|无需分`)
	singleDB    = pattern.New(`单库`)
	replicated  = pattern.New(`主从|\d主|一主`)
	databases   = pattern.New(`(\d+)[ \t]*个?库`)
	remarkCount = pattern.New(`(\d+(?:[/、]\d+)*)[ \t]*张?表`)
	ownDatabase = pattern.New(`库号|每库|同库|\d+[ \t]*个?库`)
)

// A splitClaim is what the remark of an instance row says about splitting.
type splitClaim struct {
	db, tab bool
	d       int      // databases, 0 when not stated
	counts  []string // tables, as written: 256 or 64、128
}

// readSplitClaim: 4库256表 says as much as 分库分表; 单库 denies databases only where
// no number of them stands beside it.
func readSplitClaim(remark string) splitClaim {
	shaped := claimsShape.MatchString(remark)
	if claimsNot.MatchString(remark) && !shaped {
		return splitClaim{}
	}
	c := splitClaim{d: numberIn(databases, remark), tab: shaped || claimsTab.MatchString(remark)}
	c.db = (shaped || claimsDB.MatchString(remark)) && (c.d > 1 || !singleDB.MatchString(remark))
	c.counts = strings.FieldsFunc(first(remarkCount, remark), func(r rune) bool { return r == '/' || r == '、' })
	return c
}

// remarkAgainstStrategy compares the remark of an instance row with what the
// strategy says of its tables.
func remarkAgainstStrategy(in *input) []hit {
	var out []hit
	for _, row := range in.doc.Instances {
		row.Name = strings.Trim(row.Name, "` ")
		c := readSplitClaim(row.Remark)
		for _, t := range row.Tables {
			fact := ""
			switch s := in.splitOf(t); {
			case c.db || c.tab:
				fact = in.againstClaim(row, c, t, s)
			case replicated.MatchString(row.Remark) && s != nil && s.app() && s.byDB:
				fact = fmt.Sprintf("%s 分%s库", t, count(s.d))
			}
			if fact != "" {
				out = append(out, say(row.Line, t, row.Name, row.Remark, fact).in(chapter.Architecture).offer("让备注与“分库分表策略”一致"))
			}
		}
	}
	return out
}

func count(n int) string {
	if n == 0 {
		return "多个"
	}
	return fmt.Sprint(n)
}

// againstClaim says what the strategy does with a table of a row that claims
// to be split, "" when that agrees.
func (in *input) againstClaim(row chapter.Instance, c splitClaim, t string, s *split) string {
	if s == nil {
		if in.namedInStrategy(t) {
			return ""
		}
		return "没有说明 " + t + " 如何拆分"
	}
	rule := s.ruleText()
	if here := databasesOf(row.Name, rule); c.db && c.d > 0 && !s.byDB && here > 0 && here != c.d {
		return fmt.Sprintf("%s 在%d个库中", t, here)
	}
	if !s.app() {
		return ""
	}
	switch {
	case c.db && !s.byDB && !ownDatabase.MatchString(rule) && !strings.Contains(rule, row.Name+"_"): // 放在stock_db_0
		return t + " 只分表、没有分库"
	case !c.db && s.byDB:
		return fmt.Sprintf("%s 分%s库", t, count(s.d))
	case c.db && c.d > 0 && s.d > 0 && c.d != s.d:
		return fmt.Sprintf("%s 分%d库", t, s.d)
	case len(c.counts) > 0 && s.n > 0 && !slices.Contains(c.counts, fmt.Sprint(s.n)):
		return fmt.Sprintf("%s 分%d表", t, s.n)
	}
	return ""
}

// ruleText is what the subsections say of where rows are now: plans to grow
// name other numbers of databases.
func (s split) ruleText() string {
	var b strings.Builder
	for _, it := range s.items {
		if slices.Contains(ruleLabels, it.Label) || it.Label == "表名规则" {
			b.WriteString(it.Text + "\n")
		}
	}
	return b.String()
}

// databasesOf is how many databases a rule says an instance has (parking_db的4个
// 库), 0 when it does not say. Other numbers are those of other instances.
func databasesOf(instance, rule string) int {
	_, rest, ok := strings.Cut(rule, instance)
	if !ok || instance == "" {
		return 0
	}
	return numberIn(theirDatabases, rest)
}

var theirDatabases = pattern.New(`^` + "`?" + `的?[ \t]*(\d+)[ \t]*个?库`)
