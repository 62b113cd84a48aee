package review

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/chapter"
	"dbchapter/ui/markdown"
)

// piece is what is rendered and kept on its own.
type piece struct {
	text string
	line int // 0-based line of its first
}

// pieces cuts the chapter at its headings: small enough that those on the
// screen are drawn at once, and no block reaches over a heading.
func pieces(c chapter.Chapter) []piece {
	var out []piece
	if strings.TrimSpace(c.Preamble) != "" {
		out = append(out, piece{text: c.Preamble})
	}
	for _, p := range c.Parts {
		from, line := 0, p.Line
		for _, b := range p.Blocks() {
			if b.Kind == chapter.Heading && b.Level == 4 {
				out = append(out, piece{p.Text[from : b.Offset-p.Offset], line - 1})
				from, line = b.Offset-p.Offset, b.Line
			}
		}
		out = append(out, piece{p.Text[from:], line - 1})
	}
	return out
}

// drawnMsg brings rendered pieces by their text.
type drawnMsg struct {
	look   look
	pieces map[string][]markdown.Line
}

// portion is how many source lines a command renders when the screen does not
// wait for it: a look that is no longer wanted does not cost more than that.
const portion = 400

// draw renders in a command what is not rendered yet: first what the screen
// shows, and with what follows a portion at a time.
func (m Model) draw() tea.Cmd {
	if m.width == 0 {
		return nil
	}
	l, r := m.look(), m.Renderer
	want := portion
	if m.drawnFor != l {
		want = m.bodyHeight()
	}
	missing := m.missing(l, want)
	if len(missing) == 0 {
		return nil
	}
	return func() tea.Msg {
		msg := drawnMsg{look: l, pieces: map[string][]markdown.Line{}}
		for _, text := range missing {
			if l.raw {
				msg.pieces[text] = plain(text, l.width)
			} else {
				msg.pieces[text] = r.Render(text, l.width)
			}
		}
		return msg
	}
}

// missing are pieces to draw for a look: from the top of the screen on, then
// from the top of the chapter, the first and as many as have n lines.
func (m Model) missing(l look, n int) []string {
	source := m.topSource()
	if len(m.drawn) == 0 && m.at < len(m.rows) {
		source = m.rows[m.at].line
	}
	start, _ := slices.BinarySearchFunc(m.pieces, source+1, func(p piece, line int) int { return p.line - line })
	start = max(0, start-1)
	var out []string
	for i := range m.pieces {
		p := m.pieces[(start+i)%len(m.pieces)]
		if _, ok := m.drawn[p.text]; ok && m.drawnFor == l {
			continue
		}
		if len(out) > 0 && n <= 0 {
			break
		}
		if len(out) > 0 {
			n -= strings.Count(p.text, "\n")
		}
		out = append(out, p.text)
	}
	return out
}

// take keeps pieces rendered for the present look, and of the others only those still in the
// chapter.
func (m Model) take(msg drawnMsg) Model {
	kept := map[string][]markdown.Line{}
	for _, p := range m.pieces {
		if l, ok := msg.pieces[p.text]; ok {
			kept[p.text] = l
		} else if l, ok := m.drawn[p.text]; ok && m.drawnFor == msg.look {
			kept[p.text] = l
		}
	}
	fresh := m.drawnFor != msg.look
	first := len(m.drawn) == 0
	source, below := m.anchor()
	m.drawn, m.drawnFor = kept, msg.look
	switch {
	case first && m.at > 0: // the person was quicker than the drawing
		m.partial = m.incomplete()
		return m.show()
	case fresh:
		m.top = m.shownAt(source)
	case m.partial: // pieces came in above what the screen shows
		m.top = m.rowOf(source) + below
	}
	m.partial = m.incomplete() && (fresh || m.partial)
	m.top = m.clamp(m.top)
	return m
}

// incomplete says whether pieces are still to be drawn.
func (m Model) incomplete() bool {
	return slices.ContainsFunc(m.pieces, func(p piece) bool { _, ok := m.drawn[p.text]; return !ok })
}

// anchor is the source line at the top of the screen and how many rows of it
// lie above.
func (m Model) anchor() (source, below int) {
	source = m.topSource()
	return source, m.top - m.rowOf(source)
}

// rowOf is the first preview line of a source line; the blank one over a
// heading is not, as it comes and goes with what stands before it.
func (m Model) rowOf(source int) int {
	lines := m.lines()
	for i, l := range lines {
		if l.Source == source && (l.Text != "" || m.drawnFor.raw) {
			return i
		}
	}
	return max(0, slices.IndexFunc(lines, func(l markdown.Line) bool { return l.Source == source }))
}
