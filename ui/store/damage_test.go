package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dbchapter/ui/store"
	"dbchapter/ui/store/storetest"
)

const (
	snapshotFile = "/state/drafts/d/draft.json"
	backupFile   = snapshotFile + ".bak"
)

// damages are what happens to files.
var damages = map[string]func([]byte) []byte{
	"cut off":      func(b []byte) []byte { return b[:len(b)*2/3] },
	"empty":        func([]byte) []byte { return nil },
	"zeros":        func(b []byte) []byte { return make([]byte, len(b)) },
	"one byte":     func(b []byte) []byte { b[len(b)/3] ^= 4; return b },
	"other format": func([]byte) []byte { return []byte("<html>") },
	"appended":     func(b []byte) []byte { return append(b, "x"...) },
}

// TestQuarantine: a damaged snapshot gives way to its backup and is kept.
func TestQuarantine(t *testing.T) {
	for name, damage := range damages {
		disk := storetest.New()
		s := inMemory(t, disk)
		for n := 1; n <= 3; n++ {
			save(t, s, numbered("d", n))
		}
		bad := damaged(t, disk, snapshotFile, damage)
		disk = disk.Killed()
		s = inMemory(t, disk)
		if heads, err := s.Summaries(); err != nil || len(heads) != 1 || !heads[0].Damaged {
			t.Errorf("%s: summaries %v %v", name, heads, err)
		}
		if problems, err := s.Check(); err != nil || len(problems) != 1 || !errors.Is(problems[0].Err, store.ErrDamaged) {
			t.Errorf("%s: check %v %v", name, problems, err)
		}
		got := load(t, s, "d")
		if !same(got, numbered("d", 2)) || got.Repair == nil || got.Repair.From != "backup" || len(got.Repair.Quarantined) != 1 {
			t.Fatalf("%s: %+v %+v", name, got, got.Repair)
		}
		kept, err := disk.ReadFile(got.Repair.Quarantined[0], 1<<20)
		if err != nil || !bytes.Equal(kept, bad) {
			t.Errorf("%s: quarantine holds %q, %v", name, kept, err)
		}
		again := load(t, s, "d")
		if again.Repair != nil || !same(again, numbered("d", 2)) {
			t.Errorf("%s: still damaged: %+v", name, again.Repair)
		}
		save(t, s, numbered("d", 4))
		if got := load(t, inMemory(t, disk.Killed()), "d"); !same(got, numbered("d", 4)) {
			t.Errorf("%s: after repair %+v", name, got)
		}
	}
}

// damaged spoils a file and returns what is in it then.
func damaged(t *testing.T, disk *storetest.Disk, name string, f func([]byte) []byte) []byte {
	t.Helper()
	if err := disk.Damage(name, f); err != nil {
		t.Fatal(err)
	}
	data, err := disk.ReadFile(name, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDamagedWhileOpen: what this process wrote is damaged behind its back; it
// still knows more than the backup does.
func TestDamagedWhileOpen(t *testing.T) {
	for name, damage := range damages {
		disk := storetest.New()
		s := inMemory(t, disk)
		for n := 1; n <= 3; n++ {
			save(t, s, numbered("d", n))
		}
		before, _ := s.Versions("d", "甲")
		damaged(t, disk, snapshotFile, damage)
		save(t, s, numbered("d", 4))
		after, err := s.Versions("d", "甲")
		if err != nil || len(after) <= len(before) {
			t.Errorf("%s: %d versions, then %d, %v", name, len(before), len(after), err)
		}
		if got := load(t, s, "d"); !same(got, numbered("d", 4)) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestRebuild: snapshot and backup are both damaged.
func TestRebuild(t *testing.T) {
	for name, damage := range damages {
		disk := storetest.New()
		s := inMemory(t, disk)
		for n := 1; n <= 3; n++ {
			save(t, s, numbered("d", n))
		}
		damaged(t, disk, snapshotFile, damage)
		damaged(t, disk, backupFile, damage)
		disk = disk.Killed()
		s = inMemory(t, disk)
		got := load(t, s, "d")
		if got.Repair == nil || got.Repair.From != "rest" || len(got.Repair.Quarantined) != 2 {
			t.Fatalf("%s: %+v", name, got.Repair)
		}
		for _, sec := range sections {
			if !strings.Contains(got.Chapter, "### "+sec+"\n") {
				t.Errorf("%s: section %s is gone: %q", name, sec, got.Chapter)
			}
		}
		if name == "one byte" || name == "cut off" || name == "appended" {
			if len(got.Brief) != len(numbered("d", 3).Brief) || got.Name == "" {
				t.Errorf("%s: the brief is gone: %q", name, got.Brief)
			}
		}
		save(t, s, numbered("d", 9))
		if got := load(t, inMemory(t, disk.Killed()), "d"); !same(got, numbered("d", 9)) || got.Repair != nil {
			t.Errorf("%s: afterwards %+v", name, got)
		}
	}
}

// TestDamagedText: one text is damaged; the others, and the earlier text of
// its section, are shown.
func TestDamagedText(t *testing.T) {
	disk := storetest.New()
	s := inMemory(t, disk)
	save(t, s, store.Draft{ID: "d", Chapter: part("甲", "一") + part("乙", "二")})
	save(t, s, store.Draft{ID: "d", Chapter: part("甲", "三") + part("乙", "二")})
	for _, name := range disk.Files() {
		if data, _ := disk.ReadFile(name, 1<<20); string(data) == part("甲", "三") {
			damaged(t, disk, name, damages["one byte"])
		}
	}
	disk = disk.Killed()
	s = inMemory(t, disk)
	got := load(t, s, "d")
	if got.Chapter != part("甲", "一")+part("乙", "二") || got.Repair == nil || fmt.Sprint(got.Repair.Lost) != "[甲]" || len(got.Repair.Quarantined) != 1 {
		t.Fatalf("%+v %+v", got, got.Repair)
	}
	revs, err := s.Versions("d", "甲")
	if err != nil || len(revs) != 2 || !revs[1].Damaged || revs[0].Damaged {
		t.Errorf("%+v %v", revs, err)
	}
	if _, err := s.Restore("d", "甲", 2); err == nil {
		t.Error("a damaged text was restored")
	}
	save(t, s, store.Draft{ID: "d", Chapter: part("甲", "三") + part("乙", "二")})
	if got := load(t, s, "d"); got.Repair != nil || !strings.Contains(got.Chapter, "三") {
		t.Errorf("the text did not come back: %+v %+v", got, got.Repair)
	}
}

// TestNewer: a draft of a later version of the program is left alone.
func TestNewer(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	save(t, s, numbered("d", 1))
	_ = s.Close()
	name := filepath.Join(dir, "drafts", "d", "draft.json")
	future := store.Resum([]byte(strings.Replace(content(t, name), `"format": 1`, `"format": 2`, 1)))
	write(t, name, string(future))
	s = open(t, dir)
	if _, err := s.Load("d"); !errors.Is(err, store.ErrNewer) {
		t.Errorf("load: %v", err)
	}
	if err := s.Save(numbered("d", 2)); !errors.Is(err, store.ErrNewer) {
		t.Errorf("save: %v", err)
	}
	if content(t, name) != string(future) {
		t.Error("it was changed")
	}
}

// TestForeignFiles: orphans of a killed process go, what is not ours stays.
func TestForeignFiles(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	save(t, s, numbered("d", 1))
	_ = s.Close()
	draft := filepath.Join(dir, "drafts", "d")
	for i := range 100 {
		write(t, filepath.Join(draft, fmt.Sprint(".tmp-", i)), "half")
		write(t, filepath.Join(draft, "objects", fmt.Sprint(".tmp-", i)), "half")
	}
	write(t, filepath.Join(draft, "notes.txt"), "mine")
	gone := filepath.Join(dir, "drafts", ".gone-x-1")
	if err := os.Mkdir(gone, 0o700); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if problems, err := s.Check(); err != nil || len(problems) != 200 || !errors.Is(problems[0].Err, store.ErrOrphan) {
		t.Errorf("%d problems, %v", len(problems), err)
	}
	load(t, s, "d")
	save(t, s, numbered("d", 2))
	only(t, draft, "draft.json", "draft.json.bak", "lock", "notes.txt", "objects")
	only(t, filepath.Join(dir, "drafts"), "d")
	if problems, err := s.Check(); err != nil || len(problems) != 0 {
		t.Errorf("%v %v", problems, err)
	}
}

// FuzzLoad: whatever stands in draft.json, loading never panics, and never
// loses it: it is read, left in place or moved aside.
func FuzzLoad(f *testing.F) {
	disk := storetest.New()
	save(f, inMemory(f, disk), numbered("d", 1))
	good, err := disk.ReadFile(snapshotFile, 1<<20)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	for _, damage := range damages {
		f.Add(damage(bytes.Clone(good)))
	}
	hostile := bytes.ReplaceAll(good, []byte(`"sum": "`), []byte(`"sum": "../../../../etc/passwd`))
	f.Add(store.Resum(hostile))
	f.Add(store.Resum([]byte(`{"format":1,"history":[null,{"section":"x","current":9,"revisions":[{"parent":7}]}]` + "\n}")))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, in := range [][]byte{data, store.Resum(data)} {
			disk := storetest.New()
			s := inMemory(t, disk)
			save(t, s, numbered("d", 1))
			_ = s.Close()
			damaged(t, disk, snapshotFile, func([]byte) []byte { return bytes.Clone(in) })
			s = inMemory(t, disk)
			d, err := s.Load("d")
			if err == nil {
				_, _ = s.Versions("d", "甲")
				_, _ = s.Undo("d", "甲")
				if err := s.Save(numbered("d", 5)); err != nil {
					t.Fatalf("loaded %+v, but: %v", d, err)
				}
			}
			holds(t, disk, in, err == nil && (d.Repair == nil || d.Repair.From == ""))
		}
	})
}

// holds fails when no file has the bytes any more; a draft that was whole may
// have been saved over.
func holds(t *testing.T, disk *storetest.Disk, data []byte, whole bool) {
	t.Helper()
	for _, name := range disk.Files() {
		if got, err := disk.ReadFile(name, 1<<30); err == nil && bytes.Equal(got, data) {
			return
		}
	}
	if !whole {
		t.Fatalf("the damaged file is gone:\n%v", disk)
	}
}
