package check

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/chapter"
)

// The words in which numbers with units are written.
var (
	fullKept = regexp.MustCompile(`全量[^，。；\d]{0,12}?(\d+)\s*(天|日|周|个月|月|年)`)
	logKept  = regexp.MustCompile(`(?i)(?:增量|binlog|WAL|归档日志)[^，。；\d]{0,16}?(\d+)\s*(天|日|周|个月|月|年)`)
	rpoText  = regexp.MustCompile(`(?i)RPO[^\d，。；、|]{0,6}(\d+(?:\.\d+)?)\s*(毫秒|秒|分钟|分|小时|s\b|min\b|h\b)`)
	rtoText  = regexp.MustCompile(`(?i)RTO[^\d，。；、|]{0,6}(\d+(?:\.\d+)?)\s*(毫秒|秒|分钟|分|小时|s\b|min\b|h\b)`)
	rpoZero  = regexp.MustCompile(`(?i)RPO\s*(?:=|＝|为|≤|<=)\s*0`)
)

// days is a span of time in days.
func days(n, unit string) int {
	switch v := integer(n); unit {
	case "周":
		return v * 7
	case "个月", "月":
		return v * 30
	case "年":
		return v * 365
	default:
		return v
	}
}

// minutes is a span of time in minutes.
func minutes(n, unit string) float64 {
	v, _ := strconv.ParseFloat(n, 64)
	switch unit {
	case "毫秒":
		return v / 60000
	case "秒", "s":
		return v / 60
	case "小时", "h":
		return v * 60
	}
	return v
}

// logRetention: a full backup that is older than the logs can only be restored
// to its own moment.
func logRetention(in *input) []hit {
	for _, it := range in.doc.Backup {
		if it.Label != "备份保留" {
			continue
		}
		full, log := fullKept.FindStringSubmatch(it.Text), logKept.FindStringSubmatch(it.Text)
		if full != nil && log != nil && days(log[1], log[2]) < days(full[1], full[2]) {
			return []hit{say(it.Line, "备份保留", log[1]+log[2]).offer("增量（binlog）至少保留%s%s", full[1], full[2])}
		}
	}
	return nil
}

var (
	strictSync = regexp.MustCompile(`(?i)MGR|组复制|Raft|Paxos|同步提交|synchronous_commit|强同步|三副本|多数派|Galera|同步复制`)
	semiSync   = regexp.MustCompile(`半同步`)
	asyncSync  = regexp.MustCompile(`异步复制|异步`)
	liveLog    = regexp.MustCompile(`实时|持续归档|流式|--stop-never`)
	everyMin   = regexp.MustCompile(`每\s*(\d+)\s*(分钟|小时)`)
	everyHour  = regexp.MustCompile(`每小时`)
)

// recoveryPoint compares the wanted RPO with what replication and backups
// reach. Without a brief the RPO that the chapter itself names counts; that is
// L337 of domain.md §4.4.
func recoveryPoint(in *input) []hit {
	want, said := in.wantedRPO()
	i := slices.IndexFunc(in.doc.Primary, func(it chapter.Item) bool { return it.Label == "同步方式" })
	if !said || i < 0 {
		return nil
	}
	it := in.doc.Primary[i]
	reach, how := reachable(it.Text, in.doc.Backup)
	if reach <= want {
		return nil
	}
	return []hit{say(it.Line, "RPO", minutesText(want), how)}
}

// wantedRPO is the brief's RPO in minutes, else the chapter's.
func (in *input) wantedRPO() (float64, bool) {
	if in.design != nil && in.design.Brief.System.RPOMinutes.Set {
		return float64(in.design.Brief.System.RPOMinutes.V), true
	}
	if rpoZero.MatchString(in.facts.prose) && !strings.Contains(in.facts.prose, "RPO | RTO") {
		if m := rpoText.FindStringSubmatch(in.facts.prose); m == nil || minutes(m[1], m[2]) == 0 {
			return 0, true
		}
	}
	if m := rpoText.FindStringSubmatch(in.facts.prose); m != nil {
		return minutes(m[1], m[2]), true
	}
	return 0, false
}

// reachable is the best RPO in minutes that the texts promise, and by what.
func reachable(sync string, backup []chapter.Item) (float64, string) {
	plain := strings.ReplaceAll(sync, "半同步", "")
	if strictSync.MatchString(plain) {
		return 0, "同步复制"
	}
	best, how := math.Inf(1), "未说明的复制方式"
	if asyncSync.MatchString(sync) || strings.Contains(sync, "复制") {
		best, how = 24*60, "异步复制"
	}
	if semiSync.MatchString(sync) {
		best, how = 1, "半同步复制"
	}
	for _, it := range backup {
		if it.Label != "备份策略" && it.Label != "恢复目标" {
			continue
		}
		switch m := everyMin.FindStringSubmatch(it.Text); {
		case liveLog.MatchString(it.Text):
			best = min(best, 1)
		case m != nil:
			best = min(best, minutes(m[1], m[2]))
		case everyHour.MatchString(it.Text):
			best = min(best, 60)
		}
	}
	if math.IsInf(best, 1) {
		return 0, ""
	}
	return best, how
}

func minutesText(m float64) string {
	return strconv.FormatFloat(m, 'f', -1, 64) + "分钟"
}

func syncEngine(in *input) []hit {
	have := map[string]bool{}
	for _, row := range in.doc.Instances {
		if e, ok := engineIn(row.Engine); ok {
			have[e.name] = true
		}
	}
	if len(have) == 0 {
		return nil
	}
	related := map[string][]string{"MySQL": {"MariaDB", "PolarDB", "TiDB", "OceanBase"}, "PostgreSQL": {"GaussDB"}}
	for _, it := range in.doc.Primary {
		e, ok := engineIn(it.Text)
		if it.Label != "同步方式" || !ok || have[e.name] || slices.ContainsFunc(related[e.name], func(n string) bool { return have[n] }) {
			continue
		}
		return []hit{say(it.Line, e.name, e.name, shorten(it.Text, 30))}
	}
	return nil
}

var (
	yearRows  = regexp.MustCompile(`(?:\d+年末?|末)约?\s*([\d.]+\s*[万亿]?)行(?:[、，]\s*约?([\d.]+)\s*(GB|TB))?`)
	splitList = regexp.MustCompile(`((?:[a-z][a-z0-9_]*[、,， ]*)+)(?:分(\d+)库(\d+)(?:张)?表|单库(\d+)(?:张)?表)`)
	tableWord = regexp.MustCompile(`[a-z][a-z0-9_]*`)
)

// claim is a number that the text gives for something.
type claim struct {
	object, what, text string
	value              float64
	line               int
}

// contradictions compares numbers of the same thing in different places: rows
// of a table, its databases and tables, RPO, RTO, how long backups are kept.
func contradictions(in *input) []hit {
	var out []hit
	first := map[string]claim{}
	told := map[string]bool{}
	for _, c := range in.claims() {
		key := c.object + " " + c.what
		f, ok := first[key]
		switch {
		case !ok:
			first[key] = c
		case math.Abs(f.value-c.value) > 0.02*math.Max(f.value, c.value) && !told[key]:
			told[key] = true
			out = append(out, say(c.line, c.object, c.object, c.what, f.text, c.text))
		}
	}
	return out
}

func (in *input) claims() []claim {
	var out []claim
	for _, it := range in.facts.items {
		out = append(out, timeClaims(it)...)
		for _, t := range in.schema.Tables {
			out = append(out, rowClaims(t.Name, it)...)
		}
		for _, m := range splitList.FindAllStringSubmatch(it.Text, -1) {
			for _, t := range tableWord.FindAllString(m[1], -1) {
				if _, ok := in.schema.Table(t); !ok {
					continue
				}
				if m[2] != "" {
					out = append(out, claim{t, "库数", m[2] + "库", float64(integer(m[2])), it.Line})
				}
				out = append(out, claim{t, "表数", m[3] + m[4] + "表", float64(integer(m[3] + m[4])), it.Line})
			}
		}
	}
	for _, s := range in.facts.splits {
		if s.table == nil {
			continue
		}
		if s.d > 0 && s.app() {
			out = append(out, claim{s.table.Name, "库数", fmt.Sprintf("%d库", s.d), float64(s.d), s.dLine})
		}
		if s.n > 0 && s.app() {
			out = append(out, claim{s.table.Name, "表数", fmt.Sprintf("%d表", s.n), float64(s.n), s.line})
		}
		for _, it := range s.items {
			if m := yearRows.FindStringSubmatch(it.Text); m != nil {
				out = append(out, claim{s.table.Name, "行数", m[1] + "行", quantity(m[1]), it.Line})
			}
		}
	}
	return out
}

// timeClaims are RPO, RTO and retention in one bullet. A bullet that lists
// several cases says nothing about the target.
func timeClaims(it item) []claim {
	var out []claim
	for _, x := range []struct {
		what string
		re   *regexp.Regexp
	}{{"RPO", rpoText}, {"RTO", rtoText}} {
		if all := x.re.FindAllStringSubmatch(it.Text, -1); len(all) == 1 {
			out = append(out, claim{"整体", x.what, all[0][1] + all[0][2], minutes(all[0][1], all[0][2]), it.Line})
		}
	}
	if it.section != chapter.Backup {
		return out
	}
	if m := fullKept.FindStringSubmatch(it.Text); m != nil && strings.Contains(it.Text, "保留") {
		out = append(out, claim{"全量备份", "保留时间", m[1] + m[2], float64(days(m[1], m[2])), it.Line})
	}
	return out
}

// rowClaims are 表约N行 in one bullet.
func rowClaims(table string, it item) []claim {
	i := strings.Index(it.Text, table+"约")
	if i < 0 || i > 0 && wordByte(it.Text[i-1]) {
		return nil
	}
	m := leadingRows.FindStringSubmatch(it.Text[i+len(table+"约"):])
	if m == nil {
		return nil
	}
	return []claim{{table, "行数", m[1] + "行", quantity(m[1]), it.Line}}
}

var leadingRows = regexp.MustCompile(`^\s*([\d.]+\s*[万亿]?)行`)

// quantity reads 14.8亿, 1474万, 2,600.
func quantity(s string) float64 {
	s = strings.TrimSpace(strings.NewReplacer(",", "", "，", "", " ", "").Replace(s))
	unit := 1.0
	switch {
	case strings.HasSuffix(s, "亿"):
		unit = 1e8
	case strings.HasSuffix(s, "万"):
		unit = 1e4
	case strings.HasSuffix(s, "千"):
		unit = 1e3
	}
	v, _ := strconv.ParseFloat(strings.TrimRight(s, "亿万千"), 64)
	return v * unit
}
