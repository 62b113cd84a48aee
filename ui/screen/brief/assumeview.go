package brief

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/form"
)

func (p *assumePage) view(m *Model, w, h int) (string, *tea.Cursor) {
	as, shown := p.shown(m)
	head := []string{" " + m.theme.Title.Render(m.words.T("brief.list.assume")) + " " + m.theme.Dim.Render(m.words.T("brief.assumed", len(as), opened(as)))}
	if len(as) == 0 {
		k := "brief.none.assume"
		if !m.live.ready {
			k = "brief.notyet"
		}
		return strings.Join(append(head, "", "   "+m.words.T(k)), "\n"), nil
	}
	foot, c := p.foot(m, w)
	room := max(1, h-len(foot)-1)
	from, to := p.roster.window(shown, room)
	for _, i := range shown[from:to] {
		head = append(head, " "+m.theme.Row(i == p.roster.at, p.row(m, as[i], w-3)))
	}
	for len(head) < room+1 {
		head = append(head, "")
	}
	return strings.Join(append(head, foot...), "\n"), moved(c, 0, room+1)
}

func opened(as []assumed) int {
	n := 0
	for _, a := range as {
		if a.Open {
			n++
		}
	}
	return n
}

func (p *assumePage) row(m *Model, a assumed, w int) string {
	source := m.words.T("brief.source." + string(a.Source))
	if a.Source == brief.FromExtracted {
		source = m.theme.Warn.Render(source)
	}
	if a.Open {
		source = m.theme.Warn.Render(m.words.T("brief.open"))
	}
	label, value := max(18, w*2/5), 14
	return m.theme.Fit(a.Label, label-1) + " " + m.theme.Right(a.Value, value) + "  " +
		m.theme.Fit(source, 8) + m.theme.Dim.Render(m.theme.Fit(a.Effect, max(0, w-label-value-10)))
}

// foot is the effect of the row under the cursor, or the value being typed.
func (p *assumePage) foot(m *Model, w int) ([]string, *tea.Cursor) {
	a, ok := p.current(m)
	switch {
	case p.roster.filtering || !ok:
		return filterLine(m, &p.roster, w)
	case p.form == nil:
		return append([]string{m.theme.Rule(w)}, p.about(m, a, w-1)...), nil
	}
	height := 1
	if row := p.item.subject.row(m, &m.doc.brief, p.item.key); row.Kind == form.Many {
		height = min(6, len(row.Options))
	}
	v, c := p.form.View(w-1, height)
	out := []string{m.theme.Rule(w)}
	for _, l := range strings.Split(v, "\n") {
		out = append(out, " "+l)
	}
	style, note := m.theme.Dim, p.item.Effect
	if p.complaint != "" {
		style, note = m.theme.Error, p.complaint
	}
	return append(out, paragraph(" "+note, w, style.Render)...), moved(c, 1, 1)
}

func (p *assumePage) about(m *Model, a assumed, w int) []string {
	out := paragraph(" "+a.Label+"  "+a.Value+"  "+a.Effect, w, m.theme.Plain.Render)
	return append(out, " "+m.theme.Dim.Render(m.theme.Cut(m.words.T("brief.from."+string(a.Source)), w-1)))
}

// panel shows what stands for the table concerned, else the load.
func (p *assumePage) panel(m *Model, w int) []string {
	a, ok := p.current(m)
	if !ok {
		return nil
	}
	if list, i, ok := item(a.Path); ok && list == "entities" {
		return entityPanel(m, i, w)
	}
	if a.subject != nil {
		return subjectPanel(m, a.subject, a.key, w)
	}
	return p.about(m, a, w)
}

func (p *assumePage) help(m *Model) []key.Binding {
	l, s, e := m.keys.list, m.keys.step, m.keys.entry
	if p.form != nil {
		return []key.Binding{e.Put, m.keys.form.Choose, e.Close}
	}
	return []key.Binding{withHelp(l.Edit, m.words.T("brief.key.generate")), withHelp(l.Line, m.words.T("brief.key.give")), l.Up, l.Filter, l.Undo, s.Prev, l.Back, s.Help}
}

// withHelp is the same key with other words.
func withHelp(b key.Binding, words string) key.Binding {
	return key.NewBinding(key.WithKeys(b.Keys()...), key.WithHelp(b.Help().Key, words))
}
