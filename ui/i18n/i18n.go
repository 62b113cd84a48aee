// Package i18n is every word of the interface in Chinese and English. The
// chapter itself is always Chinese and never comes from here.
//
// A label is one row in zh.go and one in en.go under the same key; a test
// holds the two tables together and against the keys the code uses.
package i18n

import (
	"fmt"
	"maps"
	"strings"

	"charm.land/bubbles/v2/key"
)

// Lang is an interface language.
type Lang string

// The two languages.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// Words are the labels of one language.
type Words struct {
	Lang  Lang
	table map[string]string
}

// New gives the words of a language; anything but EN is Chinese.
func New(l Lang) Words {
	if l == EN {
		return Words{Lang: EN, table: merge(en(), enBrief())}
	}
	return Words{Lang: ZH, table: merge(zh(), zhBrief())}
}

func merge(tables ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

// T is the label under a key, formatted with args. An unknown key comes back
// in brackets, so that it is seen.
func (w Words) T(k string, args ...any) string {
	s, ok := w.table[k]
	if !ok {
		return "[" + k + "]"
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// Key is a binding whose help reads: show, then the label under k.
func (w Words) Key(show, k string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(show, w.T(k)))
}

// Detect picks the language: the flag, DBCHAPTER_LANG, then the locale
// (product.md §4).
func Detect(flag string, env func(string) string) Lang {
	for _, v := range []string{flag, env("DBCHAPTER_LANG")} {
		if v != "" {
			return byPrefix(v)
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			return byPrefix(v)
		}
	}
	return ZH
}

func byPrefix(v string) Lang {
	if strings.HasPrefix(strings.ToLower(v), "en") {
		return EN
	}
	return ZH
}
