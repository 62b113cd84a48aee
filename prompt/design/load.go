package design

import (
	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// loads are the shares of the services and what follows from them (domain.md
// §3.6.9, §3.13).
func (b *builder) loads() []ServiceLoad {
	weight, total := b.traffic()
	sys := b.brief.System
	peak := float64(sys.PeakReadQPS.Or(0))
	misses := capacity.Misses(peak, sys.CacheHit.Or(0))
	var out []ServiceLoad
	for _, s := range b.brief.Services {
		l := ServiceLoad{Code: s.Code, Databases: 1}
		if total > 0 {
			l.Share = weight[s.Code] / total
		}
		for _, d := range b.drafts {
			if d.Service == s.Code && d.Dialect.Relational() {
				if d.Split() {
					l.Databases = max(l.Databases, d.Verdict.Databases)
				}
				l.GB, l.TPS = l.GB+d.Size.GB, l.TPS+d.Size.TPS
			}
		}
		l.Pods = s.Pods.Or(capacity.Pods(peak, l.Share))
		if b.brief.Source(b.servicePath(s.Code)+".pods") != brief.FromBrief {
			l.Pods = capacity.Pods(peak, l.Share)
		}
		l.Pool = capacity.Pool(misses, l.Share, l.Pods, l.Databases)
		l.Replicas = b.replicas(s, misses, l.Share)
		out = append(out, l)
	}
	return out
}

// traffic is the access weight of each service's relational tables and their
// sum.
func (b *builder) traffic() (weight map[string]float64, total float64) {
	weight = map[string]float64{}
	for _, d := range b.drafts {
		if !d.Dialect.Relational() {
			continue
		}
		w := 0.0
		for _, x := range weights(d.Entity.Access, true) {
			w += x
		}
		if d.tagged("hot") {
			w *= 5
		}
		weight[d.Service] += w
		total += w
	}
	return weight, total
}

// replicas is the brief's number, else what the reads ask for and the default
// that completing the brief wrote.
func (b *builder) replicas(s brief.Service, misses, share float64) int {
	need := capacity.Replicas(misses, share, b.growth)
	db, ok := b.relationalStore(s)
	if !ok || !db.Replicas.Set {
		return need
	}
	if b.brief.Source(b.databasePath(db)+".replicas") == brief.FromBrief {
		return db.Replicas.V
	}
	return max(need, db.Replicas.V)
}
