package design

import (
	"slices"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// New designs the databases of a completed brief.
func New(r brief.Resolved, h House) Design {
	r = h.adopt(r)
	b := &builder{brief: r, house: h, byName: map[string]*draft{}}
	b.growth = capacity.Growth{Rate: r.System.Growth.Or(0.3), Years: r.System.HorizonYears.Or(3)}
	b.open()
	for _, d := range b.drafts {
		b.readAttributes(d)
	}
	for _, d := range b.drafts {
		b.resolveRefs(d)
		b.findKeys(d)
		b.fillColumns(d)
		b.readAccess(d)
		b.chooseIndexes(d)
		b.measure(d)
	}
	b.judge()
	for _, d := range b.drafts {
		b.setPrimary(d)
		b.orderByShardKey(d)
		b.chooseIndexes(d)
		b.measure(d)
		b.comment(d)
	}
	b.sumGroups()
	return b.finish()
}

// builder carries a design while it grows; nothing of it outlives New.
type builder struct {
	brief       brief.Resolved
	house       House
	growth      capacity.Growth
	drafts      []*draft // service order, then entity order
	byName      map[string]*draft
	groups      []*group
	design      Design
	assumptions []brief.Assumption
}

// draft is a table while it is being designed.
type draft struct {
	*Table
	index  int // of the entity in the brief
	attrs  []*attribute
	stored map[string]string // attribute or column name → column that is searched
	keys   []key             // business unique keys, in order
	needs  []*need
	group  *group
}

// assume notes a value that a rule chose and the user may want to change.
func (b *builder) assume(a brief.Assumption) {
	a.Source = brief.FromDerived
	b.assumptions = append(b.assumptions, a)
}

// open makes an empty table for every entity, in the order of the services.
func (b *builder) open() {
	for _, s := range b.brief.Services {
		for i := range b.brief.Entities {
			if b.brief.Entities[i].Service == s.Code {
				b.openOne(i, s)
			}
		}
	}
	for i := range b.brief.Entities {
		if _, known := b.brief.Service(b.brief.Entities[i].Service); !known {
			b.openOne(i, brief.Service{Code: b.brief.Entities[i].Service})
		}
	}
}

func (b *builder) openOne(i int, s brief.Service) {
	e := &b.brief.Entities[i]
	engine := b.storeOf(e, s)
	d := &draft{index: i, stored: map[string]string{}, Table: &Table{
		Entity: e, Name: e.Table, Title: e.Name, Service: s.Code,
		Engine: engine, Dialect: dialectOf(engine), Keep: e.Volume.RetentionDays.Or(0),
	}}
	b.drafts = append(b.drafts, d)
	b.byName[d.Name] = d
}

// finish lays the drafts out as the answer.
func (b *builder) finish() Design {
	out := &b.design
	out.Brief, out.House = b.brief, b.house
	for _, d := range b.drafts {
		out.Tables = append(out.Tables, d.Table)
	}
	out.Outbox = b.outbox()
	if out.Outbox != nil {
		out.Tables = append(out.Tables, b.outboxTable(out.Outbox))
	}
	out.byName = make(map[string]*Table, len(out.Tables))
	for _, t := range out.Tables {
		if out.byName[t.Name] == nil {
			out.byName[t.Name] = t
		}
	}
	out.Services = b.loads()
	out.Instances = b.instances()
	for _, g := range b.groups {
		out.Groups = append(out.Groups, g.Group)
	}
	out.Decisions = b.trace()
	out.Assumptions = append(slices.Clone(b.brief.Assumptions), b.assumptions...)
	return *out
}

// Column returns the column with that name.
func (t *Table) Column(name string) (Column, bool) {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return Column{}, false
	}
	return t.Columns[i], true
}

// Has says whether the table has a column of that name.
func (t *Table) Has(name string) bool {
	_, ok := t.Column(name)
	return ok
}
