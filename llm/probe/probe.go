// Package probe looks for model servers on this machine. It only ever connects
// to loopback, and sends no more than a request for the list of models.
package probe

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"

	"dbchapter/llm"
)

// Found is a server that answered.
type Found struct {
	Config llm.Config // of the preset, with the first model that can write
	Models []string
}

// limit is how long a server on this machine may take to say hello.
const limit = 200 * time.Millisecond

// Local asks the known local servers, all at once, and gives those that
// answer, in the order of the presets. Configurations whose address is not on
// this machine are passed over.
func Local(ctx context.Context, candidates []llm.Config) []Found {
	found := make([]*Found, len(candidates))
	client := &http.Client{
		Timeout:       limit,
		Transport:     &http.Transport{DisableCompression: true, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	var all sync.WaitGroup
	for i, c := range candidates {
		if !c.Local() {
			continue
		}
		all.Go(func() { found[i] = hello(ctx, client, c) })
	}
	all.Wait()
	var out []Found
	for _, f := range found {
		if f != nil {
			out = append(out, *f)
		}
	}
	return out
}

// Candidates are the presets that run on this machine, as the sources have
// them.
func Candidates(s llm.Sources) []llm.Config {
	var out []llm.Config
	for _, p := range llm.Presets() {
		if !p.Local() {
			continue
		}
		if c, err := s.Open(p.ID); err == nil {
			out = append(out, c)
		}
	}
	return out
}

// hello asks one server for its models; nil when nobody that we know answers.
func hello(ctx context.Context, client *http.Client, c llm.Config) *Found {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.BaseURL+c.Protocol.ModelsPath(), nil)
	if err != nil {
		return nil
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil
	}
	defer func() { _ = resp.Body.Close() }()
	var l llm.ModelList
	if resp.StatusCode != http.StatusOK || json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&l) != nil {
		return nil
	}
	models := l.Names()
	if l.Data == nil && l.Models == nil {
		return nil // some other service on that port
	}
	if c.Model == "" && len(models) > 0 {
		c.Model = l.First()
	}
	return &Found{Config: c, Models: models}
}
