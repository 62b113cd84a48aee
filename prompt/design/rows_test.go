package design_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/design"
)

// rowCount is how many rows a table gets before its queries are explained.
const rowCount = 2000

// spreads are how many values a column of ids has, by its place in the table:
// primes, so that two such columns are independent of each other.
var spreads = []int{199, 197, 193, 191, 181, 179, 173, 167}

// flat says in SQL what differs between the two servers.
type flat struct {
	pad   func(number string, width int) string
	fixed func(text string) string // as CHAR: a text compared with it would not use its index
	bytes func(digits string) string
	date  func(days string) string
	time  func(minutes string) string
	pick  func(i string, values []string) string
}

var onMariaDB = flat{
	pad:   func(n string, w int) string { return fmt.Sprintf("LPAD(%s, %d, '0')", n, w) },
	fixed: func(s string) string { return s },
	bytes: func(s string) string { return "UNHEX(" + s + ")" },
	date:  func(n string) string { return "DATE'2027-01-01' + INTERVAL " + n + " DAY" },
	time:  func(n string) string { return "TIMESTAMP'2027-01-01 00:00:00' + INTERVAL " + n + " MINUTE" },
	pick:  func(i string, v []string) string { return "ELT(1 + " + i + ", " + strings.Join(v, ", ") + ")" },
}

var onPostgres = flat{
	pad:   func(n string, w int) string { return fmt.Sprintf("lpad((%s)::text, %d, '0')", n, w) },
	fixed: func(s string) string { return s + "::bpchar" },
	bytes: func(s string) string { return "decode(" + s + ", 'hex')" },
	date:  func(n string) string { return "DATE '2027-01-01' + " + n },
	time:  func(n string) string { return "TIMESTAMPTZ '2027-01-01 00:00:00' + " + n + " * INTERVAL '1 minute'" },
	pick:  func(i string, v []string) string { return "(ARRAY[" + strings.Join(v, ", ") + "])[1 + " + i + "]" },
}

// value is the expression of a column's value in row n (a number or a column).
func (f flat) value(t *testing.T, table *design.Table, c design.Column, n string) string {
	t.Helper()
	name, args := capacity.ParseType(c.Type)
	number := strings.HasSuffix(name, "INT")
	if codes := codesOf(c, number); len(codes) > 0 {
		return f.pick(fmt.Sprintf("%s %% %d", n, len(codes)), codes)
	}
	if m := spread(table, c, name); m > 0 {
		n = fmt.Sprintf("(%s %% %d)", n, m)
	}
	switch {
	case c.Name == "delete_token":
		return "0"
	case number:
		return n
	case name == "DECIMAL", name == "DOUBLE", name == "FLOAT":
		return fmt.Sprintf("(%s %% 9)", n)
	case name == "DATE":
		return f.date(n)
	case name == "DATETIME", name == "TIMESTAMP":
		return f.time(n)
	case name == "CHAR":
		return f.fixed(f.pad(n, min(args[0], 12)))
	case name == "VARCHAR":
		return f.pad(n, min(args[0], 12))
	case strings.HasSuffix(name, "TEXT"):
		return f.pad(n, 12)
	case name == "BINARY", name == "VARBINARY", strings.HasSuffix(name, "BLOB"):
		return f.bytes(f.pad(n, 12))
	case name == "JSON":
		return "'{}'"
	}
	t.Fatalf("%s.%s: no value for type %s", table.Name, c.Name, c.Type)
	return ""
}

// codesOf are the literals of a column with states.
func codesOf(c design.Column, number bool) []string {
	if c.Attr == nil || c.System || c.Part != "" {
		return nil
	}
	var out []string
	for _, e := range c.Attr.Enum {
		code := e.Code
		if !number {
			code = "'" + code + "'"
		}
		out = append(out, code)
	}
	return out
}

// spread is how many values a column has, 0 for a different one in each row.
func spread(table *design.Table, c design.Column, typ string) int {
	switch {
	case c.Name == "id", lastOfUnique(table, c.Name):
		return 0
	case c.Name == "tenant_id":
		return 20
	case typ == "TINYINT":
		return 2
	case typ == "DATE", typ == "DATETIME", typ == "TIMESTAMP":
		return 0
	}
	i := slices.IndexFunc(table.Columns, func(o design.Column) bool { return o.Name == c.Name })
	return spreads[i%len(spreads)]
}

// lastOfUnique says whether a column is the one that makes a unique key unique:
// the last that is neither a state nor there for the server's sake.
func lastOfUnique(table *design.Table, column string) bool {
	for _, keys := range append([]design.Index{{Unique: true, Columns: table.Primary}}, table.Indexes...) {
		last := ""
		for _, name := range keys.Columns {
			c, _ := table.Column(name)
			typ, _ := capacity.ParseType(c.Type)
			forServer := name == "delete_token" || last != "" && (table.Part != nil && table.Part.Column == name || table.HashPartitions() && table.Verdict.Key == name)
			if typ != "TINYINT" && !forServer && len(codesOf(c, false)) == 0 {
				last = name
			}
		}
		if keys.Unique && last == column {
			return true
		}
	}
	return false
}

// insert fills a table from the numbers of a table of numbers.
func (f flat) insert(t *testing.T, table *design.Table, numbers string) string {
	t.Helper()
	var names, values []string
	for _, c := range table.Columns {
		if strings.HasPrefix(c.Extra, "AUTO_") {
			continue
		}
		names = append(names, c.Name)
		values = append(values, f.value(t, table, c, "n"))
	}
	return fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s;", table.Name, strings.Join(names, ", "), strings.Join(values, ", "), numbers)
}

// numbers makes a table of the numbers of the rows.
func numbers(name string) string {
	rows := make([]string, rowCount)
	for i := range rows {
		rows[i] = fmt.Sprintf("(%d)", i+1)
	}
	return fmt.Sprintf("CREATE TABLE %s (n INT PRIMARY KEY); INSERT INTO %s VALUES %s;", name, name, strings.Join(rows, ","))
}

// A query asks for what row 777 has; a scan for the first tenth of the rows.
const (
	asked = "777"
	tenth = "200"
)

// query is the statement of an access pattern, "" when a B+ tree does not
// answer it.
func (f flat) query(t *testing.T, table *design.Table, l design.Lookup) string {
	t.Helper()
	if !slices.Contains([]string{"get", "uk", "list", "scan"}, l.Access.Op) {
		return ""
	}
	at := func(column, n string) string {
		c, _ := table.Column(column)
		return f.value(t, table, c, n)
	}
	var where []string
	for _, c := range l.Columns {
		where = append(where, c+" = "+at(c, asked))
	}
	order := ""
	switch {
	case l.Access.Op == "scan" && l.Tail != "":
		where = append(where, l.Tail+" < "+at(l.Tail, tenth))
		order = " ORDER BY " + l.Tail + " LIMIT 100"
	case l.Access.Op == "list":
		by := l.Tail
		if by == "" {
			by = "id"
		}
		order = " ORDER BY " + by + map[bool]string{true: " DESC"}[l.Access.Desc] + " LIMIT 20"
	}
	return "SELECT * FROM " + table.Name + " WHERE " + strings.Join(where, " AND ") + order
}

// leads says whether columns start with the equality columns of a lookup, and
// whether its sort column comes next.
func leads(columns []string, l design.Lookup) (found, sorted bool) {
	if len(columns) < len(l.Columns) {
		return false, false
	}
	for _, c := range l.Columns {
		if !slices.Contains(columns[:len(l.Columns)], c) {
			return false, false
		}
	}
	rest := columns[len(l.Columns):]
	return true, l.Tail != "" && len(rest) > 0 && rest[0] == l.Tail
}
