package brief

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/field"
)

// entry is the line in which an item is typed. Closed half-way it keeps its
// text for the next time.
type entry struct {
	field    field.Field
	open     bool
	at       int // item being replaced, -1 for a new one
	problems brief.Problems
}

// entryRows is how many rows a long line may take.
const entryRows = 4

// start opens the line; half-typed text of the same item is still there.
func (e *entry) start(m *Model, at int, text string) {
	if e.at != at || e.field.Empty() {
		e.field.Set(text)
	}
	e.open, e.at = true, at
	e.changed(m)
}

// changed forgets the complaints of the last enter; the panel follows.
func (e *entry) changed(m *Model) {
	e.problems = nil
	m.stale = true
}

func (e *entry) press(m *Model, p *listPage, msg tea.KeyPressMsg) {
	k := m.keys.entry
	switch {
	case key.Matches(msg, k.Close):
		e.open, m.stale = false, true
	case key.Matches(msg, k.Put):
		e.put(m, p)
	case e.field.Update(msg):
		e.changed(m)
	}
}

// put writes the line into the brief; a new one leaves the line open for the
// next.
func (e *entry) put(m *Model, p *listPage) {
	line := strings.TrimSpace(e.field.Text())
	if line == "" {
		e.open = false
		return
	}
	write, ps := p.shelf.parse(line)
	if e.problems = ps; len(ps.Errors()) > 0 || write == nil {
		return
	}
	next := m.doc.brief.Clone()
	write(&next, e.at)
	n := p.shelf.count(&next)
	i := e.at
	if i < 0 {
		i = n - 1
	}
	if e.problems = named(next, p.shelf.path(i)); len(e.problems) > 0 {
		return
	}
	m.doc.change(m.words.T("brief.did.put", p.shelf.name(&next, i)), func(b *brief.Brief) { *b = next })
	e.field.Set("")
	if e.at >= 0 {
		e.open = false
		return
	}
	p.roster.filter.Set("")
	p.roster.at = n - 1
	m.note = m.words.T("brief.added", p.shelf.name(&m.doc.brief, n-1))
}

// named are the errors in the names of an item. They hold a line back, because
// everything else refers to names; what refers to things not yet written does
// not.
func named(b brief.Brief, path string) brief.Problems {
	var out brief.Problems
	for _, p := range brief.Validate(b).Errors() {
		switch p.Path {
		case path, path + ".name", path + ".table", path + ".code", path + ".engine":
			out = append(out, p)
		}
	}
	return out
}

func (e *entry) view(m *Model, p *listPage, w int) ([]string, *tea.Cursor) {
	noun := p.shelf.noun()
	title := m.words.T("brief.entry." + noun)
	if e.at >= 0 {
		title = m.words.T("brief.replace", p.shelf.name(&m.doc.brief, e.at))
	}
	out := []string{m.theme.Rule(w), " " + m.theme.Title.Render(m.theme.Cut(title, w-1))}
	look := lookOf(m, w-entryIndent)
	look.Height = entryRows
	look.Ghost = m.words.T("brief.ghost." + noun)
	for _, pr := range e.problems {
		if pr.Column > 0 {
			look.Marks = append(look.Marks, field.Mark{From: pr.Column - 1, To: pr.Column, Style: m.theme.Error.Underline(true)})
		}
	}
	v, c := e.field.View(look)
	c = moved(c, entryIndent, len(out))
	for _, l := range strings.Split(v, "\n") {
		out = append(out, strings.Repeat(" ", entryIndent)+l)
	}
	return append(out, e.verdict(m, p, w)...), c
}

// entryIndent is where the typed text begins.
const entryIndent = 3

// verdict is what is wrong with the line, or what it is understood as.
func (e *entry) verdict(m *Model, p *listPage, w int) []string {
	text := e.field.Text()
	if strings.TrimSpace(text) == "" {
		return nil
	}
	var out []string
	for _, pr := range e.problems[:min(2, len(e.problems))] {
		style := m.theme.Error
		if pr.Warning {
			style = m.theme.Warn
		}
		where := ""
		if pr.Column > 0 {
			where = m.words.T("brief.column", pr.Column)
		}
		out = append(out, paragraph("   "+where+pr.Message, w, style.Render)...)
	}
	if len(out) > 0 {
		return out
	}
	for _, l := range p.shelf.recognise(m, text, e.field.Col(), w-entryIndent) {
		out = append(out, "   "+l)
	}
	return out
}

// lookOf is how every field of the screen looks.
func lookOf(m *Model, w int) field.Look {
	return field.Look{Width: w, Text: m.theme.Plain, Dim: m.theme.Dim}
}

// filterIndent is where the text of the filter begins.
const filterIndent = 3

func filterLine(m *Model, r *roster, w int) ([]string, *tea.Cursor) {
	look := lookOf(m, w-filterIndent)
	look.Height = 1
	v, c := r.filter.View(look)
	if !r.filtering {
		c = nil
	}
	return []string{" " + m.theme.Accent.Render("/") + " " + v}, moved(c, filterIndent, 0)
}

// moved is a caret relative to a box further out.
func moved(c *tea.Cursor, dx, dy int) *tea.Cursor {
	if c == nil {
		return nil
	}
	c.X += dx
	c.Y += dy
	return c
}
