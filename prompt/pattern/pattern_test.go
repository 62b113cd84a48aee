package pattern_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"dbchapter/prompt/pattern"
)

// TestLikeRegexp: a pattern answers as the expression does.
func TestLikeRegexp(t *testing.T) {
	const expr, text = `(\d+)(天|月)`, "保留7天，归档12月"
	p, re := pattern.New(expr), regexp.MustCompile(expr)
	double := func(s string) string { return s + s }
	for name, pair := range map[string][2]any{
		"String":                     {p.String(), re.String()},
		"MatchString":                {p.MatchString(text), re.MatchString(text)},
		"FindString":                 {p.FindString(text), re.FindString(text)},
		"FindStringIndex":            {p.FindStringIndex(text), re.FindStringIndex(text)},
		"FindStringSubmatch":         {p.FindStringSubmatch(text), re.FindStringSubmatch(text)},
		"FindStringSubmatchIndex":    {p.FindStringSubmatchIndex(text), re.FindStringSubmatchIndex(text)},
		"FindSubmatch":               {p.FindSubmatch([]byte(text)), re.FindSubmatch([]byte(text))},
		"FindAllString":              {p.FindAllString(text, 1), re.FindAllString(text, 1)},
		"FindAllStringIndex":         {p.FindAllStringIndex(text, -1), re.FindAllStringIndex(text, -1)},
		"FindAllStringSubmatch":      {p.FindAllStringSubmatch(text, -1), re.FindAllStringSubmatch(text, -1)},
		"FindAllStringSubmatchIndex": {p.FindAllStringSubmatchIndex(text, -1), re.FindAllStringSubmatchIndex(text, -1)},
		"ReplaceAllString":           {p.ReplaceAllString(text, "<$1>"), re.ReplaceAllString(text, "<$1>")},
		"ReplaceAllStringFunc":       {p.ReplaceAllStringFunc(text, double), re.ReplaceAllStringFunc(text, double)},
		"Split":                      {p.Split(text, -1), re.Split(text, -1)},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s = %v, regexp says %v", name, pair[0], pair[1])
		}
	}
}

// TestShared: many goroutines may be the first.
func TestShared(t *testing.T) {
	p := pattern.New(`^\d+$`)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if !p.MatchString("42") {
				t.Error("42 does not match")
			}
		})
	}
	all.Wait()
}

// TestEveryExpression compiles the expressions written in the module, which
// would otherwise be found wrong only when a rule is first tried.
func TestEveryExpression(t *testing.T) {
	seen := 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if expr, ok := literal(n); ok {
				seen++
				if _, err := regexp.Compile(expr); err != nil {
					t.Errorf("%s: %v", path, err)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 200 {
		t.Errorf("only %d expressions seen: the walk is wrong", seen)
	}
}

// literal is the expression of a call pattern.New("…"). One put together from
// parts is compiled by the tests of its own room.
func literal(n ast.Node) (string, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return "", false
	}
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || f.Sel.Name != "New" {
		return "", false
	}
	if pkg, ok := f.X.(*ast.Ident); !ok || pkg.Name != "pattern" {
		return "", false
	}
	return text(call.Args[0])
}

// text is the value of string literals joined by +.
func text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, okA := text(e.X)
		b, okB := text(e.Y)
		return a + b, okA && okB && e.Op == token.ADD
	}
	return "", false
}
