package design_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/design"
)

// question is one access pattern put to a server, and what it answered.
type question struct {
	subject string
	table   *design.Table
	lookup  design.Lookup
	sql     string
	plan    string
}

func (q question) String() string {
	return fmt.Sprintf("%s %s: %s\n%s", q.subject, q.table.Name, q.sql, q.plan)
}

// index are the columns of the index that the design names for the question.
func (q question) index() []string {
	if q.lookup.Index == "PRIMARY" {
		return q.table.Primary
	}
	for _, x := range q.table.Indexes {
		if x.Name == q.lookup.Index {
			return x.Columns
		}
	}
	return nil
}

// checkIndex holds the index that the design names against the question: it
// starts with the equality columns and goes on with the sort column, or it is a
// unique key on some of them and leaves one row.
func (q question) checkIndex(t *testing.T) {
	t.Helper()
	columns := q.index()
	found, sorted := leads(columns, q.lookup)
	unique := slices.ContainsFunc(q.table.Indexes, func(x design.Index) bool { return x.Unique && x.Name == q.lookup.Index })
	if !unique && (!found || q.lookup.Tail != "" && !sorted) || len(columns) == 0 || !slices.Contains(q.lookup.Columns, columns[0]) {
		t.Errorf("index %q %v is none for %s", q.lookup.Index, columns, q)
	}
}

// fewRows is up to how many rows an optimiser may look at in vain by another
// index than the one meant, which is the whole list of exceptions: a unique key
// on some of the columns leaves one row (a tenant's order by its number), and of
// two indexes that both leave a handful the shorter one is read.
const fewRows = 20

// script is a text of one statement a line whose lines have names.
type script struct {
	text      strings.Builder
	lines     []string // what each line is about
	tables    int
	questions []*question
	seen      map[string]bool // explained already
	designs   map[string]bool // run already
}

func newScript() *script { return &script{seen: map[string]bool{}, designs: map[string]bool{}} }

func (s *script) add(about, statements string) {
	s.text.WriteString(strings.ReplaceAll(statements, "\n", " ") + "\n")
	s.lines = append(s.lines, about)
}

// mark prefixes the rows by which an answer is cut into plans.
const mark = "#plan "

// run adds a design: its tables, then, for each that was not seen before, rows
// and the plans of its access patterns. A design whose DDL ran already adds
// nothing.
func (s *script) run(t *testing.T, x subject, f flat, speaks design.Dialect, fill func(*design.Table) []string, explain string) {
	var ours []*design.Table
	all := ""
	for _, table := range x.d.Tables {
		if table.Dialect == speaks {
			ours = append(ours, table)
			all += x.d.DDL(table) + "\n"
		}
	}
	if s.designs[all] {
		return
	}
	s.designs[all] = true
	for _, table := range ours {
		about := x.name + " " + table.Name
		s.add(about, "SELECT '"+about+"';")
		s.add(about, x.d.DDL(table))
		s.tables++
	}
	for _, table := range ours {
		s.ask(t, x, table, f, fill, explain)
	}
}

func (s *script) ask(t *testing.T, x subject, table *design.Table, f flat, fill func(*design.Table) []string, explain string) {
	id := x.d.DDL(table) + fmt.Sprint(table.Lookups)
	if s.seen[id] || len(table.Lookups) == 0 {
		return
	}
	s.seen[id] = true
	about := x.name + " " + table.Name
	for _, statement := range fill(table) {
		s.add(about, statement)
	}
	for _, l := range table.Lookups {
		sql := f.query(t, table, l)
		if sql == "" {
			continue
		}
		s.add(about, fmt.Sprintf("SELECT '%s%d';", mark, len(s.questions)))
		s.add(about, explain+sql+";")
		s.add(about, "SELECT '"+mark+"end';")
		s.questions = append(s.questions, &question{subject: x.name, table: table, lookup: l, sql: sql})
	}
}

// read hands the plans in an answer to their questions and reports errors.
func (s *script) read(t *testing.T, out string, errors map[int]string) {
	t.Helper()
	lines := strings.Split(s.text.String(), "\n")
	shown := 0
	for line, message := range errors {
		if shown++; shown < 20 {
			t.Errorf("%s: %s\n%.600s", s.lines[line-1], message, lines[line-1])
		}
	}
	if shown > 0 {
		t.Errorf("%d errors", shown)
	}
	var at *question
	for line := range strings.Lines(out) {
		rest, marks := strings.CutPrefix(line, mark)
		var i int
		switch _, err := fmt.Sscan(rest, &i); {
		case marks && err == nil:
			at = s.questions[i]
		case marks:
			at = nil
		case at != nil:
			at.plan += line
		}
	}
}
