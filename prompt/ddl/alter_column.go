package ddl

import (
	"slices"
	"strings"
)

func (a *alteration) dropColumn(name token, missingOK bool) {
	t, n := a.e.Table, a.ident(name)
	if _, ok := t.Column(n); !ok {
		if !missingOK && !t.Derived {
			a.complain(a.source, name, UnknownColumn, t.Name, "表 %s 没有列 %s", t.Name, n)
		}
		return
	}
	t.Columns = slices.DeleteFunc(t.Columns, func(c *Column) bool { return strings.EqualFold(c.Name, n) })
	without := func(ix *Index) bool {
		ix.Parts = slices.DeleteFunc(ix.Parts, func(p Part) bool { return strings.EqualFold(p.Column, n) })
		return len(ix.Parts) == 0
	}
	t.Indexes = slices.DeleteFunc(t.Indexes, without)
	if t.Primary != nil && without(t.Primary) {
		t.Primary = nil
	}
	t.Checks = slices.DeleteFunc(t.Checks, func(c *Check) bool {
		return slices.ContainsFunc(c.Expr.Columns, func(s string) bool { return strings.EqualFold(s, n) })
	})
}

// redefine reads MODIFY and CHANGE; old is the column as it was.
func (a *alteration) redefine(old token) {
	t := a.e.Table
	i := slices.IndexFunc(t.Columns, func(c *Column) bool { return strings.EqualFold(c.Name, a.ident(old)) })
	if i < 0 {
		if !t.Derived {
			a.complain(a.source, old, UnknownColumn, t.Name, "表 %s 没有列 %s", t.Name, a.ident(old))
		}
		return
	}
	col := a.column(t, a.rest())
	if col == nil {
		return
	}
	t.renameColumn(t.Columns[i].Name, col.Name)
	t.Columns[i] = col
}

// renameColumn changes a name in the keys and expressions of the table.
func (t *Table) renameColumn(from, to string) {
	swap := func(s *string) {
		if strings.EqualFold(*s, from) {
			*s = to
		}
	}
	for _, ix := range t.Keys() {
		for i := range ix.Parts {
			swap(&ix.Parts[i].Column)
			if ix.Parts[i].Expr != nil {
				each(ix.Parts[i].Expr.Columns, swap)
			}
		}
	}
	for _, f := range t.ForeignKeys {
		each(f.Columns, swap)
	}
	for _, c := range t.Checks {
		each(c.Expr.Columns, swap)
	}
	if t.Partition != nil {
		each(t.Partition.Columns, swap)
	}
}

func each(ss []string, f func(*string)) {
	for i := range ss {
		f(&ss[i])
	}
}

// alterColumn reads ALTER COLUMN c ….
func (a *alteration) alterColumn() {
	if a.accept("INDEX") {
		if ix, ok := a.e.Index(a.ident(a.next())); ok {
			ix.Invisible = a.accept("INVISIBLE")
		}
		return
	}
	name := a.next()
	col, ok := a.e.Column(a.ident(name))
	if !ok {
		if !a.e.Derived && !name.isAny("CHECK", "CONSTRAINT") {
			a.complain(a.source, name, UnknownColumn, a.e.Name, "表 %s 没有列 %s", a.e.Name, a.ident(name))
		}
		return
	}
	switch {
	case a.accept("SET", "DEFAULT"):
		e := a.expr(a.rest())
		col.Default = &e
	case a.accept("DROP", "DEFAULT"):
		col.Default = nil
	case a.accept("SET", "NOT", "NULL"):
		col.Null = NotNull
	case a.accept("DROP", "NOT", "NULL"):
		col.Null = NullUnstated
	case a.accept("TYPE"), a.accept("SET", "DATA", "TYPE"):
		if t, ok := a.typ(); ok {
			t.User = a.dialect() == PostgreSQL && !isPostgresType(t.Name)
			col.Type = t
		}
	case a.accept("ADD"):
		a.generated(col)
	}
}
