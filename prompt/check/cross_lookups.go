package check

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

// unindexedLookups: every access pattern of the brief is served by an index of
// the chapter, and reaches one shard (domain.md §4.3, X225).
func unindexedLookups(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	for _, t := range in.design.Tables {
		got := (*ddl.Table)(nil)
		if t.Entity != nil {
			got = in.tableFor(t)
		}
		if got == nil || len(got.Columns) == 0 || got.Dialect == ddl.Search {
			continue
		}
		for _, l := range t.Lookups {
			if l.Access.Op == "search" || l.Access.Op == "agg" {
				continue
			}
			indexed, routed := in.served(got, l), in.routed(got, l)
			if indexed && routed || in.noted(got, l) {
				continue
			}
			need := l.Columns
			if l.Tail != "" && !slices.Contains(need, l.Tail) {
				need = append(slices.Clone(need), l.Tail)
			}
			where := ""
			if !routed {
				where = "，且无法定位分片"
			}
			out = append(out, say(got.Line, got.Name, lookupText(t, l), strings.Join(need, ", "), where).
				offer("加索引 %s (%s)", infer.IndexName(false, need), strings.Join(need, ", ")).
				propose(in.addIndex(got, infer.IndexName(false, need), need)))
		}
	}
	return out
}

// lookupText names an access pattern: its note, or what it asks for.
func lookupText(t *design.Table, l design.Lookup) string {
	if l.Access.Note != "" {
		return l.Access.Note
	}
	s := fmt.Sprintf("%s %s按%s", l.Access.Op, t.Title, strings.Join(l.Access.Eq, "、"))
	if l.Tail != "" {
		s += "、" + l.Tail
	}
	return s
}

// served says whether an index has the equality columns in front, in any
// order, and the sort or range column right behind them.
func (in *input) served(t *ddl.Table, l design.Lookup) bool {
	var keys [][]string
	for _, k := range t.Keys() {
		keys = append(keys, k.Columns())
		if k.Unique { // finds a tenant's row as well as if the tenant led it
			keys = append(keys, append([]string{"tenant_id"}, k.Columns()...))
		}
	}
	for _, c := range t.Columns {
		if c.Primary || c.Unique {
			keys = append(keys, []string{c.Name})
		}
	}
	if len(t.OrderBy) > 0 {
		var order []string
		for _, e := range t.OrderBy {
			order = append(order, e.Columns...)
		}
		keys = append(keys, order)
	}
	columns := slices.DeleteFunc(slices.Clone(l.Columns), func(c string) bool { _, ok := t.Column(c); return !ok })
	if len(columns) < len(l.Columns) && len(columns) == 0 && l.Tail == "" {
		return false
	}
	return slices.ContainsFunc(keys, func(k []string) bool { return prefixes(k, columns, l.Tail) || prefixes(k, l.Columns, l.Tail) })
}

// prefixes says whether a key begins with all of eq and then tail.
func prefixes(key, eq []string, tail string) bool {
	if len(key) < len(eq) {
		return false
	}
	for _, c := range key[:len(eq)] {
		if !slices.Contains(eq, c) {
			return false
		}
	}
	if tail == "" || tail == "id" || slices.Contains(eq, tail) {
		return len(eq) > 0 || tail == "id"
	}
	return len(key) > len(eq) && key[len(eq)] == tail
}

// noted says whether the sharding text sends a pattern somewhere else: an index
// that was left out on purpose names a column and where the query goes.
func (in *input) noted(t *ddl.Table, l design.Lookup) bool {
	for _, it := range in.facts.items {
		if it.Label != "非分片键查询" {
			continue
		}
		s := in.splitOf(t.Name)
		if (s != nil && it.sub == s.zh+"表"+chapter.ByTable || mentions(it.Text, t.Name)) && slices.ContainsFunc(l.Columns, func(c string) bool { return mentions(it.Text, c) }) {
			return true
		}
	}
	return false
}

// routed says whether a pattern on a table that the application splits finds
// its shard.
func (in *input) routed(t *ddl.Table, l design.Lookup) bool {
	s := in.splitOf(t.Name)
	if s == nil || !s.app() || s.byTime {
		return true
	}
	if l.Access.Op == "scan" {
		return scanned.MatchString(s.text() + in.crossText())
	}
	for _, c := range l.Columns {
		if s.routes(c) || in.carriesGene(t, c) || mentions(s.text(), c) {
			return true
		}
	}
	return false
}

var (
	scanned  = pattern.New(`逐表|按分表|分表扫描|逐库`)
	geneWord = pattern.New(`分片基因|基因`)
)

// carriesGene says whether a column's values name their shard: its comment
// says so, or that of the column it refers to.
func (in *input) carriesGene(t *ddl.Table, column string) bool {
	c, ok := t.Column(column)
	if !ok {
		return false
	}
	if geneWord.MatchString(c.Comment) || strings.Contains(c.Comment, "分片键") {
		return true
	}
	for _, r := range in.references(t) {
		if r.column == c && geneWord.MatchString(r.key.Comment) {
			return true
		}
	}
	for _, o := range in.schema.Tables {
		if k, ok := o.Column(column); ok && o != t && geneWord.MatchString(k.Comment) {
			return true
		}
	}
	return false
}

// crossText is what 跨服务数据同步 says.
func (in *input) crossText() string {
	var b strings.Builder
	for _, it := range in.doc.Cross {
		b.WriteString(it.Text + "\n")
	}
	return b.String()
}
