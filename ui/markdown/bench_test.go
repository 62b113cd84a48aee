package markdown_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"dbchapter/ui/markdown"
	"dbchapter/ui/theme"
)

const answer = 34 << 10 // bytes of a long answer

// document is the sample chapter again and again, n bytes long.
func document(tb testing.TB, n int) string {
	tb.Helper()
	src := read(tb, "sample.md")
	text := strings.Repeat(src+"\n", n/len(src)+1)
	cut := strings.LastIndexByte(text[:n], '\n')
	return text[:cut+1]
}

// deltas cuts a text into n pieces at character boundaries and gives the
// length of the text after each.
func deltas(text string, n int) []int {
	var ends []int
	next := 1
	for i := range text {
		if i >= next*len(text)/n {
			ends = append(ends, i)
			next++
		}
	}
	return append(ends, len(text))
}

// BenchmarkStream shows an answer of 34 KB that comes in 2,000 deltas: one
// frame per delta, which is more than the screen asks for. whole-ms is what
// drawing all of the text anew for every delta would take, from every 50th.
func BenchmarkStream(b *testing.B) {
	text := document(b, answer)
	ends := deltas(text, 2000)
	r := markdown.New(theme.New(theme.Options{}))
	r.Render(text, 80) // styles and lexers are read once
	for b.Loop() {
		var frames []time.Duration
		doc := r.Doc()
		for _, end := range ends {
			start := time.Now()
			doc.Growing(text[:end], 80)
			frames = append(frames, time.Since(start))
		}
		report(b, frames, 1)
	}
	b.StopTimer()
	var whole time.Duration
	for i := 0; i < len(ends); i += 50 {
		start := time.Now()
		r.Render(text[:ends[i]], 80)
		whole += 50 * time.Since(start)
	}
	b.ReportMetric(ms(whole), "whole-ms")
	b.ReportMetric(ms(whole)/(ms(b.Elapsed())/float64(b.N)), "times-less")
}

// BenchmarkStreamFrames is the same at the ten frames a second of the screen,
// for an answer that takes a minute.
func BenchmarkStreamFrames(b *testing.B) {
	text := document(b, answer)
	ends := deltas(text, 600)
	r := markdown.New(theme.New(theme.Options{}))
	r.Render(text, 80)
	for b.Loop() {
		var frames []time.Duration
		doc := r.Doc()
		for _, end := range ends {
			start := time.Now()
			doc.Growing(text[:end], 80)
			frames = append(frames, time.Since(start))
		}
		report(b, frames, 1)
	}
}

func report(b *testing.B, frames []time.Duration, _ int) {
	slices.Sort(frames)
	b.ReportMetric(ms(frames[len(frames)-1]), "max-frame-ms")
	b.ReportMetric(ms(frames[len(frames)*99/100]), "p99-frame-ms")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
