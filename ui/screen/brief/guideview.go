package brief

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/screen/brief/form"
	"dbchapter/ui/theme"
)

// view draws the question: what, why, which sections, good and bad answer, and
// what follows from the answer as it stands.
func (g *guidePage) view(m *Model, w, h int) (string, *tea.Cursor) {
	q := g.question()
	head := m.theme.Dim.Render(m.words.T("brief.q.number", g.at+1, g.total()))
	if sec := g.sections(q); sec != "" {
		head = m.theme.Spread(head, m.theme.Dim.Render(m.words.T("brief.affects", sectionNames(m, sec))), w-2)
	}
	out := []string{" " + head, ""}
	out = append(out, paragraph("   "+g.title(m), w, m.theme.Title.Render)...)
	out = append(out, "")
	below := g.below(m, q, w-4)
	room := max(1, h-len(out)-len(below)-1)
	answer, c := g.input(m, q, w-6, min(room, 8))
	c = moved(c, 3, len(out))
	for _, l := range answer {
		out = append(out, "   "+l)
	}
	out = append(out, "")
	for _, l := range below {
		out = append(out, "   "+l)
	}
	return strings.Join(out, "\n"), c
}

func (g *guidePage) sections(q question) string {
	if q.subject != nil {
		return q.subject.sections(q.key)
	}
	return map[Step]string{Databases: "1 2 7", Services: "1 5", Entities: "2 3 4"}[q.step]
}

func (g *guidePage) title(m *Model) string {
	if i := g.at - len(g.questions); i >= 0 {
		f := g.follow[i]
		return m.words.T("brief.follow."+f.key, f.object)
	}
	return m.words.T("brief.q." + g.question().path)
}

// input draws the field or the options.
func (g *guidePage) input(m *Model, q question, w, h int) ([]string, *tea.Cursor) {
	kind := q.kind(m)
	if kind != form.Text {
		return g.options(m, q, kind, h), nil
	}
	look := lookOf(m, w)
	look.Height = h
	look.Ghost = q.standard(m)
	if q.subject == nil {
		look.Ghost = m.words.T("brief.ghost." + q.shelf.noun())
	}
	v, c := g.field.View(look)
	return strings.Split(v, "\n"), c
}

func (g *guidePage) options(m *Model, q question, kind form.Kind, h int) []string {
	var out []string
	options := q.subject.row(m, &m.doc.brief, q.key).Options
	for i, o := range options {
		box := ""
		if kind == form.Many {
			box = "[ ] "
			if g.ticked[o.Value] {
				box = "[x] "
			}
		}
		label := o.Label
		if o.Value == "" && kind == form.Choice {
			if d := q.standard(m); d != "" && g.answer(m) == "" {
				label += "（" + display(m, q.subject, q.key, d) + "）"
			}
		}
		out = append(out, m.theme.Row(i == g.choice, box+label))
	}
	if len(out) > h {
		top := min(max(0, g.choice-h/2), len(out)-h)
		out = out[top : top+h]
	}
	return out
}

// below are consequence, complaint, reason and examples.
func (g *guidePage) below(m *Model, q question, w int) []string {
	var out []string
	if g.waiting {
		return []string{m.theme.Dim.Render(m.words.T("brief.q.probing"))}
	}
	if g.complaint != "" {
		out = append(out, paragraph(g.complaint, w, m.theme.Warn.Render)...)
		out = append(out, "")
	}
	for _, l := range g.then(m, q) {
		out = append(out, paragraph(l, w, m.theme.Accent.Render)...)
	}
	if len(out) > 0 && out[len(out)-1] != "" {
		out = append(out, "")
	}
	label := 0
	for _, k := range []string{"brief.q.why", "brief.q.good", "brief.q.bad"} {
		label = max(label, theme.Width(m.words.T(k))+2)
	}
	say := func(k, text string) {
		for i, l := range theme.Wrap(text, w-label) {
			head := strings.Repeat(" ", label)
			if i == 0 {
				head = m.theme.Dim.Render(m.theme.Fit(m.words.T(k), label))
			}
			out = append(out, head+l)
		}
	}
	say("brief.q.why", g.why(m, q))
	if good := m.words.T("brief.q." + q.path + ".good"); !strings.HasPrefix(good, "[") {
		say("brief.q.good", good)
		say("brief.q.bad", m.words.T("brief.q."+q.path+".bad"))
	}
	return out
}

func (g *guidePage) why(m *Model, q question) string {
	if q.subject == nil {
		return m.words.T("brief.q." + q.path + ".why")
	}
	return q.subject.why(m, q.key)
}

// then is what follows from the answer as it stands.
func (g *guidePage) then(m *Model, q question) []string {
	if i := g.at - len(g.questions); i >= 0 {
		f := g.follow[i]
		return []string{m.words.T("brief.follow.now", f.assumed, f.now), m.words.T("brief.follow.then", f.other, f.then)}
	}
	if q.subject != nil {
		return consequence(m, q.subject, q.key)
	}
	b, complaint := g.items(m)
	n := q.shelf.count(&b)
	if complaint != "" {
		return []string{m.words.T("brief.q.count", n), complaint}
	}
	if n == 0 {
		return nil
	}
	return []string{m.words.T("brief.q.count", n)}
}

func (g *guidePage) panel(m *Model, w int) []string { return overview(m, w) }
