package edit

import (
	"dbchapter/ui/theme"
)

// row is one line on the screen: a part of a line of the text.
type row struct {
	line     int
	from, to int // columns of the line
}

// rows wraps the whole text to a width. A break stands where Chinese and
// English may break, so that a bullet stays with its text; nothing is dropped,
// a space at the end of a row belongs to it.
func (b buffer) rows(width int) []row {
	var out []row
	for i, l := range b.lines {
		for _, r := range wrap(l, max(2, width)) {
			out = append(out, row{i, r[0], r[1]})
		}
	}
	return out
}

func wrap(line []rune, width int) [][2]int {
	var out [][2]int
	from, used, last := 0, 0, 0 // last: where the row may break
	for i := 0; i < len(line); i++ {
		w := cells(line[i])
		if i > from && theme.CanBreak(line[i-1], line[i]) {
			last = i
		}
		if used+w > width && line[i] != ' ' {
			if last <= from {
				last = i
			}
			out = append(out, [2]int{from, last})
			from = last
			used = 0
			for _, r := range line[from:i] {
				used += cells(r)
			}
		}
		used += w
	}
	return append(out, [2]int{from, len(line)})
}

// cells is the width of one character.
func cells(r rune) int {
	switch {
	case r < 0x7f:
		return 1
	case theme.Wide(r):
		return 2
	}
	return theme.Width(string(r))
}

// where finds the row and the cell of a spot. At a break the spot belongs to
// the row that begins there.
func (b buffer) where(rows []row, s spot) (y, x int) {
	for i, r := range rows {
		if r.line != s.line || s.col < r.from {
			continue
		}
		lastOfLine := i == len(rows)-1 || rows[i+1].line != r.line
		if s.col < r.to || lastOfLine {
			for _, c := range b.lines[r.line][r.from:s.col] {
				x += cells(c)
			}
			return i, x
		}
	}
	return 0, 0
}

// spotAt is the spot nearest to a cell of a row.
func (b buffer) spotAt(rows []row, y, x int) spot {
	y = max(0, min(y, len(rows)-1))
	r := rows[y]
	used := 0
	for i := r.from; i < r.to; i++ {
		w := cells(b.lines[r.line][i])
		if used+w > x {
			return spot{r.line, i}
		}
		used += w
	}
	// The end of a row that goes on is the beginning of the next: stay on it.
	if y+1 < len(rows) && rows[y+1].line == r.line && r.to > r.from {
		return spot{r.line, r.to - 1}
	}
	return spot{r.line, r.to}
}
