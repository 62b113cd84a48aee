// Package wire is what every protocol shares on its way to a model: the HTTP
// client, the reader of event streams, the watchdog, retries, parameters that
// a server refuses, thinking, usage, and errors in words for people.
//
//	Ask → Dialect.Body → POST → events → Dialect.Read → Reply → deltas
//
// A protocol is a Dialect of some fifty lines; models.md §2 lists the quirks of
// real servers, the numbers in comments refer to it.
package wire

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"sync"

	"dbchapter/llm"
	"dbchapter/prompt"
)

// A Dialect is what differs between protocols.
type Dialect interface {
	// Chat and Models are the paths of the streaming call and of the list of
	// models, to be joined to the base address.
	Chat(base *url.URL) string
	Models(base *url.URL) string
	// Header adds what the protocol wants beside the key.
	Header(h http.Header)
	// Lines says that the stream is one JSON object a line instead of events.
	Lines() bool
	// Body is the request as JSON fields.
	Body(c llm.Config, a llm.Ask) map[string]any
	// Read reads one event into the reply.
	Read(event Event, r *Reply)
}

// Options change how requests travel; the zero value is right outside tests.
type Options struct {
	Transport http.RoundTripper // nil: NewTransport()
}

// Drafter speaks one dialect with one server.
type Drafter struct {
	config  llm.Config
	dialect Dialect
	client  *http.Client
	base    *url.URL

	mu      sync.Mutex
	learned learned
}

// New prepares a drafter; nothing is sent before the first Draft. The error is
// an *llm.Error of kind BadConfig.
func New(c llm.Config, d Dialect, o Options) (*Drafter, error) {
	c = c.Complete()
	if err := c.Validate(); err != nil {
		return nil, err
	}
	base, err := url.Parse(c.BaseURL)
	if err != nil { // Validate parsed it
		return nil, err
	}
	if o.Transport == nil {
		o.Transport = NewTransport()
	}
	return &Drafter{config: c, dialect: d, base: base, client: newClient(o.Transport), learned: learned{drop: map[string]bool{}}}, nil
}

// Info describes the drafter to people.
func (d *Drafter) Info() llm.Info { return d.config.Info() }

// Config is the configuration in use.
func (d *Drafter) Config() llm.Config { return d.config }

// Draft sends the prompt as one user turn.
func (d *Drafter) Draft(ctx context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
	return d.Ask(ctx, llm.AskOf(p))
}

// Ask sends a conversation and streams the answer to its last turn.
func (d *Drafter) Ask(ctx context.Context, a llm.Ask) iter.Seq2[llm.Delta, error] {
	return func(yield func(llm.Delta, error) bool) {
		s := session{Drafter: d, ask: a, yield: yield}
		s.run(ctx)
	}
}

// body is the request for an ask, with what the server taught us.
func (d *Drafter) body(model string, a llm.Ask) map[string]any {
	c := d.config
	c.Model = model
	if a.MaxTokens > 0 {
		c.MaxTokens = a.MaxTokens
	}
	if a.NoThink {
		c.Think = false
		c.NoThink = allSwitches(c)
	}
	b := d.dialect.Body(c, a)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.learned.apply(b)
	return b
}

// allSwitches are the vendor's way to turn thinking off, or every way we know
// when the vendor is unknown; a server that refuses one names it and loses it.
func allSwitches(c llm.Config) map[string]any {
	if len(c.NoThink) > 0 || c.Protocol != llm.OpenAI {
		return c.NoThink
	}
	return map[string]any{
		"enable_thinking":      false,
		"thinking":             map[string]any{"type": "disabled"},
		"chat_template_kwargs": map[string]any{"enable_thinking": false},
	}
}

func encode(body map[string]any) []byte {
	out, err := json.Marshal(body)
	if err != nil {
		panic("wire: a dialect's body is not JSON: " + err.Error()) // only maps, strings and numbers are in it
	}
	return out
}
