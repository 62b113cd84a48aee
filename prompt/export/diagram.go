package export

import (
	"fmt"
	"strings"

	"dbchapter/prompt/ddl"
)

// mermaid writes an erDiagram: entity names are ASCII, Chinese stands only in
// quotes, types lose the brackets that Mermaid's grammar has no room for.
func mermaid(s Source) ([]File, error) {
	var b strings.Builder
	b.WriteString("erDiagram\n")
	for _, t := range s.Schema.Tables {
		fmt.Fprintf(&b, "    %s[\"%s\"] {\n", t.Name, mermaidText(title(t)))
		for _, c := range t.Columns {
			fmt.Fprintf(&b, "        %s %s%s \"%s\"\n", mermaidType(c.Type), c.Name, mermaidKey(t, c), mermaidText(c.Comment))
		}
		b.WriteString("    }\n")
	}
	for _, r := range References(s.Schema, s.Places) {
		left, right := "}o", "||"
		if r.One {
			left = "|o"
		}
		if r.Optional {
			right = "o|"
		}
		line := "--"
		if r.AcrossInstances {
			line = ".."
		}
		fmt.Fprintf(&b, "    %s %s%s%s %s : \"%s\"\n", r.Table, left, line, right, r.Parent, r.Column)
	}
	return []File{{s.Name + ".mmd", []byte(b.String())}}, nil
}

// mermaidType is the base type with its arguments joined by underscores.
func mermaidType(t ddl.Type) string {
	if len(t.Args) == 0 {
		return t.Name
	}
	return strings.ReplaceAll(t.Name+"_"+strings.Join(t.Args, "_"), " ", "")
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

func mermaidText(s string) string {
	return strings.NewReplacer(`"`, "”", "\n", " ").Replace(s)
}

// plantUML writes an entity diagram.
func plantUML(s Source) ([]File, error) {
	var b strings.Builder
	b.WriteString("@startuml\nhide circle\nskinparam linetype ortho\n")
	for _, t := range s.Schema.Tables {
		fmt.Fprintf(&b, "entity \"%s\\n%s\" as %s {\n", plantText(title(t)), t.Name, t.Name)
		for _, c := range t.Columns {
			mark := "  "
			if c.Null == ddl.NotNull || primaryHas(t, c.Name) {
				mark = "* "
			}
			key := ""
			if primaryHas(t, c.Name) {
				key = " <<PK>>"
			}
			fmt.Fprintf(&b, "  %s%s : %s%s\n", mark, c.Name, c.Type.Written, key)
			if primaryHas(t, c.Name) && c == t.Columns[0] {
				b.WriteString("  --\n")
			}
		}
		b.WriteString("}\n")
	}
	for _, r := range References(s.Schema, s.Places) {
		line := "--"
		if r.AcrossInstances {
			line = ".."
		}
		left, right := "}o", "||"
		if r.One {
			left = "|o"
		}
		if r.Optional {
			right = "o|"
		}
		fmt.Fprintf(&b, "%s %s%s%s %s : %s\n", r.Table, left, line, right, r.Parent, r.Column)
	}
	b.WriteString("@enduml\n")
	return []File{{s.Name + ".puml", []byte(b.String())}}, nil
}

func plantText(s string) string { return strings.NewReplacer(`"`, "”", "\n", " ").Replace(s) }

// dbml writes the tables with notes, indexes and references.
func dbml(s Source) ([]File, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "// %s\n\n", strings.ReplaceAll(s.Name, "\n", " "))
	for _, t := range s.Schema.Tables {
		dbmlTable(&b, t)
	}
	for _, r := range References(s.Schema, s.Places) {
		arrow := ">"
		if r.One {
			arrow = "-"
		}
		fmt.Fprintf(&b, "Ref: %s.%s %s %s.%s\n", r.Table, r.Column, arrow, r.Parent, r.Key)
	}
	return []File{{s.Name + ".dbml", []byte(b.String())}}, nil
}

func dbmlTable(b *strings.Builder, t *ddl.Table) {
	fmt.Fprintf(b, "Table %s {\n", t.Name)
	for _, c := range t.Columns {
		var set []string
		if primaryHas(t, c.Name) && len(t.Primary.Parts) == 1 {
			set = append(set, "pk")
		}
		if c.AutoIncrement {
			set = append(set, "increment")
		}
		if c.Null == ddl.NotNull {
			set = append(set, "not null")
		}
		if c.Default != nil {
			set = append(set, "default: "+dbmlDefault(c.Default))
		}
		if c.Comment != "" {
			set = append(set, "note: "+dbmlString(c.Comment))
		}
		fmt.Fprintf(b, "  %s \"%s\"", c.Name, strings.ReplaceAll(c.Type.Written, `"`, ""))
		if len(set) > 0 {
			b.WriteString(" [" + strings.Join(set, ", ") + "]")
		}
		b.WriteByte('\n')
	}
	dbmlIndexes(b, t)
	fmt.Fprintf(b, "  Note: %s\n}\n\n", dbmlString(title(t)))
}

func dbmlIndexes(b *strings.Builder, t *ddl.Table) {
	var rows []string
	if t.Primary != nil && len(t.Primary.Parts) > 1 {
		rows = append(rows, "("+strings.Join(t.Primary.Columns(), ", ")+") [pk]")
	}
	for _, ix := range t.Indexes {
		cols := ix.Columns()
		if len(cols) == 0 || len(cols) != len(ix.Parts) {
			continue // DBML has no word for an expression index of another dialect
		}
		set := []string{"name: " + dbmlString(ix.Name)}
		if ix.Unique {
			set = append(set, "unique")
		}
		rows = append(rows, "("+strings.Join(cols, ", ")+") ["+strings.Join(set, ", ")+"]")
	}
	if len(rows) > 0 {
		b.WriteString("  indexes {\n    " + strings.Join(rows, "\n    ") + "\n  }\n")
	}
}

func dbmlDefault(e *ddl.Expr) string {
	switch e.Kind {
	case ddl.String:
		return dbmlString(e.Value)
	case ddl.Number:
		return e.Text
	case ddl.NullWord:
		return "null"
	}
	return "`" + strings.ReplaceAll(e.Text, "`", "") + "`"
}

func dbmlString(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", " ").Replace(s) + "'"
}

// title is what people call a table: its comment, else its name.
func title(t *ddl.Table) string {
	if t.Comment != "" {
		return t.Comment
	}
	return t.Name
}

func primaryHas(t *ddl.Table, column string) bool {
	if t.Primary == nil {
		return false
	}
	for _, c := range t.Primary.Columns() {
		if c == column {
			return true
		}
	}
	return false
}
