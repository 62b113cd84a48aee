package ddl

// A Problem is one place where a server would stop, or where the text is not
// what its writer meant.
type Problem struct {
	Pos
	Block   int // index of the block given to ParseBlocks
	Code    Code
	Table   string // the table it is about, "" when unknown
	Object  string // orders, orders.status, uk_order_no: what a finding names
	Message string // Chinese, says what would be right
	Fix     []Edit // lossless repair, nil when there is none; offsets in the block
}

// Code is the kind of a problem; the checker's rules are rows over codes.
type Code string

// Refused says whether a server stops at a problem of this kind; the others
// are accepted, but not what the writer wants.
func (c Code) Refused() bool { return c != NoSemicolon && c != ReservedLater }

// The kinds of problems, with the errors MySQL and PostgreSQL give for them.
const (
	Syntax         Code = "syntax"          // 1064, 42601
	FullWidth      Code = "full-width"      // ，（）；‘’“” and odd spaces outside strings
	TrailingComma  Code = "trailing-comma"  // , before )
	NoSemicolon    Code = "no-semicolon"    // last statement without ;
	ReservedWord   Code = "reserved-word"   // a reserved word as a bare name
	ReservedLater  Code = "reserved-later"  // reserved in a later server only (8.4, 9)
	BadName        Code = "bad-name"        // empty, longer than 64 characters (63 bytes)
	OtherDialect   Code = "other-dialect"   // syntax of another database
	BadType        Code = "bad-type"        // unknown type, bad length or scale, ENUM twice the same
	DuplicateTable Code = "duplicate-table" // 1050, 42P07
	UnknownTable   Code = "unknown-table"   // 1146, 42P01
	DuplicateCol   Code = "duplicate-column"
	UnknownColumn  Code = "unknown-column"  // 1054, 1072, 42703
	DuplicateIndex Code = "duplicate-index" // 1061, 42P07
	DuplicateName  Code = "duplicate-name"  // constraint, partition or key part twice
	UnknownObject  Code = "unknown-object"  // index, partition or constraint to be changed does not exist
	TwoPrimary     Code = "two-primary"     // 1068, 42P16
	AutoIncrement  Code = "auto-increment"  // 1075, 1063
	PartitionKey   Code = "partition-key"   // 1503: a unique key lacks the partition column
	PartitionRule  Code = "partition-rule"  // 1486, 1493, 1506, 1654, 1659, 42P17
	BigKey         Code = "big-key"         // TEXT/BLOB/JSON in a key without prefix, 1170
	KeyLength      Code = "key-length"      // 1071, 1089
	RowSize        Code = "row-size"        // 1118
	BigDefault     Code = "big-default"     // literal default of TEXT/BLOB/JSON, 1101
	BadDefault     Code = "bad-default"     // 1067, 1294
	NotNullNull    Code = "not-null-null"   // NOT NULL DEFAULT NULL
	BadCharset     Code = "bad-charset"     // 1115, 1253, 1273
	BadEngine      Code = "bad-engine"      // 1286
	BadForeignKey  Code = "bad-foreign-key" // 1824, 1822, 3780, 42830
	LongComment    Code = "long-comment"    // 1628, 1629
	BadIndex       Code = "bad-index"       // FULLTEXT or SPATIAL on a wrong type, SRID…
	BadExpression  Code = "bad-expression"  // generated column or check that may not be so
	BadDocument    Code = "bad-document"    // MongoDB or search block that is no JSON
)
