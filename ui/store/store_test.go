package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dbchapter/ui/store"
	"dbchapter/ui/store/storetest"
)

func TestSaveLoad(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	want := numbered("a1", 3)
	want.Locked = map[string]bool{"甲": true}
	want.Notes, want.Partial, want.Saved = []string{"说明"}, "半", "/tmp/x.md"
	want.Unfinished, want.Edited = []string{"乙"}, []string{"丙"}
	want.Editing = &store.Version{Section: "丙", Text: "正在写"}
	save(t, s, want)
	if got := load(t, s, "a1"); !same(got, want) || got.Gen != 1 || got.Repair != nil {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := load(t, open(t, dir), "a1"); !same(got, want) {
		t.Errorf("another store reads %+v", got)
	}
	save(t, s, numbered("a1", 4))
	if got := load(t, s, "a1"); got.Gen != 2 || !same(got, numbered("a1", 4)) {
		t.Errorf("second generation: %+v", got)
	}
}

func TestListRemove(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for n, id := range []string{"c", "a", "b"} {
		save(t, s, numbered(id, n))
	}
	foreign := filepath.Join(dir, "drafts", "README")
	write(t, foreign, "mine")
	if err := os.Mkdir(filepath.Join(dir, "drafts", "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	all, err := s.List()
	if err != nil || len(all) != 3 || all[0].ID != "b" || !same(all[2], numbered("c", 0)) {
		t.Fatalf("%v %v", all, err)
	}
	heads, err := s.Summaries()
	if err != nil || len(heads) != 3 || heads[0].ID != "b" || heads[0].Step != "2" || heads[0].Damaged || heads[0].Holder.PID != 0 {
		t.Fatalf("%v %v", heads, err)
	}
	if err := s.Remove("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load("a"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("removed draft: %v", err)
	}
	if err := s.Remove("a"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("removed twice: %v", err)
	}
	save(t, s, numbered("a", 7)) // the name is free again
	if got := load(t, s, "a"); got.Gen != 1 {
		t.Errorf("generation %d", got.Gen)
	}
	only(t, filepath.Join(dir, "drafts"), "README", "a", "b", "c", "empty")
}

// TestHostileIDs: nothing is read, written or removed outside the directory.
func TestHostileIDs(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "state"))
	victim := filepath.Join(dir, "x")
	write(t, victim, "safe")
	ids := []string{
		"", ".", "..", "../x", "../../x", "a/b", `a\b`, "/etc/passwd", "a\x00b", "-rf", ".hidden", "_a", "con", "NUL", "com1",
		"a b", "草稿", "a\nb", strings.Repeat("a", 65), strings.Repeat("../", 100),
	}
	for _, id := range ids {
		_, loadErr := s.Load(id)
		_, versions := s.Versions(id, "甲")
		_, undo := s.Undo(id, "甲")
		_, partials := s.Partials(id)
		_, stream := s.Stream(id, "cache")
		errs := map[string]error{
			"save": s.Save(store.Draft{ID: id}), "load": loadErr, "remove": s.Remove(id), "versions": versions,
			"undo": undo, "partials": partials, "stream": stream, "claim": s.Claim(id),
		}
		for what, err := range errs {
			if !errors.Is(err, store.ErrID) {
				t.Errorf("%s of %q: %v", what, id, err)
			}
		}
	}
	only(t, filepath.Join(dir, "state", "drafts"))
	if content(t, victim) != "safe" {
		t.Error("a file outside changed")
	}
	for range 10 {
		id := store.NewID()
		if err := s.Save(store.Draft{ID: id}); err != nil {
			t.Errorf("own id %q: %v", id, err)
			break
		}
	}
}

// TestConflicts: who saves over what somebody else saved gets a copy.
func TestConflicts(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	save(t, a, numbered("d", 1))
	load(t, b, "d")
	var locked *store.LockedError
	if err := b.Claim("d"); !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() {
		t.Errorf("claim: %v", err)
	}
	if h, busy := b.Holder("d"); !busy || h.PID != os.Getpid() {
		t.Errorf("holder: %v %v", h, busy)
	}
	if err := b.Remove("d"); !errors.As(err, &locked) {
		t.Errorf("remove: %v", err)
	}
	if _, err := b.Undo("d", "甲"); !errors.As(err, &locked) {
		t.Errorf("undo: %v", err)
	}
	other := copyOf(t, b.Save(numbered("d", 50)))
	if again := copyOf(t, b.Save(numbered("d", 51))); again != other {
		t.Errorf("a second copy %q", again)
	}
	if got := load(t, a, "d"); !same(got, numbered("d", 1)) {
		t.Errorf("the original changed: %+v", got)
	}
	want := numbered(other, 51)
	if got := load(t, b, other); !same(got, want) || got.CopyOf != "d" {
		t.Errorf("copy: %+v", got)
	}
	save(t, b, numbered(other, 52)) // the copy is a draft like any other
	save(t, a, numbered("d", 2))
}

// TestStale: the lock is free, but the draft is not the one that was read.
func TestStale(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	save(t, a, numbered("d", 1))
	load(t, b, "d")
	save(t, a, numbered("d", 2))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.List(); err != nil { // looking is not reading
		t.Fatal(err)
	}
	err := b.Save(numbered("d", 99))
	if !errors.Is(err, store.ErrStale) {
		t.Errorf("error = %v", err)
	}
	copyOf(t, err)
	c := open(t, dir)
	if err := c.Save(numbered("d", 98)); !errors.Is(err, store.ErrStale) {
		t.Errorf("a draft never read was replaced: %v", err)
	}
	if got := load(t, a, "d"); !same(got, numbered("d", 2)) {
		t.Errorf("original: %+v", got)
	}
}

// TestLockFileRemoved: a person who deletes the lock file cannot bring two
// processes to write over each other.
func TestLockFileRemoved(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	save(t, a, numbered("d", 1))
	load(t, b, "d")
	if err := os.Remove(filepath.Join(dir, "drafts", "d", "lock")); err != nil {
		t.Fatal(err)
	}
	save(t, b, numbered("d", 2))
	copyOf(t, a.Save(numbered("d", 3)))
	if got := load(t, b, "d"); !same(got, numbered("d", 2)) {
		t.Errorf("%+v", got)
	}
	if err := os.Remove(filepath.Join(dir, "drafts", "d", "lock")); err != nil {
		t.Fatal(err)
	}
	c := open(t, dir)
	if err := c.Claim("d"); err != nil {
		t.Fatal(err)
	}
	var locked *store.LockedError
	if err := b.Save(numbered("d", 4)); !errors.As(err, &locked) {
		t.Errorf("a lock file of another process was not noticed: %v", err)
	}
}

// TestGoroutines: many at once on one store, as autosave may be.
func TestGoroutines(t *testing.T) {
	s := inMemory(t, storetest.New())
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			id := fmt.Sprint("d", n%2)
			for i := range 10 {
				if err := s.Save(numbered(id, i)); err != nil {
					t.Error(err)
				}
				if _, err := s.List(); err != nil {
					t.Error(err)
				}
				if _, err := s.Versions(id, "甲"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for _, id := range []string{"d0", "d1"} {
		if d := load(t, s, id); d.Gen != 40 {
			t.Errorf("%s: %d generations", id, d.Gen)
		}
	}
}

func TestCutBy(t *testing.T) {
	disk := storetest.New()
	lines := func(text string) []store.Part {
		var out []store.Part
		for line := range strings.Lines(text) {
			out = append(out, store.Part{Section: "line", Text: line})
		}
		return out
	}
	s := open(t, "/state", store.On(disk), store.CutBy(lines))
	save(t, s, store.Draft{ID: "d", Chapter: "一\n二\n"})
	save(t, s, store.Draft{ID: "d", Chapter: "一\n三\n"})
	revs, err := s.Versions("d", "line#2")
	if err != nil || len(revs) != 2 || revs[0].Text != "二\n" || !revs[1].Current {
		t.Errorf("%+v %v", revs, err)
	}
	lossy := open(t, "/other", store.On(disk), store.CutBy(func(string) []store.Part { return nil }))
	save(t, lossy, store.Draft{ID: "d", Chapter: "一\n"})
	if d := load(t, lossy, "d"); d.Chapter != "一\n" {
		t.Errorf("a cutter that loses text: %q", d.Chapter)
	}
}
