package design

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// mongo writes a collection with its validator, indexes, and a TTL index when
// documents leave by age: it can only have one field (domain.md §3.9).
func (t *Table) mongo() string {
	var required, lines []string
	for _, c := range t.Columns {
		if c.Null == "NOT NULL" {
			required = append(required, jsText(c.Name))
		}
		lines = append(lines, fmt.Sprintf("        %s: { bsonType: %s, description: %s }", c.Name, bsonType(c), jsText(c.Comment)))
	}
	need := ""
	if len(required) > 0 {
		need = "required: [" + strings.Join(required, ", ") + "], "
	}
	out := []string{fmt.Sprintf(
		"db.createCollection(%s, {\n    validator: { $jsonSchema: { bsonType: \"object\", %sproperties: {\n%s\n    } } }\n});",
		jsText(t.Name), need, strings.Join(lines, ",\n"))}
	for _, x := range t.Indexes {
		out = append(out, t.mongoIndex(x))
	}
	if when := t.documentTime(); t.expires() && when != "" {
		out = append(out, fmt.Sprintf("db.%s.createIndex({ %s: 1 }, { name: \"ttl_%s\", expireAfterSeconds: %d });",
			t.Name, when, strings.TrimSuffix(strings.TrimSuffix(when, "_at"), "_date"), t.Keep*86400))
	}
	return strings.Join(out, "\n")
}

// mongoIndex keeps the direction of the list it serves.
func (t *Table) mongoIndex(x Index) string {
	var fields []string
	for _, c := range x.Columns {
		direction := 1
		for _, l := range t.Lookups {
			if l.Index == x.Name && l.Tail == c && l.Access.Desc {
				direction = -1
			}
		}
		fields = append(fields, fmt.Sprintf("%s: %d", c, direction))
	}
	unique := ""
	if x.Unique {
		unique = ", unique: true" + t.whenPresent(x)
	}
	return fmt.Sprintf("db.%s.createIndex({ %s }, { name: %s%s });", t.Name, strings.Join(fields, ", "), jsText(x.Name), unique)
}

// whenPresent leaves documents without a value out of a unique index, which
// would count them as equal.
func (t *Table) whenPresent(x Index) string {
	var fields []string
	for _, name := range x.Columns {
		if c, _ := t.Column(name); strings.HasPrefix(c.Null, "NULL") {
			c.Null = "NOT NULL"
			fields = append(fields, fmt.Sprintf("%s: { $type: %s }", name, bsonType(c)))
		}
	}
	if len(fields) == 0 {
		return ""
	}
	return ", partialFilterExpression: { " + strings.Join(fields, ", ") + " }"
}

// expires says whether the engine may drop rows by age alone: events and logs;
// documents of business wait for the archive.
func (t *Table) expires() bool {
	return t.Keep > 0 && t.Entity != nil && (t.Entity.Kind == brief.Event || t.Entity.Kind == brief.Log)
}

// documentTime is the date field documents expire by.
func (t *Table) documentTime() string {
	for _, sys := range []bool{false, true} {
		for _, c := range t.Columns {
			if c.System == sys && strings.HasPrefix(c.Null, "NOT NULL") && (isTimeType(c.Type) || c.Type == "DATE") {
				return c.Name
			}
		}
	}
	return ""
}

// listRules are attributes that hold several values.
var listRules = []string{"R105", "R112"}

// bsonType translates a MySQL type; a field that may be empty also allows
// null.
func bsonType(c Column) string {
	name, _ := capacity.ParseType(c.Type)
	typ := "string"
	switch {
	case name == "BIGINT":
		typ = "long"
	case strings.HasSuffix(name, "INT"):
		typ = "int"
	case name == "DECIMAL":
		typ = "decimal"
	case name == "DOUBLE":
		typ = "double"
	case isTime(name) || name == "DATE":
		typ = "date"
	case name == "JSON" && slices.Contains(listRules, c.Rule):
		typ = "array"
	case name == "JSON":
		typ = "object"
	case name == "VARBINARY" || strings.HasSuffix(name, "BLOB"):
		typ = "binData"
	}
	if strings.HasPrefix(c.Null, "NULL") {
		return fmt.Sprintf("[%s, \"null\"]", jsText(typ))
	}
	return jsText(typ)
}

// jsText is a JavaScript and JSON string literal.
func jsText(s string) string {
	b := new(strings.Builder)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(plain(s)); err != nil {
		return `""`
	}
	return strings.TrimSpace(b.String())
}
