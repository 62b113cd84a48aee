package brief

import (
	"fmt"
	"slices"
	"strings"
)

// checkDatabases is V20…V28 (domain.md §1.3).
func (v *validation) checkDatabases() {
	for i, d := range v.Databases {
		path := fmt.Sprintf("databases[%d].", i)
		e, known := engineOf(strings.TrimSpace(d.Engine))
		switch {
		case d.Engine == "":
			v.bad("V20", path+"engine", "请选择数据库，如 MySQL")
		case !known:
			v.bad("V20", path+"engine", "不认识数据库 %q%s", clipped(d.Engine), instead(d.Engine, Engines())).Hint = "不在列表中的产品写 engine: 其他，并用 name 给出名称"
		case e.name == "其他" && d.Name == "":
			v.bad("V20", path+"name", "引擎为“其他”时请用 name 写出产品名称")
		}
		v.checkVersion(path, d, e.name)
		if known && len(e.topologies) > 0 {
			v.oneOf("V22", path+"topology", d.Topology, e.name+" 的部署形态", e.topologies)
		}
		v.oneOf("V20", path+"role", d.Role, "用途", []string{"oltp", "cache", "document", "search", "olap", "mq", "timeseries"})
		if d.Instance != "" && !instanceName.MatchString(d.Instance) {
			v.bad("V25", path+"instance", "实例名只能用小写字母、数字、下划线和短横线，以字母开头")
		}
		if (!known || e.charset == "utf8mb4") && slices.Contains([]string{"utf8", "utf8mb3", "latin1", "gbk"}, strings.ToLower(d.Charset)) {
			v.bad("V26", path+"charset", "请使用 utf8mb4")
		}
		v.checkSizes(path, d)
		v.checkShared(path, d)
	}
}

func (v *validation) checkVersion(path string, d Database, engine string) {
	switch s := SupportOf(engine, d.Version); {
	case d.Version == "":
	case !versionText.MatchString(d.Version):
		v.bad("V21", path+"version", "版本号应为数字和点，如 8.4")
	case s.Ended && s.Verified:
		v.bad("V21w", path+"version", "%s %s 已停止维护（%s），建议 %s", engine, d.Version, s.Until, s.Recommend)
	case s.Ended:
		v.bad("V21w", path+"version", "%s %s 可能已停止维护（%s，待确认），建议 %s", engine, d.Version, s.Until, s.Recommend)
	}
}

func (v *validation) checkSizes(path string, d Database) {
	whole := func(rule, key string, o Opt[int], low, high float64, message string) bound {
		return bound{rule, key, o.Set, float64(o.V), low, high, message}
	}
	const much = 1e9
	v.within(path, []bound{
		whole("V23", "replicas", d.Replicas, 0, 15, "从库数应为0到15"),
		whole("V24", "shards", d.Shards, 1, 1000, "分片数应为1到1000"),
		whole("V24", "shard_memory_gb", d.ShardMemoryGB, 1, 1000, "每分片内存应为1到1000GB"),
		whole("V27", "cpu", d.CPU, 1, much, "CPU核数应为正整数"),
		whole("V27", "memory_gb", d.MemoryGB, 1, much, "内存应为正整数（GB）"),
		whole("V27", "max_connections", d.MaxConns, 1, much, "最大连接数应为正整数"),
	})
	for _, l := range []struct {
		key string
		o   Opt[float64]
	}{
		{"table_gb", d.Limits.TableGB}, {"instance_gb", d.Limits.InstanceGB}, {"shard_gb", d.Limits.ShardGB}, {"write_tps", d.Limits.WriteTPS},
	} {
		if l.o.Set && !(l.o.V > 0) {
			v.bad("V28", path+"limits."+l.key, "上限应大于0")
		}
	}
}

// checkShared warns when services share an instance that the user named
// (decisions.md 13).
func (v *validation) checkShared(path string, d Database) {
	if d.Instance == "" || roleOf(d) != "oltp" {
		return
	}
	users := 0
	for _, s := range v.full.Services {
		if len(s.Store) == 0 || slices.Contains(s.Store, d.Engine) {
			users++
		}
	}
	if users > 1 {
		v.bad("V25w", path+"instance", "%d 个服务共用实例 %s，建议一服务一库", users, d.Instance)
	}
}
