package cli

import (
	"strings"
	"testing"

	"dbchapter/ui"
)

// FuzzDocument: taking a file apart loses nothing, and what stands before the
// chapter is whole lines.
func FuzzDocument(f *testing.F) {
	for _, s := range []string{
		"", "---", "---\n", "---\n---\n", "---\na: b\n---\n### 数据库架构\n", "---\r\nschema: dbbrief/v1\r\n---\r\n\r\n### 缓存设计\r\n",
		"---\n### 缓存设计\n---\n", "---\n- a\n---\nx", "---\na: [\n---\nx", "# 文档\n<!-- dbchapter:begin -->\n## 缓存设计\n### x\n<!-- dbchapter:end -->尾",
		"---\na: b\n---\n\rx", "<!-- dbchapter:begin --><!-- dbchapter:end -->", "<!-- dbchapter:end --><!-- dbchapter:begin -->",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := readDocument([]byte(text))
		if d.whole == "" && d.with(d.chapter) != text {
			t.Fatalf("%q became %q", text, d.with(d.chapter))
		}
		if !strings.HasPrefix(text, d.before) || !strings.HasSuffix(text, d.after) {
			t.Fatalf("%q: before %q, after %q", text, d.before, d.after)
		}
		if d.whole == "" && d.before != "" && d.before != text && !strings.HasSuffix(d.before, "\n") {
			t.Fatalf("before ends within a line: %q", d.before)
		}
	})
}

// TestInsideMarkers: a chapter that was put into a document comes out of it
// with the levels of the contract, at every depth that keeps them apart.
func TestInsideMarkers(t *testing.T) {
	chapter := "### 数据库架构\n#### 整体设计原则\n```\n### 不是标题\n```\n"
	for _, heading := range []string{"", "# 文档\n", "## 数据\n", "### 数据\n", "#### 数据\n"} {
		doc := ui.Into("前言\n"+heading, chapter)
		d := readDocument([]byte(doc))
		if d.chapter != chapter {
			t.Errorf("%q: %q", heading, d.chapter)
		}
		if again := d.with(d.chapter); again != doc {
			t.Errorf("%q: %q, was %q", heading, again, doc)
		}
	}
}

// TestCode: the name of a file as the code of a service.
func TestServiceCode(t *testing.T) {
	for file, want := range map[string]string{
		"order.sql": "order", "a/Order-Service.sql": "order", "2_user_db.sql": "user", "订单.sql": "servicea", "x.sql": "servicea",
		"very_long_name_that_goes_on.sql": "servicea", "pay svc.sql": "pay",
	} {
		if got := serviceCode(file, 0); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}
