package check

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
	"dbchapter/prompt/pattern"
)

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
	re    *pattern.Pattern
	want  func(brief.System) (float64, string)
	read  func(m []string) float64
	only  string // subsection to look at, "" for all
}

var briefNumbers = []briefNumber{
	{
		"峰值读", pattern.New(`峰值读(?:取)?(?:约|为)?\s*([\d.,]+\s*[万千]?)\s*(?:QPS|次/秒)`),
		func(s brief.System) (float64, string) {
			return float64(s.PeakReadQPS.Or(0)), brief.FormatCount(s.PeakReadQPS.Or(0)) + " QPS"
		},
		firstQuantity, "",
	},
	{
		"峰值写", pattern.New(`(?:系统|整体|全站)峰值写(?:入)?(?:约|为)?\s*([\d.,]+\s*[万千]?)\s*(?:TPS|次/秒)`),
		func(s brief.System) (float64, string) {
			return float64(s.PeakWriteTPS.Or(0)), brief.FormatCount(s.PeakWriteTPS.Or(0)) + " TPS"
		},
		firstQuantity, "",
	},
	{
		"年增长", pattern.New(`年增长(?:率)?(?:约|按|为)?\s*([\d.]+)\s*%`),
		func(s brief.System) (float64, string) { return s.Growth.Or(0) * 100, percent(s.Growth.Or(0)) },
		firstQuantity, "",
	},
	{
		"规划期", pattern.New(`规划期(?:约|为)?\s*(\d+)\s*年`),
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
		"缓存命中率", pattern.New(`命中率(?:约|按|为|目标)?\s*([\d.]+)\s*%`),
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
