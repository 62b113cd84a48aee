// Package field is a text the person types: one line or many, with the caret
// counted in cells so that an input method opens its window beside it.
//
// It exists beside the widgets because they count runes where the terminal
// counts cells (terminal.md §1), scroll where a long line had better wrap, and
// grow slow with pasted text. A field knows nothing of what its text means;
// marks say which characters are to be drawn otherwise.
package field

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/safetext"
)

// Limits of a field; what is beyond them is cut and Note says so.
const (
	LineLimit  = 4000 // characters of a field of one line
	TextLimit  = 400_000
	LinesLimit = 500 // lines of a field of many lines
)

// A Field is a text with a caret. The zero value is an empty field of one
// line.
type Field struct {
	// Many lets enter and pasted line feeds make lines.
	Many bool

	lines    [][]cell // never empty once used
	row, col int      // of the caret, in characters
	cut      Cut
}

// Cut says how much of the last paste or Set was more than the limits allow.
type Cut struct {
	Lines int // lines that came; 0 when nothing was cut
	Chars int // characters that came; 0 when nothing was cut
}

// A cell is one grapheme cluster with its width on the screen.
type cell struct {
	s string
	w int
}

// Set replaces the text; the caret goes to its end.
func (f *Field) Set(text string) {
	f.lines, f.row, f.col = [][]cell{nil}, 0, 0
	f.insert(text)
}

// Text is what was typed, lines joined by line feeds.
func (f *Field) Text() string {
	var b strings.Builder
	for i, l := range f.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		write(&b, l)
	}
	return b.String()
}

// Empty says whether nothing was typed.
func (f *Field) Empty() bool {
	return len(f.lines) == 0 || len(f.lines) == 1 && len(f.lines[0]) == 0
}

// Lines is the number of lines.
func (f *Field) Lines() int { return max(1, len(f.lines)) }

// Row is the line of the caret, from 0.
func (f *Field) Row() int { return f.row }

// Line is the text of line i, from 0.
func (f *Field) Line(i int) string {
	if i < 0 || i >= len(f.lines) {
		return ""
	}
	var b strings.Builder
	write(&b, f.lines[i])
	return b.String()
}

// Cut tells what the last paste lost.
func (f *Field) Cut() Cut { return f.cut }

// Home and End put the caret to the start or the end of the text.
func (f *Field) Home() { f.row, f.col = 0, 0 }

// End puts the caret behind the last character.
func (f *Field) End() {
	f.ensure()
	f.row = len(f.lines) - 1
	f.col = len(f.lines[f.row])
}

// Update types, moves and deletes; it says whether the field used the message.
func (f *Field) Update(msg tea.Msg) bool {
	f.ensure()
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.insert(msg.Content)
		return true
	case tea.KeyPressMsg:
		return f.press(msg)
	}
	return false
}

func (f *Field) ensure() {
	if len(f.lines) == 0 {
		f.lines = [][]cell{nil}
	}
}

// insert puts text at the caret, cleaned and within the limits.
func (f *Field) insert(text string) {
	f.ensure()
	text = f.clip(text)
	parts := strings.Split(text, "\n")
	line := f.lines[f.row]
	before, after := join(line[:f.col]), join(line[f.col:])
	fresh := make([][]cell, len(parts))
	for i, p := range parts {
		if i == 0 {
			p = before + p
		}
		fresh[i] = split(p)
	}
	last := len(parts) - 1
	f.col = len(fresh[last])
	if after != "" {
		fresh[last] = split(join(fresh[last]) + after)
	}
	f.lines = append(f.lines[:f.row:f.row], append(fresh, f.lines[f.row+1:]...)...)
	f.row += last
	f.col = min(f.col, len(f.lines[f.row]))
}

// clip cleans text and cuts what is over the limits, before anything slow.
func (f *Field) clip(text string) string {
	f.cut = Cut{}
	came := 1 + max(strings.Count(text, "\n"), strings.Count(text, "\r"))
	limit := LineLimit
	if f.Many {
		limit = TextLimit
	}
	room := max(0, limit-f.size())
	if len(text) > 8*room { // no character we keep is cleaned to nothing
		f.cut.Chars = len(text)
		text = strings.ToValidUTF8(text[:8*room], "")
	}
	text = safetext.Clean(text)
	if !f.Many {
		text = strings.NewReplacer("\n", " ", "\t", " ").Replace(text)
	} else {
		text = strings.ReplaceAll(text, "\t", "  ")
	}
	if r := []rune(text); len(r) > room {
		f.cut.Chars = max(f.cut.Chars, len(r))
		text = string(r[:room])
	}
	if n := strings.Count(text, "\n") + 1; f.Many && n+len(f.lines)-1 > LinesLimit {
		f.cut.Lines = came
		keep := max(1, LinesLimit-len(f.lines)+1)
		text = strings.Join(strings.SplitN(text, "\n", keep+1)[:keep], "\n")
	}
	return text
}

func (f *Field) size() int {
	n := len(f.lines) - 1
	for _, l := range f.lines {
		n += len(l)
	}
	return n
}

// split cuts a line into characters as people count them.
func split(s string) []cell {
	if s == "" {
		return nil
	}
	out := make([]cell, 0, len(s))
	for len(s) > 0 {
		seq, w, n, _ := ansi.DecodeSequence(s, 0, nil)
		if n == 0 {
			break
		}
		if w == 0 && len(out) > 0 { // a lone mark belongs to what stands before
			last := &out[len(out)-1]
			last.s += seq
		} else {
			out = append(out, cell{seq, w})
		}
		s = s[n:]
	}
	return out
}

func join(cells []cell) string {
	var b strings.Builder
	write(&b, cells)
	return b.String()
}

func write(b *strings.Builder, cells []cell) {
	for _, c := range cells {
		b.WriteString(c.s)
	}
}

// Col is the character of the caret in its line, from 0.
func (f *Field) Col() int { return f.col }
