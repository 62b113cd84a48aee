package brief

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
)

// sheetPage shows one subject as rows of label and value, edited in a form.
type sheetPage struct {
	subject subject
	roster  roster
	form    *session
}

func (p *sheetPage) typing() bool { return p.form != nil || p.roster.filtering }

func (p *sheetPage) draft(m *Model) brief.Brief {
	if p.form != nil {
		return p.form.candidate
	}
	return m.doc.brief
}

func (p *sheetPage) leave(m *Model) {
	if p.form != nil {
		p.form.commit(m, p.form.form.Focus())
		p.form = nil
	}
}

func (p *sheetPage) keys(m *Model) []string {
	var out []string
	for _, k := range p.subject.keys() {
		if m.asks(p.subject, k) {
			out = append(out, k)
		}
	}
	return out
}

func (p *sheetPage) shown(m *Model) []int {
	var texts []string
	for _, k := range p.keys(m) {
		texts = append(texts, p.subject.label(m, k)+" "+k)
	}
	return p.roster.visible(texts)
}

func (p *sheetPage) current(m *Model) (string, bool) {
	if p.roster.settle(p.shown(m)) < 0 {
		return "", false
	}
	return p.keys(m)[p.roster.at], true
}

func (p *sheetPage) press(m *Model, msg tea.KeyPressMsg) {
	k := m.keys.list
	switch {
	case p.form != nil:
		if p.form.update(m, msg) {
			p.close(m)
		}
		return
	case p.roster.filtering:
		p.roster.typeFilter(msg, k)
		return
	case p.roster.press(msg, k, p.shown(m), m.h/2):
		return
	}
	cur, ok := p.current(m)
	switch {
	case key.Matches(msg, k.Edit, k.Line, k.Add) && ok:
		p.form = openSession(m, p.subject, cur)
	case key.Matches(msg, k.Reset, k.Delete) && ok:
		p.reset(m, cur)
	case key.Matches(msg, k.Fix):
		m.fix(p.subject.path(cur))
	default:
		m.common(msg, &p.roster)
	}
}

func (p *sheetPage) close(m *Model) {
	cur := p.form.form.Focus()
	p.form = nil
	for i, k := range p.keys(m) {
		if k == cur {
			p.roster.at = i
		}
	}
	m.stale = true
}

func (p *sheetPage) reset(m *Model, k string) {
	if m.commit(p.subject, k, "") != "" {
		delete(m.half, p.subject.path(k))
		m.note = m.words.T("brief.needed", p.subject.label(m, k))
	}
}

func (p *sheetPage) paste(m *Model, msg tea.PasteMsg) {
	switch {
	case p.form != nil:
		p.form.update(m, msg)
	case p.roster.filtering:
		p.roster.filter.Update(msg)
	}
}
