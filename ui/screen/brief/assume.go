package brief

import (
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/form"
)

// assumePage lists every value nobody gave, with what it changes; the one
// under the cursor can be given here, as the single row of a form.
type assumePage struct {
	roster    roster
	form      *form.Form // nil while nothing is edited
	item      assumed    // being edited
	was       string     // its text when the form was opened
	frozen    []assumed  // the list while one is edited: the value tried is none of it
	complaint string
}

// assumed is an assumption with its place in the brief as written.
type assumed struct {
	brief.Assumption
	subject subject // nil when a person cannot give it
	key     string
}

func (p *assumePage) typing() bool { return p.form != nil || p.roster.filtering }

func (p *assumePage) draft(m *Model) brief.Brief {
	if p.form != nil && p.form.Value(p.item.key) != p.was {
		if b, complaint := p.try(m); complaint == "" {
			return b
		}
	}
	return m.doc.brief
}

// leave keeps what was typed, taken when it is right.
func (p *assumePage) leave(m *Model) {
	if p.form != nil && p.form.Value(p.item.key) != p.was {
		p.put(m)
	}
	p.form = nil
}

// assumptions are what was read out of a text, then those of the design in their order, the weightiest first
// (daily users, rows a day, retention), then those the design itself made.
func assumptions(m *Model) []assumed {
	out := make([]assumed, len(m.live.design.Assumptions))
	for i, a := range m.live.design.Assumptions {
		out[i].Assumption = a
		if list, n, ok := item(a.Path); ok && list == "entities" {
			_, rest, _ := strings.Cut(a.Path, "]")
			out[i].Path = entitySubject(m.live.original(n)).base + rest
		}
		out[i].subject, out[i].key = subjectAt(out[i].Path)
	}
	return append(guessed(m), out...)
}

func (p *assumePage) shown(m *Model) ([]assumed, []int) {
	as := p.frozen
	if p.form == nil {
		as = assumptions(m)
	}
	texts := make([]string, len(as))
	for i, a := range as {
		texts[i] = a.Label + " " + a.Path + " " + a.Value
	}
	return as, p.roster.visible(texts)
}

func (p *assumePage) current(m *Model) (assumed, bool) {
	as, shown := p.shown(m)
	if p.roster.settle(shown) < 0 {
		return assumed{}, false
	}
	return as[p.roster.at], true
}

func (p *assumePage) press(m *Model, msg tea.KeyPressMsg) {
	k := m.keys.list
	_, shown := p.shown(m)
	switch {
	case p.form != nil:
		p.edit(m, msg)
	case p.roster.filtering:
		p.roster.typeFilter(msg, k)
	case p.roster.press(msg, k, shown, m.h/2):
	case key.Matches(msg, k.Line):
		p.start(m)
	case key.Matches(msg, k.Edit):
		m.generate()
	default:
		m.common(msg, &p.roster)
	}
}

// start opens the row with what the rules took, or with what was half-typed.
func (p *assumePage) start(m *Model) {
	a, ok := p.current(m)
	if !ok || a.subject == nil {
		m.note = m.words.T("brief.notset")
		return
	}
	full := written(m.doc.brief.Clone(), m.live.resolved, a.Path)
	row := a.subject.row(m, &full, a.key)
	if row.Value == "" {
		row.Value = a.subject.get(&m.live.resolved.Brief, a.key)
	}
	p.was = row.Value
	if half, ok := m.half[a.Path]; ok {
		row.Value = half
	}
	row.Label = a.Label
	p.frozen = assumptions(m)
	p.item, p.complaint = a, ""
	p.form = form.New(m.theme, m.keys.form, []form.Row{row}, a.key)
}

// edit passes a key to the row: enter takes the value, even the default itself,
// esc leaves it; what was typed is kept for the next time.
func (p *assumePage) edit(m *Model, msg tea.Msg) {
	press, isKey := msg.(tea.KeyPressMsg)
	switch p.form.Update(msg) {
	case form.Changed:
		_, p.complaint = p.try(m)
		p.form.Wrong(p.item.key, p.complaint != "")
		m.stale = true
	case form.Closed:
		if isKey && key.Matches(press, m.keys.form.Next, m.keys.form.Down) {
			p.put(m)
			return
		}
		if v := p.form.Value(p.item.key); v != p.was {
			m.half[p.item.Path] = v
		}
		p.form, m.stale = nil, true
	}
}

func (p *assumePage) try(m *Model) (brief.Brief, string) {
	full := written(m.doc.brief.Clone(), m.live.resolved, p.item.Path)
	return try(full, p.item.subject, p.item.key, p.form.Value(p.item.key))
}

// put writes the value as the person's.
func (p *assumePage) put(m *Model) {
	next, complaint := p.try(m)
	if p.complaint = complaint; complaint != "" {
		m.half[p.item.Path] = p.form.Value(p.item.key)
		return
	}
	delete(m.half, p.item.Path)
	p.form = nil
	m.settle(p.item.Path)
	m.doc.change(m.words.T("brief.did.set", p.item.Label), func(b *brief.Brief) { *b = next })
}

// written puts into b the item a path speaks of when only the rules know it:
// with its name, so that everything else of it stays an assumption.
func written(b brief.Brief, r brief.Resolved, path string) brief.Brief {
	list, i, ok := item(path)
	switch {
	case !ok:
	case list == "databases" && i >= len(b.Databases):
		b.Databases = nil
		for _, d := range r.Databases {
			b.Databases = append(b.Databases, brief.Database{Engine: d.Engine, Name: d.Name, Version: d.Version})
		}
	case list == "services" && i >= len(b.Services):
		b.Services = nil
		for _, s := range r.Services {
			b.Services = append(b.Services, brief.Service{Name: s.Name, Code: s.Code})
		}
	}
	return b
}

func firstAt(ps brief.Problems, path string) error {
	for _, p := range ps {
		if p.Path == path {
			return p
		}
	}
	return nil
}

// message is the sentence for people in an error of the brief.
func message(err error) string {
	var p brief.Problem
	if errors.As(err, &p) {
		return p.Message
	}
	return err.Error()
}

func (p *assumePage) paste(m *Model, msg tea.PasteMsg) {
	if p.form != nil {
		p.edit(m, msg)
	} else if p.roster.filtering {
		p.roster.filter.Update(msg)
	}
}
