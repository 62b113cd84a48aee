package design_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"dbchapter/prompt/ddl/servertest"
	"dbchapter/prompt/design"
)

// A real MariaDB takes all tables of the presets without a warning, and
// answers every access pattern by an index that starts with its columns.
func TestMariaDB(t *testing.T) {
	server := servertest.StartMariaDB(t)
	s := newScript()
	s.add("numbers", "SET use_stat_tables = 'never'; CREATE DATABASE d; CREATE DATABASE n; USE n; "+numbers("numbers"))
	fill := func(table *design.Table) []string {
		return []string{onMariaDB.insert(t, table, "n.numbers"), "ANALYZE TABLE " + table.Name + ";"}
	}
	for _, engine := range []string{"MySQL", "MariaDB", "PolarDB"} {
		for _, x := range subjects(t, engine) {
			s.add(x.name, "DROP DATABASE d; CREATE DATABASE d; USE d;")
			s.run(t, x, onMariaDB, design.MySQL, fill, "EXPLAIN ")
		}
	}
	answer := server.Run(t, s.text.String())
	s.read(t, answer.Out, answer.Errors)
	for _, w := range answer.Warnings {
		t.Errorf("warning: %s", w)
	}
	for _, q := range s.questions {
		q.checkIndex(t)
		checkMariaDBPlan(t, q)
	}
	t.Logf("%d designs, %d tables created, %d queries explained", len(s.designs), s.tables, len(s.questions))
}

// checkMariaDBPlan reads id, select_type, table, type, possible_keys, key,
// key_len, ref, rows, Extra.
func checkMariaDBPlan(t *testing.T, q *question) {
	t.Helper()
	fields := strings.Split(strings.TrimSuffix(q.plan, "\n"), "\t")
	if len(fields) != 10 {
		t.Errorf("%s: %d fields", q, len(fields))
		return
	}
	key, extra := fields[5], fields[9]
	columns := q.table.Primary
	for _, x := range q.table.Indexes {
		if x.Name == key {
			columns = x.Columns
		}
	}
	found, sorted := leads(columns, q.lookup)
	rows, _ := strconv.Atoi(fields[8])
	switch {
	case key == "NULL":
		t.Errorf("no index: %s", q)
	case !found && rows <= fewRows && slices.Contains(q.lookup.Columns, columns[0]) && !strings.Contains(extra, "filesort"):
	case !found:
		t.Errorf("other index %v: %s", columns, q)
	case sorted && strings.Contains(extra, "filesort"):
		t.Errorf("sorts: %s", q)
	}
}
