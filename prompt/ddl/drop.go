package ddl

import "strings"

func (c *catalog) dropTables(s source, toks []token) {
	cur := s.cursor(toks)
	cur.i = 1
	for cur.acceptAny("TEMPORARY", "TABLE", "IF", "EXISTS") != "" {
		continue
	}
	for cur.peek(0).isName() {
		ns, name := cur.qualified()
		c.drop(c.find(ns, cur.ident(name)))
		if !cur.accept(",") {
			return
		}
	}
}

func (c *catalog) drop(e *entry) {
	if e == nil {
		return
	}
	e.dropped = true
	delete(c.tables, c.key(e.Namespace, e.Name))
	c.release(e.Namespace, e.Name)
	for _, ix := range e.Indexes {
		c.release(e.Namespace, ix.Name)
	}
	for _, f := range e.ForeignKeys {
		c.release(e.Namespace, f.Name)
	}
	for _, ch := range e.Checks {
		c.release(e.Namespace, ch.Name)
	}
}

// kinds of names that a schema holds once.
const (
	relationName = "relation"
	checkName    = "CHECK 约束"
	foreignName  = "外键"
)

// release makes a name free again.
func (c *catalog) release(namespace, name string) {
	for _, kind := range []string{relationName, checkName, foreignName} {
		delete(c.symbols, kind+" "+c.key(namespace, name))
	}
	delete(c.relations, strings.ToLower(name))
}

func (c *catalog) renameTables(s source, toks []token) {
	cur := s.cursor(toks)
	cur.i = 2
	for cur.peek(0).isName() {
		ns, from := cur.qualified()
		cur.accept("TO")
		_, to := cur.qualified()
		c.rename(c.find(ns, cur.ident(from)), cur.ident(to))
		if !cur.accept(",") {
			return
		}
	}
}

func (c *catalog) rename(e *entry, to string) {
	if e == nil || to == "" {
		return
	}
	delete(c.tables, c.key(e.Namespace, e.Name))
	c.release(e.Namespace, e.Name)
	e.Name = to
	c.tables[c.key(e.Namespace, to)] = e
}

func (c *catalog) dropIndex(s source, toks []token) {
	cur := s.cursor(toks)
	cur.i = 2
	for cur.acceptAny("CONCURRENTLY", "IF", "EXISTS") != "" {
		continue
	}
	for cur.peek(0).isName() {
		ns, name := cur.qualified()
		if cur.accept("ON") {
			ns, table := cur.qualified()
			if e := c.table(s, table, ns, cur.ident(table)); e != nil {
				c.dropKey(s, e, name)
			}
			return
		}
		c.release(ns, cur.ident(name))
		for _, e := range c.run.tables {
			if e.Dialect.like() == c.dialect {
				e.removeIndex(cur.ident(name))
			}
		}
		cur.accept(",")
	}
}

// removeIndex takes an index out of a table, and says whether it was there.
func (t *Table) removeIndex(name string) bool {
	for i, ix := range t.Indexes {
		if strings.EqualFold(ix.Name, name) {
			t.Indexes = append(t.Indexes[:i:i], t.Indexes[i+1:]...)
			return true
		}
	}
	return false
}
