package ddl_test

import (
	"strings"
	"testing"

	"dbchapter/prompt/ddl"
)

// dialects are all that a block can be written in.
var dialects = []ddl.Dialect{
	ddl.MySQL, ddl.TiDB, ddl.OceanBase, ddl.PostgreSQL, ddl.ClickHouse, ddl.MongoDB, ddl.Search, ddl.Doris, ddl.Neutral,
}

func seeds(f *testing.F, add func(string)) {
	f.Helper()
	for _, c := range corpusTexts(f) {
		add(c.text)
	}
	for _, s := range []string{
		"", ";", "；", "CREATE", "CREATE TABLE", "CREATE TABLE t", "CREATE TABLE t (", "CREATE TABLE t ()", "CREATE TABLE t (,)", "/*!", "/*", "'", "``", "$$", "$a$",
		"ALTER TABLE", "ALTER TABLE t ADD", "COMMENT ON", "COMMENT ON COLUMN a IS", "DELIMITER", "DELIMITER ;;\na;;", "CREATE TABLE t (a INT) PARTITION BY",
		"CREATE TABLE t (a INT,\n FOREIGN KEY (a) REFERENCES", "CREATE INDEX ON", "CREATE TABLE t (a ENUM(", "{\"a\":", "db.", "db.a(", "PUT /", "CREATE TABLE t PARTITION OF p FOR VALUES FROM",
		"ALTER TABLE t RENAME", "DROP INDEX", "RENAME TABLE a", "CREATE TABLE t (a VARCHAR(99999999999999999999))", "CREATE TABLE t (a \xff\xfe INT)", "ALTER TABLE t PARTITION BY HASH(",
	} {
		add(s)
	}
}

// FuzzSplit checks that the statements are pieces of the text, in its order.
func FuzzSplit(f *testing.F) {
	seeds(f, func(s string) { f.Add(s) })
	f.Fuzz(func(t *testing.T, src string) {
		for _, d := range dialects {
			rest := src
			for _, s := range ddl.Split(d, src) {
				i := strings.Index(rest, s)
				if s == "" || i < 0 {
					t.Fatalf("%s: piece %q is not next in %q", d, s, rest)
				}
				rest = rest[i+len(s):]
			}
		}
	})
}

// sound checks what must hold for any text: places and spans lie inside it,
// and repairing ends.
func sound(t *testing.T, d ddl.Dialect, src string) {
	s := ddl.Parse(d, src)
	last := strings.Count(src, "\n") + 1
	for _, p := range s.Problems {
		if p.Line < 1 || p.Line > last || p.Column < 1 || p.Message == "" || p.Code == "" {
			t.Fatalf("%s: problem %+v of %q", d, p, src)
		}
		for _, e := range p.Fix {
			if e.Start < 0 || e.End < e.Start || e.End > len(src) {
				t.Fatalf("%s: edit %v of %q", d, e, src)
			}
		}
	}
	for _, tab := range s.Tables {
		if tab.Start < 0 || tab.End > len(src) || tab.Start > tab.End {
			t.Fatalf("%s: table %s at %+v of %q", d, tab.Name, tab.Span, src)
		}
		for _, c := range tab.Columns {
			if c.Line < 1 || c.Line > last || c.Start > c.End || c.End > len(src) {
				t.Fatalf("%s: column %s at %+v of %q", d, c.Name, c.Span, src)
			}
		}
	}
	ddl.Normalize(d, src)
}

func FuzzParseMySQL(f *testing.F) {
	seeds(f, func(s string) { f.Add(s) })
	f.Fuzz(func(t *testing.T, src string) {
		sound(t, ddl.MySQL, src)
		sound(t, ddl.OceanBase, src)
	})
}

func FuzzParsePostgres(f *testing.F) {
	seeds(f, func(s string) { f.Add(s) })
	f.Fuzz(func(t *testing.T, src string) { sound(t, ddl.PostgreSQL, src) })
}

func FuzzParseOthers(f *testing.F) {
	seeds(f, func(s string) { f.Add(s) })
	f.Fuzz(func(t *testing.T, src string) {
		for _, d := range []ddl.Dialect{ddl.ClickHouse, ddl.MongoDB, ddl.Search, ddl.Doris, ddl.Neutral} {
			sound(t, d, src)
		}
	})
}
