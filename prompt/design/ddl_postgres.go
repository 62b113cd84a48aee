package design

import (
	"fmt"
	"strings"

	"dbchapter/prompt/capacity"
)

// postgres writes PostgreSQL, GaussDB and openGauss: one CREATE TABLE, its
// partitions, comments, indexes (domain.md §3.9, decisions.md 15).
func (t *Table) postgres() string {
	lines := t.standardColumns(postgresType, "GENERATED ALWAYS AS IDENTITY")
	by := ""
	switch {
	case t.Part != nil:
		by = " PARTITION BY RANGE (" + t.Part.Column + ")"
	case t.HashPartitions():
		by = " PARTITION BY HASH (" + t.Verdict.Key + ")"
	}
	out := []string{block(t.Name, lines) + by + ";"}
	out = append(out, t.postgresPartitions()...)
	out = append(out, t.commentStatements()...)
	return strings.Join(append(out, t.indexStatements()...), "\n")
}

// standardColumns are the column lines of the engines whose comments and
// indexes are statements of their own.
func (t *Table) standardColumns(translate func(string) string, identity string) []string {
	var lines []string
	for _, c := range t.Columns {
		null, growing := c.Null, ""
		if c.Name == "id" && strings.HasPrefix(c.Extra, "AUTO_") {
			growing, null = identity, ""
		}
		if t.isPrimary(c) {
			null = "PRIMARY KEY"
		}
		lines = append(lines, words(c.Name, translate(c.Type), growing, null))
	}
	if len(t.Primary) > 1 {
		lines = append(lines, "PRIMARY KEY ("+strings.Join(t.Primary, ", ")+")")
	}
	return lines
}

// postgresType translates a MySQL type.
func postgresType(typ string) string {
	name, args := capacity.ParseType(typ)
	unsigned := strings.HasSuffix(typ, "UNSIGNED")
	switch {
	case isTime(name) && len(args) > 0:
		return fmt.Sprintf("TIMESTAMPTZ(%d)", args[0])
	case isTime(name):
		return "TIMESTAMPTZ"
	case name == "TINYINT":
		return "SMALLINT"
	case name == "SMALLINT" && unsigned, name == "INT" && !unsigned, name == "MEDIUMINT":
		return "INTEGER"
	case name == "INT", name == "BIGINT":
		return "BIGINT"
	case name == "JSON":
		return "JSONB"
	case name == "VARBINARY", name == "BINARY", strings.HasSuffix(name, "BLOB"):
		return "BYTEA"
	case strings.HasSuffix(name, "TEXT"):
		return "TEXT"
	case name == "DOUBLE":
		return "DOUBLE PRECISION"
	}
	return strings.Replace(typ, "DECIMAL", "NUMERIC", 1)
}

// postgresPartitions are the partitions as tables of their own: the first
// ranges and a default, or all remainders.
func (t *Table) postgresPartitions() []string {
	if t.HashPartitions() {
		n := t.Verdict.Tables
		return []string{fmt.Sprintf(
			"DO $$ BEGIN FOR i IN 0..%d LOOP EXECUTE format('CREATE TABLE %s_p%%s PARTITION OF %s FOR VALUES WITH (MODULUS %d, REMAINDER %%s)', i, i); END LOOP; END $$;",
			n-1, t.Name, t.Name, n)}
	}
	if t.Part == nil {
		return nil
	}
	var out []string
	from := "MINVALUE"
	for i, name := range t.Part.Names {
		to := "'" + t.Part.Bounds[i] + "'"
		out = append(out, fmt.Sprintf("CREATE TABLE %s_%s PARTITION OF %s FOR VALUES FROM (%s) TO (%s);", t.Name, name, t.Name, from, to))
		from = to
	}
	return append(out, fmt.Sprintf("CREATE TABLE %s_pmax PARTITION OF %s DEFAULT;", t.Name, t.Name))
}

func (t *Table) commentStatements() []string {
	out := []string{fmt.Sprintf("COMMENT ON TABLE %s IS %s;", t.Name, quote(t.Title+"表"))}
	for _, c := range t.Columns {
		out = append(out, fmt.Sprintf("COMMENT ON COLUMN %s.%s IS %s;", t.Name, c.Name, quote(c.Comment)))
	}
	return out
}

// indexStatements are the indexes; a prefix is an expression here.
func (t *Table) indexStatements() []string {
	var out []string
	for _, x := range t.Indexes {
		kind := "INDEX"
		if x.Unique {
			kind = "UNIQUE INDEX"
		}
		columns := make([]string, len(x.Columns))
		for i, c := range x.Columns {
			columns[i] = c
			if n := x.Prefix[c]; n > 0 && t.Dialect == PostgreSQL {
				columns[i] = fmt.Sprintf("left(%s, %d)", c, n)
			}
		}
		out = append(out, fmt.Sprintf("CREATE %s %s ON %s (%s);", kind, x.Name, t.Name, strings.Join(columns, ", ")))
	}
	return out
}
