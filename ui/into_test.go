package ui_test

import (
	"strings"
	"testing"

	"dbchapter/ui"
)

func TestInto(t *testing.T) {
	chapter := "### 数据库架构\n#### 原则\n```\n### 不是标题\n```\n"
	for _, c := range []struct{ name, doc, want string }{
		{
			"shifted under the heading above",
			"# 文档\n## 5 数据\n<!-- dbchapter:begin -->\n旧\n<!-- dbchapter:end -->\n## 6\n",
			"# 文档\n## 5 数据\n<!-- dbchapter:begin -->\n### 数据库架构\n#### 原则\n```\n### 不是标题\n```\n<!-- dbchapter:end -->\n## 6\n",
		},
		{
			"deeper",
			"### 5.1\n\n<!-- dbchapter:begin --><!-- dbchapter:end -->尾",
			"### 5.1\n\n<!-- dbchapter:begin -->\n#### 数据库架构\n##### 原则\n```\n### 不是标题\n```\n<!-- dbchapter:end -->尾",
		},
		{"appended", "# 文档", "# 文档\n\n<!-- dbchapter:begin -->\n## 数据库架构\n### 原则\n```\n### 不是标题\n```\n<!-- dbchapter:end -->\n"},
		{"empty", "", "<!-- dbchapter:begin -->\n### 数据库架构\n#### 原则\n```\n### 不是标题\n```\n<!-- dbchapter:end -->\n"},
	} {
		got := ui.Into(c.doc, chapter)
		if got != c.want {
			t.Errorf("%s:\n%q\nwant\n%q", c.name, got, c.want)
		}
		if again := ui.Into(got, chapter); again != got {
			t.Errorf("%s: not the same the second time", c.name)
		}
	}
	crlf := ui.Into("# a\r\n<!-- dbchapter:begin -->\r\n<!-- dbchapter:end -->\r\nb\r\n", chapter)
	if strings.Contains(strings.ReplaceAll(crlf, "\r\n", ""), "\n") {
		t.Errorf("line ends mixed: %q", crlf)
	}
}
