package ddl

import "strings"

// optionNames are the table options of more than one word.
var optionNames = [][]string{
	{"DEFAULT", "CHARACTER", "SET"},
	{"DEFAULT", "CHARSET"},
	{"DEFAULT", "COLLATE"},
	{"DEFAULT", "CHAR", "SET"},
	{"CHARACTER", "SET"},
	{"CHAR", "SET"},
	{"DATA", "DIRECTORY"},
	{"INDEX", "DIRECTORY"},
	{"PLACEMENT", "POLICY"},
	{"START", "TRANSACTION"},
	{"ON", "COMMIT"},
}

// option reads one table option: name, =, value.
func (c *cursor) option(t *Table) {
	start := c.next()
	o := Option{Pos: c.pos(start), Name: strings.ToUpper(start.text)}
	if start.kind != word {
		return
	}
	c.i--
	for _, name := range append(optionNames, []string{start.text}) {
		if c.accept(name...) {
			o.Name = strings.ToUpper(strings.Join(name, " "))
			break
		}
	}
	c.accept("=")
	switch v := c.peek(0); {
	case v.kind == text:
		o.Value, _ = c.str()
	case v.isName() && !v.is("PARTITION") || v.kind == number:
		o.Value = c.next().name()
		if c.sees("(") { // ClickHouse: ReplicatedMergeTree('…', …)
			c.group()
		}
	case v.is("("):
		inside, _ := c.group()
		o.Value = c.written(inside)
	}
	o.Span = c.span(start, c.toks[min(c.i, len(c.toks))-1])
	t.Options = append(t.Options, o)
	t.setOption(o)
}

func (t *Table) setOption(o Option) {
	switch o.Name {
	case "ENGINE":
		t.Engine = o.Value
	case "DEFAULT CHARSET", "DEFAULT CHARACTER SET", "DEFAULT CHAR SET", "CHARSET", "CHARACTER SET", "CHAR SET":
		t.Charset = strings.ToLower(o.Value)
	case "COLLATE", "DEFAULT COLLATE":
		t.Collation = strings.ToLower(o.Value)
	case "COMMENT":
		t.Comment, t.HasComment = o.Value, true
	}
}

// Option returns the last option with that upper-case name.
func (t *Table) Option(name string) (Option, bool) {
	for i := len(t.Options) - 1; i >= 0; i-- {
		if t.Options[i].Name == name {
			return t.Options[i], true
		}
	}
	return Option{}, false
}

// partition reads what follows PARTITION BY.
func (c *cursor) partition(at token) *Partition {
	p := &Partition{Pos: c.pos(at)}
	if c.dialect.like() == ClickHouse {
		p.Kind = "expr"
		for _, e := range c.tuple() {
			p.Expr = &e
			p.Columns = distinct(append(p.Columns, e.Columns...))
		}
		return p
	}
	c.partitionMethod(p)
	if c.accept("PARTITIONS") {
		p.Count, _ = atoi(c.next().text)
	}
	if c.accept("SUBPARTITION", "BY") {
		p.Sub = &Partition{Pos: c.pos(c.peek(0))}
		c.partitionMethod(p.Sub)
		if c.accept("SUBPARTITIONS") {
			p.Sub.Count, _ = atoi(c.next().text)
		}
	}
	if inside, ok := c.group(); ok {
		for _, def := range commas(inside) {
			if len(def) > 0 {
				p.Parts = append(p.Parts, c.shard(def))
			}
		}
	}
	return p
}

// partitionMethod reads RANGE COLUMNS(a), HASH(expr), KEY ALGORITHM=2 (a)…
func (c *cursor) partitionMethod(p *Partition) {
	c.accept("LINEAR")
	p.Kind = strings.ToLower(c.next().text)
	if c.accept("COLUMNS") {
		p.Kind += " columns"
	}
	if c.accept("ALGORITHM") {
		c.accept("=")
		c.i++
	}
	start := c.i
	inside, ok := c.group()
	switch {
	case !ok:
	case p.Kind == "key" || strings.HasSuffix(p.Kind, "columns"):
		for _, name := range commas(inside) {
			if len(name) > 0 {
				p.Columns = append(p.Columns, c.ident(name[0]))
			}
		}
	case c.dialect.like() == PostgreSQL || c.dialect.like() == Doris:
		for _, part := range commas(inside) {
			p.Columns = distinct(append(p.Columns, c.expr(part).Columns...))
			if len(part) > 1 {
				e := c.expr(part)
				p.Expr = &e
			}
		}
	default:
		e := c.expr(c.since(start))
		p.Expr, p.Columns = &e, e.Columns
	}
}

// shard reads one PARTITION p VALUES ….
func (s source) shard(toks []token) Shard {
	c := s.cursor(toks)
	sh := Shard{Pos: s.pos(toks[0])}
	c.accept("PARTITION")
	sh.Name = s.cursor(nil).ident(c.next())
	for !c.done() {
		switch {
		case c.accept("VALUES", "LESS", "THAN"):
			sh.LessThan = c.values()
		case c.accept("VALUES", "IN"):
			inside, _ := c.group()
			for _, v := range commas(inside) {
				sh.In = append(sh.In, s.row(v))
			}
		case c.accept("COMMENT"):
			c.accept("=")
			sh.Comment, _ = c.str()
		default:
			c.skip()
		}
	}
	return sh
}

// values reads a bracketed list of bounds, or MAXVALUE alone.
func (c *cursor) values() []Expr {
	if !c.sees("(") {
		return []Expr{c.expr([]token{c.next()})}
	}
	inside, _ := c.group()
	return c.bounds(inside)
}

// row reads one value, or (a, b) of a list over several columns.
func (s source) row(toks []token) []Expr {
	if enclosed(toks) {
		toks = toks[1 : len(toks)-1]
	}
	return s.bounds(toks)
}

func (s source) bounds(toks []token) []Expr {
	var out []Expr
	for _, v := range commas(toks) {
		out = append(out, s.expr(v))
	}
	return out
}

// postgresBounds reads FOR VALUES … or DEFAULT of a PARTITION OF.
func (c *cursor) postgresBounds(t *Table, at token) Shard {
	sh := Shard{Pos: c.pos(at), Name: t.Name}
	switch {
	case c.accept("DEFAULT"):
		sh.Default = true
	case c.accept("IN"):
		for _, e := range c.values() {
			sh.In = append(sh.In, []Expr{e})
		}
	case c.accept("FROM"):
		sh.From = c.values()
		if c.accept("TO") {
			sh.To = c.values()
		}
	case c.accept("WITH"):
		c.group()
	}
	return sh
}
