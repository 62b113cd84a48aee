package wire

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Why a request was ended by ourselves.
var (
	errStalled  = errors.New("no bytes for too long")
	errTooSlow  = errors.New("the whole answer takes too long")
	errTooLarge = errors.New("answer larger than 64 MB")
	errEncoding = errors.New("unknown encoding")
)

// watchdog ends a request when no byte came for a while. It counts only while
// somebody waits for bytes: a slow consumer is not a stalled server.
type watchdog struct {
	limit  time.Duration
	timer  *time.Timer
	cancel context.CancelCauseFunc
}

func newWatchdog(limit time.Duration, cancel context.CancelCauseFunc) *watchdog {
	w := &watchdog{limit: limit, cancel: cancel}
	w.timer = time.AfterFunc(limit, func() { cancel(errStalled) })
	return w
}

// wait runs a blocking call under the watchdog.
func (w *watchdog) wait(call func()) {
	w.timer.Reset(w.limit)
	call()
	w.timer.Stop()
}

// watched is a body under a watchdog and a limit.
type watched struct {
	io.Reader
	dog  *watchdog
	left int64
}

// Read gives the watchdog its bytes, keep-alives included (quirk 1).
func (w *watched) Read(p []byte) (n int, err error) {
	w.dog.wait(func() { n, err = w.Reader.Read(p) })
	if w.left -= int64(n); w.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// capped ends a decompressed body, where a small answer can become huge.
type capped struct {
	io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// plain is the body of an answer, decompressed when a gateway compressed it
// although nobody asked.
func plain(resp *http.Response, dog *watchdog) (io.Reader, error) {
	body := &watched{Reader: resp.Body, dog: dog, left: maxBody}
	switch enc := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); enc {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(body)
		if err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
		return &capped{Reader: z, left: maxBody}, nil
	default:
		return nil, fmt.Errorf("%w %q", errEncoding, cut(enc, 40))
	}
}
