package check_test

import (
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/check"
)

// tableChapter is the smallest chapter that shows table definitions.
func tableChapter(engine, code string) string {
	return "### 数据库架构\n#### 数据库实例规划\n\n| 服务名称 | 数据库类型 | 实例名称 | 主要表 | 备注 |\n|---|---|---|---|---|\n| 服务 | " + engine + " | app_db | - | 主从复制 |\n\n" +
		"### 核心表设计\n#### 甲表 (a)\n```sql\n" + code + "\n```\n"
}

// TestFalseAlarms: what schemas in production taught the rules. Each pair is a
// table that a rule once complained about, and one that it still has to.
func TestFalseAlarms(t *testing.T) {
	for _, c := range []struct{ rule, engine, good, bad string }{
		{"L306", "MySQL 8.4", "CREATE TABLE teams (id BIGINT PRIMARY KEY, CreateAt BIGINT NOT NULL, UpdateAt BIGINT NOT NULL);", "CREATE TABLE teams (id BIGINT PRIMARY KEY, creator BIGINT NOT NULL);"},
		{"L306", "PostgreSQL 16", "CREATE TABLE repos (id BIGINT PRIMARY KEY, repo_created INT NOT NULL, repo_updated INT NOT NULL);", "CREATE TABLE repos (id BIGINT PRIMARY KEY, repo_create INT NOT NULL);"},
		{"L306", "PostgreSQL 16", "CREATE TABLE tuples (id BIGINT PRIMARY KEY, inserted_at TIMESTAMPTZ NOT NULL, last_modified TIMESTAMPTZ NOT NULL);", "CREATE TABLE tuples (id BIGINT PRIMARY KEY, sent_at TIMESTAMPTZ NOT NULL);"},
		{"L312", "MySQL 8.4", "CREATE TABLE runs (id BIGINT PRIMARY KEY, state MEDIUMBLOB NOT NULL COMMENT '序列化的执行状态');", "CREATE TABLE runs (id BIGINT PRIMARY KEY, state INT NOT NULL COMMENT '执行状态');"},
		{"L312", "PostgreSQL 16", "CREATE TABLE grants (id BIGINT PRIMARY KEY, state VARCHAR(1024) NOT NULL);", "CREATE TABLE grants (id BIGINT PRIMARY KEY, state VARCHAR(16) NOT NULL);"},
		{"L312", "PostgreSQL 16", "CREATE TYPE venue_status AS ENUM ('open', 'closed');\nCREATE TABLE venues (id BIGINT PRIMARY KEY, status venue_status NOT NULL);", "CREATE TABLE venues (id BIGINT PRIMARY KEY, status TEXT NOT NULL);"},
		{"D128", "PostgreSQL 16", "CREATE TABLE tuples (" + textColumns("TEXT") + ");", "CREATE TABLE tuples (" + textColumns("VARCHAR(9000)") + ");"},
	} {
		if says(tableChapter(c.engine, c.good), c.rule) {
			t.Errorf("%s speaks about %s", c.rule, c.good)
		}
		if !says(tableChapter(c.engine, c.bad), c.rule) {
			t.Errorf("%s says nothing about %s", c.rule, c.bad)
		}
	}
}

func says(text, rule string) bool {
	return slices.ContainsFunc(check.Run(nil, text).Findings, func(f check.Finding) bool { return f.Rule == rule })
}

// textColumns are columns of a type.
func textColumns(typ string) string {
	var out []string
	for _, name := range []string{"store", "kind", "object", "relation", "subject", "subject_kind", "ulid", "writer", "note", "origin"} {
		out = append(out, name+" "+typ+" NOT NULL")
	}
	return "id BIGINT PRIMARY KEY, " + strings.Join(out, ", ")
}

// TestMixedNumbersStandsAtTheTable: the finding is on the line of a table that
// it names, whichever number is rare.
func TestMixedNumbersStandsAtTheTable(t *testing.T) {
	text := tableChapter("MySQL 8.4", "CREATE TABLE account (id BIGINT PRIMARY KEY);\nCREATE TABLE invoice (id BIGINT PRIMARY KEY);\nCREATE TABLE payments (id BIGINT PRIMARY KEY);")
	for _, f := range check.Run(nil, text).Findings {
		if f.Rule == "L334" && !strings.Contains(strings.Split(text, "\n")[f.Line-1], "payments") {
			t.Errorf("%q on line %d", f.Message, f.Line)
		}
	}
}
