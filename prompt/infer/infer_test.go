package infer_test

import (
	_ "embed"
	"strings"
	"testing"

	"dbchapter/prompt/infer"
)

//go:embed testdata/infer_tests.tsv
var cases string

// The table of domain.md appendix B: Chinese, English, rule, column, type.
func TestColumn(t *testing.T) {
	ran := 0
	for line := range strings.Lines(cases) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		g := infer.Column(f[0], f[1])
		if g.Rule != f[2] || f[3] != "-" && g.Standard != f[3] || g.Type != f[4] {
			t.Errorf("Column(%q, %q) = %s %s %s, want %s", f[0], f[1], g.Rule, g.Standard, g.Type, line)
		}
		ran++
	}
	if ran != 103 {
		t.Errorf("ran %d cases, want 103", ran)
	}
}

func TestColumnNames(t *testing.T) {
	for _, c := range []struct{ zh, en, column string }{
		{"手机号", "", "phone"},
		{"手机号", "contact_phone", "contact_phone"},
		{"入场时间", "", "entry_at"},
		{"出场时间", "", "exit_at"},
		{"创建人", "", "created_by"},
		{"操作人", "", "operator_id"},
		{"渠道交易号", "", "channel_trade_no"},
		{"渠道退款号", "", "channel_refund_no"},
		{"总金额", "", "total_amount"},
		{"单价", "", "unit_price"},
		{"余额", "", "balance"},
		{"冻结金额", "", "frozen_amount"},
		{"佣金比例", "", "commission_ratio"},
		{"城市", "", "city_code"},
		{"所在城市", "", "city_code"},
		{"封面", "", "cover_url"},
		{"固件版本", "", "firmware_version"},
		{"是否默认", "", "is_default"},
		{"点赞数", "", "like_count"},
		{"重量", "", "weight_kg"},
		{"面积", "", "area_m2"},
		{"时长", "", "duration_seconds"},
		{"状态", "", "status"},
		{"订单号", "", "order_no"},
		{"用户ID", "", "user_id"},
		{"SKU ID", "", "sku_id"},
		{"学员", "", "student_id"},
		{"金额(元)", "", "amount"},
		{"登录密码", "password", "password_hash"},
		{"年龄", "age", "birthday"},
		{"经纬度", "location", "longitude+latitude"},
		{"签到坐标", "sign_location", "sign_longitude+sign_latitude"},
		{"安全码", "cvv", "!"},
	} {
		if g := infer.Column(c.zh, c.en); g.Column != c.column {
			t.Errorf("Column(%q, %q).Column = %q, want %q (rule %s)", c.zh, c.en, g.Column, c.column, g.Rule)
		}
	}
	if g := infer.Column("金额（元，含税）", ""); g.Title != "金额" || g.Comment != "元，含税" {
		t.Errorf("brackets: title %q comment %q", g.Title, g.Comment)
	}
	if !infer.Column("鼉鼊龘", "").Pinyin || infer.Column("鼉鼊龘", "rare").Pinyin {
		t.Error("pinyin is for names that have nothing else")
	}
}

func TestTable(t *testing.T) {
	for _, c := range []struct {
		zh       string
		singular bool
		want     string
		pinyin   bool
	}{
		{"车主", false, "owners", false},
		{"退款单", false, "refunds", false},
		{"订单", false, "orders", false},
		{"运单", false, "waybills", false},
		{"工单", true, "ticket", false},
		{"订单明细表", false, "order_items", false},
		{"支付流水", false, "payment_entries", false},
		{"商品类目", false, "product_categories", false},
		{"团购活动", false, "group_buy_promotions", false},
		{"魑魅", false, "chimeis", true},
	} {
		got, pinyin := infer.Table(c.zh, c.singular)
		if got != c.want || pinyin != c.pinyin {
			t.Errorf("Table(%q) = %q %v, want %q %v", c.zh, got, pinyin, c.want, c.pinyin)
		}
	}
}

func TestPlural(t *testing.T) {
	for singular, plural := range map[string]string{
		"user": "users", "category": "categories", "day": "days", "class": "classes", "box": "boxes",
		"batch": "batches", "dish": "dishes", "stock": "stocks", "telemetry": "telemetry", "inventory": "inventories",
		"news": "news", "order_item": "order_items", "monthly_pass": "monthly_passes", "match": "matches",
		"address": "addresses", "status": "statuses", "entry": "entries", "course": "courses", "house": "houses",
		"response": "responses", "sku": "skus", "menu": "menus", "person": "people", "analysis": "analyses", "warehouse": "warehouses", "license": "licenses",
	} {
		if got := infer.Plural(singular); got != plural {
			t.Errorf("Plural(%q) = %q, want %q", singular, got, plural)
		}
		if got := infer.Plural(plural); got != plural {
			t.Errorf("Plural(%q) = %q: a plural stays", plural, got)
		}
		if got := infer.Singular(plural); got != singular {
			t.Errorf("Singular(%q) = %q, want %q", plural, got, singular)
		}
	}
}

func TestReserved(t *testing.T) {
	for _, c := range []struct {
		dialect, word, suggestion, since string
	}{
		{"mysql", "order", "orders", "8.0"},
		{"mysql", "RANK", "rank_no", "8.0"},
		{"mysql", "leave", "leave_record", "8.0"},
		{"mysql", "manual", "manual_url", "8.4"},
		{"mysql", "qualify", "qualify_type", "8.4"},
		{"mysql", "library", "lib", "9"},
		{"mysql", "system", "sys_name", "8.0"},
		{"mysql", "status", "", ""},
		{"mysql", "user", "", ""},
		{"postgresql", "user", "users", "11"},
		{"postgresql", "rank", "", ""},
		{"mysql", "after", "", ""},
		{"mysql", "array", "", ""},
	} {
		s, ok := infer.Reserved(c.dialect, c.word)
		if ok != (c.since != "") || s != c.suggestion || infer.ReservedSince(c.dialect, c.word) != c.since {
			t.Errorf("Reserved(%q, %q) = %q %v since %q", c.dialect, c.word, s, ok, infer.ReservedSince(c.dialect, c.word))
		}
	}
	// MySQL 8.4 with 9.x marks 262 + 4 + 1 words; what we suggest must be free.
	if n := len(infer.ReservedWords("mysql")); n != 267 {
		t.Errorf("%d MySQL words", n)
	}
	for _, d := range []string{"mysql", "postgresql"} {
		for _, w := range infer.ReservedWords(d) {
			if safe, changed := infer.Safe(w); !changed || !infer.Identifier(safe) || infer.ReservedSince("mysql", safe) != "" || infer.ReservedSince("postgresql", safe) != "" {
				t.Errorf("Safe(%q) = %q", w, safe)
			}
		}
	}
}

func TestIdentifier(t *testing.T) {
	for name, want := range map[string]bool{
		"users": true, "a1_b": true, "": false, "1a": false, "A": false, "a__b": false, "a_": false,
		"user_db": false, "t_tbl": false, "用户": false, "a-b": false, strings.Repeat("a", 48): true, strings.Repeat("a", 49): false,
	} {
		if infer.Identifier(name) != want {
			t.Errorf("Identifier(%q) = %v", name, !want)
		}
		if safe, _ := infer.Safe(name); !infer.Identifier(safe) {
			t.Errorf("Safe(%q) = %q is no identifier", name, safe)
		}
	}
	for name, want := range map[string]string{"orderNo": "order_no", "Order-No": "order_no", "2d_code": "c_2d_code", "用户名": "user_name", "order": "orders", "t_tbl": "t"} {
		if got, changed := infer.Safe(name); got != want && !changed {
			t.Errorf("Safe(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestIndexName(t *testing.T) {
	for _, c := range []struct {
		unique  bool
		columns string
		want    string
	}{
		{true, "phone_hash delete_token", "uk_phone_delete"},
		{true, "phone_hash", "uk_phone"},
		{true, "open_id delete_token", "uk_open_id_delete"},
		{true, "plate_no plate_color delete_token", "uk_plate_color_delete"},
		{true, "owner_id vehicle_id", "uk_owner_vehicle"},
		{false, "vehicle_id", "idx_vehicle_id"},
		{true, "lot_code delete_token", "uk_lot_code_delete"},
		{false, "city_code status", "idx_city_status"},
		{false, "lot_id vehicle_type effective_at", "idx_lot_vehicle_type_effective"},
		{false, "plate_no lot_id end_date", "idx_plate_lot_end"},
		{true, "channel channel_trade_no", "uk_channel_trade"},
		{false, "status next_retry_at", "idx_status_next_retry"},
		{false, "tenant_id follower_employee_id customer_contact_id expected_settlement_date", "idx_tena_foll_empl_cust_cont_expe_sett"},
	} {
		if got := infer.IndexName(c.unique, strings.Fields(c.columns)); got != c.want {
			t.Errorf("IndexName(%q) = %q, want %q", c.columns, got, c.want)
		}
	}
}

func FuzzColumn(f *testing.F) {
	f.Add("手机号", "phone")
	f.Add("金额（元）", "")
	f.Fuzz(func(t *testing.T, zh, en string) {
		g := infer.Column(zh, en)
		if g.Rule == "" {
			t.Fatalf("Column(%q, %q) has no rule", zh, en)
		}
		safe, _ := infer.Safe(g.Column)
		if again, changed := infer.Safe(safe); changed {
			t.Fatalf("Safe(%q) = %q, not stable: %q", g.Column, safe, again)
		}
	})
}

func BenchmarkColumn(b *testing.B) {
	names := []string{"停车流水号", "手机号", "玄学指数", "支付截止时间", "收货地址", "实收金额"}
	for i := 0; b.Loop(); i++ {
		infer.Column(names[i%len(names)], "some_col")
	}
}
