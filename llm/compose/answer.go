package compose

import (
	"strings"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
)

// answer is what came for one prompt, continuations included.
type answer struct {
	raw    string
	last   chapter.Section // the section that was being written at the end
	only   chapter.Section // the one section it was asked for, "" for several
	usage  llm.Usage
	finish llm.Finish
	err    error
}

// broken is the section without an end, "" when the answer is whole.
func (a answer) broken() chapter.Section {
	if a.err == nil && a.finish == llm.Stop {
		return ""
	}
	return a.last
}

// stage shows one answer while it comes.
type stage struct {
	lines liner
	emit  func(Event) bool
	now   chapter.Section
}

// show makes the stage for an answer that brings these sections; one that
// brings a single section needs no heading to be known by.
func (w *work) show(want []chapter.Section) *stage {
	s := &stage{emit: w.emit}
	if len(want) == 1 {
		s.lines.section = want[0]
	}
	return s
}

// text passes pieces on as lines with their section.
func (s *stage) text(piece string) { s.pass(s.lines.add(piece)) }

func (s *stage) pass(lines []sectionLine) {
	for _, l := range lines {
		if l.section != s.now {
			s.finish()
			s.now = l.section
			s.emit(Event{Kind: Started, Section: l.section})
		}
		s.emit(Event{Kind: Text, Section: l.section, Text: l.text})
	}
}

func (s *stage) finish() {
	if s.now != "" {
		s.emit(Event{Kind: Finished, Section: s.now})
	}
}

// maxContinued is how often a cut answer is continued, minAdded how many
// characters make it worth another time (models.md §5.3).
const (
	maxContinued = 2
	minAdded     = 20
)

// answer gets one prompt answered and continues the answer while it is cut by
// its length.
func (w *work) answer(p prompt.Prompt, s *stage) answer {
	ask := llm.AskOf(p)
	ask.Stable = common(p.Text, prompt.Whole(p.Brief).Text)
	var a answer
	w.stream(&a, p, ask, s.text)
	_, can := w.Drafter.(llm.Asker)
	for n := 0; n < maxContinued && can && a.err == nil && a.finish == llm.Length && w.ctx.Err() == nil; n++ {
		w.notice("答复到了长度上限，请模型接着写")
		before := len([]rune(a.raw))
		w.proceed(&a, ask, s)
		if len([]rune(a.raw))-before < minAdded {
			break
		}
	}
	s.pass(s.lines.end())
	a.last = s.now
	switch {
	case a.broken() == "":
		s.finish()
	case s.now != "":
		s.emit(Event{Kind: Failed, Section: s.now, Err: a.err})
	}
	return a
}

// stream runs one request to its end; text goes to show as it comes.
func (w *work) stream(a *answer, p prompt.Prompt, ask llm.Ask, show func(string)) {
	seq := w.Drafter.Draft(w.ctx, p)
	if asker, ok := w.Drafter.(llm.Asker); ok {
		seq = asker.Ask(w.ctx, ask)
	}
	a.finish = ""
	raw := strings.Builder{}
	defer func() { a.raw = raw.String() }()
	for d, err := range seq {
		if err != nil {
			a.err = err
			return
		}
		switch d.Kind {
		case llm.Text:
			raw.WriteString(d.Text)
			show(d.Text)
		case llm.Reasoning:
			w.emit(Event{Kind: Thinking, Text: d.Text})
		case llm.Retry:
			w.notice(d.Text)
		case llm.Done:
			a.usage, a.finish = add(a.usage, d.Usage), d.Finish
		}
		if w.gone {
			return
		}
	}
	switch a.finish {
	case llm.Filtered:
		a.err = &llm.Error{Kind: llm.Filter, Message: "服务以内容安全为由中途停止", Hint: "改写触发审查的描述，或换一个模型，或用离线起草补齐"}
	case "":
		a.err = &llm.Error{Kind: llm.Truncated, Message: "答复没有写完就断了", Hint: "重试，或用离线起草补齐"}
	}
}

// proceed asks for the rest by a user turn, since few services accept a
// prefilled answer, and joins it without what both have.
func (w *work) proceed(a *answer, ask llm.Ask, s *stage) {
	head := lastWhole(a.raw)
	s.lines.forget(a.raw[len(head):])
	ask.Turns = append(append([]llm.Turn{}, ask.Turns...), llm.Turn{Role: llm.Assistant, Text: head}, llm.Turn{Role: llm.User, Text: goOn(head)})
	more := answer{usage: a.usage}
	w.stream(&more, prompt.Prompt{}, ask, func(string) {})
	rest := unpack(head, more.raw)
	rest = rest[overlap(head, rest):]
	a.raw, a.usage, a.finish, a.err = head+rest, more.usage, more.finish, more.err
	s.text(rest)
}

func goOn(head string) string {
	lines := strings.Split(strings.TrimRight(head, "\n"), "\n")
	return "上文在下面这一行之后中断：\n" + lines[len(lines)-1] + "\n从它的下一行继续写，不要重复已有内容，不要加说明，也不要重新开始代码块。"
}

// lastWhole is the text up to its last complete line.
func lastWhole(text string) string { return text[:strings.LastIndex(text, "\n")+1] }

// unpack takes a fence off that a model opens anew although the text before
// is inside one.
func unpack(head, rest string) string {
	first, after, ok := strings.Cut(strings.TrimLeft(rest, "\n"), "\n")
	if ok && strings.HasPrefix(first, "```") && inFence(head) && len(strings.TrimSpace(first)) > 3 {
		return after
	}
	return rest
}

func inFence(text string) bool {
	open := false
	for l := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(l), "```") {
			open = !open
		}
	}
	return open
}

// maxOverlap is how much of the end a continuation may repeat, in characters.
const maxOverlap = 400

// overlap is how many bytes at the start of rest repeat the end of head: whole
// lines only, so that a short common ending is no reason to lose a row.
func overlap(head, rest string) int {
	h, r := []rune(head), []rune(rest)
	for n := min(len(h), len(r), maxOverlap); n > 0; n-- {
		same := string(r[:n])
		starts := n == len(h) || h[len(h)-n-1] == '\n'
		if starts && strings.HasSuffix(same, "\n") && strings.TrimSpace(same) != "" && string(h[len(h)-n:]) == same {
			return len(same)
		}
	}
	return 0
}

// common is how many leading bytes two texts share.
func common(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
