package start

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/caret"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// row is one door.
type row struct {
	door screen.Door
	arg  string
	note string
}

// rows are the doors, with the interrupted work first.
func (m Model) rows() []row {
	w := m.Words
	var out []row
	if len(m.drafts) > 0 && m.drafts[0].Open {
		d := m.drafts[0]
		note := w.T("start.resume.note", safetext.Line(d.Name), d.Step, d.Age)
		out = append(out, row{screen.DoorResume, d.ID, note})
	}
	var names []string
	for _, p := range m.Presets {
		names = append(names, w.T("preset."+p.ID))
	}
	return append(
		out,
		row{screen.DoorQuick, "", w.T("start.quick.note")},
		row{screen.DoorGuided, "", w.T("start.guided.note")},
		row{screen.DoorPreset, "", strings.Join(names, " "+m.Theme.Glyph.Dot+" ")},
		row{screen.DoorImport, "", w.T("start.import.note")},
		row{screen.DoorOpen, "", m.draftsNote()},
		row{screen.DoorExample, "", w.T("start.example.note")},
	)
}

func (m Model) draftsNote() string {
	if len(m.drafts) == 0 {
		return m.Words.T("start.open.none")
	}
	d := m.drafts[0]
	return m.Words.T("start.open.note", len(m.drafts), safetext.Line(d.Name), d.Step, d.Age)
}

// Head says who drafts now.
func (m Model) Head() screen.Head {
	who := m.Words.T("start.offline")
	if m.Info.Host != "" {
		who = safetext.Line(m.Info.Name) + " " + m.Theme.Glyph.Dot + " " + safetext.Line(m.Info.Host)
	}
	return screen.Head{Title: m.Words.T("start.title"), Note: who}
}

// View is the page.
func (m Model) View() string {
	view, _ := caret.Extract(m.render())
	return view
}

// Cursor is the caret of the path field.
func (m Model) Cursor() *tea.Cursor {
	if m.page != path {
		return nil
	}
	_, c := caret.Extract(m.render())
	return c
}

func (m Model) render() string {
	var out []string
	switch m.page {
	case presets:
		out = m.viewPresets()
	case drafts:
		out = m.viewDrafts()
	case path:
		out = m.viewPath()
	default:
		out = m.viewDoors()
	}
	if m.Notice != "" {
		out = append(out, "")
		for _, l := range theme.Wrap(safetext.Clean(m.Notice), m.width-6) {
			out = append(out, "   "+m.Theme.Warn.Render(l))
		}
	}
	return m.Theme.Box(strings.Join(out, "\n"), m.width, m.height)
}

const label = 20 // cells of a door's name

func (m Model) viewDoors() []string {
	out := []string{""}
	for i, r := range m.rows() {
		name := m.Theme.Row(i == m.at, m.Theme.Fit(m.Words.T("start."+string(r.door)), label))
		out = append(out, "   "+m.Theme.Cut(name+"  "+m.Theme.Dim.Render(r.note), m.width-4))
		if r.door == screen.DoorResume {
			out = append(out, "")
		}
	}
	return append(out, "", "   "+m.Theme.Dim.Render(m.Words.T("start.who", safetext.Line(m.Info.Name))))
}

func (m Model) viewPresets() []string {
	out := []string{"", "   " + m.Theme.Title.Render(m.Words.T("start.preset")), ""}
	for i, p := range m.Presets {
		name := m.Theme.Row(i == m.at, m.Theme.Fit(m.Words.T("preset."+p.ID), label))
		out = append(out, "   "+m.Theme.Cut(name+"  "+m.Theme.Dim.Render(p.Summary), m.width-4))
	}
	return out
}

func (m Model) viewDrafts() []string {
	out := []string{"", "   " + m.Theme.Title.Render(m.Words.T("start.open")), ""}
	room := max(1, m.height-6)
	n := m.count()
	first := min(max(0, m.at-room/2), max(0, n-room))
	for i := first; i < min(n, first+room); i++ {
		text := m.Words.T("start.openfile")
		if i < len(m.drafts) {
			d := m.drafts[i]
			text = m.Theme.Fit(safetext.Line(d.Name), 30) + "  " + m.Theme.Fit(d.Step, 10) + "  " + m.Theme.Dim.Render(d.Age)
		}
		out = append(out, "   "+m.Theme.Row(i == m.at, text))
	}
	if m.asking {
		out = append(out, "", "   "+m.Theme.Warn.Render(m.Words.T("start.remove", safetext.Line(m.drafts[m.at].Name))))
	}
	return out
}

func (m Model) viewPath() []string {
	title, lead := "start.import", "start.import.lead"
	if m.into == screen.DoorOpen {
		title, lead = "start.openfile", "start.open.lead"
	}
	out := []string{"", "   " + m.Theme.Title.Render(m.Words.T(title)), ""}
	for _, l := range theme.Wrap(m.Words.T(lead), m.width-6) {
		out = append(out, "   "+m.Theme.Dim.Render(l))
	}
	return append(out, "", "   "+m.Theme.Accent.Render(m.Theme.Glyph.Pointer)+" "+m.field.View())
}
