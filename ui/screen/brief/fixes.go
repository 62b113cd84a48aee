package brief

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/infer"
	"dbchapter/ui/screen"
)

// fix mends one problem; label says what will be there afterwards.
type fix struct {
	label string
	do    func(*brief.Brief)
}

// fixers make the fix of a problem by its rule (domain.md §1). A rule that is
// missing here needs the person's knowledge.
var fixers = map[string]func(m *Model, p brief.Problem) (fix, bool){
	"V02":  renameSystem,
	"V06w": clearQPS,
	"V07w": clearTPS,
	"V17":  semiSyncGroup,
	"V21w": supportedVersion,
	"V26":  utf8mb4,
	"V30":  renameService,
	"V31":  recodeService,
	"V40":  renameEntity,
	"V41":  retable,
	"V41w": retable,
	"V45w": keepLogs,
	"V48w": recolumn,
}

func (m *Model) fixFor(p brief.Problem) (fix, bool) {
	f, ok := fixers[p.Rule]
	if !ok {
		return fix{}, false
	}
	return f(m, p)
}

// fix mends the first problem at a path that can be mended.
func (m *Model) fix(path string) {
	for _, p := range m.live.at(path) {
		if f, ok := m.fixFor(p); ok {
			m.doc.change(m.words.T("brief.did.fix", f.label), f.do)
			delete(m.half, p.Path)
			m.note = m.words.T("brief.fixed", f.label)
			return
		}
	}
	m.note = m.words.T("brief.nofix")
}

// item is the list and index in a path like entities[2].table.
func item(path string) (list string, i int, ok bool) {
	list, rest, found := strings.Cut(path, "[")
	number, _, closed := strings.Cut(rest, "]")
	if !found || !closed || number == "" {
		return "", 0, false
	}
	for _, r := range number {
		if r < '0' || r > '9' {
			return "", 0, false
		}
		i = i*10 + int(r-'0')
	}
	return list, i, true
}

// subjectAt is what a path speaks of; nil for a path no form has.
func subjectAt(path string) (subject, string) {
	if key, ok := strings.CutPrefix(path, "system."); ok {
		return known(systemSubject(), key)
	}
	list, i, ok := item(path)
	_, rest, _ := strings.Cut(path, "].")
	if !ok {
		return nil, ""
	}
	switch list {
	case "databases":
		return known(databaseSubject(i), rest)
	case "services":
		return known(serviceSubject(i), rest)
	case "entities":
		return entityPart(i, rest)
	}
	return nil, ""
}

func entityPart(i int, path string) (subject, string) {
	list, j, ok := item(path)
	_, rest, _ := strings.Cut(path, "].")
	switch {
	case ok && list == "attrs":
		return known(attrSubject(i, j), rest)
	case ok && list == "access":
		return known(accessSubject(i, j), rest)
	}
	return known(entitySubject(i), path)
}

func known[T any](a about[T], key string) (subject, string) {
	if a.find(key).get == nil {
		return nil, ""
	}
	return a, key
}

// stepOf is the step where a path is edited.
func stepOf(path string) (Step, bool) {
	if strings.HasPrefix(path, "system") {
		return System, true
	}
	list, _, ok := item(path)
	if !ok {
		list = path
	}
	s, ok := map[string]Step{"databases": Databases, "services": Services, "entities": Entities}[list]
	return s, ok
}

func (m *Model) back() { m.event = screen.Back{} }

func renameSystem(m *Model, p brief.Problem) (fix, bool) {
	code, _ := infer.Translate(m.doc.brief.System.Name)
	if code == "" || code == m.doc.brief.System.Code {
		return fix{}, false
	}
	return fix{m.words.T("brief.fix.to", code), func(b *brief.Brief) { b.System.Code = code }}, true
}

func clearQPS(m *Model, _ brief.Problem) (fix, bool) {
	return fix{m.words.T("brief.fix.qps"), func(b *brief.Brief) { b.System.PeakReadQPS = brief.Opt[int64]{} }}, true
}

func clearTPS(m *Model, _ brief.Problem) (fix, bool) {
	return fix{m.words.T("brief.fix.qps"), func(b *brief.Brief) { b.System.PeakWriteTPS = brief.Opt[int64]{} }}, true
}

// logDays is the retention a log gets by default (domain.md §1.5).
const logDays = 190

func keepLogs(m *Model, p brief.Problem) (fix, bool) {
	_, i, ok := item(p.Path)
	if !ok || i >= len(m.doc.brief.Entities) {
		return fix{}, false
	}
	return fix{m.words.T("brief.fix.to", digits(logDays)), func(b *brief.Brief) {
		b.Entities[i].Volume.RetentionDays = brief.Some(logDays)
	}}, true
}

// recolumn leaves the column to the rules, which give a safe name.
func recolumn(m *Model, p brief.Problem) (fix, bool) {
	s, key := subjectAt(p.Path)
	a, ok := s.(about[brief.Attr])
	if !ok || key != "column" || a.of(&m.doc.brief) == nil {
		return fix{}, false
	}
	return fix{m.words.T("brief.fix.column"), func(b *brief.Brief) { a.of(b).Column = "" }}, true
}

func semiSyncGroup(m *Model, p brief.Problem) (fix, bool) {
	_, i, ok := item(p.Path)
	if !ok {
		i = slices.IndexFunc(m.doc.brief.Databases, func(d brief.Database) bool { return d.Engine == "MySQL" })
	}
	d := at(m.doc.brief.Databases, i)
	if d == nil || d.Engine != "MySQL" {
		return fix{}, false
	}
	return fix{m.words.T("brief.fix.to", "MGR"), func(b *brief.Brief) { b.Databases[i].Topology = "mgr" }}, true
}

func supportedVersion(m *Model, p brief.Problem) (fix, bool) {
	_, i, ok := item(p.Path)
	d := at(m.doc.brief.Databases, i)
	if !ok || d == nil {
		return fix{}, false
	}
	v := brief.SupportOf(d.Engine, d.Version).Recommend
	if v == "" || v == d.Version {
		return fix{}, false
	}
	return fix{m.words.T("brief.fix.to", d.Engine+" "+v), func(b *brief.Brief) { b.Databases[i].Version = v }}, true
}

func utf8mb4(m *Model, p brief.Problem) (fix, bool) {
	_, i, ok := item(p.Path)
	if !ok || i >= len(m.doc.brief.Databases) {
		return fix{}, false
	}
	return fix{m.words.T("brief.fix.to", "utf8mb4"), func(b *brief.Brief) { b.Databases[i].Charset = "utf8mb4" }}, true
}

func renameService(m *Model, p brief.Problem) (fix, bool) {
	_, i, ok := item(p.Path)
	s := at(m.doc.brief.Services, i)
	if !ok || s == nil || !shared(m.doc.brief.Services, func(o brief.Service) bool { return o.Name == s.Name }) {
		return fix{}, false
	}
	name := fresh(s.Name, func(n string) bool {
		return slices.ContainsFunc(m.doc.brief.Services, func(o brief.Service) bool { return o.Name == n })
	})
	return fix{m.words.T("brief.fix.to", name), func(b *brief.Brief) { b.Services[i].Name = name }}, true
}

func recodeService(m *Model, p brief.Problem) (fix, bool) {
	_, i, ok := item(p.Path)
	if !ok || i >= len(m.doc.brief.Services) || m.doc.brief.Services[i].Code == "" {
		return fix{}, false
	}
	return fix{m.words.T("brief.fix.code"), func(b *brief.Brief) { b.Services[i].Code = "" }}, true
}

func renameEntity(m *Model, p brief.Problem) (fix, bool) {
	_, i, ok := item(p.Path)
	e := at(m.doc.brief.Entities, i)
	if !ok || e == nil || !shared(m.doc.brief.Entities, func(o brief.Entity) bool { return o.Name == e.Name }) {
		return fix{}, false
	}
	name := fresh(e.Name, func(n string) bool {
		return slices.ContainsFunc(m.doc.brief.Entities, func(o brief.Entity) bool { return o.Name == n })
	})
	return fix{m.words.T("brief.fix.to", name), func(b *brief.Brief) { b.Entities[i].Name = name }}, true
}

// shared says whether more than one item is like that.
func shared[T any](items []T, like func(T) bool) bool {
	n := 0
	for _, v := range items {
		if like(v) {
			n++
		}
	}
	return n > 1
}

// retable gives a reserved, taken or impossible table name a safe one.
func retable(m *Model, p brief.Problem) (fix, bool) {
	_, i, ok := item(p.Path)
	e := at(m.doc.brief.Entities, i)
	if !ok || e == nil {
		return fix{}, false
	}
	taken := func(n string) bool {
		return slices.ContainsFunc(m.doc.brief.Entities, func(o brief.Entity) bool { return o.Table == n })
	}
	name, reserved := infer.Reserved("mysql", e.Table)
	if !reserved || name == "" {
		name, _ = infer.Table(e.Name, m.doc.brief.System.Naming == "singular")
	}
	if taken(name) {
		name = fresh(name+"_", taken)
	}
	if !infer.Identifier(name) || name == e.Table {
		return fix{}, false
	}
	return fix{m.words.T("brief.fix.to", name), func(b *brief.Brief) { b.Entities[i].Table = name }}, true
}
