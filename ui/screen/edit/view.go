package edit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/screen"
)

// Head names the section.
func (m Model) Head() screen.Head {
	return screen.Head{Step: 7, Title: m.words.T("edit.title", m.section.Title()), Done: []int{1, 2, 3, 4, 5, 6}}
}

// room is how many rows of text are shown; line how wide they are.
func (m Model) room() int { return max(1, m.height-2) }
func (m Model) line() int { return max(2, m.width-3) }

// follow scrolls so that the caret is shown.
func (m Model) follow() Model {
	rows := m.text.rows(m.line())
	y, _ := m.text.where(rows, m.text.at)
	m.top = min(max(m.top, y-m.room()+1), y)
	return m
}

// View is the text and a line with the place, or the question.
func (m Model) View() string {
	t := m.theme
	rows := m.text.rows(m.line())
	var out []string
	for i := m.top; i < min(len(rows), m.top+m.room()); i++ {
		out = append(out, " "+m.row(rows[i]))
	}
	foot := t.Dim.Render(m.words.T("edit.place", m.text.at.line+1, len(m.text.lines)))
	if m.asking {
		foot = t.Warn.Render(m.words.T("edit.unsaved"))
	}
	return t.Box(strings.Join(out, "\n"), m.width, m.room()) + "\n" + t.Rule(m.width) + "\n" + t.Fit(" "+foot, m.width)
}

// row draws headings and fences so that the structure is seen.
func (m Model) row(r row) string {
	line := m.text.lines[r.line]
	text := string(line[r.from:r.to])
	switch s := string(line); {
	case strings.HasPrefix(s, "#"):
		return m.theme.Title.Render(text)
	case strings.HasPrefix(s, "```"):
		return m.theme.Dim.Render(text)
	}
	return text
}

// Cursor is the caret in the text.
func (m Model) Cursor() *tea.Cursor {
	if m.asking {
		return nil
	}
	y, x := m.text.where(m.text.rows(m.line()), m.text.at)
	return tea.NewCursor(x+1, y-m.top)
}
