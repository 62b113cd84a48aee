package brief

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dbchapter/prompt/pattern"
)

// validation gathers what is wrong; brief is as typed, full has final names.
type validation struct {
	Brief
	full     *completion
	problems Problems
}

// Validate checks a brief against V01…V54; it never stops at the first.
func Validate(b Brief) Problems {
	v := &validation{Brief: b, full: structured(b)}
	v.checkTop()
	v.checkSystem()
	v.checkDatabases()
	v.checkServices()
	v.checkEntities()
	v.checkBinding()
	return people(v.problems, b)
}

// bad notes a broken rule; a rule that ends in w only warns.
func (v *validation) bad(rule, path, format string, args ...any) *Problem {
	v.problems = append(v.problems, Problem{
		Rule: rule, Path: path, Message: fmt.Sprintf(format, args...), Warning: strings.HasSuffix(rule, "w"),
	})
	return &v.problems[len(v.problems)-1]
}

// length notes a text whose length is out of bounds; an empty text is only
// noted when low is positive.
func (v *validation) length(rule, path, s string, low, high int, message string) {
	if n := utf8.RuneCountInString(strings.TrimSpace(s)); n < low || n > high {
		v.bad(rule, path, "%s", message)
	}
}

// oneOf notes a word that is not among the allowed ones; empty is allowed.
func (v *validation) oneOf(rule, path, s, what string, allowed []string) {
	if s == "" || slices.Contains(allowed, s) {
		return
	}
	v.bad(rule, path, "%s应为 %s 之一，而不是 %q%s", what, strings.Join(allowed, "、"), clipped(s), didYouMean(s, allowed))
}

// didYouMean is a suggestion to put behind a message.
func didYouMean(s string, candidates []string) string {
	if near := nearest(s, candidates); near != "" && near != s {
		return fmt.Sprintf("，是否想写 %q？", near)
	}
	return ""
}

// instead is a suggestion when something is near, else all that is possible.
func instead(s string, candidates []string) string {
	if near := didYouMean(s, candidates); near != "" || len(candidates) == 0 {
		return near
	}
	return "，可用：" + strings.Join(candidates, "、")
}

// bound is a number with its limits; a row of a table of rules.
type bound struct {
	rule, path string
	set        bool
	v          float64
	low, high  float64
	message    string
}

func (v *validation) within(prefix string, rows []bound) {
	for _, r := range rows {
		if r.set && (r.v < r.low || r.v > r.high) {
			v.bad(r.rule, prefix+r.path, "%s", r.message)
		}
	}
}

func (v *validation) checkTop() {
	if v.BaseDate != "" {
		if _, err := time.Parse("2006-01-02", v.BaseDate); err != nil {
			v.bad("V00", "base_date", "基准日期应写成 2027-01-01 这样，而不是 %q", clipped(v.BaseDate))
		}
	}
	if _, ok := presetNamed(v.Preset); v.Preset != "" && !ok {
		v.bad("V04", "preset", "没有预设 %q%s", clipped(v.Preset), instead(v.Preset, presetIDs()))
	}
}

func presetIDs() []string {
	var out []string
	for _, p := range presets() {
		out = append(out, p.ID)
	}
	return out
}

// checkBinding holds the binding groups against the tables.
func (v *validation) checkBinding() {
	var tables []string
	for _, e := range v.full.Entities {
		tables = append(tables, e.Table)
	}
	for i, group := range v.full.BindingTables {
		path := fmt.Sprintf("binding_tables[%d]", i)
		if len(group) < 2 {
			v.bad("V51", path, "绑定组至少要有两张表")
		}
		for j, t := range group {
			if !slices.Contains(tables, t) {
				v.bad("V51", fmt.Sprintf("%s[%d]", path, j), "绑定组里的表 %q 不存在%s", clipped(t), didYouMean(t, tables))
			}
		}
	}
}

var (
	instanceName = pattern.New(`^[a-z][a-z0-9_-]{0,62}$`)
	eventName    = pattern.New(`^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$`)
)
