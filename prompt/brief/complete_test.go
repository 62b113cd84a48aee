package brief_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
)

const minute = `schema: dbbrief/v1
system: {name: 社区团购, summary: 团长开团、居民下单、次日自提的社区团购小程序, dau: 8000}
entities:
  - "团长: 手机号, 姓名, 小区, 状态(正常/停用)"
  - "团购活动: 标题, 团长, 开始时间, 结束时间, 状态(未开始/进行中/已结束)"
  - "订单: 订单号, 用户, 团购活动, 总金额, 提货码, 状态(待支付/待提货/已完成/已取消), 过期时间"
`

func parse(t testing.TB, text string) brief.Brief {
	t.Helper()
	b, err := brief.Parse("test", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The brief of sixty seconds (domain.md §1.9).
func TestCompleteMinute(t *testing.T) {
	r := brief.Complete(parse(t, minute))
	if r.BaseDate != "" {
		t.Errorf("base date %q: only the caller knows today", r.BaseDate)
	}
	var dbs, services []string
	for _, d := range r.Databases {
		dbs = append(dbs, d.Engine+" "+d.Version)
	}
	for _, s := range r.Services {
		services = append(services, s.Code+" "+s.Name)
	}
	if want := []string{"MySQL 8.4", "Redis 7.2"}; !slices.Equal(dbs, want) {
		t.Errorf("databases %v, want %v", dbs, want)
	}
	if want := []string{"core 核心服务", "order 订单服务"}; !slices.Equal(services, want) {
		t.Errorf("services %v, want %v", services, want)
	}
	if r.System.PeakReadQPS.V != 119 || r.System.PeakWriteTPS.V != 24 {
		t.Errorf("peaks %d, %d", r.System.PeakReadQPS.V, r.System.PeakWriteTPS.V)
	}
	order, ok := r.Entity("orders")
	if !ok {
		t.Fatalf("no orders in %+v", r.Entities)
	}
	if v := order.Volume; v.RowsPerDay.V != 1600 || v.RowsNow.V != 1600*365 || v.RetentionDays.V != 730 || v.ArchiveDays.V != 1095 || v.WritesPerRow.V != 3 {
		t.Errorf("volume %+v", v)
	}
	if !order.Attrs[0].Unique || order.Attrs[2].Ref != "group_buy_promotions" || order.Kind != brief.Txn {
		t.Errorf("orders %+v", order)
	}
	if got := r.Source("entities[2].attrs[2].ref"); got != brief.FromDerived {
		t.Errorf("source of the reference %q", got)
	}
	for path, want := range map[string]brief.Source{
		"system.dau": brief.FromBrief, "system.growth": brief.FromDefault, "system.peak_read_qps": brief.FromDerived,
		"entities[2].volume.rows_per_day": brief.FromDerived, "databases[0].version": brief.FromDefault, "services[0].store": brief.FromDerived,
		"entities[0].attrs[0].column": brief.FromDerived,
	} {
		if got := r.Source(path); got != want {
			t.Errorf("Source(%s) = %q, want %q", path, got, want)
		}
	}
	for _, a := range r.Assumptions {
		if a.Path == "" || a.Label == "" || a.Value == "" || a.Effect == "" || a.Rule == "" || a.Source == "" {
			t.Errorf("half an assumption: %+v", a)
		}
	}
}

func TestScales(t *testing.T) {
	want := map[string][2]int64{"S": {30, 6}, "M": {741, 149}, "L": {7408, 1482}, "XL": {74075, 14815}}
	for _, s := range brief.Scales() {
		reads := brief.PeakReads(s.DAU, 8)
		if got := [2]int64{reads, brief.PeakWrites(reads)}; got != want[s.ID] {
			t.Errorf("%s: %v, want %v", s.ID, got, want[s.ID])
		}
	}
}

// No gaps are left: completing again finds nothing to do.
func TestCompleteIsComplete(t *testing.T) {
	all := briefs(t)
	all["minute"] = parse(t, minute)
	all["names only"] = parse(t, "schema: dbbrief/v1\nsystem: {name: 测试系统, summary: 只有实体名字的一份简报}\nentities: [用户, 商品, 订单, 订单明细, 支付流水, 用户商品关系, 访问日志, 商品库存, 销售日报, 系统参数]\n")
	for name, b := range all {
		r := brief.Complete(b)
		if errs := brief.Validate(r.Brief).Errors(); len(errs) > 0 {
			t.Errorf("%s: %v", name, errs)
		}
		if again := brief.Complete(r.Brief); !reflect.DeepEqual(again.Brief, r.Brief) {
			t.Errorf("%s: completing twice differs:\n%s\n%s", name, r.YAML(), again.YAML())
		}
		if again := brief.Complete(b); !reflect.DeepEqual(again, r) {
			t.Errorf("%s: not the same answer twice", name)
		}
		for _, e := range r.Entities {
			v := e.Volume
			if e.Table == "" || e.Service == "" || e.Kind == "" || len(e.Attrs) == 0 || !e.SoftDelete.Set ||
				!v.RowsNow.Set || !v.RowsPerDay.Set || !v.RetentionDays.Set || !v.ArchiveDays.Set || !v.WritesPerRow.Set {
				t.Errorf("%s: gaps in %+v", name, e)
			}
			if _, ok := r.Service(e.Service); !ok {
				t.Errorf("%s: %s belongs to unknown %q", name, e.Table, e.Service)
			}
			for _, a := range e.Attrs {
				if _, ok := r.Entity(a.Ref); a.Column == "" || a.Ref != "" && !ok {
					t.Errorf("%s: %s.%s → %q", name, e.Table, a.Name, a.Ref)
				}
			}
		}
	}
}

// What the user wrote stays as it was written.
func TestCompleteKeepsTheGolden(t *testing.T) {
	b := load(t, "parking_brief.yaml")
	r := brief.Complete(b)
	for i, e := range b.Entities {
		for j, a := range e.Attrs {
			if got := r.Entities[i].Attrs[j]; got.Column != a.Column || got.Ref != a.Ref || got.Unique != a.Unique {
				t.Errorf("%s.%s became %+v", e.Name, a.Name, got)
			}
		}
		if !reflect.DeepEqual(r.Entities[i].Access, e.Access) || !reflect.DeepEqual(r.Entities[i].Tags, e.Tags) {
			t.Errorf("%s: access or tags changed", e.Name)
		}
	}
	if !reflect.DeepEqual(r.System.Regions, b.System.Regions) || len(r.Services) != 5 || len(r.Services[4].Out) != 0 {
		t.Errorf("system or services changed: %+v", r.Services)
	}
}

func TestLeastAttrs(t *testing.T) {
	b := parse(t, "schema: dbbrief/v1\nsystem: {name: 测试系统, summary: 只有实体名字的一份简报}\nentities: [用户, 商品, 订单, 订单明细, 支付流水, 用户商品关系, 访问日志, 商品库存, 销售日报, 系统参数]\n")
	r := brief.Complete(b)
	want := map[string]string{
		"用户": "user_no# name status", "订单": "order_no# status", "订单明细": "order_no>orders name quantity",
		"支付流水": "entry_no# change_amount biz_no", "用户商品关系": "user_id>users product_id>products",
		"访问日志": "event_id event_type event_at payload", "商品库存": "target_id# total_count", "销售日报": "stat_date metrics",
		"系统参数": "code# name content status",
	}
	for _, e := range r.Entities {
		var got []string
		for _, a := range e.Attrs {
			s := a.Column
			if a.Unique {
				s += "#"
			}
			if a.Ref != "" {
				s += ">" + a.Ref
			}
			got = append(got, s)
		}
		if w, ok := want[e.Name]; ok && strings.Join(got, " ") != w {
			t.Errorf("%s: %v, want %s", e.Name, got, w)
		}
	}
}

// Queries follow a column that was renamed and may use attribute names
// (decisions.md 6).
func TestAccessFollowsNames(t *testing.T) {
	b := parse(t, `schema: dbbrief/v1
system: {name: 测试系统, summary: 用来检查查询里的名字}
entities:
  - "用户: 手机号#"
  - "订单: 订单号#, 用户, 密码 password, 排名 rank, 状态(新/旧), 过期时间 | get 订单号; list 用户>时间-; get password,rank; scan 状态<过期时间; 按用户查询，按时间倒序"
`)
	if errs := brief.Validate(b).Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	e := brief.Complete(b).Entities[1]
	var got []string
	for _, a := range e.Access {
		got = append(got, strings.Join(append([]string{a.Op}, a.Eq...), " ")+" "+a.Sort+a.Range)
	}
	want := []string{"get order_no ", "list user_id created_at", "get password_hash rank_no ", "scan status expire_at", "list user_id created_at"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The user of an order lives elsewhere, and still people ask for his orders.
func TestDefaultAccessOfOutsiders(t *testing.T) {
	b := brief.Brief{System: brief.System{Name: "社区团购", Summary: "团长开团、居民下单的小程序"}}
	e, problems := brief.ParseEntity("订单: 订单号, 用户, 总金额, 状态(待支付/已完成)")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b.Entities = []brief.Entity{e}
	for _, a := range brief.Complete(b).Entities[0].Access {
		if a.Op == "list" && a.Eq[0] == "user_id" && a.Sort == "created_at" {
			return
		}
	}
	t.Errorf("no list by user_id in %+v", brief.Complete(b).Entities[0].Access)
}
