// Package openai speaks the Chat Completions protocol: OpenAI itself and the
// many services and servers that copied it, each in its own way.
package openai

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"

	"dbchapter/llm"
	"dbchapter/llm/wire"
)

// New is a drafter for one model. Options are for tests.
func New(c llm.Config, o ...wire.Options) (llm.Drafter, error) {
	c.Protocol = llm.OpenAI
	var options wire.Options
	for _, one := range o {
		options = one
	}
	d, err := wire.New(c, dialect{}, options)
	if err != nil {
		return nil, err
	}
	return d, nil
}

type dialect struct{}

func (dialect) Chat(*url.URL) string   { return "/chat/completions" }
func (dialect) Models(*url.URL) string { return llm.OpenAI.ModelsPath() }
func (dialect) Header(http.Header)     {}
func (dialect) Lines() bool            { return false }

type message struct {
	Role    llm.Role `json:"role"`
	Content string   `json:"content"`
}

// Body never sets temperature: several models refuse every value but their own
// (quirk 10).
func (dialect) Body(c llm.Config, a llm.Ask) map[string]any {
	messages := make([]message, len(a.Turns))
	for i, t := range a.Turns {
		messages[i] = message{t.Role, t.Text}
	}
	body := map[string]any{
		"model": c.Model, "messages": messages, "stream": true,
		"stream_options": map[string]any{"include_usage": true},
	}
	if c.MaxTokens > 0 {
		name := c.MaxParam
		if name == "" {
			name = "max_tokens"
		}
		body[name] = c.MaxTokens
	}
	if !c.Think {
		maps.Copy(body, c.NoThink)
	}
	maps.Copy(body, c.Extra)
	return body
}

// chunk holds the fields of a chunk that we need; a service that answers
// without streaming sends message instead of delta.
type chunk struct {
	Error   json.RawMessage
	Choices []struct {
		Index        wire.Number
		Delta        part
		Message      part
		FinishReason string `json:"finish_reason"`
		Usage        usage
	}
	Usage usage
	// DashScope and others put these at the top when something went wrong.
	Code, Message, Object json.RawMessage
}

type part struct {
	Content          content
	ReasoningContent content `json:"reasoning_content"`
	Reasoning        content
}

// Read reads one chunk; an error object comes before anything else (quirk 2).
func (dialect) Read(e wire.Event, r *wire.Reply) {
	switch {
	case string(e.Data) == "[DONE]":
		r.Over()
		return
	case len(e.Data) == 0 || e.Data[0] == ':': // a keep-alive in disguise (quirk 1)
		return
	}
	var c chunk
	if !r.Decode(e, &c) {
		return
	}
	if wire.Given(c.Error) || len(c.Choices) == 0 && wire.Given(c.Message) {
		r.Fail(e.Data)
		return
	}
	r.Usage(c.Usage.tokens())
	for _, choice := range c.Choices {
		if choice.Index > 0 {
			continue
		}
		for _, p := range []part{choice.Delta, choice.Message} {
			p.read(r)
		}
		r.Usage(choice.Usage.tokens())
		r.Finish(choice.FinishReason)
	}
	if e.Whole {
		r.Over()
	}
}

// read adds a piece; one thought under two names counts once.
func (p part) read(r *wire.Reply) {
	if thought := p.ReasoningContent.text(); thought != "" {
		r.Think(thought)
	} else {
		r.Think(p.Reasoning.text())
	}
	for _, block := range p.Content {
		if block.thought {
			r.Think(block.text)
		} else {
			r.Text(block.text)
		}
	}
}

// usage in the places and under the names that services use (quirk 18).
type usage struct {
	Prompt     wire.Number `json:"prompt_tokens"`
	Completion wire.Number `json:"completion_tokens"`
	Hit        wire.Number `json:"prompt_cache_hit_tokens"`
	Cached     wire.Number `json:"cached_tokens"`
	PromptMore struct {
		Cached wire.Number `json:"cached_tokens"`
	} `json:"prompt_tokens_details"`
	CompletionMore struct {
		Reasoning wire.Number `json:"reasoning_tokens"`
	} `json:"completion_tokens_details"`
}

func (u usage) tokens() llm.Usage {
	return llm.Usage{
		Input: int(u.Prompt), Output: int(u.Completion),
		Cached:    int(max(u.Hit, u.Cached, u.PromptMore.Cached)),
		Reasoning: int(u.CompletionMore.Reasoning),
	}
}
