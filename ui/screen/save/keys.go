package save

import (
	"charm.land/bubbles/v2/key"

	"dbchapter/ui/i18n"
)

// keyMap is every key of the page where the target is chosen.
type keyMap struct {
	Accept, Cancel, Switch     key.Binding
	Over, Backup, Other        key.Binding
	Up, Down, PageUp, PageDown key.Binding
}

func newKeys(w i18n.Words) keyMap {
	return keyMap{
		Accept:   w.Key("enter", "save.key.save", "enter"),
		Cancel:   w.Key("esc", "key.back", "esc"),
		Switch:   w.Key("tab", "save.key.switch", "tab"),
		Over:     w.Key("o", "save.key.over", "o"),
		Backup:   w.Key("b", "save.key.backup", "b"),
		Other:    w.Key("esc", "save.key.other", "esc"),
		Up:       w.Key("↑↓", "key.scroll", "up", "k"),
		Down:     w.Key("↓/j", "key.down", "down", "j"),
		PageUp:   w.Key("pgup", "key.pageup", "pgup"),
		PageDown: w.Key("pgdn", "key.pagedown", "pgdown", "space"),
	}
}

// ShortHelp is the footer.
func (m Model) ShortHelp() []key.Binding {
	k := m.keys
	if m.phase == asking {
		return []key.Binding{k.Backup, k.Over, k.Other, k.Up}
	}
	return []key.Binding{k.Accept, k.Switch, k.Cancel}
}

// FullHelp is the help page.
func (m Model) FullHelp() [][]key.Binding { return [][]key.Binding{m.ShortHelp()} }

// doneKeys are the keys of the last page.
type doneKeys struct {
	Copy, Export, New, Back, Quit, Help key.Binding
	Up, Down, Accept, Cancel            key.Binding // while a form is chosen
}

func newDoneKeys(w i18n.Words) doneKeys {
	return doneKeys{
		Copy:   w.Key("c", "done.key.copy", "c"),
		Export: w.Key("x", "done.key.export", "x"),
		Up:     w.Key("↑↓", "key.move", "up", "k"),
		Down:   w.Key("↓", "key.down", "down", "j"),
		Accept: w.Key("enter", "done.key.write", "enter"),
		Cancel: w.Key("esc", "key.cancel", "esc"),
		New:    w.Key("n", "done.key.new", "n"),
		Back:   w.Key("esc", "done.key.back", "esc"),
		Quit:   w.Key("q", "done.key.quit", "q"),
		Help:   w.Key("?", "key.help", "?"),
	}
}

// ShortHelp is the footer.
func (d Done) ShortHelp() []key.Binding {
	k := d.keys
	if d.picking {
		return []key.Binding{k.Up, k.Accept, k.Cancel}
	}
	return []key.Binding{k.Copy, k.Export, k.New, k.Back, k.Quit, k.Help}
}

// FullHelp is the help page.
func (d Done) FullHelp() [][]key.Binding { return [][]key.Binding{d.ShortHelp()} }
