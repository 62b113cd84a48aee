package design

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/infer"
)

// key is a business unique key in terms of attribute names; the columns that
// store them are known once personal data is expanded.
type key struct {
	names  []string
	number bool // one # attribute that is the entity's own number
}

// findKeys collects the unique keys (domain.md §3.5.1) — # attributes, uk
// patterns, pairs of a relation, channel with its number — and marks what is
// searched by.
func (b *builder) findKeys(d *draft) {
	for _, a := range d.attrs {
		if a.unique {
			d.keys = append(d.keys, key{names: []string{a.names[0]}, number: a.ownNumber()})
			a.lookup = true
		}
	}
	pairs := 0
	for _, acc := range d.Entity.Access {
		for _, name := range acc.Eq {
			if a := d.attrNamed(name); a != nil {
				a.lookup = true
			}
		}
		several := d.Entity.Kind == brief.Relation && acc.Op == "get" && len(acc.Eq) > 1
		if acc.Op == "uk" || several && pairs == 0 {
			d.addKey(acc.Eq...)
			pairs++
		}
	}
	if d.Entity.Kind == brief.Relation && pairs == 0 {
		d.pairKey()
	}
	d.channelKey()
}

// ownNumber says whether the attribute is the number the system gives its own
// records: unique, no reference, named …_no, …_id or …_code by rule.
func (a *attribute) ownNumber() bool {
	return a.unique && a.ref == nil && !a.secret && !tooLongForUnique(a.typ) && (strings.HasSuffix(a.names[0], "_no") || strings.HasSuffix(a.names[0], "_id"))
}

func (d *draft) addKey(names ...string) {
	var known []string
	for _, n := range names {
		if a := d.attrNamed(n); a != nil {
			known = append(known, a.names[0])
		} else if infer.Identifier(n) {
			known = append(known, n)
		}
	}
	same := func(k key) bool { return slices.Equal(sorted(k.names), sorted(known)) }
	if len(known) > 0 && !slices.ContainsFunc(d.keys, same) {
		d.keys = append(d.keys, key{names: known})
	}
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}

// pairKey makes the two references of a relation unique together, unless one
// of them is unique alone.
func (d *draft) pairKey() {
	var refs []string
	for _, a := range d.attrs {
		if a.ref != nil && len(refs) < 2 {
			refs = append(refs, a.names[0])
			if a.unique {
				return
			}
		}
	}
	if len(refs) == 2 {
		d.addKey(refs...)
	}
}

// channelKey makes payment callbacks idempotent: channel with the channel's
// own number.
func (d *draft) channelKey() {
	for _, c := range d.attrs {
		if c.guess.Rule != "R092" {
			continue
		}
		for _, n := range d.attrs {
			if n.guess.Rule == "R010" && strings.HasPrefix(n.names[0], "channel_") && !n.unique {
				d.addKey(c.names[0], n.names[0])
			}
		}
		return
	}
}

// uniqueIndexes are the keys as indexes: tenant first (unless the number is
// unique everywhere), delete_token and partition key last.
func (b *builder) uniqueIndexes(d *draft) []Index {
	var out []Index
	for _, k := range d.keys {
		x := Index{Unique: true, Why: "业务唯一键", Columns: d.keyColumns(k)}
		if len(x.Columns) == 0 || !d.keyable(&x) {
			continue
		}
		if b.firstColumn(d) != "" && !(k.number && strings.HasSuffix(k.names[0], "_no")) {
			x.Columns = leadWith("tenant_id", x.Columns)
		}
		if d.Has(infer.DeleteToken) && !slices.Contains(x.Columns, infer.DeleteToken) {
			x.Columns = append(x.Columns, infer.DeleteToken)
		}
		x.Name = infer.IndexName(true, x.Columns)
		if p := d.partitionColumn(); p != "" && !slices.Contains(x.Columns, p) {
			x.Columns = append(x.Columns, p)
		}
		if !slices.ContainsFunc(out, func(o Index) bool { return slices.Equal(o.Columns, x.Columns) }) {
			out = append(out, x)
		}
	}
	return out
}

// keyColumns are the columns that store a key.
func (d *draft) keyColumns(k key) []string {
	var out []string
	for _, n := range k.names {
		if c := d.storedAs(n); d.Has(c) && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// keyable says whether a unique key fits: no JSON, no large text, no more
// bytes than a key may have.
func (d *draft) keyable(x *Index) bool {
	for _, name := range x.Columns {
		c, _ := d.Column(name)
		if typ, _ := capacity.ParseType(c.Type); isLarge(typ) {
			return false
		}
	}
	return d.keyBytes(*x) <= maxKeyBytes-maxKeySlack
}

// partitionColumn is what every unique key has to contain, "" for no native
// partitions.
func (d *draft) partitionColumn() string {
	switch {
	case d.Part != nil:
		return d.Part.Column
	case d.HashPartitions():
		return d.Verdict.Key
	}
	return ""
}

func leadWith(first string, columns []string) []string {
	rest := slices.DeleteFunc(slices.Clone(columns), func(c string) bool { return c == first })
	return append([]string{first}, rest...)
}

func (d *draft) storedAs(name string) string {
	if c, ok := d.stored[name]; ok {
		return c
	}
	return name
}
