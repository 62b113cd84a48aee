package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"dbchapter/llm"
)

// Reply gathers what a dialect reads out of events.
type Reply struct {
	split   splitter
	key     llm.Secret
	pending []llm.Delta

	reason  string // as the server wrote it; "" until it ended properly
	over    bool   // the protocol's own end mark came
	usage   llm.Usage
	visible bool // something other than blanks was shown
	text    int  // bytes of the chapter
	thought int  // bytes of thinking
	failure *llm.Error
	held    string // may be the beginning of an echoed key
}

// Text adds a piece of the answer; thinking in tags is taken out of it.
func (r *Reply) Text(s string) {
	if s == "" {
		return
	}
	text, thought := r.split.split(s)
	r.Think(thought)
	r.show(text)
}

// show passes visible text on, without the key should a server echo it.
func (r *Reply) show(text string) {
	if text == "" && r.held == "" {
		return
	}
	text = r.held + text
	r.held = ""
	if key := r.key.Reveal(); len(key) >= 8 {
		text = strings.ReplaceAll(text, key, llm.Hidden)
		n := tail(text, key)
		text, r.held = text[:len(text)-n], text[len(text)-n:]
	}
	r.emit(text)
}

func (r *Reply) emit(text string) {
	if text == "" {
		return
	}
	r.visible = r.visible || strings.TrimSpace(text) != ""
	r.text += len(text)
	r.pending = append(r.pending, llm.Delta{Kind: llm.Text, Text: text})
}

// Think adds a piece of thinking.
func (r *Reply) Think(s string) {
	if s == "" {
		return
	}
	r.thought += len(s)
	r.pending = append(r.pending, llm.Delta{Kind: llm.Reasoning, Text: s})
}

// flush gives out what was held back for tags and keys.
func (r *Reply) flush() {
	text, thought := r.split.rest()
	r.Think(thought)
	r.show(text)
	held := r.held
	r.held = ""
	r.emit(held)
}

// Finish notes why the server stopped; "" says nothing.
func (r *Reply) Finish(reason string) {
	if reason != "" {
		r.reason = reason
	}
}

// Over says that the protocol's end mark came: nothing follows.
func (r *Reply) Over() { r.over = true }

// Usage takes the last number of each that is not zero (quirk 18).
func (r *Reply) Usage(u llm.Usage) {
	last := func(to *int, from int) {
		if from > 0 {
			*to = from
		}
	}
	last(&r.usage.Input, u.Input)
	last(&r.usage.Output, u.Output)
	last(&r.usage.Cached, u.Cached)
	last(&r.usage.Reasoning, u.Reasoning)
}

// Fail ends the stream with an error object that came inside it (quirk 2).
func (r *Reply) Fail(body []byte) {
	if r.failure == nil {
		r.failure = &llm.Error{Kind: llm.Server, Err: complaint{read(body).hide(r.key)}}
	}
}

// Bad ends the stream with an event that is not what the protocol promises.
func (r *Reply) Bad(err error) {
	if r.failure == nil {
		r.failure = &llm.Error{Kind: llm.BadReply, Err: err}
	}
}

// Decode reads an event's JSON into v; a field of an odd type is passed over
// (quirk 27), anything else that is no JSON ends the stream.
func (r *Reply) Decode(e Event, v any) bool {
	err := json.Unmarshal(e.Data, v)
	var odd *json.UnmarshalTypeError
	switch {
	case err == nil || errors.As(err, &odd):
		return true
	case e.Cut: // the connection broke inside this event
		return false
	}
	r.Bad(fmt.Errorf("event %s: %w", cut(string(e.Data), 60), err))
	return false
}

// Number is a count that some servers write as a string or with a fraction.
type Number int

// UnmarshalJSON never fails: a count is not worth an answer.
func (n *Number) UnmarshalJSON(data []byte) error {
	var f float64
	if json.Unmarshal([]byte(strings.Trim(string(data), `"`)), &f) == nil && f > 0 && f < 1e9 {
		*n = Number(f)
	}
	return nil
}

// Given says whether a JSON field is there and not null, empty or false.
func Given(raw json.RawMessage) bool {
	switch strings.TrimSpace(string(raw)) {
	case "", "null", `""`, "{}", "[]", "false":
		return false
	}
	return true
}
