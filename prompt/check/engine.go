package check

import (
	"strings"

	"dbchapter/prompt/ddl"
)

// engine is a product as chapters name it in the instance table.
type engine struct {
	name    string
	words   []string // lower case, how people write it
	dialect ddl.Dialect
	role    string // oltp cache document search olap timeseries mq
}

// engineNames are the products that the checker knows. Longer words come
// before those they contain.
var engineNames = []engine{
	{"PolarDB", []string{"polardb"}, ddl.MySQL, "oltp"},
	{"MariaDB", []string{"mariadb"}, ddl.MySQL, "oltp"},
	{"TiDB", []string{"tidb"}, ddl.TiDB, "oltp"},
	{"OceanBase", []string{"oceanbase"}, ddl.OceanBase, "oltp"},
	{"MySQL", []string{"mysql", "tdsql", "mgr"}, ddl.MySQL, "oltp"},
	{"PostgreSQL", []string{"postgresql", "postgres", "pgsql"}, ddl.PostgreSQL, "oltp"},
	{"GaussDB", []string{"opengauss", "gaussdb"}, ddl.PostgreSQL, "oltp"},
	{"达梦", []string{"达梦", "dm8"}, ddl.Neutral, "oltp"},
	{"Oracle", []string{"oracle"}, ddl.Neutral, "oltp"},
	{"MongoDB", []string{"mongodb", "mongo"}, ddl.MongoDB, "document"},
	{"Redis", []string{"redis", "valkey"}, "", "cache"},
	{"Elasticsearch", []string{"elasticsearch", "opensearch"}, ddl.Search, "search"},
	{"ClickHouse", []string{"clickhouse"}, ddl.ClickHouse, "olap"},
	{"Doris", []string{"doris", "starrocks"}, ddl.Doris, "olap"},
	{"TDengine", []string{"tdengine"}, "", "timeseries"},
	{"InfluxDB", []string{"influxdb"}, "", "timeseries"},
	{"HBase", []string{"hbase"}, "", "timeseries"},
	{"Kafka", []string{"kafka"}, "", "mq"},
	{"RocketMQ", []string{"rocketmq"}, "", "mq"},
	{"RabbitMQ", []string{"rabbitmq"}, "", "mq"},
	{"Pulsar", []string{"pulsar"}, "", "mq"},
}

// engineIn is the first product that a text names.
func engineIn(text string) (engine, bool) {
	text = strings.ToLower(text)
	best, at := engine{}, -1
	for _, e := range engineNames {
		for _, w := range e.words {
			if i := strings.Index(text, w); i >= 0 && (at < 0 || i < at) {
				best, at = e, i
			}
		}
	}
	return best, at >= 0
}

// dialectOf is the DDL of a product named in an instance row.
func dialectOf(text string) (ddl.Dialect, bool) {
	e, ok := engineIn(text)
	return e.dialect, ok && e.dialect != ""
}

// relational says whether a table has rows, transactions and B+ trees.
func relational(t *ddl.Table) bool {
	switch t.Dialect {
	case ddl.ClickHouse, ddl.MongoDB, ddl.Search, ddl.Doris:
		return false
	}
	return true
}

// likeMySQL says whether MySQL's grammar and habits hold.
func likeMySQL(t *ddl.Table) bool {
	switch t.Dialect {
	case ddl.MySQL, ddl.TiDB, ddl.OceanBase, "":
		return true
	}
	return false
}
