package design

import (
	"fmt"
	"strings"

	"dbchapter/prompt/capacity"
)

// neutral writes SQL that 达梦, Oracle and products we do not know come
// closest to; what depends on the product is for the user to confirm
// (decisions.md 14).
func (t *Table) neutral() string {
	lines := t.standardColumns(neutralType, "IDENTITY")
	out := []string{block(t.Name, lines) + t.neutralPartitions() + ";"}
	out = append(out, t.commentStatements()...)
	return strings.Join(append(out, t.indexStatements()...), "\n")
}

func neutralType(typ string) string {
	name, args := capacity.ParseType(typ)
	switch {
	case isTime(name) && len(args) > 0:
		return fmt.Sprintf("TIMESTAMP(%d)", args[0])
	case isTime(name):
		return "TIMESTAMP"
	case name == "TINYINT":
		return "SMALLINT"
	case name == "INT" && strings.HasSuffix(typ, "UNSIGNED"):
		return "BIGINT"
	case name == "JSON", strings.HasSuffix(name, "TEXT"):
		return "CLOB"
	case strings.HasSuffix(name, "BLOB"):
		return "BLOB"
	}
	return strings.TrimSuffix(typ, " UNSIGNED")
}

func (t *Table) neutralPartitions() string {
	if t.Part == nil {
		return ""
	}
	var lines []string
	for i, name := range t.Part.Names {
		lines = append(lines, fmt.Sprintf("    PARTITION %s VALUES LESS THAN (DATE '%s')", name, t.Part.Bounds[i]))
	}
	lines = append(lines, "    PARTITION pmax VALUES LESS THAN (MAXVALUE)")
	return "\nPARTITION BY RANGE (" + t.Part.Column + ") (\n" + strings.Join(lines, ",\n") + "\n)"
}
