package brief

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
)

func (p *listPage) view(m *Model, w, h int) (string, *tea.Cursor) {
	switch {
	case p.form != nil:
		title := m.theme.Title.Render(m.theme.Cut(" "+p.formTitle(m), w))
		v, c := p.form.view(m, w, h-1)
		return title + "\n" + v, moved(c, 0, 1)
	case p.box.open:
		return p.box.view(m, p, w, h)
	}
	foot, c := p.foot(m, w)
	room := max(1, h-1-len(foot))
	out := append([]string{p.title(m, w)}, p.rows(m, w, room)...)
	for len(out) < room+1 {
		out = append(out, "")
	}
	return strings.Join(append(out[:room+1], foot...), "\n"), moved(c, 0, room+1)
}

func (p *listPage) formTitle(m *Model) string {
	i, _ := p.current(m)
	return p.shelf.name(&m.doc.brief, i)
}

func (p *listPage) title(m *Model, w int) string {
	n := p.shelf.count(&m.doc.brief)
	left := " " + m.theme.Title.Render(m.words.T("brief.list."+p.shelf.noun())) + " " + m.theme.Dim.Render(fmt.Sprint(n))
	shown := len(p.shown(m))
	if shown == n {
		return left
	}
	return m.theme.Spread(left, m.theme.Dim.Render(m.words.T("brief.filtered", shown)), w)
}

func (p *listPage) rows(m *Model, w, h int) []string {
	shown := p.shown(m)
	if len(shown) == 0 {
		k := "brief.none." + p.shelf.noun()
		if p.shelf.count(&m.doc.brief) > 0 {
			k = "brief.nomatch"
		}
		var out []string
		for _, l := range paragraph(m.words.T(k), w-4, m.theme.Dim.Render) {
			out = append(out, "   "+l)
		}
		return out
	}
	from, to := p.roster.window(shown, h)
	var out []string
	for _, i := range shown[from:to] {
		mark := m.sign(p.shelf.path(i))
		focus := i == p.roster.at && !(p.entry.open && p.entry.at < 0)
		out = append(out, mark+m.theme.Row(focus, p.shelf.row(m, i, w-3)))
	}
	return out
}

// sign stands before a row that has problems.
func (m *Model) sign(path string) string {
	switch ps := m.live.at(path); {
	case len(ps.Errors()) > 0 || m.unfinished(path):
		return m.theme.Error.Render("!")
	case len(ps) > 0:
		return m.theme.Warn.Render("!")
	}
	return " "
}

// foot is what stands below the rows: the line being typed, the question
// before deleting, the filter, or the problems of the row.
func (p *listPage) foot(m *Model, w int) ([]string, *tea.Cursor) {
	switch {
	case p.entry.open:
		return p.entry.view(m, p, w)
	case p.asking:
		i, _ := p.current(m)
		q := m.words.T("brief.askdelete", p.shelf.name(&m.doc.brief, i), p.shelf.contents(m, i))
		return append([]string{m.theme.Rule(w)}, paragraph(" "+q, w, m.theme.Warn.Render)...), nil
	case p.roster.filtering || !p.roster.filter.Empty():
		return filterLine(m, &p.roster, w)
	}
	i, ok := p.current(m)
	if !ok {
		return nil, nil
	}
	if ps := m.live.at(p.shelf.path(i)); len(ps) > 0 {
		return append([]string{m.theme.Rule(w)}, problemLines(m, ps[:min(2, len(ps))], w)...), nil
	}
	if m.unfinished(p.shelf.path(i)) {
		return []string{m.theme.Rule(w), m.theme.Error.Render(m.theme.Cut(" "+m.words.T("brief.unfinished"), w))}, nil
	}
	if !p.box.field.Empty() {
		return []string{m.theme.Dim.Render(m.theme.Cut(" "+m.words.T("brief.boxed", p.box.field.Lines()), w))}, nil
	}
	if p.entry.field.Empty() {
		return p.brief(m, i, w), nil
	}
	return []string{m.theme.Dim.Render(m.theme.Cut(" "+m.words.T("brief.pending", p.entry.field.Text()), w))}, nil
}

// brief is the panel in two lines, for screens without room for it.
func (p *listPage) brief(m *Model, i, w int) []string {
	if m.w >= wide || p.shelf.noun() != "entities" {
		return nil
	}
	t, ok := m.live.table(i)
	if !ok {
		return nil
	}
	out := []string{m.theme.Rule(w)}
	for _, l := range verdictLines(m, t)[:2] {
		out = append(out, m.theme.Cut(" "+l, w))
	}
	if missing(m, i) {
		out = append(out, m.theme.Warn.Render(m.theme.Cut(" "+m.words.T("brief.missing"), w)))
	}
	return out
}

// problemLines are problems with the words of their fix.
func problemLines(m *Model, ps brief.Problems, w int) []string {
	var out []string
	for _, p := range ps {
		style := m.theme.Error
		if p.Warning {
			style = m.theme.Warn
		}
		out = append(out, paragraph(" "+p.Message, w, style.Render)...)
		if f, ok := m.fixFor(p); ok {
			out = append(out, m.theme.Cut(" "+m.words.T("brief.fixable", f.label), w))
		}
	}
	return out
}

func (p *listPage) panel(m *Model, w int) []string {
	if p.form != nil {
		return subjectPanel(m, p.form.subject, p.form.form.Focus(), w)
	}
	i, ok := p.current(m)
	if p.entry.open {
		i, ok = p.entry.at, true
		if i < 0 {
			i = p.shelf.count(&m.doc.brief) // where the draft stands
		}
	}
	if !ok {
		return nil
	}
	return itemPanel(m, p.shelf.noun(), i, w)
}

func (p *listPage) help(m *Model) []key.Binding {
	l, s, e := m.keys.list, m.keys.step, m.keys.entry
	switch {
	case p.form != nil:
		return m.keys.form.Help()
	case p.box.open:
		return []key.Binding{e.PutAll, e.Close}
	case p.entry.open:
		return []key.Binding{e.Put, e.Close}
	case p.asking:
		return []key.Binding{l.Yes, withHelp(e.Close, m.words.T("brief.key.keep"))}
	}
	return []key.Binding{l.Edit, l.Add, s.Next, l.Line, l.Copy, l.Delete, l.Paste, l.Filter, l.Later, l.Undo, s.Prev, s.Generate, l.Back, s.Help}
}
