package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

// statedTarget is how our own column comments name what they refer to.
var statedTarget = pattern.New(`关联\s*([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)`)

// reference is a column that points at another table's column. Sure says that
// the chapter says so; else the names do.
type reference struct {
	table, target *ddl.Table
	column, key   *ddl.Column
	sure          bool
}

// references lists the references of a table: foreign keys, targets named in
// comments, and columns named after another table's id.
func (in *input) references(t *ddl.Table) []reference {
	var out []reference
	add := func(column, table, key string, sure bool) bool {
		c, ok1 := t.Column(column)
		p, ok2 := in.schema.Table(table)
		if !ok1 || !ok2 || p == t && column == key {
			return false
		}
		k, ok := p.Column(key)
		if ok && !slices.ContainsFunc(out, func(r reference) bool { return r.column == c }) {
			out = append(out, reference{t, p, c, k, sure})
		}
		return ok
	}
	for _, fk := range t.ForeignKeys {
		for i := range min(len(fk.Columns), len(fk.RefColumns)) {
			add(fk.Columns[i], fk.Table, fk.RefColumns[i], true)
		}
	}
	for _, c := range t.Columns {
		if m := statedTarget.FindStringSubmatch(c.Comment); m != nil && add(c.Name, m[1], m[2], true) {
			continue
		}
		stem, ok := strings.CutSuffix(c.Name, "_id")
		if !ok {
			continue
		}
		for _, name := range []string{infer.Plural(stem), stem} {
			if add(c.Name, name, "id", false) {
				break
			}
		}
	}
	return out
}

// plainTypes are how other dialects write a type of MySQL (domain.md §3.9).
var plainTypes = map[string]string{
	"uint64": "bigint", "int64": "bigint", "int8": "tinyint", "uint8": "tinyint", "int32": "int", "uint32": "int", "int4": "int", "int2": "smallint",
	"string": "varchar", "text": "varchar", "bigserial": "bigint", "serial": "int", "integer": "int",
}

// typeText is a type for comparing: its name in MySQL's words, the sign of
// integers, the length of strings; the fraction of seconds is a modifier that
// does not count. Across dialects lengths and signs say
// nothing.
func typeText(t *ddl.Table, c *ddl.Column, across bool) string {
	name := c.Type.Name
	if inner := nullable.FindStringSubmatch(c.Type.Written); inner != nil {
		name = strings.ToLower(inner[1])
	}
	if across || !likeMySQL(t) {
		if p, ok := plainTypes[name]; ok {
			name = p
		}
	}
	switch {
	case across:
		return name
	case c.Type.Integer() && c.Type.Unsigned:
		return name + " unsigned"
	case c.Type.Integer():
		return name
	case len(c.Type.Args) > 0 && !strings.HasPrefix(name, "date") && !strings.HasPrefix(name, "time"):
		return name + "(" + strings.Join(c.Type.Args, ",") + ")"
	}
	return name
}

var nullable = pattern.New(`^(?:Nullable|LowCardinality)\((\w+)\)$`)

func referenceTypes(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		for _, r := range in.references(t) {
			across := r.table.Dialect != r.target.Dialect
			a, b := typeText(r.table, r.column, across), typeText(r.target, r.key, across)
			if a == b || !r.sure && !(r.column.Type.Integer() && r.key.Type.Integer()) {
				continue
			}
			out = append(out, say(r.column.Line, t.Name+"."+r.column.Name, t.Name+"."+r.column.Name, r.column.Type.Written,
				r.target.Name+"."+r.key.Name, r.key.Type.Written).offer("把 %s.%s 改成 %s", t.Name, r.column.Name, r.key.Type.Written).
				propose(in.retype(r.column, r.key.Type.Written)))
		}
	}
	return out
}

// service is the service of the first instance row that names a table.
func (in *input) service(table string) string {
	rows := in.facts.rows[table]
	if len(rows) == 0 {
		return ""
	}
	return in.doc.Instances[rows[0]].Service
}

func foreignKeysAcross(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		for _, fk := range t.ForeignKeys {
			a, b := in.service(t.Name), in.service(fk.Table)
			if a == "" || b == "" || a == b {
				continue
			}
			out = append(out, in.dropForeignKey(t, fk, say(fk.Line, t.Name, t.Name, fk.Table)))
		}
	}
	return out
}

// dropForeignKey mends by taking the constraint out; one that is written
// behind a column is left to the person.
func (in *input) dropForeignKey(t *ddl.Table, fk *ddl.ForeignKey, h hit) hit {
	if fk.Inline || t.Block != fk.Block {
		return h.offer("删除外键，由服务保证引用完整")
	}
	return h.mend(in.dropElement(fk.Span), "删除外键，引用完整由服务保证")
}

// dropElement takes one element out of the brackets of a CREATE TABLE: with
// the comma before it, or the one behind it when it is the first, and with its
// line when it stands alone there.
func (in *input) dropElement(s ddl.Span) []ddl.Edit {
	text := in.fences[s.Block].Text
	start, end := s.Start, s.End
	before := strings.TrimRight(text[:start], " \t\r\n")
	if strings.HasSuffix(before, ",") {
		return in.inBlock(s.Block, []ddl.Edit{{Start: len(before) - 1, End: end, New: ""}})
	}
	rest := text[end:]
	trimmed := strings.TrimLeft(rest, " \t")
	if strings.HasPrefix(trimmed, ",") {
		end += len(rest) - len(trimmed) + 1
		end += len(text[end:]) - len(strings.TrimLeft(text[end:], " \t\r\n"))
	}
	return in.inBlock(s.Block, []ddl.Edit{{Start: start, End: end, New: ""}})
}

// commonNames are columns that mean something else in every table.
var commonNames = []string{
	"id", "status", "state", "type", "kind", "name", "title", "content", "payload", "remark", "description", "version", "level", "channel",
	"source", "reason", "code", "value", "data", "amount", "action", "sort", "sort_no", "score", "location", "operator", "path", "extra", "ext_info",
}

// columnTypes compares columns of one name among the tables of one engine;
// NULL and other modifiers do not count.
func columnTypes(in *input) []hit {
	type first struct {
		table *ddl.Table
		col   *ddl.Column
	}
	seen := map[string]first{}
	told := map[string]bool{}
	var out []hit
	for _, t := range in.schema.Tables {
		if strings.HasPrefix(t.Name, "outbox_event") || t.PartitionOf != "" {
			continue
		}
		for _, c := range t.Columns {
			if slices.Contains(commonNames, c.Name) {
				continue
			}
			key := string(t.Dialect) + " " + c.Name
			f, ok := seen[key]
			if !ok {
				seen[key] = first{t, c}
				continue
			}
			if a, b := typeText(f.table, f.col, false), typeText(t, c, false); a != b && !told[key] {
				told[key] = true
				out = append(out, say(c.Line, t.Name+"."+c.Name, c.Name, f.table.Name, f.col.Type.Written, t.Name, c.Type.Written).
					offer("同名列统一为 %s", f.col.Type.Written).propose(in.retype(c, f.col.Type.Written)))
			}
		}
	}
	return out
}
