package store_test

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strings"
	"testing"

	"dbchapter/ui/store"
)

// child names what a copy of this test binary does instead of testing.
const child = "STORE_TEST_CHILD"

func TestMain(m *testing.M) {
	if todo, ok := os.LookupEnv(child); ok {
		all := osChildren()
		maps.Copy(all, children)
		os.Exit(all[todo](os.Args[len(os.Args)-1]))
	}
	os.Exit(m.Run())
}

var children = map[string]func(dir string) int{
	"loop":   saveLoop,
	"writes": writeLoop,
	"claim":  claimAndWait,
	"rival":  rival,
}

// start runs this binary as a child.
func start(t *testing.T, todo string, args ...string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), child+"="+todo)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewReader(out)
}

// complain is the end of a child that failed.
func complain(err error) int {
	fmt.Fprintln(os.Stderr, "child:", err)
	return 1
}

// claimAndWait holds a draft until its input ends.
func claimAndWait(dir string) int {
	s, err := store.Open(dir)
	if err == nil {
		err = s.Claim("d")
	}
	if err != nil {
		return complain(err)
	}
	fmt.Println("held")
	_, _ = os.Stdin.Read(make([]byte, 1))
	return 0
}

// TestTwoProcesses: while one process has a draft, another one's saves go to a
// copy; kill -9 sets it free.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	save(t, s, numbered("d", 1))
	_ = s.Close()
	cmd := exec.Command(os.Args[0], dir)
	cmd.Env = append(os.Environ(), child+"=claim")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "held\n" {
		t.Fatalf("child: %q %v", line, err)
	}
	s = open(t, dir)
	load(t, s, "d") // reading is free
	if h, busy := s.Holder("d"); !busy || h.PID != cmd.Process.Pid {
		t.Errorf("holder %+v %v, want %d", h, busy, cmd.Process.Pid)
	}
	err = s.Save(numbered("d", 5))
	other := copyOf(t, err)
	var locked *store.LockedError
	if !errors.As(err, &locked) || locked.Holder.PID != cmd.Process.Pid {
		t.Errorf("error = %v", err)
	}
	if got := load(t, s, other); !same(got, numbered(other, 5)) {
		t.Errorf("copy: %+v", got)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if err := s.Claim("d"); err != nil {
		t.Errorf("the lock outlived its process: %v", err)
	}
	if got := load(t, s, "d"); !same(got, numbered("d", 1)) {
		t.Errorf("original: %+v", got)
	}
}

// rival opens the draft again and again, as a second window would, and saves a
// text of its own each time. It prints which draft got it.
func rival(arg string) int {
	dir, name, _ := strings.Cut(arg, "|")
	for n := range 25 {
		s, err := store.Open(dir)
		if err != nil {
			return complain(err)
		}
		d, err := s.Load("d")
		if err != nil {
			return complain(err)
		}
		text := fmt.Sprintf("%s%d", name, n)
		d.Chapter, d.Step = part("甲", text), text
		err = s.Save(d)
		at := "d"
		var c *store.ConflictError
		if errors.As(err, &c) {
			at, err = c.Copy, nil
		}
		if err != nil {
			return complain(err)
		}
		fmt.Println(at, text)
		if err := s.Close(); err != nil {
			return complain(err)
		}
	}
	return 0
}

// TestRivals: two processes fight for one draft. Every text that was
// acknowledged can be found afterwards, as a version of the draft or in a copy.
func TestRivals(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	save(t, s, numbered("d", 1))
	_ = s.Close()
	a, outA := start(t, "rival", dir+"|a")
	b, outB := start(t, "rival", dir+"|b")
	saved := map[string]string{}
	for _, out := range []*bufio.Reader{outA, outB} {
		for line, err := out.ReadString('\n'); err == nil; line, err = out.ReadString('\n') {
			at, text, _ := strings.Cut(strings.TrimSpace(line), " ")
			saved[text] = at
		}
	}
	if err := errors.Join(a.Wait(), b.Wait()); err != nil || len(saved) != 50 {
		t.Fatalf("%d saves, %v", len(saved), err)
	}
	s = open(t, dir)
	for text, at := range saved {
		revs, err := s.Versions(at, "甲")
		found := err == nil && load(t, s, at).Repair == nil
		has := false
		for _, r := range revs {
			has = has || r.Text == part("甲", text)
		}
		if !found || !has {
			t.Errorf("%s is not in draft %s: %v", text, at, err)
		}
	}
}
