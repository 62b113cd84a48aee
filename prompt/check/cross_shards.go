package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
)

func unknownSplitTables(in *input) []hit {
	var out []hit
	for _, s := range in.facts.splits {
		if s.table == nil {
			out = append(out, say(s.line, s.zh, s.zh).offer("小节标题用核心表设计里的中文表名"))
		}
	}
	return out
}

func unknownRouteColumns(in *input) []hit {
	var out []hit
	for _, s := range in.facts.splits {
		if s.table == nil || s.table.Derived || s.native || len(s.table.Columns) == 0 {
			continue
		}
		for _, c := range s.cols {
			if _, ok := s.table.Column(c.name); !ok && c.name != s.table.Name {
				h := say(c.line, s.table.Name+"."+c.name, c.name, s.table.Name)
				if _, ok := s.table.Column("id"); ok && c.name == lastSingular(s.table.Name)+"_id" {
					h = h.offer("改用 %s 的列 id", s.table.Name)
				}
				out = append(out, h)
			}
		}
	}
	return out
}

var (
	claimsDB    = regexp.MustCompile(`分库`)
	claimsTab   = regexp.MustCompile(`分表`)
	claimsNot   = regexp.MustCompile(`不(?:做)?分库|不分表|免分库|无需分`)
	singleDB    = regexp.MustCompile(`单库`)
	replicated  = regexp.MustCompile(`主从|\d主|一主`)
	remarkDBs   = regexp.MustCompile(`(\d+)[ \t]*(?:个)?库`)
	remarkCount = regexp.MustCompile(`(\d+(?:[/、]\d+)*)[ \t]*张?表`)
	ownDatabase = regexp.MustCompile(`库号|每库|同库|\d+\s*个?库`)
)

// remarkAgainstStrategy compares the remark of an instance row with what the
// strategy says of its tables.
func remarkAgainstStrategy(in *input) []hit {
	var out []hit
	for _, row := range in.doc.Instances {
		r := row.Remark
		db := claimsDB.MatchString(r) && !claimsNot.MatchString(r)
		tab := claimsTab.MatchString(r) && !claimsNot.MatchString(r)
		for _, t := range row.Tables {
			fact := ""
			switch s := in.splitOf(t); {
			case db || tab:
				fact = in.againstClaim(row, t, s, db && !singleDB.MatchString(r))
			case replicated.MatchString(r) && s != nil && s.app() && s.byDB:
				fact = fmt.Sprintf("%s 分%s库", t, count(s.d))
			}
			if fact != "" {
				out = append(out, say(row.Line, t, row.Name, r, fact).in(chapter.Architecture).offer("让备注与“分库分表策略”一致"))
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
func (in *input) againstClaim(row chapter.Instance, t string, s *split, db bool) string {
	if s == nil {
		if in.namedInStrategy(t) {
			return ""
		}
		return "没有说明 " + t + " 如何拆分"
	}
	if !s.app() {
		return ""
	}
	d := numberIn(remarkDBs, row.Remark)
	counts := strings.FieldsFunc(first(remarkCount, row.Remark), func(r rune) bool { return r == '/' || r == '、' })
	switch {
	case db && !s.byDB && !ownDatabase.MatchString(s.text()):
		return t + " 只分表、没有分库"
	case !db && s.byDB:
		return fmt.Sprintf("%s 分%s库", t, count(s.d))
	case db && d > 0 && s.d > 0 && d != s.d:
		return fmt.Sprintf("%s 分%d库", t, s.d)
	case len(counts) > 0 && s.n > 0 && !slices.Contains(counts, fmt.Sprint(s.n)):
		return fmt.Sprintf("%s 分%d表", t, s.n)
	}
	return ""
}

// numberIn is the first number a pattern finds, 0 for none.
func numberIn(re *regexp.Regexp, text string) int { return integer(first(re, text)) }

// first is what the first group of a pattern finds, "" for nothing.
func first(re *regexp.Regexp, text string) string {
	if m := re.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

func databaseCount(in *input) []hit {
	var out []hit
	for _, s := range in.facts.splits {
		if s.d > 0 && s.listed > 0 && s.d != s.listed {
			out = append(out, say(s.dLine, s.name(), s.d, s.listed))
		}
	}
	return out
}

// modulusAgainstCount: every modulus of a rule is D, N, N/D or a number of
// inherited genes.
func modulusAgainstCount(in *input) []hit {
	var out []hit
	for _, s := range in.facts.splits {
		if !s.app() || s.d == 0 && s.n == 0 {
			continue
		}
		allowed := append([]int{s.d, s.n}, s.genes...)
		if s.d > 0 && s.n > 0 {
			allowed = append(allowed, s.n/s.d)
		}
		if strings.Contains(s.text(), "基因") || strings.Contains(s.text(), "gene") {
			for _, o := range in.facts.splits {
				allowed = append(allowed, o.n)
			}
		}
		for _, m := range s.mods {
			if !slices.Contains(allowed, m.n) {
				out = append(out, say(m.line, s.name(), m.n, counts(s)))
			}
		}
	}
	return out
}

func counts(s split) string {
	var parts []string
	if s.d > 0 {
		parts = append(parts, fmt.Sprintf("%d库", s.d))
	}
	if s.n > 0 {
		parts = append(parts, fmt.Sprintf("%d表", s.n))
	}
	return strings.Join(parts, "")
}

var numberEnd = regexp.MustCompile(`_?\d+(?:[ \t]*[~～].*)?$`)

func databaseNames(in *input) []hit {
	var out []hit
	for _, s := range in.facts.splits {
		if s.table == nil || len(s.dbs) == 0 {
			continue
		}
		rows := in.facts.rows[s.table.Name]
		if len(rows) == 0 {
			continue
		}
		instance := strings.Trim(in.doc.Instances[rows[0]].Name, "` ")
		base := numberEnd.ReplaceAllString(s.dbs[0], "")
		if base != numberEnd.ReplaceAllString(instance, "") {
			out = append(out, say(s.dLine, s.name(), s.dbs[0], instance).offer("分库名写成 %s_0 的形式", numberEnd.ReplaceAllString(instance, "")))
		}
	}
	return out
}
