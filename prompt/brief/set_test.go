package brief_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
)

func TestSet(t *testing.T) {
	for _, row := range []struct {
		path, value string
		got         func(brief.Brief) any
		want        any
	}{
		{"system.dau", "80万", func(b brief.Brief) any { return b.System.DAU }, brief.Some[int64](800_000)},
		{"system.dau", "", func(b brief.Brief) any { return b.System.DAU.Set }, false},
		{"system.growth", "45%", func(b brief.Brief) any { return b.System.Growth.V }, 0.45},
		{"system.sla", "99.99%", func(b brief.Brief) any { return b.System.SLA }, "99.99"},
		{"system.users", "买家、卖家", func(b brief.Brief) any { return b.System.Users }, []string{"买家", "卖家"}},
		{"system.multi_tenant", "是", func(b brief.Brief) any { return b.System.MultiTenant }, true},
		{"system.regions", "华东（主）、华北 灾备", func(b brief.Brief) any { return b.System.Regions }, []brief.Region{{Name: "华东", Role: "primary"}, {Name: "华北", Role: "dr"}}},
		{"base_date", "2027-01-01", func(b brief.Brief) any { return b.BaseDate }, "2027-01-01"},
		{"databases[0].version", "8.0", func(b brief.Brief) any { return b.Databases[0].Version }, "8.0"},
		{"databases[0].topology", "主从复制", func(b brief.Brief) any { return b.Databases[0].Topology }, "master-slave"},
		{"databases[2].engine", "Kafka", func(b brief.Brief) any { return len(b.Databases) }, 3},
		{"databases[0]", "TiDB 8.1", func(b brief.Brief) any { return b.Databases[0].Engine + b.Databases[0].Version }, "TiDB8.1"},
		{"services[1].store", "MySQL+Redis", func(b brief.Brief) any { return b.Services[1].Store }, []string{"MySQL", "Redis"}},
		{"entities[1].volume.rows_per_day", "12万", func(b brief.Brief) any { return b.Entities[1].Volume.RowsPerDay.V }, int64(120_000)},
		{"entities[1].volume.retention_days", "长期", func(b brief.Brief) any { return b.Entities[1].Volume.RetentionDays }, brief.Some(0)},
		{"entities[1].volume", "2M+3k/d~90", func(b brief.Brief) any { return b.Entities[1].Volume.RowsNow.V }, int64(2_000_000)},
		{"entities[1].kind", "流水", func(b brief.Brief) any { return b.Entities[1].Kind }, brief.Ledger},
		{"entities[1].attrs[0].column", "no", func(b brief.Brief) any { return b.Entities[1].Attrs[0].Column }, "no"},
		{"entities[1].access", "get 订单号; hot", func(b brief.Brief) any { return b.Entities[1].Tags }, []string{"hot"}},
		{"entities[3]", "退款单: 退款单号#", func(b brief.Brief) any { return b.Entities[3].Name }, "退款单"},
	} {
		b := shop(t)
		if err := b.Set(row.path, row.value); err != nil {
			t.Errorf("%s=%s: %v", row.path, row.value, err)
		} else if got := row.got(b); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s=%s: %v, want %v", row.path, row.value, got, row.want)
		}
	}
}

func TestSetErrors(t *testing.T) {
	for set, want := range map[string]string{
		"system.daus=1":          `未知字段 "daus"，是否想写 "dau"？`,
		"sistem.dau=1":           `未知字段 "sistem"，是否想写 "system"？`,
		"system.dau=很多":          `看不懂数字 "很多"`,
		"system.dau=1.5":         `需为整数，而不是 "1.5"`,
		"system=x":               "这里不是单个值，请写到具体字段",
		"system.dau.x=1":         "之前已经是单个值",
		"system[0]=1":            "不是列表，不能用下标",
		"databases[5].version=1": "databases 只有 2 项，下标 5 超出范围（从 0 数起）",
		"databases[x].version=1": "下标 x 超出范围",
		"entities=":              "",
		"=1":                     "路径应写成 system.dau",
		"system.multi_tenant=大概": `应为 true 或 false，而不是 "大概"`,
		"schema=dbbrief/v9":      "schema 应为 dbbrief/v1",
		"entities[0]=a, b":       "这一行像是几个实体",
	} {
		if want == "" {
			continue
		}
		b := shop(t)
		before := string(b.YAML())
		path, value, _ := strings.Cut(set, "=")
		err := b.Set(path, value)
		var p brief.Problem
		if !errors.As(err, &p) || p.Path != path || !strings.Contains(p.Message, want) {
			t.Errorf("%s: %v, want %q", set, err, want)
		}
		if string(b.YAML()) != before {
			t.Errorf("%s: a failed Set changed the brief", set)
		}
	}
}
