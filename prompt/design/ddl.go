package design

import (
	"fmt"
	"strings"
)

// DDL is the table as the text of its code block, without the fence and
// without a newline at the end; "" for an engine without DDL (domain.md §3.9,
// decisions.md 14–16).
func (d Design) DDL(t *Table) string {
	switch t.Dialect {
	case PostgreSQL:
		return t.postgres()
	case ClickHouse:
		return t.clickHouse()
	case MongoDB:
		return t.mongo()
	case Search:
		return t.search()
	case Doris:
		return t.doris()
	case Neutral:
		return t.neutral()
	case NoTable:
		return ""
	}
	return t.mysql()
}

// Fence is the language tag of the table's code block: sql, javascript, json;
// "" for an engine without DDL.
func (t *Table) Fence() string {
	switch t.Dialect {
	case MongoDB:
		return "javascript"
	case Search:
		return "json"
	case NoTable:
		return ""
	}
	return "sql"
}

// maxComment is MySQL's limit of a column comment in characters.
const maxComment = 1024

// plain makes user text fit for one line of SQL.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > maxComment {
		s = string(r[:maxComment])
	}
	return strings.TrimSpace(s)
}

// quote is a string literal of standard SQL.
func quote(s string) string {
	return "'" + strings.ReplaceAll(plain(s), "'", "''") + "'"
}

// quoteEscaped is a string literal of the engines in which a backslash
// escapes: MySQL's family and ClickHouse.
func quoteEscaped(s string) string {
	return strings.ReplaceAll(quote(s), `\`, `\\`)
}

// block lays out CREATE TABLE name ( lines ).
func block(name string, lines []string) string {
	return fmt.Sprintf("CREATE TABLE %s (\n    %s\n)", name, strings.Join(lines, ",\n    "))
}

// words joins what is not empty with spaces.
func words(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}

// isPrimary says whether a column alone is the primary key.
func (t *Table) isPrimary(c Column) bool { return len(t.Primary) == 1 && t.Primary[0] == c.Name }

func (x Index) columnList() string {
	parts := make([]string, len(x.Columns))
	for i, c := range x.Columns {
		parts[i] = c
		if n := x.Prefix[c]; n > 0 {
			parts[i] = fmt.Sprintf("%s(%d)", c, n)
		}
	}
	return strings.Join(parts, ", ")
}
