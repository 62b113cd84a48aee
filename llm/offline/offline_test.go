package offline_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dbchapter/llm/offline"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

var update = flag.Bool("update", false, "rewrite the chapters in testdata")

// written is the chapter of a brief.
func written(b brief.Brief, l prompt.Length) (design.Design, string) {
	d := design.New(brief.Complete(b), design.House{})
	return d, offline.Chapter(d, l)
}

func goldenBrief(t *testing.T) brief.Brief {
	t.Helper()
	src, err := os.ReadFile("testdata/parking_brief.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Parse("parking_brief.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// polished are the sentences of the golden chapter that a person wrote more
// freely than rules can (domain.md §3.16 ★), by the subsection and label they
// stand under.
var polished = map[string]string{
	"整体设计原则/数据安全":    "行踪轨迹一句",
	"停车记录表分表/非分片键查询": "车主限绑5辆与按owner_id、lot_id的措辞",
	"Redis缓存策略/穿透防护": "布隆2000万",
	"性能优化/热点与大字段":    "措辞",
}

func TestGolden(t *testing.T) {
	want, err := os.ReadFile("testdata/parking_chapter.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text := written(goldenBrief(t), prompt.Standard)
	wantParts, gotParts := chapter.Parse(string(want)).Parts, chapter.Parse(text).Parts
	if len(wantParts) != len(gotParts) {
		t.Fatalf("%d sections, want %d", len(gotParts), len(wantParts))
	}
	free := map[string]bool{}
	for i, w := range wantParts {
		compareSection(t, w, gotParts[i], free)
	}
	for place := range polished {
		if !free[place] {
			t.Errorf("%s agrees with the golden chapter now: take it off the list", place)
		}
	}
}

// compareSection holds a section against the golden one line by line; free
// collects the polished sentences that differ.
func compareSection(t *testing.T, want, got chapter.Part, free map[string]bool) {
	t.Helper()
	w, g := strings.Split(want.Text, "\n"), strings.Split(got.Text, "\n")
	if len(w) != len(g) {
		t.Errorf("%s: %d lines, want %d", want.Title, len(g), len(w))
		return
	}
	sub := want.Title
	for i := range w {
		if s, ok := strings.CutPrefix(w[i], "#### "); ok {
			sub = s
		}
		if w[i] == g[i] {
			continue
		}
		label, _, _ := strings.Cut(strings.TrimPrefix(g[i], "- **"), "**：")
		place := sub + "/" + label
		if _, ok := polished[place]; !ok || !strings.HasPrefix(w[i], "- **"+label+"**：") {
			t.Errorf("%s line %d:\n got %s\nwant %s", want.Title, i+1, g[i], w[i])
			continue
		}
		free[place] = true
	}
}

func TestGoldenHasNoFindings(t *testing.T) {
	d, text := written(goldenBrief(t), prompt.Standard)
	for _, f := range check.Run(&d, text).Findings {
		t.Errorf("%s %s line %d: %s", f.Rule, f.Severity, f.Line, f.Message)
	}
}

// The chapters of the presets are read by people before they are committed.
func TestPresets(t *testing.T) {
	for _, p := range brief.Presets() {
		b, _ := brief.Preset(p.ID)
		b.BaseDate = "2027-01-01"
		_, got := written(b, prompt.Standard)
		path := filepath.Join("testdata", p.ID+".md")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: %s; run with -update and read the difference", p.ID, firstDifference(got, string(want)))
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "\n got " + g[i] + "\nwant " + w[i]
		}
	}
	return "one is longer than the other"
}

func TestDeterminism(t *testing.T) {
	for _, id := range []string{"ecommerce", "payment"} {
		b, _ := brief.Preset(id)
		_, first := written(b, prompt.Full)
		for range 100 {
			if _, again := written(b, prompt.Full); again != first {
				t.Fatalf("%s differs between runs: %s", id, firstDifference(again, first))
			}
		}
	}
}

// Every default is used by some chapter, and what nobody verified is open.
func TestAssumptions(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range samples(t) {
		d := design.New(brief.Complete(s.b), design.House{})
		for _, a := range offline.Assumptions(d) {
			seen[a.Label] = true
		}
	}
	d, _ := written(goldenBrief(t), prompt.Standard)
	open := map[string]bool{}
	for _, a := range offline.Assumptions(d) {
		open[a.Label] = a.Open
	}
	for label, want := range map[string]bool{"ClickHouse压缩比": true, "归档与留存年限": true, "账号注销处理时限": true, "还原速率": false} {
		if got, ok := open[label]; !ok || got != want {
			t.Errorf("golden: %s listed %v, open %v", label, ok, got)
		}
	}
	if n := offline.DefaultCount(); len(seen) != n {
		t.Errorf("%d of %d defaults are used by any chapter: %v", len(seen), n, seen)
	}
}
