package export

import (
	"fmt"
	"strings"
	"unicode"
)

// maxFileName is in bytes: file systems take 255, an ending comes on top.
const maxFileName = 120

// fileName makes a name that every file system takes, and that stays in its
// directory, out of words of the chapter.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r), unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return '_'
		}
		return r
	}, oneLine(s))
	for len(s) > maxFileName {
		r := []rune(s)
		s = string(r[:len(r)-1])
	}
	s = strings.Trim(s, ". ")
	if s == "" {
		return "chapter"
	}
	return s
}

// fileNames gives every file of an export a name of its own, also where case
// does not count.
type fileNames struct{ used []string }

func (n *fileNames) take(s string) string {
	base := fileName(s)
	name := base
	for i := 2; n.has(name); i++ {
		name = fmt.Sprintf("%s-%d", base, i)
	}
	n.used = append(n.used, name)
	return name
}

func (n *fileNames) has(name string) bool {
	for _, u := range n.used {
		if strings.EqualFold(u, name) {
			return true
		}
	}
	return false
}

// file is the single file of a form, named after the chapter.
func (s Source) file(ending string, data []byte) []File {
	return []File{{fileName(s.Name) + ending, data}}
}
