package ui

import (
	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/ui/screen"
	briefscreen "dbchapter/ui/screen/brief"
	"dbchapter/ui/screen/edit"
	"dbchapter/ui/screen/review"
)

// settle shows the review and keeps it.
func (m model) settle() (tea.Model, tea.Cmd) {
	next, cmd := m.reviewing()
	n, save := next.(model).keepReview()
	return n, tea.Batch(cmd, save)
}

// reviewing shows the review that is kept.
func (m model) reviewing() (tea.Model, tea.Cmd) {
	if m.review == nil {
		return m.briefing(briefscreen.Board)
	}
	m.step = stepReview
	next, cmd := m.show(*m.review)
	return next, tea.Batch(cmd, m.review.Refresh())
}

func (m model) reviewOptions(text string) review.Options {
	_, other := m.other()
	return review.Options{
		Theme: m.theme, Words: m.words, Renderer: m.renderer, Design: m.design, Text: text, Other: other.Name,
		Notes: m.draft.Notes,
	}
}

// stash takes the review off the screen to keep it.
func (m model) stash() model {
	if r, ok := m.screen.(review.Model); ok {
		m.review = &r
	}
	return m
}

// tell shows the review with a notice.
func (m model) tell(label string) (tea.Model, tea.Cmd) {
	if m.review == nil {
		return m.restart(m.words.T(label))
	}
	r := m.review.Notify(m.words.T(label))
	m.review = &r
	return m.reviewing()
}

// other is the drafter to compare with: the rules, or the model when the rules
// write.
func (m model) other() (llm.Drafter, llm.Info) {
	if m.Info.ID != "offline" {
		return m.Offline, llm.Info{ID: "offline", Name: m.words.T("drafter.offline")}
	}
	return nil, llm.Info{}
}

// edit opens a section in the built-in editor or in the person's own.
func (m model) edit(e screen.Edit) (tea.Model, tea.Cmd) {
	m = m.stash()
	if m.review == nil {
		return m, nil
	}
	text := e.Text
	if text == "" {
		text = m.review.Part(e.Section)
	}
	if e.External {
		return m, m.editor(e.Section, text)
	}
	return m.show(edit.New(m.theme, m.words, e.Section, text))
}

// edited puts a section changed by hand in its place.
func (m model) edited(e screen.Edited) (tea.Model, tea.Cmd) {
	r := m.review.Replace(e.Section, e.Text, review.ByHand)
	m.review = &r
	return m.settle()
}
