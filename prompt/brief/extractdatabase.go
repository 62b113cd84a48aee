package brief

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
)

var (
	engineWords = pattern.New(`(?i)(MySQL|PostgreSQL|Postgres|TiDB|OceanBase|PolarDB|MariaDB|GaussDB|openGauss|Oracle|达梦|MongoDB|Mongo|Redis|Valkey|Elasticsearch|OpenSearch|ClickHouse|Doris|Kafka|RocketMQ|InfluxDB|TDengine|HBase|\bES\b|\bPG\b|\bCK\b|\bOB\b)\s*(?:Cluster|集群)?\s*v?(\d+(?:\.\d+)*)?`)
	limitWords  = []struct {
		key  string
		find *pattern.Pattern
	}{
		{"table_gb", pattern.New(`单表[^0-9，。；\n]{0,6}(\d+)\s*GB`)},
		{"instance_gb", pattern.New(`单(?:个)?(?:实例|库)[^0-9，。；\n]{0,6}(\d+)\s*GB`)},
		{"write_tps", pattern.New(`单主写[^0-9，。；\n]{0,6}(\d+)\s*TPS`)},
	}
	replicaWords = pattern.New(`(?:一|1)主(一|二|两|三|\d)从`)
)

// readDatabases lists the engines in the order of the text; the first version
// named for an engine wins (decisions.md 32).
func (x *extraction) readDatabases(text string) {
	others := map[string][]string{}
	for _, m := range engineWords.FindAllStringSubmatchIndex(text, -1) {
		engine, ok := engineNamed(text[m[2]:m[3]])
		if !ok || denied(text, m[0]) {
			continue
		}
		version := ""
		if m[4] >= 0 {
			version = text[m[4]:m[5]]
		}
		i := slices.IndexFunc(x.Databases, func(d Database) bool { return d.Engine == engine })
		switch {
		case i < 0:
			x.Databases = append(x.Databases, Database{Engine: engine, Version: version})
		case x.Databases[i].Version == "":
			x.Databases[i].Version = version
		case version != "" && version != x.Databases[i].Version && !slices.Contains(others[engine], version):
			others[engine] = append(others[engine], version)
		}
	}
	for i := range x.Databases {
		d := &x.Databases[i]
		x.note(fmt.Sprintf("databases[%d].engine", i), "数据库", strings.TrimSpace(d.Engine+" "+d.Version))
		if more := others[d.Engine]; len(more) > 0 {
			x.note(fmt.Sprintf("databases[%d].version", i), d.Engine+" 文中的其他版本", strings.Join(more, "、"))
		}
	}
	x.readShape(text)
}

// readShape reads what is said about the business database: copies, limits.
func (x *extraction) readShape(text string) {
	i := slices.IndexFunc(x.Databases, func(d Database) bool { return roleOf(d) == "oltp" })
	if i < 0 {
		return
	}
	path := fmt.Sprintf("databases[%d].", i)
	if m := replicaWords.FindStringSubmatch(text); m != nil {
		n := strings.NewReplacer("一", "1", "二", "2", "两", "2", "三", "3").Replace(m[1])
		x.setOnce(path+"replicas", x.Databases[i].Engine+" 从库数", n)
	}
	if at := strings.Index(text, "半同步"); at >= 0 && !denied(text, at) {
		x.setOnce(path+"semi_sync", "半同步", "true")
	}
	if strings.Contains(text, "MGR") && x.Databases[i].Engine == "MySQL" {
		x.setOnce(path+"topology", "部署形态", "mgr")
	}
	for _, l := range limitWords {
		if m := l.find.FindStringSubmatch(text); m != nil {
			x.setOnce(path+"limits."+l.key, "上限", m[1])
		}
	}
}
