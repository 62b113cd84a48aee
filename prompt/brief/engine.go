package brief

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"dbchapter/prompt/pattern"
)

// engine is what a brief must know about a product (domain.md §1.3).
type engine struct {
	name       string
	role       string
	topologies []string // the first is the default; none means any
	charset    string
	aliases    []string
}

var engines = []engine{
	{"MySQL", "oltp", []string{"master-slave", "mgr", "mha", "rds-ha", "single"}, "utf8mb4", nil},
	{"PostgreSQL", "oltp", []string{"patroni", "streaming", "single"}, "UTF8", []string{"postgres", "pg", "pgsql"}},
	{"TiDB", "oltp", []string{"3tikv+3pd"}, "utf8mb4", nil},
	{"OceanBase", "oltp", []string{"3zone", "1-1-1"}, "utf8mb4", []string{"ob"}},
	{"PolarDB", "oltp", []string{"rds-ha", "single"}, "utf8mb4", nil},
	{"MariaDB", "oltp", []string{"master-slave", "galera", "rds-ha", "single"}, "utf8mb4", nil},
	{"GaussDB", "oltp", []string{"streaming", "rds-ha", "single"}, "UTF8", nil},
	{"openGauss", "oltp", []string{"streaming", "single"}, "UTF8", nil},
	{"Oracle", "oltp", []string{"dataguard", "rac", "single"}, "AL32UTF8", nil},
	{"达梦", "oltp", []string{"master-slave", "single"}, "UTF-8", []string{"dm", "dm8", "达梦数据库"}},
	{"MongoDB", "document", []string{"replica-set", "sharded", "single"}, "", []string{"mongo"}},
	{"Redis", "cache", []string{"cluster", "sentinel", "single"}, "", nil},
	{"Valkey", "cache", []string{"cluster", "sentinel", "single"}, "", nil},
	{"Elasticsearch", "search", []string{"cluster"}, "", []string{"es", "elastic"}},
	{"OpenSearch", "search", []string{"cluster"}, "", nil},
	{"ClickHouse", "olap", []string{"replicated", "single"}, "", []string{"ck"}},
	{"Doris", "olap", []string{"cluster"}, "", nil},
	{"Kafka", "mq", []string{"cluster"}, "", nil},
	{"RocketMQ", "mq", []string{"cluster"}, "", nil},
	{"InfluxDB", "timeseries", []string{"single", "cluster"}, "", nil},
	{"TDengine", "timeseries", []string{"cluster", "single"}, "", nil},
	{"HBase", "timeseries", []string{"cluster"}, "", nil},
	{"其他", "oltp", nil, "", []string{"other"}},
}

// Engines lists the products of V20 in order.
func Engines() []string {
	out := make([]string, len(engines))
	for i, e := range engines {
		out[i] = e.name
	}
	return out
}

// Topologies lists what V22 allows for an engine, the default first; nil means
// anything.
func Topologies(name string) []string {
	e, _ := engineOf(name)
	return slices.Clone(e.topologies)
}

// engineOf finds an engine by name, whatever its case, or by a usual alias.
func engineOf(name string) (engine, bool) {
	for _, e := range engines {
		if strings.EqualFold(e.name, name) || slices.ContainsFunc(e.aliases, func(a string) bool { return strings.EqualFold(a, name) }) {
			return e, true
		}
	}
	return engine{}, false
}

// engineNamed is the name we use for an engine.
func engineNamed(name string) (string, bool) {
	e, ok := engineOf(strings.TrimSpace(name))
	return e.name, ok
}

// topologyWords are the topologies with their names in prose.
var topologyWords = []wording{
	{"master-slave", "主从复制"},
	{"mgr", "MGR"},
	{"mha", "MHA"},
	{"rds-ha", "云数据库高可用版"},
	{"single", "单机"},
	{"patroni", "Patroni高可用"},
	{"streaming", "流复制"},
	{"3tikv+3pd", "3TiKV+3PD"},
	{"3zone", "三Zone"},
	{"1-1-1", "1-1-1三Zone"},
	{"replica-set", "副本集"},
	{"sharded", "分片集群"},
	{"cluster", "集群"},
	{"sentinel", "哨兵"},
	{"replicated", "多副本"},
	{"galera", "Galera"},
	{"dataguard", "Data Guard"},
	{"rac", "RAC"},
}

// TopologyTitle is a topology as the chapter calls it: 主从复制.
func TopologyTitle(topology string) string { return titleOf(topologyWords, topology) }

// roleWords are the roles of databases with their names in prose.
var roleWords = []wording{
	{"oltp", "业务库"},
	{"cache", "缓存"},
	{"document", "文档库"},
	{"search", "检索"},
	{"olap", "分析库"},
	{"mq", "消息队列"},
	{"timeseries", "时序库"},
}

// RoleTitle is the role of a database in prose: 业务库.
func RoleTitle(role string) string { return titleOf(roleWords, role) }

var versionText = pattern.New(`^\d+(\.\d+)*$`)

// versions.json is the table of domain.md §1.3: what to recommend and when the
// makers stop fixing. verified lists the engines whose dates were checked.
//
//go:embed versions.json
var versionsJSON []byte

type versionTable struct {
	AsOf     string   `json:"as_of"`
	Verified []string `json:"verified"`
	Engines  map[string]struct {
		Recommend string            `json:"recommend"`
		EOL       map[string]string `json:"eol"`
	} `json:"engines"`
}

var versions = sync.OnceValue(func() versionTable {
	var t versionTable
	if err := json.Unmarshal(versionsJSON, &t); err != nil {
		panic("versions.json: " + err.Error())
	}
	return t
})

// Support is what is known about the maintenance of one version.
type Support struct {
	Until     string // YYYY-MM, "" when nothing is known
	Recommend string // version to use instead
	Ended     bool   // Until is past, seen from the date of the table
	Verified  bool   // the date comes from the maker's own page
}

// SupportOf looks a version up; the longest known prefix by dots counts
// (8.0.45 → 8.0).
func SupportOf(engine, version string) Support {
	name, _ := engineNamed(engine)
	row := versions().Engines[name]
	s := Support{Recommend: row.Recommend, Verified: slices.Contains(versions().Verified, name)}
	for v := version; v != ""; {
		if until, ok := row.EOL[v]; ok {
			s.Until, s.Ended = until, until <= versions().AsOf
			break
		}
		i := strings.LastIndexByte(v, '.')
		v = v[:max(i, 0)]
	}
	return s
}

// RegionTitle is the role of a region in prose: 灾备.
func RegionTitle(role string) string { return titleOf(regionWords, role) }
