package field

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// A Mark draws the characters From…To-1 of one line in a style.
type Mark struct {
	Line, From, To int // from 0
	Style          lipgloss.Style
}

// Look is how a field is drawn.
type Look struct {
	Width, Height int // of the box; Height 0 is as many rows as the text needs
	Text          lipgloss.Style
	Marks         []Mark
	Ghost         string // shown dim while the field is empty
	Dim           lipgloss.Style
}

// rowAt is one row of the screen: part of a line.
type rowAt struct{ line, from, to int }

// View draws the rows around the caret and says where the caret stands,
// relative to the first of them. Lines wrap at the width; no row is wider.
func (f *Field) View(look Look) (string, *tea.Cursor) {
	f.ensure()
	w := max(2, look.Width)
	rows, cy, cx := f.layout(w)
	if f.Empty() && look.Ghost != "" {
		return look.Dim.Render(clipWidth(look.Ghost, w)), tea.NewCursor(0, 0)
	}
	top := 0
	if look.Height > 0 && len(rows) > look.Height {
		top = min(max(0, cy-look.Height/2), len(rows)-look.Height)
		rows = rows[top : top+look.Height]
	}
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = f.draw(r, look)
	}
	return strings.Join(out, "\n"), tea.NewCursor(cx, cy-top)
}

// layout wraps every line and finds the caret among the rows. The caret needs
// a cell of its own: behind a full row it stands on the next.
func (f *Field) layout(w int) (rows []rowAt, cy, cx int) {
	for i, l := range f.lines {
		from, at := 0, 0
		for j := 0; j <= len(l); j++ {
			cw := 0
			if j < len(l) {
				cw = l[j].w
			}
			if at+cw > w || j == len(l) && i == f.row && at >= w {
				rows = append(rows, rowAt{i, from, j})
				from, at = j, 0
			}
			if i == f.row && j == f.col {
				cy, cx = len(rows), at
			}
			at += cw
		}
		rows = append(rows, rowAt{i, from, len(l)})
	}
	return rows, cy, cx
}

func (f *Field) draw(r rowAt, look Look) string {
	l := f.lines[r.line]
	var marks []Mark
	for _, m := range look.Marks {
		if m.Line == r.line && m.To > r.from && m.From < r.to {
			marks = append(marks, m)
		}
	}
	if len(marks) == 0 {
		return look.Text.Render(join(l[r.from:r.to]))
	}
	var b strings.Builder
	for i := r.from; i < r.to; {
		style, end := styleAt(marks, i, r.to, look.Text)
		b.WriteString(style.Render(join(l[i:end])))
		i = end
	}
	return b.String()
}

// styleAt is the style of character i and where it ends.
func styleAt(marks []Mark, i, to int, plain lipgloss.Style) (lipgloss.Style, int) {
	end := to
	for _, m := range marks {
		if m.From <= i && i < m.To {
			return m.Style, min(to, m.To)
		}
		if m.From > i {
			end = min(end, m.From)
		}
	}
	return plain, end
}

func width(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.w
	}
	return n
}

func clipWidth(s string, w int) string {
	cells := split(s)
	for i, at := 0, 0; i < len(cells); i++ {
		if at += cells[i].w; at > w {
			return join(cells[:i])
		}
	}
	return s
}
