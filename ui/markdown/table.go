package markdown

import (
	"strings"

	"dbchapter/ui/theme"
)

// table draws a table whose columns are as wide as their content or, when
// there is no room, share the width so that the highest row stays low; words
// are only broken when nothing else fits.
func (r *Renderer) table(b block, width int) []Line {
	rows := cells(b.text)
	widths := columns(rows, width-3*(len(rows[0])-1)-1)
	if widths == nil {
		return plainLines(theme.Wrap(b.text, width), 0)
	}
	var out []Line
	for i, row := range rows {
		source := i
		if i > 0 {
			source++ // the delimiter row
		}
		for _, l := range r.row(row, widths, i == 0) {
			out = append(out, Line{Text: l, Source: source})
		}
		if i == 0 {
			out = append(out, Line{Text: r.ruler(widths), Source: 1})
		}
	}
	return out
}

func (r *Renderer) row(row []string, widths []int, head bool) []string {
	height := 1
	drawn := make([][]string, len(widths))
	for j, w := range widths {
		if j < len(row) && row[j] != "" {
			drawn[j] = r.glamour(breakable(literal(escape(row[j]))), w)
		}
		height = max(height, len(drawn[j]))
	}
	bar := " " + r.theme.Dim.Render(r.theme.Glyph.Bar) + " "
	lines := make([]string, height)
	for y := range lines {
		var parts []string
		for j, w := range widths {
			text := ""
			if y < len(drawn[j]) {
				text = drawn[j][y]
			}
			text = r.theme.Fit(text, w)
			if head {
				text = r.theme.Bold.Render(text)
			}
			parts = append(parts, text)
		}
		lines[y] = trimRight(" " + strings.Join(parts, bar))
	}
	return lines
}

func (r *Renderer) ruler(widths []int) string {
	var parts []string
	for _, w := range widths {
		parts = append(parts, strings.Repeat(r.theme.Glyph.Rule, w))
	}
	rule := r.theme.Glyph.Rule
	return r.theme.Dim.Render(rule + strings.Join(parts, rule+r.cross()+rule))
}

func (r *Renderer) cross() string {
	if r.theme.ASCII {
		return "+"
	}
	return "┼"
}

// escape keeps the start of a cell from being read as a list or a heading.
func escape(cell string) string {
	if headingLine.MatchString(cell) || itemLine.MatchString(cell) || cell == "-" || strings.HasPrefix(cell, ">") {
		return `\` + cell
	}
	return cell
}

// cells splits the rows of a table, without the delimiter row; `\|` does not
// separate.
func cells(text string) [][]string {
	var rows [][]string
	for i, l := range strings.Split(text, "\n") {
		if i == 1 {
			continue
		}
		l = strings.ReplaceAll(strings.TrimSpace(l), `\|`, "\x00")
		l = strings.TrimSuffix(strings.TrimPrefix(l, "|"), "|")
		var row []string
		for _, c := range strings.Split(l, "|") {
			row = append(row, strings.TrimSpace(strings.ReplaceAll(c, "\x00", "|")))
		}
		rows = append(rows, row)
	}
	return rows
}

// columns shares avail cells among the columns of the head; nil when there is
// no sensible way.
func columns(rows [][]string, avail int) []int {
	n := len(rows[0])
	natural, least := make([]int, n), make([]int, n)
	sumNatural, sumLeast := 0, 0
	for j := range n {
		natural[j], least[j] = 1, 1
		for _, row := range rows {
			if j < len(row) {
				natural[j] = max(natural[j], theme.Width(row[j]))
				least[j] = max(least[j], longest(row[j]))
			}
		}
		sumNatural += natural[j]
		sumLeast += least[j]
	}
	switch {
	case sumNatural <= avail:
		return natural
	case 4*n > avail:
		return nil
	}
	for sumLeast > avail { // break the longest words first
		j := 0
		for k := range least {
			if least[k] > least[j] {
				j = k
			}
		}
		least[j]--
		sumLeast--
	}
	for ; sumLeast < avail; sumLeast++ { // widen where most lines are saved
		j := 0
		for k := range least {
			if natural[k]*least[j] > natural[j]*least[k] {
				j = k
			}
		}
		least[j]++
	}
	return least
}

// short is the width up to which a cell stays on one line.
const short = 10

// longest is the width of the longest piece that should not be broken.
func longest(cell string) int {
	n := 0
	if w := theme.Width(cell); w <= short {
		return w
	}
	for _, w := range strings.Fields(cell) {
		run := 0
		for _, r := range w {
			if theme.Wide(r) {
				n, run = max(n, run, 4), 0
				continue
			}
			run++
		}
		n = max(n, run)
	}
	return n
}
