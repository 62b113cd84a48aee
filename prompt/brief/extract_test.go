package brief_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
)

const hotel = `- 系统描述：连锁酒店直销平台：面向会员与散客的在线订房系统，日活约30万，峰值下单800 TPS，节假日峰值为平时6倍，可用性99.95%，RPO≤1分钟，RTO≤1小时，满足等保三级与个人信息保护法。
- 数据库信息：MySQL 8.4（1主2从，半同步）、Redis 7.2 Cluster、旧库为MySQL 5.7，没有ClickHouse；单表不超过80GB。
- 微服务架构信息：会员服务(member)、酒店服务(hotel)、订单服务：下单与改签；每服务独立库，各服务之间不共享。
- 业务实体：会员（手机号、姓名）；酒店；房价日历（酒店、日期、余量）；订单（订单号、会员、入住/离店日期、状态：待支付/已支付/已取消）；点评。订单每天新增12万条。`

func TestExtractHeaded(t *testing.T) {
	b, found := brief.Extract(hotel)
	if b.System.Name != "连锁酒店直销平台" || b.System.DAU.V != 300_000 || b.System.PeakWriteTPS.V != 800 || b.System.PeakFactor.V != 6 ||
		b.System.SLA != "99.95" || b.System.RPOMinutes != brief.Some(1) || b.System.RTOMinutes != brief.Some(60) {
		t.Errorf("system %+v", b.System)
	}
	if !slices.Equal(b.System.Compliance, []string{"PIPL", "等保三级"}) {
		t.Errorf("compliance %v", b.System.Compliance)
	}
	if len(b.Databases) != 2 || b.Databases[0].Version != "8.4" || b.Databases[0].Replicas.V != 2 || !b.Databases[0].SemiSync.V ||
		b.Databases[0].Limits.TableGB.V != 80 || b.Databases[1].Engine != "Redis" {
		t.Errorf("databases %+v", b.Databases)
	}
	var services, entities []string
	for _, s := range b.Services {
		services = append(services, s.Code+" "+s.Name+" "+s.Duty)
	}
	for _, e := range b.Entities {
		text, _ := brief.FormatEntity(e)
		entities = append(entities, text)
	}
	if want := []string{"member 会员服务 ", "hotel 酒店服务 ", " 订单服务 下单与改签"}; !slices.Equal(services, want) {
		t.Errorf("services %q", services)
	}
	if want := []string{
		"会员 : 手机号, 姓名", "酒店", "房价日历 : 酒店, 日期, 余量",
		"订单 +120k/d : 订单号, 会员, 入住日期, 离店日期, 状态{1待支付,2已支付,3已取消}", "点评",
	}; !slices.Equal(entities, want) {
		t.Errorf("entities %q", entities)
	}
	if !strings.HasPrefix(b.Raw.System, "连锁酒店直销平台：") || !strings.HasPrefix(b.Raw.Entities, "会员（") {
		t.Errorf("raw %+v", b.Raw)
	}
	for _, a := range found {
		if a.Source != brief.FromExtracted || a.Value == "" {
			t.Errorf("guess %+v", a)
		}
	}
	if !slices.ContainsFunc(found, func(a brief.Assumption) bool { return strings.Contains(a.Value, "5.7") }) {
		t.Error("the second MySQL version is lost")
	}
	if errs := brief.Validate(b).Errors(); len(errs) > 0 {
		t.Error(errs)
	}
	if _, err := brief.Parse("again", b.YAML()); err != nil {
		t.Error(err)
	}
}

func TestExtractProse(t *testing.T) {
	b, _ := brief.Extract("我们要做一个社区二手书交易平台，大学生买卖二手书，日活约2万，峰值500QPS，20%的年增长。主要实体：用户、书籍、订单。" +
		"一个用户有多个订单，用户和书籍是多对多。包括用户服务、交易服务（trade）：下单，以及消息中心。单数表名，金额以分存储。")
	if b.System.Name != "社区二手书交易平台" || b.System.PeakReadQPS.V != 500 || b.System.Growth.V != 0.2 || b.System.Naming != "singular" || b.System.MoneyType != "fen" {
		t.Errorf("system %+v", b.System)
	}
	var names []string
	for _, e := range b.Entities {
		names = append(names, e.Name)
	}
	if want := []string{"用户", "书籍", "订单", "用户书籍关系"}; !slices.Equal(names, want) {
		t.Errorf("entities %v", names)
	}
	var services []string
	for _, s := range b.Services {
		services = append(services, s.Name+s.Code)
	}
	if want := []string{"用户服务", "交易服务trade", "消息中心"}; !slices.Equal(services, want) {
		t.Errorf("services %v", services)
	}
	r := brief.Complete(b)
	// order and user are reserved words, so even singular names keep their s.
	order, ok := r.Entity("orders")
	if !ok || !slices.ContainsFunc(order.Attrs, func(a brief.Attr) bool { return a.Ref == "users" }) {
		t.Errorf("the order does not know its user: %+v", order)
	}
	if _, ok := r.Entity("book"); !ok {
		t.Error("books are not named in the singular")
	}
}

// Where nothing is found nothing is guessed.
func TestExtractNothing(t *testing.T) {
	b, found := brief.Extract("今天天气不错。")
	if len(b.Entities)+len(b.Databases)+len(b.Services)+len(found) > 0 || b.Raw.System != "今天天气不错。" {
		t.Errorf("%+v %v", b, found)
	}
	ps := brief.Validate(b)
	if len(ps.Errors()) > 0 || len(ps) != 1 || !strings.HasPrefix(ps[0].Message, "没有从文本中识别到业务实体") {
		t.Errorf("%v", ps)
	}
}

func TestExtractSchema(t *testing.T) {
	b, _ := brief.Extract(`CREATE TABLE users (
  id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '用户ID',
  phone_cipher VARBINARY(128) NOT NULL COMMENT '手机号密文（AES加密）',
  phone_hash CHAR(64) NOT NULL COMMENT '手机号摘要',
  phone_mask VARCHAR(20) NOT NULL COMMENT '手机号脱敏值',
  status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-正常，0-禁用',
  created_at DATETIME NOT NULL COMMENT '创建时间',
  UNIQUE KEY uk_phone (phone_hash)
) COMMENT='用户表';
CREATE TABLE orders (
  id BIGINT PRIMARY KEY,
  order_no VARCHAR(32) NOT NULL UNIQUE COMMENT '订单号',
  user_id BIGINT NOT NULL COMMENT '用户ID',
  created_at DATETIME NOT NULL,
  KEY idx_user (user_id, created_at)
) COMMENT='订单表';`)
	var got []string
	for _, e := range b.Entities {
		text, ok := brief.FormatEntity(e)
		got = append(got, fmt.Sprint(text, ok))
	}
	want := []string{
		"用户 users master : 手机号 phone#, 状态 status{1正常,0禁用} | get phonetrue",
		"订单 orders txn : 订单号 order_no#, 用户ID user_id>users | list user_id>created_at-true",
	}
	if len(got) != 2 || got[0] != want[0] || !strings.HasPrefix(got[1], "订单 orders txn : 订单号 order_no#, 用户ID user_id>users |") {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if b.Raw != (brief.Raw{}) {
		t.Errorf("SQL is not a description of the system: %+v", b.Raw)
	}
}

func FuzzExtract(f *testing.F) {
	f.Add(hotel)
	f.Add("CREATE TABLE a (id int);")
	f.Add("实体：订单(金额、状态：a/b)；一个用户有多个订单")
	f.Fuzz(func(t *testing.T, s string) {
		b, _ := brief.Extract(s)
		brief.Validate(b)
		brief.Complete(b)
	})
}

// Extracting the four texts that we print gives the same entities.
func TestExtractOurOwn(t *testing.T) {
	text, err := os.ReadFile("testdata/ecommerce_values.txt")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := brief.Extract(string(text))
	want := load(t, "ecommerce_brief.yaml")
	if len(b.Entities) != len(want.Entities) || len(b.Services) != len(want.Services) {
		t.Fatalf("%d entities, %d services", len(b.Entities), len(b.Services))
	}
	for i, e := range want.Entities {
		got := b.Entities[i]
		if got.Name != e.Name || got.Table != e.Table || got.Kind != e.Kind || got.Volume.RowsNow != e.Volume.RowsNow ||
			got.Volume.RowsPerDay != e.Volume.RowsPerDay || got.Volume.RetentionDays != e.Volume.RetentionDays || len(got.Attrs) != len(e.Attrs) {
			t.Errorf("got %+v\nwant %+v", got, e)
		}
	}
	for i, s := range want.Services {
		if got := b.Services[i]; got.Code != s.Code || !slices.Equal(got.Out, s.Out) || !slices.Equal(got.In, s.In) || !slices.Equal(got.Store, s.Store) {
			t.Errorf("got %+v\nwant %+v", got, s)
		}
	}
}
