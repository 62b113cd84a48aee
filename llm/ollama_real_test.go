package llm_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dbchapter/llm"
	"dbchapter/llm/anthropic"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/ollama"
	"dbchapter/llm/openai"
	"dbchapter/prompt"
)

// realServer starts Ollama (DBCHAPTER_OLLAMA names the binary) with a model
// that recites text.
func realServer(t *testing.T, text string) string {
	t.Helper()
	binary := os.Getenv("DBCHAPTER_OLLAMA")
	if binary == "" {
		t.Skip("DBCHAPTER_OLLAMA is not set: the protocols were NOT held against a real model server")
	}
	dir, url := t.TempDir(), "http://127.0.0.1:"+freePort(t)
	run := func(args ...string) *exec.Cmd {
		cmd := exec.Command(binary, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "HOME="+dir, "OLLAMA_MODELS="+filepath.Join(dir, "models"), "OLLAMA_HOST="+url)
		return cmd
	}
	server := run("serve")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Signal(os.Interrupt); _ = server.Wait() })
	for end := time.Now().Add(30 * time.Second); ; {
		if resp, err := http.Get(url + "/api/tags"); err == nil {
			_ = resp.Body.Close()
			break
		}
		if time.Now().After(end) {
			t.Fatal("the server did not start")
		}
	}
	files := map[string][]byte{
		"m.gguf":    llmtest.Reciter(text),
		"Modelfile": []byte("FROM ./m.gguf\nTEMPLATE \"\"\"{{ .Prompt }}" + llmtest.Go + "\"\"\"\nPARAMETER num_thread 1\nPARAMETER stop \"</s>\"\n"),
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := run("create", "reciter", "-f", "Modelfile").CombinedOutput(); err != nil {
		t.Fatalf("create: %v\n%s", err, out)
	}
	return url
}

func TestRealOllama(t *testing.T) {
	reply, err := os.ReadFile("compose/testdata/library.reply.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(string(reply))
	url := realServer(t, text)
	config := func(base string) llm.Config {
		c := llmtest.Config("", url+base)
		c.Model, c.Key = "reciter", llm.Secret{}
		return c
	}
	native, err := ollama.New(config(""))
	if err != nil {
		t.Fatal(err)
	}
	chat, _ := openai.New(config("/v1"))
	messages, _ := anthropic.New(config(""))

	for name, d := range map[string]llm.Drafter{"native": native, "chat completions": chat, "messages": messages} {
		t.Run(name+" recites every byte", func(t *testing.T) {
			got, done, err := llm.Collect(t.Context(), d, prompt.Prompt{Text: "写一章"})
			if err != nil || got != text || done.Finish != llm.Stop || done.Usage.Output == 0 {
				t.Errorf("%d of %d bytes, finish %q, usage %+v, %v", len(got), len(text), done.Finish, done.Usage, err)
			}
		})
		t.Run(name+" stops at the length", func(t *testing.T) {
			got, finish := "", llm.Finish("")
			for d, err := range d.(llm.Asker).Ask(t.Context(), llm.Ask{Turns: []llm.Turn{{Role: llm.User, Text: "写"}}, MaxTokens: 20}) {
				if err != nil {
					t.Fatal(err)
				}
				if d.Kind == llm.Text {
					got += d.Text
				}
				finish = d.Finish
			}
			if finish != llm.Length || got == "" || !strings.HasPrefix(text, got) {
				t.Errorf("%q, finish %q", got, finish)
			}
		})
		t.Run(name+" is cancelled", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			for delta, err := range d.Draft(ctx, prompt.Prompt{Text: "写一章"}) {
				if err != nil && !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
				if delta.Kind == llm.Text {
					cancel()
				}
			}
		})
	}
	t.Run("a long prompt is taken whole", func(t *testing.T) {
		long := strings.Repeat("库表设计", 750)
		_, done, err := llm.Collect(t.Context(), native, prompt.Prompt{Text: long})
		if err != nil || done.Usage.Input < 5000 { // 4,096 is what it takes without num_ctx
			t.Errorf("the server read %d tokens, %v", done.Usage.Input, err)
		}
	})
	t.Run("no such model", func(t *testing.T) {
		c := config("")
		c.Model = "missing"
		d, _ := ollama.New(c)
		_, _, err := llm.Collect(t.Context(), d, prompt.Prompt{Text: "写"})
		var e *llm.Error
		if !errors.As(err, &e) || e.Kind != llm.Request || !strings.Contains(e.Hint, "ollama pull missing") {
			t.Errorf("%v", fmt.Sprint(err))
		}
	})
	t.Run("the first model is found and tried", func(t *testing.T) {
		c := config("")
		c.Model = ""
		d, _ := ollama.New(c)
		if took, err := llm.Try(t.Context(), d.(llm.Asker), c); err != nil || took <= 0 {
			t.Errorf("%v, %v", took, err)
		}
	})
}
