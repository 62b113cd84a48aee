package check_test

import (
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
)

// errorsIn are the errors of a text, without their lines.
func errorsIn(r check.Report) map[string]int {
	out := map[string]int{}
	for _, f := range r.Findings {
		if f.Severity == check.Error {
			out[f.Rule+" "+f.Object]++
		}
	}
	return out
}

func count(r check.Report, f check.Finding) int {
	n := 0
	for _, x := range r.Findings {
		if x.Rule == f.Rule && x.Object == f.Object && x.Message == f.Message {
			n++
		}
	}
	return n
}

// TestFixOne: one change settles one finding and never brings up an error.
func TestFixOne(t *testing.T) {
	golden, d := file(t, "parking.md"), parking(t)
	for i, c := range slices.Concat(formatCases, crossCases, lintCases) {
		if i%8 != 0 || testing.Short() && i%24 != 0 { // some are enough: every text takes several runs
			continue
		}
		t.Run(c.rule, func(t *testing.T) {
			t.Parallel()
			with := d
			if c.bare {
				with = nil
			}
			text := c.bad(golden)
			before := check.Run(with, text)
			for _, f := range before.Findings {
				if f.Rule != c.rule || !f.Safe && !f.Patch {
					continue
				}
				got, ok := check.FixOne(with, text, f)
				if !ok && got != text {
					t.Errorf("%s: not fixed, but changed", f.Message)
				}
				if ok {
					after := check.Run(with, got)
					if count(after, f) >= count(before, f) {
						t.Errorf("%s: still there", f.Message)
					}
					for key, n := range errorsIn(after) {
						if n > errorsIn(before)[key] {
							t.Errorf("%s: new error %s", f.Message, key)
						}
					}
				}
				return // one of a case is enough
			}
		})
	}
}

// TestFixOneWrites: what one change makes of one finding; everything else stays
// as it is.
func TestFixOneWrites(t *testing.T) {
	golden, d := file(t, "parking.md"), parking(t)
	for _, c := range []struct {
		rule string
		bad  change
		want string
	}{
		{"D117", put("INDEX idx_status_created (status, created_at)\n"+refundTail, "INDEX idx_status_created (status, created_at),\n"+refundTail), "INDEX idx_status_created (status, created_at)\n" + refundTail},
		{"D122", put(refundTail, strings.TrimSuffix(refundTail, ";")), refundTail},
		{"L302", index("INDEX idx_status (status)"), ownersEnd},
		{"L305", column("fine_amount DECIMAL(8,2) NOT NULL COMMENT '罚款'"), "fine_amount DECIMAL(18,2) NOT NULL"},
		{"L309", column("sent_at TIMESTAMP(3) NULL COMMENT '发送时间'"), "sent_at DATETIME(3) NULL COMMENT '发送时间'"},
		{"L314", put("id BIGINT PRIMARY KEY COMMENT '停车记录ID", "id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '停车记录ID"), "id BIGINT PRIMARY KEY COMMENT '停车记录ID"},
		{"L328", column("note VARCHAR(6000) NOT NULL COMMENT '备注文本'"), "note TEXT NOT NULL COMMENT '备注文本'"},
		{"X225", put("    INDEX idx_status_created (status, created_at)\n"+refundTail, "    INDEX idx_created (created_at)\n"+refundTail), "INDEX idx_created (created_at),\n    INDEX idx_"},
		{"X214", put("    owner_id BIGINT NOT NULL", "    owner_id INT NOT NULL"), "    owner_id BIGINT NOT NULL"},
	} {
		text := c.bad(golden)
		done := false
		for _, f := range check.Run(d, text).Findings {
			if f.Rule != c.rule {
				continue
			}
			got, ok := check.FixOne(d, text, f)
			done = ok && strings.Contains(got, c.want)
			if !done {
				t.Errorf("%s %q (patch %v): fixed %v, %s", c.rule, f.Message, f.Patch, ok, firstDifference(got, text))
			}
			if a, b := strings.Count(got, "\n"), strings.Count(text, "\n"); max(a-b, b-a) > 1 {
				t.Errorf("%s: %d lines became %d", c.rule, b, a)
			}
			done = true
			break
		}
		if !done {
			t.Errorf("%s says nothing", c.rule)
		}
	}
}

// TestFixOneAddsDefinitions: keys and columns that are missing, on tables of
// their own.
func TestFixOneAddsDefinitions(t *testing.T) {
	for _, c := range []struct{ rule, engine, code, want string }{
		{"D104", "MySQL 8.4", "CREATE TABLE a (\n    id BIGINT NOT NULL COMMENT '主键',\n    INDEX idx_id (id)\n);", "INDEX idx_id (id),\n    PRIMARY KEY (id)\n"},
		{"D104", "MySQL 8.4", "CREATE TABLE a (\n    name VARCHAR(20) NOT NULL\n);", "(\n    id BIGINT PRIMARY KEY COMMENT '主键，雪花ID',\n    name"},
		{"D104", "PostgreSQL 16", "CREATE TABLE a (\n    id BIGINT NOT NULL,\n    name TEXT NOT NULL\n);", "name TEXT NOT NULL,\n    PRIMARY KEY (id)\n"},
		{"L327", "MySQL 8.4", "CREATE TABLE a (\n    id BIGINT PRIMARY KEY,\n    pay_amount DECIMAL(18,2) NOT NULL,\n    status TINYINT NOT NULL COMMENT '1-待付，2-已付'\n);", "version INT UNSIGNED NOT NULL DEFAULT 0"},
		{"L326", "MySQL 8.4", "CREATE TABLE a (\n    id BIGINT PRIMARY KEY,\n    code VARCHAR(20) NOT NULL,\n    delete_token BIGINT NOT NULL DEFAULT 0,\n    UNIQUE KEY uk_code (code)\n);", "UNIQUE KEY uk_code (code, delete_token)"},
	} {
		text := chapter.Normalize(tableChapter(c.engine, c.code)).Chapter.String()
		found := false
		for _, f := range check.Run(nil, text).Findings {
			if f.Rule == c.rule {
				found = true
				if got, ok := check.FixOne(nil, text, f); !ok || !strings.Contains(got, c.want) {
					t.Errorf("%s %q (patch %v): fixed %v, no %q in\n%s", c.rule, f.Message, f.Patch, ok, c.want, got)
				}
			}
		}
		if !found {
			t.Errorf("%s says nothing about %s", c.rule, c.code)
		}
	}
}

// TestFixOneLeavesTheRest: a finding of another text, and one without a change.
func TestFixOneLeavesTheRest(t *testing.T) {
	golden := file(t, "parking.md")
	for _, f := range []check.Finding{{Rule: "L302", Object: "owners.idx_no", Message: "没有这个索引"}, {Rule: "X999"}, {}} {
		if got, ok := check.FixOne(nil, golden, f); ok || got != golden {
			t.Errorf("%+v: fixed %v", f, ok)
		}
	}
}
