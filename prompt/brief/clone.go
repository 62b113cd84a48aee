package brief

import "slices"

// Clone copies b so deeply that nothing done to the copy is seen in b.
func (b Brief) Clone() Brief {
	b.System.Users = slices.Clone(b.System.Users)
	b.System.Regions = slices.Clone(b.System.Regions)
	b.System.Compliance = slices.Clone(b.System.Compliance)
	b.Databases = slices.Clone(b.Databases)
	b.Services = slices.Clone(b.Services)
	for i := range b.Services {
		s := &b.Services[i]
		s.Store, s.Out = slices.Clone(s.Store), slices.Clone(s.Out)
		s.In, s.Deps = slices.Clone(s.In), slices.Clone(s.Deps)
	}
	b.Entities = slices.Clone(b.Entities)
	for i := range b.Entities {
		b.Entities[i] = b.Entities[i].clone()
	}
	b.BindingTables = slices.Clone(b.BindingTables)
	for i := range b.BindingTables {
		b.BindingTables[i] = slices.Clone(b.BindingTables[i])
	}
	return b
}

func (e Entity) clone() Entity {
	e.Attrs = slices.Clone(e.Attrs)
	for i := range e.Attrs {
		e.Attrs[i].Enum = slices.Clone(e.Attrs[i].Enum)
	}
	e.Access = slices.Clone(e.Access)
	for i := range e.Access {
		e.Access[i].Eq = slices.Clone(e.Access[i].Eq)
		e.Access[i].Select = slices.Clone(e.Access[i].Select)
	}
	e.Tags = slices.Clone(e.Tags)
	return e
}
