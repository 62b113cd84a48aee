package brief

import (
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

// FromSchema makes entities of tables that exist: columns become attributes,
// indexes become queries (domain.md §1.8). Columns that every table gets from
// the rules are left out.
func FromSchema(s ddl.Schema) []Entity {
	var tables []*ddl.Table
	for _, t := range s.Tables {
		if t.PartitionOf == "" && !t.Temporary && infer.Singular(t.Name) != "outbox_event" {
			tables = append(tables, t)
		}
	}
	var out []Entity
	for _, t := range tables {
		out = append(out, fromTable(t, tables))
	}
	return out
}

func fromTable(t *ddl.Table, tables []*ddl.Table) Entity {
	e := Entity{Name: tableTitle(t), Table: t.Name}
	if e.Kind = KindOf(e.Name); e.Kind == Master {
		e.Kind = kindOfTable(t.Name)
	}
	for _, c := range t.Columns {
		if a, ok := fromColumn(t, c, tables); ok {
			e.Attrs = append(e.Attrs, a)
		}
	}
	for _, ix := range t.Indexes {
		if a, ok := fromIndex(ix, e); ok && len(e.Access) < 8 {
			e.Access = append(e.Access, a)
		}
	}
	return e
}

// tableTitle is the comment of a table without what explains it, else its name.
func tableTitle(t *ddl.Table) string {
	name := remarks.ReplaceAllString(t.Comment, "")
	name, _, _ = strings.Cut(name, "，")
	name = strings.TrimSuffix(strings.TrimSpace(name), "表")
	if n := len([]rune(name)); n < 2 || n > 16 {
		name = t.Name
	}
	return string([]rune(name)[:min(len([]rune(name)), 16)])
}

var (
	saidRef   = pattern.New(`关联([a-z][a-z0-9_]*)\.`)
	remarks   = pattern.New(`[（(].*$|[：:].*$`)
	cipher    = pattern.New(`_(cipher|hash|mask)$`)
	stateList = pattern.New(`[：:]\s*(\d+\s*[-=:：、.]?.+)$`)
)

var tableKinds = []struct {
	name *pattern.Pattern
	kind Kind
}{
	{pattern.New(`(^|_)logs?$|audits?$`), Log},
	{pattern.New(`(^|_)(events?|tracks?|telemetry)$`), Event},
	{pattern.New(`(^|_)(items?|details?|lines?)$`), Detail},
	{pattern.New(`(^|_)(entries|entry|ledgers?|flows?|transactions?|journals?)$`), Ledger},
	{pattern.New(`(^|_)(relations?|members?hips?|follows?|likes?|favorites?|bindings?)$`), Relation},
	{pattern.New(`(^|_)(inventor(y|ies)|stocks?|counters?|balances?)$`), Counter},
	{pattern.New(`(^|_)(snapshots?|stats?|reports?)$`), Snapshot},
	{pattern.New(`(^|_)(configs?|rules?|settings?|dicts?|roles?|permissions?)$`), Config},
	{pattern.New(`(^|_)(orders?|payments?|refunds?|bills?|bookings?|tasks?|contracts?|tickets?|invoices?|sessions?)$`), Txn},
}

func kindOfTable(name string) Kind {
	for _, r := range tableKinds {
		if r.name.MatchString(name) {
			return r.kind
		}
	}
	return Master
}

// fromColumn makes an attribute; not ok for a column the rules add themselves
// and for the second and third column of one piece of personal data.
func fromColumn(t *ddl.Table, c *ddl.Column, tables []*ddl.Table) (Attr, bool) {
	name := strings.ToLower(c.Name)
	if c.AutoIncrement || name == "id" || systemColumn(name) && name != "version" || name == "version" && containsAny(c.Comment, "乐观锁", "版本号") {
		return Attr{}, false
	}
	a := Attr{Column: name, Nullable: c.Null == ddl.Nullable}
	if base := cipher.ReplaceAllString(name, ""); base != name && sensitive(t, base) {
		if first, _ := firstPart(t, base); first != name {
			return Attr{}, false
		}
		a.Column = base
		a.Unique = uniqueAlone(t, base+"_hash")
		a.Name = strings.TrimSuffix(remarks.ReplaceAllString(c.Comment, ""), "密文")
	} else {
		a.Unique = c.Unique || uniqueAlone(t, name)
		a.Name = strings.TrimSpace(remarks.ReplaceAllString(c.Comment, ""))
		a.Enum = statesOf(c.Comment)
		a.Ref = referred(t, name, tables)
		if typ := typeOf(c.Type); t.Dialect != ddl.ClickHouse && typ != infer.Column(a.Name, a.Column).Type && len(a.Enum) == 0 && typeProblem(typ) == "" {
			a.Type = typ
		}
	}
	if a.Name = strings.Join(strings.Fields(a.Name), ""); a.Name == "" {
		a.Name = a.Column
	}
	return a, true
}

func systemColumn(name string) bool {
	_, ok := systemColumns[name]
	return ok || name == "deleted_at" || name == "ingested_at"
}

// sensitive says whether a base name is kept as cipher text.
func sensitive(t *ddl.Table, base string) bool {
	_, ok := t.Column(base + "_cipher")
	return ok
}

func firstPart(t *ddl.Table, base string) (string, bool) {
	for _, c := range t.Columns {
		if cipher.ReplaceAllString(strings.ToLower(c.Name), "") == base {
			return strings.ToLower(c.Name), true
		}
	}
	return "", false
}

// uniqueAlone says whether a column has a unique key of its own; a mark of
// deletion beside it does not count.
func uniqueAlone(t *ddl.Table, name string) bool {
	return slices.ContainsFunc(t.Indexes, func(ix *ddl.Index) bool {
		cols := columnsOf(ix)
		return ix.Unique && len(cols) == 1 && cols[0] == name
	})
}

func columnsOf(ix *ddl.Index) []string {
	var out []string
	for _, p := range ix.Parts {
		if n := strings.ToLower(p.Column); n != "" && n != "delete_token" && n != "is_deleted" && n != "deleted_at" {
			out = append(out, n)
		}
	}
	return out
}

// statesOf reads 状态：1-待支付，2-已支付 of a comment.
func statesOf(comment string) []EnumValue {
	m := stateList.FindStringSubmatch(comment)
	if m == nil {
		return nil
	}
	l := newLine(strings.NewReplacer("；", ",", ";", ",", " ", "").Replace(m[1]))
	values := l.readEnum(l.all(), '{')
	if len(values) < 2 || !allDigits(values) || isDigit(rune(values[0].Label[0])) {
		return nil
	}
	return values
}

// referred is the table that a column refers to by foreign key or by name.
func referred(t *ddl.Table, name string, tables []*ddl.Table) string {
	for _, k := range t.ForeignKeys {
		if len(k.Columns) == 1 && strings.EqualFold(k.Columns[0], name) {
			return k.Table
		}
	}
	if c, ok := t.Column(name); ok {
		if m := saidRef.FindStringSubmatch(c.Comment); m != nil {
			return m[1]
		}
	}
	if stem, ok := strings.CutSuffix(name, "_id"); ok {
		for _, x := range tables {
			if x != t && infer.Singular(x.Name) == stem {
				return x.Name
			}
		}
	}
	return ""
}

// typeOf is a type as we write it: VARCHAR(32), BIGINT UNSIGNED.
func typeOf(t ddl.Type) string {
	out := strings.ToUpper(t.Name)
	if len(t.Args) > 0 && (t.Textual() || strings.Contains(t.Name, "binary") || t.Name == "decimal" || t.Name == "datetime" || t.Name == "timestamp") {
		out += "(" + strings.Join(t.Args, ",") + ")"
	}
	if t.Unsigned {
		out += " UNSIGNED"
	}
	return out
}

// fromIndex makes a query of an index: an ending in time is a sorted list.
func fromIndex(ix *ddl.Index, e Entity) (Access, bool) {
	var cols []string
	for _, c := range columnsOf(ix) {
		if base := cipher.ReplaceAllString(c, ""); hasColumn(e, base) {
			c = base
		}
		if !hasColumn(e, c) && !systemColumn(c) {
			return Access{}, false
		}
		cols = append(cols, c)
	}
	last := len(cols) - 1
	switch {
	case last < 0 || last == 0 && (cols[0] == "created_at" || cols[0] == "status" || cols[0] == "id"):
		return Access{}, false
	case ix.Unique && last > 0:
		return Access{Op: "uk", Eq: cols}, true
	case last > 0 && eventTime.MatchString(cols[last]):
		return Access{Op: "list", Eq: cols[:last], Sort: cols[last], Desc: true}, true
	}
	return Access{Op: "get", Eq: cols}, true
}

func hasColumn(e Entity, name string) bool {
	return slices.ContainsFunc(e.Attrs, func(a Attr) bool { return a.Column == name })
}
