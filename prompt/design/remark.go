package design

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// remark is the last cell of an instance row: topology, server, size at the
// end of the horizon (domain.md §3.8).
func (b *builder) remark(x Instance, s brief.Service, split []*draft) string {
	spec := fmt.Sprintf("%d核%dGB", x.CPU, x.MemoryGB)
	years := fmt.Sprintf("%d年%s", b.growth.Years, capacity.AboutGB(x.GB))
	switch Role(x.Engine) {
	case "olap":
		return b.olapRemark(x, spec)
	case "document":
		return b.documentRemark(x, spec)
	case "search":
		return "3节点集群，" + b.searchShards(x) + "1副本；" + spec + "，只作检索副本"
	case "timeseries":
		return b.timeseriesRemark(x, spec)
	}
	switch x.Engine.Engine {
	case "TiDB":
		return "3TiDB+3PD+3TiKV，三副本Raft，免分库分表；" + years
	case "OceanBase":
		return oceanTopology(x.Engine.Topology) + b.hashed(x) + "；" + spec + "，" + years
	}
	top := b.primaryReplica(x, s) + b.hashed(x)
	switch {
	case len(split) == 0:
		return top + "；" + spec + "，" + years
	case x.Databases > 1:
		chain, _, _ := strings.Cut(top, "，")
		prefix := "分库分表"
		if split[0].Verdict.Level == D6 {
			prefix = "建议迁移TiDB，过渡期分库分表"
		}
		return fmt.Sprintf("%s（%d库%s），每库%s；%s，每库%s", prefix, x.Databases, tableCounts(split), chain, spec, years)
	default:
		return fmt.Sprintf("单库分表（%s），%s；%s，%s", tableCounts(split), top, spec, years)
	}
}

// tableCounts is 256表, or 32/8表 when tables are split differently.
func tableCounts(split []*draft) string {
	var counts []string
	for _, d := range split {
		if n := itoa(d.Verdict.Tables); len(counts) == 0 || counts[len(counts)-1] != n {
			counts = append(counts, n)
		}
	}
	return strings.Join(counts, "/") + "表"
}

// primaryReplica is the topology in words.
func (b *builder) primaryReplica(x Instance, s brief.Service) string {
	n := x.Engine.Replicas.Or(1)
	for _, l := range b.design.Services {
		if l.Code == s.Code {
			n = l.Replicas
		}
	}
	topology := x.Engine.Topology
	if b.needsSync(x.Engine) {
		topology = "mgr"
	}
	chain := fmt.Sprintf("1主%d从", n)
	mode := "异步复制"
	if x.Engine.SemiSync.Or(b.brief.System.RPOMinutes.Or(5) <= 5) {
		mode = "半同步复制"
	}
	switch {
	case topology == "single" || n == 0:
		return "单节点"
	case topology == "mgr":
		return fmt.Sprintf("MGR单主%d节点，组复制", max(n+1, 3))
	case topology == "rds-ha":
		return "云主备" + chain + "，" + mode
	case topology == "patroni":
		return chain + "，Patroni流复制"
	case topology == "streaming", dialectOf(x.Engine) == PostgreSQL:
		return chain + "，流复制"
	case dialectOf(x.Engine) == Neutral:
		return chain + "，主备同步"
	}
	return chain + "，" + mode
}

// needsSync says whether no data may be lost while the brief's MySQL
// replicates asynchronously (domain.md §3.12.1).
func (b *builder) needsSync(db brief.Database) bool {
	return dialectOf(db) == MySQL && b.brief.System.RPOMinutes.Or(5) == 0 && (db.Topology == "master-slave" || db.Topology == "" || db.Topology == "mha")
}

// assumeSync tells that the topology was changed for the sake of RPO 0.
func (b *builder) assumeSync() {
	for i, db := range b.brief.Databases {
		if b.needsSync(db) {
			b.assume(brief.Assumption{
				Path: databasePath(i) + ".topology", Label: db.Engine + "部署形态", Value: "MGR单主",
				Rule: "domain.md §3.12.1", Effect: "RPO为0需要同步复制，异步主从达不到",
			})
		}
	}
}

func oceanTopology(t string) string {
	if t == "1-1-1" {
		return "1-1-1三副本Paxos"
	}
	return "3Zone三副本Paxos"
}

// hashed says how many of the row's tables the server splits.
func (b *builder) hashed(x Instance) string {
	var names []string
	for _, t := range x.Tables {
		if d := b.byName[t]; d != nil && d.HashPartitions() {
			names = append(names, t)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "，" + listed(names) + "哈希分区"
}

func (b *builder) olapRemark(x Instance, spec string) string {
	text := fmt.Sprintf("%d分片%d副本；%s", x.Engine.Shards.Or(1), x.Engine.Replicas.Or(2), spec)
	if x.Engine.Topology == "single" {
		text = "单节点；" + spec
	}
	switch keep := b.keepOf(x); {
	case len(x.Tables) == 0:
		return text
	case keep > 0:
		return fmt.Sprintf("%s，保留%d天%s", text, keep, capacity.AboutGB(x.GB))
	default:
		return fmt.Sprintf("%s，%d年%s", text, b.growth.Years, capacity.AboutGB(x.GB))
	}
}

func (b *builder) documentRemark(x Instance, spec string) string {
	text := "3节点副本集"
	if x.Engine.Topology == "sharded" || b.shardedDocuments(x) {
		text = fmt.Sprintf("%d分片×3节点副本集", x.Engine.Shards.Or(3))
	} else if x.Engine.Topology == "single" {
		text = "单节点"
	}
	if keep := b.keepOf(x); keep > 0 && b.allExpire(x) {
		return fmt.Sprintf("%s，TTL索引保留%d天", text, keep)
	}
	return text + "；" + spec
}

// allExpire says whether every table of the row leaves by age.
func (b *builder) allExpire(x Instance) bool {
	return !slices.ContainsFunc(x.Tables, func(t string) bool { return !b.byName[t].expires() })
}

// shardedDocuments says whether one replica set is too small (domain.md §3.7).
func (b *builder) shardedDocuments(x Instance) bool {
	return slices.ContainsFunc(x.Tables, func(t string) bool { return b.byName[t] != nil && b.byName[t].Verdict.Hash == "hashed" })
}

func (b *builder) searchShards(x Instance) string {
	n := 0
	for _, t := range x.Tables {
		n = max(n, SearchShards(b.byName[t].Size.GB))
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("每索引%d主分片", n)
}

// SearchShards keeps a shard of a search index near 30 GB (domain.md §3.7).
func SearchShards(gb float64) int {
	n := int(gb / 30)
	if float64(n)*30 < gb {
		n++
	}
	return max(n, 1)
}

func (b *builder) timeseriesRemark(x Instance, spec string) string {
	var kept []string
	for _, t := range x.Tables {
		d := b.byName[t]
		if d.Keep > 0 {
			kept = append(kept, fmt.Sprintf("%s保留%d天", d.Title, d.Keep))
		} else {
			kept = append(kept, d.Title+"长期保留")
		}
	}
	if len(kept) == 0 {
		return spec
	}
	return spec + "，存" + listed(kept)
}

// keepOf is how long the longest kept table of a row stays, 0 when one stays
// for ever.
func (b *builder) keepOf(x Instance) int {
	days := 0
	for _, t := range x.Tables {
		d := b.byName[t]
		if d == nil || d.Keep == 0 {
			return 0
		}
		days = max(days, d.Keep)
	}
	return days
}

// cacheRemark is the remark of a cache row.
func cacheRemark(db brief.Database) string {
	shards, memory := db.Shards.Or(3), db.ShardMemoryGB.Or(4)
	switch db.Topology {
	case "sentinel":
		return fmt.Sprintf("Sentinel模式，1主%d从，%dGB，AOF everysec", max(db.Replicas.Or(2), 1), memory)
	case "single":
		return fmt.Sprintf("单节点，%dGB，AOF everysec", memory)
	}
	return fmt.Sprintf("Cluster模式，%d主%d从，每分片%dGB，AOF everysec", shards, shards*max(db.Replicas.Or(1), 1), memory)
}
