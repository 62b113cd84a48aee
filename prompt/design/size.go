package design

import (
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// measure computes the table at the end of the horizon (domain.md §3.6).
func (b *builder) measure(d *draft) {
	v := d.Entity.Volume
	daily := float64(v.RowsPerDay.Or(0))
	d.Size = Size{
		Rows:  b.growth.Rows(float64(v.RowsNow.Or(0)), daily, d.Keep),
		TPS:   b.growth.PeakTPS(daily, b.writesPerRow(d), b.brief.System.PeakFactor.Or(8)),
		Daily: daily,
	}
	switch {
	case d.Dialect == ClickHouse:
		d.measureColumnar()
	case d.Dialect.Relational() || d.Dialect == Doris:
		d.measureRows()
	default:
		d.measureDocuments()
	}
}

// writesPerRow is the brief's, else one for the insert and up to two for the
// states of status (domain.md §1.5, decisions.md 21).
func (b *builder) writesPerRow(d *draft) float64 {
	if w := d.Entity.Volume.WritesPerRow; w.Set {
		return w.V
	}
	for _, a := range d.attrs {
		if a.names[0] == "status" && len(a.Enum) > 0 {
			return 1 + float64(min(len(a.Enum)-1, 2))
		}
	}
	return 1
}

func (t *Table) sumColumns() (nullable, variable, sum int) {
	for _, c := range t.Columns {
		sum += c.Bytes
		if strings.HasPrefix(c.Null, "NULL") {
			nullable++
		}
		if capacity.Variable(c.Type) {
			variable++
		}
	}
	return nullable, variable, sum
}

func (t *Table) indexBytes() []int {
	var out []int
	for _, x := range t.Indexes {
		sum := 0
		for _, name := range x.Columns {
			c, _ := t.Column(name)
			sum += c.Bytes
		}
		out = append(out, capacity.IndexBytes(sum))
	}
	return out
}

func (t *Table) measureRows() {
	t.Size.RowBytes = capacity.RowBytes(t.sumColumns())
	t.Size.PerRow = capacity.PerRow(t.Size.RowBytes, t.indexBytes()...)
	t.Size.GB = capacity.Gigabytes(t.Size.Rows, t.Size.PerRow)
}

func (t *Table) measureColumnar() {
	for _, c := range t.Columns {
		t.Size.RowBytes += capacity.ClickHouseBytes(clickHouseType(c), c.Bytes)
	}
	t.Size.PerRow = float64(t.Size.RowBytes) / capacity.ClickHouseRatio
	t.Size.GB = capacity.ClickHouseGB(t.Size.Rows, t.Size.RowBytes)
}

// documentRatio is what block compression is taken to save on documents.
const documentRatio = 2

// measureDocuments estimates a document: its values, twelve bytes for each
// field name, compressed; indexes as in InnoDB. The domain gives no formula
// for documents, so the number only decides on shards and is not printed.
func (t *Table) measureDocuments() {
	_, _, sum := t.sumColumns()
	t.Size.RowBytes = sum + 12*len(t.Columns)
	t.Size.PerRow = capacity.PerRow(t.Size.RowBytes/documentRatio, t.indexBytes()...)
	t.Size.GB = capacity.Gigabytes(t.Size.Rows, t.Size.PerRow)
}

// finite says whether rows leave the table by age.
func (d *draft) finite() bool { return d.Keep > 0 }

func (d *draft) kindIn(kinds ...brief.Kind) bool {
	for _, k := range kinds {
		if d.Entity.Kind == k {
			return true
		}
	}
	return false
}
