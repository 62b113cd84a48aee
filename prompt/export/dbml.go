package export

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
)

// dbml writes the tables with notes, indexes and references.
func dbml(s Source) ([]File, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "// %s\n\n", oneLine(s.Name))
	for _, t := range s.tables() {
		fmt.Fprintf(&b, "Table %s {\n", dbmlName(t.Name))
		for _, c := range t.Columns {
			dbmlColumn(&b, t, c)
		}
		dbmlIndexes(&b, t)
		fmt.Fprintf(&b, "  Note: %s\n}\n\n", dbmlString(s.title(t)))
	}
	for _, r := range s.references() {
		arrow := ">"
		if r.One {
			arrow = "-"
		}
		fmt.Fprintf(&b, "Ref: %s.%s %s %s.%s\n", dbmlName(r.Table), dbmlName(r.Column), arrow, dbmlName(r.Parent), dbmlName(r.Key))
	}
	return s.file(".dbml", []byte(b.String())), nil
}

func dbmlColumn(b *strings.Builder, t *ddl.Table, c *ddl.Column) {
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
	fmt.Fprintf(b, "  %s \"%s\"", dbmlName(c.Name), inlineText(c.Type.Written))
	if len(set) > 0 {
		b.WriteString(" [" + strings.Join(set, ", ") + "]")
	}
	b.WriteByte('\n')
}

func dbmlIndexes(b *strings.Builder, t *ddl.Table) {
	var rows []string
	if t.Primary != nil && len(t.Primary.Parts) > 1 {
		rows = append(rows, dbmlParts(t, t.Primary)+" [pk]")
	}
	for _, ix := range t.Indexes {
		var set []string
		if ix.Name != "" {
			set = append(set, "name: "+dbmlString(ix.Name))
		}
		if ix.Unique {
			set = append(set, "unique")
		}
		row := dbmlParts(t, ix)
		if len(set) > 0 {
			row += " [" + strings.Join(set, ", ") + "]"
		}
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		b.WriteString("  indexes {\n    " + strings.Join(rows, "\n    ") + "\n  }\n")
	}
}

// dbmlParts are the parts of an index; what is no column of the table is an
// expression.
func dbmlParts(t *ddl.Table, ix *ddl.Index) string {
	var parts []string
	for _, p := range ix.Parts {
		_, known := t.Column(p.Column)
		switch {
		case known:
			parts = append(parts, dbmlName(p.Column))
		case p.Expr != nil:
			parts = append(parts, dbmlExpr(p.Expr.Text))
		default:
			parts = append(parts, dbmlExpr(p.Column))
		}
	}
	return "(" + strings.Join(parts, ", ") + ")"
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
	return dbmlExpr(e.Text)
}

func dbmlExpr(s string) string { return "`" + strings.ReplaceAll(oneLine(s), "`", "") + "`" }

// dbmlWords begin a statement of DBML; a table or column of that name needs
// quotes.
var dbmlWords = strings.Fields(`table ref enum note indexes project tablegroup tablepartial as pk null not unique
	increment default primary key headercolor records checks`)

func dbmlName(name string) string {
	if plainName.MatchString(name) && !slices.Contains(dbmlWords, strings.ToLower(name)) {
		return name
	}
	return `"` + inlineText(name) + `"`
}

func dbmlString(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(oneLine(s)) + "'"
}
