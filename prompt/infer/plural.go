package infer

import "strings"

// fixedPlurals are words whose plural is not made by the rule; the second half
// of the list has none (domain.md §3.1).
var fixedPlurals = map[string]string{
	"person": "people", "child": "children", "criterion": "criteria", "index": "indexes",
	"analysis": "analyses", "basis": "bases", "leaf": "leaves", "shelf": "shelves", "staff": "staff",
	"telemetry": "telemetry", "news": "news", "data": "data", "metadata": "metadata", "feedback": "feedback",
	"equipment": "equipment", "points": "points", "series": "series", "logistics": "logistics", "danmaku": "danmaku",
	"homework": "homework", "sku": "skus", "spu": "spus", "menu": "menus", "software": "software", "information": "information", "points_stat": "points_stats",
}

var fixedSingulars = func() map[string]string {
	m := map[string]string{
		"movies": "movie", "statuses": "status", "buses": "bus", "caches": "cache", "cookies": "cookie",
		"bonuses": "bonus", "campuses": "campus", "viruses": "virus", "uses": "use", "axes": "axis",
	}
	for s, p := range fixedPlurals {
		m[p] = s
	}
	return m
}()

// lastWord splits a snake_case name before its last word.
func lastWord(name string) (head, word string) {
	i := strings.LastIndexByte(name, '_') + 1
	return name[:i], name[i:]
}

// Plural makes the last word of a name plural: y→ies after a consonant,
// s/x/ch/sh→es, else s. A name that is plural already stays.
func Plural(word string) string {
	head, w := lastWord(word)
	if p, ok := fixedPlurals[w]; ok {
		return head + p
	}
	switch {
	case w == "" || isPlural(w):
		return word
	case strings.HasSuffix(w, "y") && len(w) > 1 && !strings.ContainsRune("aeiou", rune(w[len(w)-2])):
		return head + w[:len(w)-1] + "ies"
	case hasAnySuffix(w, "s", "x", "ch", "sh", "z"):
		return head + w + "es"
	}
	return head + w + "s"
}

// isPlural says whether a word that ends in s is one of ours made plural.
func isPlural(w string) bool {
	_, known := fixedSingulars[w]
	return known || strings.HasSuffix(w, "s") && !hasAnySuffix(w, "ss", "us", "is", "as", "os")
}

// Singular is the inverse of Plural for the words we make.
func Singular(word string) string {
	head, w := lastWord(word)
	if s, ok := fixedSingulars[w]; ok {
		return head + s
	}
	switch {
	case len(w) < 3 || !isPlural(w):
		return word
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return head + w[:len(w)-3] + "y"
	case hasAnySuffix(w, "sses", "xes", "ches", "shes"):
		return head + w[:len(w)-2]
	}
	return head + w[:len(w)-1]
}

func hasAnySuffix(s string, suffixes ...string) bool {
	for _, x := range suffixes {
		if strings.HasSuffix(s, x) {
			return true
		}
	}
	return false
}
