package brief_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func load(t testing.TB, name string) brief.Brief {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Parse(name, src)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The messages for broken briefs, word for word and all at once.
func TestParseMessages(t *testing.T) {
	files, _ := filepath.Glob("testdata/bad/*.yaml")
	if len(files) == 0 {
		t.Fatal("no broken briefs")
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, err = brief.Parse(filepath.Base(file), src)
		var problems brief.Problems
		if !errors.As(err, &problems) {
			t.Errorf("%s: %v, want Problems", file, err)
			continue
		}
		golden := strings.TrimSuffix(file, ".yaml") + ".txt"
		if *update {
			if err := os.WriteFile(golden, []byte(err.Error()+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err2 := os.ReadFile(golden)
		if err2 != nil {
			t.Fatal(err2)
		}
		if got := err.Error() + "\n"; got != string(want) {
			t.Errorf("%s:\n got:\n%s\nwant:\n%s", file, got, want)
		}
	}
}

// briefs are all the good ones we have.
func briefs(t testing.TB) map[string]brief.Brief {
	out := map[string]brief.Brief{"parking_brief": load(t, "parking_brief.yaml"), "ecommerce_brief": load(t, "ecommerce_brief.yaml")}
	for _, p := range brief.Presets() {
		out[p.ID], _ = brief.Preset(p.ID)
		out[p.ID+" completed"] = brief.Complete(out[p.ID]).Brief
	}
	return out
}

func TestYAMLRoundTrip(t *testing.T) {
	for name, b := range briefs(t) {
		first, err := brief.Parse(name, b.YAML())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		second, err := brief.Parse(name, first.YAML())
		if err != nil || !reflect.DeepEqual(first, second) {
			t.Errorf("%s: the second reading differs: %v", name, err)
		}
		if string(first.YAML()) != string(b.YAML()) {
			t.Errorf("%s: the second writing differs", name)
		}
	}
}

// Both ways to write a thing give the same value.
func TestBothForms(t *testing.T) {
	const line = `schema: dbbrief/v1
system: {name: 商城平台, summary: 面向大众的综合电商平台, dau: 20万, growth: 30%, users: 消费者、商家, sla: 99.95, regions: 华东 主、华北(灾备)}
databases: [MySQL 8.4, "Redis 7.2"]
services: ["订单服务 order [MySQL] : 下单"]
entities:
  - "订单 orders @order txn 20M+120k/d~365 : 订单号 order_no#, 状态 status{1待付,2已付} | get order_no; list 状态>created_at-; hot"
  - 用户 users : 手机号 phone#
`
	const mapping = `schema: dbbrief/v1
system:
  name: 商城平台
  summary: 面向大众的综合电商平台
  dau: 200000
  growth: 0.3
  users: [消费者, 商家]
  sla: "99.95"
  regions: [{name: 华东, role: primary}, {name: 华北, role: dr}]
databases: [{engine: MySQL, version: "8.4"}, {engine: Redis, version: 7.2}]
services: [{name: 订单服务, code: order, duty: 下单, store: [MySQL]}]
entities:
  - name: 订单
    table: orders
    service: order
    kind: 交易单据
    volume: 20M+120k/d~365
    attrs: ["订单号 order_no#", {name: 状态, column: status, enum: [1待付, 2已付]}]
    access: [get order_no, {op: list, eq: 状态, sort: created_at desc}, hot]
  - {name: 用户, table: users, attrs: "手机号 phone#"}
`
	a, err := brief.Parse("line", []byte(line))
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Parse("mapping", []byte("\uFEFF"+strings.ReplaceAll(mapping, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("got\n%s\nwant\n%s", a.YAML(), b.YAML())
	}
}

func TestLocate(t *testing.T) {
	src := []byte("schema: dbbrief/v1\nsystem:\n  name: 商城平台\n  summary: 面向大众的综合电商平台\n  dau: 0\nentities:\n  - {name: 订单, kind: txn2}\n")
	b, err := brief.Parse("a.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	got := brief.Locate("a.yaml", src, brief.Validate(b).Errors()).Error()
	want := "a.yaml:5:8: system.dau: 日活应为1到10亿之间的整数\n" +
		"a.yaml:7:22: entities[0].kind（第 1 个实体「订单」）: 类别应为 master、config、txn、detail、ledger、relation、event、log、counter、snapshot 之一"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func FuzzParse(f *testing.F) {
	more, _ := filepath.Glob("testdata/bad/*.yaml")
	for _, file := range more {
		src, _ := os.ReadFile(file)
		f.Add(src)
	}
	f.Add([]byte("schema: dbbrief/v1\nentities: [&a {name: 订单, attrs: [金额]}, *a]\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		b, err := brief.Parse("fuzz", src)
		var ps brief.Problems
		if err != nil && !errors.As(err, &ps) {
			t.Fatalf("%T", err)
		}
		brief.Validate(b)
		if err != nil {
			return
		}
		again, err := brief.Parse("again", b.YAML())
		if err != nil {
			t.Fatalf("%v\n%s", err, b.YAML())
		}
		if !reflect.DeepEqual(again, b) {
			t.Fatalf("reads back differently:\n%s\n%s", b.YAML(), again.YAML())
		}
		if len(brief.Validate(b).Errors()) == 0 {
			brief.Complete(b)
		}
	})
}
