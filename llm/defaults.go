package llm

import (
	"strings"
	"time"
)

// The limits of time (reliability.md §3.3); a server on this machine reads the
// prompt slowly before it says anything.
const (
	defaultFirstByte      = 60 * time.Second
	defaultLocalFirstByte = 5 * time.Minute
	defaultIdle           = 45 * time.Second
	defaultTotal          = 10 * time.Minute
	defaultMaxTokens      = 32768
	defaultParallel       = 3
)

// withDefaults fills what neither preset nor person said.
func (c Config) withDefaults() Config {
	if c.FirstByte <= 0 {
		c.FirstByte = defaultFirstByte
		if c.Local() {
			c.FirstByte = defaultLocalFirstByte
		}
	}
	if c.Idle <= 0 {
		c.Idle = defaultIdle
	}
	if c.Total <= 0 {
		c.Total = defaultTotal
	}
	if c.Parallel <= 0 {
		c.Parallel = defaultParallel
	}
	if c.MaxTokens <= 0 && !c.Local() {
		c.MaxTokens = defaultMaxTokens
	}
	if c.Auth == "" && c.Protocol == Anthropic {
		c.Auth = "x-api-key"
	}
	if c.Name == "" {
		c.Name = c.ID
	}
	return c
}

// Complete is c with every limit filled in, for configurations made by hand.
func (c Config) Complete() Config {
	c.BaseURL = cleanBase(c.BaseURL)
	if c.Protocol == "" {
		c.Protocol = OpenAI
	}
	return c.withDefaults()
}

// endpoints are what people copy from documentation behind the base address.
var endpoints = []string{"/chat/completions", "/completions", "/messages", "/api/chat", "/api"}

// cleanBase is the address without blanks, final slashes and the endpoint.
func cleanBase(raw string) string {
	raw = strings.TrimRight(strings.TrimSpace(raw), "/")
	for _, e := range endpoints {
		if cut, ok := strings.CutSuffix(raw, e); ok && e != "/api" || ok && strings.HasSuffix(cut, ":11434") {
			return strings.TrimRight(cut, "/")
		}
	}
	return raw
}
