package brief_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
)

func enum(pairs ...string) []brief.EnumValue {
	var out []brief.EnumValue
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, brief.EnumValue{Code: pairs[i], Label: pairs[i+1]})
	}
	return out
}

func volume(now, daily int64, days int) brief.Volume {
	return brief.Volume{RowsNow: brief.Some(now), RowsPerDay: brief.Some(daily), RetentionDays: brief.Some(days)}
}

func TestParseEntity(t *testing.T) {
	type attrs = []brief.Attr
	for text, want := range map[string]brief.Entity{
		"订单":                  {Name: "订单"},
		"订单 orders":           {Name: "订单", Table: "orders"},
		"订单 txn":              {Name: "订单", Kind: brief.Txn},
		"订单 orders txn":       {Name: "订单", Table: "orders", Kind: brief.Txn},
		"订单 log detail":       {Name: "订单", Table: "log", Kind: brief.Detail},
		"商品 SKU product_skus": {Name: "商品 SKU", Table: "product_skus"},
		"订单 orders @order txn 20M+120k/d~365": {
			Name: "订单", Table: "orders", Service: "order", Kind: brief.Txn, Volume: volume(20_000_000, 120_000, 365),
		},
		"订单 orders @ order 2000 万 + 12 万 / 天 ~ 365 天": {
			Name: "订单", Table: "orders", Service: "order", Volume: volume(20_000_000, 120_000, 365),
		},
		"订单 1,200+30/d":  {Name: "订单", Volume: brief.Volume{RowsNow: brief.Some[int64](1200), RowsPerDay: brief.Some[int64](30)}},
		"订单 ~90":         {Name: "订单", Volume: brief.Volume{RetentionDays: brief.Some(90)}},
		"订单：订单号#，金额、备注?": {Name: "订单", Attrs: attrs{{Name: "订单号", Unique: true}, {Name: "金额"}, {Name: "备注", Nullable: true}}},
		"订单 : 订单号 order_no#, SKU ID sku_id>product_skus?": {Name: "订单", Attrs: attrs{
			{Name: "订单号", Column: "order_no", Unique: true}, {Name: "SKU ID", Column: "sku_id", Ref: "product_skus", Nullable: true},
		}},
		"订单: 用户>用户, 身份证!": {Name: "订单", Attrs: attrs{{Name: "用户", Ref: "用户"}, {Name: "身份证", PII: "P3"}}},
		"订单: 金额(元), 单价（元） unit_price": {Name: "订单", Attrs: attrs{
			{Name: "金额", Comment: "元"}, {Name: "单价", Column: "unit_price", Comment: "元"},
		}},
		"订单: 状态(待支付/已支付)":      {Name: "订单", Attrs: attrs{{Name: "状态", Enum: enum("1", "待支付", "2", "已支付")}}},
		"订单: 状态{1正常,0禁用}":      {Name: "订单", Attrs: attrs{{Name: "状态", Enum: enum("1", "正常", "0", "禁用")}}},
		"订单: 状态｛１新，２旧｝":        {Name: "订单", Attrs: attrs{{Name: "状态", Enum: enum("1", "新", "2", "旧")}}},
		"车: 车型{15座,27座}":       {Name: "车", Attrs: attrs{{Name: "车型", Enum: enum("1", "15座", "2", "27座")}}},
		"单: 状态{10-待付,20：已付}":   {Name: "单", Attrs: attrs{{Name: "状态", Enum: enum("10", "待付", "20", "已付")}}},
		"单: 状态{A:甲,B:乙}":       {Name: "单", Attrs: attrs{{Name: "状态", Enum: enum("A", "甲", "B", "乙")}}},
		"单: 协议{1MQTT,2CoAP}":   {Name: "单", Attrs: attrs{{Name: "协议", Enum: enum("1", "MQTT", "2", "CoAP")}}},
		`"订单,备注" : "金额,元" a_b`: {Name: "订单,备注", Attrs: attrs{{Name: "金额,元", Column: "a_b"}}},
		"订单 | get order_no; list user_id,status>created_at-; scan status<expire_at; uk a,b; search title; hot; money": {
			Name: "订单", Tags: []string{"hot", "money"}, Access: []brief.Access{
				{Op: "get", Eq: []string{"order_no"}},
				{Op: "list", Eq: []string{"user_id", "status"}, Sort: "created_at", Desc: true},
				{Op: "scan", Eq: []string{"status"}, Range: "expire_at"},
				{Op: "uk", Eq: []string{"a", "b"}},
				{Op: "search", Eq: []string{"title"}},
			},
		},
		"订单 | 按用户和状态查询，按时间倒序; 状态为待支付且过期时间早于当前; 按标题模糊查询; 按地区统计": {
			Name: "订单", Access: []brief.Access{
				{Op: "list", Eq: []string{"用户", "状态"}, Sort: "时间", Desc: true, Note: "按用户和状态查询，按时间倒序"},
				{Op: "scan", Eq: []string{"状态"}, Range: "过期时间", Note: "状态为待支付且过期时间早于当前"},
				{Op: "search", Eq: []string{"标题"}, Note: "按标题模糊查询"},
				{Op: "agg", Eq: []string{"地区"}, Note: "按地区统计"},
			},
		},
	} {
		got, problems := brief.ParseEntity(text)
		if len(problems) > 0 {
			t.Errorf("%q: %v", text, problems)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n got %+v\nwant %+v", text, got, want)
		}
	}
}

// Every problem says where on the line it is and what would be right.
func TestParseEntityProblems(t *testing.T) {
	for text, want := range map[string][]string{
		"":                      {"1 name 缺少实体名称"},
		"订单, 用户, 商品":            {"3  这一行像是几个实体"},
		"订单 orders txn more":    {"15  多余的“more”"},
		"订单 orders typo":        {"11 kind 类别应为"},
		"订单 orders 20X+3/d":     {"11 volume 看不懂体量“20X+3/d”"},
		"订单 @":                  {"4 service “@”之后缺少服务代号"},
		"订单 orders 中文":          {"11  看不懂“中文”"},
		"订单 : 状态{1新,2旧":         {"8  “{”没有配对的右括号"},
		"订单 : 金额(元":             {"8  “(”没有配对的右括号"},
		"订单 : 金额)":              {"8  多了一个“)”"},
		"订单 : #, 金额":            {"6 attrs[0].name 字段缺少名称"},
		"订单 : 用户>":              {"8 attrs[0].ref “>”之后缺少"},
		"订单 | lst a; get b; 随便": {"6 access[0] 看不懂查询“lst a”", "20 access[1] 看不懂查询“随便”"},
		"订单 | get":              {"6 access[0] “get”之后缺少列名"},
		"订单 | list a>":          {"12 access[0] “>”之后缺少列名"},
		"订单 | get a | get b":    {"12 access 只能有一个“|”"},
	} {
		_, problems := brief.ParseEntity(text)
		if len(problems) != len(want) {
			t.Errorf("%q: %v, want %d problems", text, problems, len(want))
			continue
		}
		for i, p := range problems {
			if got := fmt.Sprintf("%d %s %s", p.Column, p.Path, p.Message); !strings.HasPrefix(got, want[i]) {
				t.Errorf("%q: %q, want %q", text, got, want[i])
			}
		}
	}
}

func TestFormatEntity(t *testing.T) {
	for _, text := range []string{
		"订单",
		"订单 orders @order txn 20M+120k/d~365 : 订单号 order_no#, 用户ID user_id>users, 状态 status{1待支付,2已支付} | get order_no; list user_id>created_at-; scan status<expire_at; write; money",
		"单 : 状态{10-待付,20-已付}, 码{A:甲,B:乙}, 车型{1-15座,2-27座}, 身份证!, 金额(元), 备注?",
		`"订单,备注" +5/d : "金额,元" a_b`,
		"日志 12345~0",
	} {
		e, problems := brief.ParseEntity(text)
		if len(problems) > 0 {
			t.Fatalf("%q: %v", text, problems)
		}
		if got, ok := brief.FormatEntity(e); !ok || got != text {
			t.Errorf("FormatEntity: %q, %v; want %q", got, ok, text)
		}
	}
	for name, e := range map[string]brief.Entity{
		"type":    {Name: "订单", Attrs: []brief.Attr{{Name: "金额", Type: "BIGINT"}}},
		"qps":     {Name: "订单", Access: []brief.Access{{Op: "get", Eq: []string{"a"}, QPS: brief.Some(3.0)}}},
		"archive": {Name: "订单", Volume: brief.Volume{ArchiveDays: brief.Some(30)}},
		"delete":  {Name: "订单", SoftDelete: brief.Some(false)},
		"pii":     {Name: "订单", Attrs: []brief.Attr{{Name: "车牌", PII: "P1"}}},
	} {
		if text, ok := brief.FormatEntity(e); ok {
			t.Errorf("%s: %q says less than the entity", name, text)
		}
	}
}

func FuzzParseEntity(f *testing.F) {
	for _, s := range []string{
		"订单 orders @order txn 20M+120k/d~365 : 订单号 order_no#, 状态{1a,2b} | get order_no; hot",
		"a：b（c/d）、e>f?g", `"x|y" | 按用户查询，按时间倒序`, "{(", "订单 | list a>b-; scan a<b", "订单 : 状态{A:甲}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, problems := brief.ParseEntity(s)
		for _, p := range problems {
			if n := len([]rune(s)); p.Column < 1 || p.Column > n+1 || p.Message == "" {
				t.Fatalf("%q: problem outside the line of %d: %+v", s, n, p)
			}
		}
		text, ok := brief.FormatEntity(e)
		if !ok {
			return
		}
		back, problems := brief.ParseEntity(text)
		if len(problems) > 0 || !reflect.DeepEqual(back, e) {
			t.Fatalf("%q → %q reads back differently: %v\n%+v\n%+v", s, text, problems, e, back)
		}
	})
}
