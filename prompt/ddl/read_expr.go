package ddl

import (
	"slices"
	"strings"
)

// expr reads tokens as an expression.
func (s source) expr(toks []token) Expr {
	if len(toks) == 0 {
		return Expr{}
	}
	e := Expr{Pos: s.pos(toks[0]), Span: s.span(toks[0], toks[len(toks)-1]), Text: s.written(toks)}
	inner := toks
	for enclosed(inner) {
		e.Bracket = true
		inner = inner[1 : len(inner)-1]
	}
	s.classify(&e, inner)
	e.Columns = s.columns(inner)
	return e
}

// enclosed says whether one pair of brackets holds all of the tokens.
func enclosed(toks []token) bool {
	if len(toks) < 2 || !toks[0].is("(") {
		return false
	}
	c := cursor{toks: toks}
	c.group()
	return c.i == len(toks) && toks[len(toks)-1].is(")")
}

// constants are the words that are values themselves.
var constants = map[string]ExprKind{
	"true": Bool, "false": Bool, "null": NullWord, "maxvalue": MaxValue, "minvalue": MaxValue,
	"current_timestamp": Now, "localtime": Now, "localtimestamp": Now,
	"current_date": Func, "current_time": Func, "current_user": Func, "session_user": Func,
	"utc_date": Func, "utc_time": Func, "utc_timestamp": Func,
}

// nowCalls are calls that mean the current date and time.
var nowCalls = []string{"current_timestamp", "localtime", "localtimestamp", "now"}

func (s source) classify(e *Expr, toks []token) {
	if len(toks) == 0 {
		return
	}
	first := toks[0]
	switch kind, constant := constants[strings.ToLower(first.text)]; {
	case first.kind == text && allText(toks):
		e.Kind, e.Value = String, s.literal(toks)
	case first.kind == number && len(toks) == 1:
		e.Kind, e.Value = Number, first.text
	case len(toks) == 2 && (first.is("-") || first.is("+")) && toks[1].kind == number:
		e.Kind, e.Value = Number, strings.TrimPrefix(first.text, "+")+toks[1].text
	case first.kind == word && len(toks) == 2 && toks[1].kind == text:
		e.Kind, e.Value = prefixed(first), s.literal(toks[1:])
	case len(toks) == 1 && first.kind == word && constant:
		e.Kind, e.Value = kind, strings.ToLower(first.text)
	case len(toks) == 1 && first.isName():
		e.Kind, e.Value = ColRef, s.cursor(toks).ident(first)
	case first.kind == word && len(toks) > 2 && enclosed(toks[1:]):
		s.call(e, toks)
	}
}

func allText(toks []token) bool {
	return !slices.ContainsFunc(toks, func(t token) bool { return t.kind != text })
}

func (s source) literal(toks []token) string {
	v, _ := s.cursor(toks).str()
	return v
}

// prefixed is the kind of literal behind a word: b'01', x'ff', N'a', DATE'…'.
func prefixed(t token) ExprKind {
	if t.isAny("b", "x") {
		return Bits
	}
	return String
}

func (s source) call(e *Expr, toks []token) {
	e.Kind, e.Value = Func, strings.ToLower(toks[0].text)
	if slices.Contains(nowCalls, e.Value) {
		e.Kind = Now
	}
	for _, arg := range commas(toks[2 : len(toks)-1]) {
		e.Args = append(e.Args, s.expr(arg))
	}
}

// columns are the names an expression reads. Words alone cannot tell a column
// from a unit or a type (INTERVAL 1 DAY, CAST(a AS CHAR)), so the grammar is
// asked where there is one.
func (s source) columns(toks []token) []string {
	var words []string
	for i, t := range toks {
		call := i+1 < len(toks) && toks[i+1].is("(") && t.kind == word
		if !t.isName() || call || i+1 < len(toks) && toks[i+1].is(".") {
			continue
		}
		if _, constant := constants[strings.ToLower(t.text)]; constant && t.kind == word {
			continue
		}
		if t.kind == word && slices.Contains(exprWords, strings.ToLower(t.text)) {
			continue
		}
		words = append(words, s.cursor(nil).ident(t))
	}
	if len(words) > 0 {
		switch s.dialect.like() {
		case MySQL:
			return mysqlColumns(s.written(toks))
		case PostgreSQL:
			return postgresColumns(s.written(toks))
		}
	}
	return distinct(words)
}

// exprWords are words of expressions that are no columns, for the dialects
// that have no grammar here.
var exprWords = strings.Fields(`and or not in is like between case when then else end as div mod xor interval second
	minute hour day week month quarter year delete to volume disk using from both leading trailing desc asc where set`)

// distinct drops repeated names, case aside.
func distinct(names []string) []string {
	var out []string
	for _, n := range names {
		if !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, n) }) {
			out = append(out, n)
		}
	}
	return out
}
