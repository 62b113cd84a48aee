// Package llm is the contract between the wizard and whoever writes: a model
// behind a wire protocol, or the offline rules. No provider lives here.
//
//	Sources → Resolve → Config → openai | anthropic | ollama → Drafter
//
// Configuration comes from the caller: this package reads no files and no
// environment. A key travels as a Secret, which no way of printing shows.
// Package compose takes a Drafter to a checked chapter.
package llm

import (
	"context"
	"iter"
	"strings"
	"time"

	"dbchapter/prompt"
)

// A Drafter answers a prompt with a stream of Markdown.
//
// The sequence yields deltas in order; a non-nil error is the last thing it
// yields. Stopping the iteration or cancelling ctx releases the connection.
// Without an error the last delta is Done: anything else is an unfinished text.
type Drafter interface {
	Draft(ctx context.Context, p prompt.Prompt) iter.Seq2[Delta, error]
}

// Kind says what a Delta carries.
type Kind int

// The kinds of delta.
const (
	Text      Kind = iota // part of the chapter
	Reasoning             // counted, never part of the chapter
	Retry                 // Text is a notice for people: a wait, or something odd about the answer
	Done                  // Finish and Usage are set
	Replace               // Text takes the place of all text so far: a checked or repaired version
)

// Delta is one piece of an answer.
type Delta struct {
	Kind   Kind
	Text   string
	Finish Finish
	Usage  Usage
	Notes  []string // with Done: what stood around the chapter and must not be lost
}

// Finish is why a drafter stopped, normalised over providers.
type Finish string

// The finish reasons we tell apart.
const (
	Stop     Finish = "stop"
	Length   Finish = "length"
	Filtered Finish = "filtered"
)

// Usage counts tokens; zero means the provider did not say.
type Usage struct{ Input, Output, Cached, Reasoning int }

// Info describes a drafter to people, before anything is sent.
type Info struct {
	ID    string // offline, deepseek, custom
	Name  string // 离线起草
	Model string
	Host  string // where the data goes; "" for offline
}

// ErrorKind classes what can go wrong with a provider.
type ErrorKind string

// The kinds of models.md §1.5.
const (
	Auth      ErrorKind = "auth"
	Balance   ErrorKind = "balance"
	Rate      ErrorKind = "rate"
	Quota     ErrorKind = "quota"
	Server    ErrorKind = "server"
	Request   ErrorKind = "request"
	Network   ErrorKind = "network"
	Stalled   ErrorKind = "stalled"
	Truncated ErrorKind = "truncated"
	Empty     ErrorKind = "empty"
	BadReply  ErrorKind = "protocol" // not what the protocol promises
	Filter    ErrorKind = "filtered"
	Context   ErrorKind = "context"
	BadConfig ErrorKind = "config" // address, redirect, certificate, missing settings
)

// Error is a provider's failure with what to do about it.
type Error struct {
	Kind    ErrorKind
	Status  int           // HTTP status, 0 when there was none
	Message string        // what happened, cleaned and redacted
	Hint    string        // what to do next, Chinese
	After   time.Duration // how long the server asks to wait
	Err     error
}

// Error is the message alone; the hint is for the screen.
func (e *Error) Error() string { return e.Message }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Collect runs a drafter to its end. On error the text so far comes with it.
func Collect(ctx context.Context, d Drafter, p prompt.Prompt) (text string, done Delta, err error) {
	var b strings.Builder
	for delta, err := range d.Draft(ctx, p) {
		if err != nil {
			return b.String(), done, err
		}
		switch delta.Kind {
		case Text:
			b.WriteString(delta.Text)
		case Replace:
			b.Reset()
			b.WriteString(delta.Text)
		case Done:
			done = delta
		}
	}
	return b.String(), done, nil
}
