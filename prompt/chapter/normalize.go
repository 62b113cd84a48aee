package chapter

import (
	"fmt"
	"slices"
	"strings"
)

// Fixed is one step of the normaliser that changed something.
type Fixed struct {
	Step    string `json:"step"` // N1…N16; a rule of the checker when --fix mended it
	Line    int    `json:"line"` // 1-based in the text given
	Message string `json:"message"`
	Rule    string `json:"rule,omitempty"` // of the checker that finds this in the raw text: F015
	Object  string `json:"object,omitempty"`
	Args    []any  `json:"-"` // for the wording of that rule
	Found   string `json:"-"` // what is wrong with the raw text, where that wording does not fit
}

// Normalized is a text brought to the contract, what was done to it, and the
// sentences that do not belong in a chapter but must not be lost.
type Normalized struct {
	Chapter Chapter
	Fixed   []Fixed
	Notes   []string
	// Origin is the line of the text given for each line of the chapter.
	Origin []int
}

// Source is the line of the text given that a line of the chapter came from;
// both are 1-based.
func (n Normalized) Source(line int) int {
	if line < 1 || len(n.Origin) == 0 {
		return max(line, 1)
	}
	return n.Origin[min(line, len(n.Origin))-1]
}

// A step is one row of domain.md §2.4.
type step struct {
	id    string
	apply func(*normalizer)
}

// steps run in this order, which is not that of their numbers: fences are
// closed before anything looks inside or outside of them, headings are known
// before what hangs on them, SQL is mended before its comments are read, and
// the end of the last section is looked at again once it is the last.
var steps = []step{
	{"N1", (*normalizer).clean},
	{"N2", (*normalizer).unwrap},
	{"N11", (*normalizer).closeFences},
	{"N4", (*normalizer).shiftHeadings},
	{"N5", (*normalizer).undecorate},
	{"N6", (*normalizer).renameHeadings},
	{"N15", (*normalizer).relevel},
	{"N3", (*normalizer).takeNotes},
	{"N10", (*normalizer).nameLanguages},
	{"N13", (*normalizer).mendSQL},
	{"N7", (*normalizer).titleTables},
	{"N7", (*normalizer).titleShards},
	{"N8", (*normalizer).formBullets},
	{"N9", (*normalizer).formInstances},
	{"N15", (*normalizer).reorder},
	{"N14", (*normalizer).splitTables},
	{"N12", (*normalizer).formCache},
	{"N3", (*normalizer).takeTail},
	{"N16", (*normalizer).spaceOut},
}

// Normalize applies N1…N16 of domain.md §2.4.
func Normalize(text string) Normalized { return normalize(text, true) }

// Structure applies the same steps but leaves the SQL as it was written (no
// N13), for a checker that wants to point at what is wrong there.
func Structure(text string) Normalized { return normalize(text, false) }

// passes bound how often the steps run: on texts that are broken in several
// places one step may make work for an earlier one.
const passes = 5

func normalize(text string, sql bool) Normalized {
	n := normalizer{}
	if text != "" {
		for i, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
			n.lines = append(n.lines, line{l, i + 1})
		}
	}
	for range passes {
		before := slices.Clone(n.lines)
		n.pass(sql)
		if slices.EqualFunc(before, n.lines, func(a, b line) bool { return a.text == b.text }) {
			break
		}
	}
	return n.result()
}

func (n *normalizer) pass(sql bool) {
	for _, s := range steps {
		if s.id == "N13" && !sql {
			continue
		}
		n.step = s.id
		s.apply(n)
	}
}

// normalizer is a text while it is being normalised.
type normalizer struct {
	lines []line
	step  string
	out   Normalized
}

// fixed notes a change that the checker reports as rule about object; args
// fill the wording of that rule.
func (n *normalizer) fixed(at int, rule, object, message string, args ...any) {
	n.out.Fixed = append(n.out.Fixed, Fixed{Step: n.step, Line: at, Message: message, Rule: rule, Object: object, Args: args})
}

// found says what is wrong with the raw text in words of its own.
func (n *normalizer) found(format string, args ...any) {
	n.out.Fixed[len(n.out.Fixed)-1].Found = fmt.Sprintf(format, args...)
}

// note keeps lines that leave the chapter; under is the heading they stood
// below, "" when that says nothing.
func (n *normalizer) note(lines []line, under string) {
	var kept []string
	for _, l := range lines {
		t := strings.TrimSpace(l.text)
		for strings.HasPrefix(t, ">") {
			t = strings.TrimSpace(t[1:])
		}
		if t != "" && !breakLine.MatchString(t) {
			kept = append(kept, t)
		}
	}
	if len(kept) > 0 {
		if under != "" {
			kept[0] = under + "：" + kept[0]
		}
		n.out.Notes = append(n.out.Notes, strings.Join(kept, "\n"))
	}
}

func (n *normalizer) result() Normalized {
	var b strings.Builder
	for _, l := range n.lines {
		b.WriteString(l.text + "\n")
		n.out.Origin = append(n.out.Origin, l.at)
	}
	n.out.Chapter = Parse(b.String())
	return n.out
}
