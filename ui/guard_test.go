package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/i18n"
	"dbchapter/ui/screen"
	"dbchapter/ui/store"
	"dbchapter/ui/theme"
)

// faulty is a screen with a fault of ours.
type faulty struct {
	screen.Model
	where string
}

func (f faulty) Update(tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	if f.where == "update" {
		panic("bad update with sk-canary-12345678")
	}
	return f, func() tea.Msg {
		if f.where == "command" {
			panic("bad command \x1b[2J")
		}
		return nil
	}, nil
}

func (f faulty) View() string {
	if f.where == "view" {
		panic("bad view")
	}
	return ""
}

// TestGuard: a panic anywhere ends the program in order and is told in clean
// words.
func TestGuard(t *testing.T) {
	for _, where := range []string{"update", "command"} {
		m := newModel(t.Context(), Options{Lang: i18n.ZH, Theme: theme.Options{NoColor: true}})
		m.width, m.height = 80, 24
		m.screen = faulty{m.screen, where}
		next, cmd := guard{inner: m}.Update(tea.PasteMsg{})
		if where == "command" {
			next, cmd = next.Update(cmd())
		}
		g := next.(guard)
		if g.crash == nil || cmd == nil {
			t.Fatalf("%s: not caught", where)
		}
		if _, quit := cmd().(tea.QuitMsg); !quit {
			t.Errorf("%s: the program goes on", where)
		}
		if strings.Contains(g.crash.message, "\x1b") || strings.Contains(g.crash.stack, "sk-canary") || !strings.Contains(g.crash.message, "bad "+where) {
			t.Errorf("%s: %q", where, g.crash.message)
		}
	}
	m := newModel(t.Context(), Options{})
	m.width, m.height = 80, 24
	m.screen = faulty{m.screen, "view"}
	if v := (guard{inner: m}).View(); v.Content == "" || !v.AltScreen {
		t.Errorf("view: %+v", v)
	}
}

// TestCrashReport: it is beside the drafts, tells where the fault is, and
// neither keys nor what the person wrote.
func TestCrashReport(t *testing.T) {
	s, err := store.Open(filepath.Join(t.TempDir(), "state"))
	if err != nil {
		t.Fatal(err)
	}
	m := newModel(t.Context(), Options{Lang: i18n.ZH})
	m.screen = faulty{m.screen, "update"}
	next, _ := guard{inner: m}.Update(tea.PasteMsg{})
	path := Options{Store: s}.keepReport(*next.(guard).crash)
	data, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(data), "faulty") || !strings.Contains(string(data), "dbchapter") {
		t.Errorf("%q: %q, %v", path, data, err)
	}
	if strings.Contains(string(data), "bad update") || strings.Contains(string(data), "canary") {
		t.Errorf("the text of the panic is in the report:\n%s", data)
	}
}

// TestChildEnv: nothing that looks like a secret reaches the editor.
func TestChildEnv(t *testing.T) {
	got := childEnv([]string{"PATH=/bin", "DEEPSEEK_API_KEY=x", "GITHUB_TOKEN=x", "MY_SECRET=x", "LANG=zh"})
	if strings.Join(got, " ") != "PATH=/bin LANG=zh" {
		t.Errorf("%q", got)
	}
}

// TestQuote: the command of the last page is one a shell takes as meant.
func TestQuote(t *testing.T) {
	for in, want := range map[string]string{"a-b_c/d.md": "a-b_c/d.md", "数据.md": "数据.md", "a b": "'a b'", "a'b": `'a'\''b'`, "$(x)": "'$(x)'"} {
		if got := quote(in); got != want {
			t.Errorf("quote(%q) = %q, want %q", in, got, want)
		}
	}
}
