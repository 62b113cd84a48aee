package diff

import (
	"strings"

	"dbchapter/ui/safetext"
	"dbchapter/ui/theme"
)

// wide is the width from which two columns are shown.
const wide = 100

// context is how many unchanged lines are kept around a change.
const context = 3

// View draws a comparison in lines of width cells; runs of unchanged lines are
// folded to what stands around a change.
func View(t theme.Theme, rows []Row, width int) []string {
	rows = fold(clean(rows))
	if width >= wide {
		return columns(t, rows, width)
	}
	return unified(t, rows, width)
}

// skip marks folded lines.
const skip = Op(-1)

func clean(rows []Row) []Row {
	out := make([]Row, len(rows))
	for i, r := range rows {
		out[i] = Row{r.Op, strings.ReplaceAll(safetext.Clean(r.Text), "\t", "    ")}
	}
	return out
}

func fold(rows []Row) []Row {
	near := make([]bool, len(rows))
	for i, r := range rows {
		if r.Op == Same {
			continue
		}
		for k := max(0, i-context); k <= min(len(rows)-1, i+context); k++ {
			near[k] = true
		}
	}
	var out []Row
	for i, r := range rows {
		switch {
		case near[i]:
			out = append(out, r)
		case i == 0 || near[i-1]:
			out = append(out, Row{Op: skip})
		}
	}
	return out
}

func unified(t theme.Theme, rows []Row, width int) []string {
	var out []string
	for _, r := range rows {
		if r.Op == skip {
			out = append(out, t.Dim.Render("  "+t.Glyph.Ellipsis))
			continue
		}
		style, sign := t.Plain, "  "
		switch r.Op {
		case Add:
			style, sign = t.Add, "+ "
		case Del:
			style, sign = t.Del, "- "
		}
		for i, l := range theme.Wrap(r.Text, width-2) {
			if i > 0 {
				sign = "  "
			}
			out = append(out, style.Render(sign+l))
		}
	}
	return out
}

// columns pairs deleted with added lines of the same change.
func columns(t theme.Theme, rows []Row, width int) []string {
	half := (width - 3) / 2
	var out []string
	for i := 0; i < len(rows); {
		switch rows[i].Op {
		case skip:
			out = append(out, t.Dim.Render("  "+t.Glyph.Ellipsis))
			i++
		case Same:
			out = append(out, pair(t, rows[i].Text, rows[i].Text, half, Same)...)
			i++
		default:
			var a, b []string
			for i < len(rows) && (rows[i].Op == Del || rows[i].Op == Add) {
				if rows[i].Op == Del {
					a = append(a, rows[i].Text)
				} else {
					b = append(b, rows[i].Text)
				}
				i++
			}
			for k := range max(len(a), len(b)) {
				out = append(out, pair(t, at(a, k), at(b, k), half, Del)...)
			}
		}
	}
	return out
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func pair(t theme.Theme, left, right string, half int, op Op) []string {
	a, b := theme.Wrap(left, half-2), theme.Wrap(right, half-2)
	ls, rs, lsign, rsign := t.Plain, t.Plain, "  ", "  "
	if op != Same {
		ls, rs = t.Del, t.Add
		if left != "" {
			lsign = "- "
		}
		if right != "" {
			rsign = "+ "
		}
	}
	bar := " " + t.Dim.Render(t.Glyph.Bar) + " "
	var out []string
	for i := range max(len(a), len(b)) {
		if i > 0 {
			lsign, rsign = "  ", "  "
		}
		out = append(out, ls.Render(t.Fit(lsign+at(a, i), half))+bar+rs.Render(rsign+at(b, i)))
	}
	return out
}
