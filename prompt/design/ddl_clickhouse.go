package design

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/capacity"
)

// clickHouse writes a table that takes every event once in the end: replays of
// the queue collapse in the background (domain.md §3.9).
func (t *Table) clickHouse() string {
	var lines []string
	for _, c := range t.Columns {
		typ := clickHouseType(c)
		lines = append(lines, words(c.Name, typ, clickHouseDefault(c, typ), "COMMENT", quoteEscaped(c.Comment)))
	}
	engine := fmt.Sprintf("ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/%s', '{replica}', ingested_at)", t.Name)
	if t.Engine.Topology == "single" {
		engine = "ReplacingMergeTree(ingested_at)"
	}
	text := block(t.Name, lines) + " ENGINE = " + engine
	when, typ := t.eventTime()
	if when != "" {
		text += fmt.Sprintf("\nPARTITION BY %s(%s)", t.ClickHousePartition(), when)
	}
	text += "\nORDER BY (" + strings.Join(t.Primary, ", ") + ")"
	if t.Keep > 0 && when != "" {
		if strings.HasPrefix(typ, "DateTime64") {
			when = "toDateTime(" + when + ")"
		}
		text += fmt.Sprintf("\nTTL %s + INTERVAL %d DAY DELETE", when, t.Keep)
	}
	return text + "\nCOMMENT " + quoteEscaped(t.Title+"表") + ";"
}

// ClickHousePartition is the function that makes partitions: by day for ten
// million rows a day, unless that would be a thousand of them.
func (t *Table) ClickHousePartition() string {
	if t.Size.Daily >= bigEvents && t.Keep > 0 && t.Keep < 1000 {
		return "toYYYYMMDD"
	}
	return "toYYYYMM"
}

// eventTime is the time column rows are sorted, partitioned and expired by:
// the first that the brief does not let be empty, "" for none.
func (t *Table) eventTime() (name, typ string) {
	for _, c := range t.Columns {
		if ct := clickHouseType(c); !c.System && strings.HasPrefix(ct, "Date") && !c.mayBeEmpty() {
			return c.Name, ct
		}
	}
	return "", ""
}

// mayBeEmpty is what the user said, not the caution of a rule.
func (c Column) mayBeEmpty() bool { return c.Attr != nil && c.Attr.Nullable }

// clickHouseTypes maps MySQL types that map by name alone.
var clickHouseTypes = map[string]string{
	"INT": "Int32", "SMALLINT": "UInt16", "MEDIUMINT": "Int32", "TINYINT": "UInt8", "DATE": "Date",
	"TIMESTAMP": "DateTime", "DATETIME": "DateTime", "DOUBLE": "Float64", "FLOAT": "Float32",
}

// dictionaryRules are attributes with few distinct values.
var dictionaryRules = []string{"R047", "R071", "R073", "R074", "R075", "R102", "R109"}

// clickHouseType translates a column (domain.md §3.9): money keeps its scale,
// other fractions become floats, text String.
func clickHouseType(c Column) string {
	name, args := capacity.ParseType(c.Type)
	switch {
	case isTime(name) && len(args) > 0:
		return fmt.Sprintf("DateTime64(%d)", args[0])
	case name == "BIGINT" && isSigned(c.Rule):
		return "Int64"
	case name == "BIGINT":
		return "UInt64"
	case name == "INT" && strings.HasSuffix(c.Type, "UNSIGNED"):
		return "UInt32"
	case name == "DECIMAL" && len(args) > 1 && args[0] == 18 && args[1] != 4:
		return fmt.Sprintf("Decimal(%d,%d)", args[0], args[1])
	case name == "DECIMAL" && len(args) > 0 && args[0] > 7:
		return "Float64"
	case name == "DECIMAL":
		return "Float32"
	case slices.Contains(dictionaryRules, c.Rule) && !c.unique():
		return "LowCardinality(String)"
	}
	if t, ok := clickHouseTypes[name]; ok {
		return t
	}
	return "String"
}

func (c Column) unique() bool { return c.Attr != nil && c.Attr.Unique }

// isSigned are rules whose values may be below zero: money in fen, changes.
func isSigned(rule string) bool { return rule == "R050" || rule == "R051" || rule == "R054b" }

// clickHouseDefault stands in for NULL, which costs a column store a bitmap.
func clickHouseDefault(c Column, typ string) string {
	switch {
	case c.Name == "ingested_at":
		return "DEFAULT now()"
	case strings.Contains(typ, "String"):
		return "DEFAULT ''"
	case strings.HasPrefix(typ, "Float"), strings.HasPrefix(typ, "Decimal"):
		return "DEFAULT 0"
	case c.mayBeEmpty() && strings.Contains(typ, "Int"):
		return "DEFAULT 0"
	case c.mayBeEmpty() && typ == "Date":
		return "DEFAULT toDate(0)"
	case c.mayBeEmpty() && strings.HasPrefix(typ, "Date"):
		return "DEFAULT toDateTime(0)"
	}
	return ""
}
