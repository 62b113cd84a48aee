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

// act does one random thing to the model, and says how to do it to a store.
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
