package design_test

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"dbchapter/prompt/ddl/servertest"
	"dbchapter/prompt/design"
)

// A real PostgreSQL takes all tables of the presets without a notice, and can
// answer every access pattern by an index on all its columns. Its optimiser is
// told to look for indexes: the rows are few, so it would not otherwise.
func TestPostgres(t *testing.T) {
	server := servertest.StartPostgres(t)
	s := newScript()
	s.add("numbers", "SET client_min_messages = notice; SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; "+
		"SET enable_incremental_sort = off; SET jit = off; CREATE SCHEMA n; "+numbers("n.numbers"))
	fill := func(table *design.Table) []string {
		return []string{onPostgres.insert(t, table, "n.numbers"), "ANALYZE " + table.Name + ";"}
	}
	left := 0
	for i, x := range subjects(t, "PostgreSQL") {
		if partitions(x.d) > fewPartitions && os.Getenv("DBCHAPTER_DIFF") != "full" {
			left++
			continue
		}
		s.add(x.name, fmt.Sprintf("CREATE SCHEMA d%d; SET search_path = d%d;", i, i))
		s.run(t, x, onPostgres, design.PostgreSQL, fill, "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ")
		s.add(x.name, drop(fmt.Sprintf("d%d", i), x.d))
	}
	answer := server.Run(t, s.text.String())
	s.read(t, answer.Out, answer.Errors)
	for _, w := range answer.Warnings {
		t.Errorf("warning: %s", w)
	}
	for _, q := range s.questions {
		q.checkIndex(t)
		checkPostgresPlan(t, q)
	}
	t.Logf("%d designs, %d tables created, %d queries explained; %d designs of many partitions left out", len(s.designs), s.tables, len(s.questions), left)
}

// drop makes room for the next design; partitions go one by one, because all
// together they need more locks than the server has.
func drop(schema string, d design.Design) string {
	out := "SET client_min_messages = warning;"
	for _, table := range d.Tables {
		if table.HashPartitions() {
			out += fmt.Sprintf(" DO $$ BEGIN FOR i IN 0..%d LOOP EXECUTE format('DROP TABLE IF EXISTS %s_p%%s', i); COMMIT; END LOOP; END $$;",
				table.Verdict.Tables-1, table.Name)
		}
	}
	return out + " DROP SCHEMA " + schema + " CASCADE; SET client_min_messages = notice;"
}

// fewPartitions is how many hash partitions a design may have to be run without
// DBCHAPTER_DIFF=full: each is a table with its indexes, which takes its time.
const fewPartitions = 100

func partitions(d design.Design) int {
	n := 0
	for _, table := range d.Tables {
		if table.HashPartitions() {
			n += table.Verdict.Tables
		}
	}
	return n
}

var (
	indexCond = regexp.MustCompile(`(?m)Index Cond: (.*)$`)
	removed   = regexp.MustCompile(`Rows Removed by Filter: (\d+)`)
)

func checkPostgresPlan(t *testing.T, q *question) {
	t.Helper()
	conds := indexCond.FindAllStringSubmatch(q.plan, -1)
	if len(conds) == 0 || strings.Contains(q.plan, "Seq Scan") {
		t.Errorf("no index: %s", q)
		return
	}
	inVain := 0
	for _, hit := range removed.FindAllStringSubmatch(q.plan, -1) {
		n, _ := strconv.Atoi(hit[1])
		inVain += n
	}
	for _, cond := range conds {
		for _, c := range q.lookup.Columns {
			if !regexp.MustCompile(`\b`+c+`\b`).MatchString(cond[1]) && inVain > fewRows {
				t.Errorf("%s is not found by the index: %s", c, q)
				return
			}
		}
	}
	if _, sorted := leads(q.index(), q.lookup); sorted && strings.Contains(q.plan, "Sort Method") {
		t.Errorf("sorts: %s", q)
	}
}
