package markdown_test

import (
	"slices"
	"strings"
	"testing"

	"dbchapter/ui/markdown"
)

// tricky are texts whose last lines mean something else once they are longer.
var tricky = []string{
	"文字\n#不是标题\n# 是标题\n文字\n",
	"- 一\n  续\n- 二\n\n  段\n1. 三\n\n\n",
	"甲 | 乙\n|-x\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n后文\n",
	"```sql\nSELECT 1;\n\n-- 空行之后\n  \n```\n后文\n```\n没有结束\n\n",
	"一\r\n\r\n二\r\n\r\n三\r四\n\n五\n\n六",
	"\n\n\n开头是空行\n\n### 标题\n\n\n正文",
}

// TestIncremental: at every length, a document that grew looks like one
// rendered at once, source lines too.
func TestIncremental(t *testing.T) {
	sample := read(t, "sample.md")
	for _, text := range append(slices.Clone(tricky), strings.Repeat(sample[:3000], 2)) {
		r := plain()
		d := r.Doc()
		step := max(1, len(text)/150)
		for i := 0; i <= len(text); i += step {
			same(t, text[:i], d.Render(text[:i], 40), r.Render(text[:i], 40))
		}
	}
}

// TestChanged: so does one that was changed in its midst, cut or widened.
func TestChanged(t *testing.T) {
	r := plain()
	d := r.Doc()
	text := read(t, "sample.md")
	for _, x := range []string{
		text, strings.Replace(text, "###", "## 新\n\n###", 3), text[:len(text)/2], text + "\n尾巴", "", text,
	} {
		for _, width := range []int{60, 90} {
			same(t, x, d.Render(x, width), r.Render(x, width))
		}
	}
}

// TestGrowingEnds: what was shown while it grew becomes what Render shows, and
// an earlier frame is left as it was.
func TestGrowingEnds(t *testing.T) {
	text := read(t, "sample.md")
	r := plain()
	d := r.Doc()
	var frames, copies [][]markdown.Line
	for i := 0; i < len(text); i += 41 {
		lines := d.Growing(text[:i], 50)
		frames, copies = append(frames, lines), append(copies, slices.Clone(lines))
	}
	same(t, text, d.Render(text, 50), r.Render(text, 50))
	for i := range frames {
		if !slices.Equal(frames[i], copies[i]) {
			t.Fatalf("frame %d was changed by a later one", i)
		}
	}
}

func same(t *testing.T, text string, got, want []markdown.Line) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("%q: line %d of %d differs from that of %d rendered at once:\n%v\n%v",
				text[max(0, len(text)-60):], i, len(got), len(want), got[min(i, len(got)):min(i+1, len(got))], want[min(i, len(want)):min(i+1, len(want))])
		}
	}
}
