package store_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"dbchapter/ui/store"
)

func TestSlug(t *testing.T) {
	rows := map[string]string{
		"parking": "parking", "停车场管理系统": "停车场管理系统", "order center": "order-center", "v1.2": "v1.2",
		"../../x": "x", "a/b": "a-b", `a\b`: "a-b", "-rf": "rf", ".hidden": "hidden", "a\nb": "a-b", "a\x00b": "a-b",
		"$(id)": "id", "'; DROP": "DROP", "CON": "CON_", "con.md": "con_.md", "LPT1": "LPT1_", "COM10": "COM10", "aux": "aux_",
		"": "system", "...": "system", "///": "system", "😀": "system", "a\u202eb": "a-b", "x.": "x", "a..b": "a.b", "~": "system",
		"é": "é", "a|b?c*d": "a-b-c-d", "C:": "C", "e\u0301": "e\u0301",
	}
	dir := t.TempDir()
	for in, want := range rows {
		if got := store.Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
		if err := store.WriteIn(dir, want+".md", []byte("x"), 0o600, true); err != nil {
			t.Errorf("%q cannot be written: %v", want, err)
		}
	}
	if got := store.Slug(strings.Repeat("长", 300)); len(got) > 120 || !utf8.ValidString(got) {
		t.Errorf("300 characters: %d bytes, %q", len(got), got)
	}
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"a/b", "CON.x", "..", "e\u0301\u0301", "a.-.b", "nul .txt", "\xff\xfe", "com1.", strings.Repeat("字.", 99)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := store.Slug(in)
		bad := func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("-_.", r)
		}
		switch {
		case got == "", len(got) > 124, !utf8.ValidString(got), strings.IndexFunc(got, bad) >= 0:
			t.Errorf("Slug(%q) = %q", in, got)
		case !filepath.IsLocal(got), filepath.Base(got) != got, strings.HasPrefix(got, "."), strings.HasPrefix(got, "-"), strings.HasSuffix(got, "."):
			t.Errorf("Slug(%q) = %q is no plain name", in, got)
		case store.Slug(got) != got:
			t.Errorf("Slug(%q) = %q, of which it makes %q", in, got, store.Slug(got))
		}
	})
}
