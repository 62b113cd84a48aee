package edit

import (
	"slices"
	"strings"
	"unicode"

	"dbchapter/ui/safetext"
)

// spot is a place between two characters: line and column, both from 0, the
// column in characters.
type spot struct{ line, col int }

// buffer is a text with a caret. Its methods return a changed copy; lines are
// never written in place, so that undo keeps them.
type buffer struct {
	lines [][]rune
	at    spot
}

func newBuffer(text string) buffer {
	var b buffer
	for _, l := range strings.Split(plain(text), "\n") {
		b.lines = append(b.lines, []rune(l))
	}
	return b
}

// plain is what the buffer takes: clean text, tabs as four spaces.
func plain(s string) string { return strings.ReplaceAll(safetext.Clean(s), "\t", "    ") }

func (b buffer) String() string {
	var out strings.Builder
	for i, l := range b.lines {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(string(l))
	}
	return out.String()
}

// insert puts text at the caret, which moves behind it.
func (b buffer) insert(text string) buffer { return b.replace(b.at, b.at, plain(text)) }

// replace puts text between two spots; the caret ends behind it.
func (b buffer) replace(from, to spot, text string) buffer {
	parts := strings.Split(text, "\n")
	var fresh [][]rune
	for _, p := range parts {
		fresh = append(fresh, []rune(p))
	}
	n := len(fresh) - 1
	tail := slices.Clone(b.lines[to.line][to.col:])
	fresh[0] = append(slices.Clone(b.lines[from.line][:from.col]), fresh[0]...)
	end := spot{from.line + n, len(fresh[n])}
	fresh[n] = append(fresh[n], tail...)
	lines := append(slices.Clone(b.lines[:from.line]), fresh...)
	b.lines = append(lines, b.lines[to.line+1:]...)
	b.at = end
	return b
}

// left is the spot one character back, over line ends; marks go with the
// character they belong to.
func (b buffer) left(s spot) spot {
	switch {
	case s.col > 0:
		s.col--
		for s.col > 0 && unicode.Is(unicode.M, b.lines[s.line][s.col]) {
			s.col--
		}
	case s.line > 0:
		s = spot{s.line - 1, len(b.lines[s.line-1])}
	}
	return s
}

func (b buffer) right(s spot) spot {
	line := b.lines[s.line]
	switch {
	case s.col < len(line):
		s.col++
		for s.col < len(line) && unicode.Is(unicode.M, line[s.col]) {
			s.col++
		}
	case s.line < len(b.lines)-1:
		s = spot{s.line + 1, 0}
	}
	return s
}

// wordLeft is the beginning of the word before s; Chinese counts as one
// character a word.
func (b buffer) wordLeft(s spot) spot {
	if s.col == 0 {
		return b.left(s)
	}
	line := b.lines[s.line]
	for s.col > 0 && line[s.col-1] == ' ' {
		s.col--
	}
	if s.col == 0 {
		return s
	}
	s.col--
	for s.col > 0 && wordRune(line[s.col]) && wordRune(line[s.col-1]) {
		s.col--
	}
	return s
}

func wordRune(r rune) bool {
	return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}

func (b buffer) backspace() buffer    { return b.replace(b.left(b.at), b.at, "") }
func (b buffer) deleteWord() buffer   { return b.replace(b.wordLeft(b.at), b.at, "") }
func (b buffer) deleteToHome() buffer { return b.replace(spot{b.at.line, 0}, b.at, "") }

// delete takes the character after the caret away.
func (b buffer) delete() buffer {
	from := b.at
	return b.replace(from, b.right(from), "")
}

func (b buffer) deleteToEnd() buffer {
	end := spot{b.at.line, len(b.lines[b.at.line])}
	if end == b.at {
		return b.delete()
	}
	return b.replace(b.at, end, "")
}
