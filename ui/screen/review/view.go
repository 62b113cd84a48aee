package review

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/check"
	"dbchapter/ui/caret"
	"dbchapter/ui/diff"
	"dbchapter/ui/safetext"
	"dbchapter/ui/theme"
)

// narrow is the width below which the focused preview takes the whole line.
const narrow = 100

// outlineWidth is how much of the line the outline takes; 0 when the preview
// needs all of it.
func (m Model) outlineWidth() int {
	switch {
	case m.width < narrow && m.preview:
		return 0
	case m.width < narrow:
		return 23
	}
	return 30
}

func (m Model) previewWidth() int {
	if w := m.outlineWidth(); w > 0 {
		return max(8, m.width-w-4)
	}
	return max(8, m.width-2)
}

// bodyHeight is what the panel below leaves to outline and preview.
func (m Model) bodyHeight() int { return max(1, m.height-len(m.panel())) }

// View is outline and preview, or a comparison, with a panel below.
func (m Model) View() string {
	view, _ := caret.Extract(m.render())
	return view
}

// Cursor is the caret of the open field.
func (m Model) Cursor() *tea.Cursor {
	if m.phase != hinting && m.phase != searching {
		return nil
	}
	_, c := caret.Extract(m.render())
	return c
}

func (m Model) render() string {
	panel := m.panel()
	n := max(0, m.height-len(panel))
	var body string
	switch m.phase {
	case judging, reading:
		body = m.Theme.Box(strings.Join(m.viewDiff(n), "\n"), m.width, n)
	case reasons:
		body = m.Theme.Box(strings.Join(m.viewReasons(n), "\n"), m.width, n)
	default:
		body = m.viewBoth(n)
	}
	if n == 0 {
		return strings.Join(panel, "\n")
	}
	return strings.Join(append([]string{body}, panel...), "\n")
}

func (m Model) viewBoth(n int) string {
	w := m.outlineWidth()
	preview := strings.Join(m.viewPreview(n), "\n")
	if w == 0 {
		return m.Theme.Box(indent(preview), m.width, n)
	}
	outline := strings.Join(m.viewOutline(w-1, n), "\n")
	return m.Theme.Beside(indent(outline), preview, w, m.width, n)
}

func indent(s string) string { return " " + strings.ReplaceAll(s, "\n", "\n ") }

// panel is what stands below the text: findings, versions, the field, a
// question or a notice, under a rule; nothing most of the time.
func (m Model) panel() []string {
	var lines []string
	switch m.phase {
	case hinting:
		lines = []string{m.Theme.Title.Render(m.Words.T("review.hint", m.Section().Title())), m.fieldLine()}
	case searching:
		lines = []string{m.fieldLine()}
	case findings:
		lines = m.viewFindings()
	case history:
		lines = m.viewHistory()
	case confirm:
		lines = []string{m.Theme.Warn.Render(m.Words.T("review.confirm", m.lockedNames()))}
	default:
		if m.notice == "" {
			return nil
		}
		for _, l := range theme.Wrap(m.notice, max(1, m.width-2)) {
			lines = append(lines, m.Theme.OK.Render(l))
		}
	}
	out := []string{m.Theme.Rule(m.width)}
	for _, l := range lines {
		out = append(out, m.Theme.Cut(" "+l, m.width))
	}
	return out
}

func (m Model) fieldLine() string {
	sign := m.Theme.Glyph.Pointer
	if m.phase == searching {
		sign = "/"
	}
	return m.Theme.Accent.Render(sign) + " " + m.field.View()
}

func (m Model) lockedNames() string {
	n := 0
	for _, on := range m.now.locked {
		if on {
			n++
		}
	}
	return fmt.Sprint(n)
}

// viewDiff is a title and as much of the comparison as fits.
func (m Model) viewDiff(n int) []string {
	p := m.proposal
	added, deleted := diff.Count(p.rows)
	title := m.Words.T("review.diff."+string(p.origin), p.section.Title())
	if p.who != "" {
		title = m.Words.T("review.diff.who", p.section.Title(), safetext.Line(p.who))
	}
	if m.phase == reading {
		title = m.Words.T("review.diff.last", p.section.Title())
	}
	lines := diff.View(m.Theme, p.rows, m.width-2)
	head := m.Theme.Spread(" "+m.Theme.Title.Render(title), m.Theme.Dim.Render(fmt.Sprintf("+%d -%d ", added, deleted)), m.width)
	out := []string{head, ""}
	from := max(0, min(m.offset, len(lines)-(n-2)))
	for _, l := range lines[from:min(len(lines), from+max(0, n-2))] {
		out = append(out, " "+l)
	}
	return out
}

func (m Model) viewHistory() []string {
	s := m.Section()
	out := []string{m.Theme.Title.Render(m.Words.T("review.history", s.Title()))}
	versions := m.of(s)
	return append(out, m.window(len(versions), func(i int) string {
		v := versions[i]
		return fmt.Sprintf("%2d  %s  %s", len(versions)-i, m.Theme.Fit(m.Words.T("origin."+string(v.Origin)), 18),
			m.Theme.Dim.Render(m.Words.T("review.lines", strings.Count(strings.TrimRight(v.Text, "\n"), "\n")+1)))
	})...)
}

// viewFindings lists the findings, the one in focus with its fix.
func (m Model) viewFindings() []string {
	fs := m.report.Findings
	if len(fs) == 0 {
		return []string{m.Theme.OK.Render(m.Words.T("review.nofindings"))}
	}
	errors, warns := m.count("")
	out := []string{m.Theme.Title.Render(m.Words.T("review.findings", errors, warns, len(fs)-errors-warns))}
	out = append(out, m.window(len(fs), func(i int) string {
		f := fs[i]
		return m.severity(f) + fmt.Sprintf(" %s %s  %s", f.Rule, m.Words.T("review.line", f.Line), safetext.Line(f.Message))
	})...)
	f := fs[min(m.list, len(fs)-1)]
	for _, l := range theme.Wrap(safetext.Line(f.Message), m.width-6) {
		out = append(out, "    "+l)
	}
	if f.Fix != nil {
		out = append(out, "    "+m.Theme.OK.Render(m.Words.T("review.fix", safetext.Line(*f.Fix))))
	}
	return out
}

func (m Model) severity(f check.Finding) string {
	switch f.Severity {
	case check.Error:
		return m.Theme.Error.Render(m.Theme.Glyph.Fail)
	case check.Warn:
		return m.Theme.Warn.Render("!")
	}
	return m.Theme.Dim.Render(m.Theme.Glyph.Dot)
}

// window draws the rows around the one in focus, a third of the height at
// most.
func (m Model) window(n int, draw func(int) string) []string {
	size := max(3, m.height/3-2)
	first := min(max(0, m.list-size/2), max(0, n-size))
	var out []string
	for i := first; i < min(n, first+size); i++ {
		out = append(out, m.Theme.Row(i == m.list, draw(i)))
	}
	return out
}

// fact is a label and its text, hanging under itself.
func (m Model) fact(label, text string) []string {
	if text == "" {
		return nil
	}
	var out []string
	for i, l := range theme.Wrap(safetext.Line(text), m.width-16) {
		if i > 0 {
			label = ""
		}
		out = append(out, "  "+m.Theme.Dim.Render(m.Theme.Fit(label, 10))+" "+l)
	}
	return out
}
