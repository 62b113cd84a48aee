// Package form edits one thing in a short form: a huh group with one row a
// line, label to the left.
//
// The form decides nothing about values. It hands them out as text, says when
// a row was left, and never holds anybody back: huh's own validation can leave
// a form with no field in focus (huh #191, #540), so the rules are asked by
// the screen and wrong rows are only marked. No command of huh is ever run;
// moving between fields is done here, in the same update.
package form

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"dbchapter/ui/caret"
	"dbchapter/ui/safetext"
	"dbchapter/ui/theme"
)

// Kind is how a row is answered.
type Kind int

// The kinds of row.
const (
	Text   Kind = iota // typed
	Choice             // one of Options, ← →
	Many               // some of Options, space
	YesNo
)

// Sep joins the values of a Many row.
const Sep = "、"

// Yes and No are the values of a YesNo row.
const (
	Yes = "true"
	No  = "false"
)

// Option is one answer of a Choice or Many row.
type Option struct{ Value, Label string }

// Row is one line of a form.
type Row struct {
	Key, Label string
	Kind       Kind
	Options    []Option // for YesNo: the words for yes and no
	Value      string
	Limit      int // characters of a Text row, 0 for LineLimit
}

// LineLimit is how many characters a Text row takes when nothing else is said.
const LineLimit = 600

// Said is what an update did.
type Said int

// What an update can do.
const (
	Nothing Said = iota
	Changed      // the row in focus has another value
	Moved        // another row is in focus; Left tells which it was
	Closed       // the person is done with the form
)

// A Form is a huh form with rows of one line.
type Form struct {
	theme  theme.Theme
	keys   Keys
	rows   []Row
	lines  []*line
	huh    *huh.Form
	at     int
	left   int
	labels int // cells
}

// New makes a form with the row of that key in focus.
func New(t theme.Theme, k Keys, rows []Row, focus string) *Form {
	f := &Form{theme: t, keys: k, rows: rows}
	for _, r := range rows {
		f.labels = max(f.labels, theme.Width(r.Label))
	}
	fields := make([]huh.Field, len(rows))
	for i, r := range rows {
		l := newLine(r, f.labels, t)
		f.lines, fields[i] = append(f.lines, l), l
	}
	f.huh = huh.NewForm(huh.NewGroup(fields...)).WithShowHelp(false).WithShowErrors(false).
		WithTheme(bare(t)).WithKeyMap(keymap())
	f.huh.Init()
	at := slices.IndexFunc(rows, func(r Row) bool { return r.Key == focus })
	for range max(0, at) {
		f.huh.NextField()
		f.at++
	}
	return f
}

// bare is the theme without borders and gaps: the rows draw their own.
func bare(t theme.Theme) huh.Theme {
	return huh.ThemeFunc(func(dark bool) *huh.Styles {
		s := *t.Huh().Theme(dark)
		s.Focused.Base, s.Blurred.Base = t.Plain, t.Plain
		s.Blurred.MultiSelectSelector = t.Plain.SetString("  ") // one pointer a screen
		s.FieldSeparator = t.Plain.SetString("\n")
		return &s
	})
}

// keymap keeps of huh's keys those that choose a value.
func keymap() *huh.KeyMap {
	k := huh.NewDefaultKeyMap()
	for _, b := range []*key.Binding{
		&k.Quit, &k.Select.Filter, &k.MultiSelect.Filter, &k.Input.AcceptSuggestion,
		&k.Select.Up, &k.Select.Down, &k.Confirm.Accept, &k.Confirm.Reject,
		&k.MultiSelect.SelectAll, &k.MultiSelect.SelectNone,
	} {
		*b = key.NewBinding()
	}
	return k
}

// Update passes keys and pasted text to the row in focus.
func (f *Form) Update(msg tea.Msg) Said {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		msg.Content = safetext.Line(cut(msg.Content))
		return f.pass(msg)
	case tea.KeyPressMsg:
		many := f.rows[f.at].Kind == Many
		switch {
		case key.Matches(msg, f.keys.Close):
			return f.close()
		case key.Matches(msg, f.keys.Next), !many && key.Matches(msg, f.keys.Down):
			return f.step(1)
		case key.Matches(msg, f.keys.Prev), !many && key.Matches(msg, f.keys.Up):
			return f.step(-1)
		}
		return f.pass(msg)
	}
	return Nothing
}

// cut spares safetext from cleaning what no row could hold.
func cut(s string) string {
	if len(s) > 16*LineLimit {
		return strings.ToValidUTF8(s[:16*LineLimit], "")
	}
	return s
}

func (f *Form) pass(msg tea.Msg) Said {
	before := f.lines[f.at].value()
	m, _ := f.huh.Update(msg)
	f.huh = m.(*huh.Form)
	if f.lines[f.at].value() != before {
		return Changed
	}
	return Nothing
}

func (f *Form) close() Said {
	f.left = f.at
	return Closed
}

func (f *Form) step(by int) Said {
	f.left = f.at
	to := f.at + by
	switch {
	case to >= len(f.rows):
		return Closed
	case to < 0:
		return Nothing
	case by > 0:
		f.huh.NextField()
	default:
		f.huh.PrevField()
	}
	f.at = to
	return Moved
}

// Focus is the key of the row in focus, Left that of the row last left.
func (f *Form) Focus() string { return f.rows[f.at].Key }

// Left is the key of the row that was in focus before the last move.
func (f *Form) Left() string { return f.rows[f.left].Key }

// Value is the text of a row as it stands.
func (f *Form) Value(k string) string {
	for i, r := range f.rows {
		if r.Key == k {
			return f.lines[i].value()
		}
	}
	return ""
}

// Keys of the rows in their order.
func (f *Form) Keys() []string {
	out := make([]string, len(f.rows))
	for i, r := range f.rows {
		out[i] = r.Key
	}
	return out
}

// Wrong marks or unmarks a row.
func (f *Form) Wrong(k string, wrong bool) {
	for i, r := range f.rows {
		if r.Key == k {
			f.lines[i].wrong = wrong
		}
	}
}

// View draws the form; the caret is relative to its first line.
func (f *Form) View(width, height int) (string, *tea.Cursor) {
	f.huh.WithWidth(width).WithHeight(max(1, height))
	m, _ := f.huh.Update(nil) // huh draws into its viewport on update only
	f.huh = m.(*huh.Form)
	return caret.Extract(f.theme.Box(f.huh.View(), width, height))
}
