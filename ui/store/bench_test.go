package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dbchapter/ui/store"
)

// large is a draft of 200 KB whose sections change one by one.
func large(n int) store.Draft {
	var b strings.Builder
	for i := range 7 {
		fmt.Fprintf(&b, "### 第 %d 节\n%d\n", i, n-n%7+min(i, n%7))
		b.WriteString(strings.Repeat("- **要点**：两百千字节的一章，每行大约这么长\n", 450))
	}
	return store.Draft{ID: "d", Name: "商城", Chapter: b.String(), Brief: strings.Repeat("a: 1\n", 2000)}
}

// BenchmarkSave saves a draft of 200 KB, durably, as autosave does. The metric
// that counts is p95: 20 ms is the aim.
func BenchmarkSave(b *testing.B) {
	s := open(b, b.TempDir())
	var took []time.Duration
	n := 0
	for b.Loop() {
		d := large(n)
		n++
		start := time.Now()
		save(b, s, d)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(len(large(0).Chapter))/1024, "KB")
}

// BenchmarkList lists 500 drafts as the first screen does.
func BenchmarkList(b *testing.B) {
	s := open(b, b.TempDir())
	for i := range 500 {
		save(b, s, numbered(fmt.Sprint("d", i), i))
	}
	for b.Loop() {
		if all, err := s.Summaries(); err != nil || len(all) != 500 {
			b.Fatal(len(all), err)
		}
	}
}
