package review

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/check"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
)

// ask opens the one-line field.
func (m Model) ask(p phase, value string) Model {
	m.phase = p
	m.field.SetValue(value)
	m.field.CursorEnd()
	m.field.Focus()
	return m
}

// pressField types into the field; enter means what the field was opened for.
func (m Model) pressField(k tea.KeyPressMsg) (Model, tea.Cmd, screen.Event) {
	value := strings.TrimSpace(m.field.Value())
	switch {
	case key.Matches(k, m.keys.Cancel):
		if m.phase == searching {
			m.query = ""
		}
		m.phase = browsing
		return m, nil, nil
	case key.Matches(k, m.keys.Accept) && m.phase == hinting:
		m.phase = browsing
		return m, nil, screen.Rework{Section: m.Section(), Hint: value}
	case key.Matches(k, m.keys.Accept):
		m.phase, m.query = browsing, value
		return m.find(m.top, 1), nil, nil
	}
	var cmd tea.Cmd
	m.field, cmd = m.field.Update(k)
	return m, cmd, nil
}

// typed puts pasted text into the open field as one clean line; without a
// field a paste does nothing.
func (m Model) typed(p tea.PasteMsg) (screen.Model, tea.Cmd, screen.Event) {
	if m.phase != hinting && m.phase != searching {
		return m, nil, nil
	}
	var cmd tea.Cmd
	m.field, cmd = m.field.Update(tea.PasteMsg{Content: safetext.Line(p.Content)})
	return m, cmd, nil
}

// pressDiff judges a proposal, or only reads a comparison.
func (m Model) pressDiff(k tea.KeyPressMsg) (Model, tea.Cmd, screen.Event) {
	p := m.proposal
	switch {
	case key.Matches(k, m.keys.Take) && m.phase == judging:
		m.phase, m.proposal = browsing, proposal{}
		m = m.Replace(p.section, p.text, p.origin)
		m.notice = m.Words.T("review.taken", p.section.Title())
		return m.changed()
	case key.Matches(k, m.keys.Again) && m.phase == judging:
		m = m.ask(hinting, p.hint)
		m.proposal = proposal{}
		return m, nil, nil
	case key.Matches(k, m.keys.Keep):
		if m.phase == judging {
			m.notice = m.Words.T("review.kept")
		}
		m.phase, m.proposal = browsing, proposal{}
		return m, nil, nil
	case key.Matches(k, m.keys.Help):
		return m, nil, screen.Help{}
	}
	m.offset = m.scrolled(k)
	return m, nil, nil
}

// scrolled is the offset of a text panel after a key.
func (m Model) scrolled(k tea.KeyPressMsg) int {
	page := max(1, m.bodyHeight()-2)
	switch {
	case key.Matches(k, m.keys.Down):
		return m.offset + 1
	case key.Matches(k, m.keys.Up):
		return max(0, m.offset-1)
	case key.Matches(k, m.keys.PageDown):
		return m.offset + page
	case key.Matches(k, m.keys.PageUp):
		return max(0, m.offset-page)
	case key.Matches(k, m.keys.First):
		return 0
	}
	return m.offset
}

// pressList moves in the findings or the history.
func (m Model) pressList(k tea.KeyPressMsg) (Model, tea.Cmd, screen.Event) {
	n := len(m.report.Findings)
	if m.phase == history {
		n = len(m.of(m.Section()))
	}
	switch {
	case key.Matches(k, m.keys.Cancel), key.Matches(k, m.keys.Findings) && m.phase == findings:
		m.phase = browsing
	case key.Matches(k, m.keys.Down):
		m.list = max(0, min(m.list+1, n-1))
	case key.Matches(k, m.keys.Up):
		m.list = max(0, m.list-1)
	case key.Matches(k, m.keys.Help):
		return m, nil, screen.Help{}
	case n == 0:
	case m.phase == history:
		return m.pressHistory(k), nil, nil
	default:
		return m.pressFinding(k)
	}
	return m, nil, nil
}

// pressHistory holds the version in focus against the present text; taking it
// is restoring it.
func (m Model) pressHistory(k tea.KeyPressMsg) Model {
	if !key.Matches(k, m.keys.Goto, m.keys.Diff) {
		return m
	}
	s := m.Section()
	v := m.of(s)[m.list]
	return m.Propose(s, v.Text, Restored, "", "")
}

func (m Model) pressFinding(k tea.KeyPressMsg) (Model, tea.Cmd, screen.Event) {
	f := m.report.Findings[m.list]
	switch {
	case key.Matches(k, m.keys.Goto):
		return m.reveal(f), nil, nil
	case key.Matches(k, m.keys.Fix):
		return m.mend(f.Section)
	case key.Matches(k, m.keys.FixAll):
		return m.mend("")
	}
	return m, nil, nil
}

// reveal scrolls the preview to a finding's line and the outline to its
// section.
func (m Model) reveal(f check.Finding) Model {
	m = m.jump(f.Section)
	if f.Line > 0 {
		m.top = m.clamp(m.shownAt(f.Line - 1))
	}
	return m
}

func (m Model) pressReasons(k tea.KeyPressMsg) (Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, m.keys.Cancel, m.keys.Why):
		m.phase = browsing
	case key.Matches(k, m.keys.Help):
		return m, nil, screen.Help{}
	default:
		m.offset = m.scrolled(k)
	}
	return m, nil, nil
}

func (m Model) pressConfirm(k tea.KeyPressMsg) (Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, m.keys.Yes):
		m.phase = browsing
		return m, nil, screen.ReworkAll{}
	case key.Matches(k, m.keys.Cancel):
		m.phase = browsing
	}
	return m, nil, nil
}
