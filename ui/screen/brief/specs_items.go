package brief

import (
	"fmt"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
	"dbchapter/ui/screen/brief/form"
)

// databaseSubject is the i-th database (domain.md §1.3).
func databaseSubject(i int) about[brief.Database] {
	return about[brief.Database]{
		base: fmt.Sprintf("databases[%d]", i), group: "database", specs: databaseSpecs(),
		of: func(b *brief.Brief) *brief.Database { return at(b.Databases, i) },
	}
}

// serviceSubject is the i-th service (domain.md §1.4).
func serviceSubject(i int) about[brief.Service] {
	return about[brief.Service]{
		base: fmt.Sprintf("services[%d]", i), group: "service", specs: serviceSpecs(),
		of: func(b *brief.Brief) *brief.Service { return at(b.Services, i) },
	}
}

// entitySubject is the i-th entity without its attributes (domain.md §1.5).
func entitySubject(i int) about[brief.Entity] {
	return about[brief.Entity]{
		base: fmt.Sprintf("entities[%d]", i), group: "entity", specs: entitySpecs(),
		of: func(b *brief.Brief) *brief.Entity { return at(b.Entities, i) },
	}
}

// attrSubject is attribute j of entity i.
func attrSubject(i, j int) about[brief.Attr] {
	return about[brief.Attr]{
		base: fmt.Sprintf("entities[%d].attrs[%d]", i, j), group: "attr", specs: attrSpecs(),
		of: func(b *brief.Brief) *brief.Attr {
			if e := at(b.Entities, i); e != nil {
				return at(e.Attrs, j)
			}
			return nil
		},
	}
}

// accessSubject is access pattern j of entity i.
func accessSubject(i, j int) about[brief.Access] {
	return about[brief.Access]{
		base: fmt.Sprintf("entities[%d].access[%d]", i, j), group: "access", specs: accessSpecs(),
		of: func(b *brief.Brief) *brief.Access {
			if e := at(b.Entities, i); e != nil {
				return at(e.Access, j)
			}
			return nil
		},
	}
}

func at[T any](s []T, i int) *T {
	if i < 0 || i >= len(s) {
		return nil
	}
	return &s[i]
}

func databaseSpecs() []spec[brief.Database] {
	type d = brief.Database
	gb := func(key string, at func(*d) *brief.Opt[float64]) spec[d] {
		return number("limits."+key, "", "3", false, at)
	}
	return []spec[d]{
		pick("engine", "", "1 2", func(v *d) *string { return &v.Engine }, engineOptions),
		text("name", "", "1", func(v *d) *string { return &v.Name }),
		text("version", "", "1", func(v *d) *string { return &v.Version }),
		pick("topology", "", "1 7", func(v *d) *string { return &v.Topology }, topologyOptions),
		whole("replicas", "", "1 6", func(v *d) *brief.Opt[int] { return &v.Replicas }),
		maybe("semi_sync", "", "1 7", func(v *d) *brief.Opt[bool] { return &v.SemiSync }),
		whole("shards", "", "1 4", func(v *d) *brief.Opt[int] { return &v.Shards }),
		whole("shard_memory_gb", "", "4", func(v *d) *brief.Opt[int] { return &v.ShardMemoryGB }),
		text("instance", "", "1", func(v *d) *string { return &v.Instance }),
		text("charset", "", "2", func(v *d) *string { return &v.Charset }),
		pick("role", "", "1", func(v *d) *string { return &v.Role }, roleOptions),
		whole("cpu", "", "6", func(v *d) *brief.Opt[int] { return &v.CPU }),
		whole("memory_gb", "", "6", func(v *d) *brief.Opt[int] { return &v.MemoryGB }),
		whole("max_connections", "", "6", func(v *d) *brief.Opt[int] { return &v.MaxConns }),
		gb("table_gb", func(v *d) *brief.Opt[float64] { return &v.Limits.TableGB }),
		gb("instance_gb", func(v *d) *brief.Opt[float64] { return &v.Limits.InstanceGB }),
		gb("shard_gb", func(v *d) *brief.Opt[float64] { return &v.Limits.ShardGB }),
		gb("write_tps", func(v *d) *brief.Opt[float64] { return &v.Limits.WriteTPS }),
	}
}

func serviceSpecs() []spec[brief.Service] {
	type s = brief.Service
	return []spec[s]{
		text("name", "", "1", func(v *s) *string { return &v.Name }),
		text("code", "", "1", func(v *s) *string { return &v.Code }),
		text("duty", "", "1 5", func(v *s) *string { return &v.Duty }),
		several(list("store", "", "1 2", func(v *s) *[]string { return &v.Store }), storeOptions),
		whole("pods", "", "6", func(v *s) *brief.Opt[int] { return &v.Pods }),
		list("out", "", "5", func(v *s) *[]string { return &v.Out }),
		list("in", "", "5", func(v *s) *[]string { return &v.In }),
		list("deps", "", "5", func(v *s) *[]string { return &v.Deps }),
		text("team", "", "", func(v *s) *string { return &v.Team }),
	}
}

func entitySpecs() []spec[brief.Entity] {
	type e = brief.Entity
	kind := text("kind", "head", "2 3 4", func(v *e) *string { return (*string)(&v.Kind) })
	kind.kind, kind.options = form.Choice, words[e]("brief.kind", kindNames()...)
	return []spec[e]{
		text("name", "head", "2", func(v *e) *string { return &v.Name }),
		text("table", "head", "2", func(v *e) *string { return &v.Table }),
		pick("service", "head", "1", func(v *e) *string { return &v.Service }, serviceOptions),
		kind,
		several(list("tags", "head", "2 4", func(v *e) *[]string { return &v.Tags }), tagOptions),
		maybe("soft_delete", "head", "2", func(v *e) *brief.Opt[bool] { return &v.SoftDelete }),
		whole("volume.rows_now", "volume", "3", func(v *e) *brief.Opt[int64] { return &v.Volume.RowsNow }),
		whole("volume.rows_per_day", "volume", "3 6", func(v *e) *brief.Opt[int64] { return &v.Volume.RowsPerDay }),
		whole("volume.retention_days", "volume", "3 7", func(v *e) *brief.Opt[int] { return &v.Volume.RetentionDays }),
		whole("volume.archive_days", "volume", "7", func(v *e) *brief.Opt[int] { return &v.Volume.ArchiveDays }),
		number("volume.writes_per_row", "volume", "3", false, func(v *e) *brief.Opt[float64] { return &v.Volume.WritesPerRow }),
	}
}

func attrSpecs() []spec[brief.Attr] {
	type a = brief.Attr
	return []spec[a]{
		text("name", "", "2", func(v *a) *string { return &v.Name }),
		text("column", "", "2", func(v *a) *string { return &v.Column }),
		text("type", "", "2", func(v *a) *string { return &v.Type }),
		whole("len", "", "2", func(v *a) *brief.Opt[int] { return &v.Len }),
		yesNo("unique", "", "2 3", func(v *a) *bool { return &v.Unique }),
		yesNo("nullable", "", "2", func(v *a) *bool { return &v.Nullable }),
		pick("pii", "", "2", func(v *a) *string { return &v.PII }, words[a]("brief.pii", "none", "P1", "P2", "P3")),
		enumSpec(),
		pick("ref", "", "2 3", func(v *a) *string { return &v.Ref }, entityOptions),
		defaultSpec(),
		maybe("immutable", "", "3", func(v *a) *brief.Opt[bool] { return &v.Immutable }),
		text("comment", "", "2", func(v *a) *string { return &v.Comment }),
	}
}

func accessSpecs() []spec[brief.Access] {
	type a = brief.Access
	return []spec[a]{
		pick("op", "", "2 3", func(v *a) *string { return &v.Op }, func(m *Model, t *a) []form.Option {
			return words[a]("brief.op", brief.Ops()...)(m, t)[1:]
		}),
		list("eq", "", "2 3", func(v *a) *[]string { return &v.Eq }),
		sortSpec(),
		text("range", "", "2", func(v *a) *string { return &v.Range }),
		number("qps", "", "4 6", false, func(v *a) *brief.Opt[float64] { return &v.QPS }),
		yesNo("hot", "", "4", func(v *a) *bool { return &v.Hot }),
		text("note", "", "2", func(v *a) *string { return &v.Note }),
	}
}

// enumSpec shows 1-待付、2-已付.
func enumSpec() spec[brief.Attr] {
	return spec[brief.Attr]{
		key: "enum", sections: "2",
		get: func(a *brief.Attr) string {
			var out []string
			for _, v := range a.Enum {
				out = append(out, v.Code+"-"+v.Label)
			}
			return strings.Join(out, form.Sep)
		},
	}
}

// defaultSpec shows the default; emptied it is none, while Set would make it
// the empty text.
func defaultSpec() spec[brief.Attr] {
	return spec[brief.Attr]{
		key: "default", sections: "2",
		get:   func(a *brief.Attr) string { return a.Default.V },
		clear: func(a *brief.Attr) { a.Default = brief.Opt[string]{} },
	}
}

// sortSpec shows created_at desc.
func sortSpec() spec[brief.Access] {
	return spec[brief.Access]{
		key: "sort", sections: "2",
		get: func(a *brief.Access) string {
			if a.Desc && a.Sort != "" {
				return a.Sort + " desc"
			}
			return a.Sort
		},
	}
}

func kindNames() []string {
	var out []string
	for _, k := range brief.Kinds() {
		out = append(out, string(k))
	}
	return out
}

func tagOptions(m *Model, t *brief.Entity) []form.Option {
	return words[brief.Entity]("brief.tag", brief.Tags()...)(m, t)[1:]
}

func storeOptions(m *Model, _ *brief.Service) []form.Option {
	var out []form.Option
	for _, d := range m.live.resolved.Databases {
		if d.Role != "mq" && d.Role != "cache" {
			out = append(out, form.Option{Value: d.Engine, Label: d.Engine})
		}
	}
	return out
}

func serviceOptions(m *Model, _ *brief.Entity) []form.Option {
	out := []form.Option{{Label: m.words.T("brief.byrule")}}
	for _, s := range m.live.resolved.Services {
		out = append(out, form.Option{Value: s.Code, Label: s.Name})
	}
	return out
}

func entityOptions(m *Model, _ *brief.Attr) []form.Option {
	out := []form.Option{{Label: m.words.T("brief.noref")}}
	for _, e := range m.live.resolved.Entities {
		out = append(out, form.Option{Value: e.Table, Label: e.Name + " " + e.Table})
	}
	return out
}

func engineOptions(*Model, *brief.Database) []form.Option {
	var out []form.Option
	for _, e := range brief.Engines() {
		out = append(out, form.Option{Value: e, Label: e})
	}
	return out
}

func topologyOptions(m *Model, d *brief.Database) []form.Option {
	out := []form.Option{{Label: m.words.T("brief.byrule")}}
	for _, t := range brief.Topologies(d.Engine) {
		out = append(out, form.Option{Value: t, Label: m.topology(t)})
	}
	return out
}

func roleOptions(m *Model, _ *brief.Database) []form.Option {
	out := []form.Option{{Label: m.words.T("brief.byrule")}}
	for _, r := range []string{"oltp", "cache", "document", "search", "olap", "mq", "timeseries"} {
		out = append(out, form.Option{Value: r, Label: m.role(r)})
	}
	return out
}

// topology and role are in the chapter's words, in English as they are
// written in the brief.
func (m *Model) topology(t string) string {
	if m.words.Lang == i18n.EN {
		return t
	}
	return brief.TopologyTitle(t)
}

func (m *Model) role(r string) string {
	if m.words.Lang == i18n.EN {
		return r
	}
	return brief.RoleTitle(r)
}
