package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dbchapter/llm"
	"dbchapter/llm/offline"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
	"dbchapter/ui"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/store"
	"dbchapter/ui/theme"
)

// long is a chapter of at least n lines: the parking preset with its entities
// again and again under other names.
func long(tb testing.TB, n int) string {
	tb.Helper()
	b, ok := brief.Preset("parking")
	if !ok {
		tb.Fatal("no preset parking")
	}
	own := b.Entities
	for round := 1; ; round++ {
		for _, e := range own {
			e.Name, e.Table = fmt.Sprint(e.Name, round), fmt.Sprint(e.Table, "_v", round)
			b.Entities = append(b.Entities, e)
		}
		text := offline.Chapter(design.New(brief.Complete(b), design.House{}), prompt.Standard)
		if strings.Count(text, "\n") >= n {
			return text
		}
	}
}

// desk is the root model as the program runs it, a command at a time.
type desk struct {
	tea.Model
	later []tea.Cmd
}

func open(b *testing.B, text string) *desk {
	b.Helper()
	file := filepath.Join(b.TempDir(), "chapter.md")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	kept, err := store.Open(filepath.Join(b.TempDir(), "state"))
	if err != nil {
		b.Fatal(err)
	}
	d := &desk{Model: ui.New(ui.Options{
		Drafter: parrot{}, Offline: parrot{}, Info: llm.Info{ID: "offline", Name: "离线起草"},
		Store: kept, Today: "2027-01-01", Theme: theme.Options{}, File: file,
		Now: func() time.Time { return time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC) },
	})}
	d.later = append(d.later, d.Init())
	d.send(tea.WindowSizeMsg{Width: 100, Height: 40})
	d.rest()
	return d
}

func (d *desk) send(msg tea.Msg) {
	next, cmd := d.Update(msg)
	d.Model, d.later = next, append(d.later, cmd)
}

// step runs one command that waits, and says whether there was one.
func (d *desk) step() bool {
	if len(d.later) == 0 {
		return false
	}
	cmd := d.later[0]
	d.later = d.later[1:]
	if cmd == nil {
		return true
	}
	msg := cmd()
	if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() {
			d.later = append(d.later, v.Index(i).Interface().(tea.Cmd))
		}
		return true
	}
	if msg != nil {
		d.send(msg)
	}
	return true
}

func (d *desk) rest() {
	for d.step() {
	}
}

// BenchmarkKey is from a key to its frame on the review screen: the loop of
// the program without the terminal. Commands run aside, as they do there.
func BenchmarkKey(b *testing.B) {
	d := open(b, long(b, 2000))
	var took []time.Duration
	for b.Loop() {
		for _, k := range screentest.Parse("jjjkk<space>gG3jv") {
			start := time.Now()
			d.send(k)
			_ = d.View()
			took = append(took, time.Since(start))
			b.StopTimer()
			d.rest()
			b.StartTimer()
		}
	}
	spread(b, took)
}

// BenchmarkType is the same in the editor, with the longest section open.
func BenchmarkType(b *testing.B) {
	d := open(b, long(b, 2000))
	for _, k := range screentest.Parse("2e") {
		d.send(k)
		d.rest()
	}
	var took []time.Duration
	for b.Loop() {
		for _, r := range "订单a1" {
			start := time.Now()
			d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
			_ = d.View()
			took = append(took, time.Since(start))
			d.later = nil // keeping what is typed waits for a rest
		}
	}
	spread(b, took)
}

// BenchmarkResize is from a new width to the frame that shows the text in it.
// visible is when the screen shows what it shows in the end, done when all of
// the chapter is drawn.
func BenchmarkResize(b *testing.B) {
	d := open(b, long(b, 2000))
	for _, k := range screentest.Parse("3j") {
		d.send(k)
		d.rest()
	}
	var visible, frame, done []time.Duration
	for n := 0; b.Loop(); n++ {
		frames, at := []string{""}, []time.Duration{0}
		start := time.Now()
		d.send(tea.WindowSizeMsg{Width: 90 + 10*(n%3), Height: 40})
		_ = d.View()
		frame = append(frame, time.Since(start))
		for d.step() {
			if shown := d.View().Content; shown != frames[len(frames)-1] {
				frames, at = append(frames, shown), append(at, time.Since(start))
			}
		}
		visible, done = append(visible, at[len(at)-1]), append(done, time.Since(start))
	}
	b.ReportMetric(quantile(frame, 50), "frame-p50-ms")
	b.ReportMetric(quantile(visible, 50), "visible-p50-ms")
	b.ReportMetric(quantile(visible, 100), "visible-max-ms")
	b.ReportMetric(quantile(done, 50), "done-p50-ms")
}

func spread(b *testing.B, took []time.Duration) {
	b.Helper()
	for _, p := range []int{50, 99, 100} {
		b.ReportMetric(quantile(took, p), fmt.Sprintf("p%d-ms", p))
	}
}

func quantile(took []time.Duration, percent int) float64 {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return float64(took[(len(took)-1)*percent/100].Microseconds()) / 1000
}
