package brief

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// fillVolumes gives every entity its rows (domain.md §3.6.7) and how long they
// are kept (§1.5, §3.10).
func (c *completion) fillVolumes() {
	for i := range c.Entities {
		c.fillRetention(i, map[int]bool{})
	}
	for i := range c.Entities {
		c.fillDaily(i, map[int]bool{})
	}
	for i := range c.Entities {
		c.fillRowsNow(i)
		c.fillArchive(i)
		c.fillWrites(i)
	}
}

// parentOf is the entity whose rows those of entity i follow: the document or
// master it refers to first; documents come before others.
func (c *completion) parentOf(i int) int {
	best := -1
	for _, a := range c.Entities[i].Attrs {
		k := slices.IndexFunc(c.Entities, func(x Entity) bool { return a.Ref != "" && x.Table == a.Ref })
		if k < 0 || k == i {
			continue
		}
		if c.Entities[k].Kind == Txn {
			return k
		}
		if best < 0 {
			best = k
		}
	}
	return best
}

var retentions = map[Kind]int{Txn: 730, Ledger: 1095, Event: 180, Log: 190, Snapshot: 1095, Detail: 730}

func (c *completion) fillRetention(i int, seen map[int]bool) int {
	e := &c.Entities[i]
	v := &e.Volume.RetentionDays
	if v.Set || seen[i] {
		return v.Or(retentions[e.Kind])
	}
	seen[i] = true
	days := retentions[e.Kind]
	source := FromDefault
	if p := c.parentOf(i); e.Kind == Detail && p >= 0 {
		days, source = c.fillRetention(p, seen), FromDerived
	}
	fill(c, v, days, Assumption{
		Path: entityPath(i, "volume.retention_days"), Label: "「" + e.Name + "」在线保留", Value: daysText(days), Source: source,
		Rule: "V45", Effect: "能归档就不用分片，改短会降低结论等级",
	})
	return v.V
}

// daysText is 365天, or 长期 for 0.
func daysText(days int) string {
	if days == 0 {
		return "长期"
	}
	return fmt.Sprintf("%d天", days)
}

func (c *completion) fillDaily(i int, seen map[int]bool) float64 {
	e := &c.Entities[i]
	v := &e.Volume.RowsPerDay
	if v.Set || seen[i] {
		return float64(v.Or(1))
	}
	seen[i] = true
	rows, rule := c.dailyRule(i, seen)
	n := int64(max(1, math.Floor(rows+0.5)))
	fill(c, v, n, Assumption{
		Path: entityPath(i, "volume.rows_per_day"), Label: "「" + e.Name + "」日增行数", Value: FormatCount(n), Source: FromDerived,
		Rule: rule, Effect: "分库分表的主要依据",
	})
	return float64(n)
}

// dailyRule is rows a day by kind with the rule said in words.
func (c *completion) dailyRule(i int, seen map[int]bool) (rows float64, rule string) {
	e := c.Entities[i]
	dau := float64(c.System.DAU.V)
	paper := dau * 0.2
	parent := "交易单据"
	if p := c.parentOf(i); p >= 0 && (e.Kind == Detail || e.Kind == Ledger) {
		paper, parent = c.fillDaily(p, seen), "「"+c.Entities[p].Name+"」日增"
	}
	switch e.Kind {
	case Txn:
		return dau * 0.2, "日活×0.2"
	case Detail:
		return paper * 2.5, parent + "×2.5"
	case Ledger:
		return paper * 1.2, parent + "×1.2"
	case Relation:
		return dau * 0.5, "日活×0.5"
	case Event:
		return dau * 50, "日活×50"
	case Log:
		return dau * 40, "日活×40"
	case Snapshot:
		return dau * 0.01, "日活×0.01"
	case Config:
		return 1, "配置类固定每天1行"
	}
	if c.isPerson(e) {
		return dau * 0.01, "日活×0.01"
	}
	return 0.001 * float64(e.Volume.RowsNow.Or(resourceRows(dau))), "现有行数×0.1%"
}

func resourceRows(dau float64) int64 { return int64(math.Floor(max(1000, dau*0.1) + 0.5)) }

func (c *completion) fillRowsNow(i int) {
	e := &c.Entities[i]
	dau := float64(c.System.DAU.V)
	var rows int64
	var rule string
	switch {
	case e.Kind == Config:
		rows, rule = 1000, "配置类固定1000行"
	case e.Kind != Master && e.Kind != Counter:
		days := e.Volume.RetentionDays.V
		if days <= 0 || days > 365 {
			days = 365
		}
		rows, rule = e.Volume.RowsPerDay.V*int64(days), fmt.Sprintf("日增×%d天", days)
	case c.isPerson(*e):
		rows, rule = int64(math.Floor(dau*10+0.5)), "日活×10"
	default:
		rows, rule = resourceRows(dau), "max(1000, 日活×0.1)"
	}
	fill(c, &e.Volume.RowsNow, rows, Assumption{
		Path: entityPath(i, "volume.rows_now"), Label: "「" + e.Name + "」现有行数", Value: FormatCount(rows), Source: FromDerived,
		Rule: rule, Effect: "规划期末行数的起点",
	})
}

// fillWrites counts the states a row goes through (domain.md §1.5,
// decisions.md 21).
func (c *completion) fillWrites(i int) {
	e := &c.Entities[i]
	writes := 1.0
	for _, a := range e.Attrs {
		if slices.Contains([]string{"status", "state", "stage"}, a.Column) && len(a.Enum) > 0 {
			writes = 1 + math.Min(float64(len(a.Enum)-1), 2)
			break
		}
	}
	fillQuiet(c, &e.Volume.WritesPerRow, writes, entityPath(i, "volume.writes_per_row"), FromDerived)
}

// archiveRule is one row of domain.md §3.10.
type archiveRule struct {
	fits   func(*completion, Entity) bool
	days   int
	effect string
	open   bool
}

var archiveRules = []archiveRule{
	{func(c *completion, e Entity) bool {
		return e.Kind == Log && slices.Contains(c.System.Compliance, "PCI")
	}, 365, "PCI 审计日志留存口径待确认", true},
	{func(_ *completion, e Entity) bool { return e.Kind == Log }, 190, "网络日志留存不少于六个月", false},
	{func(c *completion, e Entity) bool { return c.System.Domain == "payment" && isPaper(e) }, 3650, "支付与清结算资料留存年限待法务确认", true},
	{func(c *completion, e Entity) bool {
		return c.System.Domain == "medical" && isPaper(e) && containsAny(e.Name, "病历", "就诊", "处方", "诊断", "医嘱", "检查", "检验")
	}, 5475, "病历留存年限待法务确认", true},
	{func(_ *completion, e Entity) bool { return isPaper(e) }, 1095, "留存口径待法务确认", true},
}

func isPaper(e Entity) bool { return e.Kind == Txn || e.Kind == Detail || e.Kind == Ledger }

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// fillArchive is how long rows are kept in all; what stays online for ever
// needs no archive.
func (c *completion) fillArchive(i int) {
	e := &c.Entities[i]
	keep := e.Volume.RetentionDays.V
	days, effect, open := keep, "在线保留期满即删除", false
	if keep > 0 {
		for _, r := range archiveRules {
			if r.fits(c, *e) {
				days, effect, open = max(r.days, keep), r.effect, r.open
				break
			}
		}
	}
	path := entityPath(i, "volume.archive_days")
	if e.Volume.ArchiveDays.Set {
		return
	}
	if days <= keep {
		e.Volume.ArchiveDays = Some(days)
		c.quiet(path, FromDefault)
		return
	}
	fill(c, &e.Volume.ArchiveDays, days, Assumption{
		Path: path, Label: "「" + e.Name + "」归档保留", Value: daysText(days), Rule: "domain.md §3.10", Effect: effect, Open: open,
	})
}
