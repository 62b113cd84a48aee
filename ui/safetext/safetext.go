// Package safetext is the boundary between text that came from outside (a
// model, a server, a file, the clipboard, the environment) and the terminal:
// nothing passes it as a control sequence, and what hides is made visible
// (product.md §5, promise 5).
//
// Clean goes before rendering and into everything kept; FilterANSI goes after
// a renderer, because renderers decode entities into live control characters.
package safetext

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks one base character may carry.
const maxMarks = 8

// Clean makes s valid UTF-8 with LF line ends and without control characters:
// C0 become control pictures, C1 U+FFFD, invisible and bidirectional
// characters a visible ⟨U+202E⟩. Line feeds and tabs stay. It is idempotent.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	marks, prev := 0, rune(0)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+n:])
		i += n
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		if r == '\r' {
			if next != '\n' {
				b.WriteByte('\n')
			}
			prev = '\n'
			continue
		}
		write(&b, prev, r, next)
		prev = r
	}
	return b.String()
}

// Line is Clean for labels, names and error texts: line feeds and tabs become
// single spaces.
func Line(s string) string {
	return strings.Join(strings.Fields(Clean(s)), " ")
}

// Short is Line cut to at most n characters, with … where it was cut.
func Short(s string, n int) string {
	r := []rune(Line(s))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:max(0, n-1)]) + "…"
}

// FilterANSI keeps of rendered text what a preview needs: printable
// characters, line feeds and colour sequences (CSI … m without blink and
// conceal). Tabs become four spaces; hyperlinks and the rest are dropped.
func FilterANSI(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	p := ansi.NewParser()
	state := byte(0)
	for len(s) > 0 {
		seq, width, n, next := ansi.DecodeSequence(s, state, p)
		switch {
		case seq == "\n":
			b.WriteByte('\n')
		case seq == "\t":
			b.WriteString("    ")
		case colour(seq):
			b.WriteString(seq)
		case width > 0 || printable(seq):
			b.WriteString(strings.Map(inLine, Clean(seq)))
		}
		s, state = s[n:], next
	}
	return b.String()
}

// inLine drops what would end a line or jump in it.
func inLine(r rune) rune {
	if r == '\n' || r == '\t' {
		return -1
	}
	return r
}

// plain is the fast way: nothing to do for ASCII and ordinary Chinese.
func plain(s string) bool {
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || r >= ' ' && r < 0x7f:
		case r >= 0x4e00 && r <= 0x9fff || r >= 0x3001 && r <= 0x303f || r >= 0xff01 && r <= 0xff5e:
		case r == '·' || r == '—' || r == '“' || r == '”' || r == '…':
		default:
			return false
		}
	}
	return true
}

func write(b *strings.Builder, prev, r, next rune) {
	switch {
	case r == '\n' || r == '\t':
		b.WriteRune(r)
	case r < 0x20:
		b.WriteRune(0x2400 + r)
	case r == 0x7f:
		b.WriteRune(0x2421)
	case r >= 0x80 && r < 0xa0:
		b.WriteRune(utf8.RuneError)
	case joins(prev, r, next):
		b.WriteRune(r)
	case hidden(r):
		fmt.Fprintf(b, "⟨U+%04X⟩", r)
	default:
		b.WriteRune(r)
	}
}

// hidden says whether a character takes no ink: format characters, separators
// that are not spaces, variation selectors, fillers, tags.
func hidden(r rune) bool {
	switch {
	case unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector):
		return true
	case r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0:
		return true
	}
	return false
}

// joins allows a joiner or a variation selector inside an emoji.
func joins(prev, r, next rune) bool {
	switch r {
	case 0x200d:
		return emoji(prev) && emoji(next)
	case 0xfe0e, 0xfe0f:
		return emoji(prev)
	}
	return false
}

func emoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2600 && r <= 0x27bf || r == 0xfe0f
}

// colour says whether seq is a style change without blink (5, 6) or conceal
// (8).
func colour(seq string) bool {
	body, ok := strings.CutPrefix(seq, "\x1b[")
	if !ok {
		return false
	}
	body, ok = strings.CutSuffix(body, "m")
	if !ok {
		return false
	}
	params := strings.FieldsFunc(body, func(r rune) bool { return r == ';' || r == ':' })
	for i := 0; i < len(params); i++ {
		p := params[i]
		if strings.Trim(p, "0123456789") != "" {
			return false
		}
		switch p {
		case "5", "6", "8":
			return false
		case "38", "48", "58": // extended colours: 5;n or 2;r;g;b follow
			i += extended(params[i+1:])
		}
	}
	return true
}

func extended(params []string) int {
	if len(params) == 0 {
		return 0
	}
	if params[0] == "2" {
		return min(4, len(params))
	}
	return min(2, len(params))
}

// printable says whether a sequence of no width still is text: a lone mark or
// an invisible character that Clean will show.
func printable(seq string) bool {
	r, n := utf8.DecodeRuneInString(seq)
	return n > 0 && r != utf8.RuneError && r >= 0xa0
}
