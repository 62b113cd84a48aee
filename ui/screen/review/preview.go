package review

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/markdown"
	"dbchapter/ui/safetext"
	"dbchapter/ui/theme"
)

// look is how the preview has to be drawn now.
func (m Model) look() look { return look{width: m.previewWidth(), raw: m.raw} }

// plain is raw Markdown, wrapped.
func plain(text string, width int) []markdown.Line {
	var out []markdown.Line
	for i, l := range strings.Split(strings.TrimSuffix(safetext.Clean(text), "\n"), "\n") {
		for _, w := range theme.Wrap(strings.ReplaceAll(l, "\t", "    "), width) {
			out = append(out, markdown.Line{Text: w, Source: i})
		}
	}
	return out
}

// lines are all preview lines, Source counting from the chapter's first line.
func (m Model) lines() []markdown.Line {
	var out []markdown.Line
	if len(m.drawn) == 0 {
		return nil
	}
	for _, p := range m.pieces {
		lines, ok := m.drawn[p.text]
		if !ok {
			continue
		}
		if len(out) > 0 && !m.drawnFor.raw {
			out = append(out, markdown.Line{Source: p.line})
		}
		for _, l := range lines {
			out = append(out, markdown.Line{Text: l.Text, Source: p.line + l.Source})
		}
	}
	return out
}

// shownAt is the first preview line that belongs to a source line or to what
// follows it.
func (m Model) shownAt(source int) int {
	for i, l := range m.lines() {
		if l.Source >= source && (l.Text != "" || m.drawnFor.raw) {
			return i
		}
	}
	return 0
}

// topSource is the source line of the first line shown.
func (m Model) topSource() int {
	if lines := m.lines(); len(m.drawn) > 0 && m.top < len(lines) {
		return lines[m.top].Source
	}
	return 0
}

func (m Model) clamp(top int) int {
	return max(0, min(top, len(m.lines())-max(1, m.bodyHeight())))
}

// scroll moves the preview; the outline follows to the section at the top.
func (m Model) scroll(by int) Model {
	m.top = m.clamp(m.top + by)
	source := m.topSource()
	for i, r := range m.rows {
		if !r.absent && !r.sub && r.line <= source {
			m.at = i
		}
	}
	for i, r := range m.rows {
		if r.sub && r.section == m.rows[m.at].section && r.line <= source {
			m.at = i
		}
	}
	return m
}

// show scrolls the preview to the row in focus.
func (m Model) show() Model {
	if r := m.rows[m.at]; !r.absent {
		m.top = m.clamp(m.shownAt(r.line))
	}
	return m
}

func (m Model) wheel(msg tea.MouseWheelMsg) Model {
	by := 3
	if msg.Button == tea.MouseWheelUp {
		by = -3
	}
	switch m.phase {
	case judging, reading, reasons:
		m.offset = max(0, m.offset+by)
		return m
	}
	return m.scroll(by)
}

// find goes to the next preview line with the searched word, from a line on in
// a direction; it wraps round.
func (m Model) find(from, step int) Model {
	lines := m.lines()
	n := len(lines)
	if m.query == "" || n == 0 {
		return m
	}
	for k := range n {
		i := ((from+k*step)%n + n) % n
		if has(lines[i].Text, m.query) {
			m.top = m.clamp(i)
			m.hit = i
			return m
		}
	}
	m.notice = m.Words.T("review.notfound", m.query)
	return m
}

func has(line, query string) bool {
	return strings.Contains(strings.ToLower(ansi.Strip(line)), strings.ToLower(query))
}

// viewPreview draws n lines from the top; lines with the searched word are
// marked.
func (m Model) viewPreview(n int) []string {
	lines := m.lines()
	if len(lines) == 0 {
		return []string{m.Theme.Dim.Render(m.Words.T("review.drawing"))}
	}
	var out []string
	for i := m.top; i < len(lines) && len(out) < n; i++ {
		text := lines[i].Text
		if m.query != "" && has(text, m.query) {
			text = m.mark(ansi.Strip(text))
		}
		out = append(out, text)
	}
	return out
}

// mark shows every hit in a line without its other colours.
func (m Model) mark(line string) string {
	low, q := strings.ToLower(line), strings.ToLower(m.query)
	if len(low) != len(line) {
		return m.Theme.Mark.Render(line)
	}
	var b strings.Builder
	for {
		i := strings.Index(low, q)
		if i < 0 {
			b.WriteString(line)
			return b.String()
		}
		b.WriteString(line[:i] + m.Theme.Mark.Render(line[i:i+len(q)]))
		line, low = line[i+len(q):], low[i+len(q):]
	}
}
