package design

import (
	"slices"
	"strings"
	"time"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// Partitions by day from this many rows a day, or when rows stay this many
// days at most (domain.md §3.7 D3); the DDL names the first ones only (§3.10).
const (
	dailyRows      = 5e6
	dailyKeep      = 31
	partitionCount = 3
)

// fallbackDate names partitions of a brief that has no base date.
const fallbackDate = "2027-01-01"

// partition is the native partition clause of a D3 table.
func (b *builder) partition(d *draft) *Partition {
	column := d.timeColumn()
	c, ok := d.Column(column)
	if !ok {
		return nil
	}
	return b.partitionBy(column, c.Type, d.Size.Daily >= dailyRows || d.Keep <= dailyKeep)
}

func (b *builder) partitionBy(column, typ string, daily bool) *Partition {
	name, _ := capacity.ParseType(typ)
	p := &Partition{Column: column, Type: name, Daily: daily}
	day, err := time.Parse(time.DateOnly, b.brief.BaseDate)
	if err != nil {
		day, _ = time.Parse(time.DateOnly, fallbackDate)
	}
	layout, step := "20060102", func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }
	if !daily {
		day = day.AddDate(0, 0, 1-day.Day())
		layout, step = "200601", func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
	}
	for range partitionCount {
		next := step(day)
		p.Names = append(p.Names, "p"+day.Format(layout))
		p.Bounds = append(p.Bounds, next.Format(time.DateOnly))
		day = next
	}
	return p
}

// setPrimary gives the table its final key: an id that grows, one from a
// generator when tables are split, with the partition key where the server
// asks for it, or the sort key of a column store.
func (b *builder) setPrimary(d *draft) {
	switch {
	case d.Dialect == ClickHouse || d.Dialect == Doris && d.kindIn(brief.Event, brief.Log):
		d.Primary = b.sortKey(d)
		return
	case len(d.Columns) == 0 || d.Columns[0].Name != "id":
		return
	}
	id := &d.Columns[0]
	id.Extra, id.Comment = "AUTO_INCREMENT", d.Title+"ID"
	d.Primary = []string{"id"}
	switch {
	case d.Split():
		id.Extra, id.Comment = "", d.Title+"ID（雪花算法，全局唯一）"
	case d.Dialect == TiDB && d.Part == nil:
		id.Extra = "AUTO_RANDOM"
	}
	if p := d.partitionColumn(); p != "id" && d.Has(p) {
		d.Primary = append(d.Primary, p)
		if c := d.column(p); strings.HasPrefix(c.Null, "NULL") {
			c.Null = "NOT NULL"
		}
	}
}

func (d *draft) column(name string) *Column {
	i := slices.IndexFunc(d.Columns, func(c Column) bool { return c.Name == name })
	return &d.Columns[i]
}

// sortKey orders a column store: equality columns, the least selective first,
// then time, then what makes the row unique (domain.md §3.9).
func (b *builder) sortKey(d *draft) []string {
	var out []string
	add := func(c string) {
		if c != "" && len(out) < 5 && d.Has(c) && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for _, n := range d.needs {
		if n.access.Op != "list" && n.access.Op != "get" || len(n.eq) == 0 {
			continue
		}
		eq := slices.Clone(n.eq)
		slices.SortStableFunc(eq, func(x, y string) int { return d.cardinality(y) - d.cardinality(x) })
		for _, c := range eq[:min(len(eq), 3)] {
			add(c)
		}
		break
	}
	when, _ := d.eventTime()
	add(when)
	if d.Has("event_id") {
		add("event_id")
		return out
	}
	for _, a := range d.attrs {
		if hasAnySuffix(a.names[0], "_no", "_code", "_id") && !strings.HasPrefix(d.null(a.names[0]), "NULL") {
			add(a.names[0])
		}
	}
	if len(out) == 0 && len(d.Columns) > 0 {
		add(d.Columns[0].Name)
	}
	return out
}
