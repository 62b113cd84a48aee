package ui

import (
	"cmp"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// decided tells which tables are split and how, tables of one verdict
// together, and how many are not.
func (m model) decided() []string {
	var order []string
	tables := map[string][]string{}
	rest := 0
	for _, t := range m.design.Tables {
		label := m.verdict(t.Verdict)
		if label == "" {
			rest++
			continue
		}
		if tables[label] == nil {
			order = append(order, label)
		}
		tables[label] = append(tables[label], t.Name)
	}
	var out []string
	for _, label := range order {
		out = append(out, label+m.words.T("done.tables", strings.Join(tables[label], m.words.T("list.comma"))))
	}
	if rest > 0 {
		out = append(out, m.words.T("done.rest", rest))
	}
	return out
}

// verdict is a decision of size in a few words; "" for a table that is not
// split.
func (m model) verdict(v design.Verdict) string {
	switch v.Level {
	case design.D2:
		return m.words.T("done.d2")
	case design.D3:
		return m.words.T("done.d3")
	case design.D4:
		return m.words.T("done.d4", v.Tables)
	case design.D5:
		return m.words.T("done.d5", v.Databases, v.Tables)
	case design.D6:
		return m.words.T("done.d6")
	}
	return ""
}

// weighty are the assumptions that change most, first ones first.
func weighty() []string {
	return []string{"system.dau", "rows_per_day", "retention_days", "system.growth", "peak_factor", "cache_hit", "horizon_years"}
}

// assumed gives the three weightiest assumptions, their number, and what is to
// be confirmed.
func assumed(all []brief.Assumption) (top []string, n int, open []string) {
	rank := func(a brief.Assumption) int {
		for i, w := range weighty() {
			if strings.HasSuffix(a.Path, w) {
				return i
			}
		}
		return len(weighty())
	}
	var mine []brief.Assumption
	for _, a := range all {
		if a.Open && !slices.Contains(open, a.Label) {
			open = append(open, a.Label)
		}
		if a.Source != brief.FromDerived {
			mine = append(mine, a)
		}
	}
	slices.SortStableFunc(mine, func(a, b brief.Assumption) int { return cmp.Compare(rank(a), rank(b)) })
	for _, a := range mine[:min(3, len(mine))] {
		top = append(top, a.Label+" "+a.Value)
	}
	return top, len(mine), open
}
