package ui

import (
	"errors"
	"maps"
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	briefscreen "dbchapter/ui/screen/brief"
	"dbchapter/ui/screen/edit"
	"dbchapter/ui/screen/generate"
	"dbchapter/ui/screen/start"
	"dbchapter/ui/store"
)

// saving is how far the draft is on its way to the disk: one save at a time,
// and one more when something changed meanwhile, so that the last state always
// is the last written.
type saving struct {
	busy  bool
	again bool
	ever  bool
	// copied says that another window has the draft, so that ours is a copy.
	copied bool
	err    error

	soon  bool // what is being typed is kept in a moment
	typed typing
}

// typing is what is no part of the brief or the chapter yet.
type typing struct {
	editing *store.Version
	half    map[string]string
	place   string
}

// savedMsg says how a save of a draft went.
type savedMsg struct {
	id  string
	err error
}

// order lets an older state never be written after a newer one: writes run in
// commands of their own.
type order struct {
	mu   sync.Mutex
	next int // number of the next write; the root's alone
	last int // number of the last write that was begun
}

// begin says whether a write is still wanted, and holds others back until end.
func (o *order) begin(number int) bool {
	o.mu.Lock()
	if number < o.last {
		return false
	}
	o.last = number
	return true
}

func (o *order) end() { o.mu.Unlock() }

// worth says whether there is anything to keep.
func (m model) worth() bool { return m.given || m.review != nil }

// snapshot is the draft as it is now.
func (m model) snapshot() (store.Draft, brief.Brief) {
	d := m.draft
	d.Name, d.Step = m.brief.System.Name, m.step
	if s, ok := m.screen.(interface{ Step() int }); ok && s.Step() > 0 {
		d.Step = steps()[s.Step()-1]
	}
	if s, ok := m.screen.(*briefscreen.Model); ok {
		d.Half, d.Place, d.Guesses = s.Half(), s.Place(), guessesOf(s.Guesses())
	}
	for _, path := range []string{"system.name", "quick.name"} {
		if d.Name == "" {
			d.Name = d.Half[path]
		}
	}
	if m.review != nil {
		d.Chapter = m.review.Text()
		d.Locked = map[string]bool{}
		for s, on := range m.review.Locked() {
			if on {
				d.Locked[string(s)] = true
			}
		}
		d.Unfinished, d.Edited = ids(m.review.Unfinished()), ids(m.review.Edited())
		d.Editing = nil
		if e, ok := m.screen.(edit.Model); ok && e.Changed() {
			d.Editing = &store.Version{Section: string(e.Section()), Text: e.Text()}
		}
		d.Versions = nil
		for _, v := range m.review.Versions() {
			d.Versions = append(d.Versions, store.Version{Section: string(v.Section), Origin: string(v.Origin), Text: v.Text})
		}
	}
	return d, m.brief
}

// keep writes the draft at once: a completed change is safe when its key has
// been handled, give or take one write.
func (m model) keep() (tea.Model, tea.Cmd) {
	if m.Store == nil || !m.worth() {
		return m, nil
	}
	if m.saving.busy {
		m.saving.again = true
		return m, nil
	}
	m.saving.busy, m.saving.again = true, false
	return m, m.write()
}

func (m model) write() tea.Cmd {
	d, b := m.snapshot()
	s := m.Store
	d.Locked = maps.Clone(d.Locked)
	o := m.order
	o.next++
	number := o.next
	return func() tea.Msg {
		defer o.end()
		if !o.begin(number) {
			return savedMsg{id: d.ID}
		}
		d.Brief = string(b.YAML())
		return savedMsg{d.ID, s.Save(d)}
	}
}

// calm is how long what is being typed may wait to be kept: with the write
// itself kill -9 loses no more than 0.3 s (product.md §5).
const calm = 150 * time.Millisecond

// typedMsg comes a while after a key in the editor or the brief.
type typedMsg struct{}

// noteTyping sees to it that what is being typed is kept soon. It does not
// wait for a rest: somebody who types without one would lose it all.
func (m model) noteTyping(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
	default:
		return m, nil
	}
	switch m.screen.(type) {
	case edit.Model, *briefscreen.Model:
	default:
		return m, nil
	}
	if m.Store == nil || m.saving.soon {
		return m, nil
	}
	m.saving.soon = true
	if m.Frame <= 0 {
		return m, func() tea.Msg { return typedMsg{} }
	}
	return m, tea.Tick(calm, func(time.Time) tea.Msg { return typedMsg{} })
}

// keepTyping keeps what is being typed unless it is kept already. A draft does
// not begin by looking around.
func (m model) keepTyping() (tea.Model, tea.Cmd) {
	m.saving.soon = false
	d, _ := m.snapshot()
	now := typing{d.Editing, d.Half, d.Place}
	if reflect.DeepEqual(now, m.saving.typed) || !m.saving.ever && !m.saving.busy && len(d.Half) == 0 {
		return m, nil
	}
	m.saving.typed = now
	return m.keep()
}

// keepReview keeps the chapter as the review has it.
func (m model) keepReview() (tea.Model, tea.Cmd) { return m.stash().keep() }

// wrote notes how a save went and writes what changed since.
func (m model) wrote(msg savedMsg) (tea.Model, tea.Cmd) {
	if msg.id != m.draft.ID {
		return m, nil // of a draft that was left
	}
	m.saving.busy, m.saving.err, m.saving.ever = false, msg.err, true
	var conflict *store.ConflictError
	if errors.As(msg.err, &conflict) { // kept, as a draft of its own
		m.draft.ID, m.saving.copied, m.saving.err = conflict.Copy, true, nil
	}
	switch {
	case m.saving.again:
		return m.keep()
	case m.leaving:
		return m, tea.Quit
	}
	return m, nil
}

// savedState is what the header says about the draft.
func (m model) savedState() string {
	switch {
	case m.saving.err != nil:
		return m.theme.Error.Render(m.words.T("frame.unsaved"))
	case m.saving.copied:
		return m.words.T("frame.copied")
	case m.saving.ever:
		return m.words.T("frame.saved")
	}
	return ""
}

// leave keeps what there is and quits.
func (m model) leave(code int) (tea.Model, tea.Cmd) {
	m.result.Code = code
	m = m.stash()
	if g, ok := m.screen.(generate.Model); ok {
		g = g.Stop()
		m.screen, m.draft.Partial = g, g.Text()
	}
	if m.Store == nil || !m.worth() {
		return m, tea.Quit
	}
	m.leaving = true
	m.result.Draft = m.draft.ID
	return m.keep()
}

// drafts lists the drafts for the first screen; it runs in a command.
func (m model) drafts() []start.Draft {
	all, err := m.Store.Summaries()
	if err != nil {
		return nil
	}
	now := m.Now()
	var out []start.Draft
	for _, d := range all {
		name := d.Name
		if name == "" {
			name = m.words.T("draft.unnamed")
		}
		_, held := m.Store.Holder(d.ID) // by a window that is open now
		out = append(out, start.Draft{
			ID: d.ID, Name: name, Step: m.words.T("step." + d.Step),
			Age: m.age(now.Sub(d.Updated)), Open: d.Saved == "" && !held,
		})
	}
	return out
}

func (m model) removeDraft(id string) []start.Draft {
	_ = m.Store.Remove(id) // a draft that is gone already is gone
	return m.drafts()
}

// age says how long ago something was, as people say it.
func (m model) age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return m.words.T("age.now")
	case d < time.Hour:
		return m.words.T("age.minutes", int(d.Minutes()))
	case d < 24*time.Hour:
		return m.words.T("age.hours", int(d.Hours()))
	}
	return m.words.T("age.days", int(d.Hours()/24))
}

// guessesOf and assumptions turn what was read out of a text into its form in
// a draft and back.
func guessesOf(as []brief.Assumption) []store.Guess {
	var out []store.Guess
	for _, a := range as {
		out = append(out, store.Guess{Path: a.Path, Label: a.Label, Value: a.Value})
	}
	return out
}

func assumptions(gs []store.Guess) []brief.Assumption {
	var out []brief.Assumption
	for _, g := range gs {
		out = append(out, brief.Assumption{Path: g.Path, Label: g.Label, Value: g.Value, Source: brief.FromExtracted})
	}
	return out
}

func ids(sections []chapter.Section) []string {
	var out []string
	for _, s := range sections {
		out = append(out, string(s))
	}
	return out
}

func sections(ids []string) []chapter.Section {
	var out []chapter.Section
	for _, id := range ids {
		out = append(out, chapter.Section(id))
	}
	return out
}

// locks turns the ids of a draft into sections.
func locks(ids map[string]bool) map[chapter.Section]bool {
	out := map[chapter.Section]bool{}
	for id, on := range ids {
		out[chapter.Section(id)] = on
	}
	return out
}
