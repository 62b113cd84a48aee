package brief

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Compliances lists the values of V13.
func Compliances() []string {
	return []string{"PIPL", "等保二级", "等保三级", "PCI", "GDPR", "无"}
}

// SLAs lists the values of V14.
func SLAs() []string { return []string{"99", "99.5", "99.9", "99.95", "99.99", "99.995"} }

// checkSystem is V01…V17 (domain.md §1.2).
func (v *validation) checkSystem() {
	s, full := v.System, v.full.System
	if v.Raw.System == "" || s.Name != "" {
		v.length("V01", "system.name", full.Name, 2, 40, "系统名称需为2~40个字")
	}
	if s.Code != "" && !slug.MatchString(s.Code) {
		v.bad("V02", "system.code", "英文代号只能用小写字母、数字、下划线，2~20位")
	}
	if v.Raw.System == "" || s.Summary != "" {
		v.length("V03", "system.summary", full.Summary, 8, 500, "请至少用一句话说明“谁用它做什么”")
	}
	v.oneOf("V04", "system.domain", s.Domain, "领域", append(presetIDs(), "generic"))
	for i, u := range s.Users {
		v.length("V04", fmt.Sprintf("system.users[%d]", i), u, 1, 10, "使用者名称不超过10个字")
	}
	v.within("system.", []bound{
		{"V05", "dau", s.DAU.Set, float64(s.DAU.V), 1, 1e9, "日活应为1到10亿之间的整数"},
		{"V06", "peak_read_qps", s.PeakReadQPS.Set, float64(s.PeakReadQPS.V), 1, 1e7, "峰值读QPS应为1到1000万之间的整数"},
		{"V07", "peak_write_tps", s.PeakWriteTPS.Set, float64(s.PeakWriteTPS.V), 1, 1e6, "峰值写TPS应为1到100万之间的整数"},
		{"V08", "growth", s.Growth.Set, s.Growth.V, 0, 5, "年增长率应在0到5之间，如 0.3 或 30%"},
		{"V09", "horizon_years", s.HorizonYears.Set, float64(s.HorizonYears.V), 1, 5, "规划期应为1到5年"},
		{"V10", "peak_factor", s.PeakFactor.Set, s.PeakFactor.V, 1, 50, "峰值系数应在1到50之间"},
		{"V11", "cache_hit", s.CacheHit.Set, s.CacheHit.V, 0, 0.99, "缓存命中率应在0到0.99之间，如 0.85 或 85%"},
		{"V15", "rpo_minutes", s.RPOMinutes.Set, float64(s.RPOMinutes.V), 0, 1440, "RPO应为0到1440分钟"},
		{"V16", "rto_minutes", s.RTOMinutes.Set, float64(s.RTOMinutes.V), 1, 1440, "RTO应为1到1440分钟"},
	})
	if s.PeakReadQPS.Set && s.DAU.Set && s.PeakReadQPS.V > 2*s.DAU.V {
		v.bad("V06w", "system.peak_read_qps", "峰值QPS超过日活的2倍，请确认单位")
	}
	v.checkRegions()
	for i, c := range s.Compliance {
		v.oneOf("V13", fmt.Sprintf("system.compliance[%d]", i), c, "合规要求", Compliances())
	}
	v.oneOf("V14", "system.sla", s.SLA, "可用性目标", SLAs())
	v.checkStyle()
	v.checkRecovery()
	v.checkWrites()
}

func (v *validation) checkStyle() {
	s := v.System
	for _, w := range []struct {
		path, value, what string
		allowed           []string
	}{
		{"naming", s.Naming, "表名单复数", []string{"plural", "singular"}},
		{"money_type", s.MoneyType, "金额类型", []string{"decimal", "fen"}},
		{"time_type", s.TimeType, "时间类型", []string{"datetime", "timestamp"}},
		{"threshold_profile", s.ThresholdProfile, "阈值档位", []string{"ali", "classic", "balanced", "modern"}},
	} {
		v.oneOf("V00", "system."+w.path, w.value, w.what, w.allowed)
	}
}

func (v *validation) checkRegions() {
	primaries := 0
	for i, r := range v.System.Regions {
		path := fmt.Sprintf("system.regions[%d]", i)
		if r.Name == "" {
			v.bad("V12", path+".name", "地域缺少名称")
		}
		v.oneOf("V12", path+".role", r.Role, "地域角色", []string{"primary", "dr", "active"})
		if r.Role == "primary" || r.Role == "" && i == 0 {
			primaries++
		}
	}
	if len(v.System.Regions) > 0 && primaries != 1 {
		v.bad("V12", "system.regions", "部署地域应恰好有一个主地域（role: primary），现在有 %d 个", primaries)
	}
}

// checkRecovery is V16w and V17.
func (v *validation) checkRecovery() {
	s := v.System
	sla, err := strconv.ParseFloat(firstOf(s.SLA, "99.9"), 64)
	rto := s.RTOMinutes.Or(30)
	if down := (1 - sla/100) * 525600; err == nil && float64(rto) >= down {
		v.bad("V16w", "system.rto_minutes", "SLA %s%% 年停机仅%s分钟，单次 RTO %d 分钟会一次用完", firstOf(s.SLA, "99.9"), minutes(down), rto)
	}
	if !s.RPOMinutes.Set || s.RPOMinutes.V != 0 {
		return
	}
	for i, d := range v.full.Databases {
		if roleOf(d) != "oltp" || d.Topology == "" || synchronous(d) {
			continue
		}
		fix := "把 semi_sync 设为 true（同步提交），或放宽 RPO"
		for _, t := range Topologies(d.Engine) {
			if synchronous(Database{Engine: d.Engine, Topology: t}) {
				fix = fmt.Sprintf("把 databases[%d].topology 改为 %s，或放宽 RPO", i, t)
				break
			}
		}
		v.bad("V17", fmt.Sprintf("databases[%d].topology", i), "RPO 为 0 需要同步复制（MGR、Raft 多副本或同步提交），当前部署形态为%s", TopologyTitle(d.Topology)).Hint = fix
	}
}

// synchronous says whether a commit waits for a second copy.
func synchronous(d Database) bool {
	switch {
	case d.Topology == "single":
		return false
	case slices.Contains([]string{"mgr", "galera", "3tikv+3pd", "3zone", "1-1-1", "rac"}, d.Topology):
		return true
	case d.Engine == "MySQL" || d.Engine == "MariaDB":
		return false
	}
	return d.SemiSync.Or(true)
}

func minutes(m float64) string { return strconv.FormatFloat(math.Round(m*10)/10, 'f', -1, 64) }

// checkWrites is V07w: the peak of writes that was given against the one that
// the volumes make, once with and once without logs and events, which may go
// past the databases.
func (v *validation) checkWrites() {
	s := v.System
	if !s.PeakWriteTPS.Set || v.loaded || len(v.Entities) == 0 || v.invalidVolumes() {
		return
	}
	c := structured(v.Brief)
	c.fillSystem()
	c.fillVolumes()
	all, papers := 0.0, 0.0
	for _, e := range c.Entities {
		w := float64(e.Volume.RowsPerDay.V) * e.Volume.WritesPerRow.V / 86400 * c.System.PeakFactor.V
		all += w
		if e.Kind != Event && e.Kind != Log {
			papers += w
		}
	}
	if given := float64(s.PeakWriteTPS.V); given > 3*all || given*3 < papers {
		v.bad("V07w", "system.peak_write_tps", "峰值写TPS与实体日增量推算值%d相差较大，请确认", int64(math.Ceil(all)))
	}
}

func (v *validation) invalidVolumes() bool {
	return slices.ContainsFunc(v.Entities, func(e Entity) bool { return e.Volume.RowsPerDay.V < 0 || e.Volume.RowsNow.V < 0 })
}
