package compose_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dbchapter/llm"
	"dbchapter/llm/compose"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/offline"
	"dbchapter/llm/openai"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// rate is how many tokens a second each stream of the benchmark's server has:
// some twenty times that of a hosted model, so that the benchmark ends. A token
// counts as six bytes.
const rate = 1000

// steady is a model server on loopback that knows one chapter and writes at a
// constant rate, whoever else asks.
func steady(b *testing.B, s shop) llm.Drafter {
	b.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		began, sent := time.Now(), 0
		flush := http.NewResponseController(w)
		w.Header().Set("Content-Type", "text/event-stream")
		for event := range strings.SplitAfterSeq(llmtest.OpenAI(s.asked(string(body)), 6), "\n\n") {
			if wait := time.Duration(sent)*time.Second/rate - time.Since(began); wait > 2*time.Millisecond {
				_ = flush.Flush()
				time.Sleep(wait)
			}
			_, _ = io.WriteString(w, event)
			sent++
		}
	}))
	b.Cleanup(server.Close)
	d, err := openai.New(llmtest.Config(llm.OpenAI, server.URL+"/v1"))
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// asked is the section that a request wants alone, else the whole chapter.
func (s shop) asked(body string) string {
	if at := strings.LastIndex(body, "请只输出"); at >= 0 {
		for _, sec := range chapter.Sections() {
			if strings.Contains(body[at:], sec.Title()) {
				return s.part(sec)
			}
		}
	}
	return s.text
}

// BenchmarkWhole writes the parking chapter through a model: with one call and
// with parallel ones, to the same checker result.
func BenchmarkWhole(b *testing.B) {
	given, ok := brief.Preset("parking")
	if !ok {
		b.Fatal("no preset parking")
	}
	s := shop{brief: brief.Complete(given)}
	s.design = design.New(s.brief, design.House{})
	s.text = offline.Chapter(s.design, prompt.Standard)
	longest := 0
	for _, sec := range chapter.Sections() {
		longest = max(longest, len(s.part(sec)))
	}
	d := steady(b, s)
	found := map[int]string{}
	one := time.Duration(0)
	for _, parallel := range []int{1, 3, 7} {
		b.Run(fmt.Sprint(parallel), func(b *testing.B) {
			for b.Loop() {
				o := s.options(d)
				if parallel > 1 {
					o.Parallel = parallel
				}
				var end *compose.Result
				for e := range compose.Chapter(b.Context(), o, prompt.Whole(s.brief)) {
					if e.Kind == compose.End {
						end = e.Result
					}
				}
				if end == nil || end.Err != nil {
					b.Fatalf("%+v", end)
				}
				report, _ := json.Marshal(check.Run(&s.design, end.Text()).Findings)
				found[parallel] = string(report)
			}
			took := b.Elapsed() / time.Duration(b.N)
			if parallel == 1 {
				one = took
			}
			b.ReportMetric(float64(one)/float64(took), "times-faster")
			b.ReportMetric(float64(len(s.text))/float64(longest), "longest-section-bound")
			if found[parallel] != found[1] {
				b.Errorf("the checker says something else than after one call")
			}
		})
	}
}
