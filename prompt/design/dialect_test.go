package design_test

import (
	"fmt"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
)

// engines are all that have DDL.
var engines = []string{
	"MySQL", "MariaDB", "PolarDB", "TiDB", "OceanBase", "PostgreSQL", "GaussDB", "达梦", "其他",
	"MongoDB", "Elasticsearch", "ClickHouse", "Doris",
}

// shop is a small system on one engine that has a bit of everything: personal
// data, money, long text, coordinates, states, references, all kinds of
// access, a table that is split, one that is partitioned, one that cools down.
func shop(engine string) brief.Resolved {
	attr := func(name, column string, more ...func(*brief.Attr)) brief.Attr {
		a := brief.Attr{Name: name, Column: column}
		for _, f := range more {
			f(&a)
		}
		return a
	}
	unique := func(a *brief.Attr) { a.Unique = true }
	nullable := func(a *brief.Attr) { a.Nullable = true }
	ref := func(t string) func(*brief.Attr) { return func(a *brief.Attr) { a.Ref = t } }
	states := func(names ...string) func(*brief.Attr) {
		return func(a *brief.Attr) {
			for i, n := range names {
				a.Enum = append(a.Enum, brief.EnumValue{Code: fmt.Sprint(i + 1), Label: n})
			}
		}
	}
	volume := func(now, day int64, keep int) brief.Volume {
		return brief.Volume{RowsNow: brief.Some(now), RowsPerDay: brief.Some(day), RetentionDays: brief.Some(keep)}
	}
	eq := func(op string, columns ...string) brief.Access { return brief.Access{Op: op, Eq: columns} }
	list := func(sort string, columns ...string) brief.Access {
		return brief.Access{Op: "list", Eq: columns, Sort: sort, Desc: true}
	}
	return brief.Resolved{Brief: brief.Brief{
		BaseDate: "2027-01-31",
		System: brief.System{
			Name: "小店", Code: "shop", Compliance: []string{"PIPL"}, DAU: brief.Some[int64](1e6), PeakReadQPS: brief.Some[int64](9000),
			Growth: brief.Some(0.3), HorizonYears: brief.Some(3), PeakFactor: brief.Some(8.0), CacheHit: brief.Some(0.8),
			RPOMinutes: brief.Some(5), RTOMinutes: brief.Some(30), ThresholdProfile: "balanced",
		},
		Databases: []brief.Database{{Engine: engine, Version: "1"}, {Engine: "Kafka"}, {Engine: "Redis", Version: "7.2"}},
		Services: []brief.Service{
			{Name: "用户服务", Code: "user", Store: []string{engine}, Out: []string{"user.changed"}},
			{Name: "订单服务", Code: "order", Store: []string{engine}, Out: []string{"order.created", "order.paid"}, In: []string{"user.changed"}},
		},
		Entities: []brief.Entity{
			{Name: "用户", Table: "users", Service: "user", Kind: brief.Master, Volume: volume(1e6, 2000, 0), Attrs: []brief.Attr{
				attr("手机号", "phone", unique), attr("邮箱", "email", nullable), attr("身份证号", "id_card"), attr("密码", "password"),
				attr("昵称", "nickname", nullable), attr("头像", "avatar"), attr("主页链接", "home_url", unique), attr("坐标", "location", nullable),
				attr("标签", "tags", nullable), attr("余额", "balance"), attr("性别", "gender"), attr("状态", "status"),
				attr("它's \"好\"的\\\n说明(备注)", "remark"),
			}, Access: []brief.Access{eq("get", "phone"), eq("get", "id_card"), list("created_at", "nickname")}, Tags: []string{"hot", "audit"}},
			{Name: "关注关系", Table: "user_follows", Service: "user", Kind: brief.Relation, Volume: volume(1e6, 1000, 0), Attrs: []brief.Attr{
				attr("用户ID", "user_id", ref("users")), attr("对方", "peer_id", ref("users")),
			}},
			{Name: "订单", Table: "orders", Service: "order", Kind: brief.Txn, Volume: volume(1e8, 1e6, 365), Attrs: []brief.Attr{
				attr("订单号", "order_no", unique), attr("用户ID", "user_id", ref("users")), attr("总金额", "total_amount"),
				attr("渠道", "channel", states("甲", "乙")), attr("渠道交易号", "channel_trade_no", nullable), attr("收货快照", "address_snapshot"),
				attr("下单日期", "order_date"), attr("状态", "status", states("待付", "已付", "关闭")),
			}, Access: []brief.Access{
				eq("get", "order_no"), list("created_at", "user_id"),
				{Op: "scan", Eq: []string{"status"}, Range: "created_at"},
				{Op: "search", Eq: []string{"order_no"}},
			}, Tags: []string{"money"}},
			{Name: "订单明细", Table: "order_items", Service: "order", Kind: brief.Detail, Volume: volume(1e8, 2e6, 365), Attrs: []brief.Attr{
				attr("订单号", "order_no", ref("orders")), attr("品名", "product_name"), attr("单价", "unit_price"), attr("数量", "quantity"),
			}, Access: []brief.Access{list("id", "order_no")}},
			{Name: "结算单", Table: "settlements", Service: "order", Kind: brief.Txn, Volume: volume(15e6, 40e3, 0), Attrs: []brief.Attr{
				attr("结算单号", "settle_no", unique), attr("结算日期", "settle_date"),
			}},
			{Name: "操作日志", Table: "operation_logs", Service: "order", Kind: brief.Log, Volume: volume(0, 100e3, 190), Attrs: []brief.Attr{
				attr("操作人", "operator_id"), attr("请求ID", "request_id"), attr("发生时间", "occurred_at"), attr("请求体", "request_body", nullable),
			}, Access: []brief.Access{list("occurred_at", "operator_id")}},
			{Name: "库存", Table: "stocks", Service: "order", Kind: brief.Counter, Volume: volume(1e5, 10, 0), Attrs: []brief.Attr{
				attr("SKU ID", "sku_id", unique), attr("可用库存", "available_stock"),
			}, Access: []brief.Access{eq("get", "sku_id")}},
		},
	}}
}

// Every dialect's DDL is read back by its grammar and its server's rules
// without a complaint, in both time types and money types, with tenants.
func TestDialects(t *testing.T) {
	for _, engine := range engines {
		for _, style := range []string{"", "timestamp", "fen", "tenant", "singular"} {
			r := shop(engine)
			switch style {
			case "timestamp":
				r.System.TimeType = style
			case "fen":
				r.System.MoneyType = style
			case "tenant":
				r.System.MultiTenant = true
			case "singular":
				r.System.Naming = style
			}
			d := design.New(r, design.House{})
			for _, table := range d.Tables {
				text := d.DDL(table)
				if strings.HasSuffix(text, "\n") || text == "" {
					t.Errorf("%s %s: %q", engine, table.Name, text)
				}
				for _, p := range ddl.Parse(ddl.Dialect(table.Dialect), text).Problems {
					t.Errorf("%s %s %s: %d:%d %s\n%s", engine, style, table.Name, p.Line, p.Column, p.Message, text)
				}
			}
		}
	}
}
