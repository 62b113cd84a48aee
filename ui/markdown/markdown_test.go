package markdown_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/markdown"
	"dbchapter/ui/theme"
)

var update = flag.Bool("update", false, "rewrite golden files")

func plain() *markdown.Renderer { return markdown.New(theme.New(theme.Options{NoColor: true})) }

func text(lines []markdown.Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.TrimRight(ansi.Strip(l.Text), " ") + "\n")
	}
	return b.String()
}

func read(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestGolden(t *testing.T) {
	src := read(t, "sample.md")
	for name, r := range map[string]struct {
		width int
		theme theme.Options
	}{
		"sample.54":       {54, theme.Options{NoColor: true}},
		"sample.80":       {80, theme.Options{NoColor: true}},
		"sample.80.ascii": {80, theme.Options{NoColor: true, ASCII: true}},
	} {
		got := text(markdown.New(theme.New(r.theme)).Render(src, r.width))
		path := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want := read(t, name+".golden"); got != want {
			t.Errorf("%s differs; got:\n%s", name, got)
		}
	}
}

// TestFits holds every width against a whole chapter: no line too wide, no
// break hint left, a bullet on the line of its text, code never at column 0.
func TestFits(t *testing.T) {
	src := read(t, "sample.md")
	for _, light := range []bool{false, true} {
		for width := 20; width <= 120; width += 25 {
			r := markdown.New(theme.New(theme.Options{Light: light}))
			for _, l := range r.Render(src, width) {
				if w := ansi.StringWidth(l.Text); w > width {
					t.Fatalf("width %d: a line takes %d: %q", width, w, ansi.Strip(l.Text))
				}
				if strings.ContainsRune(l.Text, '\u2028') {
					t.Fatalf("break hint left: %q", l.Text)
				}
				if s := strings.TrimSpace(ansi.Strip(l.Text)); s == "•" {
					t.Fatalf("width %d: a bullet alone", width)
				}
			}
		}
	}
}

// TestSource: the rendered line of a word names the source line the word is in.
func TestSource(t *testing.T) {
	src := read(t, "sample.md")
	lines := strings.Split(src, "\n")
	seen := 0
	for _, l := range plain().Render(src, 100) {
		for _, word := range []string{"owner_vehicles", "phone_hash", "表名规则", "user_db", "TTL: 30分钟", "缓存设计"} {
			if strings.Contains(ansi.Strip(l.Text), word) {
				seen++
				if !strings.Contains(lines[l.Source], word) {
					t.Errorf("%q shown as line %d, which is %q", word, l.Source, lines[l.Source])
				}
			}
		}
	}
	if seen < 6 {
		t.Fatalf("only %d words found", seen)
	}
}

// TestAttacks: whatever stands in the Markdown, and in whatever construct,
// only printable text and colours come out.
func TestAttacks(t *testing.T) {
	payloads := []string{
		"\x1b[2J", "\x1b]52;c;aGk=\x07", "\x1b]0;title\x07", "\x1bPq#0\x1b\\", "\x1b_Gf=1\x1b\\", "\x1bc", "\x1b[5n",
		"\u009b2J", "\u009d52;c;aGk=\u009c", "\a\b\v\f\r\x7f", "\u202eABC", "\u200b", "\U000e0041", "\ufeff",
		"&#27;[2J", "&#x1b;]0;x&#7;", "&#x9b;31m", "~~&**#27;**[31mFAKE~~", "&#8238;", "&#x2028;", "&Tab;&NewLine;",
		"[t](http://a\x1b[31m)", "<a href=\"javascript:x\">t</a>", "<http://a/\x1b]8;;x\x1b\\>", "\x1b[8mhidden", "\x1b[5mblink",
	}
	frames := []string{
		"%s", "# %s", "- %s", "- **x**：%s", "`%s`", "```sql\n%s\n```", "```%s\ncode\n```", "| a | b |\n|---|---|\n| %s | x |",
		"> %s", "1. %s", "**%s**", "[%s](http://x)", "[x](%s)", "![%s](x)", "<div>%s</div>", "<!-- %s -->",
	}
	for _, f := range frames {
		for _, p := range payloads {
			src := strings.ReplaceAll(f, "%s", p)
			for _, l := range markdown.New(theme.New(theme.Options{})).Render(src, 60) {
				audit(t, src, l.Text)
			}
		}
	}
}

func audit(t *testing.T, src, line string) {
	t.Helper()
	rest := line
	for {
		i := strings.IndexByte(rest, 0x1b)
		if i < 0 {
			break
		}
		end := strings.IndexByte(rest[i:], 'm')
		if !strings.HasPrefix(rest[i:], "\x1b[") || end < 0 || strings.Trim(rest[i+2:i+end], "0123456789;:") != "" {
			t.Fatalf("%q leaves %q", src, line)
		}
		if p := rest[i+2 : i+end]; p == "5" || p == "8" {
			t.Fatalf("%q blinks or hides: %q", src, line)
		}
		rest = rest[:i] + rest[i+end+1:]
	}
	for _, r := range rest {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Fatalf("%q leaves %U in %q", src, r, line)
		}
	}
}

// TestNothingHidden: HTML and comments are shown as they are written.
func TestNothingHidden(t *testing.T) {
	got := text(plain().Render("前 <!-- 藏 --> <b>粗</b> 后\n\n<script>x</script>", 60))
	for _, want := range []string{"<!-- 藏 -->", "<b>粗</b>", "<script>x</script>"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
}

// TestGrowing: at every prefix the render is that of the prefix, but a table
// row still being written is held back.
func TestGrowing(t *testing.T) {
	src := read(t, "sample.md")
	d := plain().Doc()
	for i := 0; i <= len(src); i += 97 {
		for _, l := range d.Growing(src[:i], 60) {
			if ansi.StringWidth(l.Text) > 60 {
				t.Fatalf("at %d: %q too wide", i, l.Text)
			}
		}
	}
	if got, want := text(d.Render(src, 60)), text(plain().Render(src, 60)); got != want {
		t.Errorf("a grown document differs from one rendered at once")
	}
	half := text(plain().Doc().Growing("### 标题\n| 服务名称 | 数据", 60))
	if strings.Contains(half, "服务名称") {
		t.Errorf("half a table head shows: %q", half)
	}
}

func BenchmarkChapter(b *testing.B) {
	data, err := os.ReadFile("testdata/sample.md")
	if err != nil {
		b.Fatal(err)
	}
	r := markdown.New(theme.New(theme.Options{}))
	for b.Loop() {
		r.Render(string(data), 80)
	}
}
