package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// blockKind is what a piece of a document is.
type blockKind int

const (
	heading blockKind = iota
	paragraph
	item
	quote
	code
	grid
	rule
	picture
)

// block is one piece of a document that a web page and a Word file both know.
type block struct {
	kind   blockKind
	level  int // heading: from 1; item: depth from 0
	number int // of an ordered item, 0 for a bullet
	runs   []run
	rows   [][]cell // grid: the header first
	text   string   // code; picture: SVG of our own making
	keep   bool     // on the page of the block that follows
}

// cell is what a table has in one place.
type cell []run

// run is a stretch of text in one look; \n in it is a line break.
type run struct {
	text               string
	bold, italic, code bool
	link               string // http, https, mailto or #fragment, else ""
}

func plain(s string) []run { return []run{{text: s}} }

func headed(level int, title string) block {
	return block{kind: heading, level: level, runs: plain(title)}
}

func said(text string) block { return block{kind: paragraph, runs: plain(text)} }

// table makes a grid of plain text.
func table(header []string, rows [][]string) block {
	b := block{kind: grid}
	for _, row := range append([][]string{header}, rows...) {
		cells := make([]cell, len(row))
		for i, c := range row {
			cells[i] = plain(c)
		}
		b.rows = append(b.rows, cells)
	}
	return b
}

// text is what the runs say without their looks.
func text(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return b.String()
}

// The room of the margins of a cell in twentieths of a point; text that needs
// more than mostTwips is as good as any.
const (
	cellTwips = 170
	mostTwips = 12000
)

// charTwips is the room of a character at 9 points.
func charTwips(r rune) int {
	switch {
	case wide(r):
		return 190
	case unicode.IsUpper(r):
		return 136
	}
	return 104
}

// shares are the widths of a grid's columns, in twentieths of a point that sum
// to total, as browsers do it: every column gets what its header and its
// longest word need, and what is left goes to those whose text still wraps.
func shares(rows [][]cell, total int) []int {
	var least, most []int
	for n, row := range rows {
		for i, c := range row {
			if i == len(least) {
				least, most = append(least, 0), append(most, 0)
			}
			word, all := textTwips(text(c))
			if n == 0 {
				word = all
			}
			least[i] = max(least[i], cellTwips+min(word, mostTwips))
			most[i] = max(most[i], cellTwips+min(all, mostTwips))
		}
	}
	wish := make([]int, len(least))
	for i := range least {
		wish[i] = most[i] - least[i]
		total -= least[i]
	}
	if total < 0 || sum(wish) == 0 {
		wish = least
	}
	all, left := max(sum(wish), 1), total
	for i := range least {
		more := wish[i] * total / all
		least[i] += more
		left -= more
	}
	if len(least) > 0 {
		least[len(least)-1] += left
	}
	return least
}

func sum(n []int) int {
	all := 0
	for _, x := range n {
		all += x
	}
	return all
}

// textTwips is the room of the longest part of a text that does not break, and
// of all of it; Chinese breaks between any two characters.
func textTwips(s string) (word, all int) {
	n := 0
	for _, r := range s {
		room := charTwips(r)
		all += room
		if n += room; unicode.IsSpace(r) || wide(r) {
			word, n = max(word, room), 0
		}
		word = max(word, n)
	}
	return word, all
}

// cellWidth is the width of a text in half-width characters.
func cellWidth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if wide(r) {
			n++
		}
	}
	return n
}

// wide says whether a character takes the room of two: CJK and its full-width
// forms.
func wide(r rune) bool {
	return r >= 0x1100 && (r < 0x1160 || r >= 0x2e80 && r < 0xa4d0 || r >= 0xac00 && r < 0xd7a4 || r >= 0xf900 && r < 0xfb00 ||
		r >= 0xfe30 && r < 0xfe70 || r >= 0xff00 && r < 0xff61 || r >= 0xffe0 && r < 0xffe7 || r >= 0x1f300)
}

// printable takes out what no document may carry: control characters, and
// characters that turn the direction of the text or cannot be seen.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == utf8.RuneError, unicode.IsControl(r), r == 0xfffe, r == 0xffff, unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}
