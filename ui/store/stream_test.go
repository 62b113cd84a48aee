package store_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"dbchapter/ui/store"
	"dbchapter/ui/store/storetest"
)

// TestStream: what arrived survives a kill at once and a power loss after a
// second, and is gone when it is done.
func TestStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		disk := storetest.New()
		s := inMemory(t, disk)
		if _, err := s.Stream("d", "cache"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("stream of no draft: %v", err)
		}
		save(t, s, numbered("d", 1))
		for _, bad := range []string{"", "../x", "a/b", "缓存"} {
			if _, err := s.Stream("d", bad); !errors.Is(err, store.ErrName) {
				t.Errorf("section %q: %v", bad, err)
			}
		}
		st, err := s.Stream("d", "cache")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = st.Close() }()
		text := ""
		for _, delta := range []string{"### 缓存", "\n- 要", "点"} {
			if _, err := st.Write([]byte(delta)); err != nil {
				t.Fatal(err)
			}
			text += delta
			if got := partials(t, inMemory(t, disk.Killed())); len(got) != 1 || got[0].Text != text || got[0].Section != "cache" {
				t.Errorf("after kill: %+v", got)
			}
		}
		time.Sleep(time.Second) // the bubble's clock
		synctest.Wait()
		for seed := range uint64(20) {
			image := disk.Unplugged(rand.New(rand.NewPCG(seed, 0)))
			if got := partials(t, inMemory(t, image)); len(got) != 1 || got[0].Text != text {
				t.Fatalf("after power loss: %+v", got)
			}
		}
		second, err := s.Stream("d", "cache")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = second.Write([]byte("缓存")[:4]) // cut within a character
		if err := errors.Join(second.Close(), st.Done()); err != nil {
			t.Fatal(err)
		}
		got := partials(t, s)
		if len(got) != 1 || got[0].N != 2 || got[0].Text != "缓" {
			t.Errorf("%+v", got)
		}
		if err := s.DropPartial("d", got[0]); err != nil || len(partials(t, s)) != 0 {
			t.Error("not dropped", err)
		}
		if _, err := st.Write([]byte("x")); !errors.Is(err, fs.ErrClosed) {
			t.Errorf("write after the end: %v", err)
		}
	})
}

func partials(t *testing.T, s *store.Store) []store.Partial {
	t.Helper()
	out, err := s.Partials("d")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestStreamFault: a sync that failed in the background is told.
func TestStreamFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		disk := storetest.New()
		s := inMemory(t, disk)
		save(t, s, numbered("d", 1))
		st, err := s.Stream("d", "cache")
		if err != nil {
			t.Fatal(err)
		}
		broken := errors.New("input/output error")
		disk.Fail(func(_ int, what, _ string) error {
			if what == "sync" {
				return broken
			}
			return nil
		})
		if _, err := st.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if _, err := st.Write([]byte("y")); !errors.Is(err, broken) {
			t.Errorf("error = %v", err)
		}
		if err := st.Close(); !errors.Is(err, broken) {
			t.Errorf("error = %v", err)
		}
	})
}
