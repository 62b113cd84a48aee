package design

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
)

// instances are the rows of the instance table: one for each service and
// store, then search and analysis engines nobody uses, then caches (domain.md
// §3.8, decisions.md 13, 17–19).
func (b *builder) instances() []Instance {
	var out []Instance
	reported := false
	b.assumeSync()
	for _, s := range b.brief.Services {
		for _, db := range b.storesInUse(s) {
			x := Instance{Service: s.Name, Code: s.Code, Engine: db, Name: b.instanceName(s, db), Databases: 1}
			for _, d := range b.drafts {
				if d.Service == s.Code && sameEngine(d.Engine, db) {
					x.Tables = append(x.Tables, d.Name)
				}
			}
			b.describeInstance(&x, s)
			if Role(db) == "olap" && !reported {
				reported = true
				if side := b.reportSide(); side != "" {
					x.Remark += "，同时承接" + side + "侧报表"
				}
			}
			out = append(out, x)
		}
	}
	out = append(out, b.idleInstances(out)...)
	return append(out, b.cacheInstances()...)
}

func sameEngine(x, y brief.Database) bool { return x.Engine == y.Engine && x.Name == y.Name }

// storesInUse are the stores a service lists and those its tables went to.
func (b *builder) storesInUse(s brief.Service) []brief.Database {
	out := b.tableStores(s.Store)
	if len(s.Store) == 0 {
		out = nil
	}
	for _, d := range b.drafts {
		if d.Service == s.Code && !slices.ContainsFunc(out, func(x brief.Database) bool { return sameEngine(x, d.Engine) }) {
			out = append(out, d.Engine)
		}
	}
	return out
}

// instanceName is the user's own, else by service and role (domain.md §3.1).
func (b *builder) instanceName(s brief.Service, db brief.Database) string {
	if db.Instance != "" && b.brief.Source(b.databasePath(db)+".instance") == brief.FromBrief {
		return db.Instance
	}
	suffix := map[string]string{"olap": "_olap", "search": "_search", "timeseries": "_tsdb"}[Role(db)]
	switch _, relational := b.relationalStore(s); {
	case Role(db) == "oltp":
		suffix = "_db"
	case suffix == "_search" && strings.HasSuffix(s.Code, "search"):
		suffix = "_index"
	case suffix == "" && relational:
		suffix = "_doc"
	case suffix == "":
		suffix = "_db"
	}
	return s.Code + suffix
}

// describeInstance sums up one row and writes its remark.
func (b *builder) describeInstance(x *Instance, s brief.Service) {
	var split []*draft
	for _, d := range b.drafts {
		if d.Service != x.Code || !sameEngine(d.Engine, x.Engine) {
			continue
		}
		x.GB, x.TPS = x.GB+d.Size.GB, x.TPS+d.Size.TPS
		if d.Split() {
			split = append(split, d)
			x.Databases = max(x.Databases, d.Verdict.Databases)
		}
	}
	x.GB, x.TPS = x.GB/float64(x.Databases), x.TPS/float64(x.Databases)
	x.CPU, x.MemoryGB = b.server(x)
	x.Remark = b.remark(*x, s, split)
	if db, ok := b.relationalStore(s); ok && sameEngine(db, x.Engine) && b.design.Outbox != nil && slices.Contains(b.design.Outbox.Services, s.Code) {
		x.Tables = append(x.Tables, b.design.Outbox.Table)
	}
}

// server is the size of one machine, by data and writes of one database; the
// brief's own when it gives one (domain.md §3.8).
func (b *builder) server(x *Instance) (cpu, memoryGB int) {
	switch {
	case Role(x.Engine) == "olap":
		cpu, memoryGB = 16, 64
	case x.GB < 50 && x.TPS < 200:
		cpu, memoryGB = 4, 16
	case x.GB < 200:
		cpu, memoryGB = 8, 32
	default:
		cpu, memoryGB = 16, 64
	}
	path := b.databasePath(x.Engine)
	if x.Engine.CPU.Set && b.brief.Source(path+".cpu") == brief.FromBrief {
		cpu = x.Engine.CPU.V
	}
	if x.Engine.MemoryGB.Set && b.brief.Source(path+".memory_gb") == brief.FromBrief {
		memoryGB = x.Engine.MemoryGB.V
	}
	return cpu, memoryGB
}

// reportSide is whose reports an analysis engine takes over from the split
// tables: the service of the entity that most of them refer to without being
// able to find rows by it.
func (b *builder) reportSide() string {
	counts := map[*draft]int{}
	var best *draft
	for _, d := range b.drafts {
		if !d.Split() {
			continue
		}
		for _, a := range d.attrs {
			if a.ref == nil || a.target != "id" || a.names[0] == d.Verdict.Key {
				continue
			}
			counts[a.ref]++
			if best == nil || counts[a.ref] > counts[best] {
				best = a.ref
			}
		}
	}
	if best == nil {
		return ""
	}
	s, _ := b.brief.Service(best.Service)
	return strings.TrimSuffix(s.Name, "服务")
}

// idleInstances are search and analysis engines that no table is in.
func (b *builder) idleInstances(rows []Instance) []Instance {
	var out []Instance
	for _, db := range b.brief.Databases {
		role := Role(db)
		used := slices.ContainsFunc(rows, func(x Instance) bool { return sameEngine(x.Engine, db) })
		if used || role != "search" && role != "olap" {
			continue
		}
		x := Instance{Service: "检索层", Engine: db, Name: db.Instance, Databases: 1}
		if role == "olap" {
			x.Service = "分析层"
		}
		if x.Name == "" {
			x.Name = b.brief.System.Code + map[string]string{"search": "_search", "olap": "_olap"}[role]
		}
		x.CPU, x.MemoryGB = b.server(&x)
		x.Remark = b.remark(x, brief.Service{}, nil)
		out = append(out, x)
	}
	return out
}

// suggestedCache is what a busy system without a cache is advised to add
// (domain.md §3.11).
const busyReads = 500

// cacheInstances are the rows of 缓存层.
func (b *builder) cacheInstances() []Instance {
	var out []Instance
	for _, db := range b.brief.Databases {
		if Role(db) == "cache" {
			out = append(out, b.cacheInstance(db, false))
		}
	}
	if len(out) == 0 && b.brief.System.PeakReadQPS.Or(0) >= busyReads {
		version := "7.2"
		if v := b.house.Versions["Redis"]; v != "" {
			version = v
		}
		out = append(out, b.cacheInstance(brief.Database{Engine: "Redis", Version: version, Topology: "cluster"}, true))
		b.assume(brief.Assumption{
			Path: "databases", Label: "缓存", Value: "建议新增Redis", Rule: "domain.md §3.11",
			Effect: fmt.Sprintf("峰值读%d QPS且没有缓存，实例规划补一行建议", b.brief.System.PeakReadQPS.Or(0)),
		})
	}
	return out
}

func (b *builder) cacheInstance(db brief.Database, suggested bool) Instance {
	x := Instance{Service: "缓存层", Engine: db, Name: db.Instance, Suggested: suggested, Databases: 1}
	if x.Name == "" || strings.ContainsAny(x.Name, "{}") {
		x.Name = b.brief.System.Code + "_cache"
	}
	x.Remark = cacheRemark(db)
	if suggested {
		x.Remark = "建议新增；" + x.Remark
	}
	return x
}
