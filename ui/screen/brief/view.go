package brief

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/theme"
)

// wide is the width from which the panel stands beside the page.
const wide = 100

// drawing is the screen as it was last drawn; the frame asks for view and
// caret one after the other.
type drawing struct {
	done  bool
	view  string
	caret *tea.Cursor
}

// View draws the page and, on wide screens, the panel beside it.
func (m *Model) View() string {
	if !m.drawn.done {
		v, c := m.draw()
		m.drawn = drawing{true, v, c}
	}
	return m.drawn.view
}

// Cursor is where the caret of the field being typed in stands.
func (m *Model) Cursor() *tea.Cursor {
	m.View()
	if m.drawn.caret == nil {
		return nil
	}
	c := *m.drawn.caret // the frame moves it
	return &c
}

func (m *Model) draw() (string, *tea.Cursor) {
	p := m.page()
	h := max(1, m.h-1) // the last line is for the note
	left := m.w
	if m.w >= wide {
		left = m.w * 52 / 100
	}
	body, c := p.view(m, left-1, h)
	if m.w >= wide {
		panel := p.panel(m, m.w-left-4)
		body = m.theme.Beside(body, strings.Join(panel, "\n"), left, m.w-1, h)
	} else {
		body = m.theme.Box(body, m.w, h)
	}
	if c != nil && (c.X >= m.w || c.Y >= h) {
		c = nil
	}
	return body + "\n" + m.theme.Warn.Render(m.theme.Cut(" "+m.note, m.w)), c
}

// ShortHelp are the keys of the footer.
func (m *Model) ShortHelp() []key.Binding {
	return m.page().help(m)
}

// FullHelp are all keys, in columns.
func (m *Model) FullHelp() [][]key.Binding {
	l, s := m.keys.list, m.keys.step
	if m.ask != nil {
		return [][]key.Binding{m.page().help(m), {s.Board, s.Generate}}
	}
	return [][]key.Binding{
		m.page().help(m),
		{l.Up, l.PageUp, l.PageDown, l.Top, l.Bottom, l.Filter},
		{l.Add, l.Edit, l.Line, l.Copy, l.Later, l.Delete, l.Paste, l.Undo, l.Redo, l.Fix, l.Reset},
		{s.Next, s.Prev, s.NextChord, s.PrevChord, s.Jump[0], s.Generate},
	}
}

// paragraph wraps text and styles every line.
func paragraph(s string, w int, style func(...string) string) []string {
	lines := theme.Wrap(s, w)
	for i := range lines {
		lines[i] = style(lines[i])
	}
	return lines
}
