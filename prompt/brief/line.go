package brief

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// line is a text being taken apart. Both halves have one rune a character, so
// that a place in the folded half is a place in what the user typed.
type line struct {
	src, folded []rune
	problems    Problems
}

// span is a stretch of a line: from ≤ i < to.
type span struct{ from, to int }

// opaque stands for quoted text, in which nothing is structure; quoteMark for
// the quotes around it.
const (
	opaque    = '\uE000'
	quoteMark = '\uE001'
)

// newLine folds what is structural (decisions.md 7) and hides quoted text.
func newLine(s string) *line {
	l := &line{src: []rune(s)}
	l.folded = make([]rune, len(l.src))
	for i, r := range l.src {
		l.folded[i] = foldRune(r)
	}
	for i := 0; i < len(l.folded); i++ {
		if l.folded[i] != '"' {
			continue
		}
		end := i + 1
		for end < len(l.folded) && l.folded[end] != '"' {
			end++
		}
		if end == len(l.folded) {
			break
		}
		l.folded[i], l.folded[end] = quoteMark, quoteMark
		for k := i + 1; k < end; k++ {
			l.folded[k] = opaque
		}
		i = end
	}
	return l
}

func foldRune(r rune) rune {
	switch {
	case r == '“' || r == '”':
		return '"'
	case '!' <= r && r <= '~', '一' <= r && r <= '鿿': // their own compatibility form
		return r
	case unicode.IsSpace(r):
		return ' '
	}
	if n := []rune(norm.NFKC.String(string(r))); len(n) == 1 && !(n[0] == ' ' && r != '\u3000' && r != ' ') {
		return n[0]
	}
	return r
}

func (l *line) all() span { return span{0, len(l.src)} }

// trim takes spaces off both ends.
func (l *line) trim(s span) span {
	for s.from < s.to && l.folded[s.from] == ' ' {
		s.from++
	}
	for s.to > s.from && l.folded[s.to-1] == ' ' {
		s.to--
	}
	return s
}

// text is what the user typed there, without quotes and outer spaces.
func (l *line) text(s span) string {
	var b strings.Builder
	for i := s.from; i < s.to; i++ {
		if l.folded[i] != quoteMark {
			b.WriteRune(l.src[i])
		}
	}
	return strings.TrimSpace(b.String())
}

// fold is the folded text there.
func (l *line) fold(s span) string { return strings.TrimSpace(string(l.folded[s.from:s.to])) }

// word is the folded text when it is a name made of ASCII, else the user's.
func (l *line) word(s span) string {
	f := l.fold(s)
	if f != "" && !strings.ContainsFunc(f, func(r rune) bool { return r >= 0x80 }) {
		return f
	}
	return l.text(s)
}

// index is the first of the runes in set outside brackets, -1 for none.
func (l *line) index(s span, set string) int {
	depth := 0
	for i := s.from; i < s.to; i++ {
		switch r := l.folded[i]; {
		case depth == 0 && strings.ContainsRune(set, r):
			return i
		case r == '(' || r == '{':
			depth++
		case (r == ')' || r == '}') && depth > 0:
			depth--
		}
	}
	return -1
}

// split cuts at the runes in set outside brackets; empty pieces are dropped.
func (l *line) split(s span, set string) []span {
	var out []span
	for {
		i := l.index(s, set)
		piece := s
		if i >= 0 {
			piece.to = i
		}
		if piece = l.trim(piece); piece.from < piece.to {
			out = append(out, piece)
		}
		if i < 0 {
			return out
		}
		s.from = i + 1
	}
}

// tokens are the words between spaces.
func (l *line) tokens(s span) []span { return l.split(s, " ") }

// closing is the place of the bracket that closes the one at i, -1 for none.
func (l *line) closing(i, to int) int {
	want := map[rune]rune{'(': ')', '{': '}'}[l.folded[i]]
	depth := 0
	for k := i; k < to; k++ {
		switch l.folded[k] {
		case l.folded[i]:
			depth++
		case want:
			if depth--; depth == 0 {
				return k
			}
		}
	}
	return -1
}

// complain notes a problem at place i of the line.
func (l *line) complain(i int, path, rule, format string, args ...any) {
	l.problems = append(l.problems, Problem{
		Rule: rule, Path: path, Column: i + 1, Message: fmt.Sprintf(format, args...),
	})
}
