package ddl

import (
	"slices"
	"strings"
)

// alterTable folds an ALTER TABLE into its table.
func (c *catalog) alterTable(s source, st Statement, toks []token) {
	cur := s.cursor(toks)
	for !cur.done() && !cur.accept("TABLE") {
		cur.i++
	}
	for cur.acceptAny("IF", "EXISTS", "ONLY") != "" {
		continue
	}
	at := cur.peek(0)
	ns, name := cur.qualified()
	e := c.table(s, at, ns, cur.ident(name))
	if e == nil {
		return
	}
	cur.accept("*")
	for _, spec := range commas(cur.rest()) {
		if len(spec) > 0 {
			a := &alteration{catalog: c, cursor: s.cursor(spec), e: e}
			a.spec()
		}
	}
	e.broken = e.broken || st.Broken
	if !e.dropped {
		c.check(e)
	}
}

// alteration is one of the changes of an ALTER TABLE.
type alteration struct {
	*catalog
	*cursor
	e *entry
}

func (a *alteration) spec() {
	switch {
	case a.accept("ADD"):
		a.add()
	case a.accept("DROP"):
		a.dropPart()
	case a.accept("MODIFY"):
		a.accept("COLUMN")
		a.redefine(a.peek(0))
	case a.accept("CHANGE"):
		a.accept("COLUMN")
		a.redefine(a.next())
	case a.accept("RENAME"):
		a.renamePart()
	case a.accept("ALTER"):
		a.accept("COLUMN")
		a.alterColumn()
	case a.accept("ATTACH", "PARTITION"):
		a.attach()
	case a.sees("PARTITION", "BY"):
		at := a.next()
		a.i++
		a.e.Partition = a.partition(at)
	case a.accept("REMOVE", "PARTITIONING"):
		a.e.Partition = nil
	case a.peek(0).kind == word:
		a.optionOrNothing()
	}
}

// add reads ADD: columns, keys, constraints or partitions.
func (a *alteration) add() {
	if a.accept("PARTITION") {
		inside, _ := a.group()
		for _, def := range commas(inside) {
			if len(def) > 0 && a.e.Partition != nil {
				a.e.Partition.Parts = append(a.e.Partition.Parts, a.shard(def))
			}
		}
		return
	}
	rest := a.rest()
	if a.isConstraint(rest) {
		a.constraint(a.e.Table, rest)
		return
	}
	a.accept("COLUMN")
	a.accept("IF", "NOT", "EXISTS")
	if inside, ok := a.group(); ok {
		a.elements(a.e.Table, commas(inside))
		return
	}
	a.elements(a.e.Table, [][]token{a.rest()})
	a.place(a.toks[len(a.toks)-1], len(a.toks) > 1 && a.toks[len(a.toks)-2].is("AFTER"))
}

// place moves the last column to where FIRST or AFTER want it.
func (a *alteration) place(last token, after bool) {
	cols := a.e.Columns
	if len(cols) == 0 || !after && !last.is("FIRST") {
		return
	}
	col, to := cols[len(cols)-1], 0
	if after {
		i := slices.IndexFunc(cols, func(c *Column) bool { return strings.EqualFold(c.Name, a.ident(last)) })
		if i < 0 {
			a.complain(a.source, last, UnknownColumn, a.e.Name, "AFTER 引用了不存在的列 %s", a.ident(last))
			return
		}
		to = i + 1
	}
	a.e.Columns = slices.Insert(cols[:len(cols)-1:len(cols)-1], min(to, len(cols)-1), col)
}

// dropPart reads DROP.
func (a *alteration) dropPart() {
	t := a.e.Table
	switch {
	case a.accept("PRIMARY", "KEY"):
		if t.Primary == nil && !t.Derived {
			a.complain(a.source, a.toks[0], UnknownObject, t.Name, "表 %s 没有主键可删", t.Name)
		}
		t.Primary = nil
	case a.accept("INDEX"), a.accept("KEY"):
		a.accept("IF", "EXISTS")
		a.dropKey(a.source, a.e, a.peek(0))
	case a.accept("FOREIGN", "KEY"), a.accept("CONSTRAINT"), a.accept("CHECK"):
		a.accept("IF", "EXISTS")
		a.dropConstraint(a.peek(0))
	case a.accept("PARTITION"):
		a.dropPartitions()
	default:
		a.accept("COLUMN")
		missing := a.accept("IF", "EXISTS")
		a.dropColumn(a.peek(0), missing)
	}
}

func (c *catalog) dropKey(s source, e *entry, name token) {
	n := s.cursor(nil).ident(name)
	if strings.EqualFold(n, "PRIMARY") {
		e.Primary = nil
		return
	}
	if !e.removeIndex(n) && !e.Derived && !c.autoNamed(e, n) {
		c.complain(s, name, UnknownObject, e.Name, "表 %s 没有索引 %s", e.Name, n)
	}
}

// autoNamed removes the first unnamed index that a server would name so.
func (c *catalog) autoNamed(e *entry, name string) bool {
	for i, ix := range e.Indexes {
		if cols := ix.Columns(); ix.Name == "" && len(cols) > 0 && strings.EqualFold(cols[0], name) {
			e.Indexes = slices.Delete(slices.Clone(e.Indexes), i, i+1)
			return true
		}
	}
	return false
}

func (a *alteration) dropConstraint(name token) {
	n := a.ident(name)
	a.release(a.e.Namespace, n)
	same := func(s string) bool { return strings.EqualFold(s, n) }
	a.e.ForeignKeys = slices.DeleteFunc(a.e.ForeignKeys, func(f *ForeignKey) bool { return same(f.Name) })
	a.e.Checks = slices.DeleteFunc(a.e.Checks, func(c *Check) bool { return same(c.Name) })
	a.e.removeIndex(n)
	if a.dialect() == PostgreSQL && strings.EqualFold(n, a.e.Name+"_pkey") {
		a.e.Primary = nil
	}
}

// dialect is the one both embedded parts agree on.
func (a *alteration) dialect() Dialect { return a.catalog.dialect }

func (a *alteration) dropPartitions() {
	if a.e.Partition == nil {
		return
	}
	for _, name := range commas(a.rest()) {
		a.e.Partition.Parts = slices.DeleteFunc(a.e.Partition.Parts, func(s Shard) bool {
			return len(name) > 0 && strings.EqualFold(s.Name, a.ident(name[0]))
		})
	}
}

// renamePart reads RENAME.
func (a *alteration) renamePart() {
	switch {
	case a.accept("INDEX"), a.accept("KEY"):
		if ix, ok := a.e.Index(a.ident(a.next())); ok && a.accept("TO") {
			ix.Name = a.ident(a.next())
		}
	case a.accept("CONSTRAINT"):
	case a.accept("TO"), a.accept("AS"):
		_, to := a.qualified()
		a.rename(a.e, a.ident(to))
	case a.sees("COLUMN"), a.dialect() == PostgreSQL:
		a.accept("COLUMN")
		from := a.next()
		if col, ok := a.e.Column(a.ident(from)); ok && a.accept("TO") {
			col.Name = a.ident(a.next())
			a.e.renameColumn(a.ident(from), col.Name)
		} else if !ok && !a.e.Derived {
			a.complain(a.source, from, UnknownColumn, a.e.Name, "表 %s 没有列 %s", a.e.Name, a.ident(from))
		}
	}
}

// attach reads ATTACH PARTITION child FOR VALUES ….
func (a *alteration) attach() {
	at := a.peek(0)
	ns, name := a.qualified()
	child := a.table(a.source, at, ns, a.ident(name))
	if child == nil {
		return
	}
	child.PartitionOf = a.e.Name
	if a.accept("FOR", "VALUES") || a.sees("DEFAULT") {
		child.Partition = &Partition{Kind: "of", Pos: a.pos(at), Parts: []Shard{a.postgresBounds(child.Table, at)}}
		a.check(child)
	}
}

// optionOrNothing reads table options; other words change nothing we model.
func (a *alteration) optionOrNothing() {
	if a.accept("CONVERT", "TO") || a.peek(0).isAny("ENGINE", "COMMENT", "DEFAULT", "CHARSET", "CHARACTER", "COLLATE", "AUTO_INCREMENT", "ROW_FORMAT") {
		for !a.done() {
			a.option(a.e.Table)
		}
	}
}
