package llm_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
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

// mock starts the mock server that others wrote (npm @copilotkit/aimock,
// DBCHAPTER_AIMOCK names its dist/cli.js) with what it shall answer, so that
// our reading of the protocols is held against somebody else's.
func mock(t *testing.T, fixtures []map[string]any, args ...string) string {
	t.Helper()
	cli := os.Getenv("DBCHAPTER_AIMOCK")
	if cli == "" {
		t.Skip("DBCHAPTER_AIMOCK is not set: the protocols were NOT held against a server written by others")
	}
	file := filepath.Join(t.TempDir(), "fixtures.json")
	data, err := json.Marshal(map[string]any{"fixtures": fixtures})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	cmd := exec.Command("node", append([]string{cli, "-p", port, "-f", file}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	go func() {
		for s := bufio.NewScanner(out); s.Scan(); { // keep the pipe empty
		}
	}()
	url := "http://127.0.0.1:" + port
	for end := time.Now().Add(20 * time.Second); ; {
		if c, err := net.DialTimeout("tcp", "127.0.0.1:"+port, 100*time.Millisecond); err == nil {
			_ = c.Close()
			return url
		}
		if time.Now().After(end) {
			t.Fatal("the mock server did not start")
		}
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// speakers are the drafters that the mock server understands, by base path.
var speakers = []struct {
	name string
	path string
	open func(llm.Config) (llm.Drafter, error)
}{
	{"openai", "/v1", func(c llm.Config) (llm.Drafter, error) { return openai.New(c) }},
	{"ark", "/api/v3", func(c llm.Config) (llm.Drafter, error) { return openai.New(c) }},
	{"anthropic", "", func(c llm.Config) (llm.Drafter, error) { return anthropic.New(c) }},
	{"ollama", "", func(c llm.Config) (llm.Drafter, error) { return ollama.New(c) }},
}

func TestAIMock(t *testing.T) {
	reply, err := os.ReadFile("compose/testdata/library.reply.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(reply)
	say := func(user string, response map[string]any, more ...any) map[string]any {
		f := map[string]any{"match": map[string]any{"userMessage": user}, "response": response, "chunkSize": 7}
		for i := 0; i+1 < len(more); i += 2 {
			f[more[i].(string)] = more[i+1]
		}
		return f
	}
	url := mock(t, []map[string]any{
		say("整章", map[string]any{"content": text}),
		say("思考", map[string]any{"content": text, "reasoning": "先想一想表的划分"}),
		say("截短", map[string]any{"content": text, "finishReason": "length"}),
		say("断开", map[string]any{"content": text}, "truncateAfterChunks", 20, "latency", 4),
		say("拒绝", map[string]any{"error": map[string]any{"message": "Invalid API key " + llmtest.Canary, "type": "authentication_error"}, "status": 401}),
		say("欠费", map[string]any{"error": map[string]any{"message": "Insufficient Balance"}, "status": 402}),
	})
	for _, sp := range speakers {
		for _, c := range []struct {
			ask    string
			finish llm.Finish
			kind   llm.ErrorKind
		}{
			{"整章", llm.Stop, ""}, {"思考", llm.Stop, ""}, {"截短", llm.Length, ""}, {"断开", "", llm.Truncated}, {"拒绝", "", llm.Auth}, {"欠费", "", llm.Balance},
		} {
			if sp.name == "ollama" && c.finish == llm.Length {
				continue // the mock says stop there whatever the fixture wants
			}
			t.Run(sp.name+" "+c.ask, func(t *testing.T) {
				conf := llmtest.Config("", url+sp.path)
				conf.Idle = 5 * time.Second
				d, err := sp.open(conf)
				if err != nil {
					t.Fatal(err)
				}
				got, done, err := llm.Collect(t.Context(), d, prompt.Prompt{Text: c.ask})
				var e *llm.Error
				kind := llm.ErrorKind("")
				if errors.As(err, &e) {
					kind = e.Kind
				}
				if done.Finish != c.finish || kind != c.kind || strings.Contains(fmt.Sprint(err), llmtest.Canary) {
					t.Fatalf("finish %q, err %v", done.Finish, err)
				}
				if kind == "" && got != text || !strings.HasPrefix(text, got) {
					t.Errorf("%d of %d bytes came", len(got), len(text))
				}
			})
		}
	}
	resp, err := http.Get(url + "/__aimock/journal")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("journal: %s", resp.Status)
	}
}

// TestAIMockChaos: whatever the server does, an answer is whole or an error.
func TestAIMockChaos(t *testing.T) {
	text := "### 数据库架构\n" + strings.Repeat("- **读写分离**：主库写入\n", 40)
	fixtures := []map[string]any{{"match": map[string]any{"userMessage": "整章"}, "response": map[string]any{"content": text}, "chunkSize": 9}}
	for _, flag := range []string{"--chaos-malformed", "--chaos-disconnect", "--chaos-drop"} {
		t.Run(flag, func(t *testing.T) {
			url := mock(t, fixtures, flag, "0.5")
			good, bad := 0, 0
			for range 2 {
				for _, sp := range speakers {
					c := llmtest.Config("", url+sp.path)
					c.Idle = 3 * time.Second
					d, err := sp.open(c)
					if err != nil {
						t.Fatal(err)
					}
					var e *llm.Error
					got, _, err := llm.Collect(t.Context(), d, prompt.Prompt{Text: "整章"})
					switch {
					case err == nil && got == text:
						good++
					case errors.As(err, &e) && strings.HasPrefix(text, got):
						bad++
					default:
						t.Errorf("%s: %q, %v", sp.name, got, err)
					}
				}
			}
			t.Logf("%d whole, %d errors", good, bad)
		})
	}
}
