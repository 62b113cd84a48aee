package chapter_test

import (
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/chapter"
)

// variant is one way in which models write a chapter differently; what it
// makes of a perfect chapter must come back as that chapter.
type variant struct {
	step  string
	name  string
	write func(string) string
	notes string // what must be in the notes
	loose bool   // cannot be combined with others
}

func swap(old, now string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, old, now) }
}

func once(old, now string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, now, 1) }
}

func sub(pattern, now string) func(string) string {
	re := regexp.MustCompile("(?m)" + pattern)
	return func(s string) string { return re.ReplaceAllString(s, now) }
}

// last moves what stands between two texts to the end.
func last(from, to string) func(string) string {
	return func(s string) string {
		i, j := strings.Index(s, from), strings.Index(s, to)
		if i < 0 || j < i {
			return s
		}
		return s[:i] + s[j:] + "\n" + s[i:j]
	}
}

var variants = []variant{
	{step: "N1", name: "CRLF", write: swap("\n", "\r\n")},
	{step: "N1", name: "byte order mark, zero width, blanks at line ends", write: func(s string) string {
		return "\ufeff" + strings.ReplaceAll(strings.ReplaceAll(s, "缓存\n", "缓存  \n"), "索引优化", "索引\u200b优化")
	}},
	{step: "N1", name: "reasoning", write: func(s string) string { return "<think>\n先想一想\n### 数据库架构\n</think>\n\n" + s }},
	{step: "N1", name: "tabs", write: swap("\n    ", "\n\t")},
	{step: "N2", name: "markdown fence around all", write: func(s string) string { return "```markdown\n" + s + "```\n" }, loose: true},
	{step: "N2", name: "fence with a preamble", write: func(s string) string { return "好的，如下：\n\n```md\n" + s + "```" }, notes: "好的，如下：", loose: true},
	{step: "N3", name: "greeting", write: func(s string) string { return "好的，以下是本系统的数据库设计章节。\n\n" + s }, notes: "以下是本系统"},
	{step: "N3", name: "closing words", write: func(s string) string { return s + "\n---\n以上是全部内容，希望对您有帮助。\n" }, notes: "希望对您有帮助"},
	{step: "N3", name: "quote", write: once("\n\n### 分库分表策略", "\n> 密码只存哈希。\n\n### 分库分表策略"), notes: "密码只存哈希。"},
	{step: "N3", name: "section of open questions", write: func(s string) string { return s + "\n### 待确认事项\n1. 日活是多少\n" }, notes: "日活是多少"},
	{step: "N3", name: "ruler inside the last section", write: once("\n- **备份保留**", "\n\n---\n\n- **备份保留**")},
	{step: "N3", name: "rulers between sections", write: swap("\n\n### ", "\n\n---\n\n### ")},
	{step: "N4", name: "sections at level two", write: sub(`^#(##+ )`, "$1")},
	{step: "N4", name: "document title above", write: func(s string) string { return "# 数据库设计\n\n" + sub(`^#(##+ )`, "$1")(s) }},
	{step: "N5", name: "numbers", write: func(s string) string {
		return strings.NewReplacer("### 数据库架构", "### 1. 数据库架构", "#### 主从同步", "#### 5.1 主从同步", "### 备份恢复", "### 七、备份恢复").Replace(s)
	}},
	{step: "N5", name: "bold and colons", write: func(s string) string {
		return strings.NewReplacer("### 性能优化", "### **性能优化**：", "### 缓存设计", "### （四）缓存设计 ###").Replace(s)
	}},
	{step: "N5", name: "bold line as heading", write: once("### 性能优化", "**六、性能优化**")},
	{step: "N6", name: "aliases of sections", write: func(s string) string {
		return strings.NewReplacer("### 数据库架构", "### 数据库整体架构", "### 核心表设计", "### 表结构设计", "### 备份恢复", "### 备份与恢复", "### 缓存设计", "### 缓存策略").Replace(s)
	}},
	{step: "N6", name: "aliases of subsections", write: func(s string) string {
		return strings.NewReplacer("#### 整体设计原则", "#### 设计原则", "#### 数据库实例规划", "#### 实例规划", "#### Redis缓存策略", "#### Redis 缓存策略", "#### 主从同步", "#### 主从复制", "#### 跨服务数据同步", "#### 服务间数据同步").Replace(s)
	}},
	{step: "N7", name: "full width brackets, back quotes", write: func(s string) string {
		return strings.NewReplacer("用户表 (users)", "用户表（users）", "订单表 (orders)", "订单表 (`orders`)").Replace(s)
	}},
	{step: "N7", name: "name first, number first", write: func(s string) string {
		return strings.NewReplacer("#### 用户表 (users)", "#### users（用户表）", "#### 订单表 (orders)", "#### 2. 订单表").Replace(s)
	}},
	{step: "N7", name: "name and words apart, bold line", write: func(s string) string {
		return strings.NewReplacer("#### 用户表 (users)", "#### users 用户表", "#### 订单表 (orders)", "**订单表 (orders)**").Replace(s)
	}},
	{step: "N7", name: "sharding titles", write: swap("#### 订单表分表", "#### 订单分表方案")},
	{step: "N8", name: "stars and half-width colons", write: sub(`^- \*\*(.+?)\*\*：`, "* **$1**: ")},
	{step: "N8", name: "colon inside bold", write: sub(`^- \*\*(.+?)\*\*：`, "- **$1：** ")},
	{step: "N8", name: "no bold", write: sub(`^- \*\*(.+?)\*\*：`, "- $1：")},
	{step: "N8", name: "numbers", write: sub(`^- \*\*(.+?)\*\*：`, "1. **$1**：")},
	{step: "N8", name: "no mark", write: sub(`^- \*\*(.+?)\*\*：`, "**$1**：")},
	{step: "N9", name: "header aliases and alignment", write: func(s string) string {
		return strings.NewReplacer("| 服务名称 | 数据库类型 | 实例名称 | 主要表 | 备注 |", "|服务|类型|库名|核心表|说明|", "|---------|-----------|----------|--------|------|", "|:---|:--:|---|---|---:|").Replace(s)
	}},
	{step: "N9", name: "no dashes, no outer blanks", write: func(s string) string {
		return strings.NewReplacer("|---------|-----------|----------|--------|------|\n", "", "| 用户服务 | MySQL 8.0 |", "|用户服务|MySQL 8.0|").Replace(s)
	}},
	{step: "N10", name: "language of tables", write: swap("```sql", "```mysql")},
	{step: "N10", name: "no language, language of the cache", write: func(s string) string {
		return strings.Replace(strings.ReplaceAll(s, "```sql", "```"), "```\n# 用户信息缓存", "```yaml\n# 用户信息缓存", 1)
	}},
	{step: "N11", name: "open cache block", write: once("TTL: 10分钟\n```\n", "TTL: 10分钟\n"), loose: true},
	{step: "N11", name: "open table block", write: once("COMMENT='用户表';\n```\n", "COMMENT='用户表';\n"), loose: true},
	{step: "N12", name: "wide colons and case", write: func(s string) string {
		return strings.NewReplacer("KEY: ", "Key：", "TTL: ", "- TTL：", "# 用户信息缓存", "// 用户信息缓存").Replace(s)
	}},
	{step: "N12", name: "a block for each entry", write: func(s string) string {
		return strings.NewReplacer("\n\n# 订单缓存\n", "\n```\n\n**订单缓存**\n```\n", "\n\n# 热点数据缓存\n", "\n```\n\n##### 热点数据缓存\n```\n").Replace(s)
	}},
	{step: "N13", name: "wide punctuation", write: func(s string) string {
		return strings.NewReplacer("COMMENT '用户名',", "COMMENT ‘用户名’，", "INDEX idx_email (email)", "INDEX idx_email （email）").Replace(s)
	}},
	{step: "N13", name: "comma too many, semicolon missing", write: func(s string) string {
		return strings.NewReplacer("(status)\n)", "(status),\n)", "COMMENT='订单表';", "COMMENT='订单表'").Replace(s)
	}},
	{step: "N14", name: "two tables in one block", write: once("```\n\n#### 订单表 (orders)\n```sql\n", "\n")},
	{step: "N14", name: "two blocks under one heading", write: once("\n#### 订单表 (orders)\n", "\n")},
	{step: "N15", name: "sections out of order", write: last("### 缓存设计", "### 数据同步")},
	{step: "N15", name: "levels", write: func(s string) string {
		return strings.NewReplacer("#### 主从同步", "### 主从同步", "#### 用户表 (users)", "##### 用户表 (users)").Replace(s)
	}},
	{step: "N15", name: "subsection in another section", write: last("#### 跨服务数据同步", "### 性能优化")},
	{step: "N16", name: "blank lines", write: func(s string) string {
		return strings.NewReplacer("### 性能优化\n", "### 性能优化\n\n", "\n- **SQL优化**", "\n\n- **SQL优化**", "\n\n### 备份恢复", "\n\n\n\n### 备份恢复").Replace(s)
	}},
	{step: "N16", name: "no blank lines", write: swap("\n\n###", "\n###")},
}

func TestVariants(t *testing.T) {
	seed := read(t, "seed_example.md")
	for _, v := range variants {
		t.Run(v.step+" "+v.name, func(t *testing.T) {
			text := v.write(seed)
			if text == seed {
				t.Fatal("the variant is the seed itself")
			}
			n := chapter.Normalize(text)
			if got := n.Chapter.String(); got != seed {
				t.Errorf("normalised otherwise: %s\n%s", firstDifference(got, seed), got)
			}
			if !slices.ContainsFunc(n.Fixed, func(f chapter.Fixed) bool { return f.Step == v.step }) {
				t.Errorf("no record of %s: %v", v.step, n.Fixed)
			}
			if !strings.Contains(strings.Join(n.Notes, "\n"), v.notes) {
				t.Errorf("notes %q lack %q", n.Notes, v.notes)
			}
		})
	}
}

// TestVariantsTogether writes chapters with several variants at once.
func TestVariantsTogether(t *testing.T) {
	seed := read(t, "seed_example.md")
	random := rand.New(rand.NewSource(7))
	for range 40 {
		text := seed
		var names []string
		for _, i := range random.Perm(len(variants))[:3] {
			if !variants[i].loose {
				text = variants[i].write(text)
				names = append(names, variants[i].step+" "+variants[i].name)
			}
		}
		n := chapter.Normalize(text)
		out := n.Chapter.String()
		if again := chapter.Normalize(out).Chapter.String(); again != out {
			t.Errorf("%v: not idempotent: %s", names, firstDifference(again, out))
		}
		have := bare(out + strings.Join(n.Notes, "\n"))
		for _, s := range sentences(seed) {
			if !strings.Contains(have, s) {
				t.Errorf("%v: lost %q", names, s)
			}
		}
	}
}
