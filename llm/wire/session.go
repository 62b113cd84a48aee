package wire

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"dbchapter/llm"
)

// grace is how long we wait for the usage of an answer that has ended, when
// the server leaves the connection open (quirk 5).
const grace = 2 * time.Second

// session is one Ask: several requests at most, of which one is shown.
type session struct {
	*Drafter
	ask   llm.Ask
	yield func(llm.Delta, error) bool

	model   string
	shown   bool // a visible piece was passed on
	gone    bool // the consumer left
	tries   int
	adapted int
	began   time.Time
	dog     *watchdog // of the present request
}

// run asks until an answer came, the consumer left, or nothing helps.
func (s *session) run(ctx context.Context) {
	total := s.config.Total * time.Duration(max(1, s.ask.Parts))
	ctx, cancel := context.WithTimeoutCause(ctx, total, errTooSlow)
	defer cancel()
	s.began, s.model = time.Now(), s.config.Model
	if s.model == "" {
		model, err := s.firstModel(ctx)
		if err != nil {
			s.yield(llm.Delta{}, err)
			return
		}
		s.model = model
	}
	for {
		err := s.once(ctx)
		switch {
		case err == nil || s.gone:
			return
		case s.shown || !s.again(ctx, err):
			if ctx.Err() != nil {
				err = s.fault(ctx, err)
			}
			if !s.gone {
				s.yield(llm.Delta{}, err)
			}
			return
		}
	}
}

// notice tells people something; false when the consumer left.
func (s *session) notice(format string, args ...any) bool {
	return s.pass(llm.Delta{Kind: llm.Retry, Text: fmt.Sprintf(format, args...)})
}

func (s *session) pass(d llm.Delta) bool {
	if s.gone {
		return false
	}
	if d.Kind == llm.Text && strings.TrimSpace(d.Text) != "" {
		s.shown = true
	}
	s.gone = !s.yield(d, nil)
	return !s.gone
}

// once is one request and its answer.
func (s *session) once(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	dog := newWatchdog(s.config.FirstByte, cancel)
	defer dog.timer.Stop()
	s.dog = dog
	req, err := s.request(ctx)
	if err != nil {
		return s.fault(ctx, err)
	}
	var resp *http.Response
	dog.wait(func() { resp, err = s.client.Do(req) })
	if err != nil {
		return s.fault(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode >= 300 {
		return s.refused(ctx, resp, dog)
	}
	return s.answer(ctx, resp, dog)
}

func (s *session) request(ctx context.Context) (*http.Request, error) {
	body := encode(s.body(s.model, s.ask))
	url := join(s.base, s.prefix()+s.dialect.Chat(s.base))
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream, application/x-ndjson, application/json")
	s.stamp(req.Header)
	return req, nil
}

// stamp sets the headers of every request.
func (d *Drafter) stamp(h http.Header) {
	h.Set("User-Agent", "dbchapter")
	d.dialect.Header(h)
	sign(h, d.config)
}

// answer reads a body of status 2xx.
func (s *session) answer(ctx context.Context, resp *http.Response, dog *watchdog) error {
	body, err := plain(resp, dog)
	if err != nil {
		return s.fault(ctx, err)
	}
	in := bufio.NewReaderSize(body, 32<<10)
	kind, err := look(in)
	if err != nil && err != io.EOF {
		return s.fault(ctx, err)
	}
	var src source
	switch {
	case kind == page:
		text, _ := io.ReadAll(io.LimitReader(in, maxErrorBody))
		return s.webPage(resp.StatusCode, text)
	case s.dialect.Lines():
		src = objects{newLineReader(in)}
	case kind == document:
		src = &whole{in}
	default:
		src = events{newLineReader(in)}
	}
	return s.read(ctx, src, dog)
}

// read turns events into deltas until the answer is over.
func (s *session) read(ctx context.Context, src source, dog *watchdog) error {
	r := &Reply{key: s.config.Key}
	for !r.over && r.failure == nil {
		e, err := src.next()
		if err != nil {
			return s.end(ctx, r, err)
		}
		s.dialect.Read(e, r)
		if err := s.drain(r); err != nil || s.gone {
			return err
		}
		switch {
		case r.reason != "":
			dog.limit = min(grace, s.config.Idle)
		case r.visible || r.thought > 0:
			dog.limit = s.config.Idle
		}
	}
	return s.end(ctx, r, nil)
}

// drain passes on what a dialect read.
func (s *session) drain(r *Reply) error {
	for _, d := range r.pending {
		if !s.pass(d) {
			break
		}
	}
	r.pending = r.pending[:0]
	if r.text > maxText*max(1, s.ask.Parts) {
		return s.problem(llm.BadReply, "答复超过 %d KB 还没有结束", maxText*max(1, s.ask.Parts)>>10)
	}
	return nil
}

// end decides what the end of a stream means: only a finish reason makes an
// answer complete (quirks 4, 5).
func (s *session) end(ctx context.Context, r *Reply, cause error) error {
	r.flush()
	if err := s.drain(r); err != nil || s.gone {
		return err
	}
	switch {
	case r.failure != nil:
		return s.inStream(r.failure)
	case ctx.Err() != nil && context.Cause(ctx) != errStalled:
		return s.fault(ctx, cause)
	case r.reason != "":
		return s.done(r)
	case cause != nil && cause != io.EOF && !errors.Is(cause, io.ErrUnexpectedEOF):
		return s.broken(ctx, r, cause)
	}
	return s.problem(llm.Truncated, "答复没有写完就断了")
}

// broken is a stream that ended by an error in its middle.
func (s *session) broken(ctx context.Context, r *Reply, cause error) error {
	switch {
	case errors.Is(cause, errTooLong), errors.Is(cause, errTooLarge):
		return s.problem(llm.BadReply, "答复过大：%v", cause)
	case context.Cause(ctx) == nil && (r.visible || r.thought > 0):
		return s.problem(llm.Truncated, "答复写到一半连接断了（%s）", s.plain(cause.Error()))
	}
	return s.fault(ctx, cause)
}

// done passes on the last delta of a good answer.
func (s *session) done(r *Reply) error {
	finish, kind, known := finishOf(r.reason)
	switch {
	case kind != "":
		return s.problem(kind, "服务中途放弃（%s）", s.plain(r.reason))
	case !r.visible && finish == llm.Filtered:
		return s.problem(llm.Filter, "服务以内容安全为由没有回答（%s）", s.plain(r.reason))
	case !r.visible && r.thought > 0:
		return s.problem(llm.Empty, "模型只输出了思考过程，没有写正文")
	case !r.visible:
		return s.problem(llm.Empty, "模型的答复是空的")
	}
	if !known {
		s.notice("服务给出了不认识的结束原因 %q，按写完处理", s.plain(r.reason))
	}
	if u := r.usage.Input; u > 0 && u < s.ask.AtLeast()*4/5 {
		s.notice("服务只读了 %d 个 token 的提示词，可能被截断：请调大服务端的上下文长度", u)
	}
	s.pass(llm.Delta{Kind: llm.Done, Finish: finish, Usage: r.usage})
	return nil
}
