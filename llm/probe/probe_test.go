package probe_test

import (
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"dbchapter/llm"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/probe"
)

func TestLocal(t *testing.T) {
	json := func(body string) http.HandlerFunc { return llmtest.Raw(200, "application/json", body, 0) }
	ollama := llmtest.Serve(t, json(`{"models":[{"name":"bge-m3:latest"},{"name":"qwen3:8b"}]}`))
	openai := llmtest.Serve(t, json(`{"data":[{"id":"m.gguf"}]}`))
	other := llmtest.Serve(t, json(`{"hello":"world"}`))
	page := llmtest.Serve(t, llmtest.Raw(200, "text/html", "<html>", 0))
	thief := llmtest.Serve(t, json(`{"data":[{"id":"x"}]}`))
	redirect := llmtest.Serve(t, llmtest.Raw(302, "", "", 0, "Location", thief.URL+"/models"))
	hang := llmtest.Serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	local := func(p llm.Protocol, url string) llm.Config {
		c := llmtest.Config(p, url)
		c.Model = ""
		return c
	}
	candidates := []llm.Config{
		local(llm.OpenAI, other.URL), local(llm.Ollama, ollama.URL), local(llm.OpenAI, page.URL), local(llm.OpenAI, openai.URL),
		local(llm.OpenAI, redirect.URL), local(llm.OpenAI, hang.URL), local(llm.OpenAI, closed(t)), local(llm.OpenAI, "https://192.0.2.1"),
	}
	began := time.Now()
	found := probe.Local(t.Context(), candidates)
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("took %v", took)
	}
	var got []string
	for _, f := range found {
		got = append(got, f.Config.Model)
	}
	if !slices.Equal(got, []string{"qwen3:8b", "m.gguf"}) || len(thief.Requests()) > 0 {
		t.Errorf("found %+v", found)
	}
	for _, r := range openai.Requests() {
		if strings.Contains(strings.Join(r.Header["Authorization"], ""), "CANARY") || r.Method != "GET" {
			t.Errorf("the probe sent %v", r)
		}
	}
}

// closed is an address where nobody listens.
func closed(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return "http://" + l.Addr().String()
}

func TestCandidates(t *testing.T) {
	env := func(name string) string {
		if name == "OLLAMA_HOST" {
			return ":9999"
		}
		return ""
	}
	var got []string
	for _, c := range probe.Candidates(llm.Sources{Env: env}) {
		got = append(got, c.ID+" "+c.Host())
	}
	want := []string{"ollama 127.0.0.1:9999", "llamacpp 127.0.0.1:8080", "lmstudio 127.0.0.1:1234", "vllm 127.0.0.1:8000"}
	if !slices.Equal(got, want) {
		t.Errorf("candidates %q", got)
	}
}
