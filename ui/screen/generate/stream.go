package generate

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/ui/safetext"
)

// item is one thing the drafter yielded.
type item struct {
	delta llm.Delta
	err   error
}

// startedMsg hands the model the way to stop its pump.
type startedMsg struct {
	run    int
	cancel context.CancelFunc
	at     time.Time
}

// deltaMsg is everything that arrived since the last one.
type deltaMsg struct {
	run     int
	text    string
	instead bool // text takes the place of all that came before
	think   int
	notice  string

	closed bool // the stream is over; the fields below are set
	finish llm.Finish
	usage  llm.Usage
	notes  []string
	err    error
	at     time.Time
}

// tickMsg moves the clock.
type tickMsg struct {
	run int
	at  time.Time
}

// pump reads the drafter to its end, or until ctx ends. A panic of a drafter
// is an error like another: the terminal must survive it.
func pump(ctx context.Context, d llm.Drafter, p prompt.Prompt, feed chan<- item) {
	defer close(feed)
	defer func() {
		if r := recover(); r != nil {
			send(ctx, feed, item{err: fmt.Errorf("drafter: %s", safetext.Short(fmt.Sprint(r), 200))})
		}
	}()
	for delta, err := range d.Draft(ctx, p) {
		if !send(ctx, feed, item{delta, err}) || err != nil {
			return
		}
	}
}

func send(ctx context.Context, feed chan<- item, i item) bool {
	select {
	case feed <- i:
		return true
	case <-ctx.Done():
		return false
	}
}

// await takes the next item and what follows it within a frame.
func await(run int, feed <-chan item, frame time.Duration) tea.Cmd {
	return func() tea.Msg {
		msg := deltaMsg{run: run}
		i, ok := <-feed
		var full <-chan time.Time
		if frame > 0 {
			full = time.After(frame)
		}
		for {
			msg.take(i, ok)
			if msg.closed {
				msg.at = clock(frame)
				return msg
			}
			if full == nil {
				select {
				case i, ok = <-feed:
					continue
				default:
					return msg
				}
			}
			select {
			case i, ok = <-feed:
			case <-full:
				return msg
			}
		}
	}
}

// take adds an item; a closed channel or an error ends the stream. A stream
// that ends without Done has no finish: its text is not finished.
func (m *deltaMsg) take(i item, ok bool) {
	switch {
	case !ok:
		m.closed = true
	case i.err != nil:
		m.closed, m.err = true, i.err
	case i.delta.Kind == llm.Text:
		m.text += i.delta.Text
	case i.delta.Kind == llm.Replace:
		m.text, m.instead = i.delta.Text, true
	case i.delta.Kind == llm.Reasoning:
		m.think += len([]rune(i.delta.Text))
	case i.delta.Kind == llm.Retry:
		m.notice = safetext.Short(i.delta.Text, 200)
	case i.delta.Kind == llm.Done:
		m.closed, m.finish, m.usage, m.notes = true, i.delta.Finish, i.delta.Usage, i.delta.Notes
	}
}

func tick(run int, frame time.Duration) tea.Cmd {
	if frame <= 0 {
		return nil
	}
	return tea.Tick(time.Second, func(t time.Time) tea.Msg { return tickMsg{run, t} })
}

func clock(frame time.Duration) time.Time {
	if frame <= 0 {
		return time.Time{}
	}
	return time.Now()
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
