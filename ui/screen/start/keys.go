package start

import (
	"charm.land/bubbles/v2/key"

	"dbchapter/ui/i18n"
)

// keyMap is every key of the screen.
type keyMap struct {
	Up, Down, Enter, Drafter, Remove, Yes, Back, Quit, Help, Accept, Cancel key.Binding
}

func newKeys(w i18n.Words) keyMap {
	return keyMap{
		Up:      w.Key("↑↓", "key.move", "up", "k"),
		Down:    w.Key("↓/j", "key.down", "down", "j"),
		Enter:   w.Key("enter", "start.key.enter", "enter"),
		Drafter: w.Key("p", "start.key.drafter", "p"),
		Remove:  w.Key("d", "start.key.remove", "d"),
		Yes:     w.Key("y", "key.yes", "y"),
		Back:    w.Key("esc", "key.back", "esc"),
		Quit:    w.Key("ctrl+c", "key.quit"),
		Help:    w.Key("?", "key.help", "?"),
		Accept:  w.Key("enter", "key.ok", "enter"),
		Cancel:  w.Key("esc", "key.cancel", "esc"),
	}
}

// ShortHelp is the footer of the page.
func (m Model) ShortHelp() []key.Binding {
	k := m.keys
	switch m.page {
	case presets:
		return []key.Binding{k.Up, k.Enter, k.Back, k.Help}
	case drafts:
		if m.asking {
			return []key.Binding{k.Yes, k.Cancel}
		}
		return []key.Binding{k.Up, k.Enter, k.Remove, k.Back, k.Help}
	case path:
		return []key.Binding{k.Accept, k.Cancel}
	}
	return []key.Binding{k.Up, k.Enter, k.Drafter, k.Help, k.Quit}
}

// FullHelp is the help page.
func (m Model) FullHelp() [][]key.Binding { return [][]key.Binding{m.ShortHelp()} }
