package design

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// need is an access pattern as an index sees it: equality columns, then the
// column sorted by or compared with <.
type need struct {
	access brief.Access
	eq     []string // stored columns
	tail   string
	weight float64
}

// readAccess turns the access patterns of the entity into needs.
func (b *builder) readAccess(d *draft) {
	for i, w := range weights(d.Entity.Access, false) {
		acc := d.Entity.Access[i]
		n := &need{access: acc, weight: w}
		for _, name := range acc.Eq {
			if c := d.storedAs(name); d.Has(c) && !slices.Contains(n.eq, c) {
				n.eq = append(n.eq, c)
			}
		}
		if b.firstColumn(d) != "" && len(n.eq) > 0 {
			n.eq = leadWith("tenant_id", n.eq)
		}
		n.eq = d.byCardinality(n.eq, b.firstColumn(d))
		n.tail = d.tailOf(acc)
		if slices.Contains(n.eq, n.tail) {
			n.tail = ""
		}
		d.needs = append(d.needs, n)
	}
}

// firstColumn is what every index of a tenant's table starts with.
func (b *builder) firstColumn(d *draft) string {
	if b.tenanted(d) && d.Has("tenant_id") {
		return "tenant_id"
	}
	return ""
}

// tailOf is the sort column, else the range column. A sort by id needs none
// where every secondary index ends with the primary key; PostgreSQL's end with
// a place in a heap.
func (d *draft) tailOf(acc brief.Access) string {
	for _, name := range []string{acc.Sort, acc.Range} {
		if c := d.storedAs(name); name != "" && (c != "id" || d.Dialect == PostgreSQL) && d.Has(c) {
			return c
		}
	}
	return ""
}

// weights are how much of the entity's traffic each pattern is: its own QPS,
// else by kind, a missing one scaled down beside given ones; with plain every
// pattern counts by kind only (domain.md §3.5, §3.6.9).
func weights(patterns []brief.Access, plain bool) []float64 {
	smallest := 0.0
	for _, a := range patterns {
		if q := a.QPS.Or(0); q > 0 && (smallest == 0 || q < smallest) && !plain {
			smallest = q
		}
	}
	out := make([]float64, len(patterns))
	for i, a := range patterns {
		w := kindWeight(a.Op)
		if a.Hot && !plain {
			w *= 5
		}
		switch q := a.QPS.Or(0); {
		case plain:
		case q > 0:
			w = q
		case smallest > 0:
			w *= smallest / 100
		}
		out[i] = w
	}
	return out
}

func kindWeight(op string) float64 {
	switch op {
	case "get", "uk":
		return 3
	case "list":
		return 2
	}
	return 1
}

// byCardinality puts the most selective equality columns first: shard key,
// references and numbers, codes and dates, states (domain.md §3.5.3).
func (d *draft) byCardinality(columns []string, first string) []string {
	rank := func(c string) int {
		if c == first {
			return 0
		}
		return d.cardinality(c)
	}
	columns = slices.Clone(columns)
	slices.SortStableFunc(columns, func(x, y string) int { return rank(x) - rank(y) })
	return columns
}

// cardinality is 1 for ids and numbers, 2 for codes, dates and words, 3 for
// states.
func (d *draft) cardinality(column string) int {
	c, ok := d.Column(column)
	name, _ := capacity.ParseType(c.Type)
	switch {
	case !ok:
		return 2
	case name == "TINYINT":
		return 3
	case c.Ref != "", hasAnySuffix(column, "_no", "_id", "_hash"), column == "id":
		return 1
	}
	return 2
}

func hasAnySuffix(s string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(s, e) })
}

// lowCardinality says whether a column alone selects next to nothing.
func (d *draft) lowCardinality(column string) bool { return d.cardinality(column) == 3 }

// orderByShardKey moves the shard key to the front of every need that has it.
func (b *builder) orderByShardKey(d *draft) {
	if d.Verdict.Key == "" {
		return
	}
	first := b.firstColumn(d)
	if first == "" {
		first = d.Verdict.Key
	}
	for _, n := range d.needs {
		n.eq = d.byCardinality(n.eq, first)
	}
}
