// Package save is the last step: where the chapter goes. What is already there
// is shown against what would be written before anything is replaced, and what
// is replaced can be kept beside it.
package save

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/diff"
	"dbchapter/ui/i18n"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// Plan is what would be written to a path.
type Plan struct {
	Path     string
	Into     bool   // between the markers of a larger document
	Exists   bool   // something is there
	Same     bool   // and it is what would be written
	Old      string // what is there
	New      string // what would be there
	Sidecar  string // path of the brief written beside it; "" for none
	Brief    string // what goes there
	OldBrief string // what is there
	HasBrief bool   // something is there
	Backup   bool   // keep Old beside it
}

// Options are what the screen needs. The functions touch the disk and run in
// commands only.
type Options struct {
	Theme theme.Theme
	Words i18n.Words
	File  string // proposed file
	Into  string // proposed larger document; set, it is the first choice
	Look  func(path string, into bool) (Plan, error)
	Write func(Plan) (Result, error)
}

// Result is what was written.
type Result struct {
	Path, Sidecar, Backup string
	Bytes                 int
}

type phase int

const (
	typing phase = iota
	looking
	asking
	writing
)

// Model is the screen.
type Model struct {
	Options
	keys          keyMap
	field         textinput.Model
	into          bool
	phase         phase
	plan          Plan
	rows          []diff.Row
	offset        int
	wrong         string
	width, height int
}

// New proposes a file.
func New(o Options) Model {
	m := Model{Options: o, keys: newKeys(o.Words), field: o.Theme.Input(50)}
	m.field.SetValue(o.File)
	if o.Into != "" {
		m.into = true
		m.field.SetValue(o.Into)
	}
	m.field.CursorEnd()
	m.field.Focus()
	return m
}

type (
	planMsg struct {
		plan Plan
		err  error
	}
	wroteMsg struct {
		result Result
		err    error
	}
)

// Init does nothing: nothing is looked at before a path is confirmed.
func (m Model) Init() tea.Cmd { return nil }

// Update types the path, looks, asks, writes.
func (m Model) Update(msg tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.field.SetWidth(max(10, m.width-8))
	case planMsg:
		return m.planned(msg)
	case wroteMsg:
		m.phase = typing
		if msg.err != nil {
			m.wrong = msg.err.Error()
			return m, nil, nil
		}
		r := msg.result
		return m, nil, screen.Saved{Path: r.Path, Sidecar: r.Sidecar, Backup: r.Backup, Bytes: r.Bytes}
	case tea.PasteMsg:
		if m.phase == typing {
			return m.pass(tea.PasteMsg{Content: safetext.Line(msg.Content)})
		}
	case tea.KeyPressMsg:
		m.wrong = ""
		switch m.phase {
		case typing:
			return m.press(msg)
		case asking:
			return m.answer(msg)
		}
	}
	return m, nil, nil
}

func (m Model) pass(msg tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	var cmd tea.Cmd
	m.field, cmd = m.field.Update(msg)
	return m, cmd, nil
}

func (m Model) press(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, m.keys.Cancel):
		return m, nil, screen.Back{}
	case key.Matches(k, m.keys.Switch):
		m.into = !m.into
		return m, nil, nil
	case key.Matches(k, m.keys.Accept):
		path := strings.TrimSpace(m.field.Value())
		if path == "" {
			m.wrong = m.Words.T("save.nopath")
			return m, nil, nil
		}
		m.phase = looking
		look, into := m.Look, m.into
		return m, func() tea.Msg {
			p, err := look(path, into)
			return planMsg{p, err}
		}, nil
	}
	return m.pass(k)
}

// planned writes at once what replaces nothing, else asks.
func (m Model) planned(msg planMsg) (screen.Model, tea.Cmd, screen.Event) {
	m.phase, m.plan = typing, msg.plan
	if msg.err != nil {
		m.wrong = msg.err.Error()
		return m, nil, nil
	}
	if !m.plan.Exists || m.plan.Same {
		return m.write(false)
	}
	m.phase, m.offset, m.rows = asking, 0, diff.Lines(m.plan.Old, m.plan.New)
	return m, nil, nil
}

func (m Model) answer(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	page := max(1, m.height-6)
	switch {
	case key.Matches(k, m.keys.Over):
		return m.write(false)
	case key.Matches(k, m.keys.Backup):
		return m.write(true)
	case key.Matches(k, m.keys.Other):
		m.phase = typing
	case key.Matches(k, m.keys.Down):
		m.offset++
	case key.Matches(k, m.keys.Up):
		m.offset = max(0, m.offset-1)
	case key.Matches(k, m.keys.PageDown):
		m.offset += page
	case key.Matches(k, m.keys.PageUp):
		m.offset = max(0, m.offset-page)
	}
	return m, nil, nil
}

func (m Model) write(backup bool) (screen.Model, tea.Cmd, screen.Event) {
	m.phase, m.plan.Backup = writing, backup
	plan, write := m.plan, m.Write
	return m, func() tea.Msg {
		r, err := write(plan)
		return wroteMsg{r, err}
	}, nil
}
