//go:build unix

package cli_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// onTerminal runs the program with standard output and error on a terminal and
// gives what it wrote there.
func onTerminal(t *testing.T, env []string, args ...string) string {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = master.Close() }()
	cmd := exec.Command(bin, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = append([]string{"LANG=zh_CN.UTF-8"}, env...), tty, tty
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = tty.Close()
	var out bytes.Buffer
	_, _ = io.Copy(&out, master) // ends with an error when the other side is closed
	_ = cmd.Wait()
	return out.String()
}

// TestColour: colour only on a terminal that wants it; the words are there
// without it.
func TestColour(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bad.md")
	if err := os.WriteFile(file, []byte("### 核心表设计\n#### 用户表 (users)\n```sql\nCREATE TABLE users (id BIGINT,,);\n```\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		env    []string
		args   []string
		colour bool
	}{
		{[]string{"TERM=xterm-256color"}, nil, true},
		{[]string{"TERM=xterm-256color", "NO_COLOR=1"}, nil, false},
		{[]string{"TERM=xterm-256color"}, []string{"--no-color"}, false},
		{[]string{"TERM=dumb"}, nil, false},
		{nil, nil, false},
		{[]string{"TERM=xterm-256color"}, []string{"--format", "json"}, false},
	} {
		got := onTerminal(t, c.env, append([]string{"check", file}, c.args...)...)
		if strings.Contains(got, "\x1b") != c.colour {
			t.Errorf("%v %v: colour = %v\n%q", c.env, c.args, !c.colour, got)
		}
		if c.args == nil && !strings.Contains(got, "错误") {
			t.Errorf("%v: the word is missing: %q", c.env, got)
		}
	}
}

// TestNoWizard: a terminal that cannot draw gets words instead of a picture.
func TestNoWizard(t *testing.T) {
	if got := onTerminal(t, []string{"TERM=dumb"}); strings.Contains(got, "\x1b") || !strings.Contains(got, "dbchapter draft") {
		t.Errorf("%q", got)
	}
}
