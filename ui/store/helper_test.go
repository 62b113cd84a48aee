package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"dbchapter/ui/store"
	"dbchapter/ui/store/storetest"
)

// sections are the sections of every chapter of these tests.
var sections = []string{"甲", "乙", "丙"}

// chapterOf joins the texts of sections.
func chapterOf(text map[string]string) string {
	var b strings.Builder
	for _, s := range sections {
		if text[s] != "" {
			b.WriteString(text[s])
		}
	}
	return b.String()
}

// part is the text of a section.
func part(section, text string) string { return "### " + section + "\n" + text + "\n" }

// numbered is a draft whose every field tells n.
func numbered(id string, n int) store.Draft {
	text := map[string]string{}
	for i, s := range sections {
		text[s] = part(s, fmt.Sprintf("第 %d 版", n-n%(i+1))) // not every section changes every time
	}
	return store.Draft{
		ID: id, Name: "停车", Step: fmt.Sprint(n), Brief: strings.Repeat(fmt.Sprintln("v", n), 50), Chapter: chapterOf(text),
		Versions: []store.Version{{Section: "甲", Origin: "hand", Text: part("甲", fmt.Sprintf("早先 %d", n))}},
	}
}

// same compares what callers set.
func same(a, b store.Draft) bool {
	for _, d := range []*store.Draft{&a, &b} {
		d.Updated, d.Gen, d.Repair, d.CopyOf = a.Updated, 0, nil, ""
	}
	return reflect.DeepEqual(a, b)
}

func open(t testing.TB, dir string, o ...store.Option) *store.Store {
	t.Helper()
	s, err := store.Open(dir, o...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func save(t testing.TB, s *store.Store, d store.Draft) {
	t.Helper()
	if err := s.Save(d); err != nil {
		t.Fatal(err)
	}
}

func load(t testing.TB, s *store.Store, id string) store.Draft {
	t.Helper()
	d, err := s.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// inMemory is a store on a disk in memory.
func inMemory(t testing.TB, d *storetest.Disk) *store.Store { return open(t, "/state", store.On(d)) }

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func content(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// only fails when a directory holds anything else than names.
func only(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if fmt.Sprint(got) != fmt.Sprint(names) {
		t.Errorf("%s holds %q, want %q", filepath.Base(dir), got, names)
	}
}

// copyOf is the copy a save made because of a conflict.
func copyOf(t testing.TB, err error) string {
	t.Helper()
	var c *store.ConflictError
	if !errors.As(err, &c) {
		t.Fatalf("error = %v, want a conflict", err)
	}
	return c.Copy
}
