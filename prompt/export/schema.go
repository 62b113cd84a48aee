package export

import (
	"bytes"
	"encoding/json"
	"slices"

	"dbchapter/prompt/chapter"
)

// This file and briefschema.go are the published JSON Schemas (draft 2020-12)
// of what the program reads and writes.

// node is one JSON Schema; keys come out sorted.
type node map[string]any

// field is one property of an object.
type field struct {
	name string
	node node
}

// record is an object with exactly these properties, all of them required
// unless told otherwise.
func record(fields []field, optional ...string) node {
	props, required := node{}, []string{}
	for _, f := range fields {
		props[f.name] = f.node
		if !slices.Contains(optional, f.name) {
			required = append(required, f.name)
		}
	}
	out := node{"type": "object", "properties": props, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

func listOf(n node) node { return node{"type": "array", "items": n} }

func oneOf(values ...string) node { return node{"type": "string", "enum": values} }

func (n node) about(words string) node {
	n["description"] = words
	return n
}

func texts() node   { return listOf(aString()) }
func aString() node { return node{"type": "string"} }
func aBool() node   { return node{"type": "boolean"} }

// whole is a whole number not below least.
func whole(least int) node { return node{"type": "integer", "minimum": least} }

// published is a schema with its head, as bytes of a file.
func published(title string, n node) []byte {
	n["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	n["title"] = title
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(n) // maps, slices and strings always encode
	return b.Bytes()
}

// Schema is the JSON Schema of the form "json".
func Schema() []byte {
	brief := briefNode()
	return published("dbchapter 章节数据", record([]field{
		{"schema", node{"const": DataSchema}},
		{"name", aString().about("章节文件名，不带扩展名")},
		{"sha256", node{"type": "string", "pattern": "^[0-9a-f]{64}$"}},
		{"sections", listOf(record([]field{
			{"id", oneOf(sectionIDs()...).about("契约以外的小节为空串")}, {"title", aString()}, {"text", aString().about("Markdown 原文，含标题")},
		}))},
		{"instances", listOf(record([]field{
			{"service", aString()}, {"engine", aString()}, {"name", aString()}, {"tables", texts()}, {"remark", aString()},
		}))},
		{"tables", listOf(tableNode())},
		{"references", listOf(record([]field{
			{"table", aString()},
			{"column", aString()},
			{"parent", aString()},
			{"key", aString()},
			{"optional", aBool().about("引用列可为空")},
			{"one", aBool().about("引用列唯一，至多一行")},
			{"across_instances", aBool()},
		}))},
		{"cache", listOf(record([]field{{"title", aString()}, {"key", aString()}, {"value", aString()}, {"ttl", aString()}}))},
		{"brief", brief},
	}, "brief"))
}

func tableNode() node {
	return record([]field{
		{"name", aString()},
		{"title", aString()},
		{"instances", texts().about("持有这张表的实例")},
		{"dialect", oneOf("mysql", "tidb", "oceanbase", "postgresql", "clickhouse", "mongodb", "search", "doris", "neutral")},
		{"columns", listOf(record([]field{
			{"name", aString()},
			{"type", aString().about("定义中的写法")},
			{"nullable", aBool()},
			{"primary", aBool()},
			{"default", node{"type": []string{"string", "null"}}.about("定义中的写法，没有时为 null")},
			{"comment", aString()},
		}))},
		{"keys", listOf(record([]field{
			{"name", aString()}, {"primary", aBool()}, {"unique", aBool()}, {"parts", texts().about("列、前缀长度与方向，如 name(20)、created_at DESC")},
		}))},
		{"ddl", aString().about("章节中的定义原文")},
	})
}

// ReportSchema is the JSON Schema of check --format json (product.md §2,
// domain.md §5.1).
func ReportSchema() []byte {
	dimensions := node{}
	for _, p := range []struct {
		name string
		most int
	}{{"coverage", 20}, {"correctness", 19}, {"quantity", 15}, {"specificity", 10}, {"format", 10}, {"operability", 12}} {
		dimensions[p.name] = node{"type": "integer", "minimum": 0, "maximum": p.most}
	}
	return published("dbchapter 检查报告", record([]field{
		{"findings", listOf(record([]field{
			{"rule", aString()},
			{"severity", oneOf("error", "warn", "info")},
			{"section", oneOf(sectionIDs()...)},
			{"line", whole(0).about("文件中的行号，从 1 开始；0 表示不在某一行")},
			{"object", aString()},
			{"message", aString()},
			{"fix", node{"type": []string{"string", "null"}}},
		}))},
		{"score", record([]field{
			{"total", node{"type": "integer", "minimum": 0, "maximum": 100}},
			{"grade", oneOf("A", "B", "C", "D")},
			{"dimensions", node{"type": "object", "properties": dimensions, "additionalProperties": false}},
			{"capped", aString().about("使总分封顶的规则")},
		}, "capped")},
		{"fixed", listOf(record([]field{
			{"step", aString()}, {"line", whole(0)}, {"message", aString()}, {"rule", aString()}, {"object", aString()},
		}, "rule", "object"))},
	}))
}

// sectionIDs are the ids of the contract, and "" for what lies outside.
func sectionIDs() []string {
	var out []string
	for _, s := range chapter.Sections() {
		out = append(out, string(s))
	}
	return append(out, "")
}
