package ollama_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"dbchapter/llm"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/ollama"
	"dbchapter/llm/wire"
	"dbchapter/prompt"
)

const good = "### 数据库架构\n- **读写分离**：主库写入 𠮷\n"

func open(t *testing.T, url string, change ...func(*llm.Config)) llm.Drafter {
	t.Helper()
	c := llmtest.Config(llm.Ollama, url)
	c.Key, c.FirstByte, c.Idle = llm.Secret{}, 2*time.Second, 300*time.Millisecond
	for _, f := range change {
		f(&c)
	}
	d, err := ollama.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestQuirks(t *testing.T) {
	line := func(s string) string {
		return `{"message":{"role":"assistant","content":"` + s + `"},"done":false}` + "\n"
	}
	const done = `{"message":{"content":""},"done":true,"done_reason":"stop","prompt_eval_count":12,"eval_count":5}` + "\n"
	stream := func(body string) http.HandlerFunc { return llmtest.Raw(200, "application/x-ndjson", body, 13) }
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		text    string
		thought string
		finish  llm.Finish
		kind    llm.ErrorKind
		says    string
	}{
		{name: "good", handler: stream(llmtest.Ollama(good, 3)), text: good, finish: llm.Stop},
		{name: "thinking field", handler: stream(`{"message":{"thinking":"先想"},"done":false}` + "\n" + line("好") + done), text: "好", thought: "先想", finish: llm.Stop},
		{name: "think tag", handler: stream(line("<think>先想</th") + line("ink>好") + done), text: "好", thought: "先想", finish: llm.Stop},
		{name: "length", handler: stream(line("好") + strings.Replace(done, `"stop"`, `"length"`, 1)), text: "好", finish: llm.Length},
		{name: "no reason on old servers", handler: stream(line("好") + `{"done":true}` + "\n"), text: "好", finish: llm.Stop},
		{name: "no newline at the end", handler: stream(line("好") + strings.TrimSpace(done)), text: "好", finish: llm.Stop},
		{name: "error in the stream", handler: stream(line("好") + `{"error":"llama runner process has terminated"}` + "\n"), text: "好", kind: llm.Server, says: "runner"},
		{name: "cut", handler: stream(line("好") + `{"message":{"con`), text: "好", kind: llm.Truncated},
		{name: "no such model", handler: llmtest.Raw(404, "application/json", `{"error":"model 'm-1' not found"}`, 0), kind: llm.Request, says: "not found"},
		{name: "a web page", handler: llmtest.Raw(200, "text/html", "<html><title>别的服务</title>", 0), kind: llm.BadReply, says: "别的服务"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := llmtest.Serve(t, c.handler)
			var text, thought string
			var end llm.Delta
			var e *llm.Error
			for d, err := range open(t, s.URL).Draft(t.Context(), prompt.Prompt{Text: "问"}) {
				if err != nil && !errors.As(err, &e) {
					t.Fatal(err)
				}
				switch d.Kind {
				case llm.Text:
					text += d.Text
				case llm.Reasoning:
					thought += d.Text
				case llm.Done:
					end = d
				}
			}
			kind, said := llm.ErrorKind(""), ""
			if e != nil {
				kind, said = e.Kind, e.Message
			}
			if text != c.text || thought != c.thought || end.Finish != c.finish || kind != c.kind || !strings.Contains(said, c.says) {
				t.Errorf("%q %q %q %q %q; want %q %q %q %q", text, thought, end.Finish, kind, said, c.text, c.thought, c.finish, c.kind)
			}
			if c.name == "no such model" && !strings.Contains(e.Hint, "ollama pull m-1") {
				t.Errorf("hint %q", e.Hint)
			}
		})
	}
}

// TestWindow: num_ctx holds the prompt and an answer, within what the person
// allowed (quirk 21).
func TestWindow(t *testing.T) {
	s := llmtest.Serve(t, llmtest.Raw(200, "application/x-ndjson", llmtest.Ollama(good, 9), 0))
	for _, c := range []struct {
		prompt, context, want int
	}{{10, 0, 16384}, {6000, 0, 24576}, {6000, 8192, 8192}, {60000, 0, 32768}, {60000, 131072, 81920}} {
		d := open(t, s.URL, func(f *llm.Config) { f.Context = c.context })
		for range d.Draft(t.Context(), prompt.Prompt{Text: strings.Repeat("库", c.prompt)}) {
		}
		all := s.Requests()
		r := all[len(all)-1]
		options, _ := r.Body["options"].(map[string]any)
		if options["num_ctx"] != float64(c.want) || r.Path != "/api/chat" || r.Body["think"] != false {
			t.Errorf("prompt of %d, limit %d: %v", c.prompt, c.context, r.Raw[:min(300, len(r.Raw))])
		}
	}
}

func TestFirstModel(t *testing.T) {
	s := llmtest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/tags" {
			_, _ = io.WriteString(w, `{"models":[{"name":"nomic-embed-text:latest"},{"name":"qwen3:8b"}]}`)
			return
		}
		_, _ = io.WriteString(w, llmtest.Ollama(good, 9))
	})
	d := open(t, s.URL, func(c *llm.Config) { c.Model = "" })
	if text, _, err := llm.Collect(t.Context(), d, prompt.Prompt{Text: "问"}); text != good || err != nil || s.Requests()[1].Body["model"] != "qwen3:8b" {
		t.Errorf("%q, %v", text, err)
	}
	none := llmtest.Serve(t, llmtest.Raw(200, "application/json", `{"models":[]}`, 0))
	_, _, err := llm.Collect(t.Context(), open(t, none.URL, func(c *llm.Config) { c.Model = "" }), prompt.Prompt{Text: "问"})
	var e *llm.Error
	if !errors.As(err, &e) || !strings.Contains(e.Hint, "ollama pull") {
		t.Errorf("%v", err)
	}
}

// TestModelWithoutThinking: think is dropped when the model has none.
func TestModelWithoutThinking(t *testing.T) {
	s := llmtest.Serve(t, llmtest.Raw(400, "application/json", `{"error":"\"m-1\" does not support thinking"}`, 0), llmtest.Raw(200, "", llmtest.Ollama(good, 9), 0))
	if text, _, err := llm.Collect(t.Context(), open(t, s.URL), prompt.Prompt{Text: "问"}); text != good || err != nil || strings.Contains(s.Requests()[1].Raw, "think") {
		t.Errorf("%q, %v", text, err)
	}
}

func TestCutAtEveryByte(t *testing.T) {
	body := llmtest.Ollama(good, 4)
	for i := range len(body) {
		tr := &llmtest.Transport{Replies: []llmtest.Reply{{Steps: llmtest.Steps(body[:i], body[i:])}}}
		d, err := ollama.New(llmtest.Config(llm.Ollama, "http://127.0.0.1:11434"), wire.Options{Transport: tr})
		if err != nil {
			t.Fatal(err)
		}
		if text, _, err := llm.Collect(t.Context(), d, prompt.Prompt{Text: "问"}); text != good || err != nil {
			t.Fatalf("cut at %d: %q, %v", i, text, err)
		}
	}
}
