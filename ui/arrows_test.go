package ui_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "dbchapter"

// arrow says which rooms a room may import. A pattern ending in /* means every
// room below; the most specific row wins. A room without a row fails the test,
// so that a new room is placed on purpose.
type arrow struct {
	room string
	may  []string
}

var arrows = []arrow{
	{"", []string{"*"}}, // main wires everything
	{"prompt", []string{"prompt/brief", "prompt/chapter", "prompt/infer"}},
	{"prompt/brief", []string{"prompt/infer", "prompt/ddl", "prompt/pattern"}},
	{"prompt/chapter", []string{"prompt/pattern"}},
	{"prompt/infer", []string{"prompt/pattern"}},
	{"prompt/pattern", nil},
	{"prompt/capacity", nil},
	{"prompt/ddl", []string{"prompt/infer", "prompt/pattern"}},
	{"prompt/ddl/*", nil}, // servers for tests
	{"prompt/design", []string{"prompt/brief", "prompt/infer", "prompt/capacity", "prompt/pattern"}},
	{"prompt/check", []string{"prompt/brief", "prompt/chapter", "prompt/ddl", "prompt/capacity", "prompt/design", "prompt/infer", "prompt/pattern"}},
	{"prompt/export", []string{"prompt/brief", "prompt/chapter", "prompt/ddl", "prompt/infer", "prompt/pattern"}},
	{"llm", []string{"prompt", "prompt/brief", "prompt/chapter", "prompt/pattern"}},
	{"llm/offline", []string{"llm", "prompt", "prompt/*"}},
	{"llm/compose", []string{"llm", "llm/wire", "prompt", "prompt/*"}},
	{"llm/*", []string{"llm", "llm/wire", "prompt", "prompt/chapter", "prompt/pattern"}},
	{"ui", []string{"llm", "llm/compose", "prompt", "prompt/*", "ui/screen", "ui/screen/*", "ui/theme", "ui/markdown", "ui/i18n", "ui/safetext", "ui/store", "ui/caret", "ui/diff"}},
	{"ui/cli", []string{"llm", "llm/compose", "llm/probe", "prompt", "prompt/*", "ui", "ui/store", "ui/i18n", "ui/safetext", "ui/theme", "ui/screen/brief", "ui/screen/providers", "ui/verify"}},
	{"ui/screen", []string{"prompt/*"}},
	{"ui/screen/brief", []string{"prompt", "prompt/*", "ui/screen", "ui/screen/brief/*", "ui/theme", "ui/i18n", "ui/safetext", "ui/caret"}},
	{"ui/screen/brief/*", []string{"ui/screen", "ui/theme", "ui/i18n", "ui/safetext", "ui/caret", "ui/screen/brief/field"}},
	{"ui/screen/*", []string{"llm", "llm/compose", "prompt", "prompt/*", "ui/screen", "ui/theme", "ui/i18n", "ui/markdown", "ui/safetext", "ui/caret", "ui/diff"}},
	{"ui/safetext", nil},
	{"ui/store", nil},
	{"ui/store/*", []string{"ui/store"}},
	{"ui/i18n", nil},
	{"ui/*", []string{"ui/theme", "ui/safetext", "ui/i18n", "ui/caret"}},
}

// impure are packages of the standard library that no room under prompt may use:
// no clock, no files, no network, no randomness. Helpers of tests (…test) may.
var impure = []string{"os", "os/exec", "net", "net/http", "math/rand", "math/rand/v2", "crypto/rand", "io/ioutil", "syscall"}

// TestArrows holds every import of the module against the table.
func TestArrows(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || path != root && strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		seen++
		rel, _ := filepath.Rel(root, filepath.Dir(path))
		checkFile(t, path, strings.TrimPrefix(filepath.ToSlash(rel), "."))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 20 {
		t.Fatalf("only %d Go files seen: the walk is wrong", seen)
	}
}

func checkFile(t *testing.T, path, room string) {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	row, ok := rowFor(room)
	if !ok {
		t.Errorf("%s: room %q has no row in the arrow table", path, room)
		return
	}
	for _, spec := range f.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		if pure(room) && slices.Contains(impure, p) {
			t.Errorf("%s: prompt is pure and may not import %q", path, p)
		}
		if to, inside := strings.CutPrefix(p, module+"/"); inside && !allowed(row.may, to) {
			t.Errorf("%s: %q may not import %q", path, room, to)
		}
	}
}

func pure(room string) bool {
	return room == "prompt" || strings.HasPrefix(room, "prompt/") && !strings.HasSuffix(room, "test")
}

// rowFor finds the exact row, else the longest matching pattern.
func rowFor(room string) (arrow, bool) {
	var best arrow
	found := false
	for _, a := range arrows {
		if a.room == room {
			return a, true
		}
		prefix, isPattern := strings.CutSuffix(a.room, "/*")
		if isPattern && strings.HasPrefix(room, prefix+"/") && len(a.room) > len(best.room) {
			best, found = a, true
		}
	}
	return best, found
}

func allowed(may []string, to string) bool {
	return slices.ContainsFunc(may, func(m string) bool {
		prefix, isPattern := strings.CutSuffix(m, "*")
		return m == to || isPattern && strings.HasPrefix(to, prefix)
	})
}
