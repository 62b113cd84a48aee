package design_test

import (
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
)

// Ten presets at three sizes, as they are and moved to other engines: DDL that
// a server takes, every table in an instance row, routing that exists.
func TestPresetsAtScale(t *testing.T) {
	for _, p := range brief.Presets() {
		for _, dau := range []string{"2000", "50万", "500万"} {
			for _, engine := range []string{"", "PostgreSQL", "TiDB", "达梦"} {
				b, _ := brief.Preset(p.ID)
				if err := b.Set("system.dau", dau); err != nil {
					t.Fatal(err)
				}
				if engine != "" {
					moveTo(&b, engine)
				}
				d := design.New(brief.Complete(b), design.House{})
				checkDesign(t, strings.Join([]string{p.ID, dau, engine}, " "), d)
			}
		}
	}
}

// moveTo puts what was on MySQL or OceanBase on another engine.
func moveTo(b *brief.Brief, engine string) {
	replace := func(s *string) {
		if *s == "MySQL" || *s == "OceanBase" {
			*s = engine
		}
	}
	for i := range b.Databases {
		before := b.Databases[i].Engine
		if replace(&b.Databases[i].Engine); b.Databases[i].Engine != before {
			b.Databases[i].Version, b.Databases[i].Topology = "", ""
		}
	}
	for i := range b.Services {
		for j := range b.Services[i].Store {
			replace(&b.Services[i].Store[j])
		}
	}
}

func checkDesign(t *testing.T, name string, d design.Design) {
	t.Helper()
	placed := map[string]bool{}
	for _, x := range d.Instances {
		for _, table := range x.Tables {
			placed[table] = true
		}
		if x.Remark == "" || x.Name == "" || len([]rune(x.Remark)) > 70 {
			t.Errorf("%s: instance %q: %q", name, x.Name, x.Remark)
		}
	}
	for _, table := range d.Tables {
		if !placed[table.Name] {
			t.Errorf("%s: %s is in no instance", name, table.Name)
		}
		for _, p := range ddl.Parse(ddl.Dialect(table.Dialect), d.DDL(table)).Problems {
			t.Errorf("%s %s: %d:%d %s", name, table.Name, p.Line, p.Column, p.Message)
		}
		checkTable(t, name, table)
	}
}

func checkTable(t *testing.T, name string, table *design.Table) {
	t.Helper()
	v := table.Verdict
	if (table.Split() || table.HashPartitions()) && !table.Has(v.Key) {
		t.Errorf("%s %s: shard key %q is no column", name, table.Name, v.Key)
	}
	if table.Split() && (v.Tables%v.Databases != 0 || v.Genes%v.Tables != 0 || v.Tables&(v.Tables-1) != 0) {
		t.Errorf("%s %s: D=%d N=%d G=%d", name, table.Name, v.Databases, v.Tables, v.Genes)
	}
	if len(table.Indexes) > 5+1 {
		t.Errorf("%s %s: %d indexes", name, table.Name, len(table.Indexes))
	}
	for _, x := range table.Indexes {
		if slices.ContainsFunc(x.Columns, func(c string) bool { return !table.Has(c) }) {
			t.Errorf("%s %s: %s names no column: %v", name, table.Name, x.Name, x.Columns)
		}
	}
	for _, c := range table.Columns {
		if !infer.Identifier(c.Name) || c.Comment == "" || c.Bytes == 0 {
			t.Errorf("%s %s: column %+v", name, table.Name, c)
		}
	}
}
