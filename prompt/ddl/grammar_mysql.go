package ddl

import (
	"errors"
	"fmt"
	"strings"

	"dbchapter/prompt/pattern"

	"github.com/sqlc-dev/marino/ast"
	"github.com/sqlc-dev/marino/parser"
)

// errGaveUp is a panic inside a grammar.
var errGaveUp = errors.New("grammar gave up")

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
			err = fmt.Errorf("%w: %v", errGaveUp, p)
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
	if errors.Is(err, errGaveUp) {
		return s.flaw(Syntax, toks[0], "语法分析器处理不了这条语句，请检查写法").stopping()
	}
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

var totalLength = pattern.New(`\(total length (\d+)\)\s*$`)

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
