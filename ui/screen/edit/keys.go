package edit

import (
	"charm.land/bubbles/v2/key"

	"dbchapter/ui/i18n"
)

// keyMap is every key of the screen that is not text.
type keyMap struct {
	Save, Leave, Discard, Stay, Outside, Help                     key.Binding
	Up, Down, Left, Right, Home, End, PageUp, PageDown, Top, Last key.Binding
	Newline, Backspace, Delete, Word, ToHome, ToEnd, Undo, Redo   key.Binding
}

func newKeys(w i18n.Words) keyMap {
	return keyMap{
		Save:    w.Key("ctrl+s", "edit.key.save", "ctrl+s"),
		Outside: w.Key("ctrl+e", "edit.key.outside", "ctrl+e"),
		Leave:   w.Key("esc", "key.back", "esc"),
		Discard: w.Key("d", "edit.key.discard", "d"),
		Stay:    w.Key("esc", "edit.key.stay", "esc"),
		Help:    w.Key("f1", "key.help"), // the wizard's own chord

		Up:       w.Key("↑", "key.up", "up"),
		Down:     w.Key("↓", "key.down", "down"),
		Left:     w.Key("←", "edit.key.left", "left"),
		Right:    w.Key("→", "edit.key.right", "right"),
		Home:     w.Key("home", "edit.key.home", "home", "ctrl+a"),
		End:      w.Key("end", "edit.key.end", "end"),
		PageUp:   w.Key("pgup", "key.pageup", "pgup"),
		PageDown: w.Key("pgdn", "key.pagedown", "pgdown"),
		Top:      w.Key("ctrl+home", "key.first", "ctrl+home"),
		Last:     w.Key("ctrl+end", "key.last", "ctrl+end"),

		Newline:   w.Key("enter", "edit.key.newline", "enter"),
		Backspace: w.Key("backspace", "edit.key.backspace", "backspace", "ctrl+h"),
		Delete:    w.Key("del", "edit.key.delete", "delete", "ctrl+d"),
		Word:      w.Key("ctrl+w", "edit.key.word", "ctrl+w", "alt+backspace"),
		ToHome:    w.Key("ctrl+u", "edit.key.tohome", "ctrl+u"),
		ToEnd:     w.Key("ctrl+k", "edit.key.toend", "ctrl+k"),
		Undo:      w.Key("ctrl+/", "edit.key.undo", "ctrl+/", "ctrl+_"),
		Redo:      w.Key("ctrl+r", "edit.key.redo", "ctrl+r"),
	}
}

// ShortHelp is the footer.
func (m Model) ShortHelp() []key.Binding {
	if m.asking {
		return []key.Binding{m.keys.Save, m.keys.Discard, m.keys.Stay}
	}
	return []key.Binding{m.keys.Save, m.keys.Undo, m.keys.Outside, m.keys.Leave, m.keys.Help}
}

// FullHelp is the help page.
func (m Model) FullHelp() [][]key.Binding {
	k := m.keys
	return [][]key.Binding{
		{k.Save, k.Outside, k.Undo, k.Redo, k.Leave},
		{k.Home, k.End, k.PageUp, k.PageDown, k.Top, k.Last},
		{k.Word, k.ToHome, k.ToEnd, k.Delete},
	}
}
