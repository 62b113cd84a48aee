// Package brief is the first five steps of the wizard: system, databases,
// services, entities, assumptions (product.md §3).
//
// One Model shows them in three ways: quick asks four questions, guided one
// question a screen with its reasons, the board gives everything at once. All
// three write the same document; every finished change is an event for
// autosave, every change can be undone, and what is half typed stays where it
// was typed.
//
// The rules (validation, completion, design) run in a command on a copy of the
// brief; Update never waits for them.
package brief

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// Mode is how the questions are put.
type Mode string

// The three modes.
const (
	Quick  Mode = "quick"
	Guided Mode = "guided"
	Board  Mode = "board"
)

// Step is one of the five steps, counted from 1 as people see them.
type Step int

// The steps of the brief.
const (
	System Step = iota + 1
	Databases
	Services
	Entities
	Assumptions
)

// A page is what one step shows: it takes keys, draws itself and the panel
// beside it.
type page interface {
	press(m *Model, msg tea.KeyPressMsg)
	paste(m *Model, msg tea.PasteMsg)
	view(m *Model, w, h int) (string, *tea.Cursor)
	panel(m *Model, w int) []string
	help(m *Model) []key.Binding
	typing() bool             // letters are text now, not keys
	draft(*Model) brief.Brief // the brief with what is being typed, for the panel
}

// Model is the screen.
type Model struct {
	theme theme.Theme
	words i18n.Words
	keys  keys
	mode  Mode
	w, h  int

	step  Step
	pages map[Step]page
	ask   page // quick or guided, instead of the steps

	doc     document
	probe   int                // number of the probe to start, 0 for none
	half    map[string]string  // half-typed values by path: wrong or unfinished
	guesses []brief.Assumption // read out of a text, not confirmed

	live       live
	asked      int  // number of the last question to the rules
	busy, want bool // a question is under way; another waits
	stale      bool // what the panel shows changed

	drawn drawing
	note  string // one line about the last action
	event screen.Event
}

// New makes the screen on a brief, which may be empty.
func New(t theme.Theme, w i18n.Words, b brief.Brief, mode Mode) *Model {
	m := &Model{
		theme: t, words: w, keys: newKeys(w), mode: mode, step: System,
		doc: document{brief: b.Clone()}, half: map[string]string{}, stale: true,
		w: 80, h: 20,
	}
	m.pages = map[Step]page{
		System:      &sheetPage{subject: systemSubject()},
		Databases:   newListPage(databaseShelf()),
		Services:    newListPage(serviceShelf()),
		Entities:    &entitiesPage{list: *newListPage(entityShelf())},
		Assumptions: &assumePage{},
	}
	switch mode {
	case Quick:
		m.ask = newQuickPage(b.Clone())
	case Guided:
		m.ask = newGuidePage(m)
	}
	return m
}

// At shows a step first, as a draft left it.
func (m *Model) At(s Step) *Model {
	m.step = min(max(System, s), Assumptions)
	return m
}

// Step is the step shown, 1…5, for the frame around the screen.
func (m *Model) Step() int { return int(m.step) }

// Brief is the brief as written so far.
func (m *Model) Brief() brief.Brief { return m.doc.brief.Clone() }

// Init asks the rules about the brief.
func (m *Model) Init() tea.Cmd {
	m.busy, m.stale = false, true // an answer may have gone astray with another screen
	return m.refresh()
}

// Update takes keys and pasted text to the page, answers to the panel.
func (m *Model) Update(msg tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	m.drawn = drawing{}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case liveMsg:
		m.answer(msg.live)
	case probeMsg:
		if g, ok := m.ask.(*guidePage); ok {
			g.found(m, msg)
		}
	case leaveMsg:
		return m, nil, msg.event
	case tea.PasteMsg:
		m.note = ""
		m.page().paste(m, msg)
	case tea.KeyPressMsg:
		m.note = ""
		m.press(msg)
	}
	return m.say()
}

// leaveMsg is an event that had to wait for a BriefChanged.
type leaveMsg struct{ event screen.Event }

// say returns what happened: the change first, then the wish to leave.
func (m *Model) say() (screen.Model, tea.Cmd, screen.Event) {
	e := m.event
	m.event = nil
	if !m.doc.look() {
		return m, m.refresh(), e
	}
	m.stale = true
	changed := screen.BriefChanged{Brief: m.doc.brief.Clone()}
	if e == nil {
		return m, m.refresh(), changed
	}
	return m, tea.Batch(m.refresh(), func() tea.Msg { return leaveMsg{e} }), changed
}

// refresh asks the rules again when something changed, one question at a time.
func (m *Model) refresh() tea.Cmd {
	if n := m.probe; n > 0 {
		m.probe = 0
		return tea.Batch(probe(m, n), m.refresh())
	}
	if !m.stale && !m.want {
		return nil
	}
	m.stale = false
	m.want = m.busy
	if m.busy {
		return nil
	}
	m.busy = true
	m.asked++
	return ask(m.asked, m.page().draft(m))
}

func (m *Model) answer(l live) {
	if l.number != m.asked {
		return
	}
	m.busy = false
	m.live = l
}

func (m *Model) page() page {
	if m.ask != nil {
		return m.ask
	}
	return m.pages[m.step]
}
