package design

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/infer"
)

// MySQL's bounds on index keys (domain.md §3.5.8): bytes of a key, characters
// from which a prefix is enough, and how long that prefix is.
const (
	maxKeyBytes = 3072
	maxKeySlack = 40 // tenant, delete_token and partition key join a unique key later
	maxKeyChars = 191
	prefixChars = 64
)

// candidate is an index that some needs ask for.
type candidate struct {
	Index
	weight float64
}

// chooseIndexes derives the secondary indexes from keys and needs (domain.md
// §3.5): candidates, redundant ones out, weak ones out, at most five.
func (b *builder) chooseIndexes(d *draft) {
	d.Dropped, d.Indexes = nil, nil
	if !d.Dialect.Relational() && d.Dialect != MongoDB {
		d.describeLookups()
		return
	}
	unique := b.uniqueIndexes(d)
	var wanted []*candidate
	for _, n := range d.needs {
		if c := b.candidate(d, n); c != nil {
			wanted = append(wanted, c)
		}
	}
	wanted = d.prune(unique, wanted)
	wanted = b.limit(d, unique, wanted)
	d.Indexes = unique
	for _, c := range wanted {
		d.Indexes = append(d.Indexes, c.Index)
	}
	d.nameIndexes()
	d.describeLookups()
}

// candidate is the index a need asks for, nil when a B+ tree does not help.
func (b *builder) candidate(d *draft, n *need) *candidate {
	columns := slices.Clone(n.eq)
	if n.tail != "" {
		columns = append(columns, n.tail)
	}
	switch {
	case n.access.Op == "search", n.access.Op == "agg", n.access.Op == "uk", len(n.eq) == 0, slices.Contains(n.eq, "id"):
		return nil
	case len(n.eq) == 1 && (n.tail == "" || n.tail == "id") && d.lowCardinality(n.eq[0]):
		d.Dropped = append(d.Dropped, Index{Columns: n.eq, Why: "低区分度列不单独建索引"})
		return nil
	}
	columns = append(columns, d.covering(n, columns)...)
	x := Index{Columns: columns, Why: d.why(n)}
	for _, c := range columns {
		if !d.keyPart(&x, c) {
			d.Dropped = append(d.Dropped, Index{Columns: columns, Why: "含JSON或大字段，不建B+树索引"})
			return nil
		}
	}
	d.shorten(&x)
	return &candidate{Index: x, weight: n.weight}
}

// covering are the few selected columns of the hottest list (domain.md
// §3.5.11).
func (d *draft) covering(n *need, columns []string) []string {
	hottest := !slices.ContainsFunc(d.needs, func(o *need) bool { return o.weight > n.weight })
	if n.access.Op != "list" || len(n.access.Select) == 0 || len(n.access.Select) > 3 || !hottest {
		return nil
	}
	var more []string
	for _, s := range n.access.Select {
		c := d.storedAs(s)
		if d.Has(c) && c != "id" && !slices.Contains(columns, c) && len(columns)+len(more) < 5 {
			more = append(more, c)
		}
	}
	return more
}

// keyPart takes a column into an index, by prefix when it is long; false when
// it cannot be a key.
func (d *draft) keyPart(x *Index, column string) bool {
	c, _ := d.Column(column)
	name, args := capacity.ParseType(c.Type)
	switch {
	case name == "JSON" || strings.HasSuffix(name, "BLOB"):
		return false
	case strings.HasSuffix(name, "TEXT") || name == "VARCHAR" && len(args) > 0 && args[0] > maxKeyChars:
		x.setPrefix(column)
	}
	return true
}

func (x *Index) setPrefix(column string) {
	if x.Prefix == nil {
		x.Prefix = map[string]int{}
	}
	x.Prefix[column] = prefixChars
}

// shorten cuts string columns to prefixes until the key fits.
func (d *draft) shorten(x *Index) {
	for _, c := range x.Columns {
		if d.keyBytes(*x) <= maxKeyBytes {
			return
		}
		if col, _ := d.Column(c); strings.HasPrefix(col.Type, "VARCHAR") {
			x.setPrefix(c)
		}
	}
}

// keyBytes is the longest a key can be, four bytes a character.
func (d *draft) keyBytes(x Index) int {
	sum := 0
	for _, name := range x.Columns {
		c, _ := d.Column(name)
		typ, args := capacity.ParseType(c.Type)
		switch {
		case x.Prefix[name] > 0:
			sum += 4 * x.Prefix[name]
		case (typ == "VARCHAR" || typ == "CHAR") && len(args) > 0:
			sum += 4 * args[0]
		default:
			sum += capacity.ColumnBytes(c.Type)
		}
	}
	return sum
}

// prune takes out, shortest and lightest first, every candidate whose needs
// the others serve as well (domain.md §3.5.5).
func (d *draft) prune(unique []Index, wanted []*candidate) []*candidate {
	order := slices.Clone(wanted)
	slices.SortStableFunc(order, func(x, y *candidate) int {
		return cmp.Or(len(x.Columns)-len(y.Columns), cmp.Compare(x.weight, y.weight))
	})
	kept := slices.Clone(wanted)
	for _, c := range order {
		rest := slices.DeleteFunc(slices.Clone(kept), func(x *candidate) bool { return x == c })
		if d.allServed(unique, kept, rest) {
			kept = rest
		}
	}
	return kept
}

// allServed says whether rest serves every need that before did.
func (d *draft) allServed(unique []Index, before, rest []*candidate) bool {
	by := func(n *need, set []*candidate) bool {
		return slices.ContainsFunc(unique, func(x Index) bool { return serves(x.Columns, n) || d.finds(x, n) }) ||
			slices.ContainsFunc(set, func(c *candidate) bool { return serves(c.Columns, n) })
	}
	for _, n := range d.needs {
		if by(n, before) && !by(n, rest) {
			return false
		}
	}
	return true
}

// limit keeps unique keys first, then indexes on the shard key or a reference,
// then the busiest; the brief's order is kept (domain.md §3.5.7).
func (b *builder) limit(d *draft, unique []Index, wanted []*candidate) []*candidate {
	room := max(0, b.house.indexes()-len(unique))
	if len(wanted) <= room {
		return wanted
	}
	rank := slices.Clone(wanted)
	slices.SortStableFunc(rank, func(x, y *candidate) int {
		return cmp.Or(d.routed(x)-d.routed(y), cmp.Compare(y.weight, x.weight))
	})
	for _, c := range rank[room:] {
		c.Why = fmt.Sprintf("%s；二级索引已满%d个", c.Why, b.house.indexes())
		c.Name = infer.IndexName(false, c.Columns)
		d.Dropped = append(d.Dropped, c.Index)
	}
	return slices.DeleteFunc(wanted, func(c *candidate) bool { return slices.Contains(rank[room:], c) })
}

// routed is 0 for an index that starts with the shard key or a reference.
func (d *draft) routed(c *candidate) int {
	first, _ := d.Column(c.Columns[0])
	if first.Name == d.Verdict.Key || first.Ref != "" {
		return 0
	}
	return 1
}

// nameIndexes names what has no name yet and tells equal names apart.
func (d *draft) nameIndexes() {
	seen := map[string]int{}
	for i := range d.Indexes {
		x := &d.Indexes[i]
		if x.Name == "" {
			x.Name = infer.IndexName(x.Unique, x.Columns)
		}
		if d.Dialect == PostgreSQL || d.Dialect == Neutral {
			x.Name = inSchema(x.Name, d.Name)
		}
		seen[x.Name]++
		if n := seen[x.Name]; n > 1 {
			x.Name += "_" + itoa(n)
		}
	}
}

// maxPostgresName is PostgreSQL's limit of an identifier in bytes.
const maxPostgresName = 63

// inSchema makes an index name unique in a schema by the table's name
// (domain.md §3.9).
func inSchema(name, table string) string {
	kind, rest, _ := strings.Cut(name, "_")
	name = kind + "_" + table + "_" + rest
	return strings.TrimRight(name[:min(len(name), maxPostgresName)], "_")
}
