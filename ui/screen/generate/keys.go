package generate

import (
	"charm.land/bubbles/v2/key"

	"dbchapter/ui/i18n"
)

// keyMap is every key of the screen; those that do nothing now are disabled.
type keyMap struct {
	Stop, Keep, Retry, Offline, Back, Help key.Binding
}

func newKeys(w i18n.Words) keyMap {
	return keyMap{
		Stop:    w.Key("esc", "gen.key.stop", "esc"),
		Keep:    w.Key("enter", "gen.key.keep", "enter"),
		Retry:   w.Key("r", "gen.key.retry", "r"),
		Offline: w.Key("o", "gen.key.offline", "o"),
		Back:    w.Key("esc", "key.back", "esc"),
		Help:    w.Key("?", "key.help", "?"),
	}
}

// sync enables what the state allows.
func (k *keyMap) sync(m Model) {
	run := m.state == running
	k.Stop.SetEnabled(run)
	k.Back.SetEnabled(!run)
	k.Keep.SetEnabled(!run && m.worth())
	k.Retry.SetEnabled(!run)
	k.Offline.SetEnabled(m.Offline != nil && m.info.ID != offline)
}

// worth says whether there is anything to look at.
func (m Model) worth() bool { return len(m.missing()) < len(m.wanted()) || len(m.parts()) > 0 }

// ShortHelp is the footer.
func (m Model) ShortHelp() []key.Binding {
	k := m.keys
	return []key.Binding{k.Stop, k.Keep, k.Retry, k.Offline, k.Back, k.Help}
}

// FullHelp is the help page.
func (m Model) FullHelp() [][]key.Binding { return [][]key.Binding{m.ShortHelp()} }
