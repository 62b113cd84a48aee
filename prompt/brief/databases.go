package brief

import (
	"fmt"
	"slices"
	"strconv"
)

// roleOf is what a database is used for: the user's word, else its engine's.
func roleOf(d Database) string {
	if d.Role != "" {
		return d.Role
	}
	if e, ok := engineOf(d.Engine); ok {
		return e.role
	}
	return "oltp"
}

// fillDatabases completes every engine (domain.md §1.3).
func (c *completion) fillDatabases() {
	for i := range c.Databases {
		c.fillDatabase(i)
	}
}

func (c *completion) fillDatabase(i int) {
	d := &c.Databases[i]
	path := func(key string) string { return fmt.Sprintf("databases[%d].%s", i, key) }
	e, _ := engineOf(d.Engine)
	name := firstOf(d.Name, d.Engine)
	c.fillText(&d.Version, SupportOf(d.Engine, "").Recommend, Assumption{
		Path: path("version"), Label: name + " 版本", Rule: "V21", Effect: "实例规划表的数据库类型，决定可用语法",
	})
	if d.Role == "" {
		d.Role = roleOf(*d)
		c.quiet(path("role"), FromDerived)
	}
	if len(e.topologies) > 0 {
		topology, why := c.topologyFor(e)
		if d.Role == "mq" && d.Topology == "" {
			d.Topology = topology
			c.quiet(path("topology"), FromDefault)
		}
		c.fillText(&d.Topology, topology, Assumption{
			Path: path("topology"), Label: name + " 部署形态", Value: TopologyTitle(topology), Rule: "V22", Effect: why,
		})
	}
	replicas := c.replicasFor(*d)
	if d.Role == "mq" || d.Role == "cache" {
		fillQuiet(c, &d.Replicas, replicas, path("replicas"), FromDefault)
	}
	fill(c, &d.Replicas, replicas, Assumption{
		Path: path("replicas"), Label: name + " 每主从数", Value: strconv.Itoa(replicas), Rule: "V23", Effect: "决定读能力与故障切换",
	})
	semi := d.Role == "oltp" && c.System.RPOMinutes.V <= 5 && slices.Contains([]string{"master-slave", "mha", "rds-ha", "patroni", "streaming", "dataguard"}, d.Topology)
	fillQuiet(c, &d.SemiSync, semi, path("semi_sync"), FromDerived)
	c.fillShards(i, path)
	if d.Role == "cache" {
		c.fillText(&d.Instance, c.System.Code+"_cache", Assumption{
			Path: path("instance"), Label: name + " 实例名", Source: FromDerived, Rule: "V25", Effect: "实例规划表的实例名称",
		})
	}
	if d.Charset == "" && e.charset != "" {
		d.Charset = e.charset
		c.quiet(path("charset"), FromDefault)
	}
	fillQuiet(c, &d.CPU, 8, path("cpu"), FromDefault)
	fillQuiet(c, &d.MemoryGB, 32, path("memory_gb"), FromDefault)
	fillQuiet(c, &d.MaxConns, 1000, path("max_connections"), FromDefault)
	fillQuiet(c, &d.Limits.TableGB, 100, path("limits.table_gb"), FromDefault)
	fillQuiet(c, &d.Limits.InstanceGB, 500, path("limits.instance_gb"), FromDefault)
	fillQuiet(c, &d.Limits.ShardGB, 400, path("limits.shard_gb"), FromDefault)
	fillQuiet(c, &d.Limits.WriteTPS, 1500, path("limits.write_tps"), FromDefault)
}

// fillQuiet sets a value that is not worth a line in the list.
func fillQuiet[T any](c *completion, o *Opt[T], v T, path string, s Source) {
	if !o.Set {
		*o = Some(v)
		c.quiet(path, s)
	}
}

// topologyFor is the engine's usual one; no data may be lost only where a
// commit waits for a second copy (decisions.md 12).
func (c *completion) topologyFor(e engine) (topology, why string) {
	if c.System.RPOMinutes.V == 0 {
		for _, t := range e.topologies {
			if synchronous(Database{Engine: e.name, Topology: t}) && e.role == "oltp" {
				return t, "RPO 为 0 需要同步复制"
			}
		}
	}
	return e.topologies[0], "决定实例备注与故障切换写法"
}

// replicasFor is the copies beside each primary.
func (c *completion) replicasFor(d Database) int {
	switch {
	case d.Topology == "single" || d.Role == "mq":
		return 0
	case d.Role == "cache" || d.Role == "search":
		return 1
	case slices.Contains([]string{"mgr", "3zone", "1-1-1", "3tikv+3pd", "replica-set", "sharded", "replicated", "galera"}, d.Topology):
		return 2
	case d.Role != "oltp":
		return 1
	}
	sla, _ := strconv.ParseFloat(c.System.SLA, 64)
	if sla >= 99.95 || slices.ContainsFunc(c.System.Regions, func(r Region) bool { return r.Role == "dr" }) {
		return 2
	}
	return 1
}

// fillShards is the number of shards of engines that have them; the others get
// one quietly.
func (c *completion) fillShards(i int, path func(string) string) {
	d := &c.Databases[i]
	name := firstOf(d.Name, d.Engine)
	if d.Role != "cache" && d.Role != "search" {
		fillQuiet(c, &d.Shards, 1, path("shards"), FromDefault)
		fillQuiet(c, &d.ShardMemoryGB, 4, path("shard_memory_gb"), FromDefault)
		return
	}
	shards := 3
	if d.Topology == "single" || d.Topology == "sentinel" {
		shards = 1
	}
	fill(c, &d.Shards, shards, Assumption{Path: path("shards"), Label: name + " 分片数", Value: strconv.Itoa(shards), Rule: "V24", Effect: "决定容量与备注"})
	if d.Role == "cache" {
		fill(c, &d.ShardMemoryGB, 4, Assumption{Path: path("shard_memory_gb"), Label: name + " 每分片内存", Value: "4", Rule: "V24", Effect: "单位GB，使用率按60%规划"})
		return
	}
	fillQuiet(c, &d.ShardMemoryGB, 4, path("shard_memory_gb"), FromDefault)
}
