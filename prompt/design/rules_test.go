package design_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
)

// one designs a system of one entity on MySQL.
func one(system brief.System, e brief.Entity) (design.Design, *design.Table) {
	r := shop("MySQL")
	system.Growth, system.HorizonYears, system.PeakFactor = r.System.Growth, r.System.HorizonYears, r.System.PeakFactor
	r.System = system
	r.Services = r.Services[1:]
	if e.Table == "" {
		e.Name, e.Table = "票据", "tickets"
	}
	e.Service = "order"
	r.Entities = []brief.Entity{e}
	d := design.New(r, design.House{})
	return d, d.Tables[0]
}

func attrs(lines ...string) []brief.Attr {
	var out []brief.Attr
	for _, l := range lines {
		f := strings.Fields(l)
		a := brief.Attr{Name: f[0], Column: f[1]}
		for _, flag := range f[2:] {
			switch {
			case flag == "#":
				a.Unique = true
			case flag == "?":
				a.Nullable = true
			case flag == "!":
				a.PII = "P3"
			case strings.HasPrefix(flag, "="):
				a.Default = brief.Some(flag[1:])
			default:
				a.Type = flag
			}
		}
		out = append(out, a)
	}
	return out
}

// Attributes and the column lines they become.
func TestColumns(t *testing.T) {
	pipl := brief.System{Compliance: []string{"PIPL"}}
	for _, c := range []struct {
		name   string
		system brief.System
		attr   string
		want   []string
	}{
		{"phone in the open", brief.System{}, "手机号 phone", []string{"phone VARCHAR(20) NOT NULL COMMENT '手机号'"}},
		{"phone", pipl, "手机号 phone ?", []string{
			"phone_cipher VARBINARY(128) NULL COMMENT '手机号密文（SM4/AES-256-GCM加密）'",
			"phone_hash CHAR(64) NULL COMMENT '手机号摘要（HMAC，十六进制，用于等值查询）'",
			"phone_mask VARCHAR(20) NULL COMMENT '手机号脱敏值，如138****1234'",
		}},
		{"phone with 国密", brief.System{Compliance: []string{"PIPL"}, GMCrypto: true}, "手机号 phone", []string{
			"phone_cipher VARBINARY(128) NOT NULL COMMENT '手机号密文（SM4加密）'",
			"phone_hash CHAR(64) NOT NULL COMMENT '手机号摘要（HMAC-SM3，十六进制，用于等值查询）'",
			"phone_mask VARCHAR(20) NOT NULL COMMENT '手机号脱敏值，如138****1234'",
		}},
		{"identity is always secret", brief.System{}, "身份证号 id_card", []string{
			"id_card_cipher VARBINARY(128) NOT NULL COMMENT '身份证号密文（SM4/AES-256-GCM加密）'",
			"id_card_hash CHAR(64) NOT NULL COMMENT '身份证号摘要（HMAC，十六进制，用于等值查询）'",
			"id_card_mask VARCHAR(32) NOT NULL COMMENT '身份证号脱敏值，如110101********1234'",
		}},
		{"diagnosis", brief.System{}, "诊断 diagnosis", []string{"diagnosis_cipher BLOB NULL COMMENT '诊断密文（SM4/AES-256-GCM加密）'"}},
		{"forced secret", brief.System{}, "秘语 watchword !", []string{
			"watchword_cipher VARBINARY(2048) NOT NULL COMMENT '秘语密文（SM4/AES-256-GCM加密）'",
			"watchword_mask VARCHAR(32) NOT NULL COMMENT '秘语脱敏值'",
		}},
		{"forced secret, searched", brief.System{}, "暗号 watchword # ! VARCHAR(64)", []string{
			"watchword_cipher VARBINARY(512) NOT NULL COMMENT '暗号密文（SM4/AES-256-GCM加密）'",
			"watchword_hash CHAR(64) NOT NULL COMMENT '暗号摘要（HMAC，十六进制，用于等值查询）'",
			"watchword_mask VARCHAR(32) NOT NULL COMMENT '暗号脱敏值'",
		}},
		{"plate", pipl, "车牌号 plate_no", []string{"plate_no VARCHAR(16) NOT NULL COMMENT '车牌号'"}},
		{"coordinates", pipl, "坐标 location ?", []string{
			"longitude DECIMAL(10,7) NULL COMMENT '经度（GCJ-02）'", "latitude DECIMAL(10,7) NULL COMMENT '纬度（GCJ-02）'",
		}},
		{"security code", pipl, "CVV cvv", nil},
		{"age", pipl, "年龄 age", []string{"birthday DATE NULL COMMENT '出生日期'"}},
		{"password", pipl, "登录密码 password", []string{"password_hash VARCHAR(255) NOT NULL COMMENT '登录密码哈希（bcrypt/Argon2id）'"}},
		{"token", pipl, "访问令牌 access_token", []string{
			"access_token_hash CHAR(64) NOT NULL COMMENT '访问令牌摘要（HMAC-SHA256，十六进制，不存原文）'",
		}},
		{"money", brief.System{}, "总金额 total_amount", []string{"total_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00 COMMENT '总金额（元）'"}},
		{"fen, named by the user", brief.System{MoneyType: "fen"}, "总金额 total_amount", []string{
			"total_amount BIGINT NOT NULL DEFAULT 0 COMMENT '总金额（分）'",
		}},
		{"price of traffic", brief.System{MoneyType: "fen"}, "流量单价 traffic_price", []string{
			"traffic_price DECIMAL(18,6) NOT NULL DEFAULT 0.000000 COMMENT '流量单价（元）'",
		}},
		{"timestamp", brief.System{TimeType: "timestamp"}, "支付时间 paid_at", []string{"paid_at TIMESTAMP NULL COMMENT '支付时间'"}},
		{"reserved", brief.System{}, "次序 order", []string{"orders INT NOT NULL DEFAULT 0 COMMENT '次序'"}},
		{"bracket", brief.System{}, "金额（元） pay_amount", []string{"pay_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00 COMMENT '金额（元）'"}},
		{"unit", brief.System{}, "耗时 cost_ms INT", []string{"cost_ms INT NOT NULL DEFAULT 0 COMMENT '耗时'"}},
		{"unit of a duration", brief.System{}, "时长 duration_minutes", []string{
			"duration_minutes INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '时长（分钟）'",
		}},
		{"default", brief.System{}, "数量 quantity =1", []string{"quantity INT UNSIGNED NOT NULL DEFAULT 1 COMMENT '数量'"}},
		{"default of the wrong kind", brief.System{}, "数量 quantity =it's", []string{"quantity INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '数量'"}},
		{"unique has no default", brief.System{}, "快递单号 tracking_no #", []string{"tracking_no VARCHAR(32) NOT NULL COMMENT '快递单号'"}},
		{"optional text", brief.System{}, "品牌名称 brand_name ?", []string{"brand_name VARCHAR(100) NOT NULL DEFAULT '' COMMENT '品牌名称'"}},
		{"for ever", brief.System{}, "失效时间 expire_at ?", []string{"expire_at DATETIME NULL COMMENT '失效时间（NULL表示长期有效）'"}},
		{"injection", brief.System{}, `备\'); remark`, []string{`remark VARCHAR(500) NOT NULL DEFAULT '' COMMENT '备\\'';'`}},
	} {
		d, table := one(c.system, brief.Entity{Kind: brief.Event, Attrs: attrs(c.attr)})
		var got []string
		for line := range strings.Lines(d.DDL(table)) {
			line = strings.TrimSuffix(strings.TrimSpace(line), ",")
			if strings.HasPrefix(line, "created_at ") {
				break
			}
			if !strings.HasPrefix(line, "CREATE") && !strings.HasPrefix(line, "id ") {
				got = append(got, line)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

// The same brief gives the same design, and a brief is left as it was.
func TestDeterminism(t *testing.T) {
	r := shop("MySQL")
	before := fmt.Sprintf("%#v", r.Entities)
	first := design.New(r, design.House{})
	for range 20 {
		if !reflect.DeepEqual(first.Decisions, design.New(r, design.House{}).Decisions) || !reflect.DeepEqual(first.Instances, design.New(r, design.House{}).Instances) {
			t.Fatal("two designs of one brief differ")
		}
	}
	if fmt.Sprintf("%#v", r.Entities) != before {
		t.Error("the brief was changed")
	}
}

// A thousand entities are designed while a person types.
func BenchmarkThousand(b *testing.B) {
	r := shop("MySQL")
	small := r.Entities
	for n := 0; len(r.Entities) < 1000; n++ {
		for _, e := range small {
			e.Name, e.Table = fmt.Sprint(e.Name, n), fmt.Sprint(e.Table, "_", n)
			r.Entities = append(r.Entities, e)
		}
	}
	for b.Loop() {
		d := design.New(r, design.House{})
		for _, t := range d.Tables {
			_ = d.DDL(t)
		}
	}
}

// Whatever is typed into a brief, the DDL stays DDL.
func FuzzText(f *testing.F) {
	f.Add("金额（元）", "pay_amount", "decimal(10, 2)", "0", "orders", "user_id,created_at")
	f.Add("它's", "1order", "ENUM('a')", `\'`, "users", "id")
	f.Add("手机号", "phone", "", "", "", "phone")
	f.Fuzz(func(t *testing.T, name, column, typ, def, ref, eq string) {
		for _, engine := range []string{"MySQL", "PostgreSQL", "ClickHouse"} {
			r := shop(engine)
			e := &r.Entities[2]
			e.Name = name
			e.Attrs = append(slices.Clone(e.Attrs), brief.Attr{
				Name: name, Column: column, Type: typ, Default: brief.Some(def), Ref: ref, Comment: eq, PII: def,
				Enum: []brief.EnumValue{{Code: def, Label: name}},
			}, brief.Attr{Name: name, Unique: true, Nullable: true})
			e.Access = append(slices.Clone(e.Access), brief.Access{Op: "list", Eq: strings.Split(eq, ","), Sort: column, Range: name})
			d := design.New(r, design.House{})
			for _, table := range d.Tables {
				for _, p := range ddl.Parse(ddl.Dialect(table.Dialect), d.DDL(table)).Problems {
					t.Errorf("%s: %d:%d %s\n%s", engine, p.Line, p.Column, p.Message, d.DDL(table))
				}
			}
		}
	})
}
