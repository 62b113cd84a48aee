package design

import (
	"strings"

	"dbchapter/prompt/brief"
)

// routeGroup chooses the shard key of a group, upstream groups first.
func (b *builder) routeGroup(g *group) {
	if g.routed || g.visited {
		return
	}
	g.visited = true
	for _, d := range g.members {
		for _, a := range d.attrs {
			if a.ref != nil && a.ref.group != nil && a.ref.group != g {
				b.routeGroup(a.ref.group)
			}
		}
	}
	root := g.members[0]
	b.chooseKey(root)
	g.Key = root.Verdict.Key
	for _, d := range g.members[1:] {
		b.followRoot(d, root)
	}
	g.N, g.routed = root.Verdict.Tables, true
}

// chooseKey applies the rules for one table in their order (domain.md §3.7).
func (b *builder) chooseKey(d *draft) {
	switch a := b.upstream(d); {
	case a != nil:
		b.inherit(d, a)
	case b.tenanted(d) && d.Has("tenant_id"):
		b.setKey(d, "tenant_id")
	case d.Entity.Kind == brief.Master:
		b.setKey(d, "id")
	default:
		b.setKey(d, b.bestDimension(d))
	}
	b.setCode(d)
}

// upstream is the reference to a number of a split table from which its shard
// follows.
func (b *builder) upstream(d *draft) *attribute {
	for _, a := range d.attrs {
		if a.ref == nil || a.ref.group == nil || a.ref.group == d.group || !a.ref.group.routed {
			continue
		}
		v := a.ref.Verdict
		carries := a.target == v.Code || a.target == v.Key
		if a.target != "id" && carries && !tooLongForUnique(a.typ) && v.Genes >= d.Verdict.Databases && strings.HasPrefix(d.null(a.names[0]), "NOT NULL") {
			return a
		}
	}
	return nil
}

func (d *draft) null(column string) string {
	c, _ := d.Column(column)
	return c.Null
}

// inherit uses the upstream table's gene; its own tables are a power of two
// not above it, so that the table number is gene % N.
func (b *builder) inherit(d *draft, a *attribute) {
	up := a.ref.Verdict
	v := &d.Verdict
	v.Key, v.Inherits, v.Genes = a.names[0], a.ref.Name, up.Genes
	v.Tables = min(v.Tables, up.Genes)
	v.Hash = HashSuffix
	if a.target == up.Key {
		v.Hash = up.Hash
	}
}

// setKey takes a column as shard key and decides how it becomes a gene:
// AUTO_INCREMENT ids by modulo, everything else by CRC32, because snowflake
// ids are uneven in their low bits (domain.md §3.7).
func (b *builder) setKey(d *draft, column string) {
	d.Verdict.Key, d.Verdict.Hash = column, HashCRC32
	c, _ := d.Column(column)
	if target := b.byName[strings.TrimSuffix(c.Ref, ".id")]; target != nil && strings.HasSuffix(c.Ref, ".id") {
		if target.Dialect == MySQL && target.group == nil {
			d.Verdict.Hash = HashModulo
		}
	}
}

// setCode finds the columns that carry the gene: the table's own number, and
// references to numbers that do.
func (b *builder) setCode(d *draft) {
	v := &d.Verdict
	if d.Entity.Kind == brief.Master && v.Key == "id" {
		return
	}
	for _, a := range d.attrs {
		name := a.names[0]
		switch {
		case name == v.Key:
			if v.Hash == HashSuffix {
				v.Codes = append(v.Codes, name)
			}
		case a.ownNumber() && v.Code == "":
			v.Code = name
			v.Codes = append(v.Codes, name)
		case a.ref != nil && a.target != "id" && a.ref.group != nil && a.ref.group.routed && b.sameGene(d, a):
			v.Codes = append(v.Codes, name)
		}
	}
}

// sameGene says whether a referenced number leads to the same shard: the
// upstream table, or another one that follows it.
func (b *builder) sameGene(d *draft, a *attribute) bool {
	up := a.ref.Verdict
	return d.Verdict.Inherits != "" && (a.ref.Name == d.Verdict.Inherits || up.Inherits == d.Verdict.Inherits) && a.target == up.Code
}

// routable says whether a column is there and short enough for every key.
func (d *draft) routable(column string) bool {
	c, ok := d.Column(column)
	return ok && !tooLongForUnique(c.Type)
}

// followRoot routes a member by the root's key, or by the number of the root
// that it carries.
func (b *builder) followRoot(d, root *draft) {
	v, r := &d.Verdict, root.Verdict
	v.BoundTo, v.Inherits, v.Genes, v.Tables, v.Hash = root.Name, "", r.Genes, r.Tables, r.Hash
	if d.routable(r.Key) && r.Key != "id" {
		v.Key = r.Key
	}
	for _, a := range d.attrs {
		if a.ref == nil || a.ref.group != d.group || a.target == "id" || a.target != a.ref.Verdict.Code && a.target != r.Key {
			continue
		}
		if v.Key == "" && d.routable(a.names[0]) {
			v.Key, v.Hash = a.names[0], HashSuffix
		}
		if a.names[0] != r.Key {
			v.Codes = append(v.Codes, a.names[0])
		}
	}
	if v.Key == "" {
		b.setKey(d, b.bestDimension(d))
	}
	for _, a := range d.attrs {
		if a.ownNumber() && a.names[0] != v.Key && v.Code == "" {
			v.Code = a.names[0]
			v.Codes = append([]string{v.Code}, v.Codes...)
		}
	}
}
