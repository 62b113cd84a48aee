package review

import (
	"regexp"
	"slices"
	"strings"

	"dbchapter/prompt/design"
	"dbchapter/ui/safetext"
	"dbchapter/ui/theme"
)

// decisions are those about the thing under the cursor: the table a heading is
// about wherever it was decided on, else the section.
func (m Model) decisions() []design.Decision {
	if m.Design == nil {
		return nil
	}
	r := m.rows[m.at]
	table := ""
	if r.sub {
		table = m.tableOf(r.title)
	}
	var out []design.Decision
	for _, d := range m.Design.Decisions {
		if table != "" && d.Object == table || table == "" && d.Section == string(r.section) {
			out = append(out, d)
		}
	}
	return out
}

// tableOf finds the table a heading is about: by its name in brackets, or by
// the longest title the heading begins with.
func (m Model) tableOf(heading string) string {
	best, name := 0, ""
	for _, t := range m.Design.Tables {
		switch {
		case strings.Contains(heading, "("+t.Name+")"), strings.Contains(heading, "（"+t.Name+"）"):
			return t.Name
		case t.Title != "" && strings.HasPrefix(heading, t.Title) && len(t.Title) > best:
			best, name = len(t.Title), t.Name
		}
	}
	return name
}

// viewReasons is the trace of the rules for what is under the cursor: input,
// rule, result, what would change it.
func (m Model) viewReasons(n int) []string {
	lines := []string{m.Theme.Title.Render(m.Words.T("review.why", m.rows[m.at].title)), ""}
	found := m.decisions()
	for _, d := range found {
		if d.Object != "" {
			lines = append(lines, m.Theme.Bold.Render(d.Object))
		}
		for _, f := range [][2]string{{"why.input", d.Input}, {"why.rule", m.rule(d.Rule)}, {"why.result", d.Result}, {"why.change", d.Change}} {
			lines = append(lines, m.fact(m.Words.T(f[0]), f[1])...)
		}
		lines = append(lines, "")
	}
	if len(found) == 0 {
		lines = append(lines, m.Words.T("why.none"))
	}
	lines = append(lines, m.viewNotes()...)
	from := max(0, min(m.offset, len(lines)-n))
	lines = slices.Clone(lines[from:min(len(lines), from+max(0, n))])
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}

var (
	reference = regexp.MustCompile(`[a-z]+\.md (?:§?[0-9.]+[–、]?)+`)
	paragraph = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)*`)
)

// rule puts words in the place of paragraphs of documents that only those who
// build the program have.
func (m Model) rule(text string) string {
	return reference.ReplaceAllStringFunc(text, func(ref string) string {
		if !strings.Contains(ref, "§") {
			return m.Words.T("rule.agreed")
		}
		var out []string
		for _, n := range paragraph.FindAllString(ref, -1) {
			w := m.Words.T("rule." + n)
			for i := strings.LastIndexByte(n, '.'); i > 0 && strings.HasPrefix(w, "["); i = strings.LastIndexByte(n, '.') {
				n = n[:i]
				w = m.Words.T("rule." + n)
			}
			if strings.HasPrefix(w, "[") {
				w = "§" + n
			}
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
		return strings.Join(out, m.Words.T("rule.and"))
	})
}

// viewNotes is what the drafter said beside the chapter: it is no part of it
// and must not be lost.
func (m Model) viewNotes() []string {
	if len(m.Notes) == 0 {
		return nil
	}
	out := []string{"", m.Theme.Title.Render(m.Words.T("review.notes"))}
	for _, n := range m.Notes {
		for i, l := range theme.Wrap(safetext.Line(n), m.width-6) {
			lead := "    "
			if i == 0 {
				lead = "  " + m.Theme.Accent.Render(m.Theme.Glyph.Bullet) + " "
			}
			out = append(out, lead+l)
		}
	}
	return out
}
