package check_test

import (
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// A ruleCase changes the golden chapter so that a rule has to speak, and in a
// similar way so that it must not.
type ruleCase struct {
	rule string
	bad  change
	good change // nil: the golden chapter itself
	bare bool   // without the brief
	says string // part of the message
}

type change func(string) string

// put replaces the first place of a text, which has to exist.
func put(old, now string) change {
	return func(s string) string {
		if !strings.Contains(s, old) {
			panic("no " + old)
		}
		return strings.Replace(s, old, now, 1)
	}
}

func all(old, now string) change {
	return func(s string) string { return strings.ReplaceAll(s, old, now) }
}

// after adds a text behind the first place of another.
func after(old, more string) change { return put(old, old+more) }

func then(changes ...change) change {
	return func(s string) string {
		for _, c := range changes {
			s = c(s)
		}
		return s
	}
}

// cut removes what stands from one text up to another.
func cut(from, to string) change {
	return func(s string) string {
		i := strings.Index(s, from)
		j := i + strings.Index(s[i:], to)
		return s[:i] + s[j:]
	}
}

const (
	ownersEnd   = "    UNIQUE KEY uk_phone_delete (phone_hash, delete_token),\n"
	refundsCols = "    refund_reason VARCHAR(255) NOT NULL DEFAULT '' COMMENT '退款原因',\n"
)

// column adds a column to refunds.
func column(definition string) change { return after(refundsCols, "    "+definition+",\n") }

// index adds a key to owners.
func index(definition string) change { return after(ownersEnd, "    "+definition+",\n") }

var formatCases = []ruleCase{
	{rule: "F001", bad: cut("### 缓存设计", "### 数据同步"), good: put("### 缓存设计", "### 缓存策略"), says: "缓存设计"},
	{rule: "F002", bad: func(s string) string {
		i, j := strings.Index(s, "### 缓存设计"), strings.Index(s, "### 数据同步")
		return s[:i] + s[j:] + "\n" + s[i:j]
	}, good: after("### 备份恢复\n", "")},
	{rule: "F003", bad: put("### 数据同步", "### 安全与合规\n- **审计日志**：owners 的访问保留190天\n\n### 数据同步"), good: put("### 数据同步", "#### 缓存治理\n- **热点治理**：owners 每日巡检1次\n\n### 数据同步"), says: "安全与合规"},
	{rule: "F004", bad: cut("#### 跨服务数据同步", "### 性能优化"), good: put("#### 跨服务数据同步", "#### 跨服务同步")},
	{rule: "F005", bad: func(s string) string {
		i, j, k := strings.Index(s, "#### 主从同步"), strings.Index(s, "#### 跨服务数据同步"), strings.Index(s, "### 性能优化")
		return s[:i] + s[j:k] + s[i:j] + s[k:]
	}},
	{rule: "F006", bad: put("#### 主从同步", "### 主从同步"), good: put("- **同步方式**", "##### 细节\n- **同步方式**")},
	{rule: "F007", bad: put("### 性能优化", "### 六、性能优化"), good: put("#### 主从同步\n", "#### 主从同步\n")},
	{rule: "F008", bad: func(s string) string { return "好的，以下是章节。\n\n" + s }, good: func(s string) string { return "\n\n" + s }, says: "好的"},
	{rule: "F009", bad: func(s string) string { return "```markdown\n" + s + "```\n" }},
	{rule: "F010", bad: put("| 服务名称 | 数据库类型 |", "| 微服务 | 类型 |"), good: put("| 服务名称 | 数据库类型 |", "|服务名称|数据库类型|")},
	{rule: "F011", bad: put("| devices | 1主2从，半同步复制；4核16GB，3年不足1GB |", "| devices |"), good: put("3年不足1GB |", `3年不足1GB（a\|b） |`)},
	{rule: "F012", bad: put("|---------|-----------|----------|--------|------|\n", ""), good: put("|---------|-----------|----------|--------|------|", "|:---|---|---|---|---:|")},
	{rule: "F013", bad: put("- **连接池**", "- **连接**"), good: put("- **连接池**：", "* **连接池**: "), says: "连接池"},
	{rule: "F014", bad: func(s string) string {
		i, j, k := strings.Index(s, "- **备份策略**"), strings.Index(s, "- **备份保留**"), strings.Index(s, "- **恢复测试**")
		return s[:i] + s[j:k] + s[i:j] + s[k:]
	}, good: put("- **SQL优化**", "- **参数建议**：parking_db 的 sync_binlog=1\n- **SQL优化**")},
	{rule: "F015", bad: put("- **连接池**：", "* **连接池**: "), good: put("- **连接池**：", "- **连接池**：**")},
	{rule: "F016", bad: put("#### 车主表 (owners)", "#### 车主表（owners）"), good: after("### 核心表设计\n", "#### 设计约定\n- **命名规范**：parking 各表用复数\n\n")},
	{rule: "F017", bad: put("#### 车辆表 (vehicles)", "#### 黑名单表 (blacklists)\n- **命名规范**：无\n\n#### 车辆表 (vehicles)"), good: put("#### 车辆表 (vehicles)", "#### 约定\n- **命名规范**：无\n\n#### 车辆表 (vehicles)")},
	{rule: "F018", bad: put("#### 车主表 (owners)\n```sql", "#### 车主表 (owners)\n```mysql"), good: after("COMMENT='车主表';\n```\n", "\n查询：\n```text\nSELECT 1\n```\n")},
	{rule: "F019", bad: put("COMMENT='车主表';\n```\n", "COMMENT='车主表';\n")},
	{rule: "F020", bad: then(cut("```\n# 车主信息缓存", "- **更新策略**")), good: put("```\n# 车主信息缓存", "```text\n# 车主信息缓存")},
	{rule: "F021", bad: put("VALUE: Set，车牌号列表\n", ""), good: put("VALUE: Set，车牌号列表\n", "VALUE: Set，车牌号列表\n容量: 100条\n"), says: "VALUE"},
	{rule: "F022", bad: put("KEY: owner:info:{owner_id}", "KEY: Owner-Info-{owner_id}"), good: put("KEY: owner:info:{owner_id}", "KEY: owner:info:v2:{owner_id}")},
	{rule: "F023", bad: put("#### 支付流水表分表", "#### 支付流水分表方案"), good: put("#### 其他业务表分表", "#### 迁移步骤\n- **扩容方案**：parking_db 从4库到8库\n\n#### 其他业务表分表")},
	{rule: "F024", bad: put("### 备份恢复", "#### 补充\n\n### 备份恢复"), good: put("### 性能优化\n", "### 性能优化\n\n")},
	{rule: "F025", bad: all("\n", "\r\n")},
	{rule: "F026", bad: put("连接最大存活30分钟", "连接最大存活待补充"), good: put("连接最大存活30分钟", "连接最大存活30分钟，a<b"), says: "待补充"},
	{rule: "F026", bad: put("连接最大存活30分钟", "连接按{database_info}"), good: put("KEY: owner:info:{owner_id}", "KEY: owner:info:{lot_id}"), says: "database_info"},
	{rule: "F027", bad: put("### 数据同步", "希望对您有帮助，下面继续。\n\n### 数据同步"), good: put("热点Key采用", "希望热点Key采用")},
	{rule: "F028", bad: after("### 性能优化\n", "```sql\nSELECT 1\n```\n"), good: after("COMMENT='车主表';\n```\n", "```sql\nSELECT 1\n```\n")},
	{rule: "F029", bad: after("### 性能优化\n", "- **小贴士**：owners 每日分析1次\n"), good: after("### 性能优化\n", "- **参数建议**：owners 每日分析1次\n"), says: "小贴士"},
	{rule: "F030", bad: func(string) string { return "### 数据库架构\n一台库即可\n" }},
}

var crossCases = []ruleCase{
	{rule: "X201", bad: put("owners, vehicles,", "owners, vehicles, coupons,"), good: put("| parking_cache | - |", "| parking_cache | sessions |"), says: "coupons"},
	{rule: "X202", bad: put("devices | 1主2从", "- | 1主2从"), good: put("| devices |", "| `devices` |")},
	{rule: "X203", bad: all("| 支付服务 |", "| 收银服务 |"), good: all("| 支付服务 |", "| 支付服务 payment |"), says: "支付服务"},
	{rule: "X204", bad: put("#### 设备事件表分表", "#### 发票表分表"), good: put("#### 支付流水表分表", "#### 支付表分表"), says: "发票"},
	{rule: "X205", bad: put("CRC32(plate_no)", "CRC32(plate)"), good: put("CRC32(plate_no)", "crc32( plate_no )"), says: "plate"},
	{rule: "X206", bad: put("分库分表（4库256表）", "分库分表（8库256表）"), good: put("分库分表（4库256表）", "分库分表（256张表）"), says: "分4库"},
	{rule: "X206", bad: put("单库分表（128表）", "单库分表（64表）"), says: "128"},
	{rule: "X206", bad: put("单库分表（128表）", "分库分表（16库128表）"), good: put("分库分表（4库256表），每库1主2从", "分库分表（4库256表），单库1主2从"), says: "payments 只分表、没有分库"},
	{rule: "X206", bad: put("单库分表（128表）", "16库128表"), good: put("分库分表（4库256表）", "4库256表"), says: "payments 只分表、没有分库"},
	{rule: "X206", bad: put("分库分表（4库256表）", "分库分表（8库256表）"), says: "outbox_events 在4个库中"},
	{rule: "X207", bad: put("4个库 (parking_db_0, parking_db_1, parking_db_2, parking_db_3)", "4个库 (parking_db_0 ~ parking_db_15)"), good: put("4个库 (parking_db_0, parking_db_1, parking_db_2, parking_db_3)", "4个库 (parking_db_0 ~ parking_db_3)"), says: "16"},
	{rule: "X208", bad: put("表号 = gene % 128", "表号 = gene % 100"), good: put("表号 = gene % 128", "表号 = gene % 256")},
	{rule: "X209", bad: put("4个库 (parking_db_0, parking_db_1, parking_db_2, parking_db_3)", "4个库 (park_0, park_1, park_2, park_3)")},
	{rule: "X210", bad: put("KEY: owner:info:{owner_id}", "KEY: owner:info:{user_key}"), good: put("KEY: owner:info:{owner_id}", "KEY: owner:info:{date}"), says: "user_key"},
	{rule: "X211", bad: put("KEY: owner:info:{owner_id}", "KEY: product:info:{owner_id}"), good: put("KEY: owner:info:{owner_id}", "KEY: local:info:{owner_id}")},
	{rule: "X212", bad: put("走idx_plate_entry", "走idx_plate_time"), good: put("走idx_plate_entry", "走idx_plate_created"), says: "idx_plate_time"},
	{rule: "X213", bad: put("用户服务发布vehicle.bound", "用户服务发布vehicle.sold"), good: put("用户服务发布vehicle.bound", "用户服务发布vehicle.bound（写入user_db.outbox_events）"), says: "vehicle.sold"},
	{rule: "X214", bad: put("owner_id BIGINT NOT NULL COMMENT '车主ID（逻辑外键", "owner_id INT NOT NULL COMMENT '车主ID（逻辑外键"), good: put("lot_id UInt64 COMMENT '停车场ID'", "lot_id UInt64 COMMENT '停车场ID（关联parking_lots.id）'"), says: "owners.id"},
	{rule: "X215", bad: put("    INDEX idx_payment_no (payment_no),\n", "    INDEX idx_payment_no (payment_no),\n    CONSTRAINT fk_refund_bill FOREIGN KEY (bill_no) REFERENCES parking_bills (bill_no),\n"), good: put("    INDEX idx_payment_no (payment_no),\n", "    INDEX idx_payment_no (payment_no),\n    CONSTRAINT fk_refund FOREIGN KEY (payment_no) REFERENCES payments (payment_no),\n")},
	{rule: "X216", bad: put("增量备份（binlog）保留35天", "增量备份（binlog）保留7天"), good: put("增量备份（binlog）保留35天", "增量备份（binlog）保留5周"), says: "7天"},
	{rule: "X217", bad: then(put("同城从库采用半同步复制（AFTER_SYNC，超时1秒降级并告警），华北灾备从库采用异步复制", "全部采用异步复制"), all("实时", "每小时"), all("--stop-never", "")), good: put("采用半同步复制（AFTER_SYNC", "采用MGR（AFTER_SYNC")},
	{rule: "X218", bad: put("**同步方式**：MySQL 8.4 GTID", "**同步方式**：PostgreSQL 流复制"), good: put("**同步方式**：MySQL 8.4 GTID", "**同步方式**：ClickHouse 副本之外，MySQL 8.4 GTID"), says: "PostgreSQL"},
	{rule: "X219", bad: put("plate_no VARCHAR(16) NOT NULL COMMENT '车牌号',\n    pass_type", "plate_no VARCHAR(20) NOT NULL COMMENT '车牌号',\n    pass_type"), good: put("plate_no VARCHAR(16) NOT NULL COMMENT '车牌号',\n    pass_type", "plate_no varchar(16) NOT NULL COMMENT '车牌号',\n    pass_type"), says: "plate_no"},
	{rule: "X220", bad: put("parking_bills分4库256表", "parking_bills分4库512表"), good: put("parking_bills分4库256表", "parking_bills分4库256张表"), says: "表数"},
	{rule: "X220", bad: put("整体RTO≤15分钟、RPO≤1分钟", "整体RTO≤30分钟、RPO≤60秒"), good: put("整体RTO≤15分钟、RPO≤1分钟", "整体RTO≤900秒、RPO≤60秒"), says: "RTO"},
	{rule: "X221", bad: put("| 设备服务 | MySQL 8.4 |", "| 设备服务 | Oracle 19 |"), good: put("| 设备服务 | MySQL 8.4 |", "| 设备服务 | mysql 8.4 |"), says: "Oracle"},
	{rule: "X222", bad: then(cut("#### 退款单表 (refunds)", "#### 设备表 (devices)"), put(", refunds, outbox", ", outbox")), good: then(all("退款单表 (refunds)", "退款单表 (refund)"), all("TABLE refunds", "TABLE refund"), all(" refunds,", " refund,")), says: "退款单"},
	{rule: "X223", bad: put(refundsCols, ""), good: put("refund_reason VARCHAR(255) NOT NULL DEFAULT '' COMMENT '退款原因'", "reason VARCHAR(255) NOT NULL DEFAULT '' COMMENT '退款原因说明'"), says: "退款原因"},
	{rule: "X224", bad: put("状态：1-待审核，2-退款中，3-退款成功，4-退款失败", "状态：1-待审核，2-退款中"), good: put("状态：1-待审核，2-退款中，3-退款成功，4-退款失败", "状态，取值 1-待审核/2-退款中/3-退款成功/4-退款失败"), says: "退款成功、退款失败"},
	{rule: "X225", bad: put("    INDEX idx_owner_created (owner_id, created_at),\n", ""), good: put("    INDEX idx_owner_created (owner_id, created_at),\n", "    INDEX idx_owner_created (owner_id, created_at, status),\n"), says: "owner_id, created_at"},
	{rule: "X225", bad: then(all("逐表扫描", "扫描"), all("按分表扫描", "扫描")), says: "无法定位分片"},
	{rule: "X226", bad: then(cut("- **归档策略**：每日02:00", "\n#### 停车账单表分库"), cut("- **归档策略**：与停车记录", "\n#### 设备事件表分表")), good: put("将离场满365天的停车记录及其停车账单", "将离场满365天的parking_sessions及parking_bills"), says: "parking_sessions"},
	{rule: "X227", bad: put("按年增长30%、规划期3年", "按年增长50%、规划期3年"), good: put("按年增长30%、规划期3年", "按年增长30.0%、规划期3年"), says: "年增长=30%"},
	{rule: "X227", bad: put("峰值读12000 QPS", "峰值读8000 QPS"), good: put("峰值读12000 QPS", "峰值读1.2万 QPS")},
}

var lintCases = []ruleCase{
	{rule: "L301", bad: index("INDEX idx_phone (phone_hash)"), good: index("INDEX idx_token (delete_token)"), says: "uk_phone_delete"},
	{rule: "L301", bad: index("INDEX idx_a (nickname), INDEX idx_b (nickname)"), good: index("INDEX idx_a (nickname), INDEX idx_b (status, nickname)"), says: "idx_b(nickname)"},
	{rule: "L302", bad: index("INDEX idx_status (status)"), good: index("INDEX idx_status_login (status, last_login_at)")},
	{rule: "L303", bad: index("INDEX idx_1 (nickname), INDEX idx_2 (avatar_url(20)), INDEX idx_3 (status, id), INDEX idx_4 (last_login_at)"), good: index("INDEX idx_1 (nickname), INDEX idx_2 (avatar_url(20)), INDEX idx_3 (status, id)")},
	{rule: "L304", bad: put("INDEX idx_owner_created (owner_id, created_at)", "INDEX idx_owner_id (owner_id), INDEX idx_created_at (created_at)"), good: put("INDEX idx_owner_created (owner_id, created_at)", "INDEX idx_owner_id (owner_id)")},
	{rule: "L305", bad: put("refund_amount DECIMAL(18,2)", "refund_amount DECIMAL(8,2)"), good: put("refund_amount DECIMAL(18,2)", "refund_amount DECIMAL(16,2)"), says: "DECIMAL(8,2)"},
	{rule: "L305", bad: put("refund_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00", "refund_amount DOUBLE NOT NULL DEFAULT 0"), good: column("discount_rate DOUBLE NOT NULL DEFAULT 0 COMMENT '折扣率'"), says: "禁止"},
	{rule: "L306", bad: put("    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',\n    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',\n    UNIQUE KEY uk_refund_no", "    UNIQUE KEY uk_refund_no"), good: all("updated_at", "update_time"), says: "created_at、updated_at"},
	{rule: "L307", bad: put("updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT", "updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT")},
	{rule: "L308", bad: column("memo VARCHAR(20) COMMENT '备忘'"), good: column("memo VARCHAR(20) DEFAULT NULL COMMENT '备忘'"), says: "refunds.memo"},
	{rule: "L309", bad: put("refunded_at DATETIME NULL", "refunded_at TIMESTAMP NULL")},
	{rule: "L310", bad: column("contact_phone VARCHAR(20) NOT NULL COMMENT '联系手机号'"), good: column("phone_mask VARCHAR(20) NOT NULL COMMENT '手机号脱敏值'"), says: "contact_phone"},
	{rule: "L311", bad: column("password VARCHAR(64) NOT NULL COMMENT '登录密码'"), good: column("password_hash VARCHAR(255) NOT NULL COMMENT '密码哈希（bcrypt）'"), says: "明文口令"},
	{rule: "L311", bad: column("cvv VARCHAR(4) NOT NULL COMMENT '卡安全码'"), says: "卡安全码"},
	{rule: "L312", bad: put("COMMENT '状态：1-待审核，2-退款中，3-退款成功，4-退款失败'", "COMMENT '退款状态'"), bare: true},
	{rule: "L313", bad: column("level ENUM('a','b') NOT NULL COMMENT '级别'")},
	{rule: "L314", bad: put("id BIGINT PRIMARY KEY COMMENT '支付流水ID", "id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '支付流水ID"), good: put("id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '退款单ID'", "id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '退款单ID，自增'"), says: "payments.id"},
	{rule: "L315", bad: put("uk_channel_trade只保证单表内唯一，跨表重复由每日对账发现", "渠道回调重复由每日对账发现"), says: "uk_channel_trade"},
	{rule: "L316", bad: put("按账单号bill_no末3位的gene（000~255，沿用停车服务基因）取模分表", "按created_at字段按月分表"), says: "payments"},
	{rule: "L317", bad: put("#### 其他业务表分表", "#### 退款单表分表\n- **分表规则**：按payment_no取模分表，共64张；3年末约1074万行\n- **表名规则**：refunds_NN\n- **路由策略**：payment_no % 64\n\n#### 其他业务表分表"), good: put("#### 其他业务表分表", "#### 退款单表分表\n- **分表规则**：不分表，3年末约1074万行\n- **表名规则**：沿用原表名\n- **路由策略**：不需要路由\n\n#### 其他业务表分表"), says: "64"},
	{rule: "L318", bad: then(cut("#### 支付流水表分表", "#### 设备事件表分表"), put("单库分表（128表），", "")), good: put("#### 支付流水表分表", "#### 支付流水表分表"), says: "payments"},
	{rule: "L319", bad: then(put("按车牌号plate_no哈希分库，基因 gene = CRC32(plate_no) % 256，库号 = gene / 64（整除）", "按plate_no取模分库，库号 = plate_no % 4"), put("与分库共用gene，gene即全局表号", "表号 = plate_no % 64，与分库同键")), good: put("gene = CRC32(plate_no) % 256", "gene = CRC32(plate_no) % 256"), says: "只会用到"},
	{rule: "L320", bad: then(put("表号 = gene % 128；3年末", "表号 = gene % 100，共100张；3年末"), put("payments_127", "payments_099")), says: "100"},
	{rule: "L321", bad: put("TTL: 6小时 + 随机0~30分钟", "TTL: 长期"), good: put("TTL: 6小时 + 随机0~30分钟", "TTL: 不过期，变更时刷新")},
	{rule: "L322", bad: then(cut("- **穿透防护**", "- **击穿防护**"), all("空值", "默认值")), good: put("**穿透防护**", "**防穿透**"), says: "穿透"},
	{rule: "L323", bad: put("    INDEX idx_payment_no (payment_no),\n", "    INDEX idx_payment_no (payment_no),\n    CONSTRAINT fk_refund FOREIGN KEY (payment_no) REFERENCES payments (payment_no),\n"), says: "payments"},
	{rule: "L324", bad: index("KEY nick (nickname)"), good: index("FULLTEXT KEY ft_nick (nickname)"), says: "nick"},
	{rule: "L325", bad: put("    brand_name VARCHAR(100) NOT NULL DEFAULT '' COMMENT '品牌名称',\n", "    brand_name VARCHAR(100) NOT NULL DEFAULT '' COMMENT '品牌名称',\n    intro TEXT NULL COMMENT '介绍',\n"), good: column("intro TEXT NULL COMMENT '介绍'"), says: "vehicles"},
	{rule: "L326", bad: put("uk_open_id_delete (open_id, delete_token)", "uk_open_id (open_id)"), good: put("UNIQUE KEY uk_open_id_delete (open_id, delete_token)", "INDEX idx_open_id (open_id)"), says: "uk_open_id"},
	{rule: "L327", bad: put("    refunded_at DATETIME NULL COMMENT '退款成功时间',\n    version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号',\n", "    refunded_at DATETIME NULL COMMENT '退款成功时间',\n"), says: "refunds"},
	{rule: "L328", bad: column("memo VARCHAR(6000) NOT NULL DEFAULT '' COMMENT '备忘'"), good: column("memo VARCHAR(5000) NOT NULL DEFAULT '' COMMENT '备忘'")},
	{rule: "L329", bad: column("urgent TINYINT NOT NULL DEFAULT 0 COMMENT '是否加急：0-否，1-是'"), good: column("has_ticket TINYINT NOT NULL DEFAULT 0 COMMENT '是否有票：0-否，1-是'")},
	{rule: "L330", bad: put("Redis 7.2", "Redis 6.0"), good: put("MySQL 8.4 | user_db", "MySQL 8.4.3 | user_db")},
	{rule: "L331", bad: then(cut("#### 设备事件表分表", "#### 本地消息表分表"), put("TTL toDateTime(event_at) + INTERVAL 180 DAY DELETE\n", ""), put("PARTITION BY toYYYYMMDD(event_at)\n", ""), put("保留180天约402GB", "约402GB")), says: "device_events"},
	{rule: "L332", bad: put("id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '退款单ID'", "id CHAR(36) PRIMARY KEY COMMENT '退款单ID'")},
	{rule: "L333", bad: column("memo VARCHAR(20) NOT NULL DEFAULT '' COMMENT 'memo'"), good: column("memo VARCHAR(20) NOT NULL DEFAULT '' COMMENT '备忘'")},
	{rule: "L334", bad: then(all("退款单表 (refunds)", "退款单表 (refund)"), all("TABLE refunds", "TABLE refund"), all(" refunds,", " refund,")), says: "refund"},
	{rule: "L335", bad: put("取模分表，表号 = gene % 128", "取模分表，表号 = id % 128"), good: put("表号 = gene % 128", "表号 = gene % 128")},
	{rule: "L336", bad: put("手机号摘要（HMAC，十六进制，用于等值查询）", "手机号摘要（SHA-256）"), good: put("手机号摘要（HMAC，十六进制，用于等值查询）", "手机号摘要（带密钥，十六进制）")},
	{rule: "L338", bad: put("先更新数据库再删除缓存", "先删除缓存再更新数据库"), good: put("先更新数据库再删除缓存", "先更新数据库再删除缓存，禁止先删缓存再写库")},
}

var quantityCases = []ruleCase{
	{rule: "Q401", bad: put("日增3000万行、保留180天，分区数约180", "按日清理"), says: "设备事件"},
	{rule: "Q402", bad: put("pt-heartbeat每秒写入心跳，主从延迟超过1秒预警，超过3秒将该从库移出读池，超过30秒电话告警；不单独依赖Seconds_Behind_Source", "pt-heartbeat监控主从延迟并告警"), good: put("超过1秒预警", "超过500毫秒预警")},
	{rule: "Q403", bad: func(s string) string {
		i := strings.Index(s, "- **连接池**")
		return s[:i] + "- **连接池**：停车服务按需调整连接数，避免耗尽" + s[i+strings.Index(s[i:], "\n"):]
	}},
	{rule: "Q404", bad: func(s string) string {
		i := strings.Index(s, "- **慢查询监控**")
		return s[:i] + "- **慢查询监控**：开启慢日志并汇总 parking_sessions 的慢查询" + s[i+strings.Index(s[i:], "\n"):]
	}},
	{rule: "Q405", bad: cut("- **备份策略**", "- **恢复测试**"), good: put("MySQL每日02:00", "MySQL每晚02:00")},
	{rule: "Q406", bad: then(all("RTO", "恢复时间"), all("RPO", "数据丢失")), good: all("RTO≤15分钟", "RTO 不超过 15 分钟")},
	{rule: "Q407", bad: after("### 性能优化\n", "- **参数建议**：合理设置各项参数，避免浪费资源\n"), good: after("### 性能优化\n", "- **参数建议**：合理设置 `sync_binlog`，避免浪费资源\n")},
	{rule: "Q408", bad: after("### 性能优化\n", "- **参数建议**：合理设置\n"), good: after("### 性能优化\n", "- **参数建议**：sync_binlog=1\n"), says: "4字"},
	{rule: "Q409", bad: func(s string) string {
		i := strings.Index(s, "### 备份恢复")
		return s[:i] + "### 备份恢复\n- **备份策略**：每日02:00全量备份，实时增量备份\n- **备份保留**：全量备份保留30天，增量备份保留35天\n- **恢复测试**：每月1次恢复演练，RPO≤1分钟，RTO≤15分钟\n"
	}, says: "备份恢复"},
	{rule: "Q410", bad: func(s string) string {
		i := strings.Index(s, "- **事件驱动**")
		return strings.ReplaceAll(s[:i]+"- **事件驱动**：各服务通过Kafka发布领域事件"+s[i+strings.Index(s[i:], "\n"):], "以支付服务的payment.succeeded为准", "以支付服务为准")
	}},
}

func TestRules(t *testing.T) {
	golden := file(t, "parking.md")
	d := parking(t)
	for _, c := range slices.Concat(formatCases, crossCases, lintCases, quantityCases) {
		t.Run(c.rule, func(t *testing.T) {
			t.Parallel()
			with := d
			if c.bare {
				with = nil
			}
			if bad := c.bad(golden); bad != golden {
				c.expect(t, with, bad, true)
			} else {
				t.Errorf("%s: the change changes nothing", c.rule)
			}
			if c.good != nil { // without one, TestGoldenHasNoFindings is the other half
				c.expect(t, with, c.good(golden), false)
			}
		})
	}
}

// expect runs the checker; the rule must speak, or must not.
func (c ruleCase) expect(t *testing.T, d *design.Design, text string, want bool) {
	t.Helper()
	var said []string
	for _, f := range check.Run(d, text).Findings {
		if f.Rule == c.rule && (!want || strings.Contains(f.Message, c.says)) {
			said = append(said, f.Message)
		}
	}
	if want && len(said) == 0 {
		t.Errorf("%s says nothing with %q", c.rule, c.says)
	}
	if !want && len(said) > 0 {
		t.Errorf("%s says %q where all is well", c.rule, said)
	}
}

// TestEveryRuleHasACase keeps the tables and their tests together.
func TestEveryRuleHasACase(t *testing.T) {
	tested := map[string]bool{}
	for _, c := range slices.Concat(formatCases, crossCases, lintCases, quantityCases) {
		tested[c.rule] = true
	}
	ids := map[string]bool{}
	for _, r := range check.Rules() {
		if ids[r.ID] {
			t.Errorf("%s stands twice", r.ID)
		}
		ids[r.ID] = true
		if !tested[r.ID] && r.ID[0] != 'D' {
			t.Errorf("%s has no case", r.ID)
		}
	}
}
