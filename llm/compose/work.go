package compose

import (
	"context"
	"slices"
	"strings"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
)

// work is one chapter being written.
type work struct {
	Options
	ctx    context.Context
	cancel context.CancelFunc
	yield  func(Event) bool
	gone   bool // the consumer left

	prompt  prompt.Prompt
	want    []chapter.Section // in order, without the locked ones
	answers []answer          // of the first round, in the order of the document
	chapter chapter.Chapter
	result  Result
}

func newWork(ctx context.Context, o Options, p prompt.Prompt, yield func(Event) bool) *work {
	w := &work{Options: o, prompt: p, yield: yield, chapter: p.Current}
	w.ctx, w.cancel = context.WithCancel(ctx)
	w.result.Origin = map[chapter.Section]Origin{}
	if o.Redact {
		w.Drafter = Masked(o.Drafter)
	}
	for _, s := range chapter.Sections() {
		asked := len(p.Sections) == 0 || slices.Contains(p.Sections, s)
		if asked && !o.Locked[s] {
			w.want = append(w.want, s)
		} else if _, ok := p.Current.Section(s); ok {
			w.result.Origin[s] = Before
		}
	}
	if asked := len(p.Sections); len(w.want) > 0 && (asked > len(w.want) || asked == 0 && len(w.want) < 7) { // some are locked: ask for the others only
		w.prompt = prompt.Section(p.Brief, p.Current, p.Hint, nil, w.want...)
		w.prompt.Length = p.Length
	}
	return w
}

func (w *work) emit(e Event) bool {
	if !w.gone && !w.yield(e) {
		w.gone = true
		w.cancel()
	}
	return !w.gone
}

func (w *work) notice(text string) { w.emit(Event{Kind: Notice, Text: text}) }

// write gets the first answer, or one for each section.
func (w *work) write() {
	switch {
	case len(w.want) == 0:
	case w.Parallel > 0 && len(w.want) > 1:
		w.answers = w.parallel()
	default:
		w.answers = []answer{w.answer(w.prompt, w.show(w.want))}
	}
	var raw []string
	for _, a := range w.answers {
		raw = append(raw, a.raw)
		w.result.Usage = add(w.result.Usage, a.usage)
		w.result.Finish = a.finish
		if w.result.Err == nil {
			w.result.Err = a.err
		}
	}
	w.result.Raw = strings.Join(raw, "\n")
}

// settle puts what came to its end into the chapter. A section is finished when
// the answer ended properly, or when another section began after it
// (product.md §5.7).
func (w *work) settle() {
	for i, a := range w.answers {
		switch {
		case len(w.answers) > 1:
			a.only = w.want[i]
		case len(w.want) == 1:
			a.only = w.want[0]
		}
		n := w.normalized(a)
		w.note(n.Notes...)
		if pre := strings.TrimSpace(n.Chapter.Preamble); pre != "" {
			w.note(pre)
		}
		broken := a.broken()
		for _, part := range n.Chapter.Parts {
			s := part.Section
			switch {
			case s == "" && broken == "": // a section the contract does not know: kept in its place below
				continue
			case !slices.Contains(w.want, s) || w.result.Origin[s] == ByModel:
				continue
			case s == broken:
				w.result.Partial = join(w.result.Partial, part.Text)
				continue
			}
			w.put(s, part.Text, ByModel)
		}
		w.strange(n.Chapter, a)
	}
}

// normalized is an answer in the form of the contract. An answer to one section
// may lack its heading.
func (w *work) normalized(a answer) chapter.Normalized {
	n := chapter.Normalize(a.raw)
	if a.only == "" || strings.TrimSpace(a.raw) == "" {
		return n
	}
	for _, p := range n.Chapter.Parts {
		if p.Section != "" {
			return n
		}
	}
	return chapter.Normalize("### " + a.only.Title() + "\n" + a.raw)
}

// strange keeps sections that the contract does not know (### 安全与合规): behind
// the section they followed when the whole chapter is new, else as a note.
func (w *work) strange(c chapter.Chapter, a answer) {
	if len(w.answers) == 1 && len(w.want) == 7 && len(w.prompt.Current.Parts) == 0 && a.err == nil && a.broken() == "" {
		w.chapter = c
		w.chapter.Preamble = ""
		return
	}
	for _, part := range c.Parts {
		if part.Section == "" {
			w.note(strings.TrimSpace(part.Text))
		}
	}
}

func (w *work) put(s chapter.Section, text string, by Origin) {
	w.chapter = w.chapter.With(s, text)
	w.result.Origin[s] = by
}

func (w *work) note(notes ...string) {
	for _, n := range notes {
		if n != "" && !slices.Contains(w.result.Notes, n) {
			w.result.Notes = append(w.result.Notes, n)
		}
	}
}

// missing are the wanted sections that nobody wrote yet.
func (w *work) missing() []chapter.Section {
	var out []chapter.Section
	for _, s := range w.want {
		if w.result.Origin[s] == "" {
			out = append(out, s)
		}
	}
	return out
}

// fill asks the rules for what is missing.
func (w *work) fill() {
	missing := w.missing()
	if len(missing) == 0 || w.NoFallback || w.Offline == nil || w.gone || w.ctx.Err() != nil {
		return
	}
	p := prompt.Section(w.prompt.Brief, w.chapter, w.prompt.Hint, nil, missing...)
	p.Length = w.prompt.Length
	text, done, err := llm.Collect(w.ctx, w.Offline, p)
	if err != nil || done.Finish != llm.Stop {
		return
	}
	c := chapter.Parse(text)
	for _, s := range missing {
		if part, ok := c.Section(s); ok {
			w.put(s, part.Text, ByRules)
			w.emit(Event{Kind: FromRules, Section: s, Text: part.Text})
		}
	}
}

// conclude says how it ended.
func (w *work) conclude() {
	w.result.Chapter = w.chapter
	w.result.Unfinished = w.missing()
	if w.result.Err == nil {
		w.result.Err = w.shortfall()
	}
	r := w.result
	w.emit(Event{Kind: End, Result: &r, Err: r.Err})
}

// shortfall says why a model that reported no error left sections out.
func (w *work) shortfall() error {
	var titles []string
	for _, s := range w.want {
		if w.result.Origin[s] != ByModel {
			titles = append(titles, "「"+s.Title()+"」")
		}
	}
	switch {
	case len(titles) == 0:
		return nil
	case w.ctx.Err() != nil:
		return w.ctx.Err()
	}
	e := &llm.Error{Kind: llm.Truncated, Message: "模型没有写完" + strings.Join(titles, "、"), Hint: "重试，或换一个模型，或用离线起草补齐"}
	if w.result.Finish == llm.Length {
		e.Hint = "调大 max_tokens，或分节生成（--parallel），或用离线起草补齐"
	}
	return e
}

// failing are the errors of a chapter in what the model wrote.
func (w *work) failing(c chapter.Chapter) []check.Finding {
	var out []check.Finding
	for _, f := range check.Run(w.Design, c.String()).Findings {
		if f.Severity == check.Error && slices.Contains(w.want, f.Section) {
			out = append(out, f)
		}
	}
	return out
}

func add(a, b llm.Usage) llm.Usage {
	return llm.Usage{Input: a.Input + b.Input, Output: a.Output + b.Output, Cached: a.Cached + b.Cached, Reasoning: a.Reasoning + b.Reasoning}
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return strings.TrimRight(a, "\n") + "\n\n" + b
}
