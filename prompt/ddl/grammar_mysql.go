package ddl

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/sqlc-dev/marino/ast"
	"github.com/sqlc-dev/marino/parser"

	"dbchapter/prompt/infer"
)

// mysqlGrammar holds a parser, which is worth keeping between statements.
type mysqlGrammar struct{ parser *parser.Parser }

// parse gives the syntax error of a statement, nil when there is none.
func (g *mysqlGrammar) parse(sql string) (nodes []ast.StmtNode, err error) {
	if g.parser == nil {
		g.parser = parser.New()
	}
	defer func() {
		if p := recover(); p != nil {
			g.parser = nil
			err = fmt.Errorf("grammar gave up: %v", p)
		}
	}()
	nodes, _, err = g.parser.Parse(sql, "", "")
	return nodes, err
}

func (g *mysqlGrammar) judge(s source, toks []token) *flaw {
	if len(toks) == 0 {
		return nil
	}
	sql := s.text.text
	if s.dialect == OceanBase {
		sql = blankOceanBase(toks, sql)
	}
	_, err := g.parse(sql)
	if err == nil {
		return nil
	}
	at, ok := errorOffset(sql, err.Error())
	if !ok {
		return s.unplaced(toks, err)
	}
	return diagnose(s, toks, at)
}

// blankOceanBase overwrites with blanks what OceanBase adds to MySQL: table
// groups, and whether an index is local or global.
func blankOceanBase(toks []token, sql string) string {
	b := []byte(sql)
	blank := func(from, to int) {
		for i := from; i < to; i++ {
			b[i] = ' '
		}
	}
	for i := 1; i < len(toks); i++ {
		c := &cursor{toks: toks, i: i}
		switch {
		case c.accept("TABLEGROUP"):
			c.accept("=")
			blank(toks[i].start, c.next().end())
		case toks[i].isAny("LOCAL", "GLOBAL") && toks[i-1].is(")"):
			blank(toks[i].start, toks[i].end())
		}
	}
	return string(b)
}

// unplaced is an error of the grammar that tells no place but the word it does
// not like: an unknown character set or collation.
func (s source) unplaced(toks []token, err error) *flaw {
	message := err.Error()
	code, at := Syntax, toks[0]
	if strings.Contains(message, "character set") || strings.Contains(message, "ollation") {
		code = BadCharset
	}
	if parts := strings.Split(message, "'"); len(parts) >= 3 {
		for _, t := range toks {
			if strings.EqualFold(s.cursor(nil).textName(t), parts[len(parts)-2]) {
				at = t
			}
		}
	}
	if code == BadCharset {
		return s.flaw(code, at, "字符集或排序规则 %s 不存在，请用 utf8mb4", s.cursor(nil).textName(at)).stopping()
	}
	return s.flaw(code, at, "语句无法解析：%s", grammarMessage(err)).stopping()
}

var totalLength = regexp.MustCompile(`\(total length (\d+)\)\s*$`)

// errorOffset is where the grammar stopped. Its message quotes the rest of the
// text from there on, cut at 2,048 bytes, in which case it tells the length.
func errorOffset(sql, message string) (int, bool) {
	_, rest, ok := strings.Cut(message, `near "`)
	if !ok {
		return 0, false
	}
	if m := totalLength.FindStringSubmatch(message); m != nil {
		n, _ := atoi(m[1])
		return max(len(sql)-n, 0), true
	}
	for end := len(rest); end >= 0; {
		end = strings.LastIndexByte(rest[:end], '"')
		if end < 0 {
			break
		}
		if strings.HasSuffix(sql, rest[:end]) {
			return len(sql) - end, true
		}
	}
	return 0, false
}

// grammarMessage is a short form of an error that tells no place.
func grammarMessage(err error) string {
	m := err.Error()
	if i := strings.LastIndex(m, "]"); i >= 0 {
		m = m[i+1:]
	}
	return shown(m)
}

// mysqlColumns are the columns an expression reads, as the grammar sees them.
func mysqlColumns(expr string) []string {
	g := mysqlGrammar{}
	nodes, err := g.parse("SELECT " + expr)
	if err != nil || len(nodes) != 1 {
		return nil
	}
	v := &columnVisitor{}
	nodes[0].Accept(v)
	return distinct(v.names)
}

// columnVisitor collects column names.
type columnVisitor struct{ names []string }

// Enter implements ast.Visitor.
func (v *columnVisitor) Enter(n ast.Node) (ast.Node, bool) {
	if c, ok := n.(*ast.ColumnName); ok {
		v.names = append(v.names, c.Name.O)
	}
	return n, false
}

// Leave implements ast.Visitor.
func (v *columnVisitor) Leave(n ast.Node) (ast.Node, bool) { return n, true }

// place is where a grammar stopped.
type place struct {
	source
	toks  []token
	i     int // index of the token there, len(toks) at the end
	at    token
	prev  token
	depth int // open brackets before it
	open  token
}

func (s source) place(toks []token, offset int) place {
	p := place{source: s, toks: toks, i: len(toks)}
	for i, t := range toks {
		if t.end() > offset {
			p.i, p.at = i, t
			break
		}
	}
	var opens []token
	for _, t := range toks[:p.i] {
		switch {
		case t.is("("):
			opens = append(opens, t)
		case t.is(")") && len(opens) > 0:
			opens = opens[:len(opens)-1]
		}
	}
	if p.depth = len(opens); p.depth > 0 {
		p.open = opens[p.depth-1]
	}
	if p.i > 0 {
		p.prev = toks[p.i-1]
	}
	if p.i == len(toks) {
		p.at = p.prev
	}
	return p
}

// diagnoses say what a syntax error most likely is, best first.
var diagnoses = []func(place) *flaw{
	unclosedBracket, missingBracket, extraBracket, emptyBrackets, bareComment, missingType, missingComma, strayReserved,
}

// diagnose puts a syntax error in words.
func diagnose(s source, toks []token, offset int) *flaw {
	p := s.place(toks, offset)
	for _, d := range diagnoses {
		if f := d(p); f != nil {
			return f
		}
	}
	if p.i == len(toks) {
		return s.flaw(Syntax, p.at, "语句不完整，到「%s」就结束了", excerpt(p.at.text)).stopping()
	}
	return s.flaw(Syntax, p.at, "「%s」附近无法解析", excerpt(s.text.text[p.at.start:])).stopping()
}

func unclosedBracket(p place) *flaw {
	if p.i < len(p.toks) || p.depth == 0 {
		return nil
	}
	return p.flaw(Syntax, p.open, "左括号没有闭合，缺少右括号").inserting(p.at.end(), ")", false)
}

// missingBracket is a table option while the column list is still open.
func missingBracket(p place) *flaw {
	option := p.at.isAny("ENGINE", "CHARSET", "AUTO_INCREMENT", "ROW_FORMAT") || p.at.is("DEFAULT") && p.i+1 < len(p.toks) && p.toks[p.i+1].isAny("CHARSET", "CHARACTER")
	if p.depth != 1 || !option || p.i == len(p.toks) {
		return nil
	}
	return p.flaw(Syntax, p.at, "列定义结束处缺少右括号 )").inserting(p.at.start, ") ", true)
}

func extraBracket(p place) *flaw {
	if p.depth == 0 && p.i < len(p.toks) && p.at.is(")") {
		return p.flaw(Syntax, p.at, "多了一个右括号").replacing(p.at, "", false)
	}
	return nil
}

func emptyBrackets(p place) *flaw {
	if p.at.is(")") && p.prev.is("(") {
		return p.flaw(Syntax, p.at, "括号里是空的，请写上列名").stopping()
	}
	return nil
}

// bareComment is a comment without quotes.
func bareComment(p place) *flaw {
	behind := p.prev.is("COMMENT") || p.prev.is("=") && p.i > 1 && p.toks[p.i-2].is("COMMENT")
	if !behind || p.at.kind != word {
		return nil
	}
	end := p.at
	for j := p.i + 1; j < len(p.toks) && !p.toks[j].line && p.toks[j].kind == word && !isASCII(p.toks[j].text); j++ {
		end = p.toks[j]
	}
	f := p.flaw(Syntax, p.at, "COMMENT 后的文字要用单引号括起来")
	f.edits = []Edit{{p.at.start, p.at.start, "'"}, {end.end(), end.end(), "'"}}
	f.exact = !isASCII(p.at.text)
	return f
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 127 })
}

func missingType(p place) *flaw {
	if p.i < len(p.toks) && p.prev.isName() && p.i > 1 && (p.toks[p.i-2].is(",") || p.toks[p.i-2].is("(")) && p.depth == 1 && (p.at.is(",") || p.at.is(")")) {
		return p.flaw(Syntax, p.prev, "列 %s 缺少类型", p.prev.name()).stopping()
	}
	return nil
}

// missingComma is a definition that begins on a new line although the one
// before it has not ended.
func missingComma(p place) *flaw {
	if p.i == len(p.toks) || p.depth == 0 {
		return nil
	}
	keys := []string{"PRIMARY", "UNIQUE", "KEY", "CHECK", "CONSTRAINT"}
	for i := p.i; i > 0 && i > p.i-4; i-- {
		t, prev := p.toks[i], p.toks[i-1]
		if !t.line {
			continue
		}
		column := i == p.i && t.isName() && !t.isAny(optionWords...) && i+1 < len(p.toks) && p.typeFollows(p.toks[i+1])
		if !column && !t.isAny(keys...) || prev.is(",") || prev.is("(") {
			return nil
		}
		f := p.flaw(Syntax, prev, "这一行末尾缺少逗号").inserting(prev.end(), ",", true)
		f.Pos = p.posEnd(prev)
		return f
	}
	return nil
}

// typeFollows says whether a word is a type, of this database or another.
func (s source) typeFollows(t token) bool {
	name := strings.ToLower(t.text)
	return t.kind == word && (knownType(s.dialect, name) || mysqlForType[name] != "" || postgresForType[name] != "")
}

// strayReserved is a reserved word where a name was expected.
func strayReserved(p place) *flaw {
	if p.i == len(p.toks) || p.at.kind != word {
		return nil
	}
	expects := p.prev.is("(") || p.prev.is(",") || p.prev.is(".") || p.prev.isAny("TABLE", "ON", "INDEX", "KEY", "REFERENCES", "EXISTS", "COLUMN", "ADD", "AFTER", "TO")
	if _, reserved := infer.Reserved(string(p.dialect.like()), p.at.text); !reserved || !expects {
		return nil
	}
	return p.reserved(p.at)
}
