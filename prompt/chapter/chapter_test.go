package chapter_test

import (
	_ "embed"
	"os"
	"reflect"
	"strings"
	"testing"

	"dbchapter/prompt/chapter"
)

func read(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

//go:embed testdata/seed_example.md
var seedExample string

// perfect are chapters in exactly the form of the contract.
var perfect = []string{"seed_example.md", "parking.md"}

func TestRenderIsByteExact(t *testing.T) {
	for _, name := range perfect {
		text := read(t, name)
		if got := chapter.Parse(text).Document().String(); got != text {
			t.Errorf("%s: parse and render gave other bytes at %s", name, firstDifference(got, text))
		}
	}
}

func firstDifference(a, b string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			return "got " + la[i] + "\nwant " + lb[i]
		}
	}
	return "the end"
}

func TestPrefixesRoundTrip(t *testing.T) {
	for _, name := range []string{"seed_example.md", "hotel.reply.md"} {
		text := read(t, name)
		for i := 0; i <= len(text); i += 211 {
			if got := chapter.Parse(text[:i]).String(); got != text[:i] {
				t.Fatalf("%s: prefix of %d bytes changed", name, i)
			}
		}
	}
}

func TestSections(t *testing.T) {
	for i, s := range chapter.Sections() {
		if s.Number() != i+1 || s.Title() == "" {
			t.Errorf("%s is number %d, %q", s, s.Number(), s.Title())
		}
		for _, name := range []string{string(s), s.Title(), strings.ToUpper(string(s)), string(rune('1' + i))} {
			if got, ok := chapter.ByID(name); !ok || got != s {
				t.Errorf("ByID(%q) = %q, %v", name, got, ok)
			}
		}
	}
	for _, name := range []string{"", "0", "8", "缓存", "databases"} {
		if got, ok := chapter.ByID(name); ok {
			t.Errorf("ByID(%q) = %q", name, got)
		}
	}
}

func TestWithChangesOneSection(t *testing.T) {
	for _, name := range perfect {
		c := chapter.Parse(read(t, name))
		for _, s := range chapter.Sections() {
			fresh := "### " + s.Title() + "\n- **新的**：内容"
			got := c.With(s, fresh+"\n\n\n")
			for _, other := range chapter.Sections() {
				was, _ := c.Section(other)
				now, ok := got.Section(other)
				switch {
				case !ok:
					t.Errorf("%s: %s is gone", s, other)
				case other == s && strings.TrimRight(now.Text, "\n") != fresh:
					t.Errorf("%s became %q", s, now.Text)
				case other != s && now.Text != was.Text:
					t.Errorf("%s changed with %s", other, s)
				}
			}
			same, _ := c.Section(s)
			if c.With(s, same.Text).String() != c.String() {
				t.Errorf("%s: its own text changed the chapter", s)
			}
		}
	}
}

func TestWithInsertsInOrder(t *testing.T) {
	full := chapter.Parse(read(t, "seed_example.md"))
	for _, order := range [][]int{{0, 1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1, 0}, {3, 0, 6, 1, 5, 2, 4}} {
		var c chapter.Chapter
		for _, i := range order {
			p, _ := full.Section(chapter.Sections()[i])
			c = c.With(p.Section, p.Text)
		}
		if c.String() != full.String() {
			t.Errorf("order %v: %s", order, firstDifference(c.String(), full.String()))
		}
	}
	if got := (chapter.Chapter{}).With(chapter.Cache, "- 一行").String(); got != "### 缓存设计\n- 一行\n" {
		t.Errorf("heading not added: %q", got)
	}
}

func TestDocumentKnowsItsLines(t *testing.T) {
	text := read(t, "seed_example.md")
	lines := strings.Split(text, "\n")
	d := chapter.Parse(text).Document()
	at := func(n int, want string) {
		t.Helper()
		if n < 1 || !strings.Contains(lines[n-1], want) {
			t.Errorf("line %d does not hold %q", n, want)
		}
	}
	at(d.Principles[1].Line, "读写分离")
	at(d.Instances[2].Line, "payment_db")
	at(d.Tables[1].Line, "订单表 (orders)")
	at(d.Tables[1].CodeLine, "CREATE TABLE orders")
	at(d.Shards[1].Line, "用户表分库")
	at(d.Shards[1].Items[2].Line, "user_id % 4")
	at(d.Cache[2].Line, "热点数据缓存")
	at(d.Cache[2].KeyLine, "hot:products")
	at(d.Cache[2].TTLLine, "TTL: 10分钟")
	at(d.Backup[2].Line, "恢复测试")
	want := chapter.Instance{Service: "缓存层", Engine: "Redis 6.0", Name: "cache_cluster", Remark: "集群模式", Cells: 5, Line: d.Instances[4].Line}
	if !reflect.DeepEqual(d.Instances[4], want) {
		t.Errorf("got %+v", d.Instances[4])
	}
}

func TestBlocks(t *testing.T) {
	text := "### 性能优化\n- **a**：b\n  - c\n    ```\n    x\n    ```\n1. d\n> e\n\n| f | g\\|h |\n|---|---|\n文\n字\n~~~go\ni\n~~~\n---\n```sql\nCREATE\n### 备份恢复\n- **z**：y\n"
	var got []string
	for _, p := range chapter.Parse(text).Parts {
		for _, b := range p.Blocks() {
			got = append(got, string(b.Kind)+" "+b.Label+" "+strings.Join(b.Cells, ","))
			if !strings.HasPrefix(text[b.TextOffset:], strings.SplitN(b.Text, "\n", 2)[0]) && b.Kind != chapter.Row && b.Kind != chapter.Break {
				t.Errorf("line %d: text is not at its offset", b.Line)
			}
		}
	}
	want := []string{"heading  ", "bullet a ", "bullet  ", "quote  ", "row  f,g|h", "row  ---,---", "text  ", "fence go ", "break  ", "fence sql ", "heading  ", "bullet z "}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"seed_example.md", "library.reply.md"} {
		f.Add(read(f, name))
	}
	f.Add("### 核心表设计\n```sql\n### 缓存设计")
	f.Fuzz(func(t *testing.T, text string) {
		c := chapter.Parse(text)
		if c.String() != text {
			t.Fatal("bytes changed")
		}
		for _, p := range c.Parts {
			for _, b := range p.Blocks() {
				if b.Line < p.Line || b.End < b.Line || b.TextOffset > len(text) {
					t.Fatalf("block out of place: %+v", b)
				}
			}
		}
		once := c.Document().String()
		if again := chapter.Parse(once).Document(); !strings.Contains(once, "\r") && chapter.Parse(again.String()).Document().String() != again.String() {
			t.Fatal("rendering is not stable")
		}
		c.With(chapter.Cache, text)
	})
}

func FuzzNormalize(f *testing.F) {
	for _, name := range []string{"seed_example.md", "hotel.reply.md"} {
		f.Add(read(f, name))
	}
	f.Add("```markdown\n## 1. 数据库架构\n* **a**: b\n```")
	f.Fuzz(func(t *testing.T, text string) {
		n := chapter.Normalize(text)
		out := n.Chapter.String()
		if len(n.Origin) != strings.Count(out, "\n") {
			t.Fatalf("%d origins for %d lines", len(n.Origin), strings.Count(out, "\n"))
		}
	})
}
