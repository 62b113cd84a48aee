package ui

import (
	"bytes"
	"context"

	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
	"dbchapter/ui/screen/review"
)

// preparedMsg is the design of the brief, ready to be drafted from, and which
// sections of the present chapter no longer follow from it.
type preparedMsg struct {
	seq    int
	design *design.Design
	stale  []chapter.Section
}

// prepare designs in a command; the rules take their time.
func (m model) prepare() (tea.Model, tea.Cmd) {
	m.seq++
	seq, b, house, rules := m.seq, m.brief, m.House, m.Offline
	before, written := m.writer, m.review != nil
	ctx := m.ctx
	return m, func() tea.Msg {
		msg := preparedMsg{seq: seq, design: designOf(b, house)}
		if written && msg.design != nil {
			msg.stale = changed(ctx, rules, before, b)
		}
		return msg
	}
}

// changed are the sections the rules would write differently for another
// brief: those depend on what changed. A brief that cannot be drafted from
// makes all of them depend.
func changed(ctx context.Context, rules llm.Drafter, a, b brief.Brief) []chapter.Section {
	if bytes.Equal(a.YAML(), b.YAML()) {
		return nil
	}
	if len(brief.Validate(a).Errors()) > 0 {
		return chapter.Sections()
	}
	was, _, err := llm.Collect(ctx, rules, prompt.Whole(brief.Complete(a)))
	is, _, err2 := llm.Collect(ctx, rules, prompt.Whole(brief.Complete(b)))
	if err != nil || err2 != nil {
		return chapter.Sections()
	}
	old, now := chapter.Parse(was), chapter.Parse(is)
	var out []chapter.Section
	for _, s := range chapter.Sections() {
		p, _ := old.Section(s)
		q, _ := now.Section(s)
		if p.Text != q.Text {
			out = append(out, s)
		}
	}
	return out
}

// prepared begins to draft, or goes back to the review with what is stale.
func (m model) prepared(msg preparedMsg) (tea.Model, tea.Cmd) {
	if msg.seq != m.seq {
		return m, nil
	}
	if msg.design != nil {
		m.design = msg.design
	}
	if m.review != nil {
		r := m.review.Stale(msg.stale, m.design)
		if n := len(msg.stale); n > 0 {
			r = r.Notify(m.words.T("flow.stale", n))
		}
		m.review, m.writer = &r, m.brief
		return m.settle()
	}
	if msg.design == nil {
		return m, nil // the brief screen says itself what is wrong
	}
	return m.generate(job{kind: whole}, m.Drafter, m.Info, prompt.Whole(msg.design.Brief))
}

// exampleMsg is the complete example: a brief and what the rules make of it.
type exampleMsg struct {
	brief  brief.Brief
	design *design.Design
	text   string
	err    error
}

// examplePreset is the preset the example shows.
const examplePreset = "parking"

// example drafts the example in a command.
func (m model) example() tea.Cmd {
	ctx, rules, house, today := m.ctx, m.Offline, m.House, m.Today
	return func() tea.Msg {
		b, _ := brief.Preset(examplePreset)
		if b.BaseDate == "" {
			b.BaseDate = today
		}
		msg := exampleMsg{brief: b, design: designOf(b, house)}
		msg.text, _, msg.err = llm.Collect(ctx, rules, prompt.Whole(brief.Complete(b)))
		return msg
	}
}

func (m model) showExample(msg exampleMsg) (tea.Model, tea.Cmd) {
	if msg.err != nil {
		return m.restart(reason(msg.err))
	}
	m.brief, m.given, m.writer, m.design = msg.brief, true, msg.brief, msg.design
	r := review.New(m.reviewOptions(msg.text)).Notify(m.words.T("flow.example"))
	m.review = &r
	return m.reviewing()
}
