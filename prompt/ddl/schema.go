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
}

// Table returns the first table with that name; case is ignored.
func (s Schema) Table(name string) (*Table, bool) {
	for _, t := range s.Tables {
		if strings.EqualFold(t.Name, name) {
			return t, true
		}
	}
	return nil, false
}

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

// Null says what a column definition says about NULL.
type Null int

// The three ways to define a column.
const (
	NullUnstated Null = iota // neither NULL nor NOT NULL is written
	NotNull
	Nullable // NULL is written
)

// A Column is one column with everything its definition says.
type Column struct {
	Pos
	Span
	Name          string
	Quoted        bool // the name is written in quotes
	Type          Type
	Null          Null
	Default       *Expr // nil when none is stated
	OnUpdate      *Expr
	AutoIncrement bool // AUTO_INCREMENT, AUTO_RANDOM, SERIAL, IDENTITY
	AutoRandom    bool // TiDB
	Identity      bool // GENERATED … AS IDENTITY
	Generated     *Expr
	Stored        bool // of a generated column
	Comment       string
	HasComment    bool
	Primary       bool // inline PRIMARY KEY
	Unique        bool // inline UNIQUE
	Charset       string
	Collation     string
	Invisible     bool
	Removal       Span // what to delete to get rid of the column, its comma included
	DefaultSpan   Span // DEFAULT and its value, with the blank before it
}

// Type is a column type: the canonical name and what is in its brackets.
type Type struct {
	Name     string   // lower case, synonyms folded: int, bigint, varchar, decimal, datetime, timestamptz
	Written  string   // as in the text: BIGINT(20) UNSIGNED
	Args     []string // 10 and 2 of DECIMAL(10,2); String of Nullable(String)
	Values   []string // of ENUM and SET, unquoted
	Unsigned bool
	Zerofill bool
	Array    bool // PostgreSQL text[], ClickHouse Array(…)
	User     bool // PostgreSQL: not a built-in type
}

// An Index is a key: primary, unique, plain, full text or spatial.
type Index struct {
	Pos
	Span
	Name      string // "" when the text gives none
	Unique    bool
	Kind      IndexKind
	Method    string // lower case: btree, hash, gin, brin
	Parts     []Part
	Include   []string
	Where     *Expr // partial index
	Inline    bool  // written behind a column
	Statement bool  // made by CREATE INDEX
	Invisible bool
	Comment   string
	NameSpan  Span // of the name, empty when there is none
}

// IndexKind is the family of an index.
type IndexKind string

// The kinds; Plain may be unique.
const (
	Plain      IndexKind = ""
	PrimaryKey IndexKind = "primary"
	Fulltext   IndexKind = "fulltext"
	Spatial    IndexKind = "spatial"
	Vector     IndexKind = "vector"
	Skipping   IndexKind = "skipping" // ClickHouse data skipping index
)

// Part is one element of an index; either Column or Expr is set.
type Part struct {
	Pos
	Span
	Column string
	Length int // prefix length in characters, 0 for the whole column
	Desc   bool
	Expr   *Expr
}

// Columns are the names of the parts that are columns, in order.
func (ix *Index) Columns() []string {
	var out []string
	for _, p := range ix.Parts {
		if p.Column != "" {
			out = append(out, p.Column)
		}
	}
	return out
}

// A ForeignKey is a physical foreign key.
type ForeignKey struct {
	Pos
	Span
	Name       string
	Columns    []string
	Namespace  string
	Table      string   // parent
	RefColumns []string // empty means the parent's primary key (PostgreSQL)
	OnDelete   string   // upper case, "" when not stated
	OnUpdate   string
	Inline     bool
}

// A Check is a CHECK constraint.
type Check struct {
	Pos
	Span
	Name   string
	Expr   Expr
	Inline bool
	Column string // the column it stands behind, "" for a table constraint
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

// Expr is an expression as far as checks need to look into it.
type Expr struct {
	Pos
	Span
	Text    string // as written, outer brackets included
	Kind    ExprKind
	Value   string   // of a literal, unquoted; of a function its lower-case name
	Columns []string // names of the columns it reads, without duplicates
	Args    []Expr   // of a function
	Bracket bool     // written in brackets: DEFAULT (uuid())
}

// ExprKind is the outermost form of an expression.
type ExprKind string

// The kinds; Other is anything with operators.
const (
	Other    ExprKind = ""
	String   ExprKind = "string"
	Number   ExprKind = "number"
	Bits     ExprKind = "bits" // b'01' and x'ff'
	Bool     ExprKind = "bool"
	NullWord ExprKind = "null"
	MaxValue ExprKind = "maxvalue"
	Now      ExprKind = "now" // CURRENT_TIMESTAMP, NOW(), LOCALTIME…
	Func     ExprKind = "func"
	ColRef   ExprKind = "column"
)
