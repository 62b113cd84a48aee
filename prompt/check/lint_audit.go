package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

var (
	updatedNames = []string{"updated_at", "update_time", "gmt_modified", "modified_at", "updated_time", "mtime", "modify_time", "update_at"}
	appendOnly   = pattern.New(`(?:^|_)(?:logs?|events?|ledgers?|flows?|records?|history|histories|entries|journals?|snapshots?|messages?|consents?|changelogs?|audits?|metrics?|telemetry)$`)
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
			names, words []string
			name         string
			skip         bool
		}{{createdNames, createdWords, "created_at", defaultsToNow(t)}, {updatedNames, updatedWords, "updated_at", in.appendOnly(t)}} {
			if !want.skip && !hasTime(t, want.names, want.words) {
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

// createdWords and updatedWords are further ways to call the two times, without
// underscores: CreateAt, inserted_at, and user_created in users.
var (
	createdWords = []string{"created", "createat", "createdat", "createdon", "createdate", "createddate", "creationtime", "insertedat", "inserttime", "addedat", "addtime"}
	updatedWords = []string{"updated", "updateat", "updatedat", "updatedon", "updatedate", "updateddate", "lastmodified", "lastmodifiedat", "lastupdated", "lastupdate", "lastupdatetime"}
)

// hasTime says whether a table has a time by one of the names that the
// chapter's own tables use, or by a word.
func hasTime(t *ddl.Table, names, words []string) bool {
	return slices.ContainsFunc(t.Columns, func(c *ddl.Column) bool {
		low := strings.ToLower(c.Name)
		word := low
		if first, rest, cut := strings.Cut(low, "_"); cut && strings.HasPrefix(strings.ToLower(t.Name), first) {
			word = rest
		}
		word = strings.ReplaceAll(word, "_", "")
		return slices.Contains(names, low) || slices.Contains(words, word)
	})
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

var defaultNow = pattern.New(`(?i)DEFAULT\s+(?:CURRENT_TIMESTAMP|NOW)(?:\s*\(\s*\d*\s*\))?`)

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
