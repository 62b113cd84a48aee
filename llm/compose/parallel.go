package compose

import (
	"context"
	"fmt"
	"strings"
	"sync"

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
	warm := make(chan struct{})
	var once sync.Once
	open := func() { once.Do(func() { close(warm) }) }
	slots := make(chan struct{}, w.Parallel)
	var all sync.WaitGroup
	for i, s := range w.want {
		all.Add(1)
		go func() {
			defer all.Done()
			defer box.close(i)
			if i == 0 {
				defer open()
			} else if !wait(w.ctx, warm) {
				return
			}
			if !take(w.ctx, slots) {
				return
			}
			defer func() { <-slots }()
			part := &work{Options: w.Options, ctx: w.ctx, cancel: w.cancel, prompt: w.prompt}
			part.yield = func(e Event) bool {
				open()
				return box.put(w.ctx, i, e)
			}
			answers[i] = part.answer(w.alone(s), part.show([]chapter.Section{s}))
		}()
	}
	for i := range w.want {
		for e := range box.boxes[i] {
			w.emit(e)
		}
	}
	all.Wait()
	for i, s := range w.want {
		if answers[i].last == "" {
			answers[i].last = s
		}
		if answers[i].finish == "" && answers[i].err == nil {
			answers[i].err = w.ctx.Err()
		}
	}
	return answers
}

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

func wait(ctx context.Context, c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	case <-ctx.Done():
		return false
	}
}

func take(ctx context.Context, slots chan struct{}) bool {
	select {
	case slots <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}
