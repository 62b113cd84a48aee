// Package brief holds what the user told us about a system: the system itself,
// its databases, its microservices and its business entities (domain.md §1).
//
// A Brief is exactly what was written, nothing more, so that YAML(Parse(x))
// gives back the same value. Complete fills every gap by rule and remembers
// which values were the user's, which were derived and which are defaults; all
// later stages (prompt, design, drafter, checker) read the completed form.
//
//	YAML, DSL, prose → Brief → Validate → Complete → Resolved
package brief

// Schema is the only accepted value of the top-level field "schema".
const Schema = "dbbrief/v1"

// Opt is a value that may have been left out; V means something only when Set.
type Opt[T any] struct {
	V   T
	Set bool
}

// Some is an Opt that was given.
func Some[T any](v T) Opt[T] { return Opt[T]{V: v, Set: true} }

// Or is the value when given, else def.
func (o Opt[T]) Or(def T) T {
	if o.Set {
		return o.V
	}
	return def
}

// A Brief is the user's answers, as written (domain.md §1).
type Brief struct {
	// BaseDate is YYYY-MM-DD; it names partitions and is the only date a
	// drafter ever sees (domain.md §1.9).
	BaseDate      string
	Preset        string
	System        System
	Databases     []Database
	Services      []Service
	Entities      []Entity
	BindingTables [][]string
	Raw           Raw

	// loaded says that Preset made this brief: peaks and volumes that still
	// have the preset's values follow the DAU (domain.md §6).
	loaded bool
}

// Raw is free text that replaces one of the prompt's four values (domain.md
// §1.7, §1.8); an empty field means the structured answers are rendered.
type Raw struct {
	System, Databases, Services, Entities string
}

// System is the first group of answers (domain.md §1.2).
type System struct {
	Name, Code, Summary, Domain string
	Users                       []string
	DAU                         Opt[int64]   // people a day
	PeakReadQPS, PeakWriteTPS   Opt[int64]   // per second, at the peak, this year
	Growth                      Opt[float64] // per year; 0.3 is 30 %
	HorizonYears                Opt[int]
	PeakFactor                  Opt[float64] // peak ÷ average
	CacheHit                    Opt[float64] // 0…0.99
	Regions                     []Region
	Compliance                  []string // PIPL 等保二级 等保三级 PCI GDPR 无
	SLA                         string   // "99.95"
	RPOMinutes, RTOMinutes      Opt[int]
	MultiTenant                 bool
	Naming                      string // plural | singular
	MoneyType                   string // decimal | fen
	TimeType                    string // datetime | timestamp
	ThresholdProfile            string // ali | classic | balanced | modern
	GMCrypto                    bool
}

// Region is a place of deployment; Role is primary, dr or active.
type Region struct{ Name, Role string }

// Database is one engine the team runs (domain.md §1.3).
type Database struct {
	Engine, Name, Version   string // Name only with engine 其他 (decisions.md 14)
	Role                    string // oltp cache document search olap mq timeseries
	Topology                string
	Replicas                Opt[int] // replicas of each primary
	SemiSync                Opt[bool]
	Shards, ShardMemoryGB   Opt[int]
	Instance, Charset       string
	CPU, MemoryGB, MaxConns Opt[int]
	Limits                  Limits
}

// Limits are the organisation's own ceilings; GB is 10^9 bytes.
type Limits struct {
	TableGB, InstanceGB, ShardGB, WriteTPS Opt[float64]
}

// Service is one microservice (domain.md §1.4).
type Service struct {
	Name, Code, Duty string
	Store            []string // engines, in order; the first holds the OLTP tables
	Pods             Opt[int]
	Out, In, Deps    []string
	Team             string
}

// Entity is one business object, hence one table (domain.md §1.5).
type Entity struct {
	Name, Table string
	Service     string // code of the service
	Kind        Kind
	Volume      Volume
	Attrs       []Attr
	Access      []Access
	Tags        []string // hot write money audit tree geo
	SoftDelete  Opt[bool]
}

// Kind is the class of an entity; it decides soft delete, optimistic lock,
// partitions, cache and archive.
type Kind string

// The ten kinds of domain.md §1.5.
const (
	Master   Kind = "master"
	Config   Kind = "config"
	Txn      Kind = "txn"
	Detail   Kind = "detail"
	Ledger   Kind = "ledger"
	Relation Kind = "relation"
	Event    Kind = "event"
	Log      Kind = "log"
	Counter  Kind = "counter"
	Snapshot Kind = "snapshot"
)

// Volume is how much of an entity there is; retention 0 means for ever.
type Volume struct {
	RowsNow, RowsPerDay        Opt[int64]
	RetentionDays, ArchiveDays Opt[int]
	WritesPerRow               Opt[float64]
}

// Attr is one attribute, hence one column (or three, for personal data).
type Attr struct {
	Name, Column, Type string
	Len                Opt[int]
	Nullable, Unique   bool
	Default            Opt[string]
	Enum               []EnumValue
	PII                string // auto none P1 P2 P3; "!" in the DSL is P3
	Ref                string // table (or Chinese name) of another entity
	Immutable          Opt[bool]
	Comment            string
}

// EnumValue is one state; Code is a number 0…127 or a short string.
type EnumValue struct{ Code, Label string }

// Access is one query pattern; indexes and shard keys follow from it.
type Access struct {
	Op     string   // get uk list scan search agg
	Eq     []string // columns (or attribute names) compared with =
	Sort   string   // list: column sorted by
	Desc   bool
	Range  string // scan: column compared with <
	QPS    Opt[float64]
	Hot    bool
	Select []string
	Note   string
}
