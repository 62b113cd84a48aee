package offline

import (
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// engineWords is how sentences speak of one product (domain.md §3.8,
// §3.12–§3.14, decisions.md 14, 15, 17). A text with %s takes what its field
// says.
type engineWords struct {
	family     string // which replication and backup rows apply, see replica.go and backup.go
	log        string // what replicas and incremental backups read
	invalidate string // who deletes a cache key again
	capture    string // how changes reach other stores
	plan       string // what EXPLAIN must not show
	slow       string // how slow statements are recorded; %s is the threshold in seconds
	pool       string // what bounds the life of a connection
	params     string // 参数建议; %s is the memory for the buffer
	fixed      string // what runs out first when a schema grows, for SQL优化
}

// The families of products that replicate and back up alike.
const (
	familyMySQL   = "mysql"
	familyPG      = "postgresql"
	familyTiDB    = "tidb"
	familyOcean   = "oceanbase"
	familyNeutral = "neutral"
	familyMongo   = "mongodb"
	familyColumn  = "clickhouse"
	familyDoris   = "doris"
	familySearch  = "search"
	familySeries  = "timeseries"
)

var mysqlWords = engineWords{
	family:     familyMySQL,
	log:        "binlog",
	invalidate: "binlog订阅（Canal）",
	capture:    "Debezium订阅binlog",
	plan:       "上线前用EXPLAIN检查，禁止type=ALL与Using filesort",
	slow:       "long_query_time设为%s秒并开启log_queries_not_using_indexes（限流10条/分钟），每日汇总TOP20进入整改",
	pool:       "连接最大存活30分钟",
	params: "innodb_buffer_pool_size设为%s（内存的70%%），innodb_flush_log_at_trx_commit=1、sync_binlog=1保证提交落盘，" +
		"max_execution_time=3000毫秒，innodb_print_all_deadlocks=ON",
}

var postgresWords = engineWords{
	family:     familyPG,
	log:        "WAL",
	invalidate: "逻辑解码订阅（Debezium）",
	capture:    "Debezium订阅逻辑复制槽",
	plan:       "上线前用EXPLAIN (ANALYZE, BUFFERS)检查，禁止大表Seq Scan与落盘排序",
	slow:       "log_min_duration_statement设为%s秒，pg_stat_statements每日汇总TOP20进入整改",
	pool:       "PgBouncer事务级池化，连接最大存活30分钟",
	params: "shared_buffers设为%s（内存的25%%），synchronous_commit=on、full_page_writes=on保证提交落盘，" +
		"statement_timeout=3000毫秒，autovacuum_vacuum_scale_factor=0.05",
	fixed: "updated_at由BEFORE UPDATE触发器维护（1张表1个触发器）",
}

// wordsByEngine are the products whose words are not their family's.
var wordsByEngine = map[string]engineWords{
	"TiDB": {
		family: familyTiDB, log: "TiCDC变更流", invalidate: "TiCDC变更订阅", capture: "TiCDC订阅变更",
		plan:   "上线前用EXPLAIN ANALYZE检查，禁止大表TableFullScan，报表走TiFlash（2副本）",
		slow:   "tidb_slow_log_threshold设为%s秒，每日从INFORMATION_SCHEMA.CLUSTER_SLOW_QUERY汇总TOP20进入整改",
		pool:   "连接最大存活30分钟",
		params: "tidb_mem_quota_query=1GB、tidb_txn_mode=pessimistic，TiKV block-cache设为%s（内存的45%%），max_execution_time=3000毫秒",
	},
	"OceanBase": {
		family: familyOcean, log: "日志归档", invalidate: "Binlog服务（obbinlog）订阅", capture: "OMS订阅增量日志",
		plan:   "上线前用EXPLAIN检查，禁止TABLE FULL SCAN与跨分区广播",
		slow:   "trace_log_slow_query_watermark设为%s秒，每日从GV$OB_SQL_AUDIT汇总TOP20进入整改",
		pool:   "经OBProxy访问，连接最大存活30分钟",
		params: "租户内存按%s（内存的80%%）分配，ob_query_timeout=3000000微秒（3秒），ob_trx_timeout=10000000微秒（10秒）",
	},
	"MongoDB": {
		family: familyMongo, log: "oplog", invalidate: "Change Streams订阅", capture: "Debezium订阅Change Streams",
		plan:   "上线前用explain(\"executionStats\")检查，禁止COLLSCAN与内存排序超过100MB",
		slow:   "profiler设为level 1、slowms对应%s秒，每日汇总TOP20进入整改",
		pool:   "maxIdleTimeMS为30分钟",
		params: "WiredTiger cacheSizeGB设为%s（内存的50%%），w=majority、j=true，maxTimeMS=3000",
	},
	"ClickHouse": {
		family: familyColumn, log: "分区", invalidate: "写入任务", capture: "物化视图与定时任务同步变更",
		plan:   "上线前用EXPLAIN indexes=1检查，查询必须命中排序键与分区裁剪",
		slow:   "log_queries_min_query_duration_ms对应%s秒，每日从system.query_log汇总TOP20进入整改",
		pool:   "HTTP长连接最大存活30分钟",
		params: "max_memory_usage设为%s，max_execution_time=30秒，insert_quorum=2，parts_to_throw_insert=3000",
	},
	"Doris": {
		family: familyDoris, log: "Tablet副本", invalidate: "写入任务", capture: "Routine Load与Flink CDC同步变更",
		plan: "上线前用EXPLAIN检查，查询必须命中前缀索引与分区裁剪",
		slow: "qe_slow_log_ms对应%s秒，每日从审计日志汇总TOP20进入整改",
		pool: "连接最大存活30分钟", params: "exec_mem_limit设为%s，query_timeout=30秒（以产品文档为准，待确认）",
	},
	"Elasticsearch": searchWords, "OpenSearch": searchWords,
}

var searchWords = engineWords{
	family: familySearch, log: "快照", invalidate: "写入任务", capture: "写入任务同步变更",
	plan: "上线前用Profile API检查，禁止前导通配符与from+size超过10000的深分页",
	slow: "index.search.slowlog.threshold.query.warn设为%s秒，每日汇总TOP20进入整改",
	pool: "HTTP长连接最大存活30分钟", params: "JVM堆设为%s（不超过31GB），refresh_interval=5秒",
}

var seriesWords = engineWords{
	family: familySeries, log: "数据文件", invalidate: "写入任务", capture: "订阅任务同步变更",
	plan: "查询必须带时间范围与标签条件，先在测试库核对执行计划", slow: "慢查询阈值设为%s秒，每日汇总TOP20进入整改",
	pool: "连接最大存活30分钟", params: "缓存内存设为%s（参数名以产品文档为准，待确认）",
}

var neutralWords = engineWords{
	family: familyNeutral, log: "归档日志", invalidate: "变更订阅任务", capture: "变更订阅工具（以产品支持为准，待确认）同步变更",
	plan: "上线前核对执行计划，禁止大表全表扫描与落盘排序", slow: "慢查询阈值设为%s秒（参数名以产品文档为准，待确认），每日汇总TOP20进入整改",
	pool: "连接最大存活30分钟", params: "数据缓冲区设为%s（内存的60%%），语句超时3000毫秒（参数名以产品文档为准，待确认）",
}

// wordsOf are the words for a database.
func wordsOf(db brief.Database) engineWords {
	if e, ok := wordsByEngine[db.Engine]; ok {
		return e
	}
	switch db.Engine {
	case "MySQL", "MariaDB", "PolarDB":
		return mysqlWords
	case "PostgreSQL", "GaussDB", "openGauss":
		return postgresWords
	case "InfluxDB", "TDengine", "HBase":
		return seriesWords
	}
	return neutralWords
}

// versionAtLeast compares the dotted version of a database; an unknown version
// counts as new.
func versionAtLeast(db brief.Database, want ...int) bool {
	parts := strings.Split(db.Version, ".")
	for i, n := range want {
		if i >= len(parts) {
			return i > 0 || db.Version == ""
		}
		have, err := strconv.Atoi(parts[i])
		if err != nil || have > n {
			return true
		}
		if have < n {
			return false
		}
	}
	return true
}

// synchronous says whether the system asks for no loss at all.
func (w *writer) synchronous() bool { return w.sys.RPOMinutes.Or(5) == 0 }

// topology is the main store's form of deployment; without loss MySQL has to
// be a group (domain.md §3.12.1).
func (w *writer) topology() string {
	t := w.store.Topology
	if w.engine.family == familyMySQL && w.synchronous() && slices.Contains([]string{"", "master-slave", "mha"}, t) {
		return "mgr"
	}
	return t
}

// semiSync says whether a commit waits for one replica.
func (w *writer) semiSync() bool {
	return w.store.SemiSync.Or(w.sys.RPOMinutes.Or(5) <= 5)
}

// transactional says whether the main store can change several rows at once
// and wait for the outcome: what documents with a state need.
func (w *writer) transactional() bool {
	switch w.engine.family {
	case familyColumn, familyDoris, familySearch, familySeries:
		return false
	}
	return true
}

// distributed engines keep their own copies: no primary and replicas to speak
// of.
func (w *writer) distributed() bool {
	return w.engine.family == familyTiDB || w.engine.family == familyOcean
}

// cacheName is how the cache product is called: Redis, Valkey; "" without one.
func (w *writer) cacheName() string {
	if db, ok := w.engineOf("cache"); ok {
		return product(db)
	}
	return ""
}

// reporting is the store that answers what the records cannot: OLAP, else
// search; "" for none.
func (w *writer) reporting() string {
	for _, role := range []string{"olap", "search"} {
		if db, ok := w.engineOf(role); ok && db.Engine != w.store.Engine {
			return product(db)
		}
	}
	return ""
}

// queue is the message queue, "" for none.
func (w *writer) queue() string {
	if db, ok := w.engineOf("mq"); ok {
		return product(db)
	}
	return ""
}

// splitByServer says whether the server, not the application, spreads a table
// that has outgrown one.
func splitByServer(t *design.Table) bool {
	switch t.Verdict.Level {
	case design.D4, design.D5, design.D6:
		return relational(t) && !t.Split()
	}
	return false
}
