package design

import (
	"cmp"
	"slices"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// group is a set of tables split together; the root refers to none of the
// others.
type group struct {
	Group
	members []*draft
	routed  bool
	visited bool // while its key is being chosen, against circles of references
}

// bind puts the tables to be split into groups: the brief's, else a child with
// the table whose business number it carries, in one service (domain.md §3.7).
func (b *builder) bind(pending []*draft) {
	for _, names := range b.brief.BindingTables {
		var members []*draft
		for _, n := range names {
			if d := b.byName[n]; d != nil && d.group == nil && d.Dialect.Relational() {
				members = append(members, d)
			}
		}
		if slices.ContainsFunc(members, func(d *draft) bool { return slices.Contains(pending, d) }) || b.togetherReached(members) {
			b.newGroup(members)
		}
	}
	for _, d := range pending {
		if d.group == nil {
			b.newGroup([]*draft{d})
		}
	}
	for _, d := range pending {
		if p := b.bindingParent(d); p != nil && len(d.group.members) == 1 {
			b.merge(p.group, d)
		}
	}
	b.groups = slices.DeleteFunc(b.groups, func(g *group) bool { return len(g.members) == 0 })
	for _, g := range b.groups {
		g.settle()
	}
}

// togetherReached says whether tables that the brief binds are too much as a
// sum.
func (b *builder) togetherReached(members []*draft) bool {
	var gb, tps float64
	for _, d := range members {
		gb, tps = gb+d.Size.GB, tps+d.Size.TPS
	}
	return len(members) > 1 && b.threshold(brief.Txn).reached(0, gb, tps)
}

func (b *builder) newGroup(members []*draft) {
	g := &group{members: slices.Clone(members)}
	for _, d := range members {
		d.group = g
	}
	b.groups = append(b.groups, g)
}

func (b *builder) merge(into *group, d *draft) {
	if into == d.group {
		return
	}
	d.group.members = nil
	into.members = append(into.members, d)
	d.group = into
}

// bindingParent is the table of the same service, itself to be split, whose
// business number the table carries.
func (b *builder) bindingParent(d *draft) *draft {
	for _, a := range d.attrs {
		p := a.ref
		if p != nil && p != d && p.group != nil && p.Service == d.Service && a.target != "id" && d.bindable() && p.bindable() {
			return p
		}
	}
	return nil
}

// bindable are the kinds that are split together; what is advised to leave for
// a distributed database goes alone.
func (d *draft) bindable() bool {
	return d.kindIn(brief.Txn, brief.Detail, brief.Ledger) && d.Verdict.Level == D4
}

// settle orders a group, root first, and sums it up.
func (g *group) settle() {
	refers := func(d *draft) bool {
		return slices.ContainsFunc(d.attrs, func(a *attribute) bool {
			return a.ref != nil && a.ref != d && slices.Contains(g.members, a.ref)
		})
	}
	if i := slices.IndexFunc(g.members, func(d *draft) bool { return !refers(d) }); i > 0 {
		root := g.members[i]
		g.members = append([]*draft{root}, slices.Delete(slices.Clone(g.members), i, i+1)...)
	}
	g.Service, g.Level, g.Tables = g.members[0].Service, D4, nil
	g.GB, g.TPS, g.Rows = 0, 0, 0
	for _, d := range g.members {
		g.Tables = append(g.Tables, d.Name)
		g.GB, g.TPS, g.Rows = g.GB+d.Size.GB, g.TPS+d.Size.TPS, max(g.Rows, d.Size.Rows)
		if d.Verdict.Level == D6 {
			g.Level = D6
		}
	}
	if g.GB > hugeGB {
		g.Level = D6
	}
}

// splitGroups chooses D and N: one database while a service's groups fit in
// it, else as many as data and writes need, shared by its groups. Groups that
// should leave for a distributed database get a plan for the time until then;
// they are counted apart, but what is spread at all is spread over the same
// databases, because a service has only one set of them.
func (b *builder) splitGroups() {
	for _, s := range b.services() {
		stay, leave := b.databasesFor(s, false), b.databasesFor(s, true)
		if stay > 1 && leave > 1 {
			stay = max(stay, leave)
			leave = stay
		}
		for _, g := range b.groups {
			switch {
			case g.Service != s:
			case g.Level == D6:
				g.setSize(leave)
			default:
				g.setSize(stay)
			}
		}
	}
}

// databasesFor is D for the groups of a service that stay, or for those that
// are advised to leave.
func (b *builder) databasesFor(service string, advised bool) int {
	l := b.limits()
	var gb, tps float64
	for _, g := range b.groups {
		if g.Service == service && (g.Level == D6) == advised {
			gb, tps = gb+g.GB, tps+g.TPS
		}
	}
	if gb <= l.InstanceGB && tps <= l.WriteTPS {
		return 1
	}
	need := max(gb/l.ShardGB, tps/(l.WriteTPS*2/3))
	return min(max(capacity.PowerOfTwo(need), 2), 64)
}

func (g *group) setSize(databases int) {
	g.D = databases
	g.N = min(max(capacity.PowerOfTwo(g.Rows/rowsPerTable), smallestSplit), maxTables)
	if databases > 1 {
		g.N = min(max(g.N, 4*databases), maxTables)
		g.Level = cmp.Or(map[Level]Level{D6: D6}[g.Level], D5)
	}
	for _, d := range g.members {
		d.Verdict.Level, d.Verdict.Databases, d.Verdict.Tables, d.Verdict.Genes = g.Level, g.D, g.N, g.N
	}
}

// services are the codes that tables belong to, in table order.
func (b *builder) services() []string {
	var out []string
	for _, d := range b.drafts {
		if !slices.Contains(out, d.Service) {
			out = append(out, d.Service)
		}
	}
	return out
}

// sumGroups brings the groups up to date with the final sizes.
func (b *builder) sumGroups() {
	for _, g := range b.groups {
		g.GB, g.TPS, g.Rows = 0, 0, 0
		for _, d := range g.members {
			g.GB, g.TPS, g.Rows = g.GB+d.Size.GB, g.TPS+d.Size.TPS, max(g.Rows, d.Size.Rows)
		}
		g.N = g.members[0].Verdict.Tables
	}
}
