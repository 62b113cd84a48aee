package wire

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"

	"dbchapter/llm"
)

// listed is what servers call their models in: data (OpenAI, Anthropic) or
// models (Ollama).
type listed struct {
	Data   []struct{ ID string }
	Models []struct{ Name, ID string }
}

// named is what a model's name may hold: it comes from outside and is printed.
var named = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._:/@+~-]{0,127}$`)

// Models asks the server which models it has, in its order.
func (d *Drafter) Models(ctx context.Context) ([]string, error) {
	s := session{Drafter: d, ask: llm.Ask{Parts: 1}}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	dog := newWatchdog(d.config.FirstByte, cancel)
	defer dog.timer.Stop()
	s.dog = dog
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, join(d.base, d.dialect.Models(d.base)), nil)
	if err != nil {
		return nil, s.fault(ctx, err)
	}
	d.stamp(req.Header)
	var resp *http.Response
	dog.wait(func() { resp, err = d.client.Do(req) })
	if err != nil {
		return nil, s.fault(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode >= 300 {
		return nil, s.refused(ctx, resp, dog)
	}
	body, err := plain(resp, dog)
	if err != nil {
		return nil, s.fault(ctx, err)
	}
	data, err := io.ReadAll(io.LimitReader(body, maxWhole))
	if err != nil {
		return nil, s.fault(ctx, err)
	}
	var l listed
	if err := json.Unmarshal(data, &l); err != nil {
		return nil, s.problem(llm.BadReply, "模型列表读不懂（%s）", s.plain(string(data)))
	}
	return l.names(), nil
}

func (l listed) names() []string {
	var out []string
	for _, m := range l.Data {
		out = append(out, m.ID)
	}
	for _, m := range l.Models {
		if m.Name == "" {
			m.Name = m.ID
		}
		out = append(out, m.Name)
	}
	good := out[:0]
	for _, n := range out {
		if named.MatchString(n) {
			good = append(good, n)
		}
	}
	return good
}

// embedding models can't write.
var embedding = regexp.MustCompile(`(?i)embed|rerank|whisper|\bbge\b`)

// firstModel is the model a local server offers when none was named.
func (s *session) firstModel(ctx context.Context) (string, error) {
	all, err := s.Models(ctx)
	if err != nil {
		return "", err
	}
	for _, m := range all {
		if !embedding.MatchString(m) {
			return m, nil
		}
	}
	e := s.problem(llm.BadConfig, "服务上没有可用的模型")
	e.Hint = "先装一个模型，或用 --model 指定"
	if s.config.Protocol == llm.Ollama {
		e.Hint = "先取一个模型，如 ollama pull qwen3:8b，或用 --model 指定"
	}
	return "", fmt.Errorf("first model: %w", e)
}
