package wire

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"syscall"
	"time"

	"dbchapter/llm"
)

const (
	maxTries   = 3
	maxAdapted = 8
	maxWait    = 60 * time.Second // a longer wait is the person's decision
)

// again decides whether a failure before the first visible character is worth
// another request, and waits for it. A refused parameter and thinking without
// an answer are mended at once, the rest waits.
func (s *session) again(ctx context.Context, err error) bool {
	var e *llm.Error
	if !errors.As(err, &e) || s.gone {
		return false
	}
	if what := s.mend(e); what != "" && s.adapted < maxAdapted {
		s.adapted++
		return s.notice("%s", what)
	}
	if !s.passing(e) {
		return false
	}
	s.tries++
	wait := max(backoff(s.tries), e.After)
	if e.Kind == llm.Server && e.Status == 503 && s.config.Local() {
		wait = max(2*time.Second, e.After)
	}
	if !s.notice("%s；%s后第 %d 次尝试", e.Message, span(wait), s.tries+1) {
		return false
	}
	return sleep(ctx, wait)
}

// passing says whether a failure may be gone in a moment (quirks 14, 15, 31).
func (s *session) passing(e *llm.Error) bool {
	if e.After > maxWait {
		return false
	}
	if e.Status == 503 && s.config.Local() { // a model is being loaded
		return time.Since(s.began) < maxWait
	}
	if s.tries >= maxTries-1 {
		return false
	}
	switch e.Kind {
	case llm.Rate, llm.Truncated:
		return true
	case llm.Server:
		return e.Status != 501 && e.Status != 505
	case llm.Network:
		return s.transient(e)
	}
	return false
}

// transient tells a network that hiccups from one that is not there: a name
// that does not exist and a local server that is not running stay so.
func (s *session) transient(e *llm.Error) bool {
	var dns *net.DNSError
	if errors.As(e, &dns) {
		return !dns.IsNotFound
	}
	return !(errors.Is(e, syscall.ECONNREFUSED) && s.config.Local())
}

// backoff is a random wait that grows: 1–2 s, then 1–4 s.
func backoff(try int) time.Duration {
	span := time.Duration(1<<try-1) * time.Second
	return min(30*time.Second, time.Second+rand.N(span))
}

func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
