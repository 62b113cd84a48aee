package field

import (
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// act is one editing action bound to keys.
type act struct {
	key.Binding
	do   func(*Field)
	many bool // only in fields of many lines
}

func on(do func(*Field), keys ...string) act {
	return act{Binding: key.NewBinding(key.WithKeys(keys...)), do: do}
}

// acts are the keys of every text field, those of readline.
var acts = []act{
	on(func(f *Field) { f.move(-1) }, "left", "ctrl+b"),
	on(func(f *Field) { f.move(1) }, "right", "ctrl+f"),
	on(func(f *Field) { f.col = 0 }, "home", "ctrl+a"),
	on(func(f *Field) { f.col = len(f.lines[f.row]) }, "end", "ctrl+e"),
	on(func(f *Field) { f.col = f.wordLeft() }, "alt+left", "ctrl+left", "alt+b"),
	on(func(f *Field) { f.col = f.wordRight() }, "alt+right", "ctrl+right", "alt+f"),
	on((*Field).backspace, "backspace", "ctrl+h"),
	on((*Field).delete, "delete", "ctrl+d"),
	on(func(f *Field) { f.cutTo(f.wordLeft(), f.col) }, "ctrl+w", "alt+backspace"),
	on(func(f *Field) { f.cutTo(0, f.col) }, "ctrl+u"),
	on(func(f *Field) { f.cutTo(f.col, len(f.lines[f.row])) }, "ctrl+k"),
	{key.NewBinding(key.WithKeys("enter")), func(f *Field) { f.insert("\n") }, true},
	{key.NewBinding(key.WithKeys("up")), func(f *Field) { f.line(-1) }, true},
	{key.NewBinding(key.WithKeys("down")), func(f *Field) { f.line(1) }, true},
	{key.NewBinding(key.WithKeys("pgup")), func(f *Field) { f.line(-10) }, true},
	{key.NewBinding(key.WithKeys("pgdown")), func(f *Field) { f.line(10) }, true},
}

func (f *Field) press(msg tea.KeyPressMsg) bool {
	for _, a := range acts {
		if key.Matches(msg, a.Binding) && (f.Many || !a.many) {
			a.do(f)
			return true
		}
	}
	if msg.Text == "" || msg.Mod&^tea.ModShift != 0 {
		return false
	}
	f.insert(msg.Text)
	return true
}

func (f *Field) move(by int) {
	switch {
	case by < 0 && f.col == 0 && f.row > 0:
		f.row--
		f.col = len(f.lines[f.row])
	case by > 0 && f.col == len(f.lines[f.row]) && f.row < len(f.lines)-1:
		f.row, f.col = f.row+1, 0
	default:
		f.col = min(max(0, f.col+by), len(f.lines[f.row]))
	}
}

// line moves the caret up or down, as near as can be to its column of cells.
func (f *Field) line(by int) {
	x := width(f.lines[f.row][:f.col])
	f.row = min(max(0, f.row+by), len(f.lines)-1)
	f.col = 0
	for at := 0; f.col < len(f.lines[f.row]); f.col++ {
		if at += f.lines[f.row][f.col].w; at > x {
			return
		}
	}
}

func (f *Field) backspace() {
	if f.col > 0 {
		f.cutTo(f.col-1, f.col)
		return
	}
	if f.row == 0 {
		return
	}
	f.move(-1)
	f.joinNext()
}

func (f *Field) delete() {
	if f.col < len(f.lines[f.row]) {
		f.cutTo(f.col, f.col+1)
		return
	}
	f.joinNext()
}

func (f *Field) joinNext() {
	if f.row+1 >= len(f.lines) {
		return
	}
	whole := split(join(f.lines[f.row]) + join(f.lines[f.row+1]))
	f.lines = append(f.lines[:f.row:f.row], append([][]cell{whole}, f.lines[f.row+2:]...)...)
}

func (f *Field) cutTo(from, to int) {
	l := f.lines[f.row]
	f.lines[f.row] = append(l[:from:from], l[to:]...)
	f.col = from
}

func (f *Field) wordLeft() int {
	l, i := f.lines[f.row], f.col
	for i > 0 && !wordly(l[i-1]) {
		i--
	}
	for i > 0 && wordly(l[i-1]) {
		i--
	}
	return i
}

func (f *Field) wordRight() int {
	l, i := f.lines[f.row], f.col
	for i < len(l) && !wordly(l[i]) {
		i++
	}
	for i < len(l) && wordly(l[i]) {
		i++
	}
	return i
}

func wordly(c cell) bool {
	return strings.ContainsFunc(c.s, func(r rune) bool {
		return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
	})
}
