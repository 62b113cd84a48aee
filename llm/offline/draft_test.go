package offline_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"dbchapter/llm"
	"dbchapter/llm/offline"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
)

func shop(t *testing.T) brief.Resolved {
	t.Helper()
	b, ok := brief.Preset("ecommerce")
	if !ok {
		t.Fatal("no preset ecommerce")
	}
	return brief.Complete(b)
}

func TestDraftIsTheChapter(t *testing.T) {
	text, done, err := llm.Collect(context.Background(), offline.Drafter{}, prompt.Prompt{Brief: shop(t)})
	if err != nil || done.Kind != llm.Done || done.Finish != llm.Stop {
		t.Fatalf("done = %+v, err = %v", done, err)
	}
	b, _ := brief.Preset("ecommerce")
	if _, want := written(b, prompt.Standard); text != want {
		t.Errorf("the stream is not the chapter: %s", firstDifference(text, want))
	}
}

// A delta is a bullet, a row or a code block with the headings above it.
func TestPieces(t *testing.T) {
	for d, err := range (offline.Drafter{}).Draft(context.Background(), prompt.Prompt{Brief: shop(t)}) {
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(d.Text, "- **"); n > 1 {
			t.Errorf("%d bullets at once: %q", n, d.Text)
		}
		if strings.Count(d.Text, "\n```")%2 != 0 && !strings.HasPrefix(d.Text, "```") {
			t.Errorf("half a code block: %q", d.Text)
		}
	}
}

func TestSections(t *testing.T) {
	want := []chapter.Section{chapter.Cache, chapter.Backup}
	text, _, err := llm.Collect(context.Background(), offline.Drafter{}, prompt.Prompt{Brief: shop(t), Sections: want})
	if err != nil {
		t.Fatal(err)
	}
	parts := chapter.Parse(text).Parts
	if len(parts) != 2 || parts[0].Section != chapter.Cache || parts[1].Section != chapter.Backup || !strings.HasPrefix(text, "### 缓存设计\n") {
		t.Errorf("sections = %v", parts)
	}
	b, _ := brief.Preset("ecommerce")
	_, whole := written(b, prompt.Standard)
	if !strings.Contains(whole, strings.TrimRight(parts[0].Text, "\n")) {
		t.Error("a section alone reads differently from the same section in the chapter")
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for _, err := range (offline.Drafter{}).Draft(ctx, prompt.Prompt{Brief: shop(t)}) {
		n++
		last = err
		if n == 3 {
			cancel()
		}
	}
	if n != 4 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d deltas, last error %v", n, last)
	}
}

func TestStop(t *testing.T) {
	n := 0
	for range (offline.Drafter{}).Draft(context.Background(), prompt.Prompt{Brief: shop(t)}) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d deltas after stopping at 2", n)
	}
}

func TestNothingToDraft(t *testing.T) {
	_, _, err := llm.Collect(context.Background(), offline.Drafter{}, prompt.Prompt{})
	var e *llm.Error
	if !errors.As(err, &e) || e.Kind != llm.Request || e.Hint == "" {
		t.Errorf("err = %#v", err)
	}
}

func TestHints(t *testing.T) {
	cache := []chapter.Section{chapter.Cache}
	plain := hinted(t, "", cache)
	for hint, want := range map[string]struct {
		longer, local, notice bool
	}{
		"改用多级缓存":        {longer: true, local: true},
		"更短":            {},
		"更短，改用多级缓存":     {local: true},
		"全部换成Cassandra": {notice: true},
	} {
		got := hinted(t, hint, cache)
		if got.local != want.local || (got.notice != "") != want.notice {
			t.Errorf("%q: local = %v, notice = %q", hint, got.local, got.notice)
		}
		if longer := len(got.text) > len(plain.text); longer != want.longer {
			t.Errorf("%q: %d bytes, without a hint %d", hint, len(got.text), len(plain.text))
		}
		if strings.Contains(got.text, "Cassandra") {
			t.Errorf("%q: the notice is in the chapter", hint)
		}
	}
	if full := hinted(t, "写得更详细一些", []chapter.Section{chapter.Performance}); !strings.Contains(full.text, "参数建议") || full.notice != "" {
		t.Errorf("更详细: %q, notice %q", full.text, full.notice)
	}
}

type answer struct {
	text, notice string
	local        bool
}

func hinted(t *testing.T, hint string, want []chapter.Section) answer {
	t.Helper()
	var a answer
	p := prompt.Prompt{Brief: shop(t), Hint: hint, Sections: want}
	for d, err := range (offline.Drafter{}).Draft(context.Background(), p) {
		if err != nil {
			t.Fatal(err)
		}
		switch d.Kind {
		case llm.Retry:
			a.notice = d.Text
		case llm.Text:
			a.text += d.Text
		}
	}
	a.local = strings.Contains(a.text, "进程内本地缓存")
	return a
}

// What people type must not become Markdown.
func TestHostileText(t *testing.T) {
	evil := "订单|#```**<b>"
	b := brief.Brief{BaseDate: "2027-01-01"}
	b.System = brief.System{Name: "# 系统", Code: "evil", Summary: "```\n### 数据库架构\n", Users: []string{"| 用户 |"}}
	b.System.Regions = []brief.Region{{Name: "华东", Role: "primary"}, {Name: "北|京\n### 备份", Role: "dr"}}
	b.Services = []brief.Service{{Name: "订单|\n# 服务", Code: "order", Out: []string{"order.created"}}, {Name: "支付服务", Code: "pay", In: []string{"order.created"}}}
	b.Entities = []brief.Entity{
		{
			Name: evil, Table: "orders", Service: "order", Kind: brief.Txn,
			Attrs:  []brief.Attr{{Name: "订单号\n- **x**：y", Column: "order_no", Unique: true}, {Name: "状态", Column: "status", Enum: []brief.EnumValue{{Code: "1", Label: "新|建"}, {Code: "2", Label: "```"}}}},
			Access: []brief.Access{{Op: "get", Eq: []string{"order_no"}, Hot: true, Note: "查|询\n#### 单表分表\n```"}},
			Tags:   []string{"hot", "money", "write"},
		},
		{Name: "支付单", Table: "payments", Service: "pay", Kind: brief.Txn, Attrs: []brief.Attr{{Name: "订单号", Column: "order_no", Ref: "orders"}}},
	}
	_, text := written(b, prompt.Full)
	doc := chapter.Parse(text).Document()
	if got := doc.String(); got != text {
		t.Errorf("user text changed the form of the chapter: %s", firstDifference(text, got))
	}
	if len(doc.Tables) != 3 || len(chapter.Parse(text).Parts) != 7 {
		t.Errorf("%d tables, %d sections", len(doc.Tables), len(chapter.Parse(text).Parts))
	}
	for _, x := range doc.Instances {
		if x.Cells != 5 {
			t.Errorf("row of %s has %d cells", x.Name, x.Cells)
		}
	}
}
