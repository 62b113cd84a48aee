package infer

import (
	"slices"
	"strings"
)

// DeleteToken is the column that lets a deleted record be made again
// (domain.md §3.4).
const DeleteToken = "delete_token"

// maxIndexName is where the words of an index name are cut to four letters;
// MySQL allows 64.
const maxIndexName = 60

// IndexName builds idx_… or uk_… from columns (domain.md §3.1): one column
// keeps its name, several lose one ending each and neighbours that repeat.
func IndexName(unique bool, columns []string) string {
	name := "idx_"
	if unique {
		name = "uk_"
	}
	rest := slices.DeleteFunc(slices.Clone(columns), func(c string) bool { return c == DeleteToken })
	var words []string
	if len(rest) == 1 {
		words = strings.Split(strings.TrimSuffix(rest[0], "_hash"), "_")
	} else {
		for _, c := range rest {
			words = append(words, strings.Split(trimEnding(c), "_")...)
		}
		words = slices.Compact(words)
	}
	if len(rest) < len(columns) {
		words = append(words, "delete")
	}
	if len(name)+len(strings.Join(words, "_")) > maxIndexName {
		for i, w := range words {
			words[i] = w[:min(4, len(w))]
		}
	}
	name += strings.Join(words, "_")
	return strings.TrimRight(name[:min(len(name), maxIndexName)], "_")
}

func trimEnding(column string) string {
	for _, e := range []string{"_id", "_no", "_at", "_date", "_code", "_hash"} {
		if s, ok := strings.CutSuffix(column, e); ok {
			return s
		}
	}
	return column
}
