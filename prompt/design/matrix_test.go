package design_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// variant is one way a team writes its tables.
type variant struct {
	name   string
	change func(*brief.Brief)
	house  design.House
}

var variants = []variant{
	{"base", func(*brief.Brief) {}, design.House{}},
	{"fen", func(b *brief.Brief) { b.System.MoneyType = "fen" }, design.House{}},
	{"timestamp", func(b *brief.Brief) { b.System.TimeType = "timestamp" }, design.House{}},
	{"singular", func(b *brief.Brief) { b.System.Naming = "singular"; forgetTables(b) }, design.House{Naming: "singular"}},
	{"tenants", func(b *brief.Brief) { b.System.MultiTenant = true }, design.House{}},
	{"gm_crypto", func(b *brief.Brief) { b.System.GMCrypto = true }, design.House{}},
	{"one engine", func(b *brief.Brief) { oneEngine(b) }, design.House{}},
	{"audit names", func(*brief.Brief) {}, design.House{Audit: design.AuditColumns{
		CreatedAt: "gmt_create", UpdatedAt: "gmt_modified", CreatedBy: "creator", UpdatedBy: "modifier", Version: "lock_version", IsDeleted: "deleted",
	}}},
}

// people are the DAU every preset is designed for; "" keeps its own.
var people = []string{"", "2000", "50000", "500000"}

// subject is one design to run on a server.
type subject struct {
	name string
	d    design.Design
}

// subjects are the presets on an engine. Every variant meets every number of
// people only with DBCHAPTER_DIFF=full.
func subjects(t *testing.T, engine string) []subject {
	t.Helper()
	var out []subject
	for _, p := range brief.Presets() {
		for _, dau := range people {
			for _, v := range variants {
				if dau != "" && v.name != "base" && os.Getenv("DBCHAPTER_DIFF") != "full" {
					continue
				}
				b, _ := brief.Preset(p.ID)
				b = b.Clone()
				if dau != "" {
					if err := b.Set("system.dau", dau); err != nil {
						t.Fatal(err)
					}
				}
				rehouse(&b, engine)
				v.change(&b)
				out = append(out, subject{p.ID + "/" + dau + "/" + engine + "/" + v.name, design.New(brief.Complete(b), v.house)})
			}
		}
	}
	for _, style := range []string{"decimal", "fen"} {
		r := shop(engine)
		r.System.MoneyType = style
		out = append(out, subject{"shop/" + engine + "/" + style, design.New(r, design.House{})})
	}
	return append(out, halfBriefs(engine)...)
}

// halfBriefs are designs of what the wizard holds while somebody types. Their
// queries are as odd as their columns; nothing is asked of them.
func halfBriefs(engine string) []subject {
	rnd := rand.New(rand.NewPCG(3, 4))
	count := 10
	if os.Getenv("DBCHAPTER_DIFF") == "full" {
		count = 100
	}
	out := make([]subject, count)
	for i := range out {
		r := shop(engine)
		r.System.MultiTenant = rnd.IntN(3) == 0
		for j := range r.Entities {
			scramble(rnd, &r.Entities[j])
		}
		d := design.New(r, design.House{})
		for _, table := range d.Tables {
			table.Lookups = nil
		}
		out[i] = subject{fmt.Sprintf("half/%s/%d", engine, i), d}
	}
	return out
}

// rehouse puts what the first database of the brief holds on another engine.
func rehouse(b *brief.Brief, engine string) {
	old := b.Databases[0].Engine
	b.Databases[0] = brief.Database{Engine: engine}
	for i := range b.Services {
		for j, s := range b.Services[i].Store {
			if s == old {
				b.Services[i].Store[j] = engine
			}
		}
	}
}

// oneEngine keeps everything, logs and events too, in the first database.
func oneEngine(b *brief.Brief) {
	b.Databases = slices.DeleteFunc(b.Databases, func(db brief.Database) bool {
		return db.Engine != b.Databases[0].Engine && design.Role(db) != "cache" && design.Role(db) != "mq"
	})
	for i := range b.Services {
		b.Services[i].Store = []string{b.Databases[0].Engine}
	}
}

// forgetTables leaves the names of the tables to the rules.
func forgetTables(b *brief.Brief) {
	for i := range b.Entities {
		b.Entities[i].Table = ""
	}
}
