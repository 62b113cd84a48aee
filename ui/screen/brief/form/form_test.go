package form_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/i18n"
	"dbchapter/ui/screen/brief/form"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

func rows() []form.Row {
	yesNo := []form.Option{{Value: form.Yes, Label: "是"}, {Value: form.No, Label: "否"}}
	return []form.Row{
		{Key: "name", Label: "系统名称"},
		{Key: "sla", Label: "可用性", Kind: form.Choice, Options: []form.Option{{Value: "", Label: "按规则"}, {Value: "99.9", Label: "99.9%"}}},
		{Key: "law", Label: "合规", Kind: form.Many, Options: []form.Option{{Value: "PIPL", Label: "PIPL"}, {Value: "PCI", Label: "PCI"}}},
		{Key: "saas", Label: "多租户", Kind: form.YesNo, Options: yesNo, Value: form.No},
	}
}

func open(focus string, rs []form.Row) *form.Form {
	return form.New(theme.New(theme.Options{}), form.NewKeys(i18n.New(i18n.ZH)), rs, focus)
}

func press(f *form.Form, keys string) form.Said {
	said := form.Nothing
	for _, k := range screentest.Parse(keys) {
		said = f.Update(k)
	}
	return said
}

// TestKeys also sends what makes huh forms dead: leaving a row backwards from
// the first, enter and tab in one go.
func TestKeys(t *testing.T) {
	for _, c := range []struct {
		keys  string
		said  form.Said
		focus string
		value [2]string // key, value
	}{
		{"订单", form.Changed, "name", [2]string{"name", "订单"}},
		{"订单<enter>", form.Moved, "sla", [2]string{"name", "订单"}},
		{"<shift+tab>", form.Nothing, "name", [2]string{"name", ""}},
		{"<shift+tab>订单", form.Changed, "name", [2]string{"name", "订单"}},
		{"<enter><right>", form.Changed, "sla", [2]string{"sla", "99.9"}},
		{"<enter><tab><space><down><space>", form.Changed, "law", [2]string{"law", "PIPL、PCI"}},
		{"<enter><tab><tab><left>", form.Changed, "saas", [2]string{"saas", "true"}},
		{"<enter><tab><tab><tab>", form.Closed, "saas", [2]string{"saas", "false"}},
		{"<enter><tab><tab><shift+tab><shift+tab><shift+tab>码", form.Changed, "name", [2]string{"name", "码"}},
		{"a<esc>", form.Closed, "name", [2]string{"name", "a"}},
	} {
		f := open("name", rows())
		said := press(f, c.keys)
		if said != c.said || f.Focus() != c.focus || f.Value(c.value[0]) != c.value[1] {
			t.Errorf("%q: said %d focus %q %s=%q; want %d %q %q", c.keys, said, f.Focus(), c.value[0], f.Value(c.value[0]), c.said, c.focus, c.value[1])
		}
	}
}

func TestCaretFollowsTheText(t *testing.T) {
	f := open("name", rows())
	for _, c := range []struct {
		keys string
		x    int
	}{{"", 14}, {"订单系统", 22}, {"<left>", 20}, {"号", 22}, {"<home>", 14}} {
		press(f, c.keys)
		view, cur := f.View(60, 10)
		if cur == nil || cur.X != c.x || cur.Y != 0 {
			t.Errorf("after %q: caret %v, want %d,0\n%s", c.keys, cur, c.x, ansi.Strip(view))
		}
		screentest.InBox(t, view, 60, 10)
	}
}

func TestFocusAndUnknownValues(t *testing.T) {
	rs := rows()
	rs[1].Value, rs[2].Value = "99.999", "PCI、SOC2"
	f := open("law", rs)
	if f.Focus() != "law" {
		t.Errorf("focus on %q", f.Focus())
	}
	if got := f.Value("sla"); got != "99.999" {
		t.Errorf("a value without option became %q", got)
	}
	press(f, "<space>")
	if got := f.Value("law"); !strings.Contains(got, "SOC2") || !strings.Contains(got, "PIPL") {
		t.Errorf("ticked %q", got)
	}
}

func TestPaste(t *testing.T) {
	f := open("name", rows())
	f.Update(tea.PasteMsg{Content: "城泊云\r\n平台\x1b[31m" + strings.Repeat("长", 100_000)})
	got := f.Value("name")
	if !strings.HasPrefix(got, "城泊云 平台") || strings.Contains(got, "\x1b") || len([]rune(got)) > form.LineLimit {
		t.Errorf("pasted %d characters: %.20q", len([]rune(got)), got)
	}
}

func TestWrongRowsAreMarked(t *testing.T) {
	f := open("name", rows())
	f.Wrong("name", true)
	v, _ := f.View(60, 10)
	if first, _, _ := strings.Cut(ansi.Strip(v), "\n"); !strings.Contains(first, "!") {
		t.Errorf("no mark: %q", first)
	}
	for _, size := range [][2]int{{24, 3}, {40, 5}, {80, 20}} {
		v, _ := f.View(size[0], size[1])
		screentest.InBox(t, v, size[0], size[1])
	}
}
