// Package prompt turns a brief into the words sent to a drafter.
//
// The flow through this module reads left to right:
//
//	brief → prompt → llm → chapter → check → preview → save
//
// Nothing under this directory does I/O: no clock, no files, no network. The
// wording lives in seed.md.tmpl, so it is edited and reviewed as prose.
package prompt

import (
	_ "embed"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
)

// Prompt is what a drafter gets: the words for a model, and the brief and the
// wanted sections for the rules.
type Prompt struct {
	Text     string
	Brief    brief.Resolved
	Sections []chapter.Section // wanted, in order; all seven for a whole chapter
	Hint     string            // the person's wish when a section is redone
	Current  chapter.Chapter   // the chapter so far, when a section is redone
	Length   Length
}

// Length is how many optional bullets the offline drafter adds.
type Length string

// The three levels of --length; Standard is the default and what "" means.
const (
	Brief    Length = "brief"
	Standard Length = "standard"
	Full     Length = "full"
)

//go:embed seed.md.tmpl
var seed string

// Placeholders are the four texts of the seed that a brief replaces; whatever
// else stands in braces ({user_id}) is part of the seed.
func Placeholders() [4]string {
	return [4]string{"{system_description}", "{database_info}", "{microservice_context}", "{business_entities}"}
}

// Whole asks for the whole chapter with the exact text of the seed.
func Whole(r brief.Resolved) Prompt {
	return Prompt{Text: words(r), Brief: r, Sections: chapter.Sections()}
}

// words is the seed with its placeholders replaced in a single pass, so that a
// placeholder typed by the user stays what it is (domain.md §1.7).
func words(r brief.Resolved) string {
	var pairs []string
	values := Values(r)
	for i, p := range Placeholders() {
		pairs = append(pairs, p, values[i])
	}
	return strings.NewReplacer(pairs...).Replace(seed)
}
