package design

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// doris writes a table whose sort key stands first: DUPLICATE KEY for events
// and logs, UNIQUE KEY for what is updated; no indexes (decisions.md 14).
func (t *Table) doris() string {
	var lines []string
	for _, c := range t.sortedFirst() {
		lines = append(lines, words(c.Name, dorisType(c.Type), dorisNull(c), "COMMENT", quoteEscaped(c.Comment)))
	}
	model := "UNIQUE KEY"
	appended := t.Entity != nil && (t.Entity.Kind == brief.Event || t.Entity.Kind == brief.Log)
	if appended {
		model = "DUPLICATE KEY"
	}
	text := block(t.Name, lines) + " ENGINE=OLAP\n" + fmt.Sprintf("%s(%s)\nCOMMENT %s", model, strings.Join(t.Primary, ", "), quoteEscaped(t.Title+"表"))
	properties := []string{`"replication_num" = "3"`}
	if when := t.dorisTime(); appended && when != "" && t.Keep > 0 {
		text += "\nPARTITION BY RANGE(" + when + ") ()"
		properties = append(properties, `"dynamic_partition.enable" = "true"`, `"dynamic_partition.time_unit" = "DAY"`,
			fmt.Sprintf(`"dynamic_partition.start" = "-%d"`, t.Keep), `"dynamic_partition.end" = "7"`,
			`"dynamic_partition.prefix" = "p"`)
	}
	return text + fmt.Sprintf("\nDISTRIBUTED BY HASH(%s) BUCKETS 16\nPROPERTIES (%s);", t.Primary[0], strings.Join(properties, ", "))
}

// sortedFirst are the columns with the key columns in front, as Doris asks.
func (t *Table) sortedFirst() []Column {
	var out []Column
	for _, k := range t.Primary {
		c, _ := t.Column(k)
		out = append(out, c)
	}
	for _, c := range t.Columns {
		if !slices.Contains(t.Primary, c.Name) {
			out = append(out, c)
		}
	}
	return out
}

// dorisTime is a time column of the sort key.
func (t *Table) dorisTime() string {
	for _, k := range t.Primary {
		if c, _ := t.Column(k); isTimeType(c.Type) || c.Type == "DATE" {
			return k
		}
	}
	return ""
}

// dorisType translates a MySQL type; Doris counts VARCHAR in bytes.
func dorisType(typ string) string {
	name, args := capacity.ParseType(typ)
	unsigned := strings.HasSuffix(typ, "UNSIGNED")
	switch {
	case (name == "VARCHAR" || name == "CHAR") && len(args) > 0:
		return fmt.Sprintf("VARCHAR(%d)", min(args[0]*4, 65533))
	case strings.HasSuffix(name, "TEXT"), strings.HasSuffix(name, "BLOB"), name == "VARBINARY":
		return "STRING"
	case name == "BIGINT" && unsigned:
		return "LARGEINT"
	case name == "INT" && unsigned:
		return "BIGINT"
	case unsigned:
		return "INT"
	}
	return strings.Replace(typ, "TIMESTAMP", "DATETIME", 1)
}

func dorisNull(c Column) string {
	head, def, has := strings.Cut(c.Null, " DEFAULT ")
	if has && !strings.HasPrefix(def, "CURRENT_TIMESTAMP") {
		return head + ` DEFAULT "` + strings.ReplaceAll(strings.Trim(def, "'"), `"`, "") + `"`
	}
	return c.Null
}
