package wire

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"dbchapter/llm"
)

// Models asks the server which models it has, in its order.
func (d *Drafter) Models(ctx context.Context) ([]string, error) {
	l, err := d.list(ctx)
	return l.Names(), err
}

func (d *Drafter) list(ctx context.Context) (l llm.ModelList, err error) {
	s := session{Drafter: d, ask: llm.Ask{Parts: 1}}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	dog := newWatchdog(d.config.FirstByte, cancel)
	defer dog.timer.Stop()
	s.dog = dog
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, join(d.base, d.dialect.Models(d.base)), nil)
	if err != nil {
		return l, s.fault(ctx, err)
	}
	d.stamp(req.Header)
	var resp *http.Response
	dog.wait(func() { resp, err = d.client.Do(req) })
	if err != nil {
		return l, s.fault(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode >= 300 {
		return l, s.refused(ctx, resp, dog)
	}
	body, err := plain(resp, dog)
	if err != nil {
		return l, s.fault(ctx, err)
	}
	data, err := io.ReadAll(io.LimitReader(body, maxWhole))
	if err != nil {
		return l, s.fault(ctx, err)
	}
	if err := json.Unmarshal(data, &l); err != nil {
		return l, s.problem(llm.BadReply, "模型列表读不懂（%s）", s.plain(string(data)))
	}
	return l, nil
}

// firstModel is the model a local server offers when none was named.
func (s *session) firstModel(ctx context.Context) (string, error) {
	l, err := s.list(ctx)
	if err != nil {
		return "", err
	}
	if m := l.First(); m != "" {
		return m, nil
	}
	e := s.problem(llm.BadConfig, "服务上没有可用的模型")
	e.Hint = "先装一个模型，或用 --model 指定"
	if s.config.Protocol == llm.Ollama {
		e.Hint = "先取一个模型，如 ollama pull qwen3:8b，或用 --model 指定"
	}
	return "", e
}
