package providers

import (
	"charm.land/bubbles/v2/key"

	"dbchapter/ui/i18n"
)

// keyMap is every key of the screen.
type keyMap struct{ Up, Down, Choose, Back, Help key.Binding }

func newKeys(w i18n.Words) keyMap {
	return keyMap{
		Up:     w.Key("↑↓", "key.move", "up", "k"),
		Down:   w.Key("↓/j", "key.down", "down", "j"),
		Choose: w.Key("enter", "providers.key.choose", "enter"),
		Back:   w.Key("esc", "key.back", "esc"),
		Help:   w.Key("?", "key.help", "?"),
	}
}

// ShortHelp is the footer.
func (m Model) ShortHelp() []key.Binding {
	k := m.keys
	return []key.Binding{k.Up, k.Choose, k.Back, k.Help}
}

// FullHelp is the help page.
func (m Model) FullHelp() [][]key.Binding { return [][]key.Binding{m.ShortHelp()} }
