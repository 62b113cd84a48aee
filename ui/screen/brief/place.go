package brief

import (
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/brief"
)

// Place is where the person types: the mode and the path of the question, the
// row or the line, "" when nothing is open. With Half it is what a draft needs
// to go on in the middle of a word.
func (m *Model) Place() string {
	switch p := m.ask.(type) {
	case *quickPage:
		return string(Quick) + " " + strconv.Itoa(p.at)
	case *guidePage:
		return string(Guided) + " " + p.question().path
	}
	if a, ok := m.page().(*assumePage); ok && a.form != nil {
		return "" // its value is a half-typed one of its path
	}
	if s := m.openForm(); s != nil {
		return string(Board) + " " + s.subject.path(s.form.Focus())
	}
	if l := m.openList(); l != nil && l.entry.open {
		path := l.shelf.noun() + "+"
		if d := m.entity(); d != nil && m.step == Entities {
			path = d.head.subject.path("") + path
		}
		if l.entry.at >= 0 {
			path = l.shelf.path(l.entry.at) + rewritten
		}
		return string(Board) + " " + path
	}
	return ""
}

// Resume gives half-typed texts back and opens what Place named; a place that
// is no more is passed over.
func (m *Model) Resume(place string, half map[string]string) *Model {
	m.WithHalf(half)
	mode, at, _ := strings.Cut(place, " ")
	switch Mode(mode) {
	case Quick:
		// From nothing, as it was begun: the brief is what the answers made.
		q := newQuickPage(brief.Brief{BaseDate: m.doc.brief.BaseDate})
		q.restore(half)
		n, _ := strconv.Atoi(at)
		q.at = min(max(quickName, n), quickEngines)
		m.mode, m.ask = Quick, q
	case Guided:
		g := &guidePage{questions: questions()}
		g.at = slices.IndexFunc(g.questions, func(q question) bool { return q.path == at })
		if g.at < 0 { // a follow-up: they are found again behind the last question
			g.at = len(g.questions) - 1
		}
		g.show(m)
		m.mode, m.ask = Guided, g
	case Board:
		m.reopen(at)
	}
	m.stale = true
	return m
}

// reopen opens the row or the line at a path.
func (m *Model) reopen(path string) {
	s, ok := stepOf(strings.TrimRight(path, "+"))
	if !ok {
		return
	}
	m.step = s
	switch p := m.pages[s].(type) {
	case *sheetPage:
		p.reopen(m, path)
	case *listPage:
		p.reopen(m, path, p.shelf.noun())
	case *entitiesPage:
		if p.list.reopen(m, path, p.list.shelf.noun()) {
			return
		}
		_, i, found := item(path)
		if !found || i >= len(m.doc.brief.Entities) {
			return
		}
		d := newEntityPage(i).takeHalf(m)
		p.detail = d
		base := d.head.subject.path("")
		switch {
		case d.attrs.reopen(m, path, base+d.attrs.shelf.noun()):
			d.at = 0
		case d.access.reopen(m, path, base+d.access.shelf.noun()):
			d.at = 1
		case d.head.reopen(m, path):
			d.at = 2
		}
	}
}

func (p *sheetPage) reopen(m *Model, path string) bool {
	key, ok := strings.CutPrefix(path, p.subject.path(""))
	if !ok || !slices.Contains(p.keys(m), key) {
		return false
	}
	p.form = openSession(m, p.subject, key)
	return true
}

// reopen says whether the path is one of the list's.
func (p *listPage) reopen(m *Model, path, own string) bool {
	if path == own+"+" {
		p.entry.open = true
		return true
	}
	for i := range p.shelf.count(&m.doc.brief) {
		if path == p.shelf.path(i)+rewritten {
			p.roster.at = i
			p.entry.start(m, i, m.half[path])
			delete(m.half, path)
			return true
		}
		s := p.shelf.subject(i)
		if key, ok := strings.CutPrefix(path, s.path("")); ok && own != entitiesNoun && slices.Contains(s.keys(), key) {
			p.roster.at = i
			p.form = openSession(m, s, key)
			return true
		}
	}
	return false
}

// entitiesNoun is the list whose items open on a page of their own.
const entitiesNoun = "entities"

// quickPrefix begins the paths of what is half-typed on the quick page.
const quickPrefix = "quick."

// values are the answers as they stand, by name.
func (q *quickPage) values() map[string]string {
	preset := ""
	if ps := brief.Presets(); q.preset >= 0 && q.preset < len(ps) {
		preset = ps[q.preset].ID
	}
	scale := ""
	if q.scale >= 0 {
		scale = scales[q.scale].name
	}
	out := map[string]string{
		"name": q.name.Text(), "sentence": q.sentence.Text(), "own": q.own.Text(),
		"preset": preset, "scale": scale, "dau": q.dau.Text(),
		"writing": strconv.FormatBool(q.writing),
	}
	if q.touched {
		out["engines"] = q.engines.Text()
	}
	return out
}

// restore takes the answers that Half gave.
func (q *quickPage) restore(half map[string]string) {
	for k, f := range map[string]interface{ Set(string) }{
		"name": &q.name, "sentence": &q.sentence, "own": &q.own, "dau": &q.dau, "engines": &q.engines,
	} {
		if v, ok := half[quickPrefix+k]; ok {
			f.Set(v)
			q.touched = q.touched || k == "engines"
		}
	}
	if id, ok := half[quickPrefix+"preset"]; ok {
		q.preset = slices.IndexFunc(brief.Presets(), func(p brief.PresetInfo) bool { return p.ID == id })
	}
	if name, ok := half[quickPrefix+"scale"]; ok {
		q.scale = slices.IndexFunc(scales, func(s scale) bool { return s.name == name })
	}
	q.writing = half[quickPrefix+"writing"] == "true"
}
