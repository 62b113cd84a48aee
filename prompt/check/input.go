package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
)

// newInput reads everything that rules look at out of a chapter.
func newInput(d *design.Design, n chapter.Normalized) *input {
	in := &input{design: d, chapter: n.Chapter, text: n.Chapter.String(), fixed: n.Fixed}
	in.doc = n.Chapter.Document()
	in.readFences()
	blocks := make([]ddl.Block, len(in.fences))
	for i, f := range in.fences {
		blocks[i] = f.Block
	}
	in.schema = ddl.ParseBlocks(blocks...)
	in.unread = slices.DeleteFunc(in.found(ddl.Syntax, ddl.BadDocument), func(p ddl.Problem) bool { return p.Fix != nil })
	in.facts = readFacts(in)
	return in
}

// engines says what the instance table has tables in.
type engines struct {
	of   map[string]string // table → engine as written
	only ddl.Dialect       // the one SQL dialect of all rows, "" for none or several
}

func readEngines(doc chapter.Document) engines {
	e := engines{of: map[string]string{}}
	var seen []ddl.Dialect
	for _, row := range doc.Instances {
		for _, t := range row.Tables {
			if _, known := e.of[t]; !known {
				e.of[t] = row.Engine
			}
		}
		if d, ok := sqlDialect(row.Engine); ok && !slices.Contains(seen, d) {
			seen = append(seen, d)
		}
	}
	if len(seen) == 1 {
		e.only = seen[0]
	}
	return e
}

// sqlDialect is the dialect of an engine that is asked in SQL.
func sqlDialect(engine string) (ddl.Dialect, bool) {
	d, ok := dialectOf(engine)
	return d, ok && d != ddl.MongoDB && d != ddl.Search
}

// readFences collects the code blocks of section 2 that define tables.
func (in *input) readFences() {
	known := readEngines(in.doc)
	for _, p := range in.chapter.Parts {
		if p.Section != chapter.Tables {
			continue
		}
		for _, s := range p.Subs() {
			in.readSub(s, known)
		}
	}
}

func (in *input) readSub(s chapter.Sub, known engines) {
	m := chapter.Tables.Contract().Pattern.FindStringSubmatch(s.Title)
	for _, b := range s.Blocks {
		if b.Kind != chapter.Fence || !definesTable(b.Text) {
			continue
		}
		f := fence{
			Block:  ddl.Block{Text: b.Text, Line: b.Line + 1},
			offset: b.TextOffset, title: s.Title, titleLine: s.Head.Line, titleAt: s.Head.TextOffset,
			lang: b.Label, closed: b.Closed,
		}
		if m != nil {
			f.zh, f.name = m[1], m[3]
		}
		name := chapter.Defines(b.Text)
		f.Dialect = in.dialect(name, f.name, b.Text, known)
		in.fences = append(in.fences, f)
	}
}

// definesTable also takes a search mapping without the name of its index.
func definesTable(code string) bool {
	return chapter.Defines(code) != "" || strings.Contains(code, `"mappings"`)
}

// dialect is what a block is written in: what its form shows beyond doubt,
// else the engine of the instance row that holds the table, else that of the
// brief, else the only SQL engine of the instance table, else MySQL.
func (in *input) dialect(name, title, code string, known engines) ddl.Dialect {
	switch {
	case strings.Contains(code, "createCollection("):
		return ddl.MongoDB
	case !strings.Contains(strings.ToUpper(code), "CREATE TABLE") && strings.Contains(code, `"mappings"`):
		return ddl.Search
	case strings.Contains(code, "MergeTree"):
		return ddl.ClickHouse
	}
	for _, n := range []string{name, title} {
		if d, ok := sqlDialect(known.of[n]); ok {
			return d
		}
	}
	if in.design != nil {
		if t, ok := in.design.Table(name); ok && t.Dialect != design.NoTable {
			return ddl.Dialect(t.Dialect)
		}
	}
	if known.only != "" {
		return known.only
	}
	upper := strings.ToUpper(code)
	if strings.Contains(upper, "COMMENT ON ") || strings.Contains(upper, "AS IDENTITY") || strings.Contains(upper, "TIMESTAMPTZ") {
		return ddl.PostgreSQL
	}
	return ddl.MySQL
}

// fence returns the fence that defines the table, nil when none does.
func (in *input) fence(t *ddl.Table) *fence {
	if t.Block < 0 || t.Block >= len(in.fences) {
		return nil
	}
	return &in.fences[t.Block]
}
