// Package anthropic speaks the Messages protocol.
package anthropic

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"dbchapter/llm"
	"dbchapter/llm/wire"
	"dbchapter/prompt/pattern"
)

// New is a drafter for one model. Options are for tests.
func New(c llm.Config, o ...wire.Options) (llm.Drafter, error) {
	c.Protocol = llm.Anthropic
	var options wire.Options
	for _, one := range o {
		options = one
	}
	if c.MaxTokens <= 0 { // the protocol demands it
		c.MaxTokens = 8192
	}
	d, err := wire.New(c, dialect{}, options)
	if err != nil {
		return nil, err
	}
	return d, nil
}

type dialect struct{}

var versioned = pattern.New(`/v\d+$`)

// path adds the version when the base address lacks it: ANTHROPIC_BASE_URL
// usually does.
func path(base *url.URL, rest string) string {
	if versioned.MatchString(strings.TrimRight(base.Path, "/")) {
		return rest
	}
	return "/v1" + rest
}

func (dialect) Chat(base *url.URL) string   { return path(base, "/messages") }
func (dialect) Models(base *url.URL) string { return path(base, llm.Anthropic.ModelsPath()) }
func (dialect) Header(h http.Header)        { h.Set("anthropic-version", "2023-06-01") }
func (dialect) Lines() bool                 { return false }

type message struct {
	Role    llm.Role `json:"role"`
	Content []block  `json:"content"`
}

type block struct {
	Type  string            `json:"type"`
	Text  string            `json:"text"`
	Cache map[string]string `json:"cache_control,omitempty"`
}

// Body marks the stable beginning of the first turn for the cache, which this
// protocol wants to be told (models.md §5.4). Thinking is off unless asked for.
func (dialect) Body(c llm.Config, a llm.Ask) map[string]any {
	messages := make([]message, len(a.Turns))
	for i, t := range a.Turns {
		messages[i] = message{t.Role, []block{{Type: "text", Text: t.Text}}}
		if i == 0 && a.Stable > 0 && a.Stable < len(t.Text) {
			messages[i].Content = []block{
				{Type: "text", Text: t.Text[:a.Stable], Cache: map[string]string{"type": "ephemeral"}},
				{Type: "text", Text: t.Text[a.Stable:]},
			}
		}
	}
	body := map[string]any{"model": c.Model, "messages": messages, "stream": true, "max_tokens": c.MaxTokens}
	if !c.Think {
		maps.Copy(body, c.NoThink)
	}
	maps.Copy(body, c.Extra)
	return body
}

// event holds the fields of an event that we need; the fields of an answer
// that was not streamed are at its top.
type event struct {
	Type    string
	Error   json.RawMessage
	Message struct {
		Usage usage
	}
	Block block `json:"content_block"`
	Delta struct {
		Type       string
		Text       string
		Thinking   string
		StopReason string `json:"stop_reason"`
	}
	Usage      usage
	Content    []struct{ Type, Text, Thinking string }
	StopReason string `json:"stop_reason"`
}

// Read reads one event; types that we do not know are passed over.
func (dialect) Read(e wire.Event, r *wire.Reply) {
	if len(e.Data) == 0 || e.Data[0] == ':' || string(e.Data) == "[DONE]" {
		return
	}
	var v event
	if !r.Decode(e, &v) {
		return
	}
	if v.Type == "error" || wire.Given(v.Error) {
		r.Fail(e.Data)
		return
	}
	r.Usage(v.Message.Usage.tokens())
	r.Usage(v.Usage.tokens())
	switch v.Type {
	case "content_block_start":
		if v.Block.Type == "text" {
			r.Text(v.Block.Text)
		}
	case "content_block_delta":
		r.Text(v.Delta.Text)
		r.Think(v.Delta.Thinking)
	case "message_delta":
		r.Finish(v.Delta.StopReason)
	case "message_stop":
		r.Over()
	case "message":
		v.whole(r)
	}
}

// whole reads an answer that was not streamed.
func (v event) whole(r *wire.Reply) {
	for _, b := range v.Content {
		r.Think(b.Thinking)
		r.Text(b.Text)
	}
	r.Finish(v.StopReason)
	r.Over()
}

// usage: input_tokens leaves out what came from the cache or went into it.
type usage struct {
	Input   wire.Number `json:"input_tokens"`
	Output  wire.Number `json:"output_tokens"`
	Read    wire.Number `json:"cache_read_input_tokens"`
	Created wire.Number `json:"cache_creation_input_tokens"`
}

func (u usage) tokens() llm.Usage {
	return llm.Usage{Input: int(u.Input + u.Read + u.Created), Output: int(u.Output), Cached: int(u.Read)}
}
