// Package edit is the built-in editor for one section of the chapter. Its
// lines wrap as the preview's do: Chinese breaks anywhere a line may end, a
// bullet stays with its text; the hardware cursor stands at the caret.
package edit

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/chapter"
	"dbchapter/ui/i18n"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// maxUndo is how many states are kept.
const maxUndo = 500

// Model is the screen.
type Model struct {
	theme         theme.Theme
	words         i18n.Words
	keys          keyMap
	section       chapter.Section
	before        string
	text          buffer
	undo, redo    []buffer
	typing        bool // the last change was a typed character: undone together
	goal          int  // cell the caret wants to be in while moving up and down
	top           int  // first row shown
	width, height int
	asking        bool // leave with changes: save, drop, stay
}

// New opens the editor on the text of a section, the caret at its begin.
func New(t theme.Theme, w i18n.Words, s chapter.Section, text string) Model {
	b := newBuffer(strings.TrimRight(text, "\n"))
	return Model{theme: t, words: w, keys: newKeys(w), section: s, text: b, before: b.String(), goal: -1, width: 80, height: 20}
}

// With puts another text into the editor, as something the person typed.
func (m Model) With(text string) Model {
	return m.change(newBuffer(strings.TrimRight(text, "\n")), false)
}

// Init does nothing: the caret is the terminal's own.
func (m Model) Init() tea.Cmd { return nil }

// Update types.
func (m Model) Update(msg tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return m.follow(), nil, nil
	case tea.PasteMsg:
		if !m.asking {
			m = m.change(m.text.insert(msg.Content), false).follow()
		}
		return m, nil, nil
	case tea.KeyPressMsg:
		if m.asking {
			return m.answer(msg)
		}
		return m.press(msg)
	}
	return m, nil, nil
}

func (m Model) press(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, m.keys.Save):
		return m, nil, m.edited()
	case key.Matches(k, m.keys.Outside):
		return m, nil, screen.Edit{Section: m.section, External: true, Text: m.Text()}
	case key.Matches(k, m.keys.Leave) && m.changed():
		m.asking = true
		return m, nil, nil
	case key.Matches(k, m.keys.Leave):
		return m, nil, screen.Back{}
	}
	if next, ok := m.move(k); ok {
		return next.follow(), nil, nil
	}
	return m.alter(k).follow(), nil, nil
}

func (m Model) answer(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, m.keys.Save):
		return m, nil, m.edited()
	case key.Matches(k, m.keys.Discard):
		return m, nil, screen.Back{}
	case key.Matches(k, m.keys.Stay):
		m.asking = false
	}
	return m, nil, nil
}

// move handles the keys that only move the caret.
func (m Model) move(k tea.KeyPressMsg) (next Model, ok bool) {
	b, at := m.text, m.text.at
	page := max(1, m.room()-1)
	switch {
	case key.Matches(k, m.keys.Up):
		return m.vertical(-1), true
	case key.Matches(k, m.keys.Down):
		return m.vertical(1), true
	case key.Matches(k, m.keys.PageUp):
		return m.vertical(-page), true
	case key.Matches(k, m.keys.PageDown):
		return m.vertical(page), true
	case key.Matches(k, m.keys.Left):
		at = b.left(at)
	case key.Matches(k, m.keys.Right):
		at = b.right(at)
	case key.Matches(k, m.keys.Home):
		at.col = 0
	case key.Matches(k, m.keys.End):
		at.col = len(b.lines[at.line])
	case key.Matches(k, m.keys.Top):
		at = spot{}
	case key.Matches(k, m.keys.Last):
		at = spot{len(b.lines) - 1, len(b.lines[len(b.lines)-1])}
	default:
		return m, false
	}
	m.text.at, m.typing, m.goal = at, false, -1
	return m, true
}

// vertical moves over rows of the screen and remembers the cell it came from.
func (m Model) vertical(by int) Model {
	rows := m.text.rows(m.line())
	y, x := m.text.where(rows, m.text.at)
	if m.goal < 0 {
		m.goal = x
	}
	m.text.at, m.typing = m.text.spotAt(rows, y+by, m.goal), false
	return m
}

// alter handles the keys that change the text.
func (m Model) alter(k tea.KeyPressMsg) Model {
	b := m.text
	switch {
	case key.Matches(k, m.keys.Undo):
		return m.back()
	case key.Matches(k, m.keys.Redo):
		return m.forth()
	case key.Matches(k, m.keys.Newline):
		return m.change(b.insert("\n"), false)
	case key.Matches(k, m.keys.Backspace):
		return m.change(b.backspace(), false)
	case key.Matches(k, m.keys.Delete):
		return m.change(b.delete(), false)
	case key.Matches(k, m.keys.Word):
		return m.change(b.deleteWord(), false)
	case key.Matches(k, m.keys.ToHome):
		return m.change(b.deleteToHome(), false)
	case key.Matches(k, m.keys.ToEnd):
		return m.change(b.deleteToEnd(), false)
	}
	if text := k.Key().Text; text != "" {
		return m.change(b.insert(text), true)
	}
	return m
}

// change makes b the text; characters typed in a row are undone together.
func (m Model) change(b buffer, typing bool) Model {
	if b.String() == m.text.String() {
		m.text.at = b.at
		return m
	}
	if !typing || !m.typing {
		m.undo = append(m.undo[max(0, len(m.undo)-maxUndo):len(m.undo):len(m.undo)], m.text)
	}
	m.text, m.redo, m.typing, m.goal = b, nil, typing, -1
	return m
}

func (m Model) back() Model {
	if n := len(m.undo) - 1; n >= 0 {
		m.redo = append(m.redo[:len(m.redo):len(m.redo)], m.text)
		m.text, m.undo, m.typing = m.undo[n], m.undo[:n], false
	}
	return m
}

func (m Model) forth() Model {
	if n := len(m.redo) - 1; n >= 0 {
		m.undo = append(m.undo[:len(m.undo):len(m.undo)], m.text)
		m.text, m.redo, m.typing = m.redo[n], m.redo[:n], false
	}
	return m
}

func (m Model) changed() bool { return strings.TrimRight(m.text.String(), "\n") != m.before }

func (m Model) edited() screen.Event { return screen.Edited{Section: m.section, Text: m.Text()} }

// Text is the section as typed so far, with one newline at its end.
func (m Model) Text() string { return strings.TrimRight(m.text.String(), "\n") + "\n" }

// Changed says whether the text is not what the chapter has.
func (m Model) Changed() bool { return m.changed() }

// Section is the section being edited.
func (m Model) Section() chapter.Section { return m.section }
