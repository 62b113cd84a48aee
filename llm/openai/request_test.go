package openai_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"dbchapter/llm"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/openai"
	"dbchapter/llm/wire"
)

func refuse(status int, body string) http.HandlerFunc {
	return llmtest.Raw(status, "application/json", body, 0)
}

func TestRequest(t *testing.T) {
	s := llmtest.Serve(t, llmtest.Events(text(good)+stop))
	c := fast(s.URL + "/v1")
	c.MaxTokens, c.NoThink = 900, map[string]any{"enable_thinking": false}
	c.Headers = map[string]string{"X-Title": "dbchapter"}
	if o := draft(t, c, ask); o.text != good {
		t.Fatal(o.err)
	}
	r := s.Requests()[0]
	if r.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+llmtest.Canary || r.Header.Get("X-Title") != "dbchapter" {
		t.Errorf("path %q, header %v", r.Path, r.Header)
	}
	want := `{"enable_thinking":false,"max_tokens":900,"messages":[{"role":"user","content":"请生成数据库设计章节"}],"model":"m-1","stream":true,"stream_options":{"include_usage":true}}`
	if r.Raw != want {
		t.Errorf("body\n%s\nwant\n%s", r.Raw, want)
	}
}

func TestKeyHeader(t *testing.T) {
	s := llmtest.Serve(t, llmtest.Events(text(good)+stop))
	c := fast(s.URL)
	c.Auth = "api-key"
	draft(t, c, ask)
	h := s.Requests()[0].Header
	if h.Get("api-key") != llmtest.Canary || h.Get("Authorization") != "" {
		t.Errorf("header %v", h)
	}
}

// TestAdapts: a refused parameter is dropped, renamed or lowered, at once and
// for good (quirks 10–12, 19).
func TestAdapts(t *testing.T) {
	fine := llmtest.Events(text(good) + stop)
	for _, c := range []struct {
		name    string
		refusal http.HandlerFunc
		gone    string
		there   string
	}{
		{"11 o-series", refuse(400, `{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens","code":"unsupported_parameter"}}`), `"max_tokens"`, `"max_completion_tokens":20000`},
		{"12 range in brackets", refuse(400, `{"error":{"message":"Invalid max_tokens value, the valid range of max_tokens is [1, 8192]"}}`), `20000`, `"max_tokens":8192`},
		{"12 range in words", refuse(400, `{"error":{"message":"max_tokens must be less than or equal to 4096"}}`), `20000`, `"max_tokens":4096`},
		{"12 no range", refuse(400, `{"error":{"message":"max_tokens is wrong"}}`), `max_tokens`, `"model"`},
		{"12 counted into the context", refuse(400, `{"object":"error","message":"This model's maximum context length is 8192 tokens. However, you requested 20100 tokens (100 in the messages, 20000 in the completion)."}`), `max_tokens`, `"model"`},
		{"12 vllm names both", refuse(400, `{"error":{"message":"'max_tokens' or 'max_completion_tokens' is too large: 20000. This model's maximum context length is 8192 tokens"}}`), `"max_tokens"`, `"max_completion_tokens"`},
		{"19 stream_options", refuse(400, `{"error":"json: unknown field \"stream_options\""}`), `stream_options`, `"max_tokens":20000`},
		{"19 extra field by 422", refuse(422, `{"detail":[{"loc":["body","enable_thinking"],"msg":"Extra inputs are not permitted"}]}`), `enable_thinking`, `"max_tokens":20000`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := llmtest.Serve(t, c.refusal, fine)
			f := fast(s.URL)
			f.MaxTokens, f.NoThink = 20000, map[string]any{"enable_thinking": false}
			d, err := openai.New(f)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if o := run(t.Context(), d, ask); o.text != good {
					t.Fatalf("%q, %v", o.text, o.err)
				}
			}
			all := s.Requests()
			if len(all) != 3 {
				t.Fatalf("%d requests", len(all))
			}
			for _, r := range all[1:] {
				if strings.Contains(r.Raw, c.gone) || !strings.Contains(r.Raw, c.there) {
					t.Errorf("body %s: want %s without %s", r.Raw, c.there, c.gone)
				}
			}
		})
	}
}

func TestAdaptsTwice(t *testing.T) {
	s := llmtest.Serve(t,
		refuse(400, `{"error":{"message":"unknown parameter: stream_options"}}`),
		refuse(400, `{"error":{"message":"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}}`),
		refuse(400, `{"error":{"message":"max_completion_tokens is too large: 32768. This model supports at most 16384 completion tokens"}}`),
		llmtest.Events(text(good)+stop))
	c := fast(s.URL)
	c.MaxTokens = 32768
	o := draft(t, c, ask)
	last := s.Requests()[len(s.Requests())-1].Raw
	if o.text != good || !strings.Contains(last, `"max_completion_tokens":16384`) {
		t.Errorf("%v; last request %s", o.err, last)
	}
}

func TestAdaptEnds(t *testing.T) {
	s := llmtest.Serve(t, refuse(400, `{"error":{"message":"stream_options max_tokens model messages stream"}}`))
	if o := draft(t, fast(s.URL), ask); o.kind() != llm.Request || len(s.Requests()) > 9 {
		t.Errorf("%d requests, %v", len(s.Requests()), o.err)
	}
}

// TestMissingVersion: people leave /v1 out.
func TestMissingVersion(t *testing.T) {
	s := llmtest.Serve(t, refuse(404, `{"detail":"Not Found"}`), llmtest.Events(text(good)+stop))
	if o := draft(t, fast(s.URL), ask); o.text != good || s.Requests()[1].Path != "/v1/chat/completions" {
		t.Errorf("%v, %v", o.err, s.Requests())
	}
	s = llmtest.Serve(t, refuse(404, `{"error":{"message":"The model m-1 does not exist","code":"model_not_found"}}`))
	if o := draft(t, fast(s.URL), ask); o.kind() != llm.Request || len(s.Requests()) != 1 {
		t.Errorf("%v after %d requests", o.err, len(s.Requests()))
	}
}

// TestOnlyThinking: an answer without text is redone with thinking off
// (quirk 9).
func TestOnlyThinking(t *testing.T) {
	thoughts := chunk(`{"reasoning_content":"想了很久"}`) + strings.Replace(stop, `"stop"`, `"length"`, 1)
	s := llmtest.Serve(t, llmtest.Events(thoughts), llmtest.Events(text(good)+stop))
	o := draft(t, fast(s.URL), ask)
	if o.text != good || !strings.Contains(s.Requests()[1].Raw, `"enable_thinking":false`) {
		t.Errorf("%v; %v", o.err, s.Requests())
	}
	s = llmtest.Serve(t, llmtest.Events(thoughts))
	if o := draft(t, fast(s.URL), ask); o.kind() != llm.Empty || len(s.Requests()) != 2 {
		t.Errorf("%d requests, %v", len(s.Requests()), o.err)
	}
}

// TestRedirect: the other host gets nothing at all (quirk 30a, T9).
func TestRedirect(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		thief := llmtest.Serve(t, llmtest.Events(text(good)+stop))
		target := strings.Replace(thief.URL, "127.0.0.1", "localhost", 1) + "/steal"
		s := llmtest.Serve(t, llmtest.Raw(status, "", "", 0, "Location", target))
		c := fast(s.URL)
		c.Auth = "x-api-key"
		o := draft(t, c, ask)
		if o.kind() != llm.BadConfig || !strings.Contains(o.err.Error(), "localhost") || len(thief.Requests()) != 0 {
			t.Errorf("%d: %v, the other host got %v", status, o.err, thief.Requests())
		}
	}
}

// TestKeyNeverShown: servers echo keys in bodies, headers and streams
// (quirk 30).
func TestKeyNeverShown(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"401":      refuse(401, `{"error":{"message":"Incorrect API key provided: `+llmtest.Canary+`"}}`),
		"masked":   refuse(401, `{"error":{"message":"Incorrect API key provided: `+llmtest.Canary[:12]+`****"}}`),
		"page":     llmtest.Raw(200, "text/html", "<title>"+llmtest.Canary+"</title>", 0),
		"redirect": llmtest.Raw(302, "", "", 0, "Location", "https://x.example/"+llmtest.Canary),
		"stream":   llmtest.Events(text("### 密钥 "+llmtest.Canary[:9]) + text(llmtest.Canary[9:]+" 结束") + stop),
		"event":    llmtest.Events("data: " + llmtest.Canary + "\n\n"),
		"finish":   llmtest.Events(text("x") + strings.Replace(stop, `"stop"`, `"`+llmtest.Canary+`"`, 1)),
	} {
		s := llmtest.Serve(t, h)
		c := fast(s.URL)
		o := draft(t, c, ask)
		d, _ := openai.New(c)
		all := fmt.Sprintf("%v %+v %#v %v %+v %#v %q", o.err, o.err, o.err, o, d, d, o.text)
		var e *llm.Error
		if errors.As(o.err, &e) {
			all += fmt.Sprintf("%+v %#v %#v", *e, *e, e.Err)
		}
		if strings.Contains(all, llmtest.Canary[:12]) {
			t.Errorf("%s: a key was shown: %s", name, all)
		}
	}
}

// TestHostileError: what a server says reaches people as one clean line.
func TestHostileError(t *testing.T) {
	s := llmtest.Serve(t, refuse(400, `{"error":{"message":"a\u001b]52;c;QQ==\u0007b\u202ec\r\nd`+strings.Repeat("长", 900)+`"}}`))
	o := draft(t, fast(s.URL), ask)
	msg := o.err.Error()
	if strings.ContainsAny(msg, "\x1b\x07\r\n\u202e") || len([]rune(msg)) > 260 {
		t.Errorf("message %q", msg)
	}
}

func TestTLS(t *testing.T) {
	var got atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { got.Add(1) }))
	s.Config.ErrorLog = nil
	s.StartTLS()
	defer s.Close()
	o := draft(t, fast(s.URL), ask)
	if o.kind() != llm.BadConfig || got.Load() != 0 || !strings.Contains(o.err.Error(), "证书") {
		t.Errorf("%v, %d requests", o.err, got.Load())
	}
	if tr := wire.NewTransport(); tr.TLSClientConfig.MinVersion != tls.VersionTLS12 || tr.TLSClientConfig.InsecureSkipVerify {
		t.Error("TLS is weaker than 1.2 or not verified")
	}
}

func TestProxyOnlyForHTTPS(t *testing.T) {
	for raw, may := range map[string]bool{
		"http://127.0.0.1:8080/v1": false, "https://127.0.0.1/v1": false, "https://localhost": false, "http://192.0.2.1": false,
	} {
		u, _ := url.Parse(raw)
		if p, err := wire.Proxy(u); (p != nil) != may || err != nil {
			t.Errorf("%s: proxy %v, %v", raw, p, err)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	s := httptest.NewServer(nil)
	s.Close()
	c := fast(s.URL)
	c.Start = "serve-it"
	o := draft(t, c, ask)
	var e *llm.Error
	if !errors.As(o.err, &e) || e.Kind != llm.Network || !strings.Contains(e.Message, "没有服务在监听") || !strings.Contains(e.Hint, "serve-it") {
		t.Errorf("%v", o.err)
	}
}

func TestHeaderFlood(t *testing.T) {
	s := llmtest.Serve(t, llmtest.Raw(200, "text/event-stream", text(good)+stop, 0, "X-Flood", strings.Repeat("a", 200<<10)))
	if o := draft(t, fast(s.URL), ask); o.kind() != llm.BadReply {
		t.Errorf("%v", o.err)
	}
}

// TestFirstModel: a local server without a named model lists its own.
func TestFirstModel(t *testing.T) {
	s := llmtest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/models") {
			_, _ = io.WriteString(w, `{"data":[{"id":"bad\u001bname"},{"id":"nomic-embed-text"},{"id":"qwen3:8b"}]}`)
			return
		}
		llmtest.Events(text(good)+stop)(w, r)
	})
	c := fast(s.URL)
	c.Model = ""
	if o := draft(t, c, ask); o.text != good || s.Requests()[1].Body["model"] != "qwen3:8b" {
		t.Errorf("%v, %v", o.err, s.Requests())
	}
}

func TestRegionHint(t *testing.T) {
	s := llmtest.Serve(t, refuse(401, `{"error":{"message":"Invalid Authentication"}}`))
	c := fast(s.URL)
	c.Sibling = "kimi-intl"
	var e *llm.Error
	if o := draft(t, c, ask); !errors.As(o.err, &e) || !strings.Contains(e.Hint, "kimi-intl") {
		t.Errorf("%v", o.err)
	}
}
