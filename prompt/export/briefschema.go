package export

import (
	"slices"

	"dbchapter/prompt/brief"
)

// BriefSchema is the JSON Schema of a brief (dbbrief/v1), for editors and CI.
// It holds what the parser can read; the rules that look at several fields
// (domain.md §1) stay with brief check.
func BriefSchema() []byte { return published("dbchapter 简报 "+brief.Schema, briefNode()) }

// anyOf is what may be written in several ways; the first is the usual one.
func anyOf(ways ...node) node { return node{"anyOf": ways} }

// count is a whole number as people write it: 200000, 20万.
func count() node { return node{"type": []string{"integer", "string", "null"}} }

// amount is a number with a fraction as people write it: 0.3, 30%.
func amount() node { return node{"type": []string{"number", "string", "null"}} }

// scalar is text that YAML may take for a number, a date or nothing.
func scalar() node { return node{"type": []string{"string", "number", "boolean", "null"}} }

func truth() node { return node{"type": []string{"boolean", "string", "integer", "null"}} }

// words is a list, or one string with commas.
func words(values ...string) node {
	one := scalar()
	if len(values) > 0 {
		one["examples"] = values
	}
	return anyOf(listOf(one), scalar())
}

// hinted is text that editors complete with these values.
func hinted(values ...string) node {
	n := scalar()
	n["examples"] = values
	return n
}

// lines are items that may each be an object or one line of text, or all of
// them one text.
func lines(n node) node {
	return anyOf(listOf(anyOf(n, aString())), node{"type": []string{"string", "null"}})
}

// given is an object of which nothing is required.
func given(fields ...field) node {
	n := record(fields)
	delete(n, "required")
	return n
}

func briefNode() node {
	return record([]field{
		{"schema", node{"const": brief.Schema}},
		{"base_date", scalar().about("YYYY-MM-DD；分区命名的基准日期")},
		{"preset", hinted(presetIDs()...)},
		{"system", systemNode()},
		{"databases", lines(databaseNode())},
		{"services", lines(serviceNode())},
		{"entities", lines(entityNode())},
		{"binding_tables", listOf(words())},
		{"raw", given(field{"system", scalar()}, field{"databases", scalar()}, field{"services", scalar()}, field{"entities", scalar()}).
			about("原文，代替提示词的四个值")},
	}, "base_date", "preset", "system", "databases", "services", "entities", "binding_tables", "raw")
}

func presetIDs() []string {
	var out []string
	for _, p := range brief.Presets() {
		out = append(out, p.ID)
	}
	return out
}

func systemNode() node {
	return given(
		field{"name", scalar().about("系统名称，2~40个字")},
		field{"code", scalar().about("英文代号")},
		field{"summary", scalar().about("谁用它做什么")},
		field{"domain", hinted(append(presetIDs(), "generic")...)},
		field{"users", words()},
		field{"dau", count().about("日活用户，如 200000 或 20万")},
		field{"peak_read_qps", count()},
		field{"peak_write_tps", count()},
		field{"growth", amount().about("年增长率，如 0.3 或 30%")},
		field{"horizon_years", count()},
		field{"peak_factor", amount()},
		field{"cache_hit", amount()},
		field{"regions", lines(given(field{"name", scalar()}, field{"role", hinted("primary", "dr", "active")}))},
		field{"compliance", words(brief.Compliances()...)},
		field{"sla", hinted(brief.SLAs()...)},
		field{"rpo_minutes", count()},
		field{"rto_minutes", count()},
		field{"multi_tenant", truth()},
		field{"naming", hinted("plural", "singular")},
		field{"money_type", hinted("decimal", "fen")},
		field{"time_type", hinted("datetime", "timestamp")},
		field{"threshold_profile", hinted("ali", "classic", "balanced", "modern")},
		field{"gm_crypto", truth()},
	)
}

func databaseNode() node {
	var topologies []string
	for _, e := range brief.Engines() {
		for _, t := range brief.Topologies(e) {
			if !slices.Contains(topologies, t) {
				topologies = append(topologies, t)
			}
		}
	}
	return given(
		field{"engine", hinted(brief.Engines()...)},
		field{"name", scalar()},
		field{"version", scalar()},
		field{"role", hinted("oltp", "cache", "document", "search", "olap", "mq", "timeseries")},
		field{"topology", hinted(topologies...)},
		field{"replicas", count()},
		field{"semi_sync", truth()},
		field{"shards", count()},
		field{"shard_memory_gb", count()},
		field{"instance", scalar()},
		field{"charset", scalar()},
		field{"cpu", count()},
		field{"memory_gb", count()},
		field{"max_connections", count()},
		field{"limits", given(field{"table_gb", amount()}, field{"instance_gb", amount()}, field{"shard_gb", amount()}, field{"write_tps", amount()})},
	)
}

func serviceNode() node {
	return given(
		field{"code", scalar()},
		field{"name", scalar()},
		field{"duty", scalar()},
		field{"store", words(brief.Engines()...)},
		field{"pods", count()},
		field{"out", words()},
		field{"in", words()},
		field{"deps", words()},
		field{"team", scalar()},
	)
}

func entityNode() node {
	var kinds []string
	for _, k := range brief.Kinds() {
		kinds = append(kinds, string(k))
	}
	volume := given(
		field{"rows_now", count()},
		field{"rows_per_day", count()},
		field{"retention_days", count().about("在线保留天数，0 表示长期")},
		field{"archive_days", count()},
		field{"writes_per_row", amount()},
	)
	return given(
		field{"name", scalar()},
		field{"table", scalar()},
		field{"service", scalar()},
		field{"kind", hinted(kinds...)},
		field{"volume", anyOf(volume, scalar())},
		field{"attrs", lines(attrNode())},
		field{"access", lines(accessNode())},
		field{"tags", words(brief.Tags()...)},
		field{"soft_delete", truth()},
	)
}

func attrNode() node {
	return given(
		field{"name", scalar()},
		field{"column", scalar()},
		field{"type", scalar()},
		field{"len", count()},
		field{"nullable", truth()},
		field{"unique", truth()},
		field{"default", scalar()},
		field{"enum", anyOf(node{"type": "object", "additionalProperties": scalar()}, listOf(scalar()), scalar())},
		field{"pii", hinted("auto", "none", "P1", "P2", "P3")},
		field{"ref", scalar().about("被引用的表名或实体名")},
		field{"immutable", truth()},
		field{"comment", scalar()},
	)
}

func accessNode() node {
	return given(
		field{"op", hinted(brief.Ops()...)},
		field{"eq", words()},
		field{"sort", scalar().about("排序列，末尾加 - 表示倒序")},
		field{"range", scalar()},
		field{"qps", amount()},
		field{"hot", truth()},
		field{"select", words()},
		field{"note", scalar()},
	)
}
