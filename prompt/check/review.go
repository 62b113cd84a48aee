package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
	"dbchapter/prompt/pattern"
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

// question is a row: what is asked, and where its answer stands: in a bullet
// of the section (else of any) that has these words, or in the definitions.
type question struct {
	ask     string
	section chapter.Section
	words   *pattern.Pattern
	defined func(*input) int // line of the definition that answers, 0 for none
}

// questions are what reviewers of a database design ask, in their order.
var questions = []question{
	{ask: "类型一致：关联列与被引用列的类型是否相同", section: chapter.Tables, defined: sameTypes},
	{ask: "唯一索引：业务单号靠什么保证不重复", section: chapter.Tables, defined: uniqueKey},
	{ask: "归档：数据在线保留多久，过期怎么处理", section: chapter.Sharding, words: pattern.New(`归档|在线保留|保留\s*\d+\s*[天年月]|TTL|DROP PARTITION`)},
	{ask: "缓存失效：数据变了缓存怎么更新，缓存坏了怎么办", section: chapter.Cache, words: pattern.New(`删除缓存|删缓存|Cache.?Aside|失效|穿透|击穿|雪崩`)},
	{ask: "跨服务一致性：靠什么投递、幂等、对账", section: chapter.Sync, words: pattern.New(`幂等|去重|对账|补偿|核对|本地消息|outbox`)},
	{ask: "备份：能否达到 RPO/RTO，怎么演练", section: chapter.Backup, words: pattern.New(`(?:RPO|RTO)[^，；。\n]{0,6}\d`)},
	{ask: "敏感数据：加密、脱敏、权限、保留期", words: pattern.New(`加密|脱敏|密文|HMAC|匿名化|最小权限`)},
}

// sameTypes is the first column that says what it refers to, when no reference
// of the chapter differs in type from its target (X214).
func sameTypes(in *input) int {
	if len(referenceTypes(in)) > 0 {
		return 0
	}
	for _, t := range in.schema.Tables {
		for _, c := range t.Columns {
			if strings.Contains(c.Comment, "关联") || strings.Contains(c.Comment, "引用") {
				return c.Line
			}
		}
	}
	return 0
}

// uniqueKey is the first unique key besides the primary one.
func uniqueKey(in *input) int {
	for _, t := range in.schema.Tables {
		for _, k := range t.Indexes {
			if k.Unique {
				return k.Line
			}
		}
	}
	return 0
}

// answer finds the place that answers.
func (q question) answer(in *input, n chapter.Normalized) Question {
	a := Question{Ask: q.ask, Section: q.section}
	if q.defined != nil {
		if line := q.defined(in); line > 0 {
			a.Answered, a.Line = true, n.Source(line)
			a.Quote = strings.TrimSpace(strings.Split(n.Chapter.String(), "\n")[line-1])
		}
		return a
	}
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
