package ui

import (
	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/ui/screen/providers"
)

// answer takes what the root's own commands bring back.
func (m model) answer(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case loadedMsg:
		return m.loaded(msg)
	case preparedMsg:
		return m.prepared(msg)
	case savedMsg:
		return m.wrote(msg)
	case exampleMsg:
		return m.showExample(msg)
	case openedMsg:
		return m.opened(msg)
	case editorMsg:
		return m.runEditor(msg)
	case editedMsg:
		return m.leftEditor(msg)
	case typedMsg:
		return m.keepTyping()
	case stopMsg:
		return m.leave(128 + msg.signal)
	}
	return m, nil
}

// openedMsg is a drafter made ready.
type openedMsg struct {
	drafter llm.Drafter
	info    llm.Info
	err     error
}

// choices are the drafters to pick from: those given, or at least the one in
// use and the rules.
func (m model) choices() []providers.Choice {
	if len(m.Providers) > 0 {
		return m.Providers
	}
	offline := providers.Choice{Info: llm.Info{ID: "offline", Name: m.words.T("drafter.offline")}, Ready: true}
	if m.Info.ID == "offline" {
		return []providers.Choice{offline}
	}
	return []providers.Choice{offline, {Info: m.Info, Ready: true}}
}

// use makes the chosen drafter the one who writes.
func (m model) use(id string) (tea.Model, tea.Cmd) {
	switch {
	case id == m.Info.ID:
		return m.restart("")
	case id == "offline":
		m.Drafter, m.Info = m.Offline, llm.Info{ID: "offline", Name: m.words.T("drafter.offline")}
		return m.restart("")
	case m.Open == nil:
		return m, nil
	}
	open := m.Open
	return m, func() tea.Msg {
		d, info, err := open(id)
		return openedMsg{d, info, err}
	}
}

func (m model) opened(msg openedMsg) (tea.Model, tea.Cmd) {
	if msg.err != nil {
		return m.restart(reason(msg.err))
	}
	m.Drafter, m.Info = msg.drafter, msg.info
	return m.restart("")
}
