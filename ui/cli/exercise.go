package cli

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// mistake is something reviewers overlook: what is put in place of what, and
// why it is wrong.
type mistake struct {
	find  *regexp.Regexp
	put   string
	about string
}

// mistakes are the ten of the exercise, two of a kind at most, in the order of
// the chapter.
func mistakes() []mistake {
	return []mistake{
		{regexp.MustCompile(`payments, refunds, outbox_events`), "payments, outbox_events", "表 refunds 没有出现在实例规划里"},
		{regexp.MustCompile(`nickname VARCHAR\(50\)`), "nickname VARCHAR", "VARCHAR 没有长度，建不了表"},
		{regexp.MustCompile(`\(plate_no, plate_color, delete_token\)`), "(plate_no, plate_colour, delete_token)", "唯一索引用了不存在的列"},
		{regexp.MustCompile(`(CREATE TABLE parking_sessions \(\n    id BIGINT PRIMARY KEY)`), "${1} AUTO_INCREMENT", "分片表用了自增主键，各库会重复"},
		{regexp.MustCompile(`pay_amount DECIMAL\(18,2\)`), "pay_amount DOUBLE", "金额用了浮点数，对不上账"},
		{regexp.MustCompile(`按车牌号plate_no哈希分库`), "按车牌号car_no哈希分库", "分片键不是表里的列"},
		{regexp.MustCompile(`(4个库 \(parking_db_0, parking_db_1, parking_db_2), parking_db_3\)`), "${1})", "说 4 个库，只列出 3 个"},
		{regexp.MustCompile(`(KEY: bill:info:\{bill_no\}\nVALUE: [^\n]*\n)TTL: [^\n]*\n`), "${1}", "缓存没有过期时间"},
		{regexp.MustCompile(`- \*\*延迟监控\*\*：[^\n]*\n`), "", "主从同步没有说怎么监控延迟"},
		{regexp.MustCompile(`- \*\*恢复测试\*\*：[^\n]*\n`), "", "备份没有说怎么验证能恢复"},
	}
}

// plant is a mistake in its place, with what the checker says about it.
type plant struct {
	mistake
	section  chapter.Section
	line     int // in the exercise
	findings []check.Finding
}

// rules are the ids of its findings, each once.
func (p plant) rules() []string {
	var ids []string
	for _, f := range p.findings {
		if !slices.Contains(ids, f.Rule) {
			ids = append(ids, f.Rule)
		}
	}
	return ids
}

// planted puts every mistake into a right chapter. What the checker says about
// one is found out by planting it alone: nothing is written down twice.
func planted(d *design.Design, right string) ([]plant, string) {
	before := keys(check.Run(d, right).Findings)
	wrong := right
	var plants []plant
	for _, m := range mistakes() {
		alone, ok := m.into(right)
		if !ok {
			continue
		}
		p := plant{mistake: m}
		for _, f := range check.Run(d, alone).Findings {
			if !slices.Contains(before, key(f)) {
				p.findings = append(p.findings, f)
			}
		}
		plants = append(plants, p)
		wrong, _ = m.into(wrong)
	}
	all := check.Run(d, wrong).Findings
	parsed := chapter.Parse(wrong)
	for i := range plants {
		p := &plants[i]
		for n, f := range p.findings {
			for _, g := range all {
				if key(f) == key(g) {
					p.findings[n] = g
				}
			}
		}
		if len(p.findings) > 0 {
			p.line = p.findings[0].Line
			p.section = parsed.At(p.line)
		}
	}
	return plants, wrong
}

// into plants one mistake at the first place that fits.
func (m mistake) into(text string) (string, bool) {
	at := m.find.FindStringSubmatchIndex(text)
	if at == nil {
		return text, false
	}
	put := m.find.ExpandString(nil, m.put, text, at)
	return text[:at[0]] + string(put) + text[at[1]:], true
}

// key names a finding without its line, which moves.
func key(f check.Finding) string { return f.Rule + " " + f.Object + " " + f.Message }

func keys(findings []check.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, key(f))
	}
	return out
}

// graded is what of the exercise was found.
type graded struct {
	found   []bool
	surplus int // answers that fit no mistake, or errors that were not there
}

func (g graded) score() int {
	n := 0
	for _, f := range g.found {
		if f {
			n++
		}
	}
	return n
}

// grade reads an answer: a chapter, or lines with numbers and rules.
func (x exercise) grade(answer string) graded {
	g := graded{found: make([]bool, len(x.plants))}
	if d := readDocument([]byte(answer)); slices.ContainsFunc(chapter.Parse(d.chapter).Parts, func(p chapter.Part) bool { return p.Section != "" }) {
		x.gradeChapter(&g, d.chapter)
		return g
	}
	for line := range strings.Lines(answer) {
		if fields := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\r\n,，:：", r) }); len(fields) > 0 {
			x.gradeLine(&g, fields)
		}
	}
	return g
}

// gradeChapter counts the mistakes that are gone, and errors that are new.
func (x exercise) gradeChapter(g *graded, text string) {
	before := keys(check.Run(&x.design, x.wrong).Findings)
	now := check.Run(&x.design, text).Findings
	left := keys(now)
	for i, p := range x.plants {
		g.found[i] = !slices.ContainsFunc(p.findings, func(f check.Finding) bool { return slices.Contains(left, key(f)) })
	}
	for _, f := range now {
		if f.Severity == check.Error && !slices.Contains(before, key(f)) {
			g.surplus++
		}
	}
}

// gradeLine credits the first mistake that a line of an answer fits: a number
// is a line of the exercise, give or take one; a word is a rule.
func (x exercise) gradeLine(g *graded, fields []string) {
	for i, p := range x.plants {
		for _, f := range fields {
			n, err := strconv.Atoi(f)
			byLine := err == nil && slices.ContainsFunc(p.findings, func(q check.Finding) bool { return max(q.Line-n, n-q.Line) <= 1 })
			byRule := err != nil && slices.Contains(p.rules(), strings.ToUpper(f))
			if !g.found[i] && (byLine || byRule) {
				g.found[i] = true
				return
			}
		}
	}
	g.surplus++
}
