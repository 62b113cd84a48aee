package openai_test

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dbchapter/llm"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/openai"
	"dbchapter/llm/wire"
)

// over is a drafter whose requests go to a transport without sockets.
func over(t *testing.T, tr http.RoundTripper, change ...func(*llm.Config)) llm.Drafter {
	t.Helper()
	c := llmtest.Config(llm.OpenAI, "https://api.example.com/v1")
	for _, f := range change {
		f(&c)
	}
	d, err := openai.New(c, wire.Options{Transport: tr})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var sample = "<think>先想：表名 users？</think>\n### 数据库架构\n- **读写分离**：主库写入，从库读取 𠮷\n```sql\nCREATE TABLE users (id BIGINT);\n```\n"

func TestPiecesOfEverySize(t *testing.T) {
	body := llmtest.OpenAI(sample, 5)
	want := sample[strings.Index(sample, "###"):]
	for _, size := range []int{1, 2, 3, 7, 64, 1000, 4096, 64 << 10} {
		tr := &llmtest.Transport{Replies: []llmtest.Reply{{Steps: llmtest.Steps(llmtest.Pieces(body, size)...)}}}
		if o := run(t.Context(), over(t, tr), ask); o.err != nil || o.text != want || o.done.Finish != llm.Stop {
			t.Errorf("pieces of %d: %q, %v", size, o.text, o.err)
		}
	}
}

func TestCutAtEveryByte(t *testing.T) {
	for _, eol := range []string{"\n", "\r\n", "\r"} {
		body := strings.ReplaceAll(llmtest.OpenAI("### 缓存设计\n一🀄二", 2), "\n\n", "\n\n")
		body = strings.ReplaceAll(body, "\n", eol)
		for i := range len(body) {
			tr := &llmtest.Transport{Replies: []llmtest.Reply{{Steps: llmtest.Steps(body[:i], body[i:])}}}
			if o := run(t.Context(), over(t, tr), ask); o.err != nil || o.text != "### 缓存设计\n一🀄二" {
				t.Fatalf("line end %q, cut at %d: %q, %v", eol, i, o.text, o.err)
			}
		}
	}
}

// TestPrefix cuts a good answer short at every byte: the end is good only when
// the finish reason came, and what was written is never lost.
func TestPrefix(t *testing.T) {
	body := llmtest.OpenAI("### 缓存设计\n一二三", 2)
	last := strings.Index(body, `"finish_reason":"stop"}]}`) + len(`"finish_reason":"stop"}]}`)
	synctest.Test(t, func(t *testing.T) {
		for i := range len(body) {
			tr := &llmtest.Transport{Replies: []llmtest.Reply{{Steps: llmtest.Steps(body[:i])}}}
			o := run(t.Context(), over(t, tr), ask)
			if good := o.err == nil; good != (i >= last) {
				t.Fatalf("cut at %d of %d: err = %v", i, last, o.err)
			}
			if o.err != nil && o.kind() != llm.Truncated {
				t.Fatalf("cut at %d: kind %q", i, o.kind())
			}
			if i > strings.Index(body, "一")+60 && !strings.Contains(o.text, "一") {
				t.Fatalf("cut at %d: text %q", i, o.text)
			}
		}
	})
}

func TestStalls(t *testing.T) {
	half := text("### 半")
	for _, c := range []struct {
		name  string
		reply llmtest.Reply
		after time.Duration
		kind  llm.ErrorKind
		text  string
	}{
		{"no header", llmtest.Reply{Wait: time.Hour}, 60 * time.Second, llm.Stalled, ""},
		{"header, then silence", llmtest.Reply{Steps: []llmtest.Step{{Hang: true}}}, 60 * time.Second, llm.Stalled, ""},
		{"silence in the middle", llmtest.Reply{Steps: []llmtest.Step{{Text: half}, {Hang: true}}}, 45 * time.Second, llm.Stalled, "### 半"},
		{"finished, then silence", llmtest.Reply{Steps: []llmtest.Step{{Text: half + stop}, {Hang: true}}}, 2 * time.Second, "", "### 半"},
		{"a byte in 40 seconds", llmtest.Reply{Steps: append(drip(half, 40*time.Second), llmtest.Step{Text: stop})}, time.Duration(len(half)) * 40 * time.Second, "", "### 半"},
		{"keep-alives for ever", llmtest.Reply{Steps: drip(strings.Repeat(":\n", 5000), 10*time.Second)}, 70 * time.Minute, llm.Stalled, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := &llmtest.Transport{Replies: []llmtest.Reply{c.reply}}
				start := time.Now()
				o := run(t.Context(), over(t, tr), ask)
				if took := time.Since(start); took != c.after || o.kind() != c.kind || o.text != c.text {
					t.Errorf("took %v, %q, %v; want %v, %q", took, o.text, o.err, c.after, c.kind)
				}
				if len(tr.Times()) != 1 || tr.Open() != 0 {
					t.Errorf("%d requests, %d bodies open", len(tr.Times()), tr.Open())
				}
			})
		})
	}
}

func drip(s string, every time.Duration) []llmtest.Step {
	var out []llmtest.Step
	for _, p := range llmtest.Pieces(s, 1) {
		out = append(out, llmtest.Step{Text: p, Wait: every})
	}
	return out
}

// TestSlowReader: a consumer that takes its time is not a server that stalls.
func TestSlowReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := &llmtest.Transport{Replies: []llmtest.Reply{{Steps: llmtest.Steps(text("一"), text("二"), stop)}}}
		for _, err := range over(t, tr).Draft(t.Context(), ask) {
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(5 * time.Minute)
		}
	})
}

func TestRetries(t *testing.T) {
	busy := llmtest.Reply{Status: 503}
	after := func(s string) llmtest.Reply {
		return llmtest.Reply{Status: 429, Header: http.Header{"Retry-After": {s}}}
	}
	good := llmtest.Reply{Steps: llmtest.Steps(text(good) + stop)}
	for _, c := range []struct {
		name     string
		replies  []llmtest.Reply
		requests int
		min, max time.Duration
		kind     llm.ErrorKind
	}{
		{"500 twice, then good", []llmtest.Reply{{Status: 500}, {Status: 500}, good}, 3, 2 * time.Second, 6 * time.Second, ""},
		{"503 for ever", []llmtest.Reply{busy}, 3, 2 * time.Second, 6 * time.Second, llm.Server},
		{"Retry-After 20", []llmtest.Reply{after("20"), good}, 2, 20 * time.Second, 20 * time.Second, ""},
		{"Retry-After in milliseconds", []llmtest.Reply{{Status: 429, Header: http.Header{"Retry-After-Ms": {"9000"}}}, good}, 2, 9 * time.Second, 9 * time.Second, ""},
		{"Retry-After as a date", []llmtest.Reply{after("Sat, 01 Jan 2000 00:00:30 GMT"), good}, 2, 30 * time.Second, 30 * time.Second, ""},
		{"Retry-After 600 is the person's decision", []llmtest.Reply{after("600")}, 1, 0, 0, llm.Rate},
		{"Retry-After nonsense", []llmtest.Reply{after("soon"), after("-5"), good}, 3, 2 * time.Second, 6 * time.Second, ""},
		{"connection reset, then good", []llmtest.Reply{{Err: errors.New("connection reset by peer")}, good}, 2, time.Second, 2 * time.Second, ""},
		{"nothing came, then good", []llmtest.Reply{{}, good}, 2, time.Second, 2 * time.Second, ""},
		{"error in the stream before text", []llmtest.Reply{{Steps: llmtest.Steps(`data: {"error":{"message":"overloaded"}}` + "\n\n")}, good}, 2, time.Second, 2 * time.Second, ""},
		{"never after text", []llmtest.Reply{{Steps: llmtest.Steps(text("### 半"))}, good}, 1, 0, 0, llm.Truncated},
		{"401 at once", []llmtest.Reply{{Status: 401}}, 1, 0, 0, llm.Auth},
		{"404 at once", []llmtest.Reply{{Status: 404}}, 1, 0, 0, llm.Request},
		{"422 at once", []llmtest.Reply{{Status: 422}}, 1, 0, 0, llm.Request},
		{"529 again", []llmtest.Reply{{Status: 529}, good}, 2, time.Second, 2 * time.Second, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := &llmtest.Transport{Replies: c.replies}
				start := time.Now()
				o := run(t.Context(), over(t, tr), ask)
				took := time.Since(start)
				if len(tr.Times()) != c.requests || took < c.min || took > c.max || o.kind() != c.kind {
					t.Errorf("%d requests in %v, %v; want %d in %v…%v, %q", len(tr.Times()), took, o.err, c.requests, c.min, c.max, c.kind)
				}
				if len(o.notices) != c.requests-1 {
					t.Errorf("notices %q", o.notices)
				}
			})
		})
	}
}

// TestLocalServerLoading: a local server that loads its model gets a minute.
func TestLocalServerLoading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		loading := llmtest.Reply{Status: 503, Steps: llmtest.Steps(`{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`)}
		replies := []llmtest.Reply{}
		for range 20 {
			replies = append(replies, loading)
		}
		tr := &llmtest.Transport{Replies: append(replies, llmtest.Reply{Steps: llmtest.Steps(text(good) + stop)})}
		d := over(t, tr, func(c *llm.Config) { c.BaseURL = "http://127.0.0.1:8080/v1" })
		if o := run(t.Context(), d, ask); o.text != good {
			t.Errorf("%q, %v", o.text, o.err)
		}
	})
}

func TestLargeAnswers(t *testing.T) {
	thinking := strings.Repeat(chunk(`{"reasoning_content":"`+strings.Repeat("想", 90)+`"}`), 30_000)
	o := run(t.Context(), over(t, &llmtest.Transport{Replies: []llmtest.Reply{{Steps: llmtest.Steps(thinking + text(good) + stop)}}}), ask)
	if o.text != good || o.err != nil {
		t.Errorf("10 MB of thinking: %.80q, %v", o.text, o.err)
	}
	long := llmtest.OpenAI(strings.Repeat(good, 60_000), 300)
	o = run(t.Context(), over(t, &llmtest.Transport{Replies: []llmtest.Reply{{Steps: llmtest.Steps(long)}}}), ask)
	if o.kind() != llm.BadReply || len(o.text) < 3<<20 || len(o.text) > 4<<20 {
		t.Errorf("a chapter of 4 MB: %d bytes, %v", len(o.text), o.err)
	}
	endless := &llmtest.Transport{Replies: []llmtest.Reply{{Steps: repeat(text(strings.Repeat("x", 30_000)), 5000)}}}
	if o := run(t.Context(), over(t, endless), ask); o.kind() != llm.BadReply {
		t.Errorf("an endless stream: %v", o.err)
	}
	endless = &llmtest.Transport{Replies: []llmtest.Reply{{Steps: repeat(strings.Repeat(": ping\n", 1000), 20_000)}}}
	if o := run(t.Context(), over(t, endless), ask); o.kind() != llm.BadReply {
		t.Errorf("endless keep-alives: %v", o.err)
	}
	bomb := zip(strings.Repeat(": ping\n", 11<<20))
	tr := &llmtest.Transport{Replies: []llmtest.Reply{{Header: http.Header{"Content-Encoding": {"gzip"}}, Steps: llmtest.Steps(bomb)}}}
	if o := run(t.Context(), over(t, tr), ask); o.kind() != llm.BadReply {
		t.Errorf("a bomb of %d bytes: %v", len(bomb), o.err)
	}
}

func repeat(s string, n int) []llmtest.Step {
	out := make([]llmtest.Step, n)
	for i := range out {
		out[i].Text = s
	}
	return out
}

// TestCancelAnyMoment stops a real connection at a hundred different moments:
// by the context and by leaving the loop.
func TestCancelAnyMoment(t *testing.T) {
	s := llmtest.Serve(t, llmtest.Raw(200, "text/event-stream", llmtest.OpenAI(strings.Repeat(good, 5), 4), 50))
	tr := wire.NewTransport()
	d, err := openai.New(llmtest.Config(llm.OpenAI, s.URL+"/v1"), wire.Options{Transport: tr})
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	for i := range 100 {
		ctx, cancel := context.WithCancel(t.Context())
		if i == 0 {
			cancel()
		}
		n := 0
		for _, err := range d.Draft(ctx, ask) {
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Fatalf("stopped after %d: %v", i, err)
			}
			if n++; n == i {
				if i%2 == 0 {
					break
				}
				cancel()
			}
		}
		cancel()
	}
	tr.CloseIdleConnections()
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before+2; {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
		runtime.Gosched()
	}
}

func TestCancelWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, reply := range map[string]llmtest.Reply{
			"connecting":  {Wait: time.Hour},
			"silent body": {Steps: []llmtest.Step{{Hang: true}}},
			"retrying":    {Status: 503, Header: http.Header{"Retry-After": {"50"}}},
		} {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			tr := &llmtest.Transport{Replies: []llmtest.Reply{reply}}
			start := time.Now()
			o := run(ctx, over(t, tr), ask)
			cancel()
			if !errors.Is(o.err, context.DeadlineExceeded) || time.Since(start) != 10*time.Second || tr.Open() != 0 {
				t.Errorf("%s: %v after %v", name, o.err, time.Since(start))
			}
		}
	})
}
