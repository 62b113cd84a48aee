package wire

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"dbchapter/llm"
)

// The limits of size (reliability.md §3.4).
const (
	maxHeader    = 64 << 10
	maxErrorBody = 64 << 10
	maxEvent     = 1 << 20
	maxWhole     = 8 << 20   // an answer that is not a stream
	maxBody      = 64 << 20  // of a stream, framing and thinking included
	maxText      = 512 << 10 // of the chapter, for one section
)

// NewTransport is the way out: connections in 10 s, TLS 1.2 at least, no
// transparent decompression (a bomb would pass), proxies for https only.
func NewTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  func(r *http.Request) (*url.URL, error) { return Proxy(r.URL) },
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:      true,
		DisableCompression:     true,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           8,
		IdleConnTimeout:        30 * time.Second,
	}
}

// Proxy is the proxy that the environment names for an address, nil for none.
// Plain http and this machine never go through one: it would see the key.
func Proxy(u *url.URL) (*url.URL, error) {
	if u.Scheme != "https" || llm.Loopback(u.Hostname()) {
		return nil, nil
	}
	return http.ProxyFromEnvironment(&http.Request{URL: u})
}

// newClient never follows a redirect: net/http forwards X-Api-Key and the body
// to the other host (models.md §2.30a).
func newClient(t http.RoundTripper) *http.Client {
	return &http.Client{
		Transport:     t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// sign puts the key where the service wants it.
func sign(h http.Header, c llm.Config) {
	for name, value := range c.Headers {
		h.Set(name, value)
	}
	switch {
	case !c.Key.Set():
	case c.Auth == "", strings.EqualFold(c.Auth, "bearer"):
		h.Set("Authorization", "Bearer "+c.Key.Reveal())
	default:
		h.Set(c.Auth, c.Key.Reveal())
	}
}
