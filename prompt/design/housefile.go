package design

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/infer"
)

// HouseSchema is the only accepted value of the top-level field "schema" of a
// house file; the field may be left out.
const HouseSchema = "dbhouse/v1"

// houseField is one scalar of a house file: where it stands and how it is
// taken.
type houseField struct {
	path string
	set  func(h *House, value string) string // what would be right, "" when it is
}

// houseFields is the whole format; versions has an engine as its last step.
var houseFields = []houseField{
	{"schema", func(_ *House, v string) string { return oneOf(v, HouseSchema) }},
	{"naming", func(h *House, v string) string { h.Naming = v; return oneOf(v, "plural", "singular") }},
	{"thresholds.rows", number(func(h *House) *float64 { return &h.Thresholds.Rows })},
	{"thresholds.gb", number(func(h *House) *float64 { return &h.Thresholds.GB })},
	{"thresholds.tps", number(func(h *House) *float64 { return &h.Thresholds.TPS })},
	{"limits.instance_gb", number(func(h *House) *float64 { return &h.Limits.InstanceGB })},
	{"limits.shard_gb", number(func(h *House) *float64 { return &h.Limits.ShardGB })},
	{"limits.write_tps", number(func(h *House) *float64 { return &h.Limits.WriteTPS })},
	{"limits.indexes", indexLimit},
	{"audit.created_at", columnName(func(h *House) *string { return &h.Audit.CreatedAt })},
	{"audit.updated_at", columnName(func(h *House) *string { return &h.Audit.UpdatedAt })},
	{"audit.created_by", columnName(func(h *House) *string { return &h.Audit.CreatedBy })},
	{"audit.updated_by", columnName(func(h *House) *string { return &h.Audit.UpdatedBy })},
	{"audit.version", columnName(func(h *House) *string { return &h.Audit.Version })},
	{"audit.is_deleted", columnName(func(h *House) *string { return &h.Audit.IsDeleted })},
}

func oneOf(v string, allowed ...string) string {
	if slices.Contains(allowed, v) {
		return ""
	}
	return "应为 " + strings.Join(allowed, " 或 ")
}

func number(field func(*House) *float64) func(*House, string) string {
	return func(h *House, v string) string {
		n, err := brief.ParseNumber(v)
		if err != nil || n <= 0 {
			return "应为大于0的数字，如 5000万"
		}
		*field(h) = n
		return ""
	}
}

func indexLimit(h *House, v string) string {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 16 {
		return "应为1到16之间的整数"
	}
	h.Limits.Indexes = n
	return ""
}

func columnName(field func(*House) *string) func(*House, string) string {
	return func(h *House, v string) string {
		if safe, changed := infer.Safe(v); changed {
			return fmt.Sprintf("不是可用的列名，可改为 %q", safe)
		}
		*field(h) = v
		return ""
	}
}

// ParseHouse reads a house file; name is only used in messages. The error is
// brief.Problems with every problem of the file.
//
//	naming: singular
//	thresholds: {rows: 2000万, gb: 50, tps: 1500}
//	limits: {instance_gb: 500, shard_gb: 400, write_tps: 1500, indexes: 5}
//	audit: {created_at: gmt_create, updated_at: gmt_modified}
//	versions: {MySQL: "8.4", Redis: "7.2"}
func ParseHouse(name string, src []byte) (House, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		return House{}, brief.Problems{{Rule: "V00", File: name, Message: "不是有效的YAML：" + strings.TrimPrefix(err.Error(), "yaml: ")}}
	}
	p := houseParser{file: name}
	if len(doc.Content) > 0 {
		p.walk("", doc.Content[0])
	}
	if len(p.problems) > 0 {
		return p.house, p.problems
	}
	return p.house, nil
}

type houseParser struct {
	file     string
	house    House
	problems brief.Problems
}

func (p *houseParser) fail(n *yaml.Node, path, message string) {
	p.problems = append(p.problems, brief.Problem{
		Rule: "V00", Path: path, File: p.file, Line: n.Line, Column: n.Column, Message: message,
	})
}

// walk goes through a mapping; a key is known when a field has it as a step.
func (p *houseParser) walk(path string, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, path, "应为“键: 值”")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		step := strings.TrimPrefix(path+"."+key.Value, ".")
		switch {
		case path == "versions":
			p.version(key, value)
		case step == "versions" || slices.ContainsFunc(houseFields, func(f houseField) bool { return strings.HasPrefix(f.path, step+".") }):
			p.walk(step, value)
		default:
			p.scalar(step, key, value)
		}
	}
}

func (p *houseParser) scalar(path string, key, value *yaml.Node) {
	i := slices.IndexFunc(houseFields, func(f houseField) bool { return f.path == path })
	switch {
	case i < 0:
		p.fail(key, path, fmt.Sprintf("未知字段 %q", key.Value))
	case value.Kind != yaml.ScalarNode:
		p.fail(value, path, "应为单个值")
	default:
		if wrong := houseFields[i].set(&p.house, value.Value); wrong != "" {
			p.fail(value, path, fmt.Sprintf("%q %s", value.Value, wrong))
		}
	}
}

func (p *houseParser) version(engine, value *yaml.Node) {
	if _, known := engineTable[engine.Value]; !known {
		p.fail(engine, "versions."+engine.Value, fmt.Sprintf("未知的数据库 %q", engine.Value))
		return
	}
	if strings.Trim(value.Value, "0123456789.") != "" || value.Value == "" {
		p.fail(value, "versions."+engine.Value, fmt.Sprintf("%q 不是版本号，如 8.4", value.Value))
		return
	}
	if p.house.Versions == nil {
		p.house.Versions = map[string]string{}
	}
	p.house.Versions[engine.Value] = value.Value
}
