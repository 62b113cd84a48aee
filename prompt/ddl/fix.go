package ddl

import "fmt"

// HalfWidth are the edits that write full-width punctuation, curly quotes and
// odd spaces as SQL does; text inside strings and comments stays.
func HalfWidth(d Dialect, src string) []Edit { return fixes(d, src, FullWidth) }

// TrailingCommas are the edits that take off a comma before a bracket.
func TrailingCommas(d Dialect, src string) []Edit { return fixes(d, src, TrailingComma) }

// MissingSemicolon is the edit that ends the last statement, if it has no end.
func MissingSemicolon(d Dialect, src string) []Edit { return fixes(d, src, NoSemicolon) }

// fixes are the repairs of one kind of problem.
func fixes(d Dialect, src string, code Code) []Edit {
	var out []Edit
	for _, p := range Parse(d, src).Problems {
		if p.Code == code {
			out = append(out, p.Fix...)
		}
	}
	return out
}

// Normalize makes every lossless repair until none is left.
func Normalize(d Dialect, src string) string {
	for range 8 {
		var edits []Edit
		for _, p := range Parse(d, src).Problems {
			edits = append(edits, p.Fix...)
		}
		next := Apply(src, edits)
		if next == src {
			break
		}
		src = next
	}
	return src
}

// A Width is the display width of an integer, deprecated since MySQL 8.0.17:
// INT(11). TINYINT(1) is how people write booleans and stays, and so does the
// width of a ZEROFILL column, which shows.
type Width struct {
	Pos
	Block  int
	Table  string
	Column string
	Type   string // as written
	Fix    []Edit
}

// DisplayWidths finds them in the MySQL tables of a schema read from blocks.
func DisplayWidths(s Schema, blocks ...Block) []Width {
	var out []Width
	for _, t := range s.Tables {
		if t.Dialect.like() != MySQL {
			continue
		}
		for _, c := range t.Columns {
			boolean := c.Type.Name == "tinyint" && len(c.Type.Args) == 1 && c.Type.Args[0] == "1"
			if !c.Type.Integer() || len(c.Type.Args) == 0 || boolean || c.Type.Zerofill || c.Block >= len(blocks) {
				continue
			}
			w := Width{Pos: c.Pos, Block: c.Block, Table: t.Name, Column: c.Name, Type: c.Type.Written}
			if e, ok := widthEdit(blocks[c.Block], c); ok {
				w.Fix = []Edit{e}
			}
			out = append(out, w)
		}
	}
	return out
}

// widthEdit takes the first pair of brackets behind the column's name away.
func widthEdit(b Block, c *Column) (Edit, bool) {
	toks := lex(b.Dialect, b.Text[c.Start:c.End])
	for i := 2; i+2 < len(toks); i++ {
		if toks[i].is("(") && toks[i+2].is(")") && toks[i+1].text == c.Type.Args[0] {
			return Edit{c.Start + toks[i].start, c.Start + toks[i+2].end(), ""}, true
		}
	}
	return Edit{}, false
}

// String shows an edit in a test.
func (e Edit) String() string { return fmt.Sprintf("%d-%d %q", e.Start, e.End, e.New) }
