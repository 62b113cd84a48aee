package ddl

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/sqlc-dev/oliphant/ast"
	"github.com/sqlc-dev/oliphant/parser"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// parsePostgres gives the syntax error of a statement and its byte offset, -1
// when it is unknown.
func parsePostgres(sql string) (tree *ast.ParseResult, at int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err, at = fmt.Errorf("%w: %v", errGaveUp, p), -1
		}
	}()
	tree, err = parser.ParseToTree(sql)
	var e *parser.Error
	if errors.As(err, &e) && e.Cursorpos > 0 {
		return nil, runeOffset(sql, e.Cursorpos-1), err
	}
	return tree, -1, err
}

// runeOffset is the byte offset of the n-th character.
func runeOffset(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

func judgePostgres(s source, toks []token) *flaw {
	if len(toks) == 0 {
		return nil
	}
	if !utf8.ValidString(s.text.text) {
		return s.flaw(Syntax, toks[0], "文本不是合法的 UTF-8").stopping()
	}
	_, at, err := parsePostgres(s.text.text)
	switch {
	case err == nil:
		return nil
	case at < 0:
		return s.unplaced(toks, err)
	}
	return diagnose(s, toks, at)
}

// postgresColumns are the columns an expression reads, as the grammar sees
// them.
func postgresColumns(expr string) []string {
	tree, _, err := parsePostgres("SELECT " + expr)
	if err != nil {
		return nil
	}
	var names []string
	var walk func(m protoreflect.Message)
	walk = func(m protoreflect.Message) {
		if ref, ok := m.Interface().(*ast.ColumnRef); ok {
			if f := ref.Fields; len(f) > 0 && f[len(f)-1].GetString_() != nil {
				names = append(names, f[len(f)-1].GetString_().Sval)
			}
			return
		}
		fields := m.Descriptor().Fields()
		for i := range fields.Len() { // in the order of the schema: Range has none
			fd := fields.Get(i)
			if fd.Message() == nil || !m.Has(fd) {
				continue
			}
			if fd.IsList() {
				list := m.Get(fd).List()
				for j := range list.Len() {
					walk(list.Get(j).Message())
				}
				continue
			}
			walk(m.Get(fd).Message())
		}
	}
	walk(tree.ProtoReflect())
	return distinct(names)
}
