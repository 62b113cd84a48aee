package check

import (
	"math"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
	"dbchapter/prompt/pattern"
)

// constants are numbers that the rules of domain.md §3.7–§3.14 state: limits,
// thresholds, waits, cycles, shares. A chapter may use them without a source.
var constants = []float64{
	0, 0.1, 0.2, 0.5, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 16, 20, 24, 25, 28, 30, 32, 35, 40, 42, 50, 60, 64, 70, 72, 80, 85, 90, 95, 99,
	100, 128, 150, 180, 190, 200, 256, 300, 365, 400, 500, 512, 600, 800, 1000, 1024, 1095, 1500, 3000, 3072, 4800, 5000, 8000, 10000, 15000,
	20000, 50000, 100000, 1e6, 5e6, 1e7, 2e7, 3.5e7, 5e7, 1e8, 5e9,
}

var (
	countedText = pattern.New(`\d[\d,]*(?:\.\d+)?\s*[万亿千]?`)
	notCounted  = pattern.New("`[^`]*`|[A-Za-z_][A-Za-z0-9_.]*\\d[A-Za-z0-9_.]*|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}:\\d{2}|(?:MySQL|Redis|PostgreSQL|ClickHouse|MongoDB|TiDB|Kafka|Elasticsearch)\\s*\\d[\\d.]*|\\b0\\d+\\b|\\b\\d{6,8}\\b")
)

// numbersIn are the different numbers of a text; code, versions, dates, times
// of day and parts of names are none.
func numbersIn(text string) []float64 {
	text = notCounted.ReplaceAllString(text, " ")
	var out []float64
	for _, m := range countedText.FindAllString(text, -1) {
		if v := quantity(strings.TrimRight(m, ",")); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// known are the numbers that a chapter can take from its brief.
type known struct {
	exact []float64
	near  []float64 // results of formulas: within 15 %
}

func (k *known) is(vs ...float64)    { k.exact = append(k.exact, vs...) }
func (k *known) about(vs ...float64) { k.near = append(k.near, vs...) }

func (k *known) has(v float64) bool {
	if slices.Contains(k.exact, v) || slices.Contains(constants, v) {
		return true
	}
	return slices.ContainsFunc(k.near, func(n float64) bool { return n > 0 && math.Abs(n-v) <= 0.15*n })
}

// knownNumbers collects the numbers of the brief and of the design.
func (in *input) knownNumbers() *known {
	k := &known{}
	if in.design == nil {
		return k
	}
	d := in.design
	k.addSystem(d.Brief.System)
	for _, s := range d.Brief.Services {
		k.is(float64(s.Pods.Or(0)))
	}
	for _, db := range d.Brief.Databases {
		k.is(float64(db.Replicas.Or(0)), float64(db.Shards.Or(0)), float64(db.ShardMemoryGB.Or(0)), float64(db.CPU.Or(0)), float64(db.MemoryGB.Or(0)), float64(db.MaxConns.Or(0)))
	}
	sumRows, sumGB := 0.0, 0.0
	for _, t := range d.Tables {
		k.addTable(t)
		sumRows, sumGB = sumRows+t.Size.Rows, sumGB+t.Size.GB
	}
	k.about(sumRows, sumGB, sumGB/1000, float64(len(d.Tables)), float64(len(d.Brief.Services)))
	for _, i := range d.Instances {
		k.is(float64(i.CPU), float64(i.MemoryGB))
		k.about(i.GB, i.TPS, i.GB*1000/150/60)
	}
	for _, s := range d.Services {
		k.is(float64(s.Pool), float64(s.Pods), float64(s.Pool*s.Pods), float64(s.Replicas), float64(s.Databases))
		k.about(s.GB, s.TPS)
	}
	if d.Outbox != nil {
		k.about(d.Outbox.Rows)
		for _, code := range d.Outbox.Services {
			k.about(d.Outbox.Daily[code])
		}
	}
	return k
}

func (k *known) addTable(t *design.Table) {
	v := t.Verdict
	k.is(float64(v.Databases), float64(v.Tables), float64(v.Genes), float64(t.Keep))
	k.about(t.Size.Rows, t.Size.GB, t.Size.TPS, t.Size.Daily, v.HotRows, float64(t.Size.RowBytes))
	if v.Tables > 0 {
		k.about(t.Size.Rows/float64(v.Tables), float64(v.Tables)/float64(max(v.Databases, 1)))
	}
	if t.Entity != nil {
		archive := float64(t.Entity.Volume.ArchiveDays.Or(0))
		k.is(float64(t.Entity.Volume.RetentionDays.Or(0)), archive, archive/365)
		k.about(float64(t.Entity.Volume.RowsPerDay.Or(0)), float64(t.Entity.Volume.RowsNow.Or(0)))
	}
}

func (k *known) addSystem(s brief.System) {
	read, hit := float64(s.PeakReadQPS.Or(0)), s.CacheHit.Or(0)
	k.is(float64(s.DAU.Or(0)), read, float64(s.PeakWriteTPS.Or(0)), s.Growth.Or(0)*100, float64(s.HorizonYears.Or(0)), s.PeakFactor.Or(0),
		math.Round(hit*1000)/10, float64(s.RPOMinutes.Or(0)), float64(s.RTOMinutes.Or(0)))
	k.about(read*(1-hit), quantity(s.SLA))
}
