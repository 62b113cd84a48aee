package theme_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/theme"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"订单系统的数据库", 8, []string{"订单系统", "的数据库"}},
		{"订单系统，数据库", 8, []string{"订单系", "统，数据", "库"}},
		{"（前括号）后", 6, []string{"（前括", "号）后"}},
		{"create table orders", 12, []string{"create table", "orders"}},
		{"COMMENT '昵称'", 12, []string{"COMMENT '昵", "称'"}},
		{"abcdefghijkl", 5, []string{"abcde", "fghij", "kl"}},
		{"一\n二", 10, []string{"一", "二"}},
	} {
		if got := theme.Wrap(c.in, c.width); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("订单系统，CREATE TABLE orders（id BIGINT）；完", 9)
	f.Add("'''昵称'''", 3)
	f.Fuzz(func(t *testing.T, s string, width int) {
		if width < 2 || width > 200 || len(s) > 2000 {
			t.Skip()
		}
		for _, r := range s {
			if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) || r == '\ufffd' {
				t.Skip()
			}
		}
		lines := theme.Wrap(s, width)
		for _, l := range lines {
			if w := theme.Width(l); w > width && len([]rune(l)) > 1 {
				t.Fatalf("%q at %d: %q is %d wide", s, width, l, w)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(strings.Join(lines, "\n")) != squeeze(s) {
			t.Fatalf("%q at %d lost text: %q", s, width, lines)
		}
	})
}

func TestFitAndSpread(t *testing.T) {
	th := theme.New(theme.Options{})
	for _, c := range []struct{ got, want string }{
		{th.Fit("订单", 6), "订单  "},
		{th.Fit("订单系统", 6), "订单… "},
		{th.Right("12", 5), "   12"},
		{th.Spread("左", "右", 10), "左      右"},
		{th.Spread("很长的左边文字", "右", 10), "很长的… 右"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	for _, l := range strings.Split(th.Beside("a\nb", "右边", 4, 20, 3), "\n") {
		if ansi.StringWidth(l) != 20 {
			t.Errorf("%q is not 20 wide", l)
		}
	}
}

// TestGlyphs: the ASCII theme is ASCII, and every glyph takes the cells it is
// counted for.
func TestGlyphs(t *testing.T) {
	a := reflect.ValueOf(theme.New(theme.Options{ASCII: true}).Glyph)
	u := reflect.ValueOf(theme.New(theme.Options{}).Glyph)
	for i := range a.NumField() {
		for _, r := range a.Field(i).String() {
			if r > 0x7e {
				t.Errorf("%s is not ASCII", a.Type().Field(i).Name)
			}
		}
		if ansi.StringWidth(u.Field(i).String()) != 1 {
			t.Errorf("%s is not one cell", a.Type().Field(i).Name)
		}
	}
}

func TestNoColor(t *testing.T) {
	th := theme.New(theme.Options{NoColor: true})
	v := reflect.ValueOf(th)
	for i := range v.NumField() {
		style, ok := v.Field(i).Interface().(interface{ Render(...string) string })
		if !ok {
			continue
		}
		if s := style.Render("x"); strings.Contains(s, "\x1b[3") || strings.Contains(s, "\x1b[9") {
			t.Errorf("%s has a colour: %q", v.Type().Field(i).Name, s)
		}
	}
}
