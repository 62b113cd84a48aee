package ddl

import (
	"fmt"
	"strings"
)

// entry is a table as the catalog holds it.
type entry struct {
	*Table
	dropped bool
	broken  bool // the grammar refused it: its parts may be incomplete
}

// catalog is what a server of one dialect would know after the statements so
// far.
type catalog struct {
	dialect   Dialect
	run       *run
	tables    map[string]*entry   // by namespace and name
	types     map[string][]string // PostgreSQL: created types and domains; the values of an ENUM
	relations map[string]bool     // PostgreSQL: indexes, sequences, views
	symbols   map[string]symbol   // MySQL: names of foreign keys and checks
	said      map[saying]bool
}

// symbol is where a name that must be unique was given.
type symbol struct {
	table string
	pos   Pos
	block int
}

// saying tells whether a problem was reported already.
type saying struct {
	code    Code
	pos     Pos
	block   int
	message string
}

func newCatalog(d Dialect, r *run) *catalog {
	return &catalog{
		dialect: d, run: r, tables: map[string]*entry{}, types: map[string][]string{},
		relations: map[string]bool{}, symbols: map[string]symbol{}, said: map[saying]bool{},
	}
}

func (c *catalog) key(namespace, name string) string {
	if c.dialect == PostgreSQL && strings.EqualFold(namespace, "public") {
		namespace = ""
	}
	return strings.ToLower(namespace) + "." + strings.ToLower(name)
}

// find is the table of that name; without a namespace any will do.
func (c *catalog) find(namespace, name string) *entry {
	if e := c.tables[c.key(namespace, name)]; e != nil {
		return e
	}
	if namespace != "" {
		return nil
	}
	for _, e := range c.run.tables {
		if strings.EqualFold(e.Name, name) && e.Dialect.like() == c.dialect && !e.dropped {
			return e
		}
	}
	return nil
}

// report adds a problem once.
func (c *catalog) report(p Problem) {
	k := saying{p.Code, p.Pos, p.Block, p.Message}
	if !c.said[k] {
		c.said[k] = true
		c.run.report(p)
	}
}

// complain is a problem at a place of a statement.
func (c *catalog) complain(s source, at token, code Code, object, format string, args ...any) {
	c.report(Problem{Pos: s.pos(at), Block: s.block, Code: code, Table: object, Object: object, Message: fmt.Sprintf(format, args...)})
}

// execute carries out one statement.
func (r *run) execute(s source, st Statement, toks []token) {
	c := r.catalog(s.dialect)
	switch st.Verb {
	case "CREATE TABLE":
		c.createTable(s, st, toks)
	case "CREATE INDEX":
		c.createIndex(s, st, toks)
	case "ALTER TABLE":
		c.alterTable(s, st, toks)
	case "COMMENT ON":
		c.commentOn(s, toks)
	case "DROP TABLE":
		c.dropTables(s, toks)
	case "CREATE TYPE", "CREATE DOMAIN":
		c.types[strings.ToLower(st.Object)] = enumValues(s.cursor(toks))
	case "CREATE VIEW", "CREATE SEQUENCE":
		c.relations[strings.ToLower(st.Object)] = true
	case "RENAME TABLE":
		c.renameTables(s, toks)
	case "DROP INDEX":
		c.dropIndex(s, toks)
	}
}

// enumValues are those of CREATE TYPE … AS ENUM (…), empty for another type.
func enumValues(c *cursor) []string {
	values := []string{}
	for !c.done() && !c.accept("ENUM") {
		c.i++
	}
	inside, _ := c.group()
	for _, v := range commas(inside) {
		values = append(values, c.literal(v))
	}
	return values
}

func (c *catalog) createTable(s source, st Statement, toks []token) {
	t, _, ok := s.createTable(toks)
	if !ok {
		return
	}
	t.Terminated = st.Terminated
	key := c.key(t.Namespace, t.Name)
	if old := c.tables[key]; old != nil && !(t.Temporary && !old.Temporary) {
		c.report(Problem{
			Pos: t.NameAt, Block: t.Block, Code: DuplicateTable, Table: t.Name, Object: t.Name,
			Message: fmt.Sprintf("表 %s 重复定义，第一次在第 %d 行", t.Name, old.Line),
		})
	}
	e := &entry{Table: t, broken: st.Broken}
	c.run.tables = append(c.run.tables, e)
	if c.tables[key] == nil {
		c.tables[key] = e
	}
	c.check(e)
}

// check runs the rules of the dialect over a table.
func (c *catalog) check(e *entry) {
	k := &tableCheck{catalog: c, Table: e.Table}
	for _, rule := range everyRules {
		rule(k)
	}
	if e.broken {
		return
	}
	for _, rule := range tableRules[c.dialect] {
		rule(k)
	}
}

// table is the table a statement is about; nil after a complaint when a
// script that makes tables names one it does not make.
func (c *catalog) table(s source, at token, namespace, name string) *entry {
	if e := c.find(namespace, name); e != nil {
		return e
	}
	for _, e := range c.run.tables {
		if e.Dialect.like() == c.dialect && !e.Derived && name != "" && !c.relations[strings.ToLower(name)] {
			c.complain(s, at, UnknownTable, name, "表 %s 没有建表语句", name)
			break
		}
	}
	return nil
}

func (c *catalog) createIndex(s source, st Statement, toks []token) {
	cur := s.cursor(toks)
	ix := &Index{Pos: s.pos(toks[0]), Span: s.span(toks[0], toks[len(toks)-1]), Statement: true}
	for !cur.done() && !cur.accept("INDEX") {
		switch {
		case cur.accept("UNIQUE"):
			ix.Unique = true
		case cur.accept("FULLTEXT"):
			ix.Kind = Fulltext
		case cur.accept("SPATIAL"):
			ix.Kind = Spatial
		default:
			cur.i++
		}
	}
	cur.accept("CONCURRENTLY")
	skip := cur.accept("IF", "NOT", "EXISTS")
	if !cur.sees("ON") && !cur.sees("USING") && cur.peek(0).isName() {
		ix.Pos = s.pos(cur.peek(0))
		cur.indexName(ix)
	}
	for !cur.done() && !cur.accept("ON") {
		if cur.accept("USING") {
			ix.Method = strings.ToLower(cur.peek(0).text)
		}
		cur.i++
	}
	cur.accept("ONLY")
	ns, name := cur.qualified()
	e := c.table(s, name, ns, cur.ident(name))
	cur.indexBody(ix)
	if e == nil || skip && c.dialect == PostgreSQL && c.relations[strings.ToLower(ix.Name)] {
		return
	}
	e.addKey(ix)
	e.broken = e.broken || st.Broken
	c.check(e)
}

func (c *catalog) commentOn(s source, toks []token) {
	cur := s.cursor(toks)
	cur.i = 2
	kind := cur.next()
	at := cur.peek(0)
	ns, name := cur.qualified()
	parent := ""
	if kind.is("COLUMN") {
		parent, ns = ns, ""
		if i := cur.i - 5; i >= 0 && cur.toks[i+1].is(".") && cur.toks[i].isName() && i > 2 {
			ns = cur.ident(cur.toks[i])
		}
	}
	if !cur.accept("IS") {
		return
	}
	comment, has := cur.str()
	switch {
	case kind.is("TABLE"):
		if e := c.table(s, at, ns, cur.ident(name)); e != nil {
			e.Comment, e.HasComment = comment, has
		}
	case kind.is("COLUMN") && parent != "":
		e := c.table(s, at, ns, parent)
		if e == nil {
			return
		}
		if col, ok := e.Column(cur.ident(name)); ok {
			col.Comment, col.HasComment = comment, has
		} else if !e.broken && !e.Derived {
			c.complain(s, name, UnknownColumn, e.Name, "COMMENT ON 的列 %s.%s 不存在", e.Name, cur.ident(name))
		}
	}
}
