package llmtest

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

// A Step is something a body does when it is read.
type Step struct {
	Text string        // one Read gives it
	Wait time.Duration // before it
	Hang bool          // until the request is cancelled
	Err  error
}

// Reply is one answer of a Transport.
type Reply struct {
	Status int // 0 is 200
	Header http.Header
	Err    error         // instead of an answer
	Wait   time.Duration // before the header
	Steps  []Step
}

// Transport answers without sockets, so that a test in a synctest bubble owns
// the clock. Replies come in order, the last one again and again.
type Transport struct {
	Replies []Reply

	mu    sync.Mutex
	times []time.Time
	open  int
}

// Times are when the requests came.
func (t *Transport) Times() []time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]time.Time{}, t.times...)
}

// Open is how many bodies were not closed yet.
func (t *Transport) Open() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.open
}

// RoundTrip answers one request.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}
	t.mu.Lock()
	t.times = append(t.times, time.Now())
	reply := t.Replies[min(len(t.times), len(t.Replies))-1]
	t.mu.Unlock()
	if err := pause(r.Context(), reply.Wait); err != nil {
		return nil, err
	}
	if reply.Err != nil {
		return nil, reply.Err
	}
	t.mu.Lock()
	t.open++
	t.mu.Unlock()
	h := reply.Header
	if h == nil {
		h = http.Header{}
	}
	status := reply.Status
	if status == 0 {
		status = http.StatusOK
	}
	return &http.Response{
		StatusCode: status, Header: h, Request: r, ProtoMajor: 1, ProtoMinor: 1,
		Body: &body{ctx: r.Context(), steps: reply.Steps, done: t.closed},
	}, nil
}

func (t *Transport) closed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.open--
}

func pause(ctx context.Context, d time.Duration) error {
	if d == 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// body gives one step a Read.
type body struct {
	ctx   context.Context
	steps []Step
	rest  string
	once  sync.Once
	done  func()
}

// Read gives the next piece.
func (b *body) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	for b.rest == "" {
		if len(b.steps) == 0 {
			return 0, io.EOF
		}
		s := b.steps[0]
		if s.Hang {
			<-b.ctx.Done()
			return 0, b.ctx.Err()
		}
		b.steps = b.steps[1:]
		if err := pause(b.ctx, s.Wait); err != nil {
			return 0, err
		}
		if s.Err != nil {
			return 0, s.Err
		}
		b.rest = s.Text
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// Close tells the transport.
func (b *body) Close() error {
	b.once.Do(b.done)
	return nil
}

// Steps gives each text in a Read of its own.
func Steps(texts ...string) []Step {
	out := make([]Step, len(texts))
	for i, t := range texts {
		out[i].Text = t
	}
	return out
}
