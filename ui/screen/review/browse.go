package review

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/chapter"
	"dbchapter/ui/diff"
	"dbchapter/ui/screen"
)

// pressBrowse is the screen at rest: moving, then leaving, then the rest.
func (m Model) pressBrowse(k tea.KeyPressMsg) (Model, tea.Cmd, screen.Event) {
	if next, ok := m.move(k); ok {
		return next, next.draw(), nil
	}
	if e := m.leaving(k); e != nil {
		return m, nil, e
	}
	switch {
	case key.Matches(k, m.keys.Rework, m.keys.Compare) && m.now.locked[m.Section()]:
		return m.Notify(m.Words.T("review.islocked")), nil, nil
	case key.Matches(k, m.keys.Rework):
		return m.ask(hinting, ""), nil, nil
	case key.Matches(k, m.keys.ReworkAll):
		m.phase = confirm
	case key.Matches(k, m.keys.Lock):
		return m.lock(m.Section())
	case key.Matches(k, m.keys.Undo):
		return m.goBack()
	case key.Matches(k, m.keys.Redo):
		return m.goForward()
	case key.Matches(k, m.keys.Raw):
		m.raw = !m.raw
		return m, m.draw(), nil
	default:
		return m.glance(k), nil, nil
	}
	return m, nil, nil
}

// glance opens what only shows something.
func (m Model) glance(k tea.KeyPressMsg) Model {
	s := m.Section()
	switch {
	case key.Matches(k, m.keys.Search):
		return m.ask(searching, m.query)
	case key.Matches(k, m.keys.Next):
		return m.find(m.hit+1, 1)
	case key.Matches(k, m.keys.Prev):
		return m.find(m.hit-1, -1)
	case key.Matches(k, m.keys.Findings):
		m.phase, m.list = findings, 0
	case key.Matches(k, m.keys.Why):
		m.phase, m.offset = reasons, 0
	case key.Matches(k, m.keys.History):
		m.phase, m.list = history, 0
	case key.Matches(k, m.keys.Diff):
		last := m.of(s)[0]
		m.phase, m.offset = reading, 0
		m.proposal = m.against(s, last.Text, m.text(s), last.Origin)
	}
	return m
}

// leaving are the keys that ask the wizard for another screen.
func (m Model) leaving(k tea.KeyPressMsg) screen.Event {
	s := m.Section()
	switch {
	case key.Matches(k, m.keys.Edit):
		return screen.Edit{Section: s}
	case key.Matches(k, m.keys.EditOut):
		return screen.Edit{Section: s, External: true}
	case key.Matches(k, m.keys.Compare) && !m.now.locked[s]:
		return screen.Compare{Section: s}
	case key.Matches(k, m.keys.Brief), key.Matches(k, m.keys.Back):
		return screen.ToBrief{}
	case key.Matches(k, m.keys.Save):
		return screen.ToSave{}
	case key.Matches(k, m.keys.Help):
		return screen.Help{}
	}
	return nil
}

// move handles the keys that only move; ok says whether k is one of them.
func (m Model) move(k tea.KeyPressMsg) (next Model, ok bool) {
	page := max(1, m.bodyHeight()-2)
	switch {
	case key.Matches(k, m.keys.Switch):
		m.preview = !m.preview
	case key.Matches(k, m.keys.Jump):
		return m.jump(chapter.Sections()[k.Key().Text[0]-'1']), true
	case key.Matches(k, m.keys.PageUp):
		return m.scroll(-page), true
	case key.Matches(k, m.keys.PageDown):
		return m.scroll(page), true
	case key.Matches(k, m.keys.Down):
		return m.step(1), true
	case key.Matches(k, m.keys.Up):
		return m.step(-1), true
	case key.Matches(k, m.keys.First):
		return m.step(-1 << 20), true
	case key.Matches(k, m.keys.Last):
		return m.step(1 << 20), true
	case key.Matches(k, m.keys.Open):
		return m.expand(m.Section()), true
	case key.Matches(k, m.keys.Close):
		return m.expand(""), true
	default:
		return m, false
	}
	return m, true
}

// step moves the row in focus, or the preview when that has the focus.
func (m Model) step(by int) Model {
	if m.preview {
		return m.scroll(by)
	}
	m.at = max(0, min(m.at+by, len(m.rows)-1))
	return m.show()
}

func (m Model) jump(s chapter.Section) Model {
	for i, r := range m.rows {
		if r.section == s && !r.sub {
			m.at = i
			return m.show()
		}
	}
	return m
}

// expand shows the headings inside a section; "" or the open one closes.
func (m Model) expand(s chapter.Section) Model {
	if s == m.expanded {
		s = ""
	}
	here := m.Section()
	m.expanded = s
	m.outline()
	if s == "" {
		return m.jump(here)
	}
	return m
}

// text of a section as it is now.
func (m Model) text(s chapter.Section) string {
	p, _ := chapter.Parse(m.now.text).Section(s)
	return p.Text
}

// Notify shows a line below the chapter until the next key.
func (m Model) Notify(text string) Model {
	m.notice = text
	return m
}

// Noted shows what drafters said beside the chapter with the reasons.
func (m Model) Noted(notes []string) Model {
	m.Notes = notes
	return m
}

// proposal is a text held against another.
type proposal struct {
	section chapter.Section
	old     string
	text    string
	origin  Origin
	who     string // name of the other drafter
	hint    string // the wish it was written for
	rows    []diff.Row
}

func (m Model) against(s chapter.Section, old, text string, o Origin) proposal {
	return proposal{section: s, old: old, text: text, origin: o, rows: diff.Lines(old, text)}
}

// Propose shows a new text of a section against the present one; the person
// takes it or keeps what is there. who names the other drafter in a
// comparison, hint is the wish it was written for.
func (m Model) Propose(s chapter.Section, text string, o Origin, who, hint string) Model {
	m.proposal = m.against(s, m.text(s), text, o)
	m.proposal.who, m.proposal.hint = who, hint
	m.phase, m.offset = judging, 0
	if strings.TrimRight(m.proposal.old, "\n") == strings.TrimRight(text, "\n") {
		m.phase, m.notice = browsing, m.Words.T("review.sametext")
	}
	m.keys.sync(m)
	return m
}
