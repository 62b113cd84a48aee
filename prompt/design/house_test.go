package design_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

func TestHouse(t *testing.T) {
	h, err := design.ParseHouse("house.yaml", []byte(`
schema: dbhouse/v1
naming: singular
thresholds: {rows: 500万, gb: 2}
limits: {indexes: 3, instance_gb: 100, shard_gb: 100}
audit: {created_at: gmt_create, updated_at: gmt_modified}
versions: {Redis: "7.4"}
`))
	if err != nil {
		t.Fatal(err)
	}
	if h.Thresholds.Rows != 5e6 || h.Limits.Indexes != 3 || h.Audit.CreatedAt != "gmt_create" || h.Versions["Redis"] != "7.4" {
		t.Errorf("%+v", h)
	}
	d := design.New(shop("MySQL"), h)
	orders, _ := d.Table("orders")
	text := d.DDL(orders)
	for _, want := range []string{"gmt_create DATETIME", "gmt_modified DATETIME", "(user_id, gmt_create)"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if len(orders.Indexes) > 3 || len(orders.Dropped) == 0 {
		t.Errorf("%d indexes", len(orders.Indexes))
	}
	if d.Outbox.Table != "outbox_event" {
		t.Errorf("outbox: %s", d.Outbox.Table)
	}
	if orders.Verdict.Databases != 8 {
		t.Errorf("659 GB in shards of 100 GB: %d databases", orders.Verdict.Databases)
	}
}

func TestHouseProblems(t *testing.T) {
	for src, want := range map[string][]string{
		"nameing: plural\n":               {`house.yaml:1:1: nameing: 未知字段 "nameing"`},
		"naming: both\n":                  {`house.yaml:1:9: naming: "both" 应为 plural 或 singular`},
		"thresholds:\n  rows: many\n":     {`house.yaml:2:9: thresholds.rows: "many" 应为大于0的数字，如 5000万`},
		"audit: {version: order}\n":       {`"order" 不是可用的列名，可改为 "orders"`},
		"versions: {Oracel: 1}\n":         {`未知的数据库 "Oracel"`},
		"limits: 3\n":                     {"应为“键: 值”"},
		"naming: [a]\nlimits: {x: 1}\n":   {"应为单个值", `未知字段 "x"`},
		"naming: singular\n\tx: 1\n":      {"不是有效的YAML"},
		"versions: {MySQL: latest}\n":     {`"latest" 不是版本号，如 8.4`},
		"limits: {indexes: 0}\n":          {"应为1到16之间的整数"},
		"schema: dbbrief/v1\nnaming: x\n": {"应为 dbhouse/v1", "应为 plural 或 singular"},
	} {
		_, err := design.ParseHouse("house.yaml", []byte(src))
		var ps brief.Problems
		if !errors.As(err, &ps) || len(ps) != len(want) {
			t.Errorf("%q: %v", src, err)
			continue
		}
		for _, w := range want {
			if !slices.ContainsFunc(ps, func(p brief.Problem) bool { return strings.Contains(p.Error(), w) }) {
				t.Errorf("%q: %v, want %s", src, err, w)
			}
		}
	}
	if h, err := design.ParseHouse("empty.yaml", nil); err != nil || h.Naming != "" {
		t.Errorf("empty: %+v %v", h, err)
	}
}
