package check_test

import (
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// fixable are texts with something to repair.
func fixable(t *testing.T) map[string]struct {
	design *design.Design
	text   string
} {
	type in = struct {
		design *design.Design
		text   string
	}
	golden, d := file(t, "parking.md"), parking(t)
	out := map[string]in{
		"golden":  {d, golden},
		"seed":    {nil, file(t, "seed_example.md")},
		"hotel":   {nil, file(t, "hotel.reply.md")},
		"library": {nil, file(t, "library.reply.md")},
		"half":    {d, golden[:len(golden)/2]},
	}
	for i, c := range slices.Concat(formatCases, crossCases, lintCases) {
		if i%8 == 0 { // some are enough: every text takes several runs
			out[c.rule+" "+c.says] = in{d, c.bad(golden)}
		}
	}
	return out
}

// TestFix: repairs are idempotent, bring up nothing new, and leave nothing safe
// undone that they could do.
func TestFix(t *testing.T) {
	for name, x := range fixable(t) {
		before := keys(x.design, x.text)
		fixed, done := check.Fix(x.design, x.text)
		for key := range keys(x.design, fixed) {
			if !before[key] {
				t.Errorf("%s: new finding %s", name, key)
			}
		}
		if again, more := check.Fix(x.design, fixed); again != fixed || len(more) > 0 {
			t.Errorf("%s: second fix did %v", name, more)
		}
		if fixed != x.text && len(done) == 0 {
			t.Errorf("%s: changed without saying so", name)
		}
		for _, f := range done {
			if f.Step == "" || f.Message == "" || f.Line < 1 || f.Line > strings.Count(x.text, "\n")+1 {
				t.Errorf("%s: record %+v", name, f)
			}
		}
	}
}

func keys(d *design.Design, text string) map[string]bool {
	out := map[string]bool{}
	for _, f := range check.Run(d, text).Findings {
		out[f.Rule+" "+f.Object] = true
	}
	return out
}

// TestFixKeepsWords: every line of prose is in the chapter or in the record of
// what was done.
func TestFixKeepsWords(t *testing.T) {
	for _, name := range []string{"library.reply.md", "hotel.reply.md"} {
		fixed, done := check.Fix(nil, file(t, name))
		have := fixed
		for _, f := range done {
			have += f.Message
		}
		code := false
		for _, l := range strings.Split(file(t, name), "\n") {
			l = strings.TrimSpace(strings.TrimPrefix(l, "> "))
			if strings.HasPrefix(l, "```") {
				code = !code
			}
			if !code && !strings.HasPrefix(l, "#") && l != "---" && !strings.Contains(have, l) {
				t.Errorf("%s: lost %q", name, l)
			}
		}
	}
}

// TestFixRepairs: what each repair writes.
func TestFixRepairs(t *testing.T) {
	golden, d := file(t, "parking.md"), parking(t)
	for _, c := range []struct {
		rule string
		bad  change
		want string // in the text afterwards; "" means the golden chapter
	}{
		{rule: "F002", bad: func(s string) string {
			i, j := strings.Index(s, "### 缓存设计"), strings.Index(s, "### 数据同步")
			return s[:i] + s[j:] + "\n" + s[i:j]
		}},
		{rule: "F014", bad: func(s string) string {
			i, j, k := strings.Index(s, "- **备份策略**"), strings.Index(s, "- **备份保留**"), strings.Index(s, "- **恢复测试**")
			return s[:i] + s[j:k] + s[i:j] + s[k:]
		}},
		{rule: "F015", bad: all("- **连接池**：", "* **连接池**: ")},
		{rule: "F022", bad: all("owner:info:{owner_id}", "owner:info:<owner_id>")},
		{rule: "X202", bad: put("owners, vehicles, owner_vehicles, outbox_events", "vehicles, owner_vehicles, outbox_events"), want: "| vehicles, owner_vehicles, outbox_events, owners |"},
		{rule: "L301", bad: index("INDEX idx_phone (phone_hash)")},
		{rule: "L301", bad: put("    UNIQUE KEY uk_refund_no (refund_no),\n", "    INDEX idx_refund_no (refund_no),\n    UNIQUE KEY uk_refund_no (refund_no),\n")},
		{rule: "L306", bad: put("COMMENT '退款成功时间',\n    version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号',\n    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',\n    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',", "COMMENT '退款成功时间',\n    version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号',\n    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',")},
		{rule: "L307", bad: put(" ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间'", " COMMENT '更新时间'")},
		{rule: "L308", bad: put("nickname VARCHAR(50) NOT NULL DEFAULT ''", "nickname VARCHAR(50) DEFAULT ''")},
		{rule: "L323", bad: put("    INDEX idx_payment_no (payment_no),\n", "    INDEX idx_payment_no (payment_no),\n    CONSTRAINT fk_refund FOREIGN KEY (payment_no) REFERENCES payments (payment_no),\n")},
		{rule: "X215", bad: put("    INDEX idx_payment_no (payment_no),\n", "    INDEX idx_payment_no (payment_no),\n    CONSTRAINT fk_refund_bill FOREIGN KEY (bill_no) REFERENCES parking_bills (bill_no),\n")},
		{rule: "L324", bad: put("INDEX idx_vehicle_id (vehicle_id)", "INDEX vid (vehicle_id)")},
	} {
		fixed, _ := check.Fix(d, c.bad(golden))
		switch {
		case c.want == "" && fixed != golden:
			t.Errorf("%s: %s", c.rule, difference(fixed, golden))
		case c.want != "" && !strings.Contains(fixed, c.want):
			t.Errorf("%s: no %q", c.rule, c.want)
		}
	}
}

func difference(a, b string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			return "got  " + la[i] + "\nwant " + lb[i]
		}
	}
	return "one is longer"
}

func FuzzRun(f *testing.F) {
	f.Add(file(f, "seed_example.md"))
	f.Add("### 核心表设计\n#### 甲表 (a)\n```sql\nCREATE TABLE a (id INT,, KEY (x)\n```\n### 缓存设计\n#### Redis缓存策略\n```\nKEY: a\n```")
	f.Add("#核心表设计\n```\nCREATE TABLE A(A \xc6")
	f.Add("### 数据库架构\n#### 数据库实例规划\n| a |\n|---|\n| b | c |\n")
	f.Fuzz(func(t *testing.T, text string) {
		r := check.Run(nil, text)
		lines := strings.Count(text, "\n") + 1
		for _, x := range r.Findings {
			if x.Line < 1 || x.Line > lines {
				t.Fatalf("%s on line %d of %d", x.Rule, x.Line, lines)
			}
		}
		check.Text("a.md", text, r)
		check.Reviewed(nil, text)
	})
}
