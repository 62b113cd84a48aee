package ddl

import "strings"

// constraintWords begin a table element that is no column.
var constraintWords = map[Dialect][]string{
	MySQL:      strings.Fields("PRIMARY UNIQUE KEY INDEX FULLTEXT SPATIAL CONSTRAINT FOREIGN CHECK"),
	PostgreSQL: strings.Fields("PRIMARY UNIQUE CONSTRAINT FOREIGN CHECK EXCLUDE LIKE"),
	ClickHouse: strings.Fields("PRIMARY INDEX CONSTRAINT PROJECTION"),
	Doris:      strings.Fields("PRIMARY UNIQUE KEY INDEX CONSTRAINT"),
	Neutral:    strings.Fields("PRIMARY UNIQUE CONSTRAINT FOREIGN CHECK"),
}

// isConstraint says whether an element of a CREATE TABLE is something else
// than a column.
func (s source) isConstraint(elem []token) bool {
	if len(elem) == 0 || elem[0].kind != word {
		return false
	}
	if elem[0].isAny("VECTOR", "COLUMNAR") && len(elem) > 1 && elem[1].is("INDEX") {
		return true
	}
	return elem[0].isAny(constraintWords[s.dialect.like()]...)
}

// constraint reads a table element that is no column into t.
func (s source) constraint(t *Table, toks []token) {
	c := s.cursor(toks)
	first := c.peek(0)
	name := ""
	if c.accept("CONSTRAINT") && !c.peek(0).isAny("PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE") && c.peek(0).isName() {
		name = c.ident(c.next())
	}
	span := s.span(first, toks[len(toks)-1])
	switch {
	case c.accept("FOREIGN", "KEY"):
		fk := &ForeignKey{Pos: s.pos(first), Span: span, Name: name}
		if c.peek(0).isName() {
			c.i++ // MySQL takes an index name here
		}
		fk.Columns = c.names()
		if c.accept("REFERENCES") {
			c.references(fk)
		}
		t.ForeignKeys = append(t.ForeignKeys, fk)
	case c.accept("CHECK"), s.dialect.like() == ClickHouse && c.accept("ASSUME"):
		start := c.i
		c.skip()
		t.Checks = append(t.Checks, &Check{Pos: s.pos(first), Span: span, Name: name, Expr: s.expr(c.since(start))})
	case c.accept("LIKE"):
		t.Derived = true
	case s.dialect.like() == ClickHouse && c.accept("INDEX"):
		ix := &Index{Pos: s.pos(first), Span: span, Kind: Skipping, Name: c.ident(c.next())}
		e := s.expr(c.untilWord("TYPE"))
		ix.Parts = []Part{{Pos: ix.Pos, Expr: &e}}
		t.addKey(ix)
	default:
		if ix := c.key(first, span); ix != nil {
			if ix.Name == "" {
				ix.Name = name
			}
			t.addKey(ix)
		}
	}
}

// key reads PRIMARY KEY, UNIQUE, FULLTEXT, SPATIAL, KEY and INDEX.
func (c *cursor) key(first token, span Span) *Index {
	ix := &Index{Pos: c.pos(first), Span: span}
	switch {
	case c.accept("PRIMARY", "KEY"):
		ix.Kind = PrimaryKey
	case c.accept("UNIQUE"):
		ix.Unique = true
	case c.accept("FULLTEXT"):
		ix.Kind = Fulltext
	case c.accept("SPATIAL"):
		ix.Kind = Spatial
	case c.accept("VECTOR"), c.accept("COLUMNAR"):
		ix.Kind = Vector
	case !c.sees("KEY") && !c.sees("INDEX"):
		return nil
	}
	c.acceptAny("KEY", "INDEX")
	c.accept("IF", "NOT", "EXISTS")
	if !c.sees("USING") && !c.sees("NULLS") && c.peek(0).isName() {
		c.indexName(ix)
	}
	c.indexBody(ix)
	return ix
}

// indexName reads the name of an index.
func (c *cursor) indexName(ix *Index) {
	t := c.next()
	ix.Name, ix.NameSpan = c.ident(t), c.span(t, t)
}

// indexBody reads what follows the name of an index.
func (c *cursor) indexBody(ix *Index) {
	for !c.done() {
		switch {
		case c.accept("USING"), c.accept("TYPE"):
			ix.Method = strings.ToLower(c.next().name())
		case c.sees("("):
			inside, _ := c.group()
			if ix.Parts == nil {
				ix.Parts = c.parts(inside)
			}
		case c.accept("INCLUDE"):
			ix.Include = c.names()
		case c.accept("WHERE"):
			e := c.expr(c.untilWord("TABLESPACE"))
			ix.Where = &e
		case c.accept("INVISIBLE"):
			ix.Invisible = true
		case c.accept("COMMENT"):
			ix.Comment, _ = c.str()
		default:
			c.i++
		}
	}
}

// parts reads the list of columns and expressions of an index.
func (c *cursor) parts(inside []token) []Part {
	out := []Part{}
	for _, toks := range commas(inside) {
		if len(toks) == 0 {
			continue
		}
		out = append(out, c.part(toks))
	}
	return out
}

func (s source) part(toks []token) Part {
	p := Part{Pos: s.pos(toks[0]), Span: s.span(toks[0], toks[len(toks)-1])}
	c := s.cursor(toks)
	if call := c.peek(0).isName() && c.peek(1).is("("); call && s.dialect.like() == PostgreSQL {
		c.i++
		c.group()
		e := s.expr(toks[:c.i])
		p.Expr = &e
	} else if c.peek(0).isName() {
		p.Column = c.ident(c.next())
		if inside, ok := c.group(); ok {
			p.Length, _ = atoi(s.written(inside))
		}
	} else {
		c.skip()
		e := s.expr(toks[:min(c.i, len(toks))])
		p.Expr = &e
	}
	for ; !c.done(); c.i++ {
		p.Desc = p.Desc || c.sees("DESC")
	}
	return p
}

// references reads what follows REFERENCES.
func (c *cursor) references(fk *ForeignKey) {
	ns, table := c.qualified()
	fk.Namespace, fk.Table = ns, c.ident(table)
	if c.sees("(") {
		fk.RefColumns = c.names()
	}
	for c.accept("MATCH") {
		c.i++
	}
	for c.sees("ON", "DELETE") || c.sees("ON", "UPDATE") {
		what := &fk.OnDelete
		if c.sees("ON", "UPDATE") {
			what = &fk.OnUpdate
		}
		c.i += 2
		*what = strings.ToUpper(c.next().text)
		if *what == "SET" || *what == "NO" {
			*what += " " + strings.ToUpper(c.next().text)
		}
	}
}
