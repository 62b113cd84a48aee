//go:build unix

package offline_test

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"dbchapter/llm/offline"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// grown is the parking preset with n entities: its own, again and again under
// other names.
func grown(tb testing.TB, n int) brief.Brief {
	tb.Helper()
	b, ok := brief.Preset("parking")
	if !ok {
		tb.Fatal("no preset parking")
	}
	own := b.Entities
	b.Entities = nil
	for i := range n {
		e := own[i%len(own)]
		if round := i / len(own); round > 0 {
			e.Name, e.Table = fmt.Sprint(e.Name, round), fmt.Sprint(e.Table, "_v", round)
		}
		b.Entities = append(b.Entities, e)
	}
	return b
}

// draft is the way of the headless command without the disk.
func draft(tb testing.TB, b brief.Brief) string {
	var text strings.Builder
	for delta, err := range (offline.Drafter{}).Draft(context.Background(), prompt.Whole(brief.Complete(b))) {
		if err != nil {
			tb.Fatal(err)
		}
		text.WriteString(delta.Text)
	}
	return text.String()
}

// sizes show whether the time grows as the brief does: compare cpu-µs/entity.
var sizes = []int{10, 100, 1000, 5000}

func BenchmarkDraft(b *testing.B) {
	for _, n := range sizes {
		given := grown(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			perEntity(b, n, func() { draft(b, given) })
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			given := grown(b, n)
			text := draft(b, given)
			d := design.New(brief.Complete(given), design.House{})
			perEntity(b, n, func() { check.Run(&d, text) })
		})
	}
}

// perEntity measures processor time too: it is what remains comparable when
// something else runs on the machine.
func perEntity(b *testing.B, n int, f func()) {
	before := processor(b)
	for b.Loop() {
		f()
	}
	spent := float64((processor(b) - before).Microseconds()) / float64(b.N)
	b.ReportMetric(spent/1000, "cpu-ms/op")
	b.ReportMetric(spent/float64(n), "cpu-µs/entity")
}

// processor is what this process has used up.
func processor(tb testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestAllocations holds drafting and checking against what they allocated when
// that was last looked at. The margin is wide: another Go version does not
// reach it, a loop in the wrong place does. Growth is held too: four times the
// entities may not allocate more than six times as often.
func TestAllocations(t *testing.T) {
	small, large := grown(t, 100), grown(t, 400)
	text := map[int]string{100: draft(t, small), 400: draft(t, large)}
	a, b := design.New(brief.Complete(small), design.House{}), design.New(brief.Complete(large), design.House{})
	for _, x := range []struct {
		name         string
		known        float64 // allocations with 400 entities
		small, large func()
	}{
		{"draft", 690_000, func() { draft(t, small) }, func() { draft(t, large) }},
		{"check", 880_000, func() { check.Run(&a, text[100]) }, func() { check.Run(&b, text[400]) }},
	} {
		few, many := testing.AllocsPerRun(2, x.small), testing.AllocsPerRun(2, x.large)
		t.Logf("%s: %.0f allocations for 100 entities, %.0f for 400", x.name, few, many)
		if many > 2*x.known {
			t.Errorf("%s of 400 entities allocates %.0f times, %.0f are known", x.name, many, x.known)
		}
		if many > 6*few {
			t.Errorf("%s: 4 times the entities, %.1f times the allocations", x.name, many/few)
		}
	}
}
