package llm_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dbchapter/llm"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/openai"
	"dbchapter/llm/wire"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
)

func TestTry(t *testing.T) {
	chunk := func(delta string) []llmtest.Step {
		return llmtest.Steps(`data: {"choices":[{"delta":` + delta + `}]}` + "\n\n")
	}
	stop := `data: {"choices":[{"delta":{},"finish_reason":"length"}]}` + "\n\n"
	for name, c := range map[string]struct {
		reply llmtest.Reply
		kind  llm.ErrorKind
	}{
		"a word":             {llmtest.Reply{Steps: chunk(`{"content":"好"}`)}, ""},
		"thinking only":      {llmtest.Reply{Steps: append(chunk(`{"reasoning_content":"嗯"}`), llmtest.Step{Text: stop})}, ""},
		"nothing but length": {llmtest.Reply{Steps: llmtest.Steps(stop)}, ""},
		"wrong key":          {llmtest.Reply{Status: 401}, llm.Auth},
		"no balance":         {llmtest.Reply{Status: 402}, llm.Balance},
		"silence":            {llmtest.Reply{Wait: time.Hour}, llm.Stalled},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				conf := llmtest.Config(llm.OpenAI, "https://api.example.com/v1")
				tr := &llmtest.Transport{Replies: []llmtest.Reply{c.reply}}
				d, err := openai.New(conf, wire.Options{Transport: tr})
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				_, err = llm.Try(t.Context(), d.(llm.Asker), conf)
				var e *llm.Error
				kind := llm.ErrorKind("")
				if errors.As(err, &e) {
					kind = e.Kind
				}
				if kind != c.kind || time.Since(began) > 10*time.Second || tr.Open() != 0 {
					t.Errorf("%v after %v", err, time.Since(began))
				}
			})
		})
	}
}

func TestPlan(t *testing.T) {
	b, _ := brief.Preset("ecommerce")
	p := prompt.Whole(brief.Complete(b))
	c := llmtest.Config(llm.OpenAI, "https://api.example.com/v1")
	if s := llm.PlanOf(c, p, 3).String(); !strings.Contains(s, "api.example.com") || !strings.Contains(s, "不估算") || !strings.Contains(s, "3 处") {
		t.Errorf("plan %s", s)
	}
	c.Price = llm.Price{Input: 1, Output: 2}
	plan := llm.PlanOf(c, p, 0)
	if plan.Cost <= 0 || plan.Cost > 1 || !strings.Contains(plan.String(), "约 ¥0.0") || plan.Bytes != len(p.Text) || plan.Input < 2000 {
		t.Errorf("plan %+v\n%s", plan, plan)
	}
	if s := llm.PlanOf(llm.Config{ID: llm.Offline}, p, 0).String(); !strings.Contains(s, "什么都不会发送") {
		t.Errorf("plan %s", s)
	}
}
