package check

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
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
				offer("加索引 %s (%s)", infer.IndexName(false, need), strings.Join(need, ", ")))
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
		if slices.ContainsFunc(s.cols, func(r routeColumn) bool { return r.name == c }) || in.carriesGene(t, c) || mentions(s.text(), c) {
			return true
		}
	}
	return false
}

var (
	scanned  = regexp.MustCompile(`逐表|按分表|分表扫描|逐库`)
	geneWord = regexp.MustCompile(`分片基因|基因`)
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

// missingArchive: a table that stays online for less than it has to be kept
// needs an archive rule, in its own subsection or by its name.
func missingArchive(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	for _, t := range in.design.Tables {
		if t.Entity == nil {
			continue
		}
		keep, archive := t.Entity.Volume.RetentionDays.Or(0), t.Entity.Volume.ArchiveDays.Or(0)
		if keep <= 0 || keep >= archive || in.archived(t) {
			continue
		}
		line := 1
		if p, ok := in.chapter.Section(chapter.Sharding); ok {
			line = p.Line
		}
		out = append(out, say(line, t.Name, t.Name, keep, archive).in(chapter.Sharding).offer("在该表分片小节补“归档策略”，或点名它的归档条目"))
	}
	return out
}

func (in *input) archived(t *design.Table) bool {
	got := in.tableFor(t)
	for _, it := range in.facts.items {
		if it.section != chapter.Sharding || !strings.Contains(it.Label+it.Text, "归档") {
			continue
		}
		if strings.Contains(it.Text, t.Title) || mentions(it.Text, t.Name) || strings.HasPrefix(it.sub, t.Title+"表分") {
			return true
		}
		if got != nil && in.mentionsZh(it.sub+it.Text, got.Name) {
			return true
		}
	}
	return false
}

// briefNumber is one number of the brief that a chapter repeats under its
// label.
type briefNumber struct {
	label string
	re    *regexp.Regexp
	want  func(brief.System) (float64, string)
	read  func(m []string) float64
	only  string // subsection to look at, "" for all
}

var briefNumbers = []briefNumber{
	{
		"峰值读", regexp.MustCompile(`峰值读(?:取)?(?:约|为)?\s*([\d.,]+\s*[万千]?)\s*(?:QPS|次/秒)`),
		func(s brief.System) (float64, string) {
			return float64(s.PeakReadQPS.Or(0)), brief.FormatCount(s.PeakReadQPS.Or(0)) + " QPS"
		},
		firstQuantity, "",
	},
	{
		"峰值写", regexp.MustCompile(`(?:系统|整体|全站)峰值写(?:入)?(?:约|为)?\s*([\d.,]+\s*[万千]?)\s*(?:TPS|次/秒)`),
		func(s brief.System) (float64, string) {
			return float64(s.PeakWriteTPS.Or(0)), brief.FormatCount(s.PeakWriteTPS.Or(0)) + " TPS"
		},
		firstQuantity, "",
	},
	{
		"年增长", regexp.MustCompile(`年增长(?:率)?(?:约|按|为)?\s*([\d.]+)\s*%`),
		func(s brief.System) (float64, string) { return s.Growth.Or(0) * 100, percent(s.Growth.Or(0)) },
		firstQuantity, "",
	},
	{
		"规划期", regexp.MustCompile(`规划期(?:约|为)?\s*(\d+)\s*年`),
		func(s brief.System) (float64, string) {
			return float64(s.HorizonYears.Or(0)), fmt.Sprintf("%d年", s.HorizonYears.Or(0))
		},
		firstQuantity, "",
	},
	{
		"RPO", rpoText,
		func(s brief.System) (float64, string) {
			return float64(s.RPOMinutes.Or(0)), fmt.Sprintf("%d分钟", s.RPOMinutes.Or(0))
		},
		firstMinutes, "",
	},
	{
		"RTO", rtoText,
		func(s brief.System) (float64, string) {
			return float64(s.RTOMinutes.Or(0)), fmt.Sprintf("%d分钟", s.RTOMinutes.Or(0))
		},
		firstMinutes, "",
	},
	{
		"缓存命中率", regexp.MustCompile(`命中率(?:约|按|为|目标)?\s*([\d.]+)\s*%`),
		func(s brief.System) (float64, string) { return s.CacheHit.Or(0) * 100, percent(s.CacheHit.Or(0)) },
		firstQuantity, chapter.Principles,
	},
}

func firstQuantity(m []string) float64 { return quantity(m[1]) }

func firstMinutes(m []string) float64 { return minutes(m[1], m[2]) }

func percent(x float64) string {
	return strconv.FormatFloat(math.Round(x*1000)/10, 'f', -1, 64) + "%"
}

// rewrittenNumbers compares numbers under the brief's own labels with the
// brief. A bullet with several values for one label lists cases.
func rewrittenNumbers(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	for _, n := range briefNumbers {
		want, text := n.want(in.design.Brief.System)
		if want == 0 && n.label != "RPO" {
			continue
		}
		for _, it := range in.facts.items {
			all := n.re.FindAllStringSubmatch(it.Text, -1)
			if len(all) != 1 || n.only != "" && it.sub != n.only {
				continue
			}
			if got := n.read(all[0]); math.Abs(got-want) > 0.01*math.Max(want, got) {
				out = append(out, say(it.Line, n.label, n.label, text, strings.TrimSpace(all[0][0])))
			}
		}
	}
	return out
}
