package design

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// profiles are the thresholds by name (domain.md §3.7, decisions.md 23).
var profiles = map[string]Threshold{
	"ali":      {Rows: 5e6, GB: 2, TPS: 1500},
	"classic":  {Rows: 2e7, GB: 50, TPS: 1500},
	"balanced": {Rows: 5e7, GB: 100, TPS: 1500},
	"modern":   {Rows: 2e8, GB: 200, TPS: 3000},
}

// Bounds of the ladder that no profile changes (domain.md §3.7).
const (
	watchedRows   = 5e6  // D1, and partitions for events and logs
	rowsPerTable  = 1e7  // of a split table
	maxTables     = 1024 // beyond it a distributed database
	hugeRows      = 5e9
	hugeGB        = 10e3
	hotDays       = 730 // what D2 keeps online
	partitionGB   = 1e3 // native partitions up to here
	partitionTPS  = 3e3
	narrowRows    = 1e8 // relation and config in the balanced profile
	smallestSplit = 4
)

// Threshold is when a table of that kind has to be judged for splitting.
func (b *builder) threshold(k brief.Kind) Threshold {
	t, ok := profiles[b.brief.System.ThresholdProfile]
	if !ok {
		t = profiles["balanced"]
	}
	if db, ok := b.firstOf("oltp"); ok {
		t.GB = ownLimit(db.Limits.TableGB, 100, t.GB)
		t.TPS = ownLimit(db.Limits.WriteTPS, 1500, t.TPS)
	}
	for _, x := range []struct{ own, field *float64 }{
		{&b.house.Thresholds.Rows, &t.Rows}, {&b.house.Thresholds.GB, &t.GB}, {&b.house.Thresholds.TPS, &t.TPS},
	} {
		if *x.own > 0 {
			*x.field = *x.own
		}
	}
	if k == brief.Relation || k == brief.Config {
		t.Rows *= 2
	}
	return t
}

// ownLimit is a limit of the brief where it differs from the default that
// completing a brief writes, else what the profile or the house says.
func ownLimit(l brief.Opt[float64], written, def float64) float64 {
	if l.Set && l.V > 0 && l.V != written {
		return l.V
	}
	return def
}

// limits are the bounds of one database: the brief's, the house's, defaults.
func (b *builder) limits() Limits {
	l := b.house.Limits
	if l.InstanceGB == 0 {
		l.InstanceGB = 500
	}
	if l.ShardGB == 0 {
		l.ShardGB = 400
	}
	if l.WriteTPS == 0 {
		l.WriteTPS = capacity.SafeWrites
	}
	if db, ok := b.firstOf("oltp"); ok {
		l.InstanceGB = ownLimit(db.Limits.InstanceGB, 500, l.InstanceGB)
		l.ShardGB = ownLimit(db.Limits.ShardGB, 400, l.ShardGB)
		l.WriteTPS = ownLimit(db.Limits.WriteTPS, 1500, l.WriteTPS)
	}
	return l
}

// reached says whether one of the three thresholds is.
func (t Threshold) reached(rows, gb, tps float64) bool {
	return rows >= t.Rows || gb >= t.GB || tps >= t.TPS
}

// judge puts every table on its rung: first what a table decides alone (D6,
// D2, D3), then the groups of those to be split (D5, D4), the rest stays
// single (D1, D0) (domain.md §3.7).
func (b *builder) judge() {
	var pending []*draft
	for _, d := range b.drafts {
		if !d.Dialect.Relational() {
			b.judgeDocuments(d)
			continue
		}
		d.Verdict = Verdict{Databases: 1, Tables: 1, Genes: 1, HotDays: d.Keep, HotRows: d.Size.Rows}
		if d.Verdict.Level = b.alone(d); d.Verdict.Level == D4 || d.Verdict.Level == D6 {
			pending = append(pending, d)
		}
	}
	b.bind(pending)
	b.splitGroups()
	for _, g := range b.groups {
		b.routeGroup(g)
	}
	for _, d := range b.drafts {
		if d.Verdict.Level == D3 && !(d.Dialect == TiDB && d.kindIn(brief.Event, brief.Log)) {
			d.Part = b.partition(d)
		}
		if when := d.timeColumn(); d.Dialect == TiDB && d.expires() && when != "" {
			d.TTL = fmt.Sprintf("%s + INTERVAL %d DAY", when, d.Keep)
		}
		b.explain(d)
	}
}

// One MongoDB replica set is enough up to here (domain.md §3.7).
const (
	documentGB  = 1e3
	documentTPS = 3e3
)

// judgeDocuments gives a collection that outgrows one replica set a hashed
// shard key; the ladder itself is for relational engines.
func (b *builder) judgeDocuments(d *draft) {
	if d.Dialect == MongoDB && (d.Size.GB > documentGB || d.Size.TPS > documentTPS) {
		d.Verdict.Key, d.Verdict.Hash = b.bestDimension(d), "hashed"
		d.Verdict.Reason = "超过单副本集的1TB或3000 TPS，按高基数等值字段哈希分片"
	}
}

// alone is the rung a table reaches by itself; D4 stands for "to be split".
func (b *builder) alone(d *draft) Level {
	s, t := d.Size, b.threshold(d.Entity.Kind)
	reached := t.reached(s.Rows, s.GB, s.TPS)
	switch {
	case reached && b.distributed(d):
		return D6
	case reached && b.cools(d, t):
		return D2
	case b.partitions(d, reached):
		return D3
	case reached:
		return D4
	case s.Rows >= watchedRows:
		return D1
	}
	return D0
}

// distributed says whether routing by hand would not hold (D6).
func (b *builder) distributed(d *draft) bool {
	s := d.Size
	tables := capacity.PowerOfTwo(s.Rows / rowsPerTable)
	return tables > maxTables || s.Rows > hugeRows || s.GB > hugeGB || len(b.hotDimensions(d)) >= 3
}

// cools says whether keeping two years online is enough (D2).
func (b *builder) cools(d *draft, t Threshold) bool {
	if d.finite() || !d.kindIn(brief.Txn, brief.Detail, brief.Ledger) {
		return false
	}
	v := d.Entity.Volume
	rows := b.growth.Rows(float64(v.RowsNow.Or(0)), d.Size.Daily, hotDays)
	if t.reached(rows, capacity.Gigabytes(rows, d.Size.PerRow), d.Size.TPS) {
		return false
	}
	d.Verdict.HotDays, d.Verdict.HotRows = hotDays, rows
	return true
}

// partitions says whether native partitions by time are enough (D3): rows
// leave by age and no business key forbids time in the unique keys.
func (b *builder) partitions(d *draft, reached bool) bool {
	s := d.Size
	log := d.kindIn(brief.Event, brief.Log)
	if !reached && !(log && s.Rows >= watchedRows) || !log && !d.kindIn(brief.Ledger, brief.Snapshot) {
		return false
	}
	timeless := func(k key) bool { return !k.number && !d.namesTime(k.names) }
	return d.finite() && s.GB < partitionGB && s.TPS < partitionTPS && !slices.ContainsFunc(d.keys, timeless)
}

// namesTime says whether a unique key already contains the partition key.
func (d *draft) namesTime(names []string) bool { return slices.Contains(names, d.timeColumn()) }

// timeColumn is the first time attribute that is never empty, else created_at
// (domain.md §3.10).
func (d *draft) timeColumn() string {
	for _, c := range d.Columns {
		if !c.System && (isTimeType(c.Type) || c.Type == "DATE") && strings.HasPrefix(c.Null, "NOT NULL") {
			return c.Name
		}
	}
	for _, c := range d.Columns {
		if c.System && isTimeType(c.Type) {
			return c.Name
		}
	}
	return ""
}
