package infer

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"dbchapter/prompt/pattern"
)

//go:embed rules.tsv
var rulesTSV string

// rule is one row of domain.md appendix B.
type rule struct {
	id, column, typ, null string
	avg                   int
	pii, note             string
	zh, en                *pattern.Pattern
}

// ruleBook is the rule table with an index of the endings each pattern can
// match, so that an attribute is held against a handful of patterns.
type ruleBook struct {
	rules  []rule
	zh, en endings
}

var rules = sync.OnceValue(func() ruleBook {
	var b ruleBook
	for line := range strings.Lines(rulesTSV) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) < 9 || strings.HasPrefix(line, "#") {
			continue
		}
		avg, _ := strconv.Atoi(f[6])
		n := len(b.rules)
		b.rules = append(b.rules, rule{
			id: f[0], column: f[3], typ: f[4], null: f[5], avg: avg,
			pii: strings.TrimPrefix(f[7], "-"), note: f[8],
			zh: pattern.New(f[1]), en: pattern.New(f[2]),
		})
		b.zh.add(f[1], n)
		b.en.add(f[2], n)
	}
	return b
})

// ruleFor is the first rule that fits either name; the last one fits all.
func ruleFor(zh, en string) rule {
	b := rules()
	last := len(b.rules) - 1
	best := last
	for _, n := range b.zh.candidates(zh) {
		if n < best && zh != "" && b.rules[n].zh.MatchString(zh) {
			best = n
		}
	}
	for _, n := range b.en.candidates(en) {
		if n < best && en != "" && b.rules[n].en.MatchString(en) {
			best = n
		}
	}
	return b.rules[best]
}
