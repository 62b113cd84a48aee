// Package start is the first screen: the doors into the wizard. Work that was
// left half done is offered before everything else.
package start

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// Draft is one draft as the list shows it.
type Draft struct {
	ID   string
	Name string // system name
	Step string // where the work stopped, as people read it
	Age  string // 12 分钟前
	Open bool   // not saved to the end: offered first
}

// Options are what the screen needs. The functions touch the disk and run in
// commands only.
type Options struct {
	Theme   theme.Theme
	Words   i18n.Words
	Info    llm.Info // who drafts now
	Presets []brief.PresetInfo
	Drafts  func() []Draft          // latest first
	Remove  func(id string) []Draft // removes one, gives the rest
	Notice  string                  // what went wrong before coming here
}

// page is what the screen shows.
type page int

const (
	doors page = iota
	presets
	drafts
	path // a file to import or open
)

// Model is the screen.
type Model struct {
	Options
	keys          keyMap
	page          page
	at            int // row in focus of the page
	door          int // row in focus of the doors, kept
	drafts        []Draft
	asking        bool
	field         textinput.Model
	into          screen.Door // what the path is for
	width, height int
}

// New shows the doors.
func New(o Options) Model {
	m := Model{Options: o, keys: newKeys(o.Words)}
	m.field = o.Theme.Input(50)
	return m
}

// draftsMsg brings the drafts.
type draftsMsg []Draft

// Init asks for the drafts.
func (m Model) Init() tea.Cmd {
	f := m.Options.Drafts
	if f == nil {
		return nil
	}
	return func() tea.Msg { return draftsMsg(f()) }
}

// Update moves and opens doors.
func (m Model) Update(msg tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.field.SetWidth(max(10, m.width-8))
	case draftsMsg:
		m.drafts = msg
		m.at = max(0, min(m.at, m.count()-1))
	case tea.PasteMsg:
		if m.page == path {
			var cmd tea.Cmd
			m.field, cmd = m.field.Update(tea.PasteMsg{Content: safetext.Line(msg.Content)})
			return m, cmd, nil
		}
	case tea.KeyPressMsg:
		m.Notice = ""
		if m.page == path {
			return m.pressPath(msg)
		}
		return m.press(msg)
	}
	return m, nil, nil
}

func (m Model) press(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	if m.asking {
		return m.answer(k)
	}
	switch {
	case key.Matches(k, m.keys.Up):
		m.at = max(0, m.at-1)
	case key.Matches(k, m.keys.Down):
		m.at = max(0, min(m.at+1, m.count()-1))
	case key.Matches(k, m.keys.Help):
		return m, nil, screen.Help{}
	case key.Matches(k, m.keys.Back) && m.page != doors:
		m.page, m.at = doors, m.door
	case key.Matches(k, m.keys.Drafter) && m.page == doors:
		return m, nil, screen.PickDrafter{}
	case key.Matches(k, m.keys.Remove) && m.page == drafts && len(m.drafts) > 0:
		m.asking = true
	case key.Matches(k, m.keys.Enter):
		return m.enter()
	}
	return m, nil, nil
}

// answer removes the draft in focus, or not.
func (m Model) answer(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, m.keys.Yes) && m.Remove != nil && m.at < len(m.drafts):
		id, f := m.drafts[m.at].ID, m.Remove
		m.asking = false
		return m, func() tea.Msg { return draftsMsg(f(id)) }, nil
	case key.Matches(k, m.keys.Cancel):
		m.asking = false
	}
	return m, nil, nil
}

func (m Model) enter() (screen.Model, tea.Cmd, screen.Event) {
	switch m.page {
	case presets:
		if m.at < len(m.Presets) {
			return m, nil, screen.Open{Door: screen.DoorPreset, Arg: m.Presets[m.at].ID}
		}
	case drafts:
		if m.at < len(m.drafts) {
			return m, nil, screen.Open{Door: screen.DoorResume, Arg: m.drafts[m.at].ID}
		}
		return m.ask(screen.DoorOpen), nil, nil
	case doors:
		return m.open(m.rows()[m.at])
	}
	return m, nil, nil
}

func (m Model) open(r row) (screen.Model, tea.Cmd, screen.Event) {
	m.door = m.at
	switch r.door {
	case screen.DoorPreset:
		m.page, m.at = presets, 0
	case screen.DoorOpen:
		m.page, m.at = drafts, 0
	case screen.DoorImport:
		return m.ask(screen.DoorImport), nil, nil
	default:
		return m, nil, screen.Open{Door: r.door, Arg: r.arg}
	}
	return m, nil, nil
}

func (m Model) ask(d screen.Door) Model {
	m.page, m.into = path, d
	m.field.SetValue("")
	m.field.Focus()
	return m
}

func (m Model) pressPath(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, m.keys.Cancel):
		m.page, m.at = doors, m.door
		return m, nil, nil
	case key.Matches(k, m.keys.Accept):
		file := unquote(strings.TrimSpace(m.field.Value()))
		if file == "" {
			m.Notice = m.Words.T("start.nopath")
			return m, nil, nil
		}
		return m, nil, screen.Open{Door: m.into, Arg: file}
	}
	var cmd tea.Cmd
	m.field, cmd = m.field.Update(k)
	return m, cmd, nil
}

// unquote takes off the quotes a terminal puts round a dropped file.
func unquote(s string) string {
	for _, q := range []string{"'", `"`} {
		if len(s) > 1 && strings.HasPrefix(s, q) && strings.HasSuffix(s, q) {
			return s[1 : len(s)-1]
		}
	}
	return s
}

// count is how many rows the page has.
func (m Model) count() int {
	switch m.page {
	case presets:
		return len(m.Presets)
	case drafts:
		return len(m.drafts) + 1
	}
	return len(m.rows())
}
