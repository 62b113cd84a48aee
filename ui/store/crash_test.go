package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"dbchapter/ui/store"
	"dbchapter/ui/store/storetest"
)

// scenario is the life of a draft with everything that writes; it returns how
// many steps were acknowledged.
func scenario(s *store.Store) int {
	steps := []func() error{
		func() error { return s.Save(numbered("d", 1)) },
		func() error { return s.Save(numbered("d", 2)) },
		func() error { _, err := s.Undo("d", "甲"); return err },
		func() error { return s.Save(numbered("d", 3)) },
		func() error { _, err := s.Restore("d", "乙", 1); return err },
	}
	for i, step := range steps {
		if step() != nil {
			return i
		}
	}
	return len(steps)
}

// states are the drafts after each step of the scenario, the first is none.
func states(t *testing.T) []store.Draft {
	t.Helper()
	out := []store.Draft{{}}
	for n := 1; n <= 5; n++ {
		disk := storetest.New()
		s := inMemory(t, disk)
		end := errors.New("far enough")
		done := uint64(0)
		disk.Fail(func(_ int, what, name string) error {
			if what == "create" && done >= uint64(n) {
				return end
			}
			if what == "rename" && len(name) > 10 && name[len(name)-10:] == "draft.json" {
				done++
			}
			return nil
		})
		if got := scenario(s); got != n {
			t.Fatalf("%d steps, want %d", got, n)
		}
		disk.Fail(nil)
		out = append(out, load(t, s, "d"))
	}
	return out
}

// TestEveryPrefix replays the scenario with a crash before each operation, by
// kill and by power losses that keep different parts of what was not synced.
func TestEveryPrefix(t *testing.T) {
	want := states(t)
	for n := 1; ; n++ {
		disk := storetest.New()
		s := inMemory(t, disk)
		start := disk.Ops()
		disk.CrashAt(start + n)
		acked := scenario(s)
		images := map[string]*storetest.Disk{"kill": disk.Killed()}
		for seed := range uint64(8) {
			images[fmt.Sprint("power ", seed)] = disk.Unplugged(rand.New(rand.NewPCG(seed, uint64(n))))
		}
		for how, image := range images {
			checkImage(t, fmt.Sprintf("operation %d, %s", n, how), image, want, acked)
		}
		if acked == len(want)-1 {
			return
		}
	}
}

func checkImage(t *testing.T, what string, image *storetest.Disk, want []store.Draft, acked int) {
	t.Helper()
	s := inMemory(t, image)
	got, err := s.Load("d")
	if err != nil {
		if acked > 0 {
			t.Fatalf("%s: %v\n%v", what, err, image)
		}
		return
	}
	if got.Repair != nil {
		t.Fatalf("%s: repaired %+v", what, got.Repair)
	}
	next := min(acked+1, len(want)-1)
	if !same(got, want[acked]) && !same(got, want[next]) {
		t.Fatalf("%s: %d steps acknowledged, got\n%+v", what, acked, got)
	}
	save(t, s, numbered("d", 77)) // work goes on
	if again := load(t, s, "d"); !same(again, numbered("d", 77)) || again.Gen != got.Gen+1 {
		t.Fatalf("%s: cannot go on: %+v", what, again)
	}
	problems, err := s.Check()
	if err != nil || len(problems) > 0 {
		t.Fatalf("%s: %v %v", what, problems, err)
	}
}

// TestEveryFault lets each single operation of a save fail: the draft is the
// old or the new one, the error is told, and the next save succeeds.
func TestEveryFault(t *testing.T) {
	for n := 1; ; n++ {
		disk := storetest.New()
		s := inMemory(t, disk)
		save(t, s, numbered("d", 1))
		start, hit, what := disk.Ops(), false, ""
		broken := errors.New("input/output error")
		disk.Fail(func(op int, kind, _ string) error {
			if op != start+n {
				return nil
			}
			hit, what = true, kind
			return broken
		})
		err := s.Save(numbered("d", 2))
		disk.Fail(nil)
		if !hit {
			if err != nil || n < 10 {
				t.Fatalf("%d operations, %v", n, err)
			}
			return
		}
		// Without hard links there still is a backup, by another way.
		if err == nil && what != "link" || err != nil && !errors.Is(err, broken) {
			t.Fatalf("operation %d (%s): error = %v", n, what, err)
		}
		fresh := inMemory(t, disk.Killed())
		if got := load(t, fresh, "d"); !same(got, numbered("d", 1)) && !same(got, numbered("d", 2)) {
			t.Fatalf("operation %d (%s): %+v", n, what, got)
		}
		save(t, s, numbered("d", 3))
		after := inMemory(t, disk.Unplugged(rand.New(rand.NewPCG(1, uint64(n)))))
		if got := load(t, after, "d"); !same(got, numbered("d", 3)) {
			t.Fatalf("operation %d (%s): next save gave %+v", n, what, got)
		}
	}
}
