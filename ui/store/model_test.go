package store_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"dbchapter/ui/store"
	"dbchapter/ui/store/storetest"
)

// model is what a draft should be: for every section the text, what undo and
// redo bring, and every text there ever was.
type model struct {
	step string
	now  map[string]string
	back map[string][]string
	on   map[string][]string
	ever map[string][]string // one per revision, oldest first
}

func newModel() model {
	return model{now: map[string]string{}, back: map[string][]string{}, on: map[string][]string{}, ever: map[string][]string{}}
}

func (m model) clone() model {
	deep := func(in map[string][]string) map[string][]string {
		out := map[string][]string{}
		for k, v := range in {
			out[k] = slices.Clone(v)
		}
		return out
	}
	return model{m.step, maps.Clone(m.now), deep(m.back), deep(m.on), deep(m.ever)}
}

func (m model) edit(s, text string) {
	if m.now[s] != "" {
		m.back[s] = append(m.back[s], m.now[s])
	}
	m.now[s], m.on[s] = text, nil
	m.ever[s] = append(m.ever[s], text)
}

func (m model) undo(s string) bool {
	n := len(m.back[s]) - 1
	if n < 0 {
		return false
	}
	m.on[s] = append(m.on[s], m.now[s])
	m.now[s], m.back[s] = m.back[s][n], m.back[s][:n]
	return true
}

func (m model) redo(s string) bool {
	n := len(m.on[s]) - 1
	if n < 0 {
		return false
	}
	m.back[s] = append(m.back[s], m.now[s])
	m.now[s], m.on[s] = m.on[s][n], m.on[s][:n]
	return true
}

// differs says how a store differs from the model.
func (m model) differs(s *store.Store) error {
	d, err := s.Load("d")
	if err != nil {
		return err
	}
	if d.Repair != nil || d.Step != m.step || d.Chapter != chapterOf(m.now) {
		return fmt.Errorf("draft is %+v (repair %+v), want step %q of %q", d, d.Repair, m.step, m.now)
	}
	for _, sec := range sections {
		revs, err := s.Versions("d", sec)
		if err != nil {
			return err
		}
		var texts []string
		for _, r := range revs {
			texts = append(texts, r.Text)
			if r.Current && r.Text != m.now[sec] {
				return fmt.Errorf("%s: revision %d is current", sec, r.N)
			}
		}
		if !slices.Equal(texts, m.ever[sec]) {
			return fmt.Errorf("%s: versions %q, want %q", sec, texts, m.ever[sec])
		}
	}
	return nil
}

// step does one random thing to the model, and says how to do it to a store.
func (m *model) act(coin *rand.Rand, n int) func(*store.Store) error {
	sec := sections[coin.IntN(len(sections))]
	turn := func(ok bool, f func() (store.Draft, error)) error {
		_, err := f()
		if !ok && errors.Is(err, store.ErrNoVersion) {
			return nil
		}
		if !ok && err == nil {
			return errors.New("there was nothing to go to")
		}
		return err
	}
	switch kind := coin.IntN(6); {
	case kind == 0:
		ok := m.undo(sec)
		return func(s *store.Store) error {
			return turn(ok, func() (store.Draft, error) { return s.Undo("d", sec) })
		}
	case kind == 1:
		ok := m.redo(sec)
		return func(s *store.Store) error {
			return turn(ok, func() (store.Draft, error) { return s.Redo("d", sec) })
		}
	case kind == 2 && len(m.ever[sec]) > 0:
		k := coin.IntN(len(m.ever[sec]))
		if text := m.ever[sec][k]; text != m.now[sec] {
			m.edit(sec, text)
		}
		return func(s *store.Store) error {
			return turn(true, func() (store.Draft, error) { return s.Restore("d", sec, k+1) })
		}
	case kind == 3 && len(m.back[sec]) > 0: // an undo that was done elsewhere
		m.undo(sec)
	default:
		m.edit(sec, part(sec, fmt.Sprint("第 ", n)))
	}
	m.step = fmt.Sprint(n)
	d := store.Draft{ID: "d", Step: m.step, Chapter: chapterOf(m.now)}
	return func(s *store.Store) error { return s.Save(d) }
}

// TestModel: random work with crashes between any two operations of the disk
// is the same as on paper: what was acknowledged is there, what was interrupted
// is there whole or not at all, and no version is ever lost.
func TestModel(t *testing.T) {
	for seed := range uint64(25) {
		coin := rand.New(rand.NewPCG(seed, 1))
		disk := storetest.New()
		s := inMemory(t, disk)
		m := newModel()
		m.edit("甲", part("甲", "起"))
		save(t, s, store.Draft{ID: "d", Chapter: chapterOf(m.now)})
		for n := range 60 {
			before := m.clone()
			act := m.act(coin, n)
			crash := coin.IntN(4) == 0
			if crash {
				disk.CrashAt(disk.Ops() + 1 + coin.IntN(20))
			}
			err := act(s)
			if !crash && err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, n, err)
			}
			if crash {
				if coin.IntN(2) == 0 {
					disk = disk.Killed().Settle()
				} else {
					disk = disk.Unplugged(coin)
				}
				s = inMemory(t, disk)
				if err != nil && before.differs(s) == nil {
					m = before
				}
			}
			if diff := m.differs(s); diff != nil {
				t.Fatalf("seed %d, step %d (crash %v: %v): %v\n%v", seed, n, crash, err, diff, disk)
			}
		}
	}
}

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
