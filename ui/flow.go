package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	briefscreen "dbchapter/ui/screen/brief"
	"dbchapter/ui/screen/edit"
	"dbchapter/ui/screen/generate"
	"dbchapter/ui/screen/providers"
	"dbchapter/ui/screen/review"
	"dbchapter/ui/screen/save"
	"dbchapter/ui/screen/start"
)

// follow is the wizard: what comes after what.
func (m model) follow(e screen.Event) (tea.Model, tea.Cmd) {
	switch e := e.(type) {
	case screen.Open:
		return m.open(e)
	case screen.BriefChanged:
		m.brief, m.given = e.Brief, true
		return m.keep()
	case screen.BriefReady:
		m.brief, m.given = e.Brief, true
		return m.prepare()
	case screen.Drafted:
		return m.drafted(e)
	case screen.Stopped:
		return m.reviewing()
	case screen.Rework:
		return m.rework(job{kind: rework, section: e.Section, hint: e.Hint}, m.Drafter, m.Info)
	case screen.ReworkAll:
		return m.rework(job{kind: reworkAll}, m.Drafter, m.Info)
	case screen.Compare:
		d, info := m.other()
		return m.rework(job{kind: compare, section: e.Section, who: info.Name}, d, info)
	case screen.Edit:
		return m.edit(e)
	case screen.Edited:
		return m.edited(e)
	case screen.ChapterChanged:
		return m.keepReview()
	case screen.ToBrief:
		return m.briefing(briefscreen.Board)
	case screen.ToSave:
		return m.toSave()
	case screen.Saved:
		return m.saved(e)
	}
	return m.wander(e)
}

// wander are the events that lead back or aside.
func (m model) wander(e screen.Event) (tea.Model, tea.Cmd) {
	switch e := e.(type) {
	case screen.Back:
		return m.back()
	case screen.Restart:
		return m.restart("")
	case screen.Quit:
		return m.leave(0)
	case screen.Help:
		m.help = m.newHelp()
		return m, nil
	case screen.PickDrafter:
		return m.show(providers.New(m.theme, m.words, m.choices(), m.Info.ID))
	case screen.UseDrafter:
		return m.use(e.ID)
	}
	return m, nil
}

// open goes through a door of the first screen.
func (m model) open(e screen.Open) (tea.Model, tea.Cmd) {
	switch e.Door {
	case screen.DoorQuick:
		return m.begin(brief.Brief{}, briefscreen.Quick)
	case screen.DoorGuided:
		return m.begin(brief.Brief{}, briefscreen.Guided)
	case screen.DoorPreset:
		b, _ := brief.Preset(e.Arg)
		return m.begin(b, briefscreen.Board)
	case screen.DoorExample:
		return m, m.example()
	case screen.DoorResume:
		return m, m.resume(e.Arg)
	}
	return m, m.load(e.Arg)
}

// begin opens the brief steps on a new brief.
func (m model) begin(b brief.Brief, mode briefscreen.Mode) (tea.Model, tea.Cmd) {
	if b.BaseDate == "" {
		b.BaseDate = m.Today
	}
	m.brief, m.given, m.review, m.design = b, true, nil, nil
	m.step = "system"
	return m.briefing(mode)
}

// briefing shows the brief steps where the person left them.
func (m model) briefing(mode briefscreen.Mode) (tea.Model, tea.Cmd) {
	s := briefscreen.New(m.theme, m.words, m.brief, mode).
		WithHalf(m.draft.Half).WithGuesses(assumptions(m.draft.Guesses))
	if slices.Contains(steps()[:5], m.step) {
		s = s.At(briefStep(m.step))
	}
	return m.show(s)
}

// resumeBrief shows the brief steps as the draft left them, in the middle of a
// word.
func (m model) resumeBrief() (tea.Model, tea.Cmd) {
	s := briefscreen.New(m.theme, m.words, m.brief, briefscreen.Board).
		At(briefStep(m.step)).
		Resume(m.draft.Place, m.draft.Half).WithGuesses(assumptions(m.draft.Guesses))
	return m.show(s)
}

// generate shows the generation of a prompt.
func (m model) generate(j job, d llm.Drafter, info llm.Info, p prompt.Prompt) (tea.Model, tea.Cmd) {
	m.job, m.step = j, stepGenerate
	o := generate.Options{
		Theme: m.theme, Words: m.words, Renderer: m.renderer, Context: m.ctx,
		Drafter: d, Info: info, Prompt: p, Frame: m.Frame,
	}
	o.Prompt.Length = m.Length
	if info.ID != "offline" && j.kind != compare {
		o.Offline = m.Offline
	}
	return m.show(generate.New(o))
}

// rework drafts one section, or all that are not locked. Without a brief there
// is nothing to draft from.
func (m model) rework(j job, d llm.Drafter, info llm.Info) (tea.Model, tea.Cmd) {
	m = m.stash()
	if m.review == nil || m.design == nil {
		return m.tell("flow.nobrief")
	}
	current := chapter.Parse(m.review.Text())
	want := []chapter.Section{j.section}
	if j.kind == reworkAll {
		want = slices.DeleteFunc(chapter.Sections(), func(s chapter.Section) bool { return m.review.Locked()[s] })
	}
	switch len(want) {
	case 0:
		return m.tell("flow.alllocked")
	case len(chapter.Sections()):
		return m.generate(j, d, info, prompt.Whole(m.design.Brief))
	}
	return m.generate(j, d, info, prompt.Section(m.design.Brief, current, j.hint, nil, want...))
}

// drafted puts what was drafted where it was wanted.
func (m model) drafted(e screen.Drafted) (tea.Model, tea.Cmd) {
	n := chapter.Normalize(e.Text)
	notes := slices.Concat(e.Notes, n.Notes)
	m.draft.Notes = append(slices.Clip(m.draft.Notes), notes...)
	m.draft.Partial = ""
	if m.job.kind == whole || m.review == nil {
		o := m.reviewOptions(n.Chapter.String())
		o.Unfinished = e.Unfinished
		r := review.New(o)
		if len(notes) > 0 {
			r = r.Notify(m.words.T("flow.notes", len(notes)))
		}
		m.review, m.writer = &r, m.brief
		return m.settle()
	}
	r := m.review.Noted(m.draft.Notes)
	switch m.job.kind {
	case reworkAll:
		r = r.ReplaceAll(n.Chapter.String(), e.Unfinished, review.Reworked)
	default:
		p, ok := n.Chapter.Section(m.job.section)
		if !ok {
			return m.tell("flow.nosection")
		}
		origin := review.Reworked
		if m.job.kind == compare {
			origin = review.OtherOne
		}
		r = r.Propose(m.job.section, p.Text, origin, m.job.who, m.job.hint)
		if e.Notice != "" && m.job.hint != "" {
			r = r.Notify(m.words.T("flow.unheard", safetext.Short(m.job.hint, 40)))
		}
	}
	m.review = &r
	return m.settle()
}

// back leads from a screen to the one before it.
func (m model) back() (tea.Model, tea.Cmd) {
	switch m.screen.(type) {
	case edit.Model, save.Model, save.Done:
		return m.reviewing()
	case generate.Model:
		return m.briefing(briefscreen.Board)
	case providers.Model:
		return m.restart("")
	case *briefscreen.Model:
		if m.review != nil {
			return m.prepare()
		}
	}
	return m.restart("")
}

// restart shows the first screen; the draft so far is kept, a new one begins.
func (m model) restart(notice string) (tea.Model, tea.Cmd) {
	var last tea.Cmd
	if m.Store != nil && (m.saving.ever || m.saving.busy) && m.worth() {
		last = m.write() // what came after the last save
	}
	fresh := newModel(m.ctx, m.Options)
	fresh.order = m.order
	fresh.theme, fresh.renderer = m.theme, m.renderer
	fresh.width, fresh.height = m.width, m.height
	fresh.presses, fresh.began = m.presses, m.began
	fresh.result = m.result
	fresh.Options.Drafter, fresh.Options.Info = m.Drafter, m.Info
	fresh.step = stepStart
	next, cmd := fresh.show(fresh.startScreen(notice))
	return next, tea.Batch(last, cmd)
}

func (m model) startScreen(notice string) start.Model {
	o := start.Options{
		Theme: m.theme, Words: m.words, Info: m.Info, Presets: brief.Presets(), Notice: notice,
	}
	if m.Store != nil {
		o.Drafts, o.Remove = m.drafts, m.removeDraft
	}
	return start.New(o)
}
