// Package screentest drives a screen without a terminal: strings of keys in,
// events and goldens out.
//
// In a string of keys every character is one key; <enter>, <esc>, <tab>,
// <shift+tab>, <up>, <ctrl+r>, <pgdown>… are named keys, <lt> is "<".
package screentest

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/screen"
)

var update = flag.Bool("update", false, "rewrite golden files")

// Press sends keys and returns the event of the last one; commands do not run.
func Press(m screen.Model, keys string) screen.Event {
	_, events := Keys(m, keys)
	if len(events) == 0 {
		return nil
	}
	return events[len(events)-1]
}

// Keys sends keys and returns the screen and one event per key, nil included;
// commands do not run.
func Keys(m screen.Model, keys string) (screen.Model, []screen.Event) {
	var events []screen.Event
	for _, k := range Parse(keys) {
		var e screen.Event
		m, _, e = m.Update(k)
		events = append(events, e)
	}
	return m, events
}

// Play sends keys and runs every command to its end after each; it returns the
// events in the order they came.
func Play(m screen.Model, keys string) (screen.Model, []screen.Event) {
	var events []screen.Event
	for _, k := range Parse(keys) {
		next, cmd, e := m.Update(k)
		if e != nil {
			events = append(events, e)
		}
		var more []screen.Event
		m, more = Settle(next, cmd)
		events = append(events, more...)
	}
	return m, events
}

// Start runs Init and sends the size of the box, then settles.
func Start(m screen.Model, width, height int) screen.Model {
	m, _ = Settle(m, m.Init())
	m, cmd, _ := m.Update(tea.WindowSizeMsg{Width: width, Height: height})
	m, _ = Settle(m, cmd)
	return m
}

// Settle runs a command and what follows from it until nothing is left.
func Settle(m screen.Model, cmd tea.Cmd) (screen.Model, []screen.Event) {
	var events []screen.Event
	queue := []tea.Cmd{cmd}
	for steps := 0; len(queue) > 0; steps++ {
		if steps > 10_000 {
			panic("screentest: commands never end")
		}
		c := queue[0]
		queue = queue[1:]
		if c == nil {
			continue
		}
		msg := c()
		if more, ok := commands(msg); ok {
			queue = append(more, queue...)
			continue
		}
		if msg == nil {
			continue
		}
		next, cmd, e := m.Update(msg)
		m = next
		if e != nil {
			events = append(events, e)
		}
		queue = append(queue, cmd)
	}
	return m, events
}

// commands opens batches and sequences; the latter's type is private.
func commands(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	if !v.IsValid() || v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	var out []tea.Cmd
	for i := range v.Len() {
		out = append(out, v.Index(i).Interface().(tea.Cmd))
	}
	return out, true
}

// Golden compares the screen without its colours with testdata/NAME.golden and
// checks that it stays in its box; go test -update rewrites the file.
func Golden(t *testing.T, name, view string, width, height int) {
	t.Helper()
	InBox(t, view, width, height)
	lines := strings.Split(ansi.Strip(view), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	Text(t, name, strings.Join(lines, "\n")+"\n")
}

// InBox fails when a line is wider or the view higher than its box.
func InBox(t *testing.T, view string, width, height int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) > height {
		t.Errorf("view has %d lines in a box of %d", len(lines), height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > width {
			t.Errorf("line %d is %d cells wide in a box of %d: %q", i+1, w, width, ansi.Strip(l))
		}
	}
}

// Text compares text with testdata/NAME.golden.
func Text(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update makes it)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s\nwant:\n%s", path, got, want)
	}
}
