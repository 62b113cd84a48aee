package brief

import (
	"maps"
	"strings"

	"dbchapter/ui/screen/brief/field"
)

// Half are the half-typed texts by their path: values that break a rule, the
// row being typed, lines not taken yet. They are no part of the brief; a draft
// may keep them.
func (m *Model) Half() map[string]string {
	out := maps.Clone(m.half)
	for path, f := range m.typing() {
		if !f.Empty() {
			out[path] = f.Text()
		}
	}
	m.inHand(func(path, text, written string) {
		delete(out, path)
		if text != written {
			out[path] = text
		}
	})
	return out
}

// WithHalf gives half-typed texts back, as Half returned them.
func (m *Model) WithHalf(half map[string]string) *Model {
	typing := m.typing()
	for path, text := range half {
		if f, ok := typing[path]; ok {
			f.Set(text)
			continue
		}
		if !strings.HasPrefix(path, quickPrefix) { // theirs is the quick page
			m.half[path] = text
		}
	}
	return m
}

// typing are the lines and boxes for new items by the path Half gives them:
// entities+ is the line, entities++ the box. A line that rewrites an item is
// none of them, the item still stands.
func (m *Model) typing() map[string]*field.Field {
	out := map[string]*field.Field{}
	for _, s := range []Step{Databases, Services, Entities} {
		p, ok := m.pages[s].(*listPage)
		if !ok {
			p = &m.pages[s].(*entitiesPage).list
		}
		p.lines(p.shelf.noun(), out)
	}
	if d := m.entity(); d != nil {
		d.lines(out)
	}
	return out
}

// lines puts the line and the box of a list under their paths into out.
func (p *listPage) lines(path string, out map[string]*field.Field) {
	p.box.field.Many = true
	out[path+"++"] = &p.box.field
	if p.entry.at < 0 {
		out[path+"+"] = &p.entry.field
	}
}

func (p *entityPage) lines(out map[string]*field.Field) {
	base := p.head.subject.path("")
	p.attrs.lines(base+p.attrs.shelf.noun(), out)
	p.access.lines(base+p.access.shelf.noun(), out)
}

// takeHalf gives the lines of an entity what was half-typed in them before.
func (p *entityPage) takeHalf(m *Model) *entityPage {
	lines := map[string]*field.Field{}
	p.lines(lines)
	for path, f := range lines {
		f.Set(m.half[path])
		delete(m.half, path)
	}
	return p
}

// giveHalf keeps what is half-typed in the lines of an entity that is closed.
func (p *entityPage) giveHalf(m *Model) {
	lines := map[string]*field.Field{}
	p.lines(lines)
	for path, f := range lines {
		if !f.Empty() {
			m.half[path] = f.Text()
		}
	}
}

// entity is the one that is open, nil for none.
func (m *Model) entity() *entityPage {
	p, _ := m.pages[Entities].(*entitiesPage)
	return p.detail
}

// inHand tells the text that is being typed, and what is written at its path.
func (m *Model) inHand(tell func(path, text, written string)) {
	switch p := m.ask.(type) {
	case *quickPage:
		if now := p.values(); !maps.Equal(now, p.begun) { // all: the brief cannot tell what was said from a preset
			for k, v := range now {
				tell(quickPrefix+k, v, unsaid)
			}
		}
		return
	case *guidePage:
		q := p.question()
		tell(q.path, p.answer(m), q.current(&m.doc.brief))
		return
	}
	if a, ok := m.page().(*assumePage); ok && a.form != nil {
		tell(a.item.Path, a.form.Value(a.item.key), a.was)
	}
	if l := m.openList(); l != nil && l.entry.open && l.entry.at >= 0 {
		line, _ := l.shelf.line(m, l.entry.at)
		tell(l.shelf.path(l.entry.at)+rewritten, l.entry.field.Text(), line)
	}
	if s := m.openForm(); s != nil {
		k := s.form.Focus()
		tell(s.subject.path(k), s.form.Value(k), s.subject.get(&m.doc.brief, k))
	}
}

// unsaid is no text a person could type.
const unsaid = "\x00"

// rewritten ends the path of a line that replaces an item.
const rewritten = "="

// openList is the list shown, nil for none.
func (m *Model) openList() *listPage {
	p := m.page()
	if e, ok := p.(*entitiesPage); ok {
		p = &e.list
		if e.detail != nil {
			p = e.detail.tab(m)
		}
	}
	l, _ := p.(*listPage)
	return l
}

// openForm is the form shown, nil for none.
func (m *Model) openForm() *session {
	if l := m.openList(); l != nil {
		return l.form
	}
	p := m.page()
	if d := m.entity(); d != nil && m.step == Entities && m.ask == nil {
		p = d.tab(m)
	}
	if s, ok := p.(*sheetPage); ok {
		return s.form
	}
	return nil
}

// unfinished says whether something is half-typed at a path or below.
func (m *Model) unfinished(path string) bool {
	for k := range m.half {
		if k == path || strings.HasPrefix(k, path+".") || strings.HasPrefix(k, path+"[") {
			return true
		}
	}
	return false
}
