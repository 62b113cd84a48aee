package check

import (
	"math"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// rate is the share that is not missing.
func rate(missing, of int) float64 {
	if of <= 0 {
		return 1
	}
	return math.Max(0, 1-float64(missing)/float64(of))
}

// coverage is dimension A: services, entities, attributes, states and access
// patterns of the brief that the chapter has.
func (in *input) coverage() float64 {
	b := in.design.Brief
	attrs, enums, lookups := 0, 0, 0
	for _, t := range in.design.Tables {
		if t.Entity == nil {
			continue
		}
		attrs += len(t.Entity.Attrs)
		for _, c := range t.Columns {
			if c.Attr != nil && len(c.Attr.Enum) > 0 {
				enums++
			}
		}
		lookups += len(t.Lookups)
	}
	lost := missingEntities(in)
	attrsLost, enumsLost, lookupsLost := len(missingAttributes(in)), len(missingStates(in)), len(unindexedLookups(in))
	for _, h := range lost {
		if t, ok := in.design.Table(h.object); ok {
			attrsLost += len(t.Entity.Attrs)
			lookupsLost += len(t.Lookups)
			for _, c := range t.Columns {
				if c.Attr != nil && len(c.Attr.Enum) > 0 {
					enumsLost++
				}
			}
		}
	}
	return 4*rate(len(missingServices(in)), len(b.Services)) + 6*rate(len(lost), len(b.Entities)) +
		4*rate(attrsLost, attrs) + 2*rate(enumsLost, enums) + 4*rate(lookupsLost, lookups)
}

// correctness is dimension B.
func (in *input) correctness(found []Finding) float64 {
	broken := map[int]bool{}
	for _, p := range in.schema.Problems {
		if p.Code == ddl.Syntax {
			broken[p.Block] = true
		}
	}
	read := 0.0
	if n := len(in.fences); n > 0 {
		read = rate(len(broken), n)
	}
	errors, warnings := countFindings(found, "DXL")
	return 6*read + math.Max(0, 13-1.5*float64(errors)-0.5*float64(warnings))
}

// countFindings counts errors and warnings of some families.
func countFindings(found []Finding, families string) (errors, warnings int) {
	for _, f := range found {
		if !strings.Contains(families, f.Rule[:1]) {
			continue
		}
		switch f.Severity {
		case Error:
			errors++
		case Warn:
			warnings++
		}
	}
	return errors, warnings
}

// formatPoints is dimension E, counted on the text as it was given.
func formatPoints(found []Finding) float64 {
	errors, warnings := countFindings(found, "F")
	return math.Max(0, 10-2*float64(errors)-0.5*float64(warnings))
}

const (
	mostExtra  = 12  // further bullets a section that count
	mostLetter = 220 // characters of a bullet that count
)

// scored are the bullets that count: the required ones and a section's first
// twelve others, cut to what one may be long.
func (in *input) scored() []item {
	required := map[string]bool{}
	for _, s := range chapter.Sections() {
		c := s.Contract()
		for _, l := range c.Labels {
			required[l] = true
		}
		for _, sub := range c.Subs {
			for _, l := range sub.Labels {
				required[l] = true
			}
		}
	}
	for _, kind := range []string{chapter.ByTable, chapter.ByDatabase} {
		for _, l := range chapter.ShardLabels(kind) {
			required[l] = true
		}
	}
	extra := map[chapter.Section]int{}
	var out []item
	for _, it := range in.facts.items {
		if !required[it.Label] {
			if extra[it.section]++; extra[it.section] > mostExtra {
				continue
			}
		}
		if r := []rune(it.Text); len(r) > mostLetter {
			it.Text = string(r[:mostLetter])
		}
		out = append(out, it)
	}
	return out
}

// quantified is dimension C and how much it can be.
func (in *input) quantified(items []item) (points, of float64) {
	with, all, traced := 0, 0, 0
	known := in.knownNumbers()
	for _, it := range items {
		found := numbersIn(it.Text)
		if len(found) > 0 {
			with++
		}
		for _, n := range found {
			all++
			if known.has(n) {
				traced++
			}
		}
	}
	if len(items) > 0 {
		points = 9 * float64(with) / float64(len(items))
	}
	hits := 0
	for _, o := range operations {
		if o.counts && o.in(in) {
			hits++
		}
	}
	points += 3 * float64(hits) / 6
	if in.design == nil {
		return points, 12
	}
	if all > 0 {
		points += 3 * float64(traced) / float64(all)
	}
	return points, 15
}

// specific is the share of bullets that name something of this system.
func (in *input) specific(items []item) float64 {
	if len(items) == 0 {
		return 0
	}
	names := in.names()
	n := 0
	for _, it := range items {
		if names.in(it.Text) {
			n++
		}
	}
	return float64(n) / float64(len(items))
}

// operation is one thing an engineer on duty needs (domain.md §5.2, F).
type operation struct {
	name   string
	counts bool // also one of the six of dimension C
	label  string
	re     *pattern.Pattern
}

// in says whether the chapter has it: in the bullet with that label, or
// anywhere.
func (o operation) in(in *input) bool {
	if o.label == "" {
		return o.re.MatchString(in.facts.prose)
	}
	return slices.ContainsFunc(in.facts.items, func(it item) bool { return it.Label == o.label && o.re.MatchString(it.Text) })
}

var operations = []operation{
	{"RPO", true, "", rpoGiven},
	{"RTO", true, "", rtoGiven},
	{"延迟阈值", true, "延迟监控", pattern.New(`\d\s*(?:毫秒|秒|分钟)`)},
	{"慢查询阈值", true, "慢查询监控", digit},
	{"连接池数值", true, "连接池", digit},
	{"备份周期", true, "备份策略", cycle},
	{"PITR命令", false, "", pattern.New(`mysqlbinlog|recovery_target|--stop-datetime|pgBackRest|pg_restore|br restore|oplog|ALTER SYSTEM RESTORE|copy-back`)},
	{"切换工具", false, "", pattern.New(`(?i)Orchestrator|MHA|MGR|Patroni|ProxySQL|Sentinel|哨兵|Router|Raft|Paxos|keepalived|VIP|Data Guard|rds-ha`)},
	{"扩容", false, "", pattern.New(`扩容`)},
	{"归档", false, "", pattern.New(`归档`)},
	{"对账周期", false, "", pattern.New(`每[^，。；]{0,20}(?:对账|核对|校准)|(?:对账|核对)[^，。；]{0,12}每`)},
	{"幂等", false, "", pattern.New(`幂等|去重`)},
	{"降级限流", false, "", pattern.New(`降级|限流|熔断`)},
	{"演练频率", false, "", pattern.New(`每(?:月|季度?|年|半年|学期|周)[^。；]{0,30}(?:演练|恢复|抽)`)},
	{"异地副本", false, "", pattern.New(`异地|跨地域|跨可用区|灾备|两地`)},
	{"分级告警", false, "", pattern.New(`预警[^。；]*告警|电话告警|P1|分级告警|超过[^，。；]*[，；][^，。；]*超过`)},
}

// operable is the share of them that a chapter has; 备份周期 belongs to
// dimension C alone.
func (in *input) operable() float64 {
	have, all := 0, 0
	for _, o := range operations {
		if o.name == "备份周期" {
			continue
		}
		all++
		if o.in(in) {
			have++
		}
	}
	return float64(have) / float64(all)
}
