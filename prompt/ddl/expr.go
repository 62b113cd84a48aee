package ddl

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
