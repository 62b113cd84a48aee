package export

import (
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

// Reference is one column that points at another table.
type Reference struct {
	Table           string `json:"table"`
	Column          string `json:"column"`
	Parent          string `json:"parent"`
	Key             string `json:"key"`
	Optional        bool   `json:"optional"` // the column may be NULL
	One             bool   `json:"one"`      // the column is unique: at most one child
	AcrossInstances bool   `json:"across_instances"`
}

// stated finds the target that our own column comments name (domain.md §3.2).
var stated = pattern.New(`关联([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)`)

// References are all references of a schema in the order of tables and
// columns: physical foreign keys, targets named in comments, and columns named
// after another table's key (owner_id → owners.id, bill_no → the table in
// which bill_no is unique).
func References(s ddl.Schema, places map[string]Place) []Reference {
	var out []Reference
	for _, t := range s.Tables {
		for _, c := range t.Columns {
			parent, key, ok := target(s, t, c)
			if !ok {
				continue
			}
			from, to := places[t.Name].Instance, places[parent].Instance
			out = append(out, Reference{
				Table: t.Name, Column: c.Name, Parent: parent, Key: key,
				Optional:        c.Null == ddl.Nullable,
				One:             uniqueAlone(t, c.Name),
				AcrossInstances: from != "" && to != "" && from != to,
			})
		}
	}
	return out
}

// references are those between the tables people draw.
func (s Source) references() []Reference {
	return References(ddl.Schema{Tables: s.tables()}, s.Places)
}

func target(s ddl.Schema, t *ddl.Table, c *ddl.Column) (table, key string, ok bool) {
	for _, fk := range t.ForeignKeys {
		if len(fk.Columns) != 1 || fk.Columns[0] != c.Name {
			continue
		}
		if p, found := s.Table(fk.Table); found {
			return p.Name, referenced(fk, p), true
		}
	}
	if m := stated.FindStringSubmatch(c.Comment); m != nil {
		if p, found := s.Table(m[1]); found {
			if k := keyOf(p, m[2]); k != "" {
				return p.Name, k, true
			}
		}
	}
	return byName(s, t, c.Name)
}

// referenced is the column a foreign key of one column points at; PostgreSQL
// may leave it out, which means the primary key.
func referenced(fk *ddl.ForeignKey, parent *ddl.Table) string {
	switch {
	case len(fk.RefColumns) == 1:
		return fk.RefColumns[0]
	case parent.Primary != nil && len(parent.Primary.Columns()) == 1:
		return parent.Primary.Columns()[0]
	}
	return "id"
}

// byName matches owner_id with owners.id (also entry_device_id with
// devices.id), and bill_no with the other table in which bill_no is unique.
// The first has precedence: device_id is also unique in device_shadows.
func byName(s ddl.Schema, t *ddl.Table, column string) (table, key string, ok bool) {
	if isOutbox(t) || column == infer.Singular(lastWord(t.Name))+"_id" {
		return "", "", false // its own number: event_id of device_events
	}
	if p := named(s, t, column); p != nil {
		return p.Name, keyOf(p, "id"), true
	}
	for _, p := range s.Tables {
		_, has := p.Column(column)
		if p != t && has && !isOutbox(p) && businessKey(column) && uniqueAlone(p, column) && !uniqueAlone(t, column) {
			return p.Name, column, true
		}
	}
	return "", "", false
}

// named is the other table that a column ending in _id is named after; of
// several the one with the longest name, which says most.
func named(s ddl.Schema, t *ddl.Table, column string) *ddl.Table {
	var best *ddl.Table
	for _, p := range s.Tables {
		if p == t || isOutbox(p) || keyOf(p, "id") == "" {
			continue
		}
		word, full := infer.Singular(lastWord(p.Name))+"_id", infer.Singular(p.Name)+"_id"
		if (column == full || hasSuffixWord(column, word)) && (best == nil || len(p.Name) > len(best.Name)) {
			best = p
		}
	}
	return best
}

// businessKey says whether a column is named like a number that people pass
// around: bill_no, city_code. The hash of a phone number is unique as well,
// but refers to nobody.
func businessKey(column string) bool {
	return slices.Contains([]string{"id", "no", "code", "sn", "uuid"}, lastWord(column)) && strings.Contains(column, "_")
}

// isOutbox says whether a table is the message table that services share (domain.md §2), which
// is no part of the business: its ids are those of any table.
func isOutbox(t *ddl.Table) bool { return infer.Singular(t.Name) == "outbox_event" }

// keyOf is the column people mean by a name: the id of a document is its _id.
func keyOf(t *ddl.Table, name string) string {
	for _, n := range []string{name, "_" + name} {
		if c, ok := t.Column(n); ok {
			return c.Name
		}
	}
	return ""
}

// uniqueAlone says whether a column is a key by itself; the delete mark that
// soft-deleted tables append does not count.
func uniqueAlone(t *ddl.Table, column string) bool {
	for _, k := range t.Keys() {
		cols := slices.DeleteFunc(k.Columns(), func(c string) bool { return c == "delete_token" })
		if (k.Unique || k.Kind == ddl.PrimaryKey) && len(cols) == 1 && cols[0] == column {
			return true
		}
	}
	if c, ok := t.Column(column); ok {
		return c.Unique || c.Primary
	}
	return false
}

func lastWord(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '_' {
			return name[i+1:]
		}
	}
	return name
}

func hasSuffixWord(column, word string) bool {
	n := len(column) - len(word)
	return n == 0 && column == word || n > 0 && column[n:] == word && column[n-1] == '_'
}
