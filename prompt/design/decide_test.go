package design_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

func access(patterns ...string) []brief.Access {
	var out []brief.Access
	for _, p := range patterns {
		f := strings.Fields(p)
		if len(f) < 2 {
			continue
		}
		a := brief.Access{Op: f[0]}
		eq, sort, hasSort := strings.Cut(f[1], ">")
		eq, rng, _ := strings.Cut(eq, "<")
		a.Eq, a.Range = strings.Split(eq, ","), rng
		if hasSort {
			a.Sort, a.Desc = strings.TrimRight(sort, "+-"), strings.HasSuffix(sort, "-")
		}
		out = append(out, a)
	}
	return out
}

// Access patterns and the indexes that serve them (domain.md §3.5).
func TestIndexes(t *testing.T) {
	base := attrs("编号 ticket_no #", "用户ID user_id", "店铺ID shop_id", "城市 city_code", "状态 status", "类型 kind_type", "链接 link_url", "配置 setting_config", "日期 due_date", "开始时间 start_at")
	for _, c := range []struct {
		name   string
		kind   brief.Kind
		access []string
		want   string
	}{
		{"own number is unique", brief.Txn, []string{"get ticket_no"}, "uk_ticket_no(ticket_no)"},
		{"the primary key serves itself", brief.Txn, []string{"get id"}, "uk_ticket_no(ticket_no)"},
		{"soft delete", brief.Master, nil, "uk_ticket_no_delete(ticket_no,delete_token)"},
		{"prefix is redundant", brief.Txn, []string{"get user_id", "list user_id>created_at-"}, "uk_ticket_no(ticket_no) idx_user_created(user_id,created_at)"},
		{"sort by id needs nothing", brief.Txn, []string{"list user_id>id+"}, "uk_ticket_no(ticket_no) idx_user_id(user_id)"},
		{
			"selective columns first", brief.Txn,
			[]string{"list status,city_code,user_id>created_at-"},
			"uk_ticket_no(ticket_no) idx_user_city_status_created(user_id,city_code,status,created_at)",
		},
		{"same columns in another order", brief.Txn, []string{"get user_id,shop_id", "get shop_id,user_id"}, "uk_ticket_no(ticket_no) idx_shop_user(shop_id,user_id)"},
		{"low cardinality alone", brief.Txn, []string{"get status", "list kind_type>id+"}, "uk_ticket_no(ticket_no)"},
		{"low cardinality with time", brief.Txn, []string{"scan status<start_at"}, "uk_ticket_no(ticket_no) idx_status_start(status,start_at)"},
		{"long text by prefix", brief.Txn, []string{"get link_url"}, "uk_ticket_no(ticket_no) idx_link_url(link_url(64))"},
		{"no index on JSON", brief.Txn, []string{"get setting_config"}, "uk_ticket_no(ticket_no)"},
		{"search and agg go elsewhere", brief.Txn, []string{"search link_url", "agg city_code"}, "uk_ticket_no(ticket_no)"},
		{"union key", brief.Txn, []string{"uk user_id,due_date", "get user_id"}, "uk_ticket_no(ticket_no) uk_user_due(user_id,due_date)"},
		{
			"at most five", brief.Txn,
			[]string{"get user_id", "get shop_id", "get due_date", "get city_code", "list start_at>created_at-", "get link_url"},
			"uk_ticket_no(ticket_no) idx_user_id(user_id) idx_shop_id(shop_id) idx_due_date(due_date) idx_city_code(city_code)",
		},
	} {
		_, table := one(brief.System{}, brief.Entity{Kind: c.kind, Attrs: base, Access: access(c.access...)})
		var got []string
		for _, x := range table.Indexes {
			columns := slices.Clone(x.Columns)
			for i, n := range columns {
				if x.Prefix[n] > 0 {
					columns[i] += fmt.Sprintf("(%d)", x.Prefix[n])
				}
			}
			got = append(got, x.Name+"("+strings.Join(columns, ",")+")")
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s", c.name, strings.Join(got, " "), c.want)
		}
		for _, l := range table.Lookups {
			if (l.Access.Op == "get" || l.Access.Op == "scan") && l.Index == "" && len(table.Dropped) == 0 {
				t.Errorf("%s: %v is served by nothing and nothing was dropped", c.name, l.Columns)
			}
		}
	}
}

// Volumes and the rung they reach (domain.md §3.7), growth 30 % over 3 years.
func TestLadder(t *testing.T) {
	for _, c := range []struct {
		name     string
		kind     brief.Kind
		now, day int64 // every row is written twice
		keep     int
		profile  string
		access   string
		want     design.Level
	}{
		{"small", brief.Txn, 1e6, 100, 0, "", "", design.D0},
		{"watched", brief.Txn, 1e7, 100, 0, "", "", design.D1},
		{"two years are enough", brief.Txn, 15e6, 40e3, 0, "", "", design.D2},
		{"a master cannot cool down", brief.Master, 15e6, 40e3, 0, "", "", design.D4},
		{"log by month", brief.Log, 0, 100e3, 190, "", "", design.D3},
		{"log for ever below the threshold", brief.Log, 0, 10e3, 0, "", "", design.D1},
		{"ledger with a timeless key", brief.Ledger, 0, 400e3, 365, "", "uk user_id,shop_id", design.D4},
		{"ledger without", brief.Ledger, 0, 400e3, 365, "", "list user_id>created_at-", design.D3},
		{"one database", brief.Txn, 0, 400e3, 365, "", "", design.D4},
		{"several databases", brief.Txn, 0, 6e6, 365, "", "", design.D5},
		{"too many rows", brief.Txn, 0, 20e6, 365, "", "", design.D6},
		{"ali", brief.Master, 1e7, 100, 0, "ali", "", design.D4},
		{"ali cools down", brief.Txn, 1e7, 100, 0, "ali", "", design.D2},
		{"classic", brief.Txn, 1e7, 100, 0, "classic", "", design.D1},
		{"modern", brief.Txn, 1e8, 100e3, 365, "modern", "", design.D1},
		{"narrow relation", brief.Relation, 9e7, 100, 0, "", "", design.D1},
		{"wide relation", brief.Relation, 10e7, 100, 0, "", "", design.D4},
	} {
		_, table := one(brief.System{ThresholdProfile: c.profile}, brief.Entity{
			Kind: c.kind, Attrs: attrs("编号 ticket_no #", "用户ID user_id", "店铺ID shop_id"), Access: access(c.access),
			Volume: brief.Volume{RowsNow: brief.Some(c.now), RowsPerDay: brief.Some(c.day), RetentionDays: brief.Some(c.keep), WritesPerRow: brief.Some(2.0)},
		})
		if table.Verdict.Level != c.want {
			t.Errorf("%s: %s %s, want %s", c.name, table.Verdict.Level, table.Verdict.Reason, c.want)
		}
	}
}

// Three dimensions of equal weight that never meet are too many to route by.
func TestDimensions(t *testing.T) {
	e := brief.Entity{
		Kind: brief.Txn, Attrs: attrs("编号 ticket_no #", "用户ID user_id", "店铺ID shop_id", "司机ID driver_id"),
		Access: access("list user_id>id+", "list shop_id>id+", "list driver_id>id+"),
		Volume: brief.Volume{RowsNow: brief.Some[int64](1e8), RowsPerDay: brief.Some[int64](4e5), RetentionDays: brief.Some(365)},
	}
	if _, table := one(brief.System{}, e); table.Verdict.Level != design.D6 || table.Verdict.Key != "user_id" {
		t.Errorf("%+v", table.Verdict)
	}
}

// Tenants lead every index, their numbers stay unique everywhere, and the
// tenant is the shard key.
func TestTenants(t *testing.T) {
	e := brief.Entity{
		Kind: brief.Txn, Attrs: attrs("编号 ticket_no #", "名称 name #", "用户ID user_id"), Access: access("list user_id>created_at-"),
		Volume: brief.Volume{RowsNow: brief.Some[int64](1e8), RowsPerDay: brief.Some[int64](4e5), RetentionDays: brief.Some(365)},
	}
	_, table := one(brief.System{MultiTenant: true}, e)
	var names []string
	for _, x := range table.Indexes {
		names = append(names, x.Name)
	}
	if got := strings.Join(names, " "); got != "uk_ticket_no uk_tenant_name idx_tenant_user_created" {
		t.Errorf("indexes: %s", got)
	}
	if table.Columns[1].Name != "tenant_id" || table.Verdict.Key != "tenant_id" || table.Verdict.Code != "ticket_no" {
		t.Errorf("%s %+v", table.Columns[1].Name, table.Verdict)
	}
}

// A service has one set of databases: a group that is advised to leave and one
// that stays are routed over the same number of them.
func TestOneSetOfDatabases(t *testing.T) {
	var names []brief.Entity
	for _, e := range []struct {
		name, table string
		day         int64
	}{{"订单", "orders", 7.5e6}, {"轨迹点", "points", 20e6}} {
		names = append(names, brief.Entity{
			Name: e.name, Table: e.table, Service: "core", Kind: brief.Txn,
			Attrs:  attrs("编号 "+e.table[:5]+"_no #", "用户ID user_id"),
			Access: access("list user_id>id+"),
			Volume: brief.Volume{RowsNow: brief.Some[int64](0), RowsPerDay: brief.Some(e.day), RetentionDays: brief.Some(365)},
		})
	}
	d := design.New(brief.Complete(brief.Brief{
		System: brief.System{Name: "轨迹平台", Summary: "记录车辆轨迹和订单的平台"}, Entities: names,
		Services: []brief.Service{{Name: "核心服务", Code: "core"}},
	}), design.House{})
	a, _ := d.Table("orders")
	b, _ := d.Table("points")
	if a.Verdict.Level != design.D5 || b.Verdict.Level != design.D6 || a.Verdict.Databases != b.Verdict.Databases {
		t.Errorf("orders %s over %d databases, points %s over %d", a.Verdict.Level, a.Verdict.Databases, b.Verdict.Level, b.Verdict.Databases)
	}
}
