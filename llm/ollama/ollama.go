// Package ollama speaks Ollama's native /api/chat, because only there the size
// of the context can be set: elsewhere it cuts long prompts in silence
// (models.md §2.21).
package ollama

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"

	"dbchapter/llm"
	"dbchapter/llm/wire"
)

// New is a drafter for one model; without a name it is the first one that the
// server lists. Options are for tests.
func New(c llm.Config, o ...wire.Options) (llm.Drafter, error) {
	c.Protocol = llm.Ollama
	var options wire.Options
	for _, one := range o {
		options = one
	}
	if c.NoThink == nil {
		c.NoThink = map[string]any{"think": false}
	}
	d, err := wire.New(c, dialect{}, options)
	if err != nil {
		return nil, err
	}
	return d, nil
}

type dialect struct{}

func (dialect) Chat(*url.URL) string   { return "/api/chat" }
func (dialect) Models(*url.URL) string { return llm.Ollama.ModelsPath() }
func (dialect) Header(http.Header)     {}
func (dialect) Lines() bool            { return true }

type message struct {
	Role     llm.Role `json:"role"`
	Content  string   `json:"content"`
	Thinking string   `json:"thinking,omitempty"`
}

// Body asks for a context that holds the prompt and an answer.
func (dialect) Body(c llm.Config, a llm.Ask) map[string]any {
	messages := make([]message, len(a.Turns))
	size := 0
	for i, t := range a.Turns {
		messages[i] = message{Role: t.Role, Content: t.Text}
		size += llm.Tokens(t.Text)
	}
	options := map[string]any{"num_ctx": window(c, size)}
	if c.MaxTokens > 0 {
		options["num_predict"] = c.MaxTokens
	}
	body := map[string]any{"model": c.Model, "messages": messages, "stream": true, "options": options}
	if !c.Think {
		maps.Copy(body, c.NoThink)
	}
	maps.Copy(body, c.Extra)
	return body
}

// The answer that has to fit behind the prompt, the steps in which the window
// grows so that a model need not be loaded anew for every prompt, and the
// window when nobody said how much memory there is.
const (
	answerRoom  = 12288
	windowStep  = 8192
	windowLimit = 32768
)

// window is num_ctx for a prompt of that many tokens.
func window(c llm.Config, prompt int) int {
	limit := c.Context
	if limit <= 0 {
		limit = windowLimit
	}
	room := answerRoom
	if c.MaxTokens > 0 {
		room = min(room, c.MaxTokens)
	}
	want := (prompt + room + windowStep - 1) / windowStep * windowStep
	return min(want, limit)
}

type line struct {
	Message    message
	Error      json.RawMessage
	Done       bool
	DoneReason string      `json:"done_reason"`
	Prompt     wire.Number `json:"prompt_eval_count"`
	Output     wire.Number `json:"eval_count"`
}

// Read reads one line.
func (dialect) Read(e wire.Event, r *wire.Reply) {
	var l line
	if !r.Decode(e, &l) {
		return
	}
	if wire.Given(l.Error) {
		r.Fail(e.Data)
		return
	}
	r.Think(l.Message.Thinking)
	r.Text(l.Message.Content)
	r.Usage(llm.Usage{Input: int(l.Prompt), Output: int(l.Output)})
	if !l.Done {
		return
	}
	if l.DoneReason == "" { // older servers give none
		l.DoneReason = "stop"
	}
	r.Finish(l.DoneReason)
	r.Over()
}
