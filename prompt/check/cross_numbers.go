package check

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/pattern"
)

// The words in which numbers with units are written.
var (
	fullKept = pattern.New(`全量[^，。；\d]{0,12}?(\d+)\s*(天|日|周|个月|月|年)`)
	logKept  = pattern.New(`(?i)(?:增量|binlog|WAL|归档日志)[^，。；\d]{0,16}?(\d+)\s*(天|日|周|个月|月|年)`)
	rpoText  = pattern.New(`(?i)RPO[^\d，。；、|]{0,6}(\d+(?:\.\d+)?)\s*(毫秒|秒|分钟|分|小时|s\b|min\b|h\b)`)
	rtoText  = pattern.New(`(?i)RTO[^\d，。；、|]{0,6}(\d+(?:\.\d+)?)\s*(毫秒|秒|分钟|分|小时|s\b|min\b|h\b)`)
	rpoZero  = pattern.New(`(?i)RPO\s*(?:=|＝|为|≤|<=)\s*0`)
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
	strictSync = pattern.New(`(?i)MGR|组复制|Raft|Paxos|同步提交|synchronous_commit|强同步|三副本|多数派|Galera|同步复制`)
	semiSync   = pattern.New(`半同步`)
	asyncSync  = pattern.New(`异步复制|异步`)
	liveLog    = pattern.New(`实时|持续归档|流式|--stop-never`)
	everyMin   = pattern.New(`每\s*(\d+)\s*(分钟|小时)`)
	everyHour  = pattern.New(`每小时`)
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
	if m := rpoText.FindStringSubmatch(in.facts.prose); m != nil {
		return minutes(m[1], m[2]), true
	}
	return 0, rpoZero.MatchString(in.facts.prose)
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
