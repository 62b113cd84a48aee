// Package ptytest runs the compiled program in a pseudo terminal with a
// terminal emulator behind it: what a person would see, and where the cursor
// stands.
//
// Nothing here sleeps: every wait polls the screen until a condition holds or
// a deadline passes, and then shows the screen as it was.
package ptytest

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a wait lasts before it fails the test.
const patience = 30 * time.Second

// build compiles the module's main package once for all tests of a process.
var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "dbchapter-test-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "dbchapter")
	out, err := exec.Command("go", "build", "-o", bin, "dbchapter").CombinedOutput()
	if err != nil {
		return bin, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
})

// Build gives the path of the compiled program.
func Build(t *testing.T) string {
	t.Helper()
	bin, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

// Clean removes what Build made; a TestMain calls it at the end.
func Clean() {
	if bin, _ := build(); bin != "" {
		_ = os.RemoveAll(filepath.Dir(bin))
	}
}

// Term is a program in a terminal.
type Term struct {
	t    *testing.T
	cmd  *exec.Cmd
	file *os.File

	mu      sync.Mutex
	emu     *vt.Emulator
	visible bool
	alt     bool
	raw     []byte

	done chan error
}

// Start runs a program with its arguments in a terminal of a size, in dir,
// with extra environment. HOME and the XDG directories are below dir, so that
// nothing of the machine plays a part.
func Start(t *testing.T, width, height int, dir string, env []string, name string, args ...string) *Term {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append([]string{
		"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=zh_CN.UTF-8", "PATH=" + os.Getenv("PATH"),
		"HOME=" + dir, "XDG_STATE_HOME=" + filepath.Join(dir, ".state"), "XDG_CONFIG_HOME=" + filepath.Join(dir, ".config"),
	}, env...)
	x := &Term{t: t, cmd: cmd, emu: vt.NewEmulator(width, height), visible: true, done: make(chan error, 1)}
	x.emu.SetCallbacks(vt.Callbacks{
		CursorVisibility: func(v bool) { x.visible = v },
		AltScreen:        func(on bool) { x.alt = on },
	})
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)})
	if err != nil {
		t.Fatal(err)
	}
	x.file = f
	go x.answer()
	go x.read()
	t.Cleanup(x.close)
	return x
}

// answer carries the emulator's replies to the program, which would wait for
// them otherwise.
func (x *Term) answer() { _, _ = io.Copy(x.file, x.emu) }

func (x *Term) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := x.file.Read(buf)
		x.mu.Lock()
		_, _ = x.emu.Write(buf[:n])
		x.raw = append(x.raw, buf[:n]...)
		x.mu.Unlock()
		if err != nil {
			x.done <- x.cmd.Wait()
			return
		}
	}
}

func (x *Term) close() {
	_ = x.cmd.Process.Kill() // no harm when it has ended
	<-x.done
	_ = x.file.Close()
	if c, ok := x.emu.InputPipe().(io.Closer); ok {
		_ = c.Close() // closing the emulator itself races with its reader
	}
}

// Screen is the text shown, one string a line, without trailing spaces.
func (x *Term) Screen() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	var b strings.Builder
	for y := range x.emu.Height() {
		line := ""
		for i := 0; i < x.emu.Width(); {
			c := x.emu.CellAt(i, y)
			if c == nil || c.Width == 0 {
				line += " "
				i++
				continue
			}
			if c.Content == "" {
				line += " "
			} else {
				line += c.Content
			}
			i += c.Width
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// Cursor is where the hardware cursor stands and whether it is shown.
func (x *Term) Cursor() (column, row int, visible bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	p := x.emu.CursorPosition()
	return p.X, p.Y, x.visible
}

// AltScreen says whether the program is on the alternate screen.
func (x *Term) AltScreen() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.alt
}

// Raw is every byte the program wrote so far.
func (x *Term) Raw() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return string(x.raw)
}

// Type sends text and control characters as they are. Send one key in one
// call unless type-ahead is what is tested.
func (x *Term) Type(s string) {
	x.t.Helper()
	if _, err := io.WriteString(x.file, s); err != nil {
		x.t.Fatalf("typing %q: %v\n%s", s, err, x.Screen())
	}
}

// The keys that are no characters, as an xterm sends them.
const (
	Enter    = "\r"
	Esc      = "\x1b"
	Tab      = "\t"
	ShiftTab = "\x1b[Z"
	Up       = "\x1b[A"
	Down     = "\x1b[B"
	Right    = "\x1b[C"
	Left     = "\x1b[D"
	CtrlC    = "\x03"
	CtrlG    = "\x07"
	CtrlS    = "\x13"
	CtrlZ    = "\x1a"
)

// Paste sends text as a terminal pastes it.
func (x *Term) Paste(s string) { x.Type("\x1b[200~" + s + "\x1b[201~") }

// Resize changes the size of the terminal.
func (x *Term) Resize(width, height int) {
	x.t.Helper()
	x.mu.Lock()
	x.emu.Resize(width, height)
	x.mu.Unlock()
	if err := pty.Setsize(x.file, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		x.t.Fatal(err)
	}
}

// WaitFor waits until a condition holds.
func (x *Term) WaitFor(what string, ok func() bool) {
	x.t.Helper()
	end := time.NewTimer(patience)
	defer end.Stop()
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for !ok() {
		select {
		case <-poll.C:
		case <-end.C:
			x.t.Fatalf("%s did not come; the screen:\n%s", what, x.Screen())
		}
	}
}

// WaitText waits until every text is on the screen.
func (x *Term) WaitText(texts ...string) {
	x.t.Helper()
	x.WaitFor(fmt.Sprintf("%q", texts), func() bool {
		s := x.Screen()
		for _, t := range texts {
			if !strings.Contains(s, t) {
				return false
			}
		}
		return true
	})
}

// WaitGone waits until a text is not on the screen any more.
func (x *Term) WaitGone(text string) {
	x.t.Helper()
	x.WaitFor(fmt.Sprintf("the end of %q", text), func() bool { return !strings.Contains(x.Screen(), text) })
}

// WaitExit waits for the program's end and gives its exit code.
func (x *Term) WaitExit() int {
	x.t.Helper()
	select {
	case err := <-x.done:
		x.done <- err // for close
	case <-time.After(patience):
		x.t.Fatalf("the program did not end; the screen:\n%s", x.Screen())
	}
	return x.cmd.ProcessState.ExitCode()
}

// Signal sends a signal to the program.
func (x *Term) Signal(s os.Signal) {
	x.t.Helper()
	if err := x.cmd.Process.Signal(s); err != nil {
		x.t.Fatal(err)
	}
}
