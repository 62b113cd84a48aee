package generate

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"dbchapter/llm"
	"dbchapter/prompt/chapter"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// Head tells the frame who writes, where the data goes and for how long.
func (m Model) Head() screen.Head {
	who := []string{strings.TrimSpace(safetext.Line(m.info.Name + " " + m.info.Model)), safetext.Line(m.info.Host)}
	switch {
	case m.info.Host == "":
		who = who[:1]
	case m.width < 100: // where the data goes is what must not be cut
		who = who[1:]
	}
	note := strings.Join(who, " "+m.Theme.Glyph.Dot+" ")
	if !m.began.IsZero() {
		s := int(m.now.Sub(m.began).Seconds())
		note += fmt.Sprintf("  %02d:%02d", s/60, s%60)
	}
	return screen.Head{Step: 6, Note: note, Done: []int{1, 2, 3, 4, 5}}
}

// View is the checklist above and the end of the text below.
func (m Model) View() string {
	top := m.checklist()
	rest := m.height - len(top) - 1
	out := append(top, m.Theme.Rule(m.width))
	if rest > 0 {
		out = append(out, m.tail(rest)...)
	}
	return strings.Join(out[:min(len(out), max(0, m.height))], "\n")
}

func (m Model) textWidth() int { return max(8, m.width-2) }

// checklist is one row a section, the counts at the right of the last, then
// what is wrong and what can be done.
func (m Model) checklist() []string {
	var out []string
	parts := m.parts()
	for _, s := range m.wanted() {
		out = append(out, m.Theme.Fit(m.row(s, parts), m.width))
	}
	if n := len(out) - 1; n >= 0 {
		out[n] = m.Theme.Spread(strings.TrimRight(out[n], " "), m.Theme.Dim.Render(m.counts())+" ", m.width)
	}
	return append(out, m.trouble()...)
}

func (m Model) row(s chapter.Section, parts []chapter.Part) string {
	t, w := m.Theme, m.Words
	name := fmt.Sprintf("%d %s", s.Number(), t.Fit(s.Title(), 14))
	switch m.progress(s, parts) {
	case complete:
		return "   " + t.OK.Render(t.Glyph.Done) + " " + name + "  " + t.Dim.Render(m.size(s, parts))
	case writing:
		return "   " + t.Accent.Render(t.Glyph.Pointer) + " " + t.Bold.Render(name) + "  " + w.T("gen.writing")
	case broken:
		return "   " + t.Warn.Render("!") + " " + name + "  " + t.Warn.Render(w.T("gen.broken"))
	}
	if m.state != running {
		return "   " + t.Warn.Render("!") + " " + name + "  " + t.Warn.Render(w.T("gen.absent"))
	}
	return "     " + t.Dim.Render(name)
}

// size of a finished section: tables for the tables, characters for the rest.
func (m Model) size(s chapter.Section, parts []chapter.Part) string {
	p, ok := m.base.Section(s)
	for _, q := range parts {
		if q.Section == s {
			p, ok = q, true
		}
	}
	if !ok {
		return ""
	}
	if n := strings.Count(p.Text, "\n#### "); s == chapter.Tables && n > 0 {
		return m.Words.T("gen.tables", n)
	}
	return m.Words.T("gen.letters", thousands(letters(p.Text)))
}

func (m Model) counts() string {
	n := letters(m.text)
	for _, p := range m.base.Parts {
		n += letters(p.Text)
	}
	out := []string{m.Words.T("gen.received", thousands(n))}
	if m.think > 0 && n == 0 {
		out = []string{m.Words.T("gen.thinking", thousands(m.think))}
	}
	if m.usage.Output > 0 {
		out = append(out, thousands(m.usage.Input+m.usage.Output)+" tokens")
	}
	return strings.Join(out, " "+m.Theme.Glyph.Dot+" ")
}

// trouble says in words what stopped the drafter.
func (m Model) trouble() []string {
	var msg, hint string
	switch {
	case m.state == running && m.notice != "":
		msg = m.notice
	case m.state == stopped:
		msg = m.Words.T("gen.stopped")
	case m.state == failed:
		msg, hint = m.why()
	default:
		return nil
	}
	out := []string{""}
	for _, l := range theme.Wrap(msg, m.textWidth()-2) {
		out = append(out, "   "+m.Theme.Warn.Render(l))
	}
	if hint != "" {
		for _, l := range theme.Wrap(hint, m.textWidth()-2) {
			out = append(out, "   "+l)
		}
	}
	return out
}

func (m Model) why() (msg, hint string) {
	var e *llm.Error
	switch {
	case errors.As(m.err, &e):
		return safetext.Short(e.Message, 400), safetext.Short(e.Hint, 400)
	case m.err != nil:
		return safetext.Short(m.err.Error(), 400), m.Words.T("gen.hint")
	case m.finish == llm.Length:
		return m.Words.T("gen.length"), m.Words.T("gen.hint")
	case m.finish == llm.Filtered:
		return m.Words.T("gen.filtered"), m.Words.T("gen.hint")
	case m.finish == llm.Stop:
		return m.Words.T("gen.incomplete"), m.Words.T("gen.hint")
	}
	return m.Words.T("gen.cut"), m.Words.T("gen.hint")
}

// tail is the end of the text, as much as fits.
func (m Model) tail(n int) []string {
	lines := m.lines
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	out := make([]string, 0, len(lines))
	for _, l := range lines {
		out = append(out, " "+l.Text)
	}
	return out
}

// thousands writes 12345 as 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
