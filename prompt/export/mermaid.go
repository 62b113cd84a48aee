package export

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// mermaid writes an erDiagram: Chinese stands only in quotes, types lose the
// brackets and blanks that Mermaid's grammar has no room for.
func mermaid(s Source) ([]File, error) {
	var b strings.Builder
	b.WriteString("erDiagram\n")
	for _, t := range s.tables() {
		fmt.Fprintf(&b, "    %s[\"%s\"] {\n", mermaidName(t.Name), mermaidText(s.title(t)))
		for _, c := range t.Columns {
			fmt.Fprintf(&b, "        %s %s%s", mermaidWord(mermaidType(c.Type)), mermaidWord(c.Name), mermaidKey(t, c))
			if c.Comment != "" {
				fmt.Fprintf(&b, " \"%s\"", mermaidText(c.Comment))
			}
			b.WriteByte('\n')
		}
		b.WriteString("    }\n")
	}
	for _, r := range s.references() {
		fmt.Fprintf(&b, "    %s %s %s : \"%s\"\n", mermaidName(r.Table), ends(r), mermaidName(r.Parent), mermaidText(r.Column))
	}
	return s.file(".mmd", []byte(b.String())), nil
}

// mermaidWords are words of the grammar, whatever their case; a table of that
// name needs quotes.
var mermaidWords = strings.Fields(`class classdef style direction title acctitle accdescr one only many zero to
	optionally u o erdiagram default subgraph end pk fk uk`)

func mermaidName(name string) string {
	if plainName.MatchString(name) && !slices.Contains(mermaidWords, strings.ToLower(name)) {
		return name
	}
	return `"` + mermaidText(name) + `"`
}

// mermaidText is text in quotes: no quotes inside, and no # that would begin
// an entity code, no % that would begin a comment.
func mermaidText(s string) string {
	return strings.NewReplacer("#", "＃", "%", "％", ";", "；", "<", "＜", ">", "＞").Replace(inlineText(s))
}

// mermaidType is the base type with its arguments joined by underscores.
func mermaidType(t ddl.Type) string {
	if len(t.Args) == 0 {
		return t.Name
	}
	return t.Name + "_" + strings.Join(t.Args, "_")
}

var notMermaid = pattern.New(`[^A-Za-z0-9_\x{4e00}-\x{9fff}]+`)

// mermaidWord is a type or a column as Mermaid's grammar takes it.
func mermaidWord(s string) string {
	s = strings.Trim(notMermaid.ReplaceAllString(s, "_"), "_")
	if s == "" || s[0] >= '0' && s[0] <= '9' || slices.Contains([]string{"PK", "FK", "UK"}, strings.ToUpper(s)) {
		return "_" + s
	}
	return s
}

func mermaidKey(t *ddl.Table, c *ddl.Column) string {
	switch {
	case primaryHas(t, c.Name):
		return " PK"
	case uniqueAlone(t, c.Name):
		return " UK"
	}
	return ""
}
