package chapter

import (
	"fmt"
	"strings"
)

// line is one line of the text with the line of the input it came from.
type line struct {
	text string
	at   int
}

// part of a line in respect to code blocks.
type place int8

const (
	prose place = iota
	fenceOpen
	code
	fenceClose
)

// places says for every line whether it stands in a code block.
func (n *normalizer) places() []place {
	out := make([]place, len(n.lines))
	texts := make([]string, len(n.lines))
	for i, l := range n.lines {
		texts[i] = l.text
	}
	for i := 0; i < len(texts); i++ {
		m := fenceMark(texts[i])
		if m == nil {
			continue
		}
		end, closed := closeOf(texts, i+1, m[1])
		out[i] = fenceOpen
		for j := i + 1; j < end; j++ {
			out[j] = code
		}
		if closed {
			out[end] = fenceClose
			end++
		}
		i = end - 1
	}
	return out
}

// span is a stretch of lines [from, to).
type span struct{ from, to int }

// title is a heading outside code blocks.
type title struct {
	index, level int
	text         string
}

// titles lists the headings of the text.
func (n *normalizer) titles() []title {
	var out []title
	for i, p := range n.places() {
		if p != prose {
			continue
		}
		if m := headingLine.FindStringSubmatch(n.lines[i].text); m != nil {
			out = append(out, title{i, len(m[1]), m[2]})
		}
	}
	return out
}

// set writes a heading.
func (n *normalizer) setTitle(t title, level int, text string) {
	n.lines[t.index].text = strings.Repeat("#", level) + " " + text
}

// replace puts lines in the place of a span.
func (n *normalizer) replace(s span, with ...line) {
	out := append([]line{}, n.lines[:s.from]...)
	out = append(out, with...)
	n.lines = append(out, n.lines[s.to:]...)
}

// section is the span of the lines under a section's heading, heading
// excluded.
func (n *normalizer) section(s Section) (span, bool) {
	ts := n.titles()
	for i, t := range ts {
		if t.level != 3 || t.text != s.Title() {
			continue
		}
		to := len(n.lines)
		for _, u := range ts[i+1:] {
			if u.level <= 3 {
				to = u.index
				break
			}
		}
		return span{t.index + 1, to}, true
	}
	return span{}, false
}

// subsection is the span of the lines under the first subsection with that
// title inside a section.
func (n *normalizer) subsection(s Section, name string) (span, bool) {
	in, ok := n.section(s)
	if !ok {
		return span{}, false
	}
	ts := n.titles()
	for i, t := range ts {
		if t.level != 4 || t.text != name || t.index < in.from || t.index >= in.to {
			continue
		}
		to := in.to
		if i+1 < len(ts) && ts[i+1].level <= 4 {
			to = ts[i+1].index
		} else if next := nextAt(ts[i+1:], 4); next >= 0 {
			to = min(to, next)
		}
		return span{t.index + 1, to}, true
	}
	return span{}, false
}

// nextAt is the line of the next heading of that level or above, -1 for none.
func nextAt(ts []title, level int) int {
	for _, t := range ts {
		if t.level <= level {
			return t.index
		}
	}
	return -1
}

// cut shortens a text for a message.
func cut(s string, runes int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= runes {
		return string(r)
	}
	return string(r[:runes]) + "…"
}

func quoted(s string) string { return fmt.Sprintf("「%s」", s) }
