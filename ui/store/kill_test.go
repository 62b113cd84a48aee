package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dbchapter/ui/store"
)

// saveLoop goes on with the draft it finds and says which saves were
// acknowledged.
func saveLoop(dir string) int {
	s, err := store.Open(dir)
	if err != nil {
		return complain(err)
	}
	d, err := s.Load("d")
	if err != nil {
		return complain(err)
	}
	n, _ := strconv.Atoi(d.Step)
	for {
		n++
		if err := s.Save(numbered("d", n)); err != nil {
			return complain(err)
		}
		fmt.Println(n)
	}
}

// kills is how often a child is killed; kill sweeps of an hour set more.
func kills() int {
	if n, err := strconv.Atoi(os.Getenv("STORE_TEST_KILLS")); err == nil {
		return n
	}
	return 200
}

// TestKill9 kills processes at random moments while they save: the draft is
// always one that was saved, and never an older one than was acknowledged.
func TestKill9(t *testing.T) {
	const workers = 4 // drafts of their own; mostly they wait for the disk
	for w := range workers {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			killSweep(t, t.TempDir(), kills()/workers, rand.New(rand.NewPCG(1, uint64(w))))
		})
	}
}

func killSweep(t *testing.T, dir string, kills int, coin *rand.Rand) {
	s := open(t, dir)
	save(t, s, numbered("d", 0))
	_ = s.Close()
	last, moved := 0, 0
	for k := range kills {
		acked := killOne(t, dir, time.Duration(coin.IntN(4000))*time.Microsecond, last)
		s := open(t, dir)
		d := load(t, s, "d")
		_ = s.Close()
		n, _ := strconv.Atoi(d.Step)
		if d.Repair != nil || !same(d, numbered("d", n)) {
			t.Fatalf("kill %d: a mixture: %+v %+v", k, d, d.Repair)
		}
		if n < acked {
			t.Fatalf("kill %d: %d was acknowledged, %d is there", k, acked, n)
		}
		if n > last {
			moved++
		}
		last = n
	}
	if moved < kills/4 {
		t.Errorf("only %d of %d children saved anything", moved, kills)
	}
	s = open(t, dir)
	load(t, s, "d")
	save(t, s, numbered("d", last+1))
	only(t, filepath.Join(dir, "drafts", "d"), "draft.json", "draft.json.bak", "lock", "objects")
	if problems, err := s.Check(); err != nil || len(problems) > 0 {
		t.Errorf("%v %v", problems, err)
	}
}

// killOne starts a child, kills it a while after its first save, and returns
// the last save it acknowledged.
func killOne(t *testing.T, dir string, after time.Duration, last int) int {
	t.Helper()
	cmd, out := start(t, "loop", dir)
	line, err := out.ReadString('\n')
	if err != nil {
		t.Fatalf("child: %v", err)
	}
	time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	for ; err == nil; line, err = out.ReadString('\n') {
		last, _ = strconv.Atoi(strings.TrimSpace(line))
	}
	_ = cmd.Wait()
	return last
}

// writeLoop writes a person's file again and again.
func writeLoop(name string) int {
	for n := 0; ; n++ {
		if err := store.WriteFile(name, wholeFile(n), 0o644); err != nil {
			return complain(err)
		}
		if n == 0 {
			fmt.Println("writing")
		}
	}
}

// wholeFile is a text whose wholeness shows.
func wholeFile(n int) []byte {
	return []byte(strings.Repeat(fmt.Sprintf("%8d\n", n), 4000+n%7))
}

// TestKillWriteFile: what people save is whole after a kill, too.
func TestKillWriteFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "out.md")
	coin := rand.New(rand.NewPCG(3, 4))
	for k := range kills() / 8 {
		cmd, out := start(t, "writes", name)
		if _, err := out.ReadString('\n'); err != nil {
			t.Fatalf("child: %v", err)
		}
		time.AfterFunc(time.Duration(coin.IntN(4000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		got := content(t, name)
		n, err := strconv.Atoi(strings.TrimSpace(got[:9]))
		if err != nil || got != string(wholeFile(n)) {
			t.Fatalf("kill %d: a mixture of %d bytes", k, len(got))
		}
	}
}
