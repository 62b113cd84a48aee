package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
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
func (in *input) after(c *ddl.Column, what *pattern.Pattern, text string) ([]ddl.Edit, bool) {
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

// afterType is the edit that writes text behind a column's type, nil where the
// type does not stand in the text as it was read.
func (in *input) afterType(c *ddl.Column, text string) []ddl.Edit {
	if c.Type.Written == "" || c.Block >= len(in.fences) || c.End > len(in.fences[c.Block].Text) {
		return nil
	}
	at := strings.Index(in.fences[c.Block].Text[c.Start:c.End], " "+c.Type.Written)
	if at < 0 {
		return nil
	}
	at += c.Start + 1 + len(c.Type.Written)
	return in.inBlock(c.Block, []ddl.Edit{{Start: at, End: at, New: text}})
}

var (
	moneyName = pattern.New(`(?:^|_)(?:amount|price|fee|fees|cost|balance|money|deposit|salary|payment|fine|bonus|tax)(?:$|_(?:yuan|cny|total|per_day)$)`)
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
		h := say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name, c.Type.Written).offer("改为 DECIMAL(18,2)").propose(in.retype(c, "DECIMAL(18,2)"))
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
		h.edits = in.afterType(c, " NOT NULL")
		out = append(out, h)
	})
	return out
}

func timestamps(in *input) []hit {
	var out []hit
	in.columns(false, func(t *ddl.Table, c *ddl.Column) {
		if likeMySQL(t) && c.Type.Name == "timestamp" && !(in.design != nil && in.design.Brief.System.TimeType == "timestamp") {
			out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name).offer("改为 DATETIME").propose(in.retype(c, withArgs("DATETIME", c.Type.Args))))
		}
	})
	return out
}

var stateName = pattern.New(`^(?:status|state|\w+_(?:status|state))$`)

var (
	listedValues = pattern.New(`\d+\s*[-–—:：=]\s*\S|[\p{Han}\w]+[/／、|][\p{Han}\w]+`)
	booleanNote  = pattern.New(`0\s*-\s*否\s*[，,]\s*1\s*-\s*是`)
)

// longestState is how long a text can be that names one of a few states: an
// OAuth state is longer.
const longestState = 64

// holdsState says whether a column can hold one of a few values, which its type
// does not list already.
func holdsState(c *ddl.Column) bool {
	if n, ok := c.Type.Length(); ok && c.Type.Textual() && n > longestState {
		return false
	}
	return len(c.Type.Values) == 0 && !slices.Contains(blobs, c.Type.Name) && !c.Type.User
}

var blobs = []string{"blob", "tinyblob", "mediumblob", "longblob", "binary", "varbinary", "bytea", "json", "jsonb"}

func unlistedStates(in *input) []hit {
	var out []hit
	in.columns(true, func(t *ddl.Table, c *ddl.Column) {
		if t.Dialect != ddl.Search && stateName.MatchString(c.Name) && holdsState(c) && !listedValues.MatchString(c.Comment) {
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
			out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name, n).offer("改为 TEXT，放到扩展表").propose(in.retype(c, "TEXT")))
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

var boolPrefix = pattern.New(`^(?:is|has|can|need|allow|enable|support|auto)_`)

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

// plainlyUnlocked says whether the design of the brief has the table without a
// version: prices that are only looked up need none.
func (in *input) plainlyUnlocked(t *ddl.Table) bool {
	if in.design == nil {
		return false
	}
	d, ok := in.design.Table(t.Name)
	return ok && d.Entity != nil && !d.Has("version")
}

// missingVersion: money that changes with a status is changed by several at
// once.
func missingVersion(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		_, version := t.Column("version")
		_, status := t.Column("status")
		if !relational(t) || version || !status || in.plainlyUnlocked(t) || in.appendOnly(t) || !slices.ContainsFunc(t.Columns, money) {
			continue
		}
		out = append(out, say(t.Line, t.Name, t.Name).offer("加 version INT UNSIGNED NOT NULL DEFAULT 0").
			propose(in.addColumn(t, "version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号'")))
	}
	return out
}
