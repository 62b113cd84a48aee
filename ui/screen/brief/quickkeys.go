package brief

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/field"
)

// focus is the field of the line in focus, nil for a choice.
func (q *quickPage) focus() *field.Field {
	switch {
	case q.writing:
		return &q.own
	case q.at == quickName:
		return &q.name
	case q.at == quickSentence:
		return &q.sentence
	case q.at == quickScale && q.scale < 0:
		return &q.dau
	case q.at == quickEngines:
		return &q.engines
	}
	return nil
}

func (q *quickPage) press(m *Model, msg tea.KeyPressMsg) {
	k := m.keys
	q.wrong = ""
	switch {
	case q.writing:
		q.write(m, msg)
	case key.Matches(msg, k.list.Back):
		q.keep(m)
		m.back()
	case key.Matches(msg, k.entry.Skip, k.step.Next):
		q.next(m)
	case key.Matches(msg, k.entry.Previous, k.form.Up):
		q.move(m, -1)
	case key.Matches(msg, k.form.Down):
		q.move(m, 1)
	case q.at == quickPreset:
		q.pickPreset(m, msg)
	case q.at == quickScale:
		q.pickScale(m, msg)
	default:
		q.typed(m, msg)
	}
}

func (q *quickPage) typed(m *Model, msg tea.Msg) {
	f := q.focus()
	if f == nil {
		return
	}
	if f == &q.engines && !q.touched {
		f.Set(q.engineText())
		q.touched = true
	}
	f.Update(msg)
	m.stale = true
}

func (q *quickPage) paste(m *Model, msg tea.PasteMsg) {
	if q.at == quickPreset && !q.writing {
		q.startOwn()
	}
	q.typed(m, msg)
}

func (q *quickPage) startOwn() {
	q.writing, q.preset = true, -1
	q.own.Many = true
}

// write types own entities; an empty last line ends it.
func (q *quickPage) write(m *Model, msg tea.KeyPressMsg) {
	enter := key.Matches(msg, m.keys.entry.Put)
	switch {
	case key.Matches(msg, m.keys.entry.Close, m.keys.step.Next, m.keys.entry.PutAll),
		enter && strings.TrimSpace(q.own.Line(q.own.Row())) == "" && q.own.Row() == q.own.Lines()-1:
		q.writing = false
		q.keep(m)
	default:
		q.typed(m, msg)
	}
}

// next answers the line in focus; an empty name takes the preset's, so its
// sentence is not asked either.
func (q *quickPage) next(m *Model) {
	by := 1
	if q.at == quickName && strings.TrimSpace(q.name.Text()) == "" {
		by = 2
	}
	if q.at == quickPreset && q.preset < 0 && len(q.ownEntities()) == 0 {
		q.startOwn()
		return
	}
	if q.wrong = q.complaint(m); q.wrong != "" {
		return
	}
	q.move(m, by)
}

// complaint is what is wrong with the line in focus.
func (q *quickPage) complaint(m *Model) string {
	if q.at == quickScale && q.scale < 0 {
		b := q.build()
		if err := b.Set("system.dau", q.dau.Text()); err != nil {
			return message(err)
		}
		if err := firstAt(brief.Validate(b).Errors(), "system.dau"); err != nil {
			return message(err)
		}
	}
	if _, ps := readDatabases(q.engineText()); q.at == quickEngines && len(ps) > 0 {
		return ps[0].Message
	}
	return ""
}

func (q *quickPage) move(m *Model, by int) {
	q.keep(m)
	if q.at+by >= quickEnd {
		m.generate()
		return
	}
	q.at = max(0, q.at+by)
}

func (q *quickPage) pickPreset(m *Model, msg tea.KeyPressMsg) {
	n := len(brief.Presets())
	switch {
	case key.Matches(msg, m.keys.entry.Left):
		q.preset = (q.preset + n + 1) % (n + 1)
		q.preset-- // -1 is own entities
	case key.Matches(msg, m.keys.entry.Right):
		q.preset++
		if q.preset >= n {
			q.preset = -1
		}
	case key.Matches(msg, m.keys.list.Paste):
		q.startOwn()
	default:
		i := strings.Index("1234567890", msg.Text)
		if msg.Text == "" || i < 0 || i >= n {
			return
		}
		q.preset = i
		q.move(m, 1)
	}
	m.stale = true
}

func (q *quickPage) pickScale(m *Model, msg tea.KeyPressMsg) {
	n := len(scales)
	switch {
	case key.Matches(msg, m.keys.entry.Left) && q.scale >= 0:
		q.scale = (q.scale + n - 1) % n
	case key.Matches(msg, m.keys.entry.Right) && q.scale >= 0:
		q.scale = (q.scale + 1) % n
	default:
		q.typeScale(msg)
	}
	m.stale = true
}

// typeScale takes a letter for a size, a digit for a number of one's own.
func (q *quickPage) typeScale(msg tea.KeyPressMsg) {
	letters := map[string]int{"s": 1, "m": 2, "l": 3, "x": 4}
	if i, ok := letters[strings.ToLower(msg.Text)]; ok && q.dau.Empty() {
		q.scale = i
		return
	}
	if q.scale >= 0 {
		if msg.Text == "" || !strings.Contains("0123456789", msg.Text) {
			return
		}
		q.scale = -1
		q.dau.Set("")
	}
	q.dau.Update(msg)
	if q.dau.Empty() {
		q.scale = 0
	}
}

func (q *quickPage) help(m *Model) []key.Binding {
	e, s, l := m.keys.entry, m.keys.step, m.keys.list
	if q.writing {
		return []key.Binding{e.PutAll, e.Close}
	}
	hs := []key.Binding{e.Skip, e.Previous, s.Generate}
	switch q.at {
	case quickPreset:
		hs = append([]key.Binding{e.Left, withHelp(l.Paste, m.words.T("brief.quick.key.own"))}, hs...)
	case quickScale:
		hs = append([]key.Binding{e.Left}, hs...)
	}
	return append(hs, l.Back)
}
