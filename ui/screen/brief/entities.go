package brief

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
)

// entitiesPage is the list of entities and, opened with enter, one of them.
type entitiesPage struct {
	list   listPage
	detail *entityPage
}

func (p *entitiesPage) typing() bool {
	return p.detail != nil && p.detail.typing() || p.detail == nil && p.list.typing()
}

func (p *entitiesPage) draft(m *Model) brief.Brief {
	if p.detail != nil {
		return p.detail.tab(m).draft(m)
	}
	return p.list.draft(m)
}

func (p *entitiesPage) leave(m *Model) {
	if p.detail != nil {
		p.detail.leave(m)
		return
	}
	p.list.leave(m)
}

func (p *entitiesPage) press(m *Model, msg tea.KeyPressMsg) {
	p.list.open = func(m *Model, i int) { p.detail = newEntityPage(i).takeHalf(m); m.stale = true }
	switch {
	case p.detail == nil && !p.list.typing() && key.Matches(msg, m.keys.list.Fix):
		p.mend(m)
	case p.detail == nil:
		p.list.press(m, msg)
	case !p.detail.typing() && p.detail.clear(m) && key.Matches(msg, m.keys.list.Back):
		p.detail.giveHalf(m)
		p.detail, m.stale = nil, true
	default:
		p.detail.press(m, msg)
	}
	if p.detail != nil && p.detail.i >= len(m.doc.brief.Entities) {
		p.detail = nil // undone away
	}
}

// mend fixes the entity under the cursor; when only the rows a day are missing
// it asks for them.
func (p *entitiesPage) mend(m *Model) {
	i, ok := p.list.current(m)
	if !ok {
		return
	}
	if len(m.live.at(p.list.shelf.path(i))) > 0 || !missing(m, i) {
		m.fix(p.list.shelf.path(i))
		return
	}
	p.detail = newEntityPage(i).takeHalf(m)
	p.detail.at = len(p.detail.tabs()) - 1
	p.detail.head.form = openSession(m, p.detail.head.subject, "volume.rows_per_day")
}

func (p *entitiesPage) paste(m *Model, msg tea.PasteMsg) {
	if p.detail != nil {
		p.detail.tab(m).paste(m, msg)
		return
	}
	p.list.paste(m, msg)
}

func (p *entitiesPage) view(m *Model, w, h int) (string, *tea.Cursor) {
	if p.detail != nil {
		return p.detail.view(m, w, h)
	}
	return p.list.view(m, w, h)
}

func (p *entitiesPage) panel(m *Model, w int) []string {
	if p.detail != nil {
		return p.detail.panel(m, w)
	}
	return p.list.panel(m, w)
}

func (p *entitiesPage) help(m *Model) []key.Binding {
	if p.detail != nil {
		return p.detail.help(m)
	}
	return p.list.help(m)
}

// entityPage is one entity: its attributes, its queries, its head.
type entityPage struct {
	i      int
	at     int // tab
	attrs  *listPage
	access *listPage
	head   *sheetPage
}

func newEntityPage(i int) *entityPage {
	return &entityPage{
		i: i, attrs: newListPage(attrShelf(i)), access: newListPage(accessShelf(i)),
		head: &sheetPage{subject: entitySubject(i)},
	}
}

// tabs are the parts of an entity in the order of ← →.
func (p *entityPage) tabs() []page { return []page{p.attrs, p.access, p.head} }

// tabNames are their i18n keys.
var tabNames = []string{"brief.tab.attrs", "brief.tab.access", "brief.tab.head"}

func (p *entityPage) tab(*Model) page { return p.tabs()[p.at] }

func (p *entityPage) typing() bool { return p.tabs()[p.at].typing() }

// clear says that esc has nothing to clear in the tab.
func (p *entityPage) clear(m *Model) bool {
	r := &p.head.roster
	switch p.at {
	case 0:
		r = &p.attrs.roster
	case 1:
		r = &p.access.roster
	}
	return r.filter.Empty()
}

func (p *entityPage) leave(m *Model) {
	if l, ok := p.tab(m).(leaver); ok {
		l.leave(m)
	}
}

func (p *entityPage) press(m *Model, msg tea.KeyPressMsg) {
	k := m.keys.list
	switch n := len(p.tabs()); {
	case !p.typing() && key.Matches(msg, k.Right):
		p.at = (p.at + 1) % n
	case !p.typing() && key.Matches(msg, k.Left):
		p.at = (p.at + n - 1) % n
	default:
		p.tab(m).press(m, msg)
	}
}

func (p *entityPage) view(m *Model, w, h int) (string, *tea.Cursor) {
	head := p.title(m, w)
	v, c := p.tab(m).view(m, w, h-len(head))
	return strings.Join(append(head, v), "\n"), moved(c, 0, len(head))
}

// title is the entity's name and the row of tabs.
func (p *entityPage) title(m *Model, w int) []string {
	e := m.doc.brief.Entities[p.i]
	line := " " + m.theme.Title.Render(e.Name)
	if full, ok := m.live.entity(p.i); ok {
		line += " " + m.theme.Dim.Render(strings.Join(nonEmpty(full.Table, serviceName(m, full.Service), m.words.T("brief.kind."+string(full.Kind))), " · "))
	}
	var tabs []string
	for i, k := range tabNames {
		style := m.theme.Dim
		if i == p.at {
			style = m.theme.Bold.Underline(true)
		}
		tabs = append(tabs, style.Render(m.words.T(k)))
	}
	return []string{m.theme.Cut(line, w), m.theme.Cut(" "+strings.Join(tabs, "  "), w)}
}

func serviceName(m *Model, code string) string {
	if s, ok := m.live.resolved.Service(code); ok {
		return s.Name
	}
	return code
}

func (p *entityPage) panel(m *Model, w int) []string {
	if p.at == 2 || p.attrs.form != nil || p.access.form != nil {
		return append(append(p.tab(m).panel(m, w), ""), entityPanel(m, p.i, w)...)
	}
	return entityPanel(m, p.i, w)
}

func (p *entityPage) help(m *Model) []key.Binding {
	hs := p.tab(m).help(m)
	if p.typing() {
		return hs
	}
	return append([]key.Binding{m.keys.list.Left}, hs...)
}
