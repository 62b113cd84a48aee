package brief

import (
	"charm.land/bubbles/v2/key"

	"dbchapter/ui/i18n"
	"dbchapter/ui/screen/brief/form"
)

// keys are every key of the brief steps, by where they work.
type keys struct {
	list  listKeys
	step  stepKeys
	entry entryKeys
	form  form.Keys
}

// listKeys work where rows are shown and no text is being typed.
type listKeys struct {
	Up, Down, PageUp, PageDown, Top, Bottom     key.Binding
	Edit, Add, Line, Copy, Later, Sooner, Paste key.Binding
	Delete, Filter, Undo, Redo, Fix, Reset      key.Binding
	Left, Right                                 key.Binding
	Yes, Back                                   key.Binding
}

// stepKeys go from step to step; those with ctrl work while typing too.
type stepKeys struct {
	Next, Prev           key.Binding
	NextChord, PrevChord key.Binding
	Generate, Board      key.Binding
	Tick, Help           key.Binding
	Jump                 []key.Binding
}

// entryKeys work in the line and the box for typing items.
type entryKeys struct {
	Put, PutAll, Close key.Binding
	Skip               key.Binding // quick and guided: next question
	Previous           key.Binding
	Left, Right        key.Binding
}

func newKeys(w i18n.Words) keys {
	return keys{
		form: form.NewKeys(w),
		list: listKeys{
			Up:       w.Key("↑↓", "brief.key.move", "up", "k"),
			Down:     w.Key("↓", "key.down", "down", "j"),
			PageUp:   w.Key("pgup", "brief.key.pageup", "pgup"),
			PageDown: w.Key("pgdn", "brief.key.pagedown", "pgdown"),
			Top:      w.Key("g", "brief.key.top", "g", "home"),
			Bottom:   w.Key("G", "brief.key.bottom", "G", "end"),
			Edit:     w.Key("enter", "brief.key.edit", "enter"),
			Add:      w.Key("a", "brief.key.add", "a"),
			Line:     w.Key("e", "brief.key.line", "e"),
			Copy:     w.Key("y", "brief.key.copy", "y"),
			Later:    w.Key("J/K", "brief.key.shift", "J"),
			Sooner:   w.Key("K", "brief.key.sooner", "K"),
			Paste:    w.Key("v", "brief.key.paste", "v"),
			Delete:   w.Key("d", "brief.key.delete", "d"),
			Filter:   w.Key("/", "brief.key.filter", "/"),
			Undo:     w.Key("u", "brief.key.undo", "u"),
			Redo:     w.Key("ctrl+r", "brief.key.redo", "ctrl+r"),
			Fix:      w.Key("f", "brief.key.fix", "f"),
			Reset:    w.Key("x", "brief.key.reset", "x"),
			Left:     w.Key("←→", "brief.key.tabs", "left", "h"),
			Right:    w.Key("→", "brief.key.tabs", "right", "l"),
			Yes:      w.Key("y", "brief.key.yes", "y"),
			Back:     w.Key("esc", "brief.key.back", "esc"),
		},
		step: stepKeys{
			Next:      w.Key("tab", "brief.key.next", "tab"),
			Prev:      w.Key("shift+tab", "brief.key.prev", "shift+tab"),
			NextChord: w.Key("ctrl+n", "brief.key.next", "ctrl+n"),
			PrevChord: w.Key("ctrl+p", "brief.key.prev", "ctrl+p"),
			Generate:  w.Key("ctrl+g", "brief.key.generate", "ctrl+g"),
			Board:     w.Key("ctrl+b", "brief.key.board", "ctrl+b"),
			Help:      w.Key("?", "key.help", "?"),
			Tick:      w.Key("space", "brief.key.tick", "space"),
			Jump: []key.Binding{
				w.Key("1-5", "brief.key.jump", "1"), w.Key("2", "brief.step.databases", "2"),
				w.Key("3", "brief.step.services", "3"), w.Key("4", "brief.step.entities", "4"),
				w.Key("5", "brief.step.assume", "5"),
			},
		},
		entry: entryKeys{
			Put:      w.Key("enter", "brief.key.put", "enter"),
			PutAll:   w.Key("ctrl+s", "brief.key.putall", "ctrl+s"),
			Close:    w.Key("esc", "brief.key.close", "esc"),
			Skip:     w.Key("enter", "brief.key.answer", "enter"),
			Previous: w.Key("shift+tab", "brief.key.previous", "shift+tab"),
			Left:     w.Key("←→", "brief.key.choose", "left"),
			Right:    w.Key("→", "brief.key.choose", "right"),
		},
	}
}
