//go:build unix

package cli_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"dbchapter/prompt/chapter"
)

// canary is a key that must never be seen anywhere.
const canary = "sk-canary-0123456789abcdef"

// exitCode runs a command and compares its exit code: code 2 dbchapter draft.
func exitCode(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: code N command...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want := args[0]; fmt.Sprint(got) != want {
		ts.Fatalf("exit code %d, want %s\nstderr: %s", got, want, ts.ReadFile("stderr"))
	}
	if strings.Contains(ts.ReadFile("stderr"), "goroutine ") {
		ts.Fatalf("a stack trace:\n%s", ts.ReadFile("stderr"))
	}
}

// interrupt runs a command, sends it a signal when the server has sent half of
// its answer, and compares the exit code; its output goes to the files out and
// err: interrupt INT 130 dbchapter draft...
func interrupt(ts *testscript.TestScript, _ bool, args []string) {
	sig := map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP}[args[0]]
	var out, errs bytes.Buffer
	bin, err := binary()
	ts.Check(err)
	cmd := exec.Command(bin, args[3:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = ts.MkAbs("."), &out, &errs
	for _, k := range []string{"HOME", "PATH", "TMPDIR", "LANG", "DBCHAPTER_BASE_URL", "DBCHAPTER_MODEL", "DBCHAPTER_API_KEY"} {
		cmd.Env = append(cmd.Env, k+"="+ts.Getenv(k))
	}
	ts.Check(cmd.Start())
	select {
	case <-state(ts).half:
	case <-time.After(20 * time.Second):
		ts.Fatalf("the server was not asked")
	}
	ts.Check(cmd.Process.Signal(sig))
	_ = cmd.Wait()
	ts.Check(os.WriteFile(ts.MkAbs("out"), out.Bytes(), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("err"), errs.Bytes(), 0o600))
	if got := cmd.ProcessState.ExitCode(); strconv.Itoa(got) != args[1] {
		ts.Fatalf("exit code %d, want %s\n%s", got, args[1], errs.String())
	}
}

// same says whether all files named hold the same bytes.
func same(ts *testscript.TestScript, neg bool, args []string) {
	first := ts.ReadFile(args[0])
	for _, name := range args[1:] {
		if (ts.ReadFile(name) == first) == neg {
			ts.Fatalf("%s and %s: same = %v", args[0], name, !neg)
		}
	}
}

// others says that two files differ in exactly the sections named.
func others(ts *testscript.TestScript, _ bool, args []string) {
	a, b := chapter.Parse(ts.ReadFile(args[0])), chapter.Parse(ts.ReadFile(args[1]))
	if a.Preamble != b.Preamble || len(a.Parts) != len(b.Parts) {
		ts.Fatalf("what stands before the chapter, or the number of sections, differs")
	}
	for i := range a.Parts {
		wanted := false
		for _, name := range args[2:] {
			wanted = wanted || string(a.Parts[i].Section) == name
		}
		if equal := a.Parts[i].Text == b.Parts[i].Text; equal == wanted {
			ts.Fatalf("section %s: equal = %v", a.Parts[i].Title, equal)
		}
	}
}

// encode writes a copy of a file in another form: encode gbk IN OUT.
func encode(ts *testscript.TestScript, _ bool, args []string) {
	data := []byte(ts.ReadFile(args[1]))
	var err error
	switch args[0] {
	case "gbk":
		data, err = simplifiedchinese.GB18030.NewEncoder().Bytes(data)
	case "utf16":
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(data)
	case "bom":
		data = append([]byte("\uFEFF"), data...)
	case "crlf":
		data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
	case "binary":
		data = append(data, 0, 1, 2, 0xff)
	case "broken":
		data = append(data, 0xff, 0xfe, 'x')
	case "huge":
		data = bytes.Repeat(append(data, '\n'), (6<<20)/(len(data)+1)+1)
	default:
		ts.Fatalf("unknown form %q", args[0])
	}
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), data, 0o600))
}

// fifo makes a named pipe.
func fifo(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(syscall.Mkfifo(ts.MkAbs(args[0]), 0o600))
}

// leaks fails when the key stands in any file the program wrote: ! leaks.
func leaks(ts *testscript.TestScript, neg bool, _ []string) {
	found := ""
	ts.Check(filepath.WalkDir(ts.MkAbs("."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if data, err := os.ReadFile(path); err == nil && bytes.Contains(data, []byte(canary)) {
			found = path
		}
		return nil
	}))
	if (found == "") != neg {
		ts.Fatalf("the key: %q", found)
	}
}
