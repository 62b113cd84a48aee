// Package infer turns the names people use into the names and types databases
// use: attribute → column (130 rules of domain.md appendix B), Chinese →
// English by lexicon with pinyin as the last resort, reserved words, plural
// and singular, index names.
//
// The tables are data (rules.tsv, lexicon.tsv, words.tsv) and are read at the
// first question, so that a program that never asks pays nothing.
package infer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Guess is what the rules make of one attribute name.
type Guess struct {
	Rule     string // R025; R999 is the catch-all
	Column   string // the name to use: the user's own where it is safe, else Standard
	Standard string // the name the rule gives: phone; "longitude+latitude" for R070
	Title    string // the Chinese name without brackets, as the comment starts
	Type     string // MySQL type: VARCHAR(32)
	Null     string // "NOT NULL", "NULL", "NOT NULL DEFAULT ''" as in the rule table
	AvgBytes int    // average stored bytes, length bytes included (domain.md §3.6.1)
	PII      string // "", P1, P2, P3
	Comment  string // text in brackets of the Chinese name, moved here
	Note     string // what the rule table says about it, Chinese
	Pinyin   bool   // the column name came from pinyin: worth a confirmation
	Rejected bool   // CVV, PIN: must not be stored at all
}

// Split are the columns of a guess that stands for several (R070: longitude
// and latitude); one name for all others.
func (g Guess) Split() []string { return strings.Split(g.Column, "+") }

// Column guesses the column for an attribute; en is the user's own column name
// or "". Names are NFKC-folded and lose spaces and brackets first; the rules
// are tried top-down and the first whose Chinese or English pattern fits wins
// (domain.md §3.2).
func Column(zh, en string) Guess {
	title, comment, folded := bracketless(zh)
	en = strings.ToLower(strings.TrimSpace(en))
	r := ruleFor(folded, en)
	g := Guess{
		Rule: r.id, Title: title, Comment: comment, Type: r.typ, Null: r.null,
		AvgBytes: r.avg, PII: r.pii, Note: r.note, Rejected: r.column == "!",
	}
	g.Standard, g.Pinyin = r.name(folded)
	g.Column = g.Standard
	if en != "" && !g.Rejected {
		g.Column, g.Pinyin = r.forced(en), false
	}
	if t, ok := retitled[r.id]; ok {
		g.Title = t
	}
	return g
}

// retitled are rules that store something else than was asked for.
var retitled = map[string]string{"R036": "出生日期"}

// bracketless splits a name: title as written without its brackets, what
// stood in them, and the folded form that rules are held against (domain.md
// §3.2: NFKC, no spaces, no brackets).
func bracketless(zh string) (title, comment, folded string) {
	var t, c strings.Builder
	depth := 0
	for _, r := range zh {
		switch {
		case strings.ContainsRune("([【（［", r):
			depth++
		case strings.ContainsRune(")]】）］", r):
			depth = max(depth-1, 0)
		case depth > 0:
			c.WriteRune(r)
		default:
			t.WriteRune(r)
		}
	}
	title, comment = strings.TrimSpace(t.String()), strings.TrimSpace(c.String())
	if title == "" {
		title, comment = comment, ""
	}
	return title, comment, spaceless(title)
}

func spaceless(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}
