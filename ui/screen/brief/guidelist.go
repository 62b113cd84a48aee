package brief

import (
	"strings"

	"dbchapter/prompt/brief"
)

// inside says that enter makes a new line: in lists, unless the line of the
// caret is the empty last one.
func (g *guidePage) inside() bool {
	return g.field.Many && (g.field.Row() < g.field.Lines()-1 || strings.TrimSpace(g.field.Line(g.field.Row())) != "")
}

// items is the brief with the lines that can be read, and the first complaint.
func (g *guidePage) items(m *Model) (brief.Brief, string) {
	q := g.question()
	b := m.doc.brief.Clone()
	q.shelf.clear(&b)
	complaint := ""
	for i := range g.field.Lines() {
		line := g.field.Line(i)
		if skipped(line) {
			continue
		}
		write, ps := q.shelf.parse(strings.TrimSpace(line))
		if errs := ps.Errors(); len(errs) > 0 || write == nil {
			if complaint == "" && len(errs) > 0 {
				complaint = m.words.T("brief.line", i+1) + column(m, errs[0]) + errs[0].Message
			}
			continue
		}
		write(&b, -1)
	}
	q.shelf.keep(&m.doc.brief, &b)
	return b, complaint
}

func (g *guidePage) keepItems(m *Model) bool {
	q := g.question()
	next, complaint := g.items(m)
	if complaint != "" {
		m.half[q.path] = g.field.Text()
	} else {
		delete(m.half, q.path)
	}
	if q.shelf.lines(&next) != q.shelf.lines(&m.doc.brief) {
		m.doc.change(m.words.T("brief.did.put", m.words.T("brief.list."+q.shelf.noun())), func(b *brief.Brief) { *b = next })
	}
	g.complaint = complaint
	return complaint == ""
}

// adopt fills services, entities and databases from the preset of a domain as
// long as there are none.
func (g *guidePage) adopt(m *Model, domain string) {
	p, ok := brief.Preset(domain)
	if !ok || len(m.doc.brief.Entities) > 0 {
		return
	}
	m.doc.change(m.words.T("brief.did.preset"), func(b *brief.Brief) {
		b.Preset, b.Entities = domain, p.Entities
		if len(b.Services) == 0 {
			b.Services = p.Services
		}
		if len(b.Databases) == 0 {
			b.Databases = p.Databases
		}
	})
	m.note = m.words.T("brief.adopted", len(p.Services), len(p.Entities))
}
