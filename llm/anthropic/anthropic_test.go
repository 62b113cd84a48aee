package anthropic_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"dbchapter/llm"
	"dbchapter/llm/anthropic"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/wire"
	"dbchapter/prompt"
)

const good = "### 数据库架构\n- **读写分离**：主库写入 𠮷\n"

func event(name, data string) string { return "event: " + name + "\ndata: " + data + "\n\n" }

func delta(kind, field, text string) string {
	return event("content_block_delta", fmt.Sprintf(`{"type":"content_block_delta","index":0,"delta":{"type":%q,%q:%q}}`, kind, field, text))
}

func ended(reason string) string {
	return event("message_delta", fmt.Sprintf(`{"type":"message_delta","delta":{"stop_reason":%q},"usage":{"output_tokens":5}}`, reason)) +
		event("message_stop", `{"type":"message_stop"}`)
}

const start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":11,\"cache_read_input_tokens\":7,\"output_tokens\":1}}}\n\n"

func TestQuirks(t *testing.T) {
	text := func(s string) string { return delta("text_delta", "text", s) }
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		text    string
		thought string
		finish  llm.Finish
		kind    llm.ErrorKind
		usage   llm.Usage
	}{
		{name: "good", handler: llmtest.Events(llmtest.Anthropic(good, 3)), text: good, finish: llm.Stop, usage: llm.Usage{Input: 7000, Output: 900}},
		{name: "usage at start and end, cache counted", handler: llmtest.Events(start + text(good) + ended("end_turn")), text: good, finish: llm.Stop, usage: llm.Usage{Input: 18, Output: 5, Cached: 7}},
		{name: "ping and unknown events", handler: llmtest.Events(event("ping", `{"type":"ping"}`) + event("future", `{"type":"future","x":1}`) + text(good) + ended("end_turn")), text: good, finish: llm.Stop, usage: llm.Usage{Output: 5}},
		{name: "thinking", handler: llmtest.Events(delta("thinking_delta", "thinking", "先想") + delta("signature_delta", "signature", "abc") + text(good) + ended("end_turn")), text: good, thought: "先想", finish: llm.Stop, usage: llm.Usage{Output: 5}},
		{name: "max_tokens", handler: llmtest.Events(text(good) + ended("max_tokens")), text: good, finish: llm.Length, usage: llm.Usage{Output: 5}},
		{name: "refusal", handler: llmtest.Events(ended("refusal")), kind: llm.Filter},
		{name: "overloaded in the stream", handler: llmtest.Events(text("### 半") + event("error", `{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`)), text: "### 半", kind: llm.Server},
		{name: "no stop reason", handler: llmtest.Events(text("### 半") + event("message_stop", `{"type":"message_stop"}`)), text: "### 半", kind: llm.Truncated},
		{name: "not streamed", handler: llmtest.Raw(200, "application/json", `{"type":"message","content":[{"type":"thinking","thinking":"想"},{"type":"text","text":"### 好"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":2}}`, 0), text: "### 好", thought: "想", finish: llm.Stop, usage: llm.Usage{Input: 3, Output: 2}},
		{name: "401", handler: llmtest.Raw(401, "application/json", `{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key `+llmtest.Canary+`"}}`, 0), kind: llm.Auth},
		{name: "credit", handler: llmtest.Raw(400, "application/json", `{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}`, 0), kind: llm.Balance},
		{name: "prompt too long", handler: llmtest.Raw(400, "application/json", `{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}`, 0), kind: llm.Context},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := llmtest.Serve(t, c.handler)
			var gotText, gotThought string
			var done llm.Delta
			var e *llm.Error
			for d, err := range open(t, s.URL).Draft(t.Context(), prompt.Prompt{Text: "问"}) {
				if err != nil && !errors.As(err, &e) {
					t.Fatal(err)
				}
				switch d.Kind {
				case llm.Text:
					gotText += d.Text
				case llm.Reasoning:
					gotThought += d.Text
				case llm.Done:
					done = d
				}
			}
			kind := llm.ErrorKind("")
			if e != nil {
				kind = e.Kind
				if strings.Contains(fmt.Sprintf("%v %+v %#v", e, e, *e), "CANARY") || e.Hint == "" {
					t.Errorf("error %+v", e)
				}
			}
			if gotText != c.text || gotThought != c.thought || done.Finish != c.finish || kind != c.kind || done.Usage != c.usage {
				t.Errorf("%q %q %q %q %+v; want %q %q %q %q %+v", gotText, gotThought, done.Finish, kind, done.Usage, c.text, c.thought, c.finish, c.kind, c.usage)
			}
		})
	}
}

func open(t *testing.T, url string) llm.Drafter {
	t.Helper()
	c := llmtest.Config(llm.Anthropic, url)
	c.Idle = 300 * time.Millisecond
	d, err := anthropic.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRequest(t *testing.T) {
	for base, path := range map[string]string{"": "/v1/messages", "/v1": "/v1/messages", "/proxy": "/proxy/v1/messages", "/v2/": "/v2/messages"} {
		s := llmtest.Serve(t, llmtest.Events(llmtest.Anthropic(good, 9)))
		d := open(t, s.URL+base).(llm.Asker)
		for range d.Ask(t.Context(), llm.Ask{Stable: 6, Turns: []llm.Turn{{Role: llm.User, Text: "前缀问题"}, {Role: llm.Assistant, Text: "答"}, {Role: llm.User, Text: "接着"}}}) {
		}
		r := s.Requests()[0]
		if r.Path != path || r.Header.Get("x-api-key") != llmtest.Canary || r.Header.Get("anthropic-version") == "" || r.Header.Get("Authorization") != "" {
			t.Errorf("%q: path %q, header %v", base, r.Path, r.Header)
		}
		want := `{"max_tokens":8192,"messages":[{"role":"user","content":[{"type":"text","text":"前缀","cache_control":{"type":"ephemeral"}},{"type":"text","text":"问题"}]},{"role":"assistant","content":[{"type":"text","text":"答"}]},{"role":"user","content":[{"type":"text","text":"接着"}]}],"model":"m-1","stream":true}`
		if r.Raw != want {
			t.Errorf("body\n%s\nwant\n%s", r.Raw, want)
		}
	}
}

func TestCutAtEveryByte(t *testing.T) {
	body := llmtest.Anthropic(good, 4)
	for i := range len(body) {
		tr := &llmtest.Transport{Replies: []llmtest.Reply{{Steps: llmtest.Steps(body[:i], body[i:])}}}
		c := llmtest.Config(llm.Anthropic, "https://api.example.com")
		d, err := anthropic.New(c, wire.Options{Transport: tr})
		if err != nil {
			t.Fatal(err)
		}
		if text, _, err := llm.Collect(t.Context(), d, prompt.Prompt{Text: "问"}); text != good || err != nil {
			t.Fatalf("cut at %d: %q, %v", i, text, err)
		}
	}
}
