package openai_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"dbchapter/llm"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/openai"
	"dbchapter/prompt"
)

const good = "### 数据库架构\n#### 整体设计原则\n- **读写分离**：主库写入\n"

// chunk is one event with a delta.
func chunk(delta string) string {
	return `data: {"choices":[{"index":0,"delta":` + delta + `}]}` + "\n\n"
}

func text(s string) string { return chunk(fmt.Sprintf(`{"content":%q}`, s)) }

const (
	stop  = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n"
	final = "data: [DONE]\n\n"
)

// fast gives up soon, so that a case that stalls costs little.
func fast(url string) llm.Config {
	c := llmtest.Config(llm.OpenAI, url)
	c.FirstByte, c.Idle, c.Total = 2*time.Second, 150*time.Millisecond, 5*time.Second
	return c
}

type outcome struct {
	text    string
	thought string
	notices []string
	done    llm.Delta
	err     error
}

func draft(t *testing.T, c llm.Config, p prompt.Prompt) outcome {
	t.Helper()
	d, err := openai.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return run(t.Context(), d, p)
}

func run(ctx context.Context, d llm.Drafter, p prompt.Prompt) (o outcome) {
	var text, thought strings.Builder
	defer func() { o.text, o.thought = text.String(), thought.String() }()
	for delta, err := range d.Draft(ctx, p) {
		if err != nil {
			o.err = err
			continue
		}
		switch delta.Kind {
		case llm.Text:
			text.WriteString(delta.Text)
		case llm.Reasoning:
			thought.WriteString(delta.Text)
		case llm.Retry:
			o.notices = append(o.notices, delta.Text)
		case llm.Done:
			o.done = delta
		}
	}
	return o
}

func (o outcome) kind() llm.ErrorKind {
	var e *llm.Error
	if errors.As(o.err, &e) {
		return e.Kind
	}
	return ""
}

var ask = prompt.Prompt{Text: "请生成数据库设计章节"}

func zip(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

// quirks are the rows of models.md §2 that one answer can show.
var quirks = []struct {
	name    string
	handler http.HandlerFunc
	text    string
	thought string
	finish  llm.Finish
	kind    llm.ErrorKind // "" means a good end
	usage   llm.Usage
	says    string // part of a notice or of the error's message
}{
	{name: "1 comments keep alive", handler: llmtest.Events(": OPENROUTER PROCESSING\n\n:\n\n: ping\n\n" + text(good) + stop + final), text: good, finish: llm.Stop},
	{name: "1 keep-alive inside data", handler: llmtest.Events("data: : PROCESSING\n\n" + text(good) + stop + final), text: good, finish: llm.Stop},
	{name: "2 error object inside 200, first", handler: llmtest.Events(`data: {"error":{"message":"Invalid API key","code":401}}` + "\n\n"), kind: llm.Auth},
	{name: "2 error object after text", handler: llmtest.Events(text("### 数据库") + `data: {"error":{"message":"upstream overloaded","code":502},"choices":[]}` + "\n\n"), text: "### 数据库", kind: llm.Server, says: "upstream overloaded"},
	{name: "2 error null is no error", handler: llmtest.Events(`data: {"error":null,"choices":[{"delta":{"content":"好"}}]}` + "\n\n" + stop), text: "好", finish: llm.Stop},
	{name: "2 dashscope code and message in the stream", handler: llmtest.Events(`data: {"code":"DataInspectionFailed","message":"Input data may contain inappropriate content.","request_id":"x"}` + "\n\n"), kind: llm.Filter},
	{name: "3 HTML with 200", handler: llmtest.Raw(200, "text/html", "<!DOCTYPE html><html><head><title>登录 · 公司网关</title></head></html>", 0), kind: llm.BadReply, says: "登录 · 公司网关"},
	{name: "3 HTML called event stream", handler: llmtest.Events("\n<html><title>proxy</title>"), kind: llm.BadReply, says: "proxy"},
	{name: "3 JSON error with 200", handler: llmtest.Raw(200, "application/json", `{"error":{"message":"Insufficient Balance","type":"unknown_error"}}`, 0), kind: llm.Balance},
	{name: "3 JSON answer that is not streamed", handler: llmtest.Raw(200, "application/json", `{"choices":[{"message":{"role":"assistant","content":"### 好"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3}}`, 0), text: "### 好", finish: llm.Stop, usage: llm.Usage{Input: 9, Output: 3}},
	{name: "4 no finish reason", handler: llmtest.Events(text("### 数据库架构\n- 半句")), text: "### 数据库架构\n- 半句", kind: llm.Truncated},
	{name: "4 DONE without finish reason", handler: llmtest.Events(text("### 半") + final), text: "### 半", kind: llm.Truncated},
	{name: "4 cut inside an event", handler: llmtest.Events(text("### 半") + `data: {"choices":[{"del`), text: "### 半", kind: llm.Truncated},
	{name: "5 finished without DONE", handler: llmtest.Events(text(good) + stop), text: good, finish: llm.Stop},
	{name: "5 DONE and the body stays open", handler: open(text(good) + stop + final), text: good, finish: llm.Stop},
	{name: "5 finished, no DONE, the body stays open", handler: open(text(good) + stop), text: good, finish: llm.Stop},
	{name: "6 stall in the middle", handler: open(text("### 半")), text: "### 半", kind: llm.Stalled, says: "没有收到任何数据"},
	{name: "7 empty choices and missing delta", handler: llmtest.Events(`data: {"choices":[],"prompt_filter_results":[]}` + "\n\n" + `data: {"choices":[{"index":0}]}` + "\n\n" + chunk("null") + text(good) + stop), text: good, finish: llm.Stop},
	{name: "8 reasoning_content", handler: llmtest.Events(chunk(`{"reasoning_content":"先想"}`) + text(good) + stop), text: good, thought: "先想", finish: llm.Stop},
	{name: "8 reasoning", handler: llmtest.Events(chunk(`{"reasoning":"先想","content":null}`) + text(good) + stop), text: good, thought: "先想", finish: llm.Stop},
	{name: "8 both names once", handler: llmtest.Events(chunk(`{"reasoning":"想","reasoning_content":"想"}`) + text(good) + stop), text: good, thought: "想", finish: llm.Stop},
	{name: "8 list of blocks", handler: llmtest.Events(chunk(`{"content":[{"type":"thinking","thinking":[{"type":"text","text":"先想"}]},{"type":"text","text":"### 好"}]}`) + stop), text: "### 好", thought: "先想", finish: llm.Stop},
	{name: "8 think tag over chunk borders", handler: llmtest.Events(text("<th") + text("ink>先想</thi") + text("nk>\n\n") + text(good) + stop), text: good, thought: "先想", finish: llm.Stop},
	{name: "15 retry after too long", handler: llmtest.Raw(429, "application/json", `{"error":{"message":"Rate limit reached"}}`, 0, "Retry-After", "600"), kind: llm.Rate},
	{name: "14 zhipu 1113 is the balance", handler: llmtest.Raw(429, "application/json", `{"error":{"code":"1113","message":"您的账户已欠费，请充值后重试"}}`, 0), kind: llm.Balance},
	{name: "14 zhipu 1308 is a quota", handler: llmtest.Raw(429, "application/json", `{"error":{"code":"1308","message":"已达到 5 小时的使用上限"}}`, 0), kind: llm.Quota},
	{name: "16 402", handler: llmtest.Raw(402, "application/json", `{"error":{"message":"Insufficient Balance"}}`, 0), kind: llm.Balance},
	{name: "17 insufficient_system_resource", handler: llmtest.Events(text("### 半") + strings.Replace(stop, `"stop"`, `"insufficient_system_resource"`, 1)), text: "### 半", kind: llm.Server},
	{name: "17 unknown reason", handler: llmtest.Events(text(good) + strings.Replace(stop, `"stop"`, `"mystery"`, 1)), text: good, finish: llm.Stop, says: "mystery"},
	{name: "17 length", handler: llmtest.Events(text(good) + strings.Replace(stop, `"stop"`, `"length"`, 1)), text: good, finish: llm.Length},
	{name: "18 usage in the last chunk", handler: llmtest.Events(text(good) + stop + `data: {"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}}` + "\n\n" + final), text: good, finish: llm.Stop, usage: llm.Usage{Input: 11, Output: 5, Cached: 4, Reasoning: 2}},
	{name: "18 usage in the choice", handler: llmtest.Events(text(good) + `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":11,"completion_tokens":5,"cached_tokens":3}}]}` + "\n\n" + final), text: good, finish: llm.Stop, usage: llm.Usage{Input: 11, Output: 5, Cached: 3}},
	{name: "18 usage in each chunk, deepseek cache", handler: llmtest.Events(`data: {"choices":[{"delta":{"content":"好"}}],"usage":{"prompt_tokens":11,"completion_tokens":1}}` + "\n\n" + `data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":2,"prompt_cache_hit_tokens":8}}` + "\n\n"), text: "好", finish: llm.Stop, usage: llm.Usage{Input: 11, Output: 2, Cached: 8}},
	{name: "20 detail list", handler: llmtest.Raw(422, "application/json", `{"detail":[{"loc":["body","messages"],"msg":"field required","type":"value_error"}]}`, 0), kind: llm.Request, says: "field required"},
	{name: "20 bare string", handler: llmtest.Raw(400, "application/json", `{"error":"model \"x\" is broken"}`, 0), kind: llm.Request, says: "is broken"},
	{name: "20 object error", handler: llmtest.Raw(400, "application/json", `{"object":"error","message":"bad role","code":40001}`, 0), kind: llm.Request, says: "bad role"},
	{name: "20 HTML error", handler: llmtest.Raw(403, "text/html", `<html><title>403 Forbidden</title></html>`, 0), kind: llm.Auth, says: "403 Forbidden"},
	{name: "20 empty body", handler: llmtest.Raw(404, "", "", 0), kind: llm.Request, says: "HTTP 404"},
	{name: "20 list around the error", handler: llmtest.Raw(400, "application/json", `[{"error":{"code":400,"message":"API key not valid. Please pass a valid API_KEY","status":"INVALID_ARGUMENT"}}]`, 0), kind: llm.Request, says: "not valid"},
	{name: "21 prompt cut in silence", handler: llmtest.Events(text(good) + stop + `data: {"choices":[],"usage":{"prompt_tokens":2,"completion_tokens":5}}` + "\n\n" + final), text: good, finish: llm.Stop, usage: llm.Usage{Input: 2, Output: 5}, says: "可能被截断"},
	{name: "24 blank text", handler: llmtest.Events(text("    \n  \n") + stop + final), text: "    \n  \n", kind: llm.Empty},
	{name: "27 odd types", handler: llmtest.Events(`data: {"id":7,"created":1.5e9,"choices":[{"index":null,"logprobs":3,"delta":{"role":null,"content":"好"}}],"usage":{"prompt_tokens":"12"}}` + "\n\n" + stop), text: "好", finish: llm.Stop, usage: llm.Usage{Input: 12}},
	{name: "27 900 kB line", handler: llmtest.Events(text(strings.Repeat("a", 900_000)) + stop), text: strings.Repeat("a", 900_000), finish: llm.Stop},
	{name: "27 gzip unasked", handler: llmtest.Raw(200, "text/event-stream", zip(text(good)+stop), 7, "Content-Encoding", "gzip"), text: good, finish: llm.Stop},
	{name: "27 byte order mark", handler: llmtest.Events("\ufeff" + text(good) + stop), text: good, finish: llm.Stop},
	{name: "27 bad JSON event", handler: llmtest.Events(text("### 半") + "data: {oops}\n\n" + text("x") + stop), text: "### 半", kind: llm.BadReply},
	{name: "27 event of 2 MB", handler: llmtest.Events(text(strings.Repeat("a", 2<<20)) + stop), kind: llm.BadReply},
	{name: "28 content filter after text", handler: llmtest.Events(text("### 半") + strings.Replace(stop, `"stop"`, `"content_filter"`, 1)), text: "### 半", finish: llm.Filtered},
	{name: "28 content filter at once", handler: llmtest.Events(strings.Replace(stop, `"stop"`, `"sensitive"`, 1)), kind: llm.Filter},
	{name: "28 zhipu 1301", handler: llmtest.Raw(400, "application/json", `{"error":{"code":"1301","message":"系统检测到输入内容可能包含敏感内容"}}`, 0), kind: llm.Filter},
	{name: "context too long", handler: llmtest.Raw(400, "application/json", `{"error":{"code":"context_length_exceeded","message":"This model's maximum context length is 8192 tokens"}}`, 0), kind: llm.Context},
	{name: "unknown encoding", handler: llmtest.Raw(200, "text/event-stream", "xx", 0, "Content-Encoding", "br"), kind: llm.BadReply},
	{name: "invalid UTF-8 and lone surrogates", handler: llmtest.Events("data: {\"choices\":[{\"delta\":{\"content\":\"好\xff\\ud800！\"}}]}\n\n" + stop), text: "好\ufffd\ufffd！", finish: llm.Stop},
}

// open sends a body and keeps the connection until the client leaves.
func open(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		llmtest.Events(body)(w, r)
		<-r.Context().Done()
	}
}

func TestQuirks(t *testing.T) {
	for _, q := range quirks {
		t.Run(q.name, func(t *testing.T) {
			t.Parallel()
			s := llmtest.Serve(t, q.handler)
			o := draft(t, fast(s.URL), ask)
			if o.text != q.text || o.thought != q.thought {
				t.Errorf("text = %.200q, thought = %q; want %.200q, %q", o.text, o.thought, q.text, q.thought)
			}
			if o.kind() != q.kind || o.done.Finish != q.finish || o.done.Usage != q.usage {
				t.Errorf("kind %q finish %q usage %+v (%v); want %q %q %+v", o.kind(), o.done.Finish, o.done.Usage, o.err, q.kind, q.finish, q.usage)
			}
			said := strings.Join(o.notices, "\n")
			var e *llm.Error
			if errors.As(o.err, &e) {
				said += e.Message
				if e.Hint == "" {
					t.Errorf("%v has no hint", e)
				}
			}
			if !strings.Contains(said, q.says) {
				t.Errorf("said %q, want %q in it", said, q.says)
			}
		})
	}
}
