package store_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dbchapter/ui/store"
	"dbchapter/ui/store/storetest"
)

func mustLink(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Fatal(err)
	}
}

// TestWriteFileLinks: what a link leads to is written, the link stays.
func TestWriteFileLinks(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"a", "a/b", "docs"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	write(t, at("docs/old.md"), "old")
	mustLink(t, "docs/old.md", at("one"))
	mustLink(t, at("one"), at("two"))
	mustLink(t, "docs/new.md", at("dangling"))
	mustLink(t, at("a/b"), at("deep"))
	mustLink(t, "../rel.md", at("a/b/up")) // seen through deep, .. is a, not dir
	rows := []struct{ path, file string }{
		{"one", "docs/old.md"}, {"two", "docs/old.md"}, {"dangling", "docs/new.md"}, {"deep/up", "a/rel.md"}, {"plain", "plain"},
	}
	for _, row := range rows {
		if err := store.WriteFile(at(row.path), []byte(row.path), 0o644); err != nil {
			t.Errorf("%s: %v", row.path, err)
			continue
		}
		if got := content(t, at(row.file)); got != row.path {
			t.Errorf("%s: %s holds %q", row.path, row.file, got)
		}
	}
	for _, name := range []string{"one", "two", "dangling", "a/b/up"} {
		if info, err := os.Lstat(at(name)); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is no link any more", name)
		}
	}
	only(t, at("docs"), "new.md", "old.md")
	mustLink(t, "ring2", at("ring1"))
	mustLink(t, "ring1", at("ring2"))
	if err := store.WriteFile(at("ring1"), nil, 0o644); err == nil {
		t.Error("a ring of links was written")
	}
}

func TestWriteFileKinds(t *testing.T) {
	dir := t.TempDir()
	mustLink(t, dir, filepath.Join(dir, "link"))
	rows := map[string]string{dir: "directory", filepath.Join(dir, "link"): "directory", os.DevNull: "device"}
	for path, kind := range kinds(t, dir) {
		rows[path] = kind
	}
	for path, kind := range rows {
		err := store.WriteFile(path, []byte("x"), 0o644)
		var k *store.KindError
		if !errors.As(err, &k) || k.Kind != kind {
			t.Errorf("%s: %v, want a %s", path, err, kind)
		}
		if err == nil {
			continue
		}
		if _, err := open(t, filepath.Join(dir, "state")).Target(path); !errors.As(err, &k) {
			t.Errorf("target %s: %v", path, err)
		}
	}
	for _, bad := range []string{"", "a\x00b"} {
		if err := store.WriteFile(bad, nil, 0o644); !errors.Is(err, store.ErrName) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := store.WriteFile(filepath.Join(dir, "no", "such"), nil, 0o644); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no directory: %v", err)
	}
}

// TestSaveTarget: what the program wrote it may replace, what a person changed
// or wrote it may not without being told to.
func TestSaveTarget(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "state"))
	out := filepath.Join(dir, "out.md")
	try := func(text string, o store.SaveOptions) (store.SaveResult, error) {
		return s.SaveTarget(out, []byte(text), o)
	}
	state := func(want store.State) {
		t.Helper()
		got, err := s.Target(out)
		changed, changedErr := s.Changed(out)
		if err != nil || changedErr != nil || got.State != want || changed != (want == store.Changed) {
			t.Errorf("state %q, changed %v, want %q; %v", got.State, changed, want, errors.Join(err, changedErr))
		}
	}
	state(store.New)
	if r, err := try("一", store.SaveOptions{}); err != nil || r.Forgotten != nil || r.Backup != "" {
		t.Fatal(r, err)
	}
	state(store.Ours)
	if _, err := try("二", store.SaveOptions{}); err != nil { // ours: no question
		t.Fatal(err)
	}
	write(t, out, "手改")
	state(store.Changed)
	var changed *store.ChangedError
	if _, err := try("三", store.SaveOptions{}); !errors.As(err, &changed) {
		t.Errorf("a changed file was replaced: %v", err)
	}
	if _, err := try("三", store.SaveOptions{Replace: true, Seen: strings.Repeat("0", 64)}); !errors.As(err, &changed) {
		t.Errorf("not what the person saw: %v", err)
	}
	seen, _ := s.Target(out)
	r, err := try("三", store.SaveOptions{Replace: true, Seen: seen.Sum, Backup: true})
	if err != nil || r.Backup != out+".bak" || content(t, r.Backup) != "手改" || content(t, out) != "三" {
		t.Errorf("%+v %v", r, err)
	}
	// Another process knows too, by the state directory.
	if got, err := open(t, filepath.Join(dir, "state")).Target(out); err != nil || got.State != store.Ours {
		t.Errorf("%+v %v", got, err)
	}
	if r, err := try("三", store.SaveOptions{}); err != nil || !r.Same {
		t.Errorf("%+v %v", r, err)
	}
	if err := os.Remove(out); err != nil {
		t.Fatal(err)
	}
	state(store.New)
}

// TestBackups: a backup never takes the place of a file that is not ours.
func TestBackups(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "state"))
	out := filepath.Join(dir, "out.md")
	write(t, out, "他们的")
	write(t, out+".bak", "别动")
	if _, err := s.SaveTarget(out, []byte("一"), store.SaveOptions{Backup: true}); !errors.Is(err, store.ErrExists) {
		t.Errorf("foreign file: %v", err)
	}
	for _, text := range []string{"一", "二", "三"} {
		r, err := s.SaveTarget(out, []byte(text), store.SaveOptions{Replace: true, Backup: true})
		if err != nil || r.Backup != out+".bak.1" {
			t.Fatalf("%+v %v", r, err)
		}
	}
	for name, want := range map[string]string{"out.md": "三", "out.md.bak": "别动", "out.md.bak.1": "二"} {
		if got := content(t, filepath.Join(dir, name)); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestSaveFaults: every single operation fails once; the old file is there
// then, or the new one, and nothing lies around.
func TestSaveFaults(t *testing.T) {
	for n := 1; ; n++ {
		disk := storetest.New()
		s := inMemory(t, disk)
		o := store.SaveOptions{Replace: true, Backup: true}
		if _, err := s.SaveTarget("/out.md", []byte("old"), o); err != nil {
			t.Fatal(err)
		}
		start, hit, removing := disk.Ops(), "", false
		full := errors.New("no space left on device")
		disk.Fail(func(op int, what, _ string) error {
			if op != start+n {
				return nil
			}
			hit, removing = what, what == "remove"
			return full
		})
		r, err := s.SaveTarget("/out.md", []byte("new"), o)
		disk.Fail(nil)
		got, readErr := disk.ReadFile("/out.md", 100)
		switch {
		case hit == "":
			if err != nil || r.Forgotten != nil || n < 10 {
				t.Fatalf("%d operations: %+v %v", n, r, err)
			}
			return
		case readErr != nil || string(got) != "old" && string(got) != "new":
			t.Fatalf("operation %d (%s): %q %v", n, hit, got, readErr)
		case err == nil && r.Forgotten == nil && string(got) != "new":
			t.Fatalf("operation %d (%s): no error, but %q", n, hit, got)
		}
		for _, name := range disk.Files() {
			if strings.Contains(name, "tmp") && !removing {
				t.Errorf("operation %d (%s): %s stays", n, hit, name)
			}
		}
	}
}

// TestSavePowerLoss: with the power gone before each operation, a person's file
// is the old or the new one, and the new one once the save was acknowledged.
func TestSavePowerLoss(t *testing.T) {
	text := func(c string) string { return strings.Repeat(c, 1000) }
	for n := 1; ; n++ {
		disk := storetest.New()
		s := inMemory(t, disk)
		if _, err := s.SaveTarget("/out.md", []byte(text("old")), store.SaveOptions{}); err != nil {
			t.Fatal(err)
		}
		disk.CrashAt(disk.Ops() + n)
		r, err := s.SaveTarget("/out.md", []byte(text("new")), store.SaveOptions{Backup: true})
		for seed := range uint64(16) {
			image := disk.Unplugged(rand.New(rand.NewPCG(seed, uint64(n))))
			got, readErr := image.ReadFile("/out.md", 1<<20)
			if readErr != nil || string(got) != text("new") && (err == nil || string(got) != text("old")) {
				t.Fatalf("operation %d, loss %d: acknowledged %v, but %d bytes, %v", n, seed, err == nil, len(got), readErr)
			}
		}
		if err == nil && r.Forgotten == nil {
			return
		}
	}
}

// TestWriteIn: a name never leads out of the directory.
func TestWriteIn(t *testing.T) {
	dir := t.TempDir()
	in, outside := filepath.Join(dir, "in"), filepath.Join(dir, "outside")
	if err := os.Mkdir(in, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, outside, "safe")
	for _, name := range []string{"", ".", "..", "../outside", "/etc/passwd", "a/b", `a\b`, "con", "x\x00"} {
		if err := store.WriteIn(in, name, []byte("x"), 0o644, true); !errors.Is(err, store.ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	mustLink(t, outside, filepath.Join(in, "trap"))
	var kind *store.KindError
	if err := store.WriteIn(in, "trap", []byte("x"), 0o644, true); !errors.As(err, &kind) {
		t.Errorf("through a link: %v", err)
	}
	if content(t, outside) != "safe" {
		t.Error("the file outside changed")
	}
	if err := store.WriteIn(in, "表.sql", []byte("1"), 0o644, false); err != nil {
		t.Fatal(err)
	}
	if err := store.WriteIn(in, "表.sql", []byte("2"), 0o644, false); !errors.Is(err, store.ErrExists) {
		t.Errorf("existing file: %v", err)
	}
	if err := store.WriteIn(in, "表.sql", []byte("3"), 0o644, true); err != nil {
		t.Fatal(err)
	}
	if got := content(t, filepath.Join(in, "表.sql")); got != "3" {
		t.Errorf("%q", got)
	}
	only(t, in, "trap", "表.sql")
}

// TestLongNames: names at the limit of the file system still have room for a
// temporary one.
func TestLongNames(t *testing.T) {
	name := filepath.Join(t.TempDir(), strings.Repeat("长", 83)+".md") // 252 bytes
	data := bytes.Repeat([]byte("x"), 1<<20)
	if err := store.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if content(t, name) != string(data) {
		t.Error("not what was written")
	}
}
