package diff_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/diff"
	"dbchapter/ui/theme"
)

// apply gives back both texts of a comparison.
func apply(rows []diff.Row) (old, new []string) {
	for _, r := range rows {
		if r.Op != diff.Add {
			old = append(old, r.Text)
		}
		if r.Op != diff.Del {
			new = append(new, r.Text)
		}
	}
	return old, new
}

func FuzzLines(f *testing.F) {
	f.Add("a\nb\nc", "a\nx\nc")
	f.Add("", "a")
	f.Add("a\na\na", "a\na")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 2000 {
			t.Skip()
		}
		old, new := apply(diff.Lines(a, b))
		if strings.Join(old, "\n") != strings.TrimRight(a, "\n") || strings.Join(new, "\n") != strings.TrimRight(b, "\n") {
			t.Fatalf("%q → %q: %q, %q", a, b, old, new)
		}
	})
}

func TestShortest(t *testing.T) {
	rows := diff.Lines("一\n二\n三\n四\n", "一\n三\n四\n五\n")
	if add, del := diff.Count(rows); add != 1 || del != 1 {
		t.Errorf("+%d -%d: %v", add, del, rows)
	}
}

func TestView(t *testing.T) {
	old := strings.Repeat("同\n", 20) + "旧的一行\n尾\n"
	new := strings.Repeat("同\n", 20) + "新的一行很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长\n尾\n"
	for _, width := range []int{40, 120} {
		lines := diff.View(theme.New(theme.Options{NoColor: true}), diff.Lines(old, new), width)
		text := ansi.Strip(strings.Join(lines, "\n"))
		if len(lines) > 12 || !strings.Contains(text, "- 旧的一行") || !strings.Contains(text, "+ 新的一行") || !strings.Contains(text, "…") {
			t.Errorf("width %d:\n%s", width, text)
		}
		for _, l := range lines {
			if ansi.StringWidth(l) > width {
				t.Errorf("%q is wider than %d", l, width)
			}
		}
	}
}
