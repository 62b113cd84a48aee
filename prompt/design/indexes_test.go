package design_test

import (
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
)

// A tenant's row with a number is found by the number's unique key; an index on
// tenant and number would be a second copy of it and take the place of another.
func TestTenantNumbers(t *testing.T) {
	for _, p := range brief.Presets() {
		b, _ := brief.Preset(p.ID)
		b = b.Clone()
		b.System.MultiTenant = true
		for _, table := range design.New(brief.Complete(b), design.House{}).Tables {
			for _, x := range table.Indexes {
				for _, u := range table.Indexes {
					if u.Unique && !x.Unique && slices.Equal(x.Columns, append([]string{"tenant_id"}, u.Columns...)) {
						t.Errorf("%s %s: %s only repeats %s", p.ID, table.Name, x.Name, u.Name)
					}
				}
			}
		}
	}
}

// PostgreSQL's secondary indexes do not end with the primary key, so a list in
// the order of ids has it in its index; InnoDB's do.
func TestListByID(t *testing.T) {
	for engine, want := range map[string]string{"MySQL": "order_no", "PostgreSQL": "order_no id"} {
		items, _ := design.New(shop(engine), design.House{}).Table("order_items")
		l := items.Lookups[0]
		i := slices.IndexFunc(items.Indexes, func(x design.Index) bool { return x.Name == l.Index })
		if i < 0 || strings.Join(items.Indexes[i].Columns, " ") != want {
			t.Errorf("%s: %+v is served by %v, want (%s)", engine, l, items.Indexes, want)
		}
	}
}

// Two ways to say the same key make one index.
func TestKeyOnce(t *testing.T) {
	r := shop("MySQL")
	r.System.MultiTenant = true
	e := &r.Entities[0]
	e.Access = append(e.Access, brief.Access{Op: "uk", Eq: []string{"tenant_id", "phone"}})
	users, _ := design.New(r, design.House{}).Table("users")
	for i, x := range users.Indexes {
		for _, y := range users.Indexes[:i] {
			if slices.Equal(x.Columns, y.Columns) {
				t.Errorf("%s and %s are the same: %v", y.Name, x.Name, x.Columns)
			}
		}
	}
}

// A house that wants singular names still gets none that a server reserves.
func TestSingularIsNotReserved(t *testing.T) {
	for _, p := range brief.Presets() {
		b, _ := brief.Preset(p.ID)
		b = b.Clone()
		forgetTables(&b)
		for _, table := range design.New(brief.Complete(b), design.House{Naming: "singular"}).Tables {
			for _, dialect := range []string{"mysql", "postgresql"} {
				if _, reserved := infer.Reserved(dialect, table.Name); reserved {
					t.Errorf("%s: table %s is reserved in %s", p.ID, table.Name, dialect)
				}
			}
		}
	}
}
