package design

import (
	"slices"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/infer"
)

// House is what an organisation sets for all its systems; the zero value, and
// every zero field, means domain.md's defaults. ParseHouse reads it from YAML.
type House struct {
	Thresholds Threshold // replaces the profile's, field by field
	Limits     Limits
	Audit      AuditColumns
	Naming     string            // plural, singular; "" as the brief says
	Versions   map[string]string // engine → version for databases whose brief names none
}

// Threshold is when a table has to be judged for splitting: one of the three
// is enough (domain.md §3.7). GB are 10^9 bytes, TPS peak writes a second.
type Threshold struct{ Rows, GB, TPS float64 }

// Limits bound one database and one shard (domain.md §1.3, §3.7).
type Limits struct {
	InstanceGB float64 // 500: beyond it a service's tables go to several databases
	ShardGB    float64 // 400: target of one of them
	WriteTPS   float64 // 1500: writes one primary takes
	Indexes    int     // 5: secondary indexes a table
}

// AuditColumns are the names of the system columns (domain.md §3.4).
type AuditColumns struct{ CreatedAt, UpdatedAt, CreatedBy, UpdatedBy, Version, IsDeleted string }

func (h House) audit() AuditColumns {
	a := h.Audit
	for _, x := range []struct {
		field *string
		def   string
	}{
		{&a.CreatedAt, "created_at"},
		{&a.UpdatedAt, "updated_at"},
		{&a.CreatedBy, "created_by"},
		{&a.UpdatedBy, "updated_by"},
		{&a.Version, "version"},
		{&a.IsDeleted, "is_deleted"},
	} {
		if *x.field == "" {
			*x.field = x.def
		}
	}
	return a
}

func (h House) indexes() int {
	if h.Limits.Indexes > 0 {
		return h.Limits.Indexes
	}
	return 5
}

// adopt changes the brief where the house decides and the user did not: table
// names that a rule made, versions nobody named.
func (h House) adopt(r brief.Resolved) brief.Resolved {
	if h.Naming != "" {
		r = h.rename(r)
	}
	if len(h.Versions) > 0 {
		r.Databases = slices.Clone(r.Databases)
		for i := range r.Databases {
			own := r.Databases[i].Version != "" && r.Source(databasePath(i)+".version") == brief.FromBrief
			if v := h.Versions[r.Databases[i].Engine]; v != "" && !own {
				r.Databases[i].Version = v
			}
		}
	}
	return r
}

// rename gives the tables that the brief does not name the number the house
// wants, everywhere they are spoken of.
func (h House) rename(r brief.Resolved) brief.Resolved {
	change := infer.Plural
	if h.Naming == "singular" {
		change = infer.Singular
	}
	r.System.Naming = h.Naming
	renamed := map[string]string{}
	r.Entities = slices.Clone(r.Entities)
	for i, e := range r.Entities {
		name, _ := infer.Safe(change(e.Table)) // orders stays: order is a reserved word
		if r.Source(entityPath(i)+".table") != brief.FromBrief && name != e.Table {
			renamed[e.Table] = name
			r.Entities[i].Table = name
		}
	}
	follow := func(name *string) {
		if n, ok := renamed[*name]; ok {
			*name = n
		}
	}
	for i := range r.Entities {
		r.Entities[i].Attrs = slices.Clone(r.Entities[i].Attrs)
		for j := range r.Entities[i].Attrs {
			follow(&r.Entities[i].Attrs[j].Ref)
		}
	}
	r.BindingTables = slices.Clone(r.BindingTables)
	for i := range r.BindingTables {
		r.BindingTables[i] = slices.Clone(r.BindingTables[i])
		for j := range r.BindingTables[i] {
			follow(&r.BindingTables[i][j])
		}
	}
	return r
}
