package design

import (
	"fmt"
	"slices"

	"dbchapter/prompt/brief"
)

// engine is what the rules know about a product (domain.md §1.3, §3.9,
// decisions.md 14).
type engine struct {
	role    string // oltp cache document search olap mq timeseries
	dialect Dialect
}

var engineTable = map[string]engine{
	"MySQL":         {"oltp", MySQL},
	"MariaDB":       {"oltp", MySQL},
	"PolarDB":       {"oltp", MySQL},
	"PostgreSQL":    {"oltp", PostgreSQL},
	"GaussDB":       {"oltp", PostgreSQL},
	"openGauss":     {"oltp", PostgreSQL},
	"TiDB":          {"oltp", TiDB},
	"OceanBase":     {"oltp", OceanBase},
	"达梦":            {"oltp", Neutral},
	"Oracle":        {"oltp", Neutral},
	"其他":            {"oltp", Neutral},
	"MongoDB":       {"document", MongoDB},
	"Redis":         {"cache", NoTable},
	"Valkey":        {"cache", NoTable},
	"Elasticsearch": {"search", Search},
	"OpenSearch":    {"search", Search},
	"ClickHouse":    {"olap", ClickHouse},
	"Doris":         {"olap", Doris},
	"Kafka":         {"mq", NoTable},
	"RocketMQ":      {"mq", NoTable},
	"InfluxDB":      {"timeseries", NoTable},
	"TDengine":      {"timeseries", NoTable},
	"HBase":         {"timeseries", NoTable},
}

// Role is what a database is used for: its own word, else its engine's.
func Role(db brief.Database) string {
	if db.Role != "" {
		return db.Role
	}
	if e, ok := engineTable[db.Engine]; ok {
		return e.role
	}
	return "oltp"
}

func dialectOf(db brief.Database) Dialect {
	if e, ok := engineTable[db.Engine]; ok {
		return e.dialect
	}
	return Neutral
}

// Relational says whether a dialect has rows, transactions and B+ trees: the
// ones the ladder judges (domain.md §3.7).
func (d Dialect) Relational() bool {
	switch d {
	case MySQL, TiDB, OceanBase, PostgreSQL, Neutral:
		return true
	}
	return false
}

// Split says whether the application routes to several physical tables; on
// TiDB, OceanBase and PostgreSQL the server partitions instead.
func (t *Table) Split() bool {
	switch t.Verdict.Level {
	case D4, D5, D6:
		return t.Dialect == MySQL || t.Dialect == Neutral
	}
	return false
}

// HashPartitions says whether the server splits the table by its shard key;
// not by id, because no unique key could then be kept.
func (t *Table) HashPartitions() bool {
	switch t.Verdict.Level {
	case D4, D5, D6:
		return (t.Dialect == OceanBase || t.Dialect == PostgreSQL) && t.Verdict.Key != "id"
	}
	return false
}

// engineRow is the database of the brief with that engine; one that a service
// names without the brief having it is only a name.
func (b *builder) engineRow(name string) brief.Database {
	for _, db := range b.brief.Databases {
		if db.Engine == name || db.Name == name && name != "" {
			return db
		}
	}
	return brief.Database{Engine: name}
}

// bigEvents is the rows a day from which a log goes to a column store when
// nobody said where (domain.md §3.8).
const bigEvents = 10_000_000

// storeOf is the engine of an entity: the first OLTP engine of its service;
// events and logs of a service with another engine go there (domain.md §3.8,
// decisions.md 17).
func (b *builder) storeOf(e *brief.Entity, s brief.Service) brief.Database {
	stores := b.tableStores(s.Store)
	appended := e.Kind == brief.Event || e.Kind == brief.Log
	given := b.brief.Source(b.servicePath(s.Code)+".store") == brief.FromBrief && len(stores) > 0
	if appended && !given {
		if db, ok := b.bestForEvents(e); ok {
			return db
		}
	}
	if len(stores) == 0 {
		stores = b.tableStores(nil)
	}
	if appended {
		for _, role := range []string{"olap", "document", "timeseries", "search"} {
			if i := slices.IndexFunc(stores, func(db brief.Database) bool { return Role(db) == role }); i >= 0 {
				return stores[i]
			}
		}
	}
	if i := slices.IndexFunc(stores, func(db brief.Database) bool { return Role(db) == "oltp" }); i >= 0 {
		return stores[i]
	}
	if len(stores) > 0 {
		return stores[0]
	}
	return brief.Database{Engine: "MySQL"}
}

// bestForEvents picks by volume when the user named no store.
func (b *builder) bestForEvents(e *brief.Entity) (brief.Database, bool) {
	want := []string{"document"}
	if e.Volume.RowsPerDay.Or(0) >= bigEvents {
		want = []string{"olap", "search", "document"}
	} else if e.Kind == brief.Event {
		return brief.Database{}, false
	}
	for _, role := range want {
		for _, db := range b.brief.Databases {
			if Role(db) == role {
				return db, true
			}
		}
	}
	return brief.Database{}, false
}

// tableStores are the engines that can hold tables: those named, or all of the
// brief with OLTP first, then documents, then column stores.
func (b *builder) tableStores(names []string) []brief.Database {
	var out []brief.Database
	for _, n := range names {
		if db := b.engineRow(n); holdsTables(db) {
			out = append(out, db)
		}
	}
	if names != nil {
		return out
	}
	for _, role := range []string{"oltp", "document", "olap"} {
		for _, db := range b.brief.Databases {
			if Role(db) == role {
				return []brief.Database{db}
			}
		}
	}
	return out
}

func holdsTables(db brief.Database) bool {
	role := Role(db)
	return role != "cache" && role != "mq"
}

// firstOf is the first database with a role.
func (b *builder) firstOf(role string) (brief.Database, bool) {
	for _, db := range b.brief.Databases {
		if Role(db) == role {
			return db, true
		}
	}
	return brief.Database{}, false
}

func (b *builder) servicePath(code string) string {
	i := slices.IndexFunc(b.brief.Services, func(s brief.Service) bool { return s.Code == code })
	return fmt.Sprintf("services[%d]", i)
}

func (b *builder) databasePath(db brief.Database) string {
	i := slices.IndexFunc(b.brief.Databases, func(x brief.Database) bool { return x.Engine == db.Engine && x.Name == db.Name })
	return databasePath(i)
}

func databasePath(i int) string { return fmt.Sprintf("databases[%d]", i) }

func entityPath(i int) string { return fmt.Sprintf("entities[%d]", i) }

func (b *builder) attrPath(d *draft, i int, field string) string {
	return fmt.Sprintf("entities[%d].attrs[%d].%s", d.index, i, field)
}
