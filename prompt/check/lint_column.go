package check

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/ddl"
)

func digits(n int) string { return strconv.Itoa(n) }

// columns visits every column of the relational tables, or of all.
func (in *input) columns(all bool, visit func(t *ddl.Table, c *ddl.Column)) {
	for _, t := range in.schema.Tables {
		if !all && !relational(t) {
			continue
		}
		for _, c := range t.Columns {
			visit(t, c)
		}
	}
}

// after is the edit that writes text behind the first match of what in a
// column's definition; ok is false when there is none.
func (in *input) after(c *ddl.Column, what *regexp.Regexp, text string) ([]ddl.Edit, bool) {
	if c.Block >= len(in.fences) || c.End > len(in.fences[c.Block].Text) {
		return nil, false
	}
	m := what.FindStringIndex(in.fences[c.Block].Text[c.Start:c.End])
	if m == nil {
		return nil, false
	}
	at := c.Start + m[1]
	return in.inBlock(c.Block, []ddl.Edit{{Start: at, End: at, New: text}}), true
}

var (
	moneyName = regexp.MustCompile(`(?:^|_)(?:amount|price|fee|fees|cost|balance|money|deposit|salary|payment|fine|bonus|tax)(?:$|_(?:yuan|cny|total|per_day)$)`)
	floats    = []string{"float", "double", "real", "float4", "float8", "float32", "float64"}
)

// money says whether a column holds an amount of money.
func money(c *ddl.Column) bool {
	return moneyName.MatchString(c.Name) && (c.Type.Name == "decimal" || c.Type.Name == "numeric" || slices.Contains(floats, c.Type.Name))
}

// moneyTypes: floats are an error; decimals with fewer than twelve digits are
// noted.
func moneyTypes(in *input) []hit {
	var out []hit
	in.columns(true, func(t *ddl.Table, c *ddl.Column) {
		if !money(c) {
			return
		}
		h := say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name, c.Type.Written).offer("改为 DECIMAL(18,2)")
		switch p, ok := c.Type.Length(); {
		case slices.Contains(floats, c.Type.Name):
			h.wording = fmt.Sprintf("金额列 %s.%s 禁止使用浮点类型 %s", t.Name, c.Name, c.Type.Written)
			out = append(out, h.as(Error))
		case ok && p < 12:
			out = append(out, h)
		}
	})
	return out
}

var (
	updatedNames = []string{"updated_at", "update_time", "gmt_modified", "modified_at", "updated_time", "mtime", "modify_time", "update_at"}
	appendOnly   = regexp.MustCompile(`(?:^|_)(?:logs?|events?|ledgers?|flows?|records?|history|histories|entries|journals?|snapshots?|messages?|consents?|metrics?|telemetry)$`)
)

// auditColumns: events, logs and plain ledgers need no updated_at. The repair
// adds the column with the type the chapter's other tables use.
func auditColumns(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if !relational(t) || t.Derived || len(t.Columns) == 0 || t.PartitionOf != "" {
			continue
		}
		var missing, names []string
		for _, want := range []struct {
			names []string
			name  string
			skip  bool
		}{{createdNames, "created_at", defaultsToNow(t)}, {updatedNames, "updated_at", in.appendOnly(t)}} {
			if !want.skip && !hasAny(t, want.names) {
				missing, names = append(missing, in.auditColumn(want.name)), append(names, want.name)
			}
		}
		if len(names) == 0 {
			continue
		}
		h := say(t.Line, t.Name, t.Name, strings.Join(names, "、")).offer("补上 %s", strings.Join(names, "、"))
		if last := t.Columns[len(t.Columns)-1]; likeMySQL(t) && last.Block == t.Block && last.End <= len(in.fences[t.Block].Text) {
			h.edits = in.inBlock(t.Block, []ddl.Edit{{Start: last.End, End: last.End, New: ",\n    " + strings.Join(missing, ",\n    ")}})
		}
		out = append(out, h)
	}
	return out
}

func hasAny(t *ddl.Table, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { _, ok := t.Column(n); return ok })
}

// defaultsToNow says whether some column records when a row was written.
func defaultsToNow(t *ddl.Table) bool {
	return slices.ContainsFunc(t.Columns, func(c *ddl.Column) bool { return c.Default != nil && c.Default.Kind == ddl.Now && c.OnUpdate == nil })
}

// appendOnly says whether rows of a table are never changed.
func (in *input) appendOnly(t *ddl.Table) bool {
	if in.design != nil {
		for _, d := range in.design.Tables {
			if d.Entity != nil && in.tableFor(d) == t {
				k := d.Entity.Kind
				_, status := t.Column("status")
				return k == brief.Event || k == brief.Log || k == brief.Ledger && !status
			}
		}
	}
	return appendOnly.MatchString(t.Name) && !slices.ContainsFunc(t.Columns, func(c *ddl.Column) bool { return c.Name == "status" || c.OnUpdate != nil })
}

// auditColumn is the definition of an audit column.
func (in *input) auditColumn(name string) string {
	typ, now := "DATETIME", "CURRENT_TIMESTAMP"
	for _, t := range in.schema.Tables {
		if c, ok := t.Column(name); ok && likeMySQL(t) && c.Type.Written != "" {
			typ = c.Type.Written
			if len(c.Type.Args) == 1 {
				now += "(" + c.Type.Args[0] + ")"
			}
			break
		}
	}
	if name == "updated_at" {
		return name + " " + typ + " NOT NULL DEFAULT " + now + " ON UPDATE " + now + " COMMENT '更新时间'"
	}
	return name + " " + typ + " NOT NULL DEFAULT " + now + " COMMENT '创建时间'"
}

var defaultNow = regexp.MustCompile(`(?i)DEFAULT\s+(?:CURRENT_TIMESTAMP|NOW)(?:\s*\(\s*\d*\s*\))?`)

func updatedColumns(in *input) []hit {
	var out []hit
	in.columns(false, func(t *ddl.Table, c *ddl.Column) {
		if !likeMySQL(t) || !slices.Contains(updatedNames, c.Name) || c.OnUpdate != nil || c.Type.Name != "datetime" && c.Type.Name != "timestamp" {
			return
		}
		now := "CURRENT_TIMESTAMP"
		if len(c.Type.Args) == 1 {
			now += "(" + c.Type.Args[0] + ")"
		}
		h := say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name).offer("加上 ON UPDATE %s", now)
		if edits, ok := in.after(c, defaultNow, " ON UPDATE "+now); ok {
			h.edits = edits
		}
		out = append(out, h)
	})
	return out
}

// unstatedNulls: neither NULL nor NOT NULL nor DEFAULT NULL is written, so the
// column is nullable without anybody having said so.
func unstatedNulls(in *input) []hit {
	var out []hit
	in.columns(false, func(t *ddl.Table, c *ddl.Column) {
		keyed := c.Primary || t.Primary != nil && slices.Contains(t.Primary.Columns(), c.Name)
		if c.Null != ddl.NullUnstated || keyed || c.Generated != nil || c.Identity || c.AutoIncrement || c.Default != nil && c.Default.Kind == ddl.NullWord ||
			t.PartitionOf != "" || t.Dialect == ddl.Neutral && c.Type.Name == "" {
			return
		}
		h := say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name).offer("加上 NOT NULL")
		if c.Type.Written != "" {
			re := regexp.MustCompile(`^\S+\s+` + strings.ReplaceAll(regexp.QuoteMeta(c.Type.Written), " ", `\s+`))
			if edits, ok := in.after(c, re, " NOT NULL"); ok {
				h.edits = edits
			}
		}
		out = append(out, h)
	})
	return out
}

func timestamps(in *input) []hit {
	var out []hit
	in.columns(false, func(t *ddl.Table, c *ddl.Column) {
		if likeMySQL(t) && c.Type.Name == "timestamp" && !(in.design != nil && in.design.Brief.System.TimeType == "timestamp") {
			out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name).offer("改为 DATETIME"))
		}
	})
	return out
}

var stateName = regexp.MustCompile(`^(?:status|state|\w+_(?:status|state))$`)

var (
	listedValues = regexp.MustCompile(`\d+\s*[-–—:：=]\s*\S|[\p{Han}\w]+[/／、|][\p{Han}\w]+`)
	booleanNote  = regexp.MustCompile(`0\s*-\s*否\s*[，,]\s*1\s*-\s*是`)
)

func unlistedStates(in *input) []hit {
	var out []hit
	in.columns(true, func(t *ddl.Table, c *ddl.Column) {
		if t.Dialect != ddl.Search && stateName.MatchString(c.Name) && !listedValues.MatchString(c.Comment) && len(c.Type.Values) == 0 {
			out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name).offer("在注释里写明每个取值"))
		}
	})
	return out
}

func enumTypes(in *input) []hit {
	var out []hit
	in.columns(false, func(t *ddl.Table, c *ddl.Column) {
		if likeMySQL(t) && (c.Type.Name == "enum" || c.Type.Name == "set") {
			out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name, strings.ToUpper(c.Type.Name)).offer("改为 TINYINT，取值写进注释"))
		}
	})
	return out
}

func longVarchar(in *input) []hit {
	var out []hit
	in.columns(false, func(t *ddl.Table, c *ddl.Column) {
		if n, ok := c.Type.Length(); ok && n > 5000 && strings.HasPrefix(c.Type.Name, "varchar") {
			out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name, n).offer("改为 TEXT，放到扩展表"))
		}
	})
	return out
}

func booleanNames(in *input) []hit {
	var out []hit
	in.columns(false, func(t *ddl.Table, c *ddl.Column) {
		if booleanNote.MatchString(c.Comment) && !boolPrefix.MatchString(c.Name) && !slices.Contains(deleteMarks, c.Name) {
			out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name))
		}
	})
	return out
}

var boolPrefix = regexp.MustCompile(`^(?:is|has|can|need|allow|enable|support|auto)_`)

func emptyComments(in *input) []hit {
	var out []hit
	in.columns(true, func(t *ddl.Table, c *ddl.Column) {
		text := strings.TrimSpace(c.Comment)
		if c.HasComment && text != "" && (strings.EqualFold(text, c.Name) || slices.Contains([]string{"字段", "列", "无", "-", "备用", "xx", "xxx", "todo"}, strings.ToLower(text))) {
			out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name, text))
		}
	})
	return out
}

func stringKeys(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if !relational(t) || t.Primary == nil || len(t.Primary.Columns()) != 1 || !likeMySQL(t) {
			continue
		}
		c, ok := t.Column(t.Primary.Columns()[0])
		if ok && c.Type.Textual() {
			out = append(out, say(c.Line, t.Name, t.Name, c.Type.Written))
		}
	}
	return out
}

// missingVersion: money that changes with a status is changed by several at
// once.
func missingVersion(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		_, version := t.Column("version")
		_, status := t.Column("status")
		if !relational(t) || version || !status || in.appendOnly(t) || !slices.ContainsFunc(t.Columns, money) {
			continue
		}
		out = append(out, say(t.Line, t.Name, t.Name).offer("加 version INT UNSIGNED NOT NULL DEFAULT 0"))
	}
	return out
}
