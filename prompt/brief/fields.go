package brief

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// This file is the format dbbrief/v1: every key of every mapping, in the order
// in which they are written (domain.md §1.2–§1.5, §1.9).

func (b *Brief) slot() object {
	return object{fields: []named{
		{"schema", schema{}},
		{"base_date", date{&b.BaseDate}},
		{"preset", text{&b.Preset}},
		{"system", b.System.slot()},
		{"databases", list[Database]{&b.Databases, (*Database).slot, cutLines, false}},
		{"services", list[Service]{&b.Services, (*Service).slot, cutLines, false}},
		{"entities", list[Entity]{&b.Entities, func(e *Entity) slot { return entitySlot{e} }, cutLines, false}},
		{"binding_tables", list[[]string]{&b.BindingTables, func(v *[]string) slot { return words{v, ""} }, nil, true}},
		{"raw", object{fields: []named{
			{"system", text{&b.Raw.System}},
			{"databases", text{&b.Raw.Databases}},
			{"services", text{&b.Raw.Services}},
			{"entities", text{&b.Raw.Entities}},
		}}},
	}}
}

func (s *System) slot() object {
	return object{fields: []named{
		{"name", text{&s.Name}},
		{"code", text{&s.Code}},
		{"summary", text{&s.Summary}},
		{"domain", text{&s.Domain}},
		{"users", words{&s.Users, ""}},
		{"dau", whole[int64]{&s.DAU}},
		{"peak_read_qps", whole[int64]{&s.PeakReadQPS}},
		{"peak_write_tps", whole[int64]{&s.PeakWriteTPS}},
		{"growth", decimal{&s.Growth}},
		{"horizon_years", whole[int]{&s.HorizonYears}},
		{"peak_factor", decimal{&s.PeakFactor}},
		{"cache_hit", decimal{&s.CacheHit}},
		{"regions", list[Region]{&s.Regions, (*Region).slot, cutWords, true}},
		{"compliance", words{&s.Compliance, ""}},
		{"sla", percent{&s.SLA}},
		{"rpo_minutes", whole[int]{&s.RPOMinutes}},
		{"rto_minutes", whole[int]{&s.RTOMinutes}},
		{"multi_tenant", flag{&s.MultiTenant}},
		{"naming", word{&s.Naming, []wording{{"plural", "复数"}, {"singular", "单数"}}}},
		{"money_type", word{&s.MoneyType, []wording{{"decimal", "DECIMAL"}, {"fen", "分"}}}},
		{"time_type", word{&s.TimeType, []wording{{"datetime", "DATETIME"}, {"timestamp", "TIMESTAMP"}}}},
		{"threshold_profile", text{&s.ThresholdProfile}},
		{"gm_crypto", flag{&s.GMCrypto}},
	}}
}

func (r *Region) slot() slot {
	return lineSlot{object{fields: []named{{"name", text{&r.Name}}, {"role", word{&r.Role, regionWords}}}, flow: true}, r.fromLine}
}

func (d *Database) slot() slot {
	return lineSlot{object{fields: []named{
		{"engine", text{&d.Engine}},
		{"name", text{&d.Name}},
		{"version", text{&d.Version}},
		{"role", word{&d.Role, roleWords}},
		{"topology", word{&d.Topology, topologyWords}},
		{"replicas", whole[int]{&d.Replicas}},
		{"semi_sync", maybe{&d.SemiSync}},
		{"shards", whole[int]{&d.Shards}},
		{"shard_memory_gb", whole[int]{&d.ShardMemoryGB}},
		{"instance", text{&d.Instance}},
		{"charset", text{&d.Charset}},
		{"cpu", whole[int]{&d.CPU}},
		{"memory_gb", whole[int]{&d.MemoryGB}},
		{"max_connections", whole[int]{&d.MaxConns}},
		{"limits", object{fields: []named{
			{"table_gb", decimal{&d.Limits.TableGB}},
			{"instance_gb", decimal{&d.Limits.InstanceGB}},
			{"shard_gb", decimal{&d.Limits.ShardGB}},
			{"write_tps", decimal{&d.Limits.WriteTPS}},
		}, flow: true}},
	}, flow: true}, d.fromLine}
}

func (s *Service) slot() slot {
	return lineSlot{object{fields: []named{
		{"code", text{&s.Code}},
		{"name", text{&s.Name}},
		{"duty", text{&s.Duty}},
		{"store", words{&s.Store, "+"}},
		{"pods", whole[int]{&s.Pods}},
		{"out", words{&s.Out, ""}},
		{"in", words{&s.In, ""}},
		{"deps", words{&s.Deps, ""}},
		{"team", text{&s.Team}},
	}, flow: true}, s.fromLine}
}

func (e *Entity) object() object {
	return object{fields: []named{
		{"name", text{&e.Name}},
		{"table", text{&e.Table}},
		{"service", text{&e.Service}},
		{"kind", word{(*string)(&e.Kind), kindWords}},
		{"volume", volumeSlot{object{fields: []named{
			{"rows_now", whole[int64]{&e.Volume.RowsNow}},
			{"rows_per_day", whole[int64]{&e.Volume.RowsPerDay}},
			{"retention_days", days{&e.Volume.RetentionDays}},
			{"archive_days", days{&e.Volume.ArchiveDays}},
			{"writes_per_row", decimal{&e.Volume.WritesPerRow}},
		}, flow: true}, &e.Volume}},
		{"attrs", list[Attr]{&e.Attrs, func(a *Attr) slot { return attrSlot{a.object(), a} }, cutAttrs, false}},
		{"access", accessList{list[Access]{&e.Access, func(a *Access) slot { return accessSlot{a.object(), a} }, cutItems, false}, e}},
		{"tags", words{&e.Tags, " "}},
		{"soft_delete", maybe{&e.SoftDelete}},
	}}
}

func (a *Attr) object() object {
	return object{fields: []named{
		{"name", text{&a.Name}},
		{"column", text{&a.Column}},
		{"type", text{&a.Type}},
		{"len", whole[int]{&a.Len}},
		{"nullable", flag{&a.Nullable}},
		{"unique", flag{&a.Unique}},
		{"default", optional{&a.Default}},
		{"enum", enumSlot{&a.Enum}},
		{"pii", text{&a.PII}},
		{"ref", text{&a.Ref}},
		{"immutable", maybe{&a.Immutable}},
		{"comment", text{&a.Comment}},
	}, flow: true}
}

func (a *Access) object() object {
	return object{fields: []named{
		{"op", text{&a.Op}},
		{"eq", words{&a.Eq, ""}},
		{"sort", sortSlot{a}},
		{"range", text{&a.Range}},
		{"qps", decimal{&a.QPS}},
		{"hot", flag{&a.Hot}},
		{"select", words{&a.Select, ""}},
		{"note", text{&a.Note}},
	}, flow: true}
}

// percent is a text like 99.95 whose sign may be written.
type percent struct{ v *string }

func (p percent) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, p) }
func (p percent) node() *yaml.Node                          { return text(p).node() }
func (p percent) set(s string) error {
	*p.v = strings.TrimRight(strings.TrimSpace(s), "%％ ")
	return nil
}

// days is a number of days; 长期 is 0.
type days struct{ v *Opt[int] }

func (d days) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, d) }
func (d days) node() *yaml.Node                          { return whole[int](d).node() }
func (d days) set(s string) error {
	if s = strings.TrimSpace(s); s == "长期" || s == "永久" {
		s = "0"
	}
	return whole[int](d).set(strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(s, "天"), "日")))
}

// schema is the version of the format; it is not part of a Brief.
type schema struct{}

func (s schema) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, s) }
func (schema) node() *yaml.Node                            { return plain(Schema) }
func (schema) set(v string) error {
	if v == Schema {
		return nil
	}
	return fmt.Errorf("schema 应为 %s，而不是 %q：这份简报来自别的版本，请把它改成 %s 并按提示调整字段", Schema, clipped(v), Schema)
}

func cutLines(s string) []string { return strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") }

func cutWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",，、;；\n", r) })
}

func cutAttrs(s string) []string { return cutTop(s, ",、") }

func cutItems(s string) []string { return cutTop(s, ";") }

// cutTop cuts as the DSL does: not inside brackets or quotes.
func cutTop(s, set string) []string {
	l := newLine(s)
	var out []string
	for _, p := range l.split(l.all(), set) {
		out = append(out, string(l.src[p.from:p.to]))
	}
	return out
}
