package llmtest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"dbchapter/llm"
)

// Request is what a scripted server was asked.
type Request struct {
	Method, Path string
	Header       http.Header
	Body         map[string]any
	Raw          string
}

// Server answers its requests with its handlers in order, the last one again
// and again, and remembers what it was asked.
type Server struct {
	URL string

	mu       sync.Mutex
	requests []Request
	handlers []http.HandlerFunc
}

// Serve starts a server on loopback that ends with the test.
func Serve(t testing.TB, handlers ...http.HandlerFunc) *Server {
	t.Helper()
	s := &Server{handlers: handlers}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	s.URL = h.URL
	return s
}

// ServeHTTP remembers the request and answers it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	req := Request{Method: r.Method, Path: r.URL.Path, Header: r.Header.Clone(), Raw: string(raw)}
	_ = json.Unmarshal(raw, &req.Body)
	s.mu.Lock()
	s.requests = append(s.requests, req)
	h := s.handlers[min(len(s.requests), len(s.handlers))-1]
	s.mu.Unlock()
	h(w, r)
}

// Requests are the requests so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request{}, s.requests...)
}

// Raw answers with status, content type and body, the body in pieces of chunk
// bytes, each sent on its own.
func Raw(status int, contentType, body string, chunk int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		for _, p := range Pieces(body, chunk) {
			if _, err := io.WriteString(w, p); err != nil {
				return
			}
			w.(http.Flusher).Flush()
		}
	}
}

// Events answers with a stream of events.
func Events(body string) http.HandlerFunc { return Raw(200, "text/event-stream", body, len(body)+1) }

// OpenAI is a good Chat Completions stream of a text, in deltas of n bytes cut
// at characters.
func OpenAI(text string, n int) string {
	var b strings.Builder
	b.WriteString(`data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}` + "\n\n")
	for _, p := range whole(text, n) {
		b.WriteString(`data: {"choices":[{"index":0,"delta":{"content":` + quote(p) + `},"finish_reason":null}]}` + "\n\n")
	}
	b.WriteString(`data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n")
	b.WriteString(`data: {"choices":[],"usage":{"prompt_tokens":7000,"completion_tokens":900}}` + "\n\n")
	b.WriteString("data: [DONE]\n\n")
	return b.String()
}

// Anthropic is a good Messages stream of a text.
func Anthropic(text string, n int) string {
	var b strings.Builder
	event := func(name, data string) { b.WriteString("event: " + name + "\ndata: " + data + "\n\n") }
	event("message_start", `{"type":"message_start","message":{"id":"m","usage":{"input_tokens":7000,"output_tokens":1}}}`)
	event("content_block_start", `{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}`)
	event("ping", `{"type":"ping"}`)
	for _, p := range whole(text, n) {
		event("content_block_delta", `{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":`+quote(p)+`}}`)
	}
	event("content_block_stop", `{"type":"content_block_stop","index":0}`)
	event("message_delta", `{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":900}}`)
	event("message_stop", `{"type":"message_stop"}`)
	return b.String()
}

// Ollama is a good /api/chat stream of a text.
func Ollama(text string, n int) string {
	var b strings.Builder
	for _, p := range whole(text, n) {
		b.WriteString(`{"model":"m","message":{"role":"assistant","content":` + quote(p) + `},"done":false}` + "\n")
	}
	b.WriteString(`{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":7000,"eval_count":900}` + "\n")
	return b.String()
}

// whole cuts at characters, n bytes at least.
func whole(text string, n int) []string {
	var out []string
	from := 0
	for i := range text {
		if i-from >= n {
			out, from = append(out, text[from:i]), i
		}
	}
	return append(out, text[from:])
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string is always JSON
	}
	return string(b)
}

// Config points at a server on loopback, with a key that must never be seen.
func Config(p llm.Protocol, url string) llm.Config {
	return llm.Config{ID: "custom", Name: "测试服务", Protocol: p, BaseURL: url, Model: "m-1", Key: llm.NewSecret(Canary)}
}

// Canary is a key whose appearance anywhere fails a test.
const Canary = "sk-CANARY-0123456789abcdefXYZ"
