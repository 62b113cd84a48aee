package review

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/prompt/chapter"
	"dbchapter/ui/markdown"
	"dbchapter/ui/safetext"
	"dbchapter/ui/theme"
)

// drawnMsg brings rendered parts.
type drawnMsg struct {
	look  look
	parts map[string][]markdown.Line
}

// look is how the preview has to be drawn now.
func (m Model) look() look { return look{width: m.previewWidth(), raw: m.raw} }

// pieces cuts the chapter into what is rendered and kept on its own: the text
// before the first heading, then one section each.
func pieces(c chapter.Chapter) []chapter.Part {
	if strings.TrimSpace(c.Preamble) == "" {
		return c.Parts
	}
	return append([]chapter.Part{{Text: c.Preamble, Line: 1}}, c.Parts...)
}

// draw renders in a command what is not rendered yet.
func (m Model) draw() tea.Cmd {
	if m.width == 0 {
		return nil
	}
	l, r := m.look(), m.Renderer
	var missing []string
	for _, p := range m.pieces {
		if _, ok := m.drawn[p.Text]; !ok || m.drawnFor != l {
			missing = append(missing, p.Text)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return func() tea.Msg {
		msg := drawnMsg{look: l, parts: map[string][]markdown.Line{}}
		for _, text := range missing {
			if l.raw {
				msg.parts[text] = plain(text, l.width)
			} else {
				msg.parts[text] = r.Render(text, l.width)
			}
		}
		return msg
	}
}

// take keeps rendered parts, and of the others only those still in the
// chapter.
func (m Model) take(msg drawnMsg) Model {
	if msg.look != m.look() {
		return m
	}
	kept := map[string][]markdown.Line{}
	for _, p := range m.pieces {
		if l, ok := msg.parts[p.Text]; ok {
			kept[p.Text] = l
		} else if l, ok := m.drawn[p.Text]; ok && m.drawnFor == msg.look {
			kept[p.Text] = l
		}
	}
	fresh := m.drawnFor != msg.look
	first := len(m.drawn) == 0
	line := m.topSource()
	m.drawn, m.drawnFor = kept, msg.look
	switch {
	case first && m.at > 0: // the person was quicker than the drawing
		return m.show()
	case fresh:
		m.top = m.shownAt(line)
	}
	m.top = m.clamp(m.top)
	return m
}

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
	for i, p := range m.pieces {
		if i > 0 && !m.drawnFor.raw {
			out = append(out, markdown.Line{Source: p.Line - 1})
		}
		for _, l := range m.drawn[p.Text] {
			out = append(out, markdown.Line{Text: l.Text, Source: p.Line - 1 + l.Source})
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
