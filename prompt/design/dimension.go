package design

import (
	"slices"
	"strings"
)

// dimension is a column by which rows are looked up online, as a candidate for
// the shard key.
type dimension struct {
	column string
	coef   float64 // by cardinality: 1.0 ids and numbers, 0.6 codes, 0.3 dates
	hits   float64 // weight of the patterns that name it
	score  float64
}

// bestDimension scores the online dimensions (domain.md §3.7 ⑤). A column
// that few values share out badly, like a lot or a warehouse, and one that may
// be empty is no key; the table's own number is better then.
func (b *builder) bestDimension(d *draft) string {
	dims, total := b.dimensions(d)
	var best *dimension
	for i := range dims {
		if x := &dims[i]; x.coef == 1 && (best == nil || x.score > best.score) {
			best = x
		}
	}
	if best != nil && best.score >= total/2 && total > 0 {
		return best.column
	}
	own := ""
	for _, a := range d.attrs {
		if a.ownNumber() && own == "" {
			own = a.names[0]
		}
	}
	if own != "" && (d.gets(own) || b.referred(d, own)) {
		return own
	}
	for i := range dims {
		if x := &dims[i]; best == nil || x.score > best.score {
			best = x
		}
	}
	switch {
	case best != nil && best.score > 0:
		return best.column
	case own != "":
		return own
	}
	return "id"
}

// gets says whether rows are fetched by that column alone.
func (d *draft) gets(column string) bool {
	return slices.ContainsFunc(d.needs, func(n *need) bool {
		return n.access.Op == "get" && len(n.eq) == 1 && n.eq[0] == column
	})
}

// referred says whether another table carries that number.
func (b *builder) referred(d *draft, column string) bool {
	return slices.ContainsFunc(b.drafts, func(o *draft) bool {
		return slices.ContainsFunc(o.attrs, func(a *attribute) bool { return a.ref == d && a.target == column })
	})
}

// dimensions are the equality columns of get, uk and list with their scores,
// and the weight of those patterns. The get by the table's own number counts
// for nothing: the gene serves it.
func (b *builder) dimensions(d *draft) (dims []dimension, total float64) {
	for _, n := range d.needs {
		if n.access.Op != "get" && n.access.Op != "uk" && n.access.Op != "list" {
			continue
		}
		columns := slices.DeleteFunc(slices.Clone(n.eq), func(c string) bool { return d.isOwnNumber(c) || c == "id" })
		if len(columns) == 0 {
			continue
		}
		total += n.weight
		for _, c := range columns {
			i := slices.IndexFunc(dims, func(x dimension) bool { return x.column == c })
			if i < 0 {
				i = len(dims)
				dims = append(dims, dimension{column: c, coef: b.coefficient(d, c)})
			}
			dims[i].hits += n.weight
		}
	}
	for i := range dims {
		dims[i].score = dims[i].hits * dims[i].coef * d.steadiness(dims[i].column)
	}
	return dims, total
}

func (d *draft) isOwnNumber(column string) bool {
	a := d.attrNamed(column)
	return a != nil && a.ownNumber()
}

// coefficient is how evenly a column spreads rows: ids and numbers 1, codes
// 0.6, dates 0.3, states 0; a reference to so few rows that tables stay empty
// counts as a date.
func (b *builder) coefficient(d *draft, column string) float64 {
	c, _ := d.Column(column)
	switch {
	case d.lowCardinality(column), tooLongForUnique(c.Type):
		return 0
	case c.Ref != "" && b.skewed(d, c.Ref):
		return 0.3
	case hasAnySuffix(column, "_no", "_id", "_hash"), c.Ref != "":
		return 1
	case hasAnySuffix(column, "_code"):
		return 0.6
	case c.Type == "DATE" || isTimeType(c.Type):
		return 0.3
	}
	return 0
}

// skewed says whether a referenced table has fewer than a hundred rows for
// each table of the group.
func (b *builder) skewed(d *draft, ref string) bool {
	name, _, _ := strings.Cut(ref, ".")
	target := b.byName[name]
	return target != nil && target.Dialect.Relational() && target.Size.Rows < 100*float64(d.Verdict.Tables)
}

// steadiness is 0 for a column whose value changes, 0.3 for one that may be
// empty (domain.md §3.7).
func (d *draft) steadiness(column string) float64 {
	c, _ := d.Column(column)
	steady := hasAnySuffix(column, "_no", "_id", "_hash", "_code", "_uuid") || c.Ref != "" || c.Type == "DATE"
	if c.Attr != nil {
		steady = c.Attr.Immutable.Or(steady)
	}
	switch {
	case !steady:
		return 0
	case strings.HasPrefix(c.Null, "NULL"):
		return 0.3
	}
	return 1
}

// hotDimensions are the dimensions that each carry a quarter of the traffic
// and never meet in one pattern (D6).
func (b *builder) hotDimensions(d *draft) []string {
	dims, total := b.dimensions(d)
	var out []string
	for _, x := range dims {
		if x.coef < 1 || x.hits < total/4 {
			continue
		}
		together := slices.ContainsFunc(d.needs, func(n *need) bool {
			return slices.Contains(n.eq, x.column) && slices.ContainsFunc(out, func(o string) bool { return slices.Contains(n.eq, o) })
		})
		if !together {
			out = append(out, x.column)
		}
	}
	return out
}
