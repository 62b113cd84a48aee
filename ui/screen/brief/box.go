package brief

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/field"
)

// box takes many lines at once, one item a line. Lines that are wrong stay in
// it when the others are taken.
type box struct {
	field   field.Field
	open    bool
	checked map[string]parsed // by line, so that typing costs one line
}

// parsed is what a line was read as.
type parsed struct {
	write    put
	problems brief.Problems
}

func (b *box) paste(m *Model, msg tea.PasteMsg) {
	b.field.Many = true
	b.field.Update(msg)
	if c := b.field.Cut(); c.Lines > 0 {
		m.note = m.words.T("brief.cutlines", c.Lines, field.LinesLimit)
	} else if c.Chars > 0 {
		m.note = m.words.T("brief.cutchars", field.TextLimit)
	}
}

func (b *box) press(m *Model, p *listPage, msg tea.KeyPressMsg) {
	b.field.Many = true
	switch k := m.keys.entry; {
	case key.Matches(msg, k.Close):
		b.open = false
	case key.Matches(msg, k.PutAll):
		b.put(m, p)
	default:
		b.field.Update(msg)
	}
}

// put takes the good lines as one change and keeps the others.
func (b *box) put(m *Model, p *listPage) {
	var good []put
	var bad []string
	for i := range b.field.Lines() {
		line := b.field.Line(i)
		if skipped(line) {
			continue
		}
		if r := b.read(p, line); len(r.problems.Errors()) > 0 || r.write == nil {
			bad = append(bad, line)
		} else {
			good = append(good, r.write)
		}
	}
	if len(good) > 0 {
		m.doc.change(m.words.T("brief.did.lines", len(good)), func(to *brief.Brief) {
			for _, write := range good {
				write(to, -1)
			}
		})
		p.roster.at = p.shelf.count(&m.doc.brief) - 1
	}
	b.field.Set(strings.Join(bad, "\n"))
	b.open = len(bad) > 0
	m.note = m.words.T("brief.tookall", len(good))
	if b.open {
		m.note = m.words.T("brief.tooksome", len(good), len(bad))
	}
}

// skipped lines are empty or notes.
func skipped(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//")
}

// read parses a line once, however often it is drawn.
func (b *box) read(p *listPage, line string) parsed {
	if b.checked == nil || len(b.checked) > 2*field.LinesLimit {
		b.checked = map[string]parsed{}
	}
	r, ok := b.checked[line]
	if !ok {
		r.write, r.problems = p.shelf.parse(strings.TrimSpace(line))
		b.checked[line] = r
	}
	return r
}

func (b *box) view(m *Model, p *listPage, w, h int) (string, *tea.Cursor) {
	b.field.Many = true
	head := []string{
		" " + m.theme.Title.Render(m.theme.Cut(m.words.T("brief.box."+p.shelf.noun()), w-1)),
		m.theme.Rule(w),
	}
	var marks []field.Mark
	var wrongs []string
	items := 0
	for i := range b.field.Lines() {
		line := b.field.Line(i)
		if skipped(line) {
			continue
		}
		items++
		for _, pr := range b.read(p, line).problems.Errors() {
			from := max(0, pr.Column-1)
			marks = append(marks, field.Mark{Line: i, From: from, To: from + 1, Style: m.theme.Error.Underline(true)})
			wrongs = append(wrongs, m.words.T("brief.line", i+1)+column(m, pr)+pr.Message)
		}
	}
	foot := b.foot(m, wrongs, items, w)
	look := lookOf(m, w-2)
	look.Height = max(1, h-len(head)-len(foot))
	look.Marks = marks
	look.Ghost = m.words.T("brief.ghost." + p.shelf.noun())
	v, c := b.field.View(look)
	out := head
	for _, l := range strings.Split(v, "\n") {
		out = append(out, " "+l)
	}
	for len(out) < h-len(foot) {
		out = append(out, "")
	}
	return strings.Join(append(out, foot...), "\n"), moved(c, 1, len(head))
}

func column(m *Model, p brief.Problem) string {
	if p.Column == 0 {
		return " "
	}
	return m.words.T("brief.column", p.Column)
}

// foot counts the lines and shows the first wrong ones.
func (b *box) foot(m *Model, wrongs []string, items, w int) []string {
	out := []string{m.theme.Rule(w)}
	if len(wrongs) == 0 {
		return append(out, " "+m.theme.Dim.Render(m.words.T("brief.boxok", items)))
	}
	out = append(out, " "+m.theme.Error.Render(m.words.T("brief.boxbad", items, len(wrongs))))
	for _, l := range wrongs[:min(3, len(wrongs))] {
		out = append(out, m.theme.Error.Render(m.theme.Cut("   "+l, w)))
	}
	if n := len(wrongs) - 3; n > 0 {
		out = append(out, m.theme.Dim.Render(fmt.Sprintf("   … +%d", n)))
	}
	return out
}
