// Package generate is the screen where the chapter is being written: the seven
// sections with their state, the text streaming in rendered, and what to do
// when it stops half way.
//
// A pump goroutine reads the drafter into a channel; a command takes what is
// there, so that there is one message per frame and not one per token. Every
// message carries the number of its run; those of an earlier run are dropped.
// The pump ends by its context alone.
package generate

import (
	"context"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/ui/i18n"
	"dbchapter/ui/markdown"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// Options are what a generation needs.
type Options struct {
	Theme    theme.Theme
	Words    i18n.Words
	Renderer *markdown.Renderer

	Context context.Context // ends the drafting when the wizard ends
	Drafter llm.Drafter
	Info    llm.Info
	Offline llm.Drafter // what o switches to; nil when Drafter is that already
	Prompt  prompt.Prompt

	// Frame is how long deltas are gathered into one message, and that the
	// clock runs; zero takes what is there and shows no time.
	Frame time.Duration
}

// state is where a generation is.
type state int

const (
	running state = iota
	stopped       // by the person
	failed        // by the drafter, or something is missing
	done
)

// Model is the screen.
type Model struct {
	Options
	keys   keyMap
	doc    *markdown.Doc
	width  int
	height int

	state  state
	run    int
	feed   chan item
	cancel context.CancelFunc

	base   chapter.Chapter   // finished sections of earlier runs
	want   []chapter.Section // what this run writes
	info   llm.Info          // who writes in this run
	text   string            // what this run has written
	lines  []markdown.Line
	think  int // characters of reasoning
	usage  llm.Usage
	finish llm.Finish
	notice string
	notes  []string // what stood around the chapter, for the draft
	odd    string   // what the rules said about the hint they were given
	err    error

	began, now time.Time
}

// offline is the id of the rules.
const offline = "offline"

// New prepares a generation; nothing is sent before Init's command runs.
func New(o Options) Model {
	m := Model{Options: o, keys: newKeys(o.Words), info: o.Info, want: o.Prompt.Sections, run: 1}
	if len(m.want) == 0 {
		m.want = chapter.Sections()
	}
	m.doc = o.Renderer.Doc()
	m.feed = make(chan item, 64)
	m.keys.sync(m)
	return m
}

// Init starts the pump. The context is made here and not in New, so that a
// screen never shown holds nothing.
func (m Model) Init() tea.Cmd { return m.begin(m.Drafter, m.Prompt) }

func (m Model) begin(d llm.Drafter, p prompt.Prompt) tea.Cmd {
	run, feed, parent, frame := m.run, m.feed, m.Context, m.Frame
	if parent == nil {
		parent = context.Background()
	}
	start := func() tea.Msg {
		ctx, cancel := context.WithCancel(parent)
		go pump(ctx, d, p, feed)
		return startedMsg{run: run, cancel: cancel, at: clock(frame)}
	}
	return tea.Batch(start, await(run, feed, frame), tick(run, frame))
}

// Update follows the stream and the keys.
func (m Model) Update(msg tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.lines = m.doc.Growing(m.text, m.textWidth())
		return m, nil, nil
	case startedMsg:
		return m.started(msg), nil, nil
	case tickMsg:
		if msg.run != m.run || m.state != running {
			return m, nil, nil
		}
		m.now = msg.at
		return m, tick(m.run, m.Frame), nil
	case deltaMsg:
		return m.delta(msg)
	case tea.KeyPressMsg:
		return m.press(msg)
	}
	return m, nil, nil
}

func (m Model) started(msg startedMsg) Model {
	if msg.run != m.run || m.state != running {
		msg.cancel()
		return m
	}
	m.cancel = msg.cancel
	if m.began.IsZero() {
		m.began, m.now = msg.at, msg.at
	}
	return m
}

func (m Model) delta(msg deltaMsg) (screen.Model, tea.Cmd, screen.Event) {
	if msg.run != m.run || m.state != running {
		return m, nil, nil
	}
	if msg.instead {
		m.text = ""
		m.doc = m.Renderer.Doc()
	}
	m.text += msg.text
	m.think += msg.think
	if msg.notice != "" {
		m.notice = msg.notice
		if m.info.ID == offline { // a model's are about waiting
			m.odd = msg.notice
		}
	}
	if msg.text != "" {
		m.notice = ""
		m.lines = m.doc.Growing(safetext.Clean(m.text), m.textWidth())
	}
	if !msg.closed {
		return m, await(m.run, m.feed, m.Frame), nil
	}
	return m.ended(msg)
}

// ended decides what the end of a stream means: only a drafter that said stop
// has finished its last section.
func (m Model) ended(msg deltaMsg) (screen.Model, tea.Cmd, screen.Event) {
	m.usage, m.finish, m.err, m.now = msg.usage, msg.finish, msg.err, later(m.now, msg.at)
	m.notes = append(m.notes, msg.notes...)
	if msg.err == nil && msg.finish == llm.Stop {
		m = m.halt(done)
	} else {
		m = m.halt(failed)
	}
	if len(m.missing()) > 0 {
		return m.halt(failed), nil, nil
	}
	return m, nil, m.drafted()
}

// halt ends the pump; a screen that is not running only changes its state.
func (m Model) halt(s state) Model {
	m.state = s
	if m.cancel != nil {
		m.cancel()
		m.cancel = nil
	}
	m.keys.sync(m)
	return m
}

// Stop ends the stream and keeps what is there; the root calls it when the
// wizard is left.
func (m Model) Stop() Model {
	if m.state != running {
		return m
	}
	return m.halt(stopped)
}

// Text is what there is so far, finished or not.
func (m Model) Text() string { return m.result().String() }

func (m Model) press(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, m.keys.Help):
		return m, nil, screen.Help{}
	case key.Matches(k, m.keys.Stop):
		m = m.Stop()
		if strings.TrimSpace(m.text) == "" && len(m.base.Parts) == 0 {
			return m, nil, m.leave()
		}
		return m, nil, nil
	case key.Matches(k, m.keys.Offline):
		return m.again(m.Offline, llm.Info{ID: offline, Name: m.Words.T("drafter.offline")})
	case key.Matches(k, m.keys.Retry):
		return m.again(m.Drafter, m.Options.Info)
	case key.Matches(k, m.keys.Keep):
		return m, nil, m.drafted()
	case key.Matches(k, m.keys.Back):
		return m, nil, m.leave()
	}
	return m, nil, nil
}

// leave is the way back: to the review for a single section, else to the
// brief.
func (m Model) leave() screen.Event {
	if m.partial() {
		return screen.Stopped{}
	}
	return screen.Back{}
}

func (m Model) partial() bool { return len(m.Prompt.Sections) > 0 && len(m.Prompt.Sections) < 7 }

// again writes what is missing: with the words for a section when some are
// finished, else the first prompt once more.
func (m Model) again(d llm.Drafter, who llm.Info) (screen.Model, tea.Cmd, screen.Event) {
	m = m.Stop()
	missing := m.missing()
	for _, p := range m.parts() {
		if p.Section != "" && !slices.Contains(missing, p.Section) {
			m.base = m.base.With(p.Section, p.Text)
		}
	}
	p := m.Prompt
	if len(missing) < len(m.wanted()) {
		p = prompt.Section(m.Prompt.Brief, m.base, m.Prompt.Hint, nil, missing...)
		p.Length = m.Prompt.Length
	}
	m.want, m.info, m.text, m.lines, m.err, m.notice, m.finish = missing, who, "", nil, nil, "", ""
	m.state = running
	m.run++
	m.feed = make(chan item, 64)
	m.doc = m.Renderer.Doc()
	m.keys.sync(m)
	return m, m.begin(d, p), nil
}

func (m Model) drafted() screen.Event {
	return screen.Drafted{Text: m.result().String(), Unfinished: m.missing(), Notice: m.odd, Notes: m.notes}
}
