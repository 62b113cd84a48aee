package export

import (
	"regexp"
	"slices"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/infer"
)

// Reference is one column that points at another table.
type Reference struct {
	Table, Column   string
	Parent, Key     string
	Optional        bool // the column may be NULL
	One             bool // the column is unique: at most one child
	AcrossInstances bool
}

// stated finds the target that our own column comments name (domain.md §3.2).
var stated = regexp.MustCompile(`关联([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)`)

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
			out = append(out, Reference{
				Table: t.Name, Column: c.Name, Parent: parent, Key: key,
				Optional:        c.Null == ddl.Nullable,
				One:             uniqueAlone(t, c.Name),
				AcrossInstances: places[t.Name].Instance != places[parent].Instance,
			})
		}
	}
	return out
}

func target(s ddl.Schema, t *ddl.Table, c *ddl.Column) (table, key string, ok bool) {
	for _, fk := range t.ForeignKeys {
		if len(fk.Columns) == 1 && fk.Columns[0] == c.Name && len(fk.RefColumns) == 1 {
			return fk.Table, fk.RefColumns[0], true
		}
	}
	if m := stated.FindStringSubmatch(c.Comment); m != nil {
		if p, found := s.Table(m[1]); found {
			if _, found := p.Column(m[2]); found {
				return m[1], m[2], true
			}
		}
	}
	return byName(s, t, c.Name)
}

// byName matches owner_id with owners.id (also entry_device_id with
// devices.id) and bill_no with the other table where bill_no is unique.
func byName(s ddl.Schema, t *ddl.Table, column string) (table, key string, ok bool) {
	best := ""
	if column == infer.Singular(lastWord(t.Name))+"_id" {
		return "", "", false // its own number: event_id of device_events
	}
	for _, p := range s.Tables {
		if p == t {
			continue
		}
		if _, has := p.Column(column); has && column != "id" && uniqueAlone(p, column) && !uniqueAlone(t, column) {
			return p.Name, column, true
		}
		word := infer.Singular(lastWord(p.Name)) + "_id"
		full := infer.Singular(p.Name) + "_id"
		if _, hasID := p.Column("id"); hasID && (column == full || hasSuffixWord(column, word)) && len(p.Name) > len(best) {
			best = p.Name
		}
	}
	return best, "id", best != ""
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
