package save

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/caret"
	"dbchapter/ui/diff"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// Head names the step.
func (m Model) Head() screen.Head { return screen.Head{Step: 8, Done: []int{1, 2, 3, 4, 5, 6, 7}} }

// View is the path, or the question with what would change.
func (m Model) View() string {
	view, _ := caret.Extract(m.render())
	return view
}

// Cursor is the caret of the path field.
func (m Model) Cursor() *tea.Cursor {
	if m.phase != typing {
		return nil
	}
	_, c := caret.Extract(m.render())
	return c
}

func (m Model) render() string {
	out := m.target()
	switch {
	case m.phase == asking:
		out = m.question()
	case m.phase != typing:
		out = append(out, "", "   "+m.Theme.Dim.Render(m.Words.T("save.busy")))
	}
	if m.wrong != "" {
		out = append(out, "")
		for _, l := range theme.Wrap(safetext.Line(m.wrong), m.width-6) {
			out = append(out, "   "+m.Theme.Error.Render(l))
		}
	}
	return m.Theme.Box(strings.Join(out, "\n"), m.width, m.height)
}

func (m Model) target() []string {
	t, w := m.Theme, m.Words
	modes := []string{"save.file", "save.into"}
	at := 0
	if m.into {
		at = 1
	}
	line := "   "
	for i, k := range modes {
		label := w.T(k)
		if i == at {
			line += t.Accent.Render(t.Glyph.Pointer) + " " + t.Bold.Render(label) + "    "
		} else {
			line += "  " + t.Dim.Render(label) + "    "
		}
	}
	out := []string{"", line, "", "   " + t.Accent.Render(t.Glyph.Bar) + " " + m.field.View(), ""}
	for _, l := range theme.Wrap(w.T(modes[at]+".note"), m.width-6) {
		out = append(out, "   "+t.Dim.Render(l))
	}
	return out
}

// question shows what would change in a file that is there.
func (m Model) question() []string {
	t := m.Theme
	added, deleted := diff.Count(m.rows)
	title := t.Title.Render(m.Words.T("save.exists", safetext.Line(m.plan.Path)))
	lines := diff.View(t, m.rows, m.width-2)
	n := max(1, m.height-4)
	from := max(0, min(m.offset, len(lines)-n))
	out := []string{t.Spread(" "+title, t.Dim.Render(fmt.Sprintf("+%d -%d ", added, deleted)), m.width), ""}
	for _, l := range lines[from:min(len(lines), from+n)] {
		out = append(out, " "+l)
	}
	return append(out, "", " "+t.Warn.Render(m.Words.T("save.ask")))
}
