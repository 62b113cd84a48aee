package ui

import (
	"strings"
)

// The markers between which a chapter stands in a larger document.
const (
	MarkBegin = "<!-- dbchapter:begin -->"
	MarkEnd   = "<!-- dbchapter:end -->"
)

// Into puts a chapter between the markers of a larger document, or appends
// them; its headings are shifted to fit under the heading above the marker.
// Everything outside the markers stays byte for byte (product.md §2).
func Into(doc, chapter string) string {
	eol := "\n"
	if strings.Contains(doc, "\r\n") {
		eol = "\r\n"
	}
	before, after, ok := around(doc)
	if !ok {
		before = doc
		if before != "" && !strings.HasSuffix(before, "\n") {
			before += eol
		}
		if before != "" {
			before += eol
		}
		after = eol
	}
	body := shift(strings.TrimRight(chapter, "\n"), depth(before)-2)
	inside := MarkBegin + "\n" + body + "\n" + MarkEnd
	return before + strings.ReplaceAll(inside, "\n", eol) + after
}

// around is what stands before the first begin marker and after its end.
func around(doc string) (before, after string, ok bool) {
	i := strings.Index(doc, MarkBegin)
	if i < 0 {
		return "", "", false
	}
	j := strings.Index(doc[i:], MarkEnd)
	if j < 0 {
		return "", "", false
	}
	return doc[:i], doc[i+j+len(MarkEnd):], true
}

// depth is the level of the last heading; 2 when there is none, so that a
// chapter keeps its own levels.
func depth(text string) int {
	level, code := 2, false
	for _, l := range strings.Split(text, "\n") {
		if strings.HasPrefix(l, "```") || strings.HasPrefix(l, "~~~") {
			code = !code
		}
		if n := heading(l); n > 0 && !code {
			level = n
		}
	}
	return level
}

// heading is the level of an ATX heading, 0 for another line.
func heading(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "#"))
	if n < 1 || n > 6 || len(strings.TrimRight(line, "\r")) > n && line[n] != ' ' {
		return 0
	}
	return n
}

// shift moves every heading outside code blocks by some levels, within 1…6.
func shift(text string, by int) string {
	lines := strings.Split(text, "\n")
	code := false
	for i, l := range lines {
		if strings.HasPrefix(l, "```") || strings.HasPrefix(l, "~~~") {
			code = !code
		}
		if n := heading(l); n > 0 && !code {
			lines[i] = strings.Repeat("#", max(1, min(6, n+by))) + l[n:]
		}
	}
	return strings.Join(lines, "\n")
}

// shellQuote puts a word in single quotes.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
