package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// The smallest terminal the wizard works in.
const (
	leastWidth  = 60
	leastHeight = 16
)

func (m model) tooSmall() bool { return m.width < leastWidth || m.height < leastHeight }

// head is what the screen says about itself.
func (m model) head() screen.Head {
	if h, ok := m.screen.(screen.Headed); ok {
		return h.Head()
	}
	if s, ok := m.screen.(interface{ Step() int }); ok {
		return screen.Head{Step: s.Step()}
	}
	return screen.Head{}
}

// barred says whether the line with all steps is shown: always on the brief,
// else where there is height to spare.
func (m model) barred(h screen.Head) bool { return h.Step > 0 && (h.Step <= 5 || m.height >= 30) }

// box is the size the screen gets: what header and footer leave.
func (m model) box() tea.WindowSizeMsg {
	used := 4 // header, rule, rule, footer
	if m.barred(m.head()) {
		used++
	}
	return tea.WindowSizeMsg{Width: m.width, Height: max(1, m.height-used)}
}

// View frames the screen.
func (m model) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.WindowTitle = "dbchapter"
	switch {
	case m.width == 0:
		return v
	case m.tooSmall():
		v.Content = strings.Join(theme.Wrap(m.words.T("frame.small", leastWidth, leastHeight, m.width, m.height), m.width), "\n")
		return v
	}
	h := m.head()
	top := []string{m.header(h)}
	if m.barred(h) {
		top = append(top, m.stepBar(h))
	}
	top = append(top, m.theme.Rule(m.width))
	size := m.box()
	body, keys := "", m.keys.Close
	if m.help != nil {
		body = m.help.view(m.theme, size.Width, size.Height)
		v.Content = m.frame(top, body, m.footer([]key.Binding{m.keys.Down, keys}))
		return v
	}
	// The last boundary: whatever a screen forgot to clean stops here.
	body = m.theme.Box(safetext.FilterANSI(m.screen.View()), size.Width, size.Height)
	v.Content = m.frame(top, body, m.footer(m.screen.ShortHelp()))
	if c, ok := m.screen.(screen.Cursored); ok {
		if cur := c.Cursor(); cur != nil {
			cur.Y += len(top)
			v.Cursor = cur
		}
	}
	if h.Step == 7 {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func (m model) frame(top []string, body, foot string) string {
	return strings.Join(append(slices.Clone(top), body, m.theme.Rule(m.width), foot), "\n")
}

// header is line one: whose chapter, which step, what the screen adds, whether
// the work is safe.
func (m model) header(h screen.Head) string {
	t := m.theme
	name := h.Name
	if name == "" {
		name = m.brief.System.Name
	}
	left := t.Bold.Render("dbchapter")
	if h.Step > 0 && strings.TrimSpace(name) != "" {
		left = t.Bold.Render(t.Cut(safetext.Line(name), m.width/3))
	}
	if h.Step > 0 {
		title := h.Title
		if title == "" {
			title = m.words.T("step." + steps()[h.Step-1])
		}
		left += "   " + m.words.T("frame.step", h.Step) + " " + t.Title.Render(title)
	} else if h.Title != "" {
		left += "  " + h.Title
	}
	right := h.Note
	if s := m.savedState(); s != "" && h.Step > 0 {
		right = strings.TrimPrefix(right+" "+t.Glyph.Dot+" "+s, " "+t.Glyph.Dot+" ")
	}
	return t.Spread(" "+left, t.Dim.Render(right)+" ", m.width)
}

// stepBar is line two: all steps, with what is complete.
func (m model) stepBar(h screen.Head) string {
	t := m.theme
	var parts []string
	for i, s := range steps() {
		label := m.words.T("step." + s)
		switch {
		case i+1 == h.Step:
			label = t.Accent.Render(t.Glyph.Pointer) + t.Title.Render(label)
		case slices.Contains(h.Done, i+1):
			label = label + " " + t.OK.Render(t.Glyph.Done)
		default:
			label = t.Dim.Render(label)
		}
		parts = append(parts, label)
	}
	return t.Fit(" "+strings.Join(parts, "  "), m.width)
}

// footer is the last line: what can be done, most useful first; the last
// binding keeps its place when not all fit.
func (m model) footer(bindings []key.Binding) string {
	t := m.theme
	draw := func(b key.Binding) string {
		return t.Key.Render(b.Help().Key) + " " + t.Dim.Render(b.Help().Desc)
	}
	bindings = slices.DeleteFunc(slices.Clone(bindings), func(b key.Binding) bool { return !b.Enabled() && len(b.Keys()) > 0 })
	if len(bindings) == 0 {
		return ""
	}
	last := draw(bindings[len(bindings)-1])
	line := " "
	for _, b := range bindings[:len(bindings)-1] {
		item := draw(b) + "  "
		if theme.Width(line)+theme.Width(item)+theme.Width(last) > m.width-1 {
			continue
		}
		line += item
	}
	return t.Fit(line+last, m.width)
}
