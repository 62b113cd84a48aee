package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"dbchapter/ui/i18n"
)

// chineseOnly are the files whose words are no interface: the record of
// decisions belongs to the chapter, and a length may be named in Chinese.
var chineseOnly = map[string]bool{"record.go": true, "exercise.go": true}

// values are words of the product's own language that stand as they are.
var values = map[string]bool{"精简": true, "标准": true, "详尽": true, "错误": true, "警告": true, "建议": true}

var verb = regexp.MustCompile(`%[a-z]`)

// TestEnglish: every sentence in this package has English words with the same
// verbs, and no English sentence is left over.
func TestEnglish(t *testing.T) {
	en := newWords(i18n.EN).en
	used := map[string]bool{}
	for _, s := range sentences(t) {
		used[s] = true
		got, ok := en[s]
		if !ok {
			t.Errorf("no English words for %q", s)
			continue
		}
		if a, b := strings.Join(verb.FindAllString(s, -1), ""), strings.Join(verb.FindAllString(got, -1), ""); a != b {
			t.Errorf("%q has %s, its English %q has %s", s, a, got, b)
		}
	}
	for s := range en {
		if !used[s] {
			t.Errorf("nobody says %q any more", s)
		}
	}
}

// sentences are the Chinese string constants of this package, those that are
// put together with + as one.
func sentences(t *testing.T) []string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		name := f.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "en_") || chineseOnly[name] {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			s, ok := constant(e)
			if !ok {
				return true
			}
			if name == "help.go" && strings.Contains(s, "‹") {
				for _, part := range regexp.MustCompile(`‹([^›]*)›`).FindAllStringSubmatch(s, -1) {
					out = append(out, part[1])
				}
			} else if s == "：" || strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) && !values[s] {
				out = append(out, s)
			}
			return false
		})
	}
	return out
}

// constant is the value of string literals put together with +.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, ok := constant(e.X)
		b, ok2 := constant(e.Y)
		return a + b, ok && ok2 && e.Op == token.ADD
	case *ast.ParenExpr:
		return constant(e.X)
	}
	return "", false
}
