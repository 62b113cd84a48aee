package ddl_test

import (
	"strings"
	"testing"
	"time"

	"dbchapter/prompt/ddl"
)

// Text that nobody writes must not hang or bring down the program.
func TestHostile(t *testing.T) {
	const n = 10_000
	for name, src := range map[string]string{
		"brackets":    "CREATE TABLE t (a INT CHECK (" + strings.Repeat("(", n) + "1" + strings.Repeat(")", n) + "));",
		"calls":       "CREATE TABLE t (a INT DEFAULT (" + strings.Repeat("f(", n) + strings.Repeat(")", n) + "));",
		"signs":       "CREATE TABLE t (a INT CHECK (" + strings.Repeat("- ", 4*n) + "1));",
		"nots":        "CREATE TABLE t (a INT CHECK (" + strings.Repeat("NOT ", n) + "1));",
		"open":        strings.Repeat("CREATE TABLE t (", n),
		"one line":    strings.Repeat("CREATE TABLE t (a INT, b VARCHAR(20) COMMENT '中', KEY k (a, b)); ", n/4),
		"columns":     "CREATE TABLE t (a INT" + strings.Repeat(", c INT, KEY (c)", n/8) + ");",
		"quotes":      strings.Repeat("'", n) + strings.Repeat("`", n+1),
		"dollars":     strings.Repeat("$a$b", n),
		"comments":    strings.Repeat("/*!1 ", n) + strings.Repeat("*/", n),
		"wide":        "CREATE TABLE t (" + strings.Repeat("a INT，\n", n/8) + "b INT);",
		"json":        strings.Repeat(`{"a":`, n),
		"semicolons":  strings.Repeat("；", n),
		"delimiters":  strings.Repeat("DELIMITER ;;\nx;;\n", n/8),
		"backslashes": "CREATE TABLE t (a INT COMMENT '" + strings.Repeat(`\\`, n) + "');",
	} {
		t.Run(name, func(t *testing.T) {
			for _, d := range dialects {
				start := time.Now()
				ddl.Parse(d, src)
				if took := time.Since(start); took > 4*time.Second*raceFactor {
					t.Errorf("%s: %v", d, took)
				}
			}
		})
	}
}
