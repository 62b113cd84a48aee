package ui_test

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"

	"dbchapter/ui/ptytest"
)

// initLine is what the runtime says of one package before main begins.
var initLine = regexp.MustCompile(`(?m)^init (\S+) @.*, (\d+) bytes, (\d+) allocs$`)

// TestInit: nothing of this module is read, parsed or compiled before main
// begins; tables and patterns wait until they are used. Allocations are
// counted, as time depends on the machine.
func TestInit(t *testing.T) {
	if testing.Short() {
		t.Skip("needs the compiled program")
	}
	cmd := exec.Command(ptytest.Build(t), "--version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	seen, sum := 0, 0
	for _, m := range initLine.FindAllSubmatch(out, -1) {
		allocs, _ := strconv.Atoi(string(m[3]))
		seen++
		if len(m[1]) > 10 && string(m[1][:10]) == "dbchapter/" {
			sum += allocs
			if allocs > 1500 {
				t.Errorf("%s allocates %d times before main begins", m[1], allocs)
			}
		}
	}
	t.Logf("%d packages initialised, ours allocate %d times", seen, sum)
	if seen < 50 {
		t.Errorf("only %d packages seen", seen)
	}
}
