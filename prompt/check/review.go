package check

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// Review is what an architecture review would say first: a verdict, the
// gravest points, and which of its usual questions the chapter answers.
type Review struct {
	Verdict   string // Pass, PassAfter, Fail
	Points    []Point
	Questions []Question
}

// The three verdicts.
const (
	Pass      = "通过"
	PassAfter = "修改后通过"
	Fail      = "不通过"
)

// Point is one grave finding with the words it is about.
type Point struct {
	Rule     string
	Severity Severity
	Section  chapter.Section
	Line     int    // in the text given
	Quote    string // the line itself
	Problem  string
	Mend     string
}

// Question is one thing that reviewers ask, with the place that answers it.
type Question struct {
	Ask      string
	Answered bool
	Section  chapter.Section
	Line     int // 0 when nothing answers it
	Quote    string
}

// mostPoints is how many points a review names: what has to be mended first.
const mostPoints = 3

// Reviewed holds a chapter against what a review board asks. It is the same
// checker, told in their order: what stops the project, then what is missing.
func Reviewed(d *design.Design, text string) Review {
	in, n := read(d, text)
	found := in.findings(n)
	r := Review{Points: points(found, strings.Split(text, "\n"))}
	open := 0
	for _, q := range questions {
		a := q.answer(in, n)
		if !a.Answered {
			open++
		}
		r.Questions = append(r.Questions, a)
	}
	r.Verdict = verdict(found, open)
	return r
}

// verdict: a veto or many errors stop it; any error, many warnings or open
// questions have to be mended first.
func verdict(found []Finding, open int) string {
	errors, warnings := countFindings(found, "FDXLQ")
	veto := slices.ContainsFunc(found, func(f Finding) bool { return f.Severity == Error && slices.Contains(vetoes, f.Rule) })
	switch {
	case veto, errors > 5:
		return Fail
	case errors > 0, warnings > 5, open > 1:
		return PassAfter
	}
	return Pass
}

// points are the gravest findings, each of another rule.
func points(found []Finding, lines []string) []Point {
	sorted := slices.Clone(found)
	slices.SortStableFunc(sorted, func(a, b Finding) int { return cmp.Compare(gravity(a), gravity(b)) })
	var out []Point
	for _, f := range sorted {
		if len(out) == mostPoints || f.Severity == Info {
			break
		}
		if slices.ContainsFunc(out, func(p Point) bool { return p.Rule == f.Rule }) {
			continue
		}
		p := Point{Rule: f.Rule, Severity: f.Severity, Section: f.Section, Line: f.Line, Problem: f.Message, Mend: "重新生成这一节，并带上这条意见"}
		if f.Line <= len(lines) {
			p.Quote = strings.TrimSpace(lines[f.Line-1])
		}
		if f.Fix != nil {
			p.Mend = *f.Fix
		}
		out = append(out, p)
	}
	return out
}

// gravity orders findings: vetoes, errors, warnings; among equals what breaks
// data before what breaks form.
func gravity(f Finding) int {
	g := map[Severity]int{Error: 100, Warn: 200, Info: 300}[f.Severity]
	if f.Severity == Error && slices.Contains(vetoes, f.Rule) {
		g = slices.Index(vetoes, f.Rule)
	}
	return g*10 + strings.Index("XDLFQ", f.Rule[:1])
}

// question is a row: what is asked, and the bullet that answers it: one with a
// label of these, or in one of these sections, that has these words.
type question struct {
	ask     string
	section chapter.Section
	words   *regexp.Regexp
}

// questions are what reviewers of a database design ask, in their order.
var questions = []question{
	{"数据归谁：每个服务的库是否独立，跨服务怎么取数", chapter.Architecture, regexp.MustCompile(`各自|独占|独立|跨服务|跨库|隔离`)},
	{"容量多大：规划期末有多少数据，凭什么拆或不拆", chapter.Sharding, regexp.MustCompile(`\d[\d.,]*\s*[万亿]?\s*行|\d\s*GB|\d\s*TB`)},
	{"主查询怎么走：用哪个索引，是否只落一个分片", chapter.Performance, regexp.MustCompile(`(?:idx|uk)_\w+|最左前缀|联合索引|唯一键`)},
	{"一致性怎么保证：事务边界、幂等、对账", chapter.Sync, regexp.MustCompile(`幂等|去重|对账|补偿|核对|本地消息|outbox|唯一索引`)},
	{"缓存坏了怎么办：更新、穿透、击穿、雪崩、降级", chapter.Cache, regexp.MustCompile(`穿透|击穿|雪崩|降级|先更新数据库|Cache.?Aside`)},
	{"故障丢多少、停多久：RPO、RTO、切换和演练", chapter.Backup, regexp.MustCompile(`RPO|RTO`)},
	{"敏感数据怎么管：加密、脱敏、权限、保留期", "", regexp.MustCompile(`加密|脱敏|密文|HMAC|匿名化|最小权限`)},
}

// answer finds the first bullet that answers; in the sections first, then
// anywhere.
func (q question) answer(in *input, n chapter.Normalized) Question {
	a := Question{Ask: q.ask, Section: q.section}
	for _, anywhere := range []bool{false, true} {
		for _, it := range in.facts.items {
			if (anywhere || q.section == "" || it.section == q.section) && q.words.MatchString(it.Text) {
				a.Answered, a.Section, a.Line = true, it.section, n.Source(it.Line)
				a.Quote = "**" + it.Label + "**：" + shorten(strings.ReplaceAll(it.Text, "\n", " "), 60)
				return a
			}
		}
	}
	return a
}

// ReviewText writes a review for people.
func ReviewText(r Review) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n评审预检：%s\n", r.Verdict)
	for i, p := range r.Points {
		fmt.Fprintf(&b, "\n%d. [%s %s] 第%d行：%s\n   原文：%s\n   怎么改：%s\n", i+1, severityNames[p.Severity], p.Rule, p.Line, p.Problem, shorten(p.Quote, 80), p.Mend)
	}
	b.WriteString("\n评审会问的七个问题\n")
	for _, q := range r.Questions {
		if q.Answered {
			fmt.Fprintf(&b, "- %s\n  第%d行（%s）%s\n", q.Ask, q.Line, q.Section.Title(), q.Quote)
		} else {
			fmt.Fprintf(&b, "- %s\n  未回答\n", q.Ask)
		}
	}
	return b.String()
}
