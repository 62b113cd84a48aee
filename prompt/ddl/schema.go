package ddl

import "strings"

// A Schema is what a server would hold after running all statements, and what
// it would have refused on the way.
type Schema struct {
	Statements []Statement
	// Tables stand in the order of their CREATE TABLE; ALTER TABLE, CREATE
	// INDEX and COMMENT ON are folded in, dropped tables are gone. A table
	// defined twice is kept once per definition, so that both can be shown.
	Tables   []*Table
	Problems []Problem // by block and position

	byName map[string]*Table // first of each folded name; nil in a schema that was not read
}

// Table returns the first table with that name; case is ignored.
func (s Schema) Table(name string) (*Table, bool) {
	if s.byName != nil {
		t, ok := s.byName[folded(name)]
		return t, ok
	}
	for _, t := range s.Tables {
		if strings.EqualFold(t.Name, name) {
			return t, true
		}
	}
	return nil, false
}

// folded is the same for names that differ in case alone.
func folded(name string) string { return strings.ToLower(name) }

// Pos is where something starts, in the document of its block.
type Pos struct {
	Line   int // 1-based
	Column int // 1-based, in characters
}

// Span is a stretch of bytes in the text of one block; Offset of the end is
// exclusive.
type Span struct {
	Block      int // index of the block given to ParseBlocks
	Start, End int // byte offsets in its text
}

// A Statement is one statement of the text, without its terminator.
type Statement struct {
	Pos
	Span
	Dialect    Dialect
	Verb       string // upper case: "CREATE TABLE", "ALTER TABLE", "INSERT", "" when empty
	Object     string // the table, index or type it is about, "" when unknown
	Terminated bool   // by ; or the current DELIMITER
	Broken     bool   // the grammar refused it
	EndLine    int
}

// A Table is one table, collection or search index.
type Table struct {
	Pos
	Span
	Dialect     Dialect
	Namespace   string // database or schema before the dot, as written
	Name        string
	IfNotExists bool
	Temporary   bool
	Columns     []*Column
	Primary     *Index // nil when there is none; Name is "PRIMARY"
	Indexes     []*Index
	ForeignKeys []*ForeignKey
	Checks      []*Check
	Partition   *Partition
	PartitionOf string // PostgreSQL: the parent of this partition
	OrderBy     []Expr // ClickHouse ORDER BY, Doris DUPLICATE KEY
	TTL         *Expr  // ClickHouse and TiDB
	Comment     string
	HasComment  bool
	Engine      string // as written, "" when not stated
	Charset     string // lower case
	Collation   string // lower case
	Options     []Option
	NameAt      Pos  // of the table name
	CloseAt     Pos  // of the ) that ends the column list, zero when there is none
	Close       Span // that bracket
	EndLine     int
	Derived     bool // LIKE or SELECT: columns come from somewhere else
	Terminated  bool // the statement ends with its delimiter
}

// Option is one table option in the order of the text; names are upper case
// with single spaces (ENGINE, DEFAULT CHARSET).
type Option struct {
	Pos
	Span
	Name, Value string
}

// Column returns the column with that name; case is ignored.
func (t *Table) Column(name string) (*Column, bool) {
	for _, c := range t.Columns {
		if strings.EqualFold(c.Name, name) {
			return c, true
		}
	}
	return nil, false
}

// Index returns the index with that name; case is ignored.
func (t *Table) Index(name string) (*Index, bool) {
	for _, ix := range t.Indexes {
		if strings.EqualFold(ix.Name, name) {
			return ix, true
		}
	}
	return nil, false
}

// Keys are the primary key, if any, and all indexes.
func (t *Table) Keys() []*Index {
	if t.Primary == nil {
		return t.Indexes
	}
	return append([]*Index{t.Primary}, t.Indexes...)
}

// A Partition is a PARTITION BY clause.
type Partition struct {
	Pos
	Kind    string   // range, range columns, list, list columns, hash, key; ClickHouse: expr
	Columns []string // of the columns forms, else those in the expression
	Expr    *Expr    // nil for the columns forms
	Count   int      // PARTITIONS n, 0 when not stated
	Parts   []Shard
	Sub     *Partition
}

// Shard is one PARTITION definition or one PARTITION OF table.
type Shard struct {
	Pos
	Name     string
	LessThan []Expr   // VALUES LESS THAN; MAXVALUE is an Expr of kind MaxValue
	In       [][]Expr // VALUES IN
	From, To []Expr   // PostgreSQL FOR VALUES FROM … TO …
	Default  bool     // PostgreSQL DEFAULT partition
	Comment  string
}
