package markdown

import (
	"fmt"
	"regexp"
	"strings"
)

// kind is what a block of Markdown is.
type kind int

const (
	none kind = iota
	para
	heading
	item
	fence
	table
)

// block is a run of source lines that is drawn in one piece.
type block struct {
	kind kind
	text string // raw lines
	line int    // 0-based line of the first
}

// key tells blocks apart that are drawn differently.
func (b block) key() string { return fmt.Sprint(int(b.kind), " ", b.text) }

var (
	headingLine = regexp.MustCompile(`^ {0,3}#{1,6}( |$)`)
	itemLine    = regexp.MustCompile(`^ *([-*+]|\d{1,9}[.)]) +\S`)
	fenceLine   = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})")
	tableRule   = regexp.MustCompile(`^ *\|?[ :|-]*-[ :|-]*$`)
)

// split cuts a text into blocks. It knows the Markdown of a chapter, not all
// of it: what it does not know is a paragraph.
func split(text string) []block {
	lines := strings.Split(text, "\n")
	var out []block
	for i := 0; i < len(lines); {
		k, n := next(lines[i:])
		if k != none {
			out = append(out, block{kind: k, text: strings.Join(lines[i:i+n], "\n"), line: i})
		}
		i += n
	}
	return out
}

// next says what block begins at the first line and how many lines it takes.
func next(lines []string) (kind, int) {
	first := lines[0]
	switch {
	case strings.TrimSpace(first) == "":
		return none, 1
	case fenceLine.MatchString(first):
		return fence, fenceEnd(lines)
	case headingLine.MatchString(first):
		return heading, 1
	case tableStart(lines):
		return table, run(lines, func(l string) bool { return !strings.Contains(l, "|") })
	case itemLine.MatchString(first):
		return item, 1 + run(lines[1:], func(l string) bool { return starts(l) || !strings.HasPrefix(l, " ") })
	}
	return para, 1 + run(lines[1:], starts)
}

// run counts lines up to a blank one or one where stop says so.
func run(lines []string, stop func(string) bool) int {
	for i, l := range lines {
		if strings.TrimSpace(l) == "" || stop(l) {
			return i
		}
	}
	return len(lines)
}

// starts says whether a line begins a block of its own after a paragraph.
func starts(l string) bool {
	return fenceLine.MatchString(l) || headingLine.MatchString(l) || itemLine.MatchString(l) || strings.HasPrefix(l, "|")
}

func tableStart(lines []string) bool {
	return len(lines) > 1 && strings.Contains(lines[0], "|") && strings.Contains(lines[1], "|") && tableRule.MatchString(lines[1])
}

// fenceEnd is the number of lines up to and with the closing fence, or to the
// end of a text still being written.
func fenceEnd(lines []string) int {
	open := fenceLine.FindStringSubmatch(lines[0])[1]
	for i, l := range lines[1:] {
		if closes(open, l) {
			return i + 2
		}
	}
	return len(lines)
}

func closes(open, line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, open) && strings.Trim(line, open[:1]) == ""
}

// closed says whether a fence has its end.
func (b block) closed() bool {
	lines := strings.Split(b.text, "\n")
	return len(lines) > 1 && closes(fenceLine.FindStringSubmatch(lines[0])[1], lines[len(lines)-1])
}
