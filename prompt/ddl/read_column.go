package ddl

import "strings"

// optionWords end an expression inside a column definition.
var optionWords = strings.Fields(`NOT NULL ON AUTO_INCREMENT AUTOINCREMENT AUTO_RANDOM PRIMARY UNIQUE COMMENT COLLATE CHECK
	CONSTRAINT REFERENCES GENERATED AS VIRTUAL STORED INVISIBLE VISIBLE COLUMN_FORMAT STORAGE ENGINE_ATTRIBUTE CHARACTER
	SECONDARY_ENGINE_ATTRIBUTE CHARSET DEFAULT FIRST AFTER KEY DEFERRABLE INITIALLY CODEC TTL MATERIALIZED ALIAS EPHEMERAL`)

// column reads one column definition into t: the column itself, and the
// index, foreign key or check that is written behind it. nil means that the
// tokens do not look like a column.
func (s source) column(t *Table, toks []token) *Column {
	c := s.cursor(toks)
	if !c.peek(0).isName() {
		return nil
	}
	name := c.next()
	col := &Column{Pos: s.pos(name), Span: s.span(name, toks[len(toks)-1]), Name: c.ident(name), Quoted: name.kind == quoted}
	serial := c.peek(0)
	typ, ok := c.typ()
	if !ok {
		return nil
	}
	col.Type = typ
	c.serial(t, col, serial)
	for !c.done() {
		c.columnOption(t, col)
	}
	return col
}

// serial is what the SERIAL types stand for.
func (c *cursor) serial(t *Table, col *Column, at token) {
	switch name := strings.ToLower(at.text); {
	case c.dialect.like() == PostgreSQL && strings.Contains(name, "serial"):
		col.AutoIncrement, col.Null = true, NotNull
	case c.dialect.like() == MySQL && name == "serial":
		col.AutoIncrement, col.Null, col.Unique, col.Type.Unsigned = true, NotNull, true, true
		c.inlineKey(t, col, at, Plain)
	case c.dialect.like() == PostgreSQL && !col.Type.Array:
		col.Type.User = !isPostgresType(col.Type.Name)
	}
}

// columnOption reads one option; an unknown word is passed over.
func (c *cursor) columnOption(t *Table, col *Column) {
	at, from := c.peek(0), c.i
	switch {
	case c.accept("NOT", "NULL"):
		col.Null = NotNull
	case c.accept("NULL"):
		col.Null = Nullable
	case c.accept("SERIAL", "DEFAULT", "VALUE"):
		col.AutoIncrement, col.Null, col.Unique = true, NotNull, true
		c.inlineKey(t, col, at, Plain)
	case c.accept("DEFAULT"):
		col.Default = c.optionExpr()
		col.DefaultSpan = Span{c.block, c.text.base + c.text.origin(c.toks[max(from-1, 0)].end(), true), col.Default.End}
	case c.accept("ON", "UPDATE"):
		col.OnUpdate = c.optionExpr()
	case c.accept("AUTO_INCREMENT") || c.accept("AUTOINCREMENT"):
		col.AutoIncrement = true
	case c.accept("AUTO_RANDOM"):
		col.AutoIncrement, col.AutoRandom = true, true
	case c.accept("COMMENT"):
		col.Comment, col.HasComment = c.str()
	case c.accept("COLLATE"):
		_, name := c.qualified()
		col.Collation = strings.ToLower(c.textName(name))
	case c.accept("CHARACTER", "SET") || c.accept("CHARSET") || c.accept("CHAR", "SET"):
		col.Charset = strings.ToLower(c.textName(c.next()))
	case c.accept("INVISIBLE"):
		col.Invisible = true
	case c.generated(col):
	case !c.columnConstraint(t, col):
		c.skip()
	}
}

// textName is the name in a word, quoted name or string.
func (c *cursor) textName(t token) string {
	if t.kind == text {
		return unquote(c.dialect, t.text)
	}
	return t.name()
}

// optionExpr reads an expression up to the next column option.
func (c *cursor) optionExpr() *Expr {
	start := c.i
	c.skip()
	c.untilWord(optionWords...)
	e := c.expr(c.since(start))
	return &e
}

// generated reads GENERATED ALWAYS AS (…), AS IDENTITY, and the computed
// columns of ClickHouse.
func (c *cursor) generated(col *Column) bool {
	switch {
	case c.accept("GENERATED", "ALWAYS"), c.accept("GENERATED", "BY", "DEFAULT"):
		if c.accept("AS", "IDENTITY") {
			col.Identity, col.AutoIncrement, col.Null = true, true, NotNull
			c.group()
		}
	case c.accept("IDENTITY"):
		col.Identity, col.AutoIncrement = true, true
		c.group()
	case c.sees("AS", "("):
		c.i++
		start := c.i
		c.group()
		e := c.expr(c.since(start))
		col.Generated = &e
		col.Stored = c.accept("STORED") || c.accept("PERSISTENT")
	case c.dialect.like() == ClickHouse && c.acceptAny("MATERIALIZED", "ALIAS", "EPHEMERAL") != "":
		col.Generated = c.optionExpr()
	default:
		return false
	}
	return true
}

// columnConstraint reads the constraints that may stand behind a column.
func (c *cursor) columnConstraint(t *Table, col *Column) bool {
	start := c.peek(0)
	name := ""
	if c.accept("CONSTRAINT") {
		if start = c.peek(0); start.isName() && !start.isAny("PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "NOT", "NULL") {
			name = c.ident(c.next())
		}
	}
	switch {
	case c.accept("PRIMARY", "KEY"), c.dialect.like() == MySQL && c.accept("KEY"):
		if !col.Primary || c.dialect.like() != MySQL { // MySQL does not mind the same word twice
			c.inlineKey(t, col, start, PrimaryKey)
		}
		col.Primary = true
	case c.accept("UNIQUE"):
		c.accept("KEY")
		col.Unique = true
		c.inlineKey(t, col, start, Plain).Name = name
	case c.accept("REFERENCES"):
		fk := &ForeignKey{Pos: c.pos(start), Span: col.Span, Name: name, Columns: []string{col.Name}, Inline: true}
		c.references(fk)
		t.ForeignKeys = append(t.ForeignKeys, fk)
	case c.accept("CHECK"):
		begin := c.i
		c.group()
		t.Checks = append(t.Checks, &Check{
			Pos: c.pos(start), Span: col.Span, Name: name, Inline: true, Column: col.Name,
			Expr: c.expr(c.since(begin)),
		})
	default:
		return name != ""
	}
	return true
}

// inlineKey adds the key of a column that is declared one itself. A second
// primary key is kept among the indexes, where the checks find it.
func (c *cursor) inlineKey(t *Table, col *Column, at token, kind IndexKind) *Index {
	ix := &Index{
		Pos: c.pos(at), Span: col.Span, Unique: true, Inline: true, Kind: kind,
		Parts: []Part{{Pos: col.Pos, Column: col.Name}},
	}
	t.addKey(ix)
	return ix
}

// addKey puts a key where it belongs.
func (t *Table) addKey(ix *Index) {
	if ix.Kind != PrimaryKey {
		t.Indexes = append(t.Indexes, ix)
		return
	}
	ix.Name, ix.Unique = "PRIMARY", true
	if t.Primary == nil {
		t.Primary = ix
		return
	}
	t.Indexes = append(t.Indexes, ix)
}
