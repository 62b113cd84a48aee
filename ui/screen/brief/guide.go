package brief

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/field"
	"dbchapter/ui/screen/brief/form"
)

// guidePage asks one question a screen and says why (product.md §3). After the
// last it asks at most five more, only those whose answer changes the design,
// and leads to the assumptions.
type guidePage struct {
	questions []question
	at        int
	field     field.Field
	choice    int             // option under the cursor
	ticked    map[string]bool // of a Many question
	complaint string
	doubted   string // the text a vague word was asked back about; the second enter takes it
	follow    []followUp
	probing   int  // number of the probe under way
	probed    bool // its answer is here
	waiting   bool // the person waits for it
}

func newGuidePage(m *Model) *guidePage {
	g := &guidePage{questions: questions()}
	g.show(m)
	return g
}

func (g *guidePage) typing() bool { return true }

// total is the number of questions known so far.
func (g *guidePage) total() int { return len(g.questions) + len(g.follow) }

// question in focus; follow-ups look like any other.
func (g *guidePage) question() question {
	if g.at < len(g.questions) {
		return g.questions[g.at]
	}
	f := g.follow[g.at-len(g.questions)]
	return question{path: f.path, step: Entities, subject: f.subject, key: f.key}
}

// show puts the answer of the question into the field or the choice.
func (g *guidePage) show(m *Model) {
	q := g.question()
	m.step = q.step
	g.complaint, g.doubted, g.choice, g.ticked = "", "", 0, map[string]bool{}
	value := q.current(&m.doc.brief)
	if half, ok := m.half[q.path]; ok {
		value = half
	}
	g.field = field.Field{Many: q.subject == nil}
	g.field.Set(value)
	if q.subject == nil {
		return
	}
	for i, o := range q.subject.row(m, &m.doc.brief, q.key).Options {
		if o.Value == value {
			g.choice = i
		}
	}
	for _, v := range strings.Split(value, form.Sep) {
		g.ticked[v] = true
	}
}

// answer is the text of what is typed or chosen.
func (g *guidePage) answer(m *Model) string {
	q := g.question()
	switch q.kind(m) {
	case form.Choice, form.YesNo:
		if o := at(q.subject.row(m, &m.doc.brief, q.key).Options, g.choice); o != nil {
			return o.Value
		}
		return ""
	case form.Many:
		var out []string
		for _, o := range q.subject.row(m, &m.doc.brief, q.key).Options {
			if g.ticked[o.Value] {
				out = append(out, o.Value)
			}
		}
		return strings.Join(out, form.Sep)
	}
	return g.field.Text()
}

func (g *guidePage) draft(m *Model) brief.Brief {
	q := g.question()
	if q.subject == nil {
		b, _ := g.items(m)
		return b
	}
	if next, complaint := m.try(q.subject, q.key, g.answer(m)); complaint == "" {
		return next
	}
	return m.doc.brief
}

func (g *guidePage) press(m *Model, msg tea.KeyPressMsg) {
	k := m.keys
	q := g.question()
	kind := q.kind(m)
	switch {
	case key.Matches(msg, k.list.Back):
		g.keep(m)
		m.back()
	case key.Matches(msg, k.entry.Previous):
		g.keep(m)
		g.to(m, -1)
	case key.Matches(msg, k.step.Next), key.Matches(msg, k.entry.Skip) && !g.inside():
		g.next(m)
	case kind == form.Text:
		g.field.Update(msg)
		g.complaint = ""
		m.stale = true
	default:
		g.choose(m, msg, kind)
	}
}

func (g *guidePage) choose(m *Model, msg tea.KeyPressMsg, kind form.Kind) {
	q := g.question()
	options := q.subject.row(m, &m.doc.brief, q.key).Options
	switch l := m.keys.list; {
	case key.Matches(msg, l.Up):
		g.choice = max(0, g.choice-1)
	case key.Matches(msg, l.Down):
		g.choice = min(len(options)-1, g.choice+1)
	case kind == form.Many && key.Matches(msg, m.keys.step.Tick):
		v := options[g.choice].Value
		g.ticked[v] = !g.ticked[v]
	}
	m.stale = true
}

// next takes the answer and goes on; a wrong one is shown once and may be left
// as it is with tab.
func (g *guidePage) next(m *Model) {
	text := g.answer(m)
	if w, k, found := vagueIn(text); found && doubtful[g.question().path] && g.doubted != text {
		g.doubted = text
		g.complaint = m.words.T("brief.vague."+k, w)
		return
	}
	if !g.keep(m) {
		return
	}
	g.to(m, 1)
}

// keep writes a right answer into the brief, a wrong one beside it.
func (g *guidePage) keep(m *Model) bool {
	q := g.question()
	text := g.answer(m)
	if q.subject == nil {
		return g.keepItems(m)
	}
	if text == "" && q.current(&m.doc.brief) == "" && !isPlaceholder(q.path) {
		return true // the default stands
	}
	g.complaint = m.commit(q.subject, q.key, text)
	if g.complaint == "" && q.path == "system.domain" {
		g.adopt(m, text)
	}
	return g.complaint == ""
}

// to goes to a neighbouring question. Behind the last of the list stand the
// follow-ups, behind them the assumptions.
func (g *guidePage) to(m *Model, by int) {
	next := g.at + by
	switch {
	case next < 0:
		m.back()
		return
	case next >= len(g.questions) && by > 0 && !g.probed:
		g.waiting = true
		g.probing++
		m.probe = g.probing
		return
	case next >= g.total():
		m.ask = nil
		m.goTo(Assumptions)
		return
	}
	g.at = next
	if g.at < len(g.questions) {
		g.probed, g.follow = false, nil // the answers may change them
	}
	g.show(m)
	m.stale = true
}

// found takes the follow-ups and goes on to them.
func (g *guidePage) found(m *Model, msg probeMsg) {
	if msg.number != g.probing || !g.waiting {
		return
	}
	g.probed, g.waiting, g.follow = true, false, msg.found
	g.to(m, 1)
}

func (g *guidePage) leave(m *Model) { g.keep(m) }

func (g *guidePage) paste(m *Model, msg tea.PasteMsg) {
	if g.question().kind(m) == form.Text {
		g.field.Update(msg)
		m.stale = true
	}
}

func (g *guidePage) help(m *Model) []key.Binding {
	e, s, l := m.keys.entry, m.keys.step, m.keys.list
	switch g.question().kind(m) {
	case form.Choice, form.YesNo:
		return []key.Binding{e.Skip, l.Up, e.Previous, s.Board, s.Generate, l.Back}
	case form.Many:
		return []key.Binding{e.Skip, l.Up, s.Tick, e.Previous, s.Board, s.Generate, l.Back}
	}
	if g.field.Many {
		return []key.Binding{withHelp(e.Skip, m.words.T("brief.key.newline")), withHelp(s.Next, m.words.T("brief.key.answer")), e.Previous, s.Board, s.Generate, l.Back}
	}
	return []key.Binding{e.Skip, e.Previous, s.Board, s.Generate, l.Back}
}
