package ddl

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
