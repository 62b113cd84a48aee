package ddl

import (
	"fmt"
	"slices"
	"strings"
)

// ParseBlocks reads the blocks of one document in their order as one schema:
// a foreign key of one block may point at a table of an earlier one.
func ParseBlocks(blocks ...Block) Schema {
	r := &run{catalogs: map[Dialect]*catalog{}}
	r.schema.byName = map[string]*Table{}
	for i, b := range blocks {
		r.block(i, b)
	}
	for _, t := range r.tables {
		if !t.dropped {
			r.schema.Tables = append(r.schema.Tables, t.Table)
			if name := folded(t.Name); r.schema.byName[name] == nil {
				r.schema.byName[name] = t.Table
			}
		}
	}
	slices.SortStableFunc(r.schema.Problems, func(a, b Problem) int {
		if a.Block != b.Block {
			return a.Block - b.Block
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return r.schema
}

// run reads blocks one after the other.
type run struct {
	schema   Schema
	catalogs map[Dialect]*catalog // by the dialect they are like
	tables   []*entry             // all that were created, in order
	grammar  mysqlGrammar
}

// catalog is the one for a dialect.
func (r *run) catalog(d Dialect) *catalog {
	c := r.catalogs[d.like()]
	if c == nil {
		c = newCatalog(d.like(), r)
		r.catalogs[d.like()] = c
	}
	return c
}

func (r *run) block(n int, b Block) {
	l := newLines(b.Text, b.Line)
	if b.Dialect == MongoDB || b.Dialect == Search {
		r.document(n, b, l)
		return
	}
	pieces := split(b.Dialect, b.Text)
	for _, p := range pieces {
		s := source{dialect: b.Dialect, block: n, lines: l, text: newPatched(b.Text[p.start:p.end], p.start)}
		r.statement(s, p)
		if p.wide > 0 {
			r.wideSemicolon(n, l, p)
		}
	}
	if n := len(pieces); n > 0 && !pieces[n-1].terminated {
		r.noSemicolon(b, l, pieces[n-1])
	}
}

// wideSemicolon reports a statement that ends in the wrong character.
func (r *run) wideSemicolon(block int, l *lines, p piece) {
	name := r.schema.Statements[len(r.schema.Statements)-1].Object
	r.report(Problem{
		Pos: l.pos(p.wide), Block: block, Code: FullWidth, Table: name, Object: name,
		Message: "SQL 中出现全角符号「；」，请改为半角", Fix: []Edit{{p.wide, p.wide + len(wideSemicolon), ";"}},
	})
}

// noSemicolon reports a last statement without its end; what only follows it
// as a comment does not matter.
func (r *run) noSemicolon(b Block, l *lines, p piece) {
	st := r.schema.Statements[len(r.schema.Statements)-1]
	if st.Broken {
		return
	}
	r.report(Problem{
		Pos: l.pos(p.end), Block: st.Block, Code: NoSemicolon, Table: st.Object, Object: st.Object,
		Message: fmt.Sprintf("%s 语句末尾缺少分号", cmp(st.Verb, "最后一条")),
		Fix:     []Edit{{p.end, p.end, ";"}},
	})
}

// cmp is the first text that is not empty.
func cmp(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (r *run) report(p Problem) { r.schema.Problems = append(r.schema.Problems, p) }

// dataVerbs begin statements that hold rows, not definitions: they are split
// off but never read.
var dataVerbs = strings.Fields("INSERT REPLACE UPDATE DELETE SELECT LOAD LOCK UNLOCK COPY BEGIN COMMIT START SET USE SHOW EXPLAIN ANALYZE GRANT REVOKE FLUSH")

// statement mends, judges and executes one statement.
func (r *run) statement(s source, p piece) {
	st := Statement{
		Pos: s.lines.pos(p.start), Span: Span{s.block, p.start, p.end}, Dialect: s.dialect,
		Terminated: p.terminated, EndLine: s.lines.pos(p.end).Line,
	}
	first := newLexer(s.dialect, s.text.text)
	if t, ok := first.next(); ok && t.isAny(dataVerbs...) {
		st.Verb = strings.ToUpper(t.text)
		r.schema.Statements = append(r.schema.Statements, st)
		return
	}
	toks, problems, broken := r.mend(s)
	st.Verb, st.Broken = verb(toks), broken
	st.Object = s.object(st.Verb, toks)
	for _, p := range problems {
		p.Table = cmp(p.Table, st.Object)
		p.Object = cmp(p.Object, st.Object)
		r.report(p)
	}
	r.schema.Statements = append(r.schema.Statements, st)
	r.execute(s, st, toks)
}

// verbs are the statements that the catalog knows, and a few whose name takes
// two words.
var verbs = []string{
	"CREATE TABLE", "CREATE INDEX", "CREATE TYPE", "CREATE DOMAIN", "CREATE VIEW", "CREATE DATABASE", "CREATE SCHEMA",
	"CREATE SEQUENCE", "CREATE FUNCTION", "CREATE PROCEDURE", "CREATE TRIGGER", "CREATE EXTENSION", "CREATE EVENT", "CREATE DICTIONARY",
	"ALTER TABLE", "ALTER INDEX", "DROP TABLE", "DROP INDEX", "DROP TYPE", "RENAME TABLE", "COMMENT ON",
}

// verb names what a statement does: CREATE TABLE also for CREATE TEMPORARY
// TABLE, CREATE INDEX also for CREATE UNIQUE INDEX.
func verb(toks []token) string {
	if len(toks) == 0 || toks[0].kind != word {
		return ""
	}
	first := strings.ToUpper(toks[0].text)
	for _, t := range toks[1:min(len(toks), 8)] {
		if t.kind != word {
			break
		}
		if v := first + " " + strings.ToUpper(t.text); slices.Contains(verbs, v) {
			return v
		}
	}
	return first
}

// object is the name of what a statement is about.
func (s source) object(verb string, toks []token) string {
	c := s.cursor(toks)
	_, kind, _ := strings.Cut(verb, " ")
	for !c.done() && !c.accept(kind) {
		c.i++
	}
	switch verb {
	case "CREATE INDEX":
		for !c.done() && !c.accept("ON") {
			c.i++
		}
		c.accept("ONLY")
	case "COMMENT ON":
		kind := c.next()
		ns, name := c.qualified()
		if kind.is("COLUMN") && ns != "" {
			return ns
		}
		return c.ident(name)
	case "":
		return ""
	}
	c.accept("CONCURRENTLY")
	c.accept("IF", "NOT", "EXISTS")
	c.accept("IF", "EXISTS")
	c.accept("ONLY")
	_, name := c.qualified()
	return c.ident(name)
}
