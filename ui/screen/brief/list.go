package brief

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
)

// shelf is a list of items of the brief, whatever their type: what a list
// editor has to know of them.
type shelf interface {
	noun() string // part of i18n keys: databases, services, entities, attrs, access
	count(b *brief.Brief) int
	name(b *brief.Brief, i int) string
	row(m *Model, i, w int) string
	path(i int) string
	subject(i int) subject
	line(m *Model, i int) (string, bool) // the item as one line; false when a line cannot say it all
	lines(b *brief.Brief) string         // all items, one a line
	clear(b *brief.Brief)                // no items
	parse(line string) (put, brief.Problems)
	keep(old, b *brief.Brief) // carries over what lines cannot say, by name
	recognise(m *Model, line string, caret, w int) []string
	remove(b *brief.Brief, i int)
	copyItem(b *brief.Brief, i int)
	swap(b *brief.Brief, i, j int)
	contents(m *Model, i int) string // what is lost with it, for the question before deleting
}

// put writes a parsed line into the brief: over item i, or behind the last
// when i is -1. It is nil when nothing could be read.
type put func(b *brief.Brief, i int)

// listPage edits the items of a shelf.
type listPage struct {
	shelf  shelf
	roster roster
	entry  entry
	box    box
	form   *session
	asking bool // whether to delete the item under the cursor
	open   func(m *Model, i int)
}

func newListPage(s shelf) *listPage {
	return &listPage{shelf: s, entry: entry{at: -1}}
}

func (p *listPage) typing() bool {
	return p.form != nil || p.entry.open || p.box.open || p.roster.filtering || p.asking
}

func (p *listPage) draft(m *Model) brief.Brief {
	switch {
	case p.form != nil:
		return p.form.candidate
	case p.entry.open && !p.entry.field.Empty():
		if write, ps := p.shelf.parse(p.entry.field.Text()); len(ps.Errors()) == 0 && write != nil {
			b := m.doc.brief.Clone()
			write(&b, p.entry.at)
			return b
		}
	}
	return m.doc.brief
}

func (p *listPage) leave(m *Model) {
	if p.form != nil {
		p.form.commit(m, p.form.form.Focus())
		p.form = nil
	}
	p.asking = false
}

func (p *listPage) shown(m *Model) []int {
	texts := make([]string, p.shelf.count(&m.doc.brief))
	for i := range texts {
		if p.roster.filter.Empty() {
			break
		}
		texts[i] = p.shelf.row(m, i, 200)
	}
	return p.roster.visible(texts)
}

// current is the item under the cursor.
func (p *listPage) current(m *Model) (int, bool) {
	if p.roster.settle(p.shown(m)) < 0 {
		return 0, false
	}
	return p.roster.at, true
}

func (p *listPage) press(m *Model, msg tea.KeyPressMsg) {
	switch {
	case p.form != nil:
		if p.form.update(m, msg) {
			p.form, m.stale = nil, true
		}
	case p.box.open:
		p.box.press(m, p, msg)
	case p.entry.open:
		p.entry.press(m, p, msg)
	case p.asking:
		p.answer(m, msg)
	case p.roster.filtering:
		p.roster.typeFilter(msg, m.keys.list)
	case p.roster.press(msg, m.keys.list, p.shown(m), m.h/2):
	default:
		p.act(m, msg)
	}
}

// act does what a key of the list stands for.
func (p *listPage) act(m *Model, msg tea.KeyPressMsg) {
	k := m.keys.list
	cur, any := p.current(m)
	switch {
	case key.Matches(msg, k.Add):
		p.entry.start(m, -1, "")
	case key.Matches(msg, k.Paste):
		p.box.open = true
	case !any:
		if key.Matches(msg, k.Edit) {
			p.entry.start(m, -1, "")
			return
		}
		m.common(msg, &p.roster)
	case key.Matches(msg, k.Edit):
		p.edit(m, cur)
	case key.Matches(msg, k.Line):
		p.editLine(m, cur)
	case key.Matches(msg, k.Delete):
		p.asking = true
	case key.Matches(msg, k.Copy):
		p.copyItem(m, cur)
	case key.Matches(msg, k.Later):
		p.shift(m, cur, 1)
	case key.Matches(msg, k.Sooner):
		p.shift(m, cur, -1)
	case key.Matches(msg, k.Fix):
		m.fix(p.shelf.path(cur))
	default:
		m.common(msg, &p.roster)
	}
}

// common are the keys of every list: filter, undo, redo, leave.
func (m *Model) common(msg tea.KeyPressMsg, r *roster) {
	k := m.keys.list
	switch {
	case key.Matches(msg, k.Filter):
		r.filtering = true
	case key.Matches(msg, k.Undo):
		m.undo(m.doc.undo, "brief.undone", "brief.noundo")
	case key.Matches(msg, k.Redo):
		m.undo(m.doc.redo, "brief.redone", "brief.noredo")
	case key.Matches(msg, k.Back):
		if !r.filter.Empty() {
			r.filter.Set("")
			return
		}
		m.back()
	}
}

func (m *Model) undo(do func() (string, bool), done, none string) {
	did, ok := do()
	if !ok {
		m.note = m.words.T(none)
		return
	}
	m.note = m.words.T(done, did)
}

func (p *listPage) edit(m *Model, i int) {
	if p.open != nil {
		p.open(m, i)
		return
	}
	s := p.shelf.subject(i)
	p.form = openSession(m, s, s.keys()[0])
}

func (p *listPage) editLine(m *Model, i int) {
	line, whole := p.shelf.line(m, i)
	p.entry.start(m, i, line)
	if !whole {
		m.note = m.words.T("brief.partial")
	}
}

func (p *listPage) answer(m *Model, msg tea.KeyPressMsg) {
	p.asking = false
	i, ok := p.current(m)
	if !ok || !key.Matches(msg, m.keys.list.Yes) {
		return
	}
	name := p.shelf.name(&m.doc.brief, i)
	m.doc.change(m.words.T("brief.did.delete", name), func(b *brief.Brief) { p.shelf.remove(b, i) })
	m.note = m.words.T("brief.deleted", name)
}

func (p *listPage) copyItem(m *Model, i int) {
	name := p.shelf.name(&m.doc.brief, i)
	m.doc.change(m.words.T("brief.did.copy", name), func(b *brief.Brief) { p.shelf.copyItem(b, i) })
	p.roster.at = i + 1
	m.note = m.words.T("brief.copied", p.shelf.name(&m.doc.brief, i+1))
}

func (p *listPage) shift(m *Model, i, by int) {
	j := i + by
	if !p.roster.filter.Empty() {
		m.note = m.words.T("brief.nomove")
		return
	}
	if j < 0 || j >= p.shelf.count(&m.doc.brief) {
		return
	}
	name := p.shelf.name(&m.doc.brief, i)
	m.doc.change(m.words.T("brief.did.move", name), func(b *brief.Brief) { p.shelf.swap(b, i, j) })
	p.roster.at = j
}

// paste with more than one line opens the box, wherever it was pasted.
func (p *listPage) paste(m *Model, msg tea.PasteMsg) {
	many := strings.ContainsAny(strings.TrimSpace(msg.Content), "\r\n")
	switch {
	case p.form != nil:
		p.form.update(m, msg)
	case p.roster.filtering:
		p.roster.filter.Update(msg)
	case p.entry.open && !many:
		p.entry.field.Update(msg)
		p.entry.changed(m)
	default:
		p.entry.open = false
		p.box.open = true
		p.box.paste(m, msg)
	}
}
