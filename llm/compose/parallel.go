package compose

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// parallel asks for every section on its own, at most Parallel at once. All
// prompts begin with the same words; the first goes alone until it speaks, so
// that the others find those words in the provider's cache (models.md §5.2).
// Text events come in the order of the document.
func (w *work) parallel() []answer {
	answers := make([]answer, len(w.want))
	box := newMailbox(len(w.want))
	gate := gate{warm: make(chan struct{}), slots: make(chan struct{}, w.Parallel)}
	var all sync.WaitGroup
	for i, s := range w.want {
		all.Go(func() {
			defer box.close(i)
			if i == 0 {
				defer gate.open()
			}
			if !gate.enter(w.ctx, i == 0) {
				answers[i] = answer{err: w.ctx.Err()}
				return
			}
			defer gate.leave()
			part := &work{Options: w.Options, ctx: w.ctx, cancel: w.cancel, prompt: w.prompt}
			part.yield = func(e Event) bool {
				gate.open()
				return box.put(w.ctx, i, e)
			}
			answers[i] = part.answer(w.alone(s), part.show([]chapter.Section{s}))
		})
	}
	for i := range w.want {
		for e := range box.boxes[i] {
			w.emit(e)
		}
	}
	all.Wait()
	w.oneByOne(answers)
	for i, s := range w.want {
		if answers[i].last == "" {
			answers[i].last = s
		}
	}
	return answers
}

// oneByOne asks once more for the sections that came too fast for the service:
// some allow one request at a time (models.md §2.14). They come out of order.
func (w *work) oneByOne(answers []answer) {
	for i, s := range w.want {
		var e *llm.Error
		if !errors.As(answers[i].err, &e) || e.Kind != llm.Rate || w.ctx.Err() != nil {
			continue
		}
		w.notice("服务限制同时请求的数量，改为逐节请求「" + s.Title() + "」")
		answers[i] = w.answer(w.alone(s), w.show([]chapter.Section{s}))
	}
}

// gate holds the others back until the first has spoken, and lets only so many
// through at once.
type gate struct {
	warm  chan struct{}
	once  sync.Once
	slots chan struct{}
}

func (g *gate) open() { g.once.Do(func() { close(g.warm) }) }

// enter waits for a place; false when ctx ends first.
func (g *gate) enter(ctx context.Context, first bool) bool {
	if !first {
		select {
		case <-g.warm:
		case <-ctx.Done():
			return false
		}
	}
	select {
	case g.slots <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (g *gate) leave() { <-g.slots }

// alone is the prompt for one section: the words of the whole, the tables that
// all sections share, then the order for this one.
func (w *work) alone(s chapter.Section) prompt.Prompt {
	p := prompt.Section(w.prompt.Brief, w.prompt.Current, w.prompt.Hint, nil, s)
	p.Length = w.prompt.Length
	head := prompt.Whole(w.prompt.Brief).Text
	if rest, ok := strings.CutPrefix(p.Text, head); ok && w.Design != nil {
		p.Text = head + tableList(*w.Design) + rest
	}
	return p
}

// tableList names the tables, so that sections written apart agree on them.
func tableList(d design.Design) string {
	var b strings.Builder
	b.WriteString("\n\n各小节共用下面的表和实例，名称必须一致：\n")
	for _, t := range d.Tables {
		fmt.Fprintf(&b, "- %s（%s表", t.Name, t.Title)
		for _, in := range d.Instances {
			if in.Code == t.Service && t.Service != "" {
				fmt.Fprintf(&b, "，%s，%s %s，实例 %s", in.Service, in.Engine.Engine, in.Engine.Version, in.Name)
				break
			}
		}
		if t.Verdict.Key != "" && t.Verdict.Tables > 1 {
			fmt.Fprintf(&b, "，按 %s 分 %d 库 %d 表", t.Verdict.Key, t.Verdict.Databases, t.Verdict.Tables)
		}
		b.WriteString("）\n")
	}
	return b.String()
}

// mailbox keeps the events of each section until its turn to be shown; a box
// has no end, since a fast section must not wait for a slow one.
type mailbox struct {
	boxes []chan Event
	in    []chan Event
}

func newMailbox(n int) *mailbox {
	m := &mailbox{}
	for range n {
		in, out := make(chan Event), make(chan Event)
		m.in, m.boxes = append(m.in, in), append(m.boxes, out)
		go queue(in, out)
	}
	return m
}

// queue moves events from in to out and holds as many as need be.
func queue(in <-chan Event, out chan<- Event) {
	defer close(out)
	var held []Event
	for in != nil || len(held) > 0 {
		if len(held) == 0 {
			e, ok := <-in
			if !ok {
				return
			}
			held = append(held, e)
			continue
		}
		select {
		case e, ok := <-in:
			if !ok {
				in = nil
				continue
			}
			held = append(held, e)
		case out <- held[0]:
			held = held[1:]
		}
	}
}

func (m *mailbox) put(ctx context.Context, i int, e Event) bool {
	m.in[i] <- e
	return ctx.Err() == nil
}

func (m *mailbox) close(i int) { close(m.in[i]) }
