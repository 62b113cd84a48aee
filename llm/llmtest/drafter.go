// Package llmtest has drafters and servers for tests: answers that are written
// in the test, given in pieces of any size, with every way to fail.
package llmtest

import (
	"context"
	"iter"
	"slices"
	"sync"

	"dbchapter/llm"
	"dbchapter/prompt"
)

// An Answer is what a scripted drafter says to one request.
type Answer struct {
	Text    string
	Thought string
	Finish  llm.Finish // "" is Stop
	Err     error      // after the text; no Done then
	Open    bool       // the stream ends after the text without Done or error
	Chunk   int        // bytes of a piece, 0 is 64; a character may be cut
}

// Drafter gives its answers in order, the last one again and again. It may be
// used by several goroutines.
type Drafter struct {
	Answers []Answer
	// Reply, when set, answers instead of Answers.
	Reply func(llm.Ask) Answer

	mu   sync.Mutex
	asks []llm.Ask
}

// Asks are the conversations so far.
func (d *Drafter) Asks() []llm.Ask {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.asks)
}

// Draft answers a prompt.
func (d *Drafter) Draft(ctx context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
	return d.Ask(ctx, llm.AskOf(p))
}

// Ask answers a conversation.
func (d *Drafter) Ask(ctx context.Context, a llm.Ask) iter.Seq2[llm.Delta, error] {
	return func(yield func(llm.Delta, error) bool) {
		answer := d.next(a)
		if answer.Thought != "" && !yield(llm.Delta{Kind: llm.Reasoning, Text: answer.Thought}, nil) {
			return
		}
		for _, piece := range Pieces(answer.Text, answer.Chunk) {
			if err := ctx.Err(); err != nil {
				yield(llm.Delta{}, err)
				return
			}
			if !yield(llm.Delta{Kind: llm.Text, Text: piece}, nil) {
				return
			}
		}
		switch {
		case answer.Err != nil:
			yield(llm.Delta{}, answer.Err)
		case !answer.Open:
			finish := answer.Finish
			if finish == "" {
				finish = llm.Stop
			}
			yield(llm.Delta{Kind: llm.Done, Finish: finish, Usage: llm.Usage{Input: 100, Output: 200}}, nil)
		}
	}
}

func (d *Drafter) next(a llm.Ask) Answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asks = append(d.asks, a)
	if d.Reply != nil {
		return d.Reply(a)
	}
	if len(d.Answers) == 0 {
		return Answer{}
	}
	return d.Answers[min(len(d.asks), len(d.Answers))-1]
}

// Pieces cuts text into pieces of n bytes; 0 is 64.
func Pieces(text string, n int) []string {
	if n <= 0 {
		n = 64
	}
	var out []string
	for len(text) > n {
		out, text = append(out, text[:n]), text[n:]
	}
	if text != "" {
		out = append(out, text)
	}
	return out
}
