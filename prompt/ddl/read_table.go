package ddl

import "strings"

// tableText is a CREATE TABLE cut into its parts.
type tableText struct {
	name     token
	elements [][]token // columns and constraints, as written between the commas
	close    token     // the ) behind the last of them
	tail     []token   // options and partitions
}

// createTable reads a CREATE TABLE as far as it can be understood; ok is false
// when it names no table. The grammar has the say whether it is right.
func (s source) createTable(toks []token) (t *Table, cut tableText, ok bool) {
	c := s.cursor(toks)
	t = &Table{Dialect: s.dialect, Pos: s.pos(toks[0]), Span: s.span(toks[0], toks[len(toks)-1]), EndLine: s.posEnd(toks[len(toks)-1]).Line}
	c.i++
	for c.acceptAny("OR", "REPLACE", "TEMPORARY", "TEMP", "GLOBAL", "LOCAL", "UNLOGGED", "EXTERNAL") != "" {
		t.Temporary = t.Temporary || strings.HasPrefix(strings.ToUpper(c.toks[c.i-1].text), "TEMP")
	}
	if !c.accept("TABLE") {
		return nil, cut, false
	}
	t.IfNotExists = c.accept("IF", "NOT", "EXISTS")
	ns, name := c.qualified()
	if name.text == "" {
		return nil, cut, false
	}
	cut.name = name
	t.Namespace, t.Name, t.NameAt = ns, c.ident(name), s.pos(name)
	if c.accept("PARTITION", "OF") {
		_, parent := c.qualified()
		t.PartitionOf, t.Derived = c.ident(parent), true
	}
	if c.accept("ON", "CLUSTER") {
		c.i++
	}
	if c.sees("(") && !c.peek(1).isAny("SELECT", "WITH") {
		inside, _ := c.group()
		if last := c.toks[min(c.i, len(c.toks))-1]; last.is(")") {
			cut.close, t.CloseAt, t.Close = last, s.pos(last), s.span(last, last)
		}
		cut.elements = commas(inside)
		s.elements(t, cut.elements)
	}
	cut.tail = c.rest()
	s.tail(t, cut.tail)
	return t, cut, true
}

func (s source) elements(t *Table, elems [][]token) {
	for i, e := range elems {
		switch {
		case len(e) == 0:
		case s.isConstraint(e):
			s.constraint(t, e)
		default:
			col := s.column(t, e)
			if col == nil {
				continue
			}
			col.Removal = col.Span
			if i > 0 && len(elems[i-1]) > 0 {
				last := elems[i-1][len(elems[i-1])-1]
				col.Removal.Start = s.text.base + s.text.origin(last.end(), true)
			}
			t.Columns = append(t.Columns, col)
		}
	}
}

// tail reads what follows the column list.
func (s source) tail(t *Table, toks []token) {
	c := s.cursor(toks)
	for !c.done() {
		at := c.peek(0)
		switch {
		case c.accept("PARTITION", "BY"):
			t.Partition = c.partition(at)
		case c.accept("LIKE"), c.accept("SELECT"), c.accept("AS"), c.accept("WITH", "RECURSIVE"), c.accept("INHERITS"):
			t.Derived = true
			c.until(func(t token) bool { return t.isAny("PARTITION", "ENGINE") })
		case c.accept("FOR", "VALUES"), c.sees("DEFAULT") && t.PartitionOf != "":
			t.Partition = &Partition{Kind: "of", Pos: s.pos(at), Parts: []Shard{c.postgresBounds(t, at)}}
		case s.clauseTail(t, c):
		default:
			c.option(t)
		}
	}
}

// clauseTail reads the clauses of ClickHouse and Doris, and TiDB's TTL.
func (s source) clauseTail(t *Table, c *cursor) bool {
	switch {
	case c.accept("ORDER", "BY"), c.accept("DUPLICATE", "KEY"), c.accept("AGGREGATE", "KEY"):
		t.OrderBy = c.tuple()
	case s.dialect.like() == Doris && c.accept("UNIQUE", "KEY"):
		t.OrderBy = c.tuple()
	case c.sees("PRIMARY", "KEY"):
		at := c.next()
		c.i++
		ix := &Index{Pos: s.pos(at), Kind: PrimaryKey, Unique: true}
		for _, e := range c.tuple() {
			ix.Parts = append(ix.Parts, exprPart(e))
		}
		t.addKey(ix)
	case c.accept("SAMPLE", "BY"):
		c.tuple()
	case c.accept("TTL"):
		c.accept("=")
		e := s.expr(c.until(func(t token) bool { return t.isAny(clauseWords...) || t.is(",") }))
		t.TTL = &e
	case c.accept("DISTRIBUTED", "BY"):
		c.untilWord("PROPERTIES")
	case s.dialect.like() == ClickHouse && c.accept("SETTINGS"):
		c.untilWord("COMMENT")
	default:
		return false
	}
	return true
}

// clauseWords begin a new clause behind the column list.
var clauseWords = strings.Fields(`ORDER PARTITION PRIMARY SAMPLE TTL SETTINGS COMMENT ENGINE DISTRIBUTED PROPERTIES
	CHARSET COLLATE TTL_ENABLE AUTO_INCREMENT`)

// tuple reads a list of expressions with or without brackets.
func (c *cursor) tuple() []Expr {
	toks := c.untilWord(clauseWords...)
	if len(toks) > 1 && toks[0].is("tuple") {
		toks = toks[1:]
	}
	if enclosed(toks) {
		toks = toks[1 : len(toks)-1]
	}
	out := []Expr{}
	for _, part := range commas(toks) {
		out = append(out, c.expr(part))
	}
	return out
}

func exprPart(e Expr) Part {
	if e.Kind == ColRef {
		return Part{Pos: e.Pos, Column: e.Value}
	}
	return Part{Pos: e.Pos, Expr: &e}
}
