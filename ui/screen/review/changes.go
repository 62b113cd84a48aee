package review

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
	"dbchapter/ui/screen"
)

// state is everything undo brings back. It is never changed, only replaced.
type state struct {
	text       string
	locked     map[chapter.Section]bool
	edited     map[chapter.Section]bool
	stale      map[chapter.Section]bool
	unfinished map[chapter.Section]bool
}

// Version is a text a section once had.
type Version struct {
	Section chapter.Section `json:"section"`
	Origin  Origin          `json:"origin"` // how the text that replaced it came
	Text    string          `json:"text"`
}

// Origin says where a text came from.
type Origin string

// The origins of a text.
const (
	Drafted  Origin = "drafted"
	Reworked Origin = "reworked"
	ByHand   Origin = "hand"
	Fixed    Origin = "fixed"
	Restored Origin = "restored"
	OtherOne Origin = "other"
)

func flags(m map[chapter.Section]bool) map[chapter.Section]bool {
	out := map[chapter.Section]bool{}
	maps.Copy(out, m)
	return out
}

func set(s []chapter.Section) map[chapter.Section]bool {
	out := map[chapter.Section]bool{}
	for _, x := range s {
		out[x] = true
	}
	return out
}

func with(m map[chapter.Section]bool, s chapter.Section, on bool) map[chapter.Section]bool {
	out := flags(m)
	out[s] = on
	return out
}

// Replace puts a new text in the place of a section and keeps the old one. A
// text by hand locks the section. A text that changes nothing is no change.
func (m Model) Replace(s chapter.Section, text string, o Origin) Model {
	c := chapter.Parse(m.now.text)
	old, had := c.Section(s)
	next := m.now
	next.text = c.With(s, text).String()
	if next.text == m.now.text {
		return m
	}
	next.stale = with(next.stale, s, false)
	next.unfinished = with(next.unfinished, s, false)
	if o == ByHand {
		next.edited, next.locked = with(next.edited, s, true), with(next.locked, s, true)
	}
	if had {
		m.versions = append(slices.Clip(m.versions), Version{Section: s, Origin: o, Text: old.Text})
	}
	return m.push(next)
}

// ReplaceAll puts a whole new chapter in place; locked sections keep their
// text, and what the new one lacks stays.
func (m Model) ReplaceAll(text string, unfinished []chapter.Section, o Origin) Model {
	fresh := chapter.Parse(text)
	c := chapter.Parse(m.now.text)
	next := m.now
	next.unfinished = flags(next.unfinished)
	next.stale = flags(next.stale)
	for _, s := range chapter.Sections() {
		p, ok := fresh.Section(s)
		if !ok || m.now.locked[s] {
			continue
		}
		if old, had := c.Section(s); had && old.Text != p.Text {
			m.versions = append(slices.Clip(m.versions), Version{Section: s, Origin: o, Text: old.Text})
		}
		c = c.With(s, p.Text)
		next.unfinished[s] = slices.Contains(unfinished, s)
		next.stale[s] = false
	}
	next.text = c.String()
	return m.push(next)
}

// Stale marks the sections that no longer follow from the brief; locked ones
// are marked too, because they will not be redone.
func (m Model) Stale(sections []chapter.Section, d *design.Design) Model {
	m.now.stale = flags(m.now.stale)
	for _, s := range sections {
		m.now.stale[s] = true
	}
	m.Design, m.checked = d, ""
	m.outline()
	return m
}

// push makes next the present state.
func (m Model) push(next state) Model {
	m.undo = append(slices.Clip(m.undo), m.now)
	m.redo = nil
	m.now = next
	m.outline()
	m.keys.sync(m)
	return m
}

// changed reports the present state and has it checked and drawn.
func (m Model) changed() (Model, tea.Cmd, screen.Event) {
	m.keys.sync(m)
	return m, tea.Batch(m.inspect(), m.draw()), screen.ChapterChanged{Text: m.now.text, Locked: m.Locked()}
}

// Refresh is the command the root runs after it changed the model from
// outside.
func (m Model) Refresh() tea.Cmd { return tea.Batch(m.inspect(), m.draw()) }

func (m Model) goBack() (Model, tea.Cmd, screen.Event) {
	n := len(m.undo) - 1
	if n < 0 {
		return m, nil, nil
	}
	m.redo = append(slices.Clip(m.redo), m.now)
	m.now, m.undo = m.undo[n], m.undo[:n]
	m.notice = m.Words.T("review.undone")
	m.outline()
	return m.changed()
}

func (m Model) goForward() (Model, tea.Cmd, screen.Event) {
	n := len(m.redo) - 1
	if n < 0 {
		return m, nil, nil
	}
	m.undo = append(slices.Clip(m.undo), m.now)
	m.now, m.redo = m.redo[n], m.redo[:n]
	m.notice = m.Words.T("review.redone")
	m.outline()
	return m.changed()
}

func (m Model) lock(s chapter.Section) (Model, tea.Cmd, screen.Event) {
	if s == "" {
		return m, nil, nil
	}
	next := m.now
	on := !next.locked[s]
	next.locked = with(next.locked, s, on)
	m = m.push(next)
	m.notice = m.Words.T("review.unlocked", s.Title())
	if on {
		m.notice = m.Words.T("review.locked", s.Title())
	}
	return m.changed()
}

// fix applies the safe fixes of one section, or of all when s is "". Locked
// sections stay as they are.
func (m Model) mend(s chapter.Section) (Model, tea.Cmd, screen.Event) {
	text, done := m.Fix(m.Design, m.now.text)
	before := m.now.text
	fixed := chapter.Parse(text)
	for _, x := range chapter.Sections() {
		if p, ok := fixed.Section(x); ok && (s == "" || s == x) && !m.now.locked[x] {
			m = m.Replace(x, p.Text, Fixed)
		}
	}
	if m.now.text == before {
		m.notice = m.Words.T("review.nofix")
		return m, nil, nil
	}
	m.notice = m.Words.T("review.fixed", len(done))
	return m.changed()
}

// of are the versions of a section, latest first.
func (m Model) of(s chapter.Section) []Version {
	var out []Version
	for _, v := range slices.Backward(m.versions) {
		if v.Section == s {
			out = append(out, v)
		}
	}
	return out
}

// checkedMsg brings the checker's report on a text.
type checkedMsg struct {
	text   string
	report check.Report
}

// inspect has the text checked in a command.
func (m Model) inspect() tea.Cmd {
	text, d, run := m.now.text, m.Design, m.Check
	if text == m.checked {
		return nil
	}
	return func() tea.Msg { return checkedMsg{text, run(d, text)} }
}

// count says how many errors and warnings a section has; all when s is "".
func (m Model) count(s chapter.Section) (errors, warns int) {
	for _, f := range m.report.Findings {
		if s != "" && f.Section != s {
			continue
		}
		switch f.Severity {
		case check.Error:
			errors++
		case check.Warn:
			warns++
		}
	}
	return errors, warns
}
