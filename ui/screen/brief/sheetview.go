package brief

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/screen/brief/form"
	"dbchapter/ui/theme"
)

func (p *sheetPage) view(m *Model, w, h int) (string, *tea.Cursor) {
	if p.form != nil {
		title := m.theme.Title.Render(" " + m.words.T("brief.part."+p.form.part))
		v, c := p.form.view(m, w, h-1)
		return title + "\n" + v, moved(c, 0, 1)
	}
	foot, c := p.foot(m, w)
	rows, at := p.rows(m, w)
	room := max(1, h-len(foot))
	top := max(0, min(at-room/2, len(rows)-room))
	out := rows[top:min(len(rows), top+room)]
	for len(out) < room {
		out = append(out, "")
	}
	return strings.Join(append(out, foot...), "\n"), moved(c, 0, room)
}

// rows are the headings and values; at is the line of the cursor.
func (p *sheetPage) rows(m *Model, w int) (out []string, at int) {
	p.roster.settle(p.shown(m))
	ks := p.keys(m)
	labels := 0
	for _, k := range ks {
		labels = max(labels, theme.Width(p.subject.label(m, k)))
	}
	part := ""
	for _, i := range p.shown(m) {
		if s := p.subject.part(ks[i]); s != part {
			part = s
			out = append(out, m.theme.Title.Render(" "+m.words.T("brief.part."+s)))
		}
		if i == p.roster.at {
			at = len(out)
		}
		out = append(out, p.row(m, ks[i], labels, w, i == p.roster.at))
	}
	return out, at
}

func (p *sheetPage) row(m *Model, k string, labels, w int, focus bool) string {
	label := m.theme.Fit(p.subject.label(m, k), labels)
	value, source := p.value(m, k)
	room := max(4, w-labels-6-theme.Width(source)-1)
	value = m.theme.Cut(value, room)
	switch {
	case m.half[p.subject.path(k)] != "":
		value = m.theme.Error.Render(value)
	case source != "":
		value = m.theme.Dim.Render(value)
	case focus:
		value = m.theme.Bold.Render(value)
	}
	sign := m.sign(p.subject.path(k))
	if p.untouched(m, k) {
		sign = " "
	}
	line := sign + m.theme.Row(focus, label) + "  " + value
	return m.theme.Spread(line, m.theme.Dim.Render(source), w)
}

// value is what a row shows and where it came from: "" for the person.
func (p *sheetPage) value(m *Model, k string) (value, source string) {
	path := p.subject.path(k)
	if half, ok := m.half[path]; ok {
		return half, m.words.T("brief.half")
	}
	if v := p.subject.get(&m.doc.brief, k); v != "" {
		return display(m, p.subject, k, v), ""
	}
	if m.live.ready && !isPlaceholder(path) && !m.madeUp(path) {
		if v := p.subject.get(&m.live.resolved.Brief, k); v != "" {
			return display(m, p.subject, k, v), m.words.T("brief.default")
		}
	}
	if isPlaceholder(path) {
		return m.words.T("brief.required"), " "
	}
	return m.words.T("brief.empty"), " "
}

// untouched says that a required value was not begun: no reason to complain.
func (p *sheetPage) untouched(m *Model, k string) bool {
	path := p.subject.path(k)
	return isPlaceholder(path) && p.subject.get(&m.doc.brief, k) == "" && !m.unfinished(path)
}

// isPlaceholder are the paths presentable fills to keep the panel alive.
func isPlaceholder(path string) bool { return path == "system.name" || path == "system.summary" }

// display turns the value of a choice into the words of its option.
func display(m *Model, s subject, k, v string) string {
	r := s.row(m, &m.doc.brief, k)
	if r.Kind == form.Text {
		return v
	}
	words := strings.Split(v, form.Sep)
	for i, w := range words {
		for _, o := range r.Options {
			if o.Value == w {
				words[i] = o.Label
			}
		}
	}
	return strings.Join(words, form.Sep)
}

func (p *sheetPage) foot(m *Model, w int) ([]string, *tea.Cursor) {
	if p.roster.filtering || !p.roster.filter.Empty() {
		return filterLine(m, &p.roster, w)
	}
	k, ok := p.current(m)
	if !ok {
		return nil, nil
	}
	out := []string{m.theme.Rule(w)}
	if ps := m.live.at(p.subject.path(k)); len(ps) > 0 && !p.untouched(m, k) {
		return append(out, problemLines(m, ps[:1], w)...), nil
	}
	if m.w >= wide {
		return nil, nil
	}
	out = append(out, " "+m.theme.Dim.Render(m.theme.Cut(p.subject.why(m, k), w-1)))
	for _, l := range consequence(m, p.subject, k) {
		out = append(out, " "+m.theme.Accent.Render(m.theme.Cut(l, w-1)))
	}
	return out, nil
}

func (p *sheetPage) panel(m *Model, w int) []string {
	k, ok := p.current(m)
	if p.form != nil {
		k, ok = p.form.form.Focus(), true
	}
	if !ok {
		return nil
	}
	return subjectPanel(m, p.subject, k, w)
}

func (p *sheetPage) help(m *Model) []key.Binding {
	l, s := m.keys.list, m.keys.step
	if p.form != nil {
		return m.keys.form.Help()
	}
	return []key.Binding{l.Edit, s.Next, s.Prev, s.Generate, l.Reset, l.Filter, l.Undo, l.Fix, l.Back, s.Help}
}
