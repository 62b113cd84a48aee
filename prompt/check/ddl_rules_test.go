package check_test

import (
	"strings"
	"testing"

	"dbchapter/prompt/check"
)

// inPostgres gives the refunds table an instance of its own, in PostgreSQL.
func inPostgres(ddl string) change {
	return func(s string) string {
		i := strings.Index(s, "CREATE TABLE refunds")
		j := i + strings.Index(s[i:], "\n```")
		s = s[:i] + ddl + s[j:]
		return put("| 支付服务 |", "| 支付服务 | PostgreSQL 18 | refund_db | refunds | 1主1从 |\n| 支付服务 |")(strings.Replace(s, ", refunds", "", 1))
	}
}

const (
	postgresRefunds = "CREATE TABLE refunds (\n    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n    amount NUMERIC(18,2) NOT NULL DEFAULT 0\n);\nCOMMENT ON TABLE refunds IS '退款单表';\nCOMMENT ON COLUMN refunds.id IS '退款单ID';\nCOMMENT ON COLUMN refunds.amount IS '金额';"
	refundTail      = ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='退款单表';"
)

// partitions turns the outbox into another partitioned table.
func partitions(old, now string) change { return put(old, now) }

var ddlCases = []ruleCase{
	{rule: "D101", bad: put("refund_reason VARCHAR(255) NOT", "refund_reason VARCHAR(255) NOTT"), good: column("note VARCHAR(9) NOT NULL DEFAULT 'a''b,(' COMMENT '备注；（，）'"), says: "行无法解析"},
	{rule: "D101", bad: put("COMMENT '退款原因',", "COMMENT '退款原因"), says: "没有闭合"},
	{rule: "D101", bad: put("    INDEX idx_payment_no (payment_no),", "    ..."), says: "省略号"},
	{rule: "D102", bad: put("#### 退款单表 (refunds)", "#### 退款单表 (refund)"), says: "refund 与建表语句 refunds"},
	{rule: "D103", bad: after(refundTail, "\nCREATE TABLE owners (id BIGINT PRIMARY KEY COMMENT 'a') ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='b';"), says: "owners 重复定义"},
	{rule: "D104", bad: put("id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '退款单ID'", "id BIGINT NOT NULL COMMENT '退款单ID'"), good: then(put("id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '退款单ID'", "id BIGINT NOT NULL COMMENT '退款单ID'"), put("    UNIQUE KEY uk_refund_no (refund_no),", "    PRIMARY KEY (id),\n    UNIQUE KEY uk_refund_no (refund_no),")), says: "refunds 缺少主键"},
	{rule: "D104", bad: put("\nORDER BY (", "\nSETTINGS x = ("), says: "排序键"},
	{rule: "D105", bad: column("refund_no VARCHAR(32) NOT NULL COMMENT '又一个'"), says: "refunds 的列 refund_no"},
	{rule: "D106", bad: put("idx_payment_no (payment_no)", "idx_payment_no (pay_no)"), says: "不存在的列 pay_no"},
	{rule: "D107", bad: put("INDEX idx_status_created (status, created_at)\n"+refundTail, "INDEX idx_payment_no (status, created_at)\n"+refundTail), says: "索引名 idx_payment_no"},
	{rule: "D108", bad: column("note VARCHAR(90000) NOT NULL DEFAULT '' COMMENT 'a'"), good: column("note VARCHAR(900) NOT NULL DEFAULT '' COMMENT 'a'"), says: "refunds.note"},
	{rule: "D108", bad: column("note INTT NOT NULL COMMENT 'a'"), says: "INTT"},
	{rule: "D109", bad: column("rank INT NOT NULL DEFAULT 0 COMMENT 'a'"), good: column("`rank` INT NOT NULL DEFAULT 0 COMMENT 'a'"), says: "rank_no"},
	{rule: "D110", bad: column("refundMemo VARCHAR(9) NOT NULL DEFAULT '' COMMENT 'a'"), good: column("refund_memo2 VARCHAR(9) NOT NULL DEFAULT '' COMMENT 'a'"), says: "refundMemo"},
	{rule: "D111", bad: column("seq_no BIGINT AUTO_INCREMENT COMMENT 'a'"), says: "自增列"},
	{rule: "D112", bad: partitions("PRIMARY KEY (id, created_at)", "PRIMARY KEY (id)"), says: "created_at 未包含在主键"},
	{rule: "D113", bad: column("extra JSON NOT NULL DEFAULT '{}' COMMENT 'a'"), good: column("extra JSON NOT NULL DEFAULT (JSON_OBJECT()) COMMENT 'a'"), says: "字面默认值"},
	{rule: "D113", bad: then(column("memo TEXT COMMENT 'a'"), put("INDEX idx_payment_no (payment_no)", "INDEX idx_payment_no (memo)")), good: then(column("memo TEXT COMMENT 'a'"), put("INDEX idx_payment_no (payment_no)", "INDEX idx_payment_no (memo(20))")), says: "前缀长度"},
	{rule: "D114", bad: then(column("memo VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'a'"), put("INDEX idx_payment_no (payment_no)", "INDEX idx_payment_no (memo)")), good: then(column("memo VARCHAR(700) NOT NULL DEFAULT '' COMMENT 'a'"), put("INDEX idx_payment_no (payment_no)", "INDEX idx_payment_no (memo)")), says: "4000 字节"},
	{rule: "D115", bad: column("memo VARCHAR(16000) NOT NULL DEFAULT '' COMMENT 'a'"), good: column("memo VARCHAR(5000) NOT NULL DEFAULT '' COMMENT 'a'"), says: "65535"},
	{rule: "D116", bad: put("COMMENT '退款原因',", "COMMENT '退款原因'，"), good: put("COMMENT '退款原因',", "COMMENT '退款原因，（无）',"), says: "「，」"},
	{rule: "D117", bad: put("INDEX idx_status_created (status, created_at)\n"+refundTail, "INDEX idx_status_created (status, created_at),\n"+refundTail), says: "逗号"},
	{rule: "D118", bad: put(refundTail, ") DEFAULT CHARSET=utf8mb4 COMMENT='退款单表';"), says: "ENGINE"},
	{rule: "D119", bad: put(refundTail, ") ENGINE=InnoDB COMMENT='退款单表';"), good: put(refundTail, ") ENGINE=InnoDB COLLATE=utf8mb4_bin COMMENT='退款单表';"), says: "字符集"},
	{rule: "D120", bad: put(refundTail, ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;"), good: put("'退款单表';", "'退款';"), says: "refunds 缺少表注释"},
	{rule: "D120", bad: inPostgres(strings.Replace(postgresRefunds, "COMMENT ON TABLE refunds IS '退款单表';\n", "", 1)), good: inPostgres(postgresRefunds), says: "refunds 缺少表注释"},
	{rule: "D121", bad: column("memo VARCHAR(9) NOT NULL DEFAULT ''"), good: column("memo VARCHAR(9) NOT NULL DEFAULT '' COMMENT '备注'"), says: "refunds 的列缺少注释：memo"},
	{rule: "D122", bad: put(refundTail, strings.TrimSuffix(refundTail, ";")), good: after(refundTail, " -- 完"), says: "分号"},
	{rule: "D123", bad: column("extra JSONB NOT NULL COMMENT 'a'"), good: column("extra JSON NOT NULL COMMENT 'a'"), says: "JSONB"},
	{rule: "D123", bad: inPostgres(strings.Replace(postgresRefunds, "GENERATED ALWAYS AS IDENTITY", "AUTO_INCREMENT", 1)), good: inPostgres(postgresRefunds), says: "AUTO_INCREMENT"},
	{rule: "D123", bad: put(") ENGINE = ReplicatedReplacingMergeTree", ", UNIQUE KEY uk_e (event_id)\n) ENGINE = ReplicatedReplacingMergeTree"), says: "唯一键"},
	{rule: "D124", bad: column("level TINYINT NOT NULL DEFAULT 'abc' COMMENT 'a'"), good: column("level TINYINT NOT NULL DEFAULT '1' COMMENT 'a'"), says: "refunds.level"},
	{rule: "D125", bad: column("level TINYINT NOT NULL DEFAULT NULL COMMENT 'a'"), good: column("level TINYINT NULL DEFAULT NULL COMMENT 'a'"), says: "refunds.level"},
	{rule: "D126", bad: partitions("VALUES LESS THAN ('2027-01-03')", "VALUES LESS THAN ('2026-01-03')"), says: "未递增"},
	{rule: "D127", bad: column("level INT(11) NOT NULL DEFAULT 0 COMMENT 'a'"), good: column("level TINYINT(1) NOT NULL DEFAULT 0 COMMENT 'a'"), says: "INT(11)"},
	{rule: "D128", bad: func(s string) string {
		for i := range 40 {
			s = column("level_" + string(rune('a'+i/10)) + string(rune('a'+i%10)) + " INT NOT NULL DEFAULT 0 COMMENT 'a'")(s)
		}
		return s
	}, good: column("level INT NOT NULL DEFAULT 0 COMMENT 'a'"), says: "列数 52"},
	{rule: "D129", bad: put(refundTail, ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=latin1_bin COMMENT='退款单表';"), good: put(refundTail, ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='退款单表';"), says: "latin1_bin"},
	{rule: "D129", bad: put(refundTail, ") ENGINE=InoDB DEFAULT CHARSET=utf8mb4 COMMENT='退款单表';"), says: "InoDB"},
	{rule: "D130", bad: put("    INDEX idx_payment_no (payment_no),\n", "    INDEX idx_payment_no (payment_no),\n    CONSTRAINT fk_payment FOREIGN KEY (payment_no) REFERENCES pay (payment_no),\n"), good: put("    INDEX idx_payment_no (payment_no),\n", "    INDEX idx_payment_no (payment_no),\n    CONSTRAINT fk_payment FOREIGN KEY (payment_no) REFERENCES payments (payment_no),\n"), says: "pay 不存在"},
	{rule: "D131", bad: put("    UNIQUE KEY uk_refund_no (refund_no),", "    PRIMARY KEY (refund_no),"), says: "多个主键"},
	{rule: "D132", bad: column("level INT NOT NULL DEFAULT 0 COMMENT '" + strings.Repeat("长", 1025) + "'"), good: column("level INT NOT NULL DEFAULT 0 COMMENT '" + strings.Repeat("长", 1024) + "'"), says: "1025"},
	{rule: "D133", bad: after(refundTail, "\nALTER TABLE refund ADD INDEX idx_x (refund_no);"), good: after(refundTail, "\nALTER TABLE refunds ADD INDEX idx_reason (refund_reason);"), says: "refund 没有建表语句"},
}

func TestDDLRules(t *testing.T) {
	golden, d := file(t, "parking.md"), parking(t)
	tested := map[string]bool{}
	for _, c := range ddlCases {
		tested[c.rule] = true
		bad, good := c.bad(golden), golden
		if bad == golden {
			t.Errorf("%s %s: the change changes nothing", c.rule, c.says)
		}
		c.expect(t, d, bad, true)
		if c.good != nil {
			good = c.good(golden)
		}
		c.expect(t, d, good, false)
	}
	for _, r := range check.Rules() {
		if r.ID[0] == 'D' && !tested[r.ID] {
			t.Errorf("%s has no case", r.ID)
		}
	}
}

// A broken definition is one finding at its line, and does not bring up what
// it merely hides.
func TestDDLFindingsArePlaced(t *testing.T) {
	golden := file(t, "parking.md")
	text := put("COMMENT '退款原因',", "COMMENT '退款原因'，")(golden)
	want := strings.Count(text[:strings.Index(text, "'退款原因'，")], "\n") + 1
	got := check.Run(parking(t), text).Findings
	if len(got) != 1 || got[0].Rule != "D116" || got[0].Line != want || got[0].Object != "refunds" || got[0].Fix == nil {
		t.Errorf("findings = %+v, want D116 of refunds at line %d", got, want)
	}
}

// What --fix makes of a definition; "" is the golden chapter.
func TestDDLFixes(t *testing.T) {
	golden, d := file(t, "parking.md"), parking(t)
	for _, tt := range []struct {
		rule string
		bad  change
		want string // a line of the fixed chapter
	}{
		{"D102", put("#### 退款单表 (refunds)", "#### 退款单表 (refund)"), ""},
		{"D105", put("    channel_refund_no", "    bill_no VARCHAR(32) NOT NULL COMMENT '账单号（跨服务引用，无物理外键）',\n    channel_refund_no"), ""},
		{"D109", column("rank INT NOT NULL DEFAULT 0 COMMENT '名次'"), "    `rank` INT NOT NULL DEFAULT 0 COMMENT '名次',"},
		{"D113", column("extra JSON NULL DEFAULT '{}' COMMENT '扩展'"), "    extra JSON NULL COMMENT '扩展',"},
		{"D116", put("COMMENT '退款原因',", "COMMENT '退款原因'，"), ""},
		{"D117", put("INDEX idx_status_created (status, created_at)\n"+refundTail, "INDEX idx_status_created (status, created_at),\n"+refundTail), ""},
		{"D118", put(refundTail, ") DEFAULT CHARSET=utf8mb4 COMMENT='退款单表';"), ""},
		{"D119", put(refundTail, ") ENGINE=InnoDB COMMENT='退款单表';"), ""},
		{"D120", put(refundTail, ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;"), ""},
		{"D118 D119 D120", put(refundTail, ");"), ""},
		{"D122", put(refundTail, strings.TrimSuffix(refundTail, ";")), ""},
		{"D125", column("level TINYINT NOT NULL DEFAULT NULL COMMENT '等级：1-低，2-高'"), "    level TINYINT NOT NULL COMMENT '等级：1-低，2-高',"},
		{"D127", put("    version INT UNSIGNED", "    version INT(11) UNSIGNED"), ""},
	} {
		got, done := check.Fix(d, tt.bad(golden))
		if tt.want == "" && got != golden || !strings.Contains(got, tt.want) || len(done) == 0 {
			t.Errorf("%s: fix gives\n%s\ndone %v", tt.rule, firstDifference(got, golden), done)
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[min(i, len(w)-1)]
		}
	}
	return "nothing"
}

// A table that no instance row names is written in what the others are.
func TestUnplacedTableHasTheDialectOfTheChapter(t *testing.T) {
	text := "### 数据库架构\n#### 数据库实例规划\n\n| 服务名称 | 数据库类型 | 实例名称 | 主要表 | 备注 |\n|---|---|---|---|---|\n| 文件服务 | PostgreSQL 16 | file_db | files | 流复制 |\n| 缓存 | Redis 7 | cache | - | 哨兵 |\n\n" +
		"### 核心表设计\n#### 文件块表 (file_parts)\n```sql\nCREATE TABLE file_parts (id BIGSERIAL PRIMARY KEY, body BYTEA NOT NULL);\n```\n"
	for _, f := range check.Run(nil, text).Findings {
		if f.Rule == "D123" || f.Rule == "D118" {
			t.Errorf("%s %s", f.Rule, f.Message)
		}
	}
}
