// Package providers is the screen where the person picks who writes. It names
// the host that would get the data before anything is sent.
package providers

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/ui/i18n"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// Choice is one way to draft.
type Choice struct {
	Info  llm.Info
	Ready bool   // everything it needs is there
	Why   string // what is missing, or where the key was found; Chinese
}

// Model is the screen.
type Model struct {
	theme         theme.Theme
	words         i18n.Words
	keys          keyMap
	choices       []Choice
	now           string // id of the drafter in use
	at            int
	notice        string
	width, height int
}

// New lists the choices with the one in use in focus.
func New(t theme.Theme, w i18n.Words, choices []Choice, now string) Model {
	m := Model{theme: t, words: w, keys: newKeys(w), choices: choices, now: now}
	for i, c := range choices {
		if c.Info.ID == now {
			m.at = i
		}
	}
	return m
}

// Init does nothing.
func (m Model) Init() tea.Cmd { return nil }

// Update moves and chooses; a choice that is not ready says what is missing.
func (m Model) Update(msg tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		m.notice = ""
		return m.press(msg)
	}
	return m, nil, nil
}

func (m Model) press(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, m.keys.Up):
		m.at = max(0, m.at-1)
	case key.Matches(k, m.keys.Down):
		m.at = min(len(m.choices)-1, m.at+1)
	case key.Matches(k, m.keys.Back):
		return m, nil, screen.Back{}
	case key.Matches(k, m.keys.Help):
		return m, nil, screen.Help{}
	case key.Matches(k, m.keys.Choose) && len(m.choices) > 0:
		c := m.choices[m.at]
		if !c.Ready {
			m.notice = m.words.T("providers.notready")
			return m, nil, nil
		}
		return m, nil, screen.UseDrafter{ID: c.Info.ID}
	}
	return m, nil, nil
}

// Head titles the screen.
func (m Model) Head() screen.Head { return screen.Head{Title: m.words.T("providers.title")} }

// View is one row a choice and, below, what choosing it means.
func (m Model) View() string {
	t := m.theme
	out := []string{"", "  " + t.Dim.Render(m.words.T("providers.lead")), ""}
	room := max(1, m.height-8)
	first := min(max(0, m.at-room/2), max(0, len(m.choices)-room))
	for i := first; i < min(len(m.choices), first+room); i++ {
		out = append(out, "  "+t.Row(i == m.at, m.row(m.choices[i])))
	}
	out = append(out, "")
	if len(m.choices) > 0 {
		for _, l := range theme.Wrap(m.meaning(m.choices[m.at]), m.width-6) {
			out = append(out, "    "+l)
		}
	}
	if m.notice != "" {
		out = append(out, "    "+t.Warn.Render(m.notice))
	}
	return t.Box(strings.Join(out, "\n"), m.width, m.height)
}

func (m Model) row(c Choice) string {
	state := m.theme.Dim.Render(m.words.T("providers.missing"))
	if c.Ready {
		state = m.theme.OK.Render(m.words.T("providers.ready"))
	}
	if c.Info.ID == m.now {
		state = m.theme.Accent.Render(m.words.T("providers.now"))
	}
	name := safetext.Line(c.Info.Name)
	return m.theme.Fit(name, 20) + " " + m.theme.Fit(safetext.Line(c.Info.Model), 24) + " " + state
}

func (m Model) meaning(c Choice) string {
	text := m.words.T("providers.local")
	if c.Info.Host != "" {
		text = m.words.T("providers.host", safetext.Line(c.Info.Host))
	}
	return strings.TrimSpace(text + "\n" + safetext.Line(c.Why))
}
