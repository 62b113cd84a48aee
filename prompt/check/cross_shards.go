package check

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
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

// numberIn is the first number a pattern finds, 0 for none.
func numberIn(re *pattern.Pattern, text string) int { return integer(first(re, text)) }

// first is what the first group of a pattern finds, "" for nothing.
func first(re *pattern.Pattern, text string) string {
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

var numberEnd = pattern.New(`_?\d+(?:[ \t]*[~～].*)?$`)

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
