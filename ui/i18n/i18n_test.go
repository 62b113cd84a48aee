package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
)

// The tables are private: they are read from their source.
func table(t *testing.T, files ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			kv, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			k, okK := literal(kv.Key)
			v, okV := literal(kv.Value)
			if okK && okV {
				out[k] = v
			}
			return true
		})
	}
	return out
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	out, err := filepath.Glob(pattern)
	if err != nil || len(out) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	return out
}

func literal(e ast.Expr) (string, bool) {
	b, ok := e.(*ast.BasicLit)
	if !ok || b.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(b.Value)
	return s, err == nil
}

var verb = regexp.MustCompile(`%[a-z]`)

func TestTablesAgree(t *testing.T) {
	zh := table(t, files(t, "zh*.go")...)
	en := table(t, files(t, "en*.go")...)
	if len(zh) < 100 {
		t.Fatalf("only %d labels read", len(zh))
	}
	for k, v := range zh {
		w, ok := en[k]
		if !ok {
			t.Errorf("%q has no English", k)
			continue
		}
		a, b := verb.FindAllString(v, -1), verb.FindAllString(w, -1)
		if len(a) != len(b) {
			t.Errorf("%q: verbs %v and %v", k, a, b)
		}
		if strings.Contains(v, "！") || strings.HasSuffix(v, "!") {
			t.Errorf("%q shouts: %q", k, v)
		}
	}
	for k := range en {
		if _, ok := zh[k]; !ok {
			t.Errorf("%q has no Chinese", k)
		}
	}
}

// labelled is what a key of ours looks like; other rooms have words of their own
// behind a T.
var labelled = regexp.MustCompile(`^[a-z]+\.[a-zA-Z0-9_.]+$`)

// TestKeysExist finds labels used in the code that no table has, and labels no
// code uses.
func TestKeysExist(t *testing.T) {
	zh := table(t, files(t, "zh*.go")...)
	used := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if filepath.Base(filepath.Dir(path)) == "i18n" {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return nil // another room at work
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if s, ok := literal(e); ok {
					used[s] = true
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && len(call.Args) > 0 {
				at := map[string]int{"T": 0, "Key": 1}
				i, ok := at[sel.Sel.Name]
				if !ok || i >= len(call.Args) {
					return true
				}
				if k, ok := literal(call.Args[i]); ok {
					if _, known := zh[k]; !known && labelled.MatchString(k) {
						t.Errorf("%s: no label %q", path, k)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// Labels whose key is put together in the code.
	made := []string{"step.", "preset.", "origin.", "review.diff.", "start.", "save.", "brief.", "rule."}
	for k := range zh {
		if !used[k] && !slices.ContainsFunc(made, func(p string) bool { return strings.HasPrefix(k, p) }) {
			t.Errorf("label %q is used nowhere", k)
		}
	}
}

func TestPresetsHaveNames(t *testing.T) {
	for _, l := range []i18n.Lang{i18n.ZH, i18n.EN} {
		w := i18n.New(l)
		for _, p := range brief.Presets() {
			if s := w.T("preset." + p.ID); strings.HasPrefix(s, "[") {
				t.Errorf("%s: preset %q has no name", l, p.ID)
			}
		}
	}
}

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		flag string
		env  map[string]string
		want i18n.Lang
	}{
		{"", nil, i18n.ZH},
		{"en", map[string]string{"LANG": "zh_CN.UTF-8"}, i18n.EN},
		{"", map[string]string{"LANG": "en_US.UTF-8"}, i18n.EN},
		{"", map[string]string{"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, i18n.ZH},
		{"", map[string]string{"DBCHAPTER_LANG": "zh", "LC_ALL": "en_GB.UTF-8"}, i18n.ZH},
		{"", map[string]string{"LANG": "C.UTF-8"}, i18n.ZH},
	} {
		if got := i18n.Detect(c.flag, func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%q %v: %s", c.flag, c.env, got)
		}
	}
}
