// Package check holds a chapter against its contract, its DDL and its brief:
// the F, D, X, L and Q rules of domain.md §4, the score of §5, and the fixes.
//
//	text → structure normalised → input → rules → findings → score
//
// Rules are rows of tables, one table for each family; each looks at the same
// input and says where something is wrong. What the normaliser has to change
// before a text can be read at all is a finding too, on the line of the text
// given. Nothing here does I/O, and the same text gives the same report.
package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// Severity says whether a finding blocks delivery.
type Severity string

// The three severities of domain.md §4.
const (
	Error Severity = "error"
	Warn  Severity = "warn"
	Info  Severity = "info"
)

// Finding is one thing the checker says about a chapter (product.md §2 has its
// JSON shape).
type Finding struct {
	Rule     string          `json:"rule"`
	Severity Severity        `json:"severity"`
	Section  chapter.Section `json:"section"`
	Line     int             `json:"line"` // 1-based in the text given
	Object   string          `json:"object"`
	Message  string          `json:"message"`
	Fix      *string         `json:"fix"` // what --fix would do, or what to do; nil when nothing is known
	Safe     bool            `json:"-"`   // ✔: Fix does it without loss; else ◐: offered
	Patch    bool            `json:"-"`   // ◐ with a change that FixOne can try
}

// Report is everything known about a chapter.
type Report struct {
	Findings []Finding       `json:"findings"`
	Score    Score           `json:"score"`
	Fixed    []chapter.Fixed `json:"fixed"` // what Normalize does to the text
}

// Run checks text, with a design of its brief or without (nil).
func Run(d *design.Design, text string) Report {
	in, n := read(d, text)
	r := Report{Findings: in.findings(n), Fixed: chapter.Normalize(text).Fixed}
	if r.Fixed == nil {
		r.Fixed = []chapter.Fixed{}
	}
	r.Score = in.score(r.Findings)
	return r
}

// read makes the input of the rules; their lines are those of the text it
// holds, n knows where they came from.
func read(d *design.Design, text string) (*input, chapter.Normalized) {
	n := chapter.Structure(text)
	return newInput(d, n), n
}

// families are all rules, in the order of domain.md §4.
func families() [][]rule {
	return [][]rule{formatRules, ddlRules, crossRules, lintRules, quantityRules}
}

// Rule is a row of the tables as lists of rules show it.
type Rule struct {
	ID       string
	Severity Severity // of most of its findings
	Wording  string   // with … and n where a finding has its own words and numbers
}

// Rules lists all rules in the order of domain.md §4.
func Rules() []Rule {
	var out []Rule
	for _, family := range families() {
		for _, r := range family {
			out = append(out, Rule{r.id, r.severity, verbs.Replace(r.wording)})
		}
	}
	return out
}

// verbs shows the places of a wording that a finding fills.
var verbs = strings.NewReplacer("%s", "…", "%d", "n", "%v", "…", "%%", "%")

// findings runs every rule.
func (in *input) findings(n chapter.Normalized) []Finding {
	out := []Finding{}
	section := sections(n)
	for _, family := range families() {
		for _, r := range family {
			for _, h := range r.find(in) {
				f := r.finding(h)
				if !h.source {
					f.Line = n.Source(h.line)
				}
				if f.Section == "" {
					f.Section = section(f.Line)
				}
				out = append(out, f)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(a.Section.Number()-b.Section.Number(), a.Line-b.Line, cmp.Compare(a.Rule, b.Rule))
	})
	return out
}

// finding fills the row's words.
func (r rule) finding(h hit) Finding {
	f := Finding{Rule: r.id, Severity: r.severity, Section: h.section, Line: max(h.line, 1), Object: h.object, Message: h.wording}
	if h.severity != "" {
		f.Severity = h.severity
	}
	if f.Message == "" {
		f.Message = r.wording
		if len(h.args) > 0 {
			f.Message = fmt.Sprintf(r.wording, h.args...)
		}
	}
	if h.fix != "" {
		fix := h.fix
		f.Fix = &fix
	}
	f.Safe = len(h.edits) > 0 || h.source
	f.Patch = !f.Safe && len(h.patch) > 0
	return f
}

// sections finds the section of a line of the source: that of the nearest line
// of the chapter that came from it or from above it.
func sections(n chapter.Normalized) func(line int) chapter.Section {
	type mark struct {
		line    int
		section chapter.Section
	}
	marks := make([]mark, len(n.Origin))
	var starts []chapter.Part
	for _, p := range n.Chapter.Parts {
		if p.Section != "" {
			starts = append(starts, p)
		}
	}
	var s chapter.Section
	for i, at := range n.Origin {
		for len(starts) > 0 && starts[0].Line <= i+1 {
			s, starts = starts[0].Section, starts[1:]
		}
		marks[i] = mark{at, s}
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return a.line - b.line })
	return func(line int) chapter.Section {
		i, _ := slices.BinarySearchFunc(marks, line+1, func(m mark, l int) int { return m.line - l })
		if i == 0 {
			return ""
		}
		return marks[i-1].section
	}
}
