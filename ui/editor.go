package ui

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/chapter"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/screen/edit"
)

// editorMsg is a private copy of a section, ready for the person's editor.
type editorMsg struct {
	section chapter.Section
	text    string
	dir     string
	file    string
	editor  string
	err     error
}

// editedMsg is what the editor left.
type editedMsg struct {
	section chapter.Section
	before  string
	text    string
	err     error
}

// editor puts a section into a file only we can read.
func (m model) editor(s chapter.Section, text string) tea.Cmd {
	name := m.Env("VISUAL")
	if name == "" {
		name = m.Env("EDITOR")
	}
	if name == "" {
		name = "vi"
	}
	return func() tea.Msg {
		msg := editorMsg{section: s, text: text, editor: name}
		msg.dir, msg.err = os.MkdirTemp("", "dbchapter-")
		if msg.err != nil {
			return msg
		}
		msg.file = filepath.Join(msg.dir, string(s)+".md")
		msg.err = os.WriteFile(msg.file, []byte(text), 0o600)
		return msg
	}
}

// runEditor gives the terminal to the editor. It runs through the shell as git
// does, so that an editor with arguments works.
func (m model) runEditor(msg editorMsg) (tea.Model, tea.Cmd) {
	if msg.err != nil {
		return m.leftEditor(editedMsg{section: msg.section, before: msg.text, text: msg.text, err: msg.err})
	}
	c := exec.Command("sh", "-c", msg.editor+` "$@"`, msg.editor, msg.file)
	if runtime.GOOS == "windows" {
		c = exec.Command(msg.editor, msg.file)
	}
	c.Env = childEnv(os.Environ())
	return m, tea.Exec(&program{c}, func(err error) tea.Msg {
		done := editedMsg{section: msg.section, before: msg.text, err: err}
		if err == nil {
			done.text, done.err = takeBack(msg.file)
		}
		if done.err == nil {
			_ = os.RemoveAll(msg.dir) // the text is ours now
		} else {
			done.err = fmt.Errorf("%w (%s)", done.err, msg.file)
		}
		return done
	})
}

// settle is how long the renderer needs to have stopped for certain. Bubble
// Tea stops its ticker in a goroutine of its own after it was told to; a
// program that is back sooner finds the ticker started and then stopped, and
// the screen never changes again.
const settle = 100 * time.Millisecond

// program is a command that has the terminal to itself, for at least settle.
type program struct{ *exec.Cmd }

// Run runs it.
func (p *program) Run() error {
	least := time.After(settle)
	err := p.Cmd.Run()
	<-least
	return err
}

// SetStdin gives it the keyboard.
func (p *program) SetStdin(r io.Reader) { p.Stdin = r }

// SetStdout gives it the screen.
func (p *program) SetStdout(w io.Writer) { p.Stdout = w }

// SetStderr gives it the screen for complaints.
func (p *program) SetStderr(w io.Writer) { p.Stderr = w }

// takeBack reads the edited file; what is not a plain text of sensible size is
// refused and stays where it is.
func takeBack(file string) (string, error) {
	info, err := os.Lstat(file)
	switch {
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", errors.New("not a regular file any more")
	case info.Size() > 2<<20:
		return "", errors.New("larger than 2 MB")
	}
	data, err := os.ReadFile(file)
	return safetext.Clean(string(data)), err
}

// childEnv is the environment without anything that looks like a secret.
func childEnv(env []string) []string {
	var out []string
	for _, kv := range env {
		name, _, _ := strings.Cut(kv, "=")
		name = strings.ToUpper(name)
		if strings.Contains(name, "API_KEY") || strings.Contains(name, "TOKEN") || strings.Contains(name, "SECRET") {
			continue
		}
		out = append(out, kv)
	}
	return out
}

// leftEditor takes the text, or opens the built-in editor when the person's
// own could not run.
func (m model) leftEditor(msg editedMsg) (tea.Model, tea.Cmd) {
	switch {
	case m.review == nil:
		return m, nil
	case msg.err != nil:
		r := m.review.Notify(m.words.T("edit.failed", reason(msg.err)))
		m.review = &r
		return m.show(edit.New(m.theme, m.words, msg.section, msg.before))
	}
	if strings.TrimSpace(msg.text) == "" {
		return m.tell("edit.empty")
	}
	return m.edited(screen.Edited{Section: msg.section, Text: msg.text})
}
