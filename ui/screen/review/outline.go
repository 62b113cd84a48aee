package review

import (
	"fmt"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/ui/safetext"
)

// row is one line of the outline.
type row struct {
	section chapter.Section
	title   string
	sub     bool // a #### heading of the expanded section
	line    int  // 0-based line of the heading in the chapter
	absent  bool // the section is not in the chapter yet
}

// outline makes the rows anew and keeps the cursor on its section.
func (m *Model) outline() {
	was, title := m.Section(), ""
	if m.at < len(m.rows) {
		title = m.rows[m.at].title
	}
	m.rows = nil
	c := chapter.Parse(m.now.text)
	m.pieces = pieces(c)
	for _, s := range chapter.Sections() {
		p, ok := c.Section(s)
		m.rows = append(m.rows, row{section: s, title: s.Title(), line: p.Line - 1, absent: !ok})
		if s == m.expanded {
			m.rows = append(m.rows, subs(p)...)
		}
	}
	for _, p := range c.Parts {
		if p.Section == "" {
			m.rows = append(m.rows, row{title: safetext.Line(p.Title), line: p.Line - 1})
		}
	}
	best := -1
	for i, r := range m.rows {
		if r.section == was && (best < 0 || r.title == title) {
			best = i
		}
	}
	m.at = max(0, best)
}

// subs are the #### headings of a part, outside code blocks.
func subs(p chapter.Part) []row {
	var out []row
	code := false
	for i, l := range strings.Split(p.Text, "\n") {
		if strings.HasPrefix(l, "```") {
			code = !code
		}
		if t, ok := strings.CutPrefix(l, "#### "); ok && !code {
			out = append(out, row{section: p.Section, title: safetext.Line(t), sub: true, line: p.Line - 1 + i})
		}
	}
	return out
}

// viewOutline draws n rows with the cursor among them.
func (m Model) viewOutline(width, n int) []string {
	first := min(max(0, m.at-n/2), max(0, len(m.rows)-n))
	var out []string
	for i := first; i < len(m.rows) && len(out) < n; i++ {
		out = append(out, m.viewRow(i, width))
	}
	return out
}

func (m Model) viewRow(i, width int) string {
	t, r := m.Theme, m.rows[i]
	badge := ""
	text := "  " + r.title
	if !r.sub {
		badge = m.badge(r, width)
		text = strings.TrimSpace(fmt.Sprintf("%s %s", number(r.section), r.title))
	}
	pointer := "  "
	if i == m.at {
		pointer = t.Accent.Render(t.Glyph.Pointer) + " "
		style := t.Bold
		if !m.preview {
			style = t.Title
		}
		text = style.Render(text)
	}
	return t.Spread(pointer+text, badge, width)
}

func number(s chapter.Section) string {
	if n := s.Number(); n > 0 {
		return fmt.Sprint(n)
	}
	return ""
}

// badge says in words what is special about a section, most urgent first; a
// narrow outline has room for one word and the count.
func (m Model) badge(r row, width int) string {
	t, s := m.Theme, r.section
	var words []string
	add := func(on bool, label string) {
		if on {
			words = append(words, m.Words.T(label))
		}
	}
	add(r.absent && s != "", "badge.absent")
	add(m.now.unfinished[s], "badge.unfinished")
	add(m.now.stale[s], "badge.stale")
	add(m.now.locked[s], "badge.locked")
	add(m.now.edited[s] && (width >= 28 || !m.now.locked[s]), "badge.edited")
	if width < 28 && len(words) > 1 {
		words = words[:1]
	}
	out := t.Dim.Render(strings.Join(words, " "))
	if errors, warns := m.count(s); s != "" && errors+warns > 0 {
		style := t.Warn
		if errors > 0 {
			style = t.Error
		}
		out = strings.TrimSpace(out + " " + style.Render(fmt.Sprintf("! %d", errors+warns)))
	}
	return out
}
