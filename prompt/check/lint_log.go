package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

var kept = pattern.New(`保留|清理|归档|TTL|过期|删除|滚动|ILM`)

var logName = pattern.New(`(?:^|_)(?:logs?|events?|traces?|telemetry|metrics)$`)

// endlessLogs: a table of logs or events needs an end: TTL, partitions, or a
// sentence about it. Tables that only the instance table names are judged by
// the remark there.
func endlessLogs(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if !in.isLog(t.Name) || t.TTL != nil || t.Partition != nil || t.PartitionOf != "" || in.keepsLog(t.Name) {
			continue
		}
		f := in.fence(t)
		if f != nil && strings.Contains(f.Text, "expireAfterSeconds") {
			continue
		}
		out = append(out, say(t.Line, t.Name, t.Name).offer("写明保留天数和清理方式，或按时间分区"))
	}
	for _, row := range in.doc.Instances {
		var names []string
		for _, n := range row.Tables {
			if _, defined := in.schema.Table(n); !defined && in.isLog(n) && !in.keepsLog(n) {
				names = append(names, n)
			}
		}
		if e, _ := engineIn(row.Engine); len(names) > 0 && e.role != "mq" && !kept.MatchString(row.Remark) {
			out = append(out, say(row.Line, names[0], strings.Join(names, "、")).offer("在备注写明 TTL 或保留天数"))
		}
	}
	return out
}

func (in *input) isLog(table string) bool {
	if in.design != nil {
		if d, ok := in.design.Table(table); ok && d.Entity != nil {
			return d.Entity.Kind == "event" || d.Entity.Kind == "log"
		}
	}
	return logName.MatchString(table) || strings.HasPrefix(table, "outbox_event")
}

// keepsLog says whether some bullet or remark says how long a table is kept.
func (in *input) keepsLog(table string) bool {
	zh := []string{}
	if t, ok := in.schema.Table(table); ok {
		zh = zhNames(in, t)
	}
	for _, it := range in.facts.items {
		named := mentions(it.Text, table) || slices.ContainsFunc(zh, func(z string) bool { return strings.Contains(it.Text, z) || strings.HasPrefix(it.sub, z+"表分") })
		if named && kept.MatchString(it.Text) {
			return true
		}
	}
	for _, i := range in.facts.rows[table] {
		if kept.MatchString(in.doc.Instances[i].Remark) {
			return true
		}
	}
	return false
}

// mixedNumbers: in one chapter names are all plural or all singular.
func mixedNumbers(in *input) []hit {
	var plural, single []string
	lines := map[string]int{}
	for _, t := range in.schema.Tables {
		if t.PartitionOf != "" || t.Dialect == ddl.Search {
			continue
		}
		switch p, s := infer.Plural(t.Name), infer.Singular(t.Name); {
		case p == s:
		case t.Name == p:
			plural = append(plural, t.Name)
		case t.Name == s && !strings.HasSuffix(t.Name, "s"): // skus looks like status
			single = append(single, t.Name)
		}
		lines[t.Name] = t.Line
	}
	if len(plural) == 0 || len(single) == 0 {
		return nil
	}
	few := single
	if len(plural) < len(single) {
		few = plural
	}
	return []hit{say(lines[few[0]], few[0], strings.Join(few, "、")).offer("表名统一用单数或复数")}
}
