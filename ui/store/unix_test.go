//go:build unix

package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dbchapter/ui/store"
)

// kinds makes files that are no regular ones.
func kinds(t *testing.T, dir string) map[string]string {
	t.Helper()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "to-pipe")
	mustLink(t, pipe, link)
	return map[string]string{pipe: "named pipe", link: "named pipe"}
}

// osChildren are the children this system adds.
func osChildren() map[string]func(string) int {
	return map[string]func(string) int{"umask": underUmask, "full": onFullDisk, "nobody": asNobody}
}

// TestUmask: modes do not depend on the umask of the shell, except for files
// people save, which do.
func TestUmask(t *testing.T) {
	for _, mask := range []string{"0", "022", "077", "0777"} {
		dir := t.TempDir()
		cmd, out := start(t, "umask", mask+"|"+dir)
		_, _ = out.ReadString(0)
		if err := cmd.Wait(); err != nil {
			t.Errorf("umask %s: %v", mask, err)
		}
	}
}

func underUmask(arg string) int {
	text, dir, _ := strings.Cut(arg, "|")
	var mask int
	_, _ = fmt.Sscanf(text, "%o", &mask)
	syscall.Umask(mask)
	state := filepath.Join(dir, "a", "b")
	s, err := store.Open(state)
	if err != nil {
		return complain(err)
	}
	if err := errors.Join(s.Save(numbered("d", 1)), s.Save(numbered("d", 2))); err != nil {
		return complain(err)
	}
	st, err := s.Stream("d", "cache")
	if err != nil {
		return complain(err)
	}
	_, err = st.Write([]byte("x"))
	out := filepath.Join(dir, "out.md")
	if mask&0o200 == 0 {
		_, saveErr := s.SaveTarget(out, []byte("x"), store.SaveOptions{})
		err = errors.Join(err, saveErr)
	}
	if err = errors.Join(err, st.Close()); err != nil {
		return complain(err)
	}
	if info, err := os.Stat(out); err == nil && info.Mode().Perm() != fs.FileMode(0o644&^mask) {
		return complain(fmt.Errorf("saved file has %v", info.Mode()))
	}
	if err := private(state); err != nil {
		return complain(err)
	}
	return 0
}

// private says which file below dir others may see.
func private(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		want := fs.FileMode(0o600)
		if e.IsDir() {
			want = 0o700
		}
		if err == nil && info.Mode().Perm() != want {
			err = fmt.Errorf("%s has %v", path, info.Mode())
		}
		return err
	})
}

// TestWiderPermissions: what was open to others is closed.
func TestWiderPermissions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	s := open(t, dir)
	save(t, s, numbered("d", 1))
	save(t, s, numbered("d", 2))
	_ = s.Close()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, _ error) error { return os.Chmod(path, 0o777) })
	if err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if problems, err := s.Check(); err != nil || len(problems) < 5 || !errors.Is(problems[0].Err, store.ErrOpenToOthers) {
		t.Errorf("%v %v", problems, err)
	}
	load(t, s, "d")
	for _, name := range []string{"", "drafts", "drafts/d", "drafts/d/draft.json"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%q: %v %v", name, info.Mode(), err)
		}
	}
	save(t, s, numbered("d", 3))
	if err := private(filepath.Join(dir, "drafts")); err != nil {
		t.Error(err)
	}
}

// TestSharedStateDir: a state directory with other people's things in it is
// not closed to them; ours within it is.
func TestSharedStateDir(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "theirs"), "x")
	open(t, dir)
	for name, want := range map[string]fs.FileMode{"": 0o755, "drafts": 0o700, "written": 0o700} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, want %v", name, info.Mode(), want)
		}
	}
}

// TestKeepsMode: the mode of a file that exists stays, and so do its other
// names, with the old text.
func TestKeepsMode(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "state"))
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o755, 0o666} {
		name := filepath.Join(dir, fmt.Sprintf("%o", mode))
		write(t, name, "old")
		if err := errors.Join(os.Chmod(name, mode), os.Link(name, name+"-2")); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Target(name); err != nil || got.Links != 2 || got.Mode.Perm() != mode {
			t.Errorf("%+v %v", got, err)
		}
		r, err := s.SaveTarget(name, []byte("new"), store.SaveOptions{Replace: true, Backup: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{name, r.Backup} {
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != mode {
				t.Errorf("%s: %v", file, info.Mode())
			}
		}
		if content(t, name) != "new" || content(t, name+"-2") != "old" {
			t.Error("another name of the file changed")
		}
	}
}

// TestNobody runs as a user without rights, because a mode means nothing to
// root.
func TestNobody(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("needs root to become somebody else")
	}
	dir := t.TempDir()
	binary := filepath.Join(dir, "test")
	if out, err := exec.Command("cp", os.Args[0], binary).CombinedOutput(); err != nil {
		t.Fatalf("%s %v", out, err)
	}
	for at := dir; at != filepath.Dir(at) && at != os.TempDir(); at = filepath.Dir(at) {
		if err := os.Chmod(at, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	theirs := filepath.Join(dir, "theirs")
	if err := errors.Join(os.Mkdir(theirs, 0o777), os.Chmod(theirs, 0o777), os.Mkdir(filepath.Join(dir, "mine"), 0o755)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "mine", "out.md"), "old")
	cmd := exec.Command(binary, dir)
	cmd.Env = append(os.Environ(), child+"=nobody")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if got := content(t, filepath.Join(dir, "mine", "out.md")); got != "old" {
		t.Errorf("%q", got)
	}
}

func asNobody(dir string) int {
	var owner *store.OwnerError
	if _, err := store.Open(filepath.Join(dir, "theirs")); !errors.As(err, &owner) {
		return complain(fmt.Errorf("directory of another user: %v", err))
	}
	if _, err := store.Open(filepath.Join(dir, "mine", "state")); !errors.Is(err, fs.ErrPermission) {
		return complain(fmt.Errorf("directory that cannot be made: %v", err))
	}
	for _, name := range []string{"mine/out.md", "mine/new.md"} {
		if err := store.WriteFile(filepath.Join(dir, name), []byte("x"), 0o644); !errors.Is(err, fs.ErrPermission) {
			return complain(fmt.Errorf("%s: %v", name, err))
		}
	}
	own := filepath.Join(dir, "theirs", "read-only.md")
	if err := os.WriteFile(own, []byte("old"), 0o444); err != nil {
		return complain(err)
	}
	if err := store.WriteFile(own, []byte("x"), 0o644); !errors.Is(err, fs.ErrPermission) {
		return complain(fmt.Errorf("read-only file: %v", err))
	}
	return 0
}

// TestFullDisk saves to a tiny file system until it is full, and to one that
// is read-only.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	script := `mount -t tmpfs -o size=400k none "$1" && exec "$0" "$1"`
	if out, err := exec.Command("unshare", "-rm", "sh", "-c", `mount -t tmpfs -o size=64k none "$0"`, dir).CombinedOutput(); err != nil {
		t.Skipf("SKIPPED, a full disk was not tried: no mount namespaces here: %v %s", err, out)
	}
	cmd := exec.Command("unshare", "-rm", "sh", "-c", script, os.Args[0], dir)
	cmd.Env = append(os.Environ(), child+"=full")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func onFullDisk(dir string) int {
	s, err := store.Open(filepath.Join(dir, "state"))
	if err != nil {
		return complain(err)
	}
	out := filepath.Join(dir, "out.md")
	last, file := 0, ""
	for n := 1; n < 1000; n++ {
		d := numbered("d", n)
		d.Chapter += strings.Repeat(fmt.Sprint(n, " "), 2000)
		if err = s.Save(d); err == nil {
			last = n
			text := strings.Repeat(fmt.Sprint(n, " "), 3000)
			if err = store.WriteFile(out, []byte(text), 0o644); err == nil {
				file = text
			}
		}
		if err != nil {
			break
		}
	}
	if !errors.Is(err, syscall.ENOSPC) || last < 2 {
		return complain(fmt.Errorf("after %d saves: %w", last, err))
	}
	for range 3 { // trying again makes nothing worse
		if err := s.Save(store.Draft{ID: "d", Chapter: strings.Repeat("x", 1<<20)}); !errors.Is(err, syscall.ENOSPC) {
			return complain(fmt.Errorf("full: %w", err))
		}
		if err := store.WriteFile(out, make([]byte, 1<<20), 0o644); !errors.Is(err, syscall.ENOSPC) {
			return complain(fmt.Errorf("full: %w", err))
		}
	}
	got, err := s.Load("d")
	if err != nil || got.Step != fmt.Sprint(last) || got.Repair != nil {
		return complain(fmt.Errorf("draft %q, want %d: %w", got.Step, last, err))
	}
	if data, err := os.ReadFile(out); err != nil || string(data) != file {
		return complain(fmt.Errorf("file of %d bytes: %w", len(data), err))
	}
	if err := s.Close(); err != nil { // a file open for writing keeps the disk writable
		return complain(err)
	}
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		return complain(fmt.Errorf("%s: %w", out, err))
	}
	if err := s.Save(numbered("d", last+1)); !errors.Is(err, syscall.EROFS) {
		return complain(fmt.Errorf("read-only: %w", err))
	}
	if err := store.WriteFile(out, nil, 0o644); !errors.Is(err, syscall.EROFS) {
		return complain(fmt.Errorf("read-only: %w", err))
	}
	if got, err := s.Load("d"); err != nil || got.Step != fmt.Sprint(last) {
		return complain(fmt.Errorf("read-only: %q %w", got.Step, err))
	}
	return 0
}
