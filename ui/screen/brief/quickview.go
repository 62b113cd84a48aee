package brief

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/field"
	"dbchapter/ui/theme"
)

// quickIndent is where the answers of the quick questions begin.
const quickIndent = 15

// view draws the four questions; the one in focus shows its choices.
func (q *quickPage) view(m *Model, w, h int) (string, *tea.Cursor) {
	out := []string{" " + m.theme.Title.Render(m.words.T("brief.mode.quick")) + "  " + m.theme.Dim.Render(m.words.T("brief.quick.hint")), ""}
	var caret *tea.Cursor
	bottom := 0 // of the question in focus
	for i := range quickEnd {
		block, c := q.line(m, i, w)
		if c != nil {
			caret = moved(c, 0, len(out))
		}
		out = append(out, block...)
		if i == q.at {
			bottom = len(out)
		}
		if i != quickName {
			out = append(out, "")
		}
	}
	if q.wrong != "" {
		out = append(out, paragraph(" "+q.wrong, w, m.theme.Error.Render)...)
		bottom = len(out)
	} else if m.w < wide && m.live.ready {
		for _, l := range append(loadWords(m)[:1], shardingWords(m)...) {
			out = append(out, " "+m.theme.Accent.Render(m.theme.Cut(l, w-1)))
		}
	}
	if cut := bottom - h; cut > 0 { // a low screen shows the end
		out = out[cut:]
		caret = moved(caret, 0, -cut)
	}
	return strings.Join(out, "\n"), caret
}

// line draws one question: number and label, then the answer.
func (q *quickPage) line(m *Model, i, w int) ([]string, *tea.Cursor) {
	number := fmt.Sprint(max(1, i))
	if i == quickSentence {
		number = " "
	}
	label := number + " " + m.words.T("brief.quick."+fmt.Sprint(i))
	focus := q.at == i
	head := " " + m.theme.Row(focus, m.theme.Fit(label, quickIndent-4)) + " "
	answer, c := q.answer(m, i, focus, w-quickIndent)
	for j := range answer {
		if j == 0 {
			answer[j] = head + answer[j]
		} else {
			answer[j] = strings.Repeat(" ", quickIndent) + answer[j]
		}
	}
	if !focus {
		c = nil
	}
	return answer, moved(c, quickIndent, 0)
}

func (q *quickPage) answer(m *Model, i int, focus bool, w int) ([]string, *tea.Cursor) {
	switch i {
	case quickName:
		b, info := q.chosen()
		return q.text(m, &q.name, first(b.System.Name, info.Name+"系统"), w)
	case quickSentence:
		b, info := q.chosen()
		return q.text(m, &q.sentence, first(b.System.Summary, info.Summary, m.words.T("brief.quick.sentence")), w)
	case quickPreset:
		return q.presets(m, focus, w)
	case quickScale:
		return q.scaleLine(m, focus, w)
	}
	if !q.touched && focus {
		return []string{m.theme.Cut(q.engineText(), w)}, tea.NewCursor(min(w-1, theme.Width(q.engineText())), 0)
	}
	return q.text(m, &q.engines, q.engineText(), w)
}

// text draws a field; ghost is what counts while it is empty.
func (q *quickPage) text(m *Model, f *field.Field, ghost string, w int) ([]string, *tea.Cursor) {
	look := lookOf(m, w)
	look.Ghost, look.Height = ghost, 3
	v, c := f.View(look)
	return strings.Split(v, "\n"), c
}

func (q *quickPage) presets(m *Model, focus bool, w int) ([]string, *tea.Cursor) {
	if q.writing {
		look := lookOf(m, w)
		look.Ghost, look.Height = m.words.T("brief.ghost.entities"), 6
		v, c := q.own.View(look)
		return append(strings.Split(v, "\n"), m.theme.Dim.Render(m.theme.Cut(m.words.T("brief.quick.ownhint", len(q.ownEntities())), w))), c
	}
	if !focus {
		return []string{q.presetWords(m)}, nil
	}
	var words []string
	for i, p := range brief.Presets() {
		word := fmt.Sprintf("%d %s", (i+1)%10, p.Name)
		if i == q.preset {
			word = m.theme.Accent.Bold(true).Render(word)
		}
		words = append(words, word)
	}
	own := m.words.T("brief.quick.own")
	if q.preset < 0 {
		own = m.theme.Accent.Bold(true).Render(own)
	}
	out := flow(append(words, own), "   ", w)
	return append(out, m.theme.Dim.Render(m.theme.Cut(q.presetWords(m), w))), nil
}

func (q *quickPage) presetWords(m *Model) string {
	if q.preset < 0 {
		return m.words.T("brief.quick.owned", len(q.ownEntities()))
	}
	b, info := q.chosen()
	return m.words.T("brief.quick.preset", info.Name, len(b.Services), len(b.Entities))
}

// flow sets words into lines.
func flow(words []string, gap string, w int) []string {
	var out []string
	line := ""
	for _, s := range words {
		switch {
		case line == "":
			line = s
		case theme.Width(line)+theme.Width(gap)+theme.Width(s) <= w:
			line += gap + s
		default:
			out = append(out, line)
			line = s
		}
	}
	return append(out, line)
}

func (q *quickPage) scaleLine(m *Model, focus bool, w int) ([]string, *tea.Cursor) {
	if q.scale < 0 {
		out, c := q.text(m, &q.dau, "", w)
		if focus {
			out = append(out, m.theme.Dim.Render(m.theme.Cut(m.words.T("brief.quick.dau"), w)))
		}
		return out, c
	}
	if !focus {
		return []string{q.scaleWords(m, q.scale)}, nil
	}
	var words []string
	for i := range scales {
		word := q.scaleWords(m, i)
		if i == q.scale {
			word = m.theme.Accent.Bold(true).Render(word)
		}
		words = append(words, word)
	}
	return append(flow(words, "   ", w), m.theme.Dim.Render(m.theme.Cut(m.words.T("brief.quick.scale"), w))), nil
}

func (q *quickPage) scaleWords(m *Model, i int) string {
	s := scales[i]
	if s.dau > 0 {
		return s.name + " " + brief.FormatCount(s.dau)
	}
	if b, _ := q.chosen(); b.System.DAU.Set {
		return m.words.T("brief.quick.asis", brief.FormatCount(b.System.DAU.V))
	}
	return m.words.T("brief.quick.unknown")
}
