// Package ui is the wizard: one root model that shows one screen at a time.
//
// A screen returns an event, flow.go alone knows what comes next. The root
// owns the frame (view.go), the chords (keys.go), the draft on disk
// (autosave.go) and the terminal (run.go); everything that touches the disk
// runs in a command.
package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
	"dbchapter/ui/i18n"
	"dbchapter/ui/markdown"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	briefscreen "dbchapter/ui/screen/brief"
	"dbchapter/ui/screen/providers"
	"dbchapter/ui/screen/review"
	"dbchapter/ui/store"
	"dbchapter/ui/theme"
)

// Options are everything the wizard takes from outside.
type Options struct {
	Drafter llm.Drafter // who writes; required
	Info    llm.Info    // how people know it
	Offline llm.Drafter // the rules: fallback, comparison, the example; required

	// Providers are the choices of the provider screen; Open makes a drafter of
	// one. Without them the screen offers the rules and the present drafter.
	Providers []providers.Choice
	Open      func(id string) (llm.Drafter, llm.Info, error)

	Store  *store.Store // nil: nothing is kept
	House  design.House
	Length prompt.Length

	Brief *brief.Brief // start on the brief board with this brief
	File  string       // start from a file; "" for the first screen
	Into  string       // the larger document the chapter goes into, "" for none

	Lang  i18n.Lang
	Theme theme.Options
	Today string                     // YYYY-MM-DD: base_date of a brief that has none
	Env   func(string) string        // VISUAL, EDITOR; nil: none are set
	Now   func() time.Time           // the clock; nil: time.Now
	Frame time.Duration              // see generate.Options; Run sets it
	Crash func(report string) string // keeps a crash report, gives its path; nil: Store does
}

// Result is what the wizard leaves behind.
type Result struct {
	Draft string // id of the draft that was kept, "" when there is none
	Saved string // path of the chapter when it was saved
	Code  int    // exit code: 0, or 128 + signal
}

// model is the root.
type model struct {
	Options
	ctx      context.Context
	words    i18n.Words
	theme    theme.Theme
	keys     chords
	renderer *markdown.Renderer

	screen        screen.Model
	width, height int
	help          *helpPage // shown over the screen

	step   string // where the person is, for the draft
	brief  brief.Brief
	given  bool // there is a brief
	design *design.Design
	review *review.Model // kept while another screen is shown
	job    job           // what the running generation is for
	writer brief.Brief   // the brief the marks of the chapter are about

	draft  store.Draft
	saving saving
	order  *order
	seq    int // number of the last command whose answer is wanted

	began   time.Time
	presses int
	leaving bool
	result  Result
}

// job is what a generation was started for.
type job struct {
	kind    jobKind
	section chapter.Section
	hint    string
	who     string
}

type jobKind int

const (
	whole jobKind = iota
	rework
	reworkAll
	compare
)

// New makes the root model, for tests and for Run.
func New(o Options) tea.Model { return newModel(context.Background(), o) }

func newModel(ctx context.Context, o Options) model {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Env == nil {
		o.Env = func(string) string { return "" }
	}
	m := model{Options: o, ctx: ctx, words: i18n.New(o.Lang), theme: theme.New(o.Theme), step: stepStart}
	m.keys = newChords(m.words)
	m.renderer = markdown.New(m.theme)
	m.began = o.Now()
	m.draft, m.order = store.Draft{ID: store.NewID()}, &order{}
	m.screen = m.startScreen("")
	return m
}

// Init asks for the background and opens what the command line named.
func (m model) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor}
	switch {
	case m.Options.Brief != nil:
		b := *m.Options.Brief
		cmds = append(cmds, func() tea.Msg { return loadedMsg{brief: &b} })
	case m.File != "":
		cmds = append(cmds, m.load(m.File))
	default:
		cmds = append(cmds, m.screen.Init())
	}
	return tea.Batch(cmds...)
}

// Update takes what belongs to the wizard and passes the rest to the screen.
func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return m.pass(m.box())
	case tea.BackgroundColorMsg:
		m.theme.Light = !msg.IsDark()
		m.renderer.Light(m.theme.Light)
		return m, nil
	case tea.KeyPressMsg:
		m.presses++
		if msg.Code == 'j' && msg.Mod == tea.ModCtrl {
			// Enter typed before the terminal was ours: it has become a line feed.
			msg = tea.KeyPressMsg{Code: tea.KeyEnter}
		}
		return m.press(msg)
	case tea.PasteMsg:
		return m.pass(tea.PasteMsg{Content: safetext.Clean(msg.Content)})
	case loadedMsg, preparedMsg, savedMsg, exampleMsg, openedMsg, editorMsg, editedMsg, stopMsg, typedMsg:
		return m.answer(msg)
	}
	return m.pass(msg)
}

// press looks for chords, then for the help page, then asks the screen.
func (m model) press(k tea.KeyPressMsg) (tea.Model, tea.Cmd) {
	switch {
	case m.keys.quit(k):
		return m.leave(0)
	case m.keys.suspend(k):
		return m, suspend
	case m.help != nil:
		m.help = m.help.press(m.keys, k)
		return m, nil
	case m.keys.help(k):
		m.help = m.newHelp()
		return m, nil
	case m.tooSmall():
		return m, nil
	}
	return m.pass(k)
}

// pass gives a message to the screen and follows its event.
func (m model) pass(msg tea.Msg) (tea.Model, tea.Cmd) {
	next, cmd, e := m.screen.Update(msg)
	m.screen = next
	if e == nil {
		n, wait := m.noteTyping(msg)
		return n, tea.Batch(cmd, wait)
	}
	n, more := m.follow(e)
	return n, tea.Batch(cmd, more)
}

// show makes s the screen: its commands run from now on, and it learns its
// box.
func (m model) show(s screen.Model) (model, tea.Cmd) {
	init := s.Init()
	if b, ok := m.screen.(*briefscreen.Model); ok && s != screen.Model(b) {
		m.draft.Half, m.draft.Place, m.draft.Guesses = b.Half(), "", guessesOf(b.Guesses())
	}
	m.screen, m.help = s, nil
	next, cmd := m.pass(m.box())
	return next.(model), tea.Batch(init, cmd)
}
