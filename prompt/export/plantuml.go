package export

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
)

// plantUML writes an entity diagram.
func plantUML(s Source) ([]File, error) {
	var b strings.Builder
	b.WriteString("@startuml\nhide circle\nskinparam linetype ortho\n")
	tables := s.tables()
	for _, t := range tables {
		fmt.Fprintf(&b, "entity \"%s\\n%s\" as %s {\n", plantText(s.title(t)), plantText(t.Name), plantAlias(tables, t.Name))
		// The primary key stands above the line whatever its place is.
		for _, c := range t.Columns {
			if primaryHas(t, c.Name) {
				fmt.Fprintf(&b, "  * %s : %s <<PK>>\n", plantText(c.Name), plantText(c.Type.Written))
			}
		}
		if t.Primary != nil {
			b.WriteString("  --\n")
		}
		for _, c := range t.Columns {
			if primaryHas(t, c.Name) {
				continue
			}
			mark := "  "
			if c.Null == ddl.NotNull {
				mark = "* "
			}
			fmt.Fprintf(&b, "  %s%s : %s\n", mark, plantText(c.Name), plantText(c.Type.Written))
		}
		b.WriteString("}\n")
	}
	for _, r := range s.references() {
		fmt.Fprintf(&b, "%s %s %s : %s\n", plantAlias(tables, r.Table), ends(r), plantAlias(tables, r.Parent), plantText(r.Column))
	}
	b.WriteString("@enduml\n")
	return s.file(".puml", []byte(b.String())), nil
}

// plantAlias is the name of a table inside the diagram: its own, unless
// PlantUML would not take it.
func plantAlias(tables []*ddl.Table, name string) string {
	if plainName.MatchString(name) {
		return name
	}
	at := slices.IndexFunc(tables, func(t *ddl.Table) bool { return t.Name == name })
	return fmt.Sprintf("table_%d", at+1)
}

// plantText is text on one line that closes no bracket of the diagram.
func plantText(s string) string {
	return strings.NewReplacer("{", "｛", "}", "｝", "<", "＜", ">", "＞").Replace(inlineText(s))
}
