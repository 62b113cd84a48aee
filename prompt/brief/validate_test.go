package brief_test

import (
	"strings"
	"testing"

	"dbchapter/prompt/brief"
)

// shop is a small brief without problems; a test breaks one thing of it.
func shop(t testing.TB) brief.Brief {
	t.Helper()
	b, err := brief.Parse("shop", []byte(`schema: dbbrief/v1
system: {name: 商城平台, summary: 面向大众的综合电商平台, dau: 20万, compliance: [等保三级]}
databases: [{engine: MySQL, version: "8.4"}, {engine: Redis, version: "7.2"}]
services:
  - {name: 用户服务, code: user, out: [user.changed]}
  - {name: 订单服务, code: order, in: [user.changed]}
entities:
  - "用户 users @user master : 手机号 phone#, 昵称 nickname"
  - "订单 orders @order txn : 订单号 order_no#, 用户ID user_id>users, 状态 status{1新,2旧} | get order_no"
  - "操作日志 op_logs @order log : 操作人 operator_id, 操作时间 operated_at"
`))
	if err != nil {
		t.Fatal(err)
	}
	if ps := brief.Validate(b); len(ps) > 0 {
		t.Fatalf("the shop itself: %v", ps)
	}
	return b
}

// One row a rule: what is set, where the problem is and what it says.
var broken = []struct{ rule, set, path, message string }{
	{"V00", "base_date=2027-13-01", "base_date", "基准日期应写成"},
	{"V00", "system.naming=both", "system.naming", "表名单复数应为 plural、singular 之一"},
	{"V01", "system.name=店", "system.name", "系统名称需为2~40个字"},
	{"V02", "system.code=My-Shop", "system.code", "英文代号只能用小写字母、数字、下划线，2~20位"},
	{"V03", "system.summary=卖东西", "system.summary", "请至少用一句话说明“谁用它做什么”"},
	{"V04", "system.domain=ecomerce", "system.domain", `是否想写 "ecommerce"？`},
	{"V04", "preset=parkng", "preset", `没有预设 "parkng"，是否想写 "parking"？`},
	{"V05", "system.dau=0", "system.dau", "日活应为1到10亿之间的整数"},
	{"V05", "system.dau=20亿", "system.dau", "日活应为1到10亿之间的整数"},
	{"V06", "system.peak_read_qps=0", "system.peak_read_qps", "峰值读QPS应为1到1000万之间的整数"},
	{"V06w", "system.peak_read_qps=50万", "system.peak_read_qps", "峰值QPS超过日活的2倍，请确认单位"},
	{"V07", "system.peak_write_tps=0", "system.peak_write_tps", "峰值写TPS应为"},
	{"V07w", "system.peak_write_tps=90万", "system.peak_write_tps", "峰值写TPS与实体日增量推算值"},
	{"V08", "system.growth=600%", "system.growth", "年增长率应在0到5之间"},
	{"V09", "system.horizon_years=6", "system.horizon_years", "规划期应为1到5年"},
	{"V10", "system.peak_factor=51", "system.peak_factor", "峰值系数应在1到50之间"},
	{"V11", "system.cache_hit=1", "system.cache_hit", "缓存命中率应在0到0.99之间"},
	{"V12", "system.regions=华东 dr、华北 dr", "system.regions", "恰好有一个主地域"},
	{"V13", "system.compliance=等保四级", "system.compliance[0]", "合规要求应为"},
	{"V14", "system.sla=99.8", "system.sla", "可用性目标应为"},
	{"V15", "system.rpo_minutes=1441", "system.rpo_minutes", "RPO应为0到1440分钟"},
	{"V16", "system.rto_minutes=0", "system.rto_minutes", "RTO应为1到1440分钟"},
	{"V16w", "system.rto_minutes=600", "system.rto_minutes", "SLA 99.9% 年停机仅525.6分钟，单次 RTO 600 分钟会一次用完"},
	{"V17", "system.rpo_minutes=0 databases[0].topology=master-slave", "databases[0].topology", "RPO 为 0 需要同步复制（MGR、Raft 多副本或同步提交），当前部署形态为主从复制"},
	{"V20", "databases[0].engine=MySQ", "databases[0].engine", `不认识数据库 "MySQ"，是否想写 "MySQL"？`},
	{"V20", "databases[2].engine=其他", "databases[2].name", "引擎为“其他”时请用 name 写出产品名称"},
	{"V21", "databases[0].version=8.x", "databases[0].version", "版本号应为数字和点"},
	{"V21w", "databases[0].version=8.0.45", "databases[0].version", "MySQL 8.0.45 已停止维护（2026-04），建议 8.4"},
	{"V22", "databases[0].topology=cluster", "databases[0].topology", "MySQL 的部署形态应为 master-slave、mgr、mha、rds-ha、single 之一"},
	{"V23", "databases[0].replicas=16", "databases[0].replicas", "从库数应为0到15"},
	{"V24", "databases[1].shards=0", "databases[1].shards", "分片数应为1到1000"},
	{"V25", "databases[1].instance=Cache!", "databases[1].instance", "实例名只能用"},
	{"V25w", "databases[0].instance=main_db", "databases[0].instance", "2 个服务共用实例 main_db，建议一服务一库"},
	{"V26", "databases[0].charset=utf8", "databases[0].charset", "请使用 utf8mb4"},
	{"V27", "databases[0].cpu=0", "databases[0].cpu", "CPU核数应为正整数"},
	{"V28", "databases[0].limits.table_gb=0", "databases[0].limits.table_gb", "上限应大于0"},
	{"V30", "services[0].name=服", "services[0].name", "服务名称需为2~12个字"},
	{"V30", "services[0].name=订单服务", "services[1].name", `服务名称 "订单服务" 重复`},
	{"V31", "services[0].code=A", "services[0].code", "英文码只能用小写字母、数字、下划线，2~20位"},
	{"V32", "services[0].store=MongoDB", "services[0].store[0]", `存储 "MongoDB" 不在 databases 中`},
	{"V33", "services[0].pods=0", "services[0].pods", "实例数应为1到1000"},
	{"V34", "services[0].out=UserChanged", "services[0].out[0]", "事件名应写成 order.created 这样"},
	{"V34w", "services[1].in=user.chnged", "services[1].in[0]", `没有服务发布事件 user.chnged，是否想写 "user.changed"？`},
	{"V35", "services[0].deps=ordr", "services[0].deps[0]", `依赖的服务 "ordr" 不存在，是否想写 "order"？`},
	{"V35", "services[0].deps=user", "services[0].deps[0]", "服务不能依赖自己"},
	{"V35w", "services[0].deps=order services[1].deps=user", "services[0].deps", "服务之间循环依赖"},
	{"V40", "entities[0].name=人", "entities[0].name", "实体名称需为2~16个字"},
	{"V40", "entities[0].name=订单表", "entities[1].name", `实体名称 "订单" 重复`},
	{"V41", "entities[0].table=orders", "entities[1].table", `表名 "orders" 重复`},
	{"V41w", "entities[1].table=order", "entities[1].table", `表名 "order" 是保留字或不合规，将改为 orders`},
	{"V42", "entities[0].service=usr", "entities[0].service", `服务 "usr" 不存在，是否想写 "user"？`},
	{"V43", "entities[0].kind=big", "entities[0].kind", "类别应为 master"},
	{"V44", "entities[0].volume.rows_per_day=-1", "entities[0].volume.rows_per_day", "日增行数应为不小于0的整数"},
	{"V45", "entities[0].volume.retention_days=40000", "entities[0].volume.retention_days", "在线保留天数应为0到36500"},
	{"V45w", "entities[2].volume.retention_days=90", "entities[2].volume.retention_days", "网络日志留存不得少于六个月（最长184天）"},
	{"V46", "entities[1].volume.retention_days=365 entities[1].volume.archive_days=30", "entities[1].volume.archive_days", "归档天数应不少于在线保留的 365 天"},
	{"V47", "entities[0].volume.writes_per_row=0.5", "entities[0].volume.writes_per_row", "每行写入次数应在1到100之间"},
	{"V48", "entities[0].attrs[1].column=phone", "entities[0].attrs[1].column", `列名 "phone" 重复`},
	{"V48w", "entities[0].attrs[1].column=rank", "entities[0].attrs[1].column", `列名 "rank" 是保留字或不合规`},
	{"V49", "entities[0].attrs[0].type=STRNG", "entities[0].attrs[0].type", `看不懂类型 "STRNG"`},
	{"V49", "entities[0].attrs[0].type=VARCHAR", "entities[0].attrs[0].type", "VARCHAR 需要写长度"},
	{"V49", "entities[0].attrs[0].type=ENUM('a')", "entities[0].attrs[0].type", "不用 ENUM/SET 类型"},
	{"V50", "entities[1].attrs[2].enum={1-新,200-旧}", "entities[1].attrs[2].enum[1]", "枚举值 200 应在0到127之间"},
	{"V50", "entities[1].attrs[2].enum={1-新,1-旧}", "entities[1].attrs[2].enum[1]", `枚举值 "1" 重复`},
	{"V51", "entities[1].attrs[1].ref=userz", "entities[1].attrs[1].ref", `引用的实体 "userz" 不存在，是否想写 "users"？`},
	{"V52", "entities[0].attrs[0].pii=P9", "entities[0].attrs[0].pii", "敏感级别应为"},
	{"V53", "entities[0].attrs[1].name=CVV", "entities[0].attrs[1].name", "禁止存储卡安全码（PCI DSS 3.3）"},
	{"V54", "entities[1].access[0].op=fetch", "entities[1].access[0].op", "查询方式应为"},
	{"V54", "entities[1].access[0].eq=order_nu", "entities[1].access[0].eq[0]", `查询用到的列 "order_nu" 不在「订单」的字段里，是否想写 "order_no"？`},
}

func TestValidateRules(t *testing.T) {
	for _, row := range broken {
		b := shop(t)
		for _, set := range strings.Split(row.set, " ") {
			// A value may hold a space: 华东 dr、华北 dr.
			path, value, ok := strings.Cut(set, "=")
			if !ok {
				continue
			}
			if strings.HasPrefix(path, "system.regions") {
				_, value, _ = strings.Cut(row.set, "=")
			}
			if err := b.Set(path, value); err != nil {
				t.Fatalf("%s: %v", row.set, err)
			}
		}
		found := false
		for _, p := range brief.Validate(b) {
			if p.Rule == row.rule && p.Path == row.path && strings.Contains(p.Message, row.message) {
				found = true
				if p.Warning != strings.HasSuffix(row.rule, "w") {
					t.Errorf("%s: %s has Warning %v", row.set, row.rule, p.Warning)
				}
			}
		}
		if !found {
			t.Errorf("%s: no %s at %s saying %q, but:\n%v", row.set, row.rule, row.path, row.message, brief.Validate(b))
		}
	}
}

func TestValidateNeedsEntities(t *testing.T) {
	b := shop(t)
	b.Entities = nil
	if errs := brief.Validate(b).Errors(); len(errs) != 1 || errs[0].Rule != "V40" || errs[0].Path != "entities" {
		t.Errorf("without entities: %v", errs)
	}
	b.Raw.Entities = "订单和用户"
	if ps := brief.Validate(b); len(ps.Errors()) > 0 || len(ps.Warnings()) != 1 {
		t.Errorf("with entities as prose: %v", ps)
	}
	b.Raw.Entities, b.Preset, b.Services = "", "parking", nil
	b.Databases = nil
	if ps := brief.Validate(b).Errors(); len(ps) > 0 {
		t.Errorf("with a preset: %v", ps)
	}
}

// A default is never what makes a brief invalid.
func TestSynchronousByDefault(t *testing.T) {
	for engine, want := range map[string]string{"MySQL": "mgr", "MariaDB": "galera", "PostgreSQL": "patroni", "TiDB": "3tikv+3pd"} {
		b := shop(t)
		b.System.RPOMinutes = brief.Some(0)
		b.Databases[0] = brief.Database{Engine: engine}
		if errs := brief.Validate(b).Errors(); len(errs) > 0 {
			t.Errorf("%s: %v", engine, errs)
		}
		r := brief.Complete(b)
		if got := r.Databases[0].Topology; got != want {
			t.Errorf("%s: topology %q, want %q", engine, got, want)
		}
		if errs := brief.Validate(r.Brief).Errors(); len(errs) > 0 {
			t.Errorf("%s completed: %v", engine, errs)
		}
	}
}
