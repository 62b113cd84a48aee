// Package servertest starts real database servers for tests that hold our
// rules against them. A server lives in a directory of its own, speaks on a
// unix socket only, and ends with the test; nothing is installed, nothing
// outside that directory is written. Tests are skipped, loudly, where a server
// is missing.
package servertest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// Answer is what a server said to a script.
type Answer struct {
	Out      string         // rows, columns parted by tabs (MariaDB) or | (PostgreSQL)
	Errors   map[int]string // by line of the script on which the statement ends
	Warnings []string       // each with the place it was seen at
}

// patience is how long a server may take to come up.
const patience = 30 * time.Second

// binary finds a program on the PATH and where Debian keeps servers.
func binary(names ...string) string {
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
		for _, dir := range []string{"/usr/sbin", "/usr/libexec", "/usr/local/bin"} {
			if p := filepath.Join(dir, n); isFile(p) {
				return p
			}
		}
	}
	return ""
}

func isFile(path string) bool {
	st, err := os.Stat(path)
	return err == nil && !st.IsDir()
}

// scratch is a short directory, in memory where there is one: a socket path
// has room for about 100 bytes.
func scratch(t testing.TB) string {
	t.Helper()
	root := os.TempDir()
	if st, err := os.Stat("/dev/shm"); err == nil && st.IsDir() {
		root = "/dev/shm"
	}
	dir, err := os.MkdirTemp(root, "dbch")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// start runs a server until the test ends and waits for its first answer.
func start(t testing.TB, cmd *exec.Cmd, stop os.Signal, ping func() error) {
	t.Helper()
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() { _ = cmd.Process.Signal(stop); <-ended })
	for deadline := time.Now().Add(patience); ping() != nil; {
		select {
		case <-ended:
			t.Fatalf("server ended:\n%s", log.String())
		default:
		}
		if time.Now().After(deadline) {
			_ = cmd.Process.Signal(stop)
			<-ended
			t.Fatalf("server did not answer within %s:\n%s", patience, log.String())
		}
	}
}

// byLine reads matches of (line, words, words…) of a client's complaints; the
// first one of a line counts.
func byLine(pattern *regexp.Regexp, text string, line int, format func(hit []string) string) map[int]string {
	out := map[int]string{}
	for _, hit := range pattern.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(hit[line])
		if out[n] == "" {
			out[n] = format(hit)
		}
	}
	return out
}
