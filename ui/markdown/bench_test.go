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
		report(b, frames)
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
		report(b, frames)
	}
}

func report(b *testing.B, frames []time.Duration) {
	b.Helper()
	slices.Sort(frames)
	b.ReportMetric(ms(frames[len(frames)-1]), "max-frame-ms")
	b.ReportMetric(ms(frames[len(frames)*99/100]), "p99-frame-ms")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// TestStreamAllocations: showing a text while it grows must not cost what
// drawing it anew costs. Allocations are counted, as time depends on the
// machine.
func TestStreamAllocations(t *testing.T) {
	text := document(t, 12<<10)
	ends := deltas(text, 400)
	r := markdown.New(theme.New(theme.Options{}))
	once := testing.AllocsPerRun(2, func() { r.Render(text, 80) })
	grown := testing.AllocsPerRun(1, func() {
		doc := r.Doc()
		for _, end := range ends {
			doc.Growing(text[:end], 80)
		}
	})
	t.Logf("once %.0f, in %d deltas %.0f: %.1f times", once, len(ends), grown, grown/once)
	if grown > 20*once {
		t.Errorf("growing in %d deltas allocates %.1f times what drawing once does", len(ends), grown/once)
	}
}
