package caret_test

import (
	"strings"
	"testing"

	"charm.land/huh/v2"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/caret"
	"dbchapter/ui/theme"
)

// TestInput: the caret stands after wide characters, also when the field has
// scrolled, and moves with the arrow keys.
func TestInput(t *testing.T) {
	m := theme.New(theme.Options{}).Input(10)
	m.Focus()
	m.SetValue("订单系统")
	check := func(name string, want int) {
		t.Helper()
		view, c := caret.Extract("  " + m.View())
		if c == nil || c.X != want || c.Y != 0 {
			t.Fatalf("%s: caret %+v, want column %d in %q", name, c, want, ansi.Strip(view))
		}
		if strings.Contains(view, "\x1b[7m") {
			t.Errorf("%s: the virtual cursor is still drawn: %q", name, view)
		}
	}
	check("after typing", 10)
	m, _ = m.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
	check("one left", 8)
	m.SetValue("订单系统的数据库设计")
	m.CursorEnd()
	if _, c := caret.Extract(m.View()); c == nil || c.X > 10 {
		t.Errorf("scrolled: %+v", c)
	}
}

// TestForm: huh's own cursor is found too.
func TestForm(t *testing.T) {
	value := "订单"
	th := theme.New(theme.Options{})
	f := huh.NewForm(huh.NewGroup(huh.NewInput().Title("系统名称").Value(&value))).WithTheme(th.Huh()).WithWidth(40).WithHeight(6)
	f.Init()
	if _, c := caret.Extract(f.View()); c == nil || c.Y != 1 {
		t.Fatalf("caret %+v in\n%s", c, ansi.Strip(f.View()))
	}
}

func TestNone(t *testing.T) {
	for _, v := range []string{"", "文字", "\x1b[7m反白\x1b[m"} {
		if got, c := caret.Extract(v); c != nil || got != v {
			t.Errorf("%q: %+v", v, c)
		}
	}
}
