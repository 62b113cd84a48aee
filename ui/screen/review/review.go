// Package review is the screen where the chapter is read, judged and changed:
// outline on the left, the rendered chapter on the right, findings, reasons,
// history and comparisons on demand.
//
// Every change makes a new state and keeps the old one: nothing here destroys
// (product.md §5, promise 10). A section changed by hand locks itself, and
// nothing but the person's own hand changes a locked section.
package review

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
	"dbchapter/ui/i18n"
	"dbchapter/ui/markdown"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// Options are what a review needs.
type Options struct {
	Theme    theme.Theme
	Words    i18n.Words
	Renderer *markdown.Renderer

	Design     *design.Design // nil when the chapter came without a brief
	Text       string
	Locked     map[chapter.Section]bool
	Unfinished []chapter.Section
	Edited     []chapter.Section // changed by hand earlier
	Versions   []Version         // earlier versions, oldest first
	Notes      []string          // what a model said beside the chapter, shown with the reasons
	Other      string            // name of the other drafter for c; "" when there is none

	// Check and Fix are the checker's own when nil.
	Check func(*design.Design, string) check.Report
	Fix   func(*design.Design, string) (string, []chapter.Fixed)
}

// phase is what the keys mean at the moment.
type phase int

const (
	browsing  phase = iota
	hinting         // r: the wish for a rework is typed
	searching       // /: the search word is typed
	judging         // a new text is shown against the old one
	reading         // d: a comparison without a question
	history         // h: versions of a section
	findings        // f
	reasons         // w
	confirm         // R: rewrite everything, really
)

// Model is the screen.
type Model struct {
	Options
	keys          keyMap
	width, height int

	now        state
	undo, redo []state
	versions   []Version

	report  check.Report
	checked string // the text report is about

	phase    phase
	rows     []row // outline
	at       int   // row in focus
	expanded chapter.Section
	preview  bool // the preview has the focus
	raw      bool
	top      int // first preview line shown

	pieces   []piece
	drawn    map[string][]markdown.Line // by text of the piece
	drawnFor look
	partial  bool // pieces of a new look are still being drawn

	field  textinput.Model
	query  string
	hit    int // preview line of the last search hit
	notice string
	list   int // row in focus of findings, history

	proposal proposal
	offset   int // scroll of diff, reasons
}

// look is what rendered lines depend on besides their text.
type look struct {
	width int
	raw   bool
}

// New prepares a review; rendering and checking are commands.
func New(o Options) Model {
	m := Model{Options: o, keys: newKeys(o.Words), versions: o.Versions, drawn: map[string][]markdown.Line{}}
	m.now = state{text: o.Text, locked: flags(o.Locked), unfinished: set(o.Unfinished), edited: set(o.Edited)}
	if m.Options.Check == nil {
		m.Options.Check = check.Run
	}
	if m.Options.Fix == nil {
		m.Options.Fix = check.Fix
	}
	m.field = o.Theme.Input(40)
	m.outline()
	m.keys.sync(m)
	return m
}

// Init checks the chapter.
func (m Model) Init() tea.Cmd { return m.inspect() }

// Update follows the keys of the phase and what commands bring back.
func (m Model) Update(msg tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.field.SetWidth(max(10, m.width-6))
		return m, m.draw(), nil
	case drawnMsg:
		if msg.look != m.look() {
			return m, nil, nil // a drawing that nobody waits for any more
		}
		m = m.take(msg)
		return m, m.draw(), nil
	case checkedMsg:
		if msg.text == m.now.text {
			m.report, m.checked = msg.report, msg.text
			m.outline()
		}
		return m, nil, nil
	case tea.MouseWheelMsg:
		return m.wheel(msg), nil, nil
	case tea.PasteMsg:
		return m.typed(msg)
	case tea.KeyPressMsg:
		m.notice = ""
		next, cmd, e := m.press(msg)
		next.keys.sync(next)
		return next, cmd, e
	}
	return m, nil, nil
}

// press sends a key to the phase that owns it.
func (m Model) press(k tea.KeyPressMsg) (Model, tea.Cmd, screen.Event) {
	switch m.phase {
	case hinting, searching:
		return m.pressField(k)
	case judging, reading:
		return m.pressDiff(k)
	case history, findings:
		return m.pressList(k)
	case reasons:
		return m.pressReasons(k)
	case confirm:
		return m.pressConfirm(k)
	}
	return m.pressBrowse(k)
}

// Text is the chapter as it is now.
func (m Model) Text() string { return m.now.text }

// Locked are the locked sections.
func (m Model) Locked() map[chapter.Section]bool { return flags(m.now.locked) }

// Unfinished are the sections without a proper end.
func (m Model) Unfinished() []chapter.Section { return listed(m.now.unfinished) }

// Edited are the sections changed by hand.
func (m Model) Edited() []chapter.Section { return listed(m.now.edited) }

// listed gives the flagged sections in the order of the document.
func listed(flags map[chapter.Section]bool) []chapter.Section {
	var out []chapter.Section
	for _, s := range chapter.Sections() {
		if flags[s] {
			out = append(out, s)
		}
	}
	return out
}

// Versions are all earlier versions, oldest first.
func (m Model) Versions() []Version { return m.versions }

// Report is the last result of the checker, for the last page.
func (m Model) Report() check.Report { return m.report }

// Part is the text of a section; one that is not there yet begins with its
// heading.
func (m Model) Part(s chapter.Section) string {
	if text := m.text(s); text != "" {
		return text
	}
	return "### " + s.Title() + "\n"
}

// Section is the section under the cursor; "" before the first.
func (m Model) Section() chapter.Section {
	if m.at < 0 || m.at >= len(m.rows) {
		return ""
	}
	return m.rows[m.at].section
}

// Head says where we are, with the score.
func (m Model) Head() screen.Head {
	h := screen.Head{Step: 7, Done: []int{1, 2, 3, 4, 5, 6}}
	if m.checked == "" || m.checked != m.now.text {
		h.Note = m.Words.T("review.checking")
		return h
	}
	h.Note = m.Words.T("review.score", m.report.Score.Total)
	errors, warns := m.count("")
	if errors > 0 {
		h.Note += " " + m.Theme.Glyph.Dot + " " + m.Words.T("review.errors", errors)
	}
	if warns > 0 {
		h.Note += " " + m.Theme.Glyph.Dot + " " + m.Words.T("review.warns", warns)
	}
	return h
}
