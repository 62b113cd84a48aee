package brief

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen"
)

// Head says which step is shown and which are complete: something was said
// there and no rule objects.
func (m *Model) Head() screen.Head {
	h := screen.Head{Step: int(m.step), Name: m.doc.brief.System.Name}
	if m.mode == Quick && m.ask != nil {
		h.Title = m.words.T("brief.mode.quick")
	}
	wrong := map[Step]bool{}
	for _, p := range m.live.problems.Errors() {
		if s, ok := stepOf(p.Path); ok {
			wrong[s] = true
		}
	}
	b := m.doc.brief
	for s, some := range map[Step]bool{
		System: b.System.Name != "", Databases: len(b.Databases) > 0,
		Services: len(b.Services) > 0, Entities: len(b.Entities) > 0,
	} {
		if some && !wrong[s] {
			h.Done = append(h.Done, int(s))
		}
	}
	slices.Sort(h.Done)
	return h
}

func (m *Model) press(msg tea.KeyPressMsg) {
	k, p := m.keys.step, m.page()
	switch {
	case key.Matches(msg, k.Generate):
		m.generate()
	case m.ask != nil && key.Matches(msg, k.Board):
		m.leaveForm()
		m.ask, m.stale = nil, true
	case m.ask != nil && key.Matches(msg, k.Help) && m.Cursor() == nil:
		m.event = screen.Help{}
	case m.ask != nil:
		p.press(m, msg)
	case key.Matches(msg, k.NextChord), !p.typing() && key.Matches(msg, k.Next):
		m.move(1)
	case key.Matches(msg, k.PrevChord), !p.typing() && key.Matches(msg, k.Prev):
		m.move(-1)
	case !p.typing() && key.Matches(msg, k.Help):
		m.event = screen.Help{}
	case !p.typing() && m.jump(msg):
	default:
		p.press(m, msg)
	}
}

func (m *Model) jump(msg tea.KeyPressMsg) bool {
	for i, b := range m.keys.step.Jump {
		if key.Matches(msg, b) {
			m.goTo(Step(i + 1))
			return true
		}
	}
	return false
}

// move goes to a neighbouring step; before the first is out, after the last is
// generate.
func (m *Model) move(by int) {
	switch to := m.step + Step(by); {
	case to < System:
		m.event = screen.Back{}
	case to > Assumptions:
		m.generate()
	default:
		m.goTo(to)
	}
}

func (m *Model) goTo(s Step) {
	m.leaveForm()
	m.step = s
	m.stale = true
}

// leaver is a page that has something open that must not be lost.
type leaver interface{ leave(*Model) }

func (m *Model) leaveForm() {
	if l, ok := m.page().(leaver); ok {
		l.leave(m)
	}
}

// generate asks to go on, or says what is still missing and goes there.
func (m *Model) generate() {
	m.leaveForm()
	errs := brief.Validate(m.doc.brief).Errors()
	if len(errs) == 0 && !m.confirm() {
		return
	}
	if len(errs) == 0 {
		m.event = screen.BriefReady{Brief: m.doc.brief.Clone()}
		return
	}
	m.note = m.words.T("brief.notready", len(errs), strings.TrimSpace(errs[0].Where+" "+errs[0].Message))
	if s, ok := stepOf(errs[0].Path); ok && m.ask == nil {
		m.goTo(s)
		m.point(errs[0].Path)
	}
}

// point puts the cursor on what a path speaks of.
func (m *Model) point(path string) {
	_, i, isItem := item(path)
	switch p := m.page().(type) {
	case *sheetPage:
		for n, k := range p.keys(m) {
			if p.subject.path(k) == path {
				p.roster.at = n
			}
		}
	case *listPage:
		if isItem {
			p.roster.at = i
		}
	case *entitiesPage:
		if p.detail = nil; isItem {
			p.list.roster.at = i
		}
	}
}
