package brief

// Source says where a value of a completed brief came from.
type Source string

// The sources of domain.md (design stance 3) and §1.8.
const (
	FromBrief     Source = "brief"     // the user wrote it
	FromDerived   Source = "derived"   // a rule computed it from what the user wrote
	FromDefault   Source = "default"   // nothing said anything
	FromExtracted Source = "extracted" // guessed from prose, to be confirmed
)

// An Assumption is a value the user did not give, as the assumptions page and
// the assumptions list show it.
type Assumption struct {
	Path   string // system.dau, entities[2].volume.rows_per_day
	Label  string // 日活用户
	Value  string // 5万
	Source Source
	Rule   string // domain.md § or V number
	Effect string // what it changes, Chinese, short
	Open   bool   // 待确认: nobody verified it
}

// Resolved is a brief without gaps: every Opt is Set, every table, column,
// kind, service and reference has its final name, access columns are columns.
// Order of services and entities is the user's.
type Resolved struct {
	Brief
	Assumptions []Assumption
	sources     map[string]Source
}

// Source says where the value at path came from.
func (r Resolved) Source(path string) Source {
	if s, ok := r.sources[path]; ok {
		return s
	}
	return FromBrief
}

// Service returns the service with that code.
func (r Resolved) Service(code string) (Service, bool) {
	for _, s := range r.Services {
		if s.Code == code {
			return s, true
		}
	}
	return Service{}, false
}

// Entity returns the entity with that table name.
func (r Resolved) Entity(table string) (Entity, bool) {
	for _, e := range r.Entities {
		if e.Table == table {
			return e, true
		}
	}
	return Entity{}, false
}

// Database returns the first database of that engine.
func (r Resolved) Database(engine string) (Database, bool) {
	for _, d := range r.Databases {
		if d.Engine == engine {
			return d, true
		}
	}
	return Database{}, false
}
