package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/i18n"
)

// chords are the keys of the wizard itself; letters belong to the screens.
type chords struct {
	Quit, Suspend, Help key.Binding
	Up, Down, Close     key.Binding // on the help page
}

func newChords(w i18n.Words) chords {
	return chords{
		Quit:    w.Key("ctrl+c", "key.quit", "ctrl+c"),
		Suspend: w.Key("ctrl+z", "key.suspend", "ctrl+z"),
		Help:    w.Key("f1", "key.help", "f1"),
		Up:      w.Key("↑/k", "key.up", "up", "k"),
		Down:    w.Key("↑↓", "key.scroll", "down", "j", "space", "pgdown"),
		Close:   w.Key("esc", "key.close", "esc", "?", "q", "enter", "f1"),
	}
}

func (c chords) quit(k tea.KeyPressMsg) bool    { return key.Matches(k, c.Quit) }
func (c chords) suspend(k tea.KeyPressMsg) bool { return key.Matches(k, c.Suspend) }
func (c chords) help(k tea.KeyPressMsg) bool    { return key.Matches(k, c.Help) }
