// Package design turns a completed brief into the database design itself:
// tables with columns and indexes, their size at the end of the planning
// horizon, the decision to split them or not, and the instances that hold
// them (domain.md §3.1–§3.10). The drafter writes it out as prose, the checker
// holds chapters against it, the wizard shows it while the user types.
//
//	Resolved → tables → columns → sizes → verdicts → keys, indexes → DDL
//
// Everything is a pure function of the brief and the house rules.
package design

import "dbchapter/prompt/brief"

// Design is the whole answer of the rules.
type Design struct {
	Brief       brief.Resolved
	House       House
	Tables      []*Table // service order, then entity order; outbox_events last
	Instances   []Instance
	Services    []ServiceLoad
	Groups      []Group // what is split together
	Outbox      *Outbox // nil when no service publishes from an OLTP store
	Decisions   []Decision
	Assumptions []brief.Assumption // the brief's, then those the rules made

	byName map[string]*Table // first of each name; nil in a design made by hand
}

// Table is one table, collection or index.
type Table struct {
	Entity  *brief.Entity // nil for outbox_events
	Name    string        // parking_sessions
	Title   string        // 停车记录, without 表
	Service string        // service code; "" for outbox_events
	Engine  brief.Database
	Dialect Dialect
	Columns []Column
	Primary []string // primary key columns; ORDER BY columns for ClickHouse
	Indexes []Index  // unique keys first
	Dropped []Index  // wanted by an access pattern but cut (§3.5.7)
	Lookups []Lookup // the entity's access patterns, in the order of the brief
	Part    *Partition
	Keep    int // days online, 0 for ever
	TTL     string
	Size    Size
	Verdict Verdict
}

// Lookup is one access pattern in terms of the table's own columns.
type Lookup struct {
	Access  brief.Access
	Columns []string // equality columns as stored (phone_hash), in index order, tenant_id included
	Tail    string   // sort or range column, "" for none or, but on PostgreSQL, id
	Index   string   // index that serves it, "PRIMARY", or "" when none does
	Weight  float64  // share of the table's own traffic, unscaled (§3.5)
	Routed  bool     // names one shard: by key, by a number with the gene, or not split
}

// Dialect is the family of DDL a table is written in.
type Dialect string

// The dialects of domain.md §3.9 and decisions.md 14.
const (
	MySQL      Dialect = "mysql"
	TiDB       Dialect = "tidb"
	OceanBase  Dialect = "oceanbase"
	PostgreSQL Dialect = "postgresql"
	ClickHouse Dialect = "clickhouse"
	MongoDB    Dialect = "mongodb"
	Search     Dialect = "search" // Elasticsearch, OpenSearch
	Doris      Dialect = "doris"
	Neutral    Dialect = "neutral" // 达梦, Oracle, 其他
	NoTable    Dialect = "none"    // TDengine, InfluxDB, HBase: no DDL
)

// Column is one column in MySQL terms; dialects translate when rendering.
type Column struct {
	Name, Type string // VARCHAR(32)
	Null       string // NOT NULL DEFAULT '' | NULL | …
	Extra      string // AUTO_INCREMENT, ON UPDATE CURRENT_TIMESTAMP
	Comment    string
	Bytes      int         // average (§3.6.1)
	Attr       *brief.Attr // nil for system columns
	PII        string
	System     bool
	Rule       string // inference rule, "" for system columns
	Ref        string // table.column it points to, "" for none
	Part       string // cipher, hash, mask of personal data; "" for a plain column
}

// Index is a secondary key.
type Index struct {
	Name    string
	Unique  bool
	Columns []string
	Prefix  map[string]int // prefix length by column
	Why     string         // the access pattern it serves, Chinese
}

// Partition is a native partition clause (D3, outbox).
type Partition struct {
	Column string
	Type   string // of the column: DATE, DATETIME, TIMESTAMP
	Daily  bool   // else monthly
	Names  []string
	Bounds []string // dates YYYY-MM-DD, exclusive upper ends, parallel to Names
}

// Size is a table at the end of the planning horizon (§3.6).
type Size struct {
	RowBytes int
	PerRow   float64 // bytes on disk for a row with its index entries
	Rows     float64
	GB       float64 // 10^9 bytes; compressed for ClickHouse
	TPS      float64 // peak writes a second
	Daily    float64 // rows a day in the first year
}

// Level is the rung of the sharding ladder (§3.7).
type Level string

// The rungs; LevelNone is an engine the ladder does not judge.
const (
	LevelNone Level = ""
	D0        Level = "D0" // single table
	D1        Level = "D1" // single table, watched
	D2        Level = "D2" // hot and cold
	D3        Level = "D3" // native partitions
	D4        Level = "D4" // one database, N tables
	D5        Level = "D5" // D databases, N tables
	D6        Level = "D6" // a distributed database is advised
)

// Verdict is the decision for one table with what routing needs.
type Verdict struct {
	Level     Level
	Databases int      // D
	Tables    int      // N, all databases together
	Genes     int      // G: number of genes; N unless inherited from upstream
	Key       string   // shard key column
	Hash      string   // how Key becomes a gene, see the constants below
	Inherits  string   // upstream table whose gene is used, "" for none
	BoundTo   string   // root table of the binding group, "" when alone or the root itself
	Code      string   // column of its own number carrying the gene, "" when it has none
	Codes     []string // all columns that carry the gene: Code and references to such numbers
	HotDays   int      // D2: days that stay online
	HotRows   float64  // D2: rows that stay online
	Reason    string   // Chinese, with the arithmetic
}

// Ways from a shard key to its gene (Verdict.Hash).
const (
	HashCRC32  = "CRC32"  // gene = CRC32(key) % G; integers as their decimal text
	HashModulo = "id"     // gene = key % G: the key is an AUTO_INCREMENT id
	HashSuffix = "suffix" // gene = last digits of the key, a number that carries it
)

// Group is a set of tables split together, or a table alone.
type Group struct {
	Service string
	Tables  []string // the root first
	GB, TPS float64
	Rows    float64 // of the biggest table
	Level   Level
	D, N    int
	Key     string
}

// Instance is one row of the instance table (§3.8).
type Instance struct {
	Service string // Chinese name; 缓存层 for caches
	Code    string // service code, "" for caches
	Engine  brief.Database
	Name    string
	Tables  []string
	Remark  string
	GB, TPS float64 // of one database
	// Suggested marks an engine that is not in the brief (decisions.md 19).
	Suggested bool
	CPU       int // cores of one server, 0 for caches
	MemoryGB  int
	Databases int // D: 1 unless split
}

// ServiceLoad is what §3.6.9 and §3.13 compute for a service.
type ServiceLoad struct {
	Code      string
	Share     float64 // of all OLTP access weight
	Pods      int
	Pool      int     // connections a pod and database
	Replicas  int     // of each primary
	Databases int     // D
	GB, TPS   float64 // OLTP data and peak writes, all databases together
}

// Outbox is the local message table (§3.6.12, §3.12.2).
type Outbox struct {
	Services  []string // codes of services that have one
	Daily     map[string]float64
	Busiest   string  // service with the most events
	Rows      float64 // of the busiest, at the end of the horizon
	Partition bool
	Table     string // outbox_events, outbox_event
	Example   string // an event of the busiest service: session.exited
	Aggregate string // the aggregate of that event: parking_session
}

// Decision is one line of the trace: input → rule → result → what would change
// it (product.md §3, key w).
type Decision struct {
	Section string // chapter section id
	Object  string // table, service or ""
	Input   string
	Rule    string // domain.md §
	Result  string
	Change  string // what would change it
}

// Table returns the table with that name.
func (d Design) Table(name string) (*Table, bool) {
	if d.byName != nil {
		t, ok := d.byName[name]
		return t, ok
	}
	for _, t := range d.Tables {
		if t.Name == name {
			return t, true
		}
	}
	return nil, false
}
