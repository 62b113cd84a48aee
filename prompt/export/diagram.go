package export

import (
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// plainName is a name that all diagram languages take without quotes.
var plainName = pattern.New(`^[A-Za-z_][A-Za-z0-9_]*$`)

// inlineText keeps user text inside a pair of double quotes on one line.
func inlineText(s string) string {
	return strings.NewReplacer(`"`, "”", `\`, "＼").Replace(oneLine(s))
}

// ends are the two ends and the line between them in crow's foot notation,
// which Mermaid and PlantUML share; a dotted line crosses instances.
func ends(r Reference) string {
	left, line, right := "}o", "--", "||"
	if r.One {
		left = "|o"
	}
	if r.AcrossInstances {
		line = ".."
	}
	if r.Optional {
		right = "o|"
	}
	return left + line + right
}

// primaryHas says whether a column is part of the primary key.
func primaryHas(t *ddl.Table, column string) bool {
	return t.Primary != nil && slices.Contains(t.Primary.Columns(), column)
}
