package review

import (
	"charm.land/bubbles/v2/key"

	"dbchapter/ui/i18n"
)

// keyMap is every key of the screen, by phase; those that do nothing now are
// disabled, and help is drawn from what is left.
type keyMap struct {
	// Moving.
	Up, Down, First, Last, PageUp, PageDown, Switch, Jump, Open, Close key.Binding
	// Changing.
	Rework, ReworkAll, Edit, EditOut, Lock, Undo, Redo key.Binding
	// Looking.
	History, Diff, Findings, Why, Compare, Search, Next, Prev, Raw key.Binding
	// Leaving.
	Brief, Save, Help, Back key.Binding
	// In a field.
	Accept, Cancel key.Binding
	// Judging a proposal.
	Take, Keep, Again key.Binding
	// In the findings.
	Goto, Fix, FixAll key.Binding
	// In the confirmation.
	Yes key.Binding
	// Up and Down in one row of the footer.
	Move, Scroll key.Binding
}

func newKeys(w i18n.Words) keyMap {
	return keyMap{
		Up:       w.Key("↑/k", "key.up", "up", "k"),
		Down:     w.Key("↓/j", "key.down", "down", "j"),
		First:    w.Key("g", "key.first", "g", "home"),
		Last:     w.Key("G", "key.last", "G", "end"),
		PageUp:   w.Key("pgup", "key.pageup", "pgup", "ctrl+b"),
		PageDown: w.Key("pgdn", "key.pagedown", "pgdown", "ctrl+f", "space"),
		Switch:   w.Key("tab", "review.key.switch", "tab"),
		Jump:     w.Key("1…7", "review.key.jump", "1", "2", "3", "4", "5", "6", "7"),
		Open:     w.Key("→", "review.key.open", "right", "enter"),
		Close:    w.Key("←", "review.key.close", "left"),

		Rework:    w.Key("r", "review.key.rework", "r"),
		ReworkAll: w.Key("R", "review.key.reworkall", "R"),
		Edit:      w.Key("e", "review.key.edit", "e"),
		EditOut:   w.Key("E", "review.key.editout", "E"),
		Lock:      w.Key("l", "review.key.lock", "l"),
		Undo:      w.Key("u", "review.key.undo", "u"),
		Redo:      w.Key("ctrl+r", "review.key.redo", "ctrl+r"),

		History:  w.Key("h", "review.key.history", "h"),
		Diff:     w.Key("d", "review.key.diff", "d"),
		Findings: w.Key("f", "review.key.findings", "f"),
		Why:      w.Key("w", "review.key.why", "w"),
		Compare:  w.Key("c", "review.key.compare", "c"),
		Search:   w.Key("/", "review.key.search", "/"),
		Next:     w.Key("n", "review.key.next", "n"),
		Prev:     w.Key("N", "review.key.prev", "N"),
		Raw:      w.Key("x", "review.key.raw", "x"),

		Brief: w.Key("b", "review.key.brief", "b"),
		Save:  w.Key("s", "review.key.save", "s"),
		Help:  w.Key("?", "key.help", "?"),
		Back:  w.Key("esc", "key.back", "esc"),

		Accept: w.Key("enter", "key.ok", "enter"),
		Cancel: w.Key("esc", "key.cancel", "esc"),

		Take:  w.Key("enter", "review.key.take", "enter"),
		Keep:  w.Key("esc", "review.key.keep", "esc"),
		Again: w.Key("r", "review.key.again", "r"),

		Goto:   w.Key("enter", "review.key.goto", "enter"),
		Fix:    w.Key("x", "review.key.fix", "x"),
		FixAll: w.Key("X", "review.key.fixall", "X"),

		Yes: w.Key("y", "key.yes", "y"),

		Move:   w.Key("↑↓", "key.move", "up", "down"),
		Scroll: w.Key("↑↓", "key.scroll", "up", "down"),
	}
}

// sync enables what can be done now.
func (k *keyMap) sync(m Model) {
	s := m.Section()
	k.Rework.SetEnabled(s != "")
	k.Edit.SetEnabled(s != "")
	k.EditOut.SetEnabled(s != "")
	k.Lock.SetEnabled(s != "")
	k.Compare.SetEnabled(s != "" && m.Other != "")
	k.Undo.SetEnabled(len(m.undo) > 0)
	k.Redo.SetEnabled(len(m.redo) > 0)
	k.History.SetEnabled(len(m.of(s)) > 0)
	k.Diff.SetEnabled(len(m.of(s)) > 0)
	k.Next.SetEnabled(m.query != "")
	k.Prev.SetEnabled(m.query != "")
	k.Again.SetEnabled(m.proposal.origin == Reworked)
	k.Take.SetEnabled(m.phase == judging)
}

// ShortHelp is the footer of the phase.
func (m Model) ShortHelp() []key.Binding {
	k := m.keys
	switch m.phase {
	case hinting, searching:
		return []key.Binding{k.Accept, k.Cancel}
	case judging:
		return []key.Binding{k.Take, k.Keep, k.Again, k.Scroll}
	case reading, reasons:
		return []key.Binding{k.Scroll, k.PageDown, k.Cancel}
	case history:
		return []key.Binding{k.Move, k.Diff, k.Cancel}
	case findings:
		return []key.Binding{k.Move, k.Goto, k.Fix, k.FixAll, k.Cancel}
	case confirm:
		return []key.Binding{k.Yes, k.Cancel}
	}
	return []key.Binding{
		k.Rework, k.Edit, k.Lock, k.Undo, k.Diff, k.Why, k.Findings, k.Search, k.Save, k.Help,
	}
}

// FullHelp is the help page: one group a column.
func (m Model) FullHelp() [][]key.Binding {
	k := m.keys
	return [][]key.Binding{
		{k.Up, k.Down, k.First, k.Last, k.PageUp, k.PageDown, k.Switch, k.Jump, k.Open, k.Close},
		{k.Rework, k.ReworkAll, k.Edit, k.EditOut, k.Lock, k.Undo, k.Redo, k.Compare, k.Brief, k.Save},
		{k.History, k.Diff, k.Findings, k.Why, k.Search, k.Next, k.Prev, k.Raw, k.Help, k.Back},
	}
}
