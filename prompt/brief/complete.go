package brief

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

// completion is a brief on its way to having no gaps.
type completion struct {
	Brief
	sources     map[string]Source
	assumptions []Assumption
	aliases     []map[string]string // by entity: attribute or column as written → column
	roster      roster
}

// Complete fills every gap of a valid brief by rule. What stays open on
// purpose: BaseDate (only the caller knows today), an attribute's Type, Len,
// Default and Immutable and an access pattern's QPS, for which not given is an
// answer of its own.
func Complete(b Brief) Resolved {
	c := structured(b)
	c.fillSystem()
	c.fillDatabases()
	c.fillServices()
	c.fillVolumes()
	c.fillEntities()
	c.fillCompliance()
	c.fillEvents()
	c.fillDeps()
	c.fillPods()
	slices.SortStableFunc(c.assumptions, func(a, b Assumption) int { return weight(a.Path) - weight(b.Path) })
	return Resolved{Brief: c.Brief, Assumptions: c.assumptions, sources: c.sources}
}

// structured gives a brief its final names: engines, services, tables, columns,
// references and access columns. Validate looks at the result too.
func structured(b Brief) *completion {
	c := &completion{Brief: b.settled(), sources: map[string]Source{}}
	c.fillPreset()
	c.nameEngines()
	c.nameEntities()
	c.assignServices()
	c.fillAttrs()
	c.resolveRefs()
	c.nameColumns()
	c.fillAccess()
	return c
}

// assume records a value that a rule chose.
func (c *completion) assume(a Assumption) {
	if a.Source == "" {
		a.Source = FromDefault
	}
	c.sources[a.Path] = a.Source
	c.assumptions = append(c.assumptions, a)
}

// quiet records where a value came from without a line in the list.
func (c *completion) quiet(path string, s Source) { c.sources[path] = s }

// weight orders the list: what decides about sharding first (appendix F).
func weight(path string) int {
	for i, suffix := range []string{"system.dau", "rows_per_day", "rows_now", "retention_days"} {
		if strings.HasSuffix(path, suffix) {
			return i
		}
	}
	for i, prefix := range []string{"system.", "databases", "services", "entities"} {
		if strings.HasPrefix(path, prefix) {
			return 10 + i
		}
	}
	return 20
}

// fill sets an optional value that was not given.
func fill[T any](c *completion, o *Opt[T], v T, a Assumption) {
	if o.Set {
		return
	}
	*o = Some(v)
	c.assume(a)
}

// fillText sets a string that was not given.
func (c *completion) fillText(s *string, v string, a Assumption) {
	if *s != "" || v == "" {
		return
	}
	*s = v
	if a.Value == "" {
		a.Value = v
	}
	c.assume(a)
}

// Scales are the answers for people who do not know their numbers
// (domain.md §1.1).
func Scales() []Scale {
	return []Scale{
		{"S", "内部系统/初创验证", 2_000},
		{"M", "区域业务/成长期产品", 50_000},
		{"L", "全国性业务", 500_000},
		{"XL", "头部平台", 5_000_000},
	}
}

// Scale is one rough size of a system.
type Scale struct {
	ID, Title string
	DAU       int64 // people a day
}

// PeakReads is the default of peak_read_qps: 20 requests a person, 8 queries a
// request (domain.md §1.1).
func PeakReads(dau int64, peak float64) int64 {
	return int64(math.Ceil(float64(dau)*20*8*peak/86400 - 1e-9))
}

// PeakWrites is the default of peak_write_tps.
func PeakWrites(peakReads int64) int64 { return (peakReads + 4) / 5 }

func (c *completion) fillSystem() {
	s := &c.System
	c.fillText(&s.Name, "本系统", Assumption{Path: "system.name", Label: "系统名称", Rule: "V01", Effect: "用于章节开头"})
	c.fillText(&s.Code, c.codeOf(), Assumption{Path: "system.code", Label: "英文代号", Source: FromDerived, Rule: "V02", Effect: "用于缓存键前缀和实例名"})
	c.fillText(&s.Domain, domainOf(c.Preset), Assumption{Path: "system.domain", Label: "领域", Rule: "V04", Effect: "决定领域提示与留存口径"})
	if len(s.Users) == 0 {
		s.Users = []string{"用户"}
		c.assume(Assumption{Path: "system.users", Label: "使用者", Value: "用户", Rule: "domain.md §1.2", Effect: "决定哪些表按用户规模估算"})
	}
	c.fillLoad()
	for _, t := range []struct {
		v                       *string
		def, path, label, value string
		effect                  string
	}{
		{&s.SLA, "99.9", "sla", "可用性目标", "99.9%", "决定副本数与慢查询阈值"},
		{&s.Naming, "plural", "naming", "表名", "复数", "全章表名写法"},
		{&s.MoneyType, "decimal", "money_type", "金额类型", "DECIMAL", "金额列的类型"},
		{&s.TimeType, "datetime", "time_type", "时间类型", "DATETIME", "时间列的类型"},
		{&s.ThresholdProfile, "balanced", "threshold_profile", "分库分表阈值", "balanced", "5000万行、100GB 或写 1500 TPS"},
	} {
		c.fillText(t.v, t.def, Assumption{Path: "system." + t.path, Label: t.label, Value: t.value, Rule: "domain.md §1.2", Effect: t.effect})
	}
	fill(c, &s.RPOMinutes, 5, Assumption{Path: "system.rpo_minutes", Label: "RPO", Value: "5分钟", Rule: "V15", Effect: "决定复制方式与增量备份"})
	fill(c, &s.RTOMinutes, 30, Assumption{Path: "system.rto_minutes", Label: "RTO", Value: "30分钟", Rule: "V16", Effect: "决定自动还是人工切换"})
	if len(s.Regions) == 0 {
		s.Regions = []Region{{"本地", "primary"}}
		c.assume(Assumption{Path: "system.regions", Label: "部署地域", Value: "本地", Rule: "V12", Effect: "决定灾备副本与备份异地"})
	}
	for i := range s.Regions {
		def := "dr"
		if i == 0 {
			def = "primary"
		}
		c.fillText(&s.Regions[i].Role, def, Assumption{
			Path: fmt.Sprintf("system.regions[%d].role", i), Label: s.Regions[i].Name + "的角色", Rule: "V12", Effect: "决定灾备副本位置",
		})
	}
}

// fillLoad fills the numbers from which all others follow.
func (c *completion) fillLoad() {
	s := &c.System
	fill(c, &s.DAU, 50_000, Assumption{Path: "system.dau", Label: "日活用户", Value: "5万", Rule: "domain.md §1.1", Effect: "缺省容量都由它推出，错一个数量级会改变分库分表结论"})
	fill(c, &s.PeakFactor, 8, Assumption{Path: "system.peak_factor", Label: "峰值系数", Value: "8", Rule: "V10", Effect: "由日增量推算写入峰值"})
	fill(c, &s.Growth, 0.3, Assumption{Path: "system.growth", Label: "年增长率", Value: "30%", Rule: "V08", Effect: "容量按规划期末计算"})
	fill(c, &s.HorizonYears, 3, Assumption{Path: "system.horizon_years", Label: "规划期", Value: "3年", Rule: "V09", Effect: "容量按规划期末计算"})
	reads := PeakReads(s.DAU.V, s.PeakFactor.V)
	fill(c, &s.PeakReadQPS, reads, Assumption{
		Path: "system.peak_read_qps", Label: "峰值读", Value: fmt.Sprintf("%d QPS", reads), Source: FromDerived,
		Rule: "日活×20×8×峰值系数÷86400", Effect: "决定从库数、缓存规模与连接池",
	})
	writes := PeakWrites(s.PeakReadQPS.V)
	fill(c, &s.PeakWriteTPS, writes, Assumption{
		Path: "system.peak_write_tps", Label: "峰值写", Value: fmt.Sprintf("%d TPS", writes), Source: FromDerived,
		Rule: "峰值读÷5", Effect: "只用于提示词与校对",
	})
	hit, value := 0.85, "85%"
	if !slices.ContainsFunc(c.Databases, func(d Database) bool { return roleOf(d) == "cache" }) {
		hit, value = 0, "0%"
	}
	fill(c, &s.CacheHit, hit, Assumption{Path: "system.cache_hit", Label: "缓存命中率", Value: value, Rule: "V11", Effect: "决定回源到数据库的读量"})
}

func domainOf(preset string) string {
	if _, ok := Preset(preset); ok {
		return preset
	}
	return "generic"
}

// codeOf is the preset's id, else the name in English or pinyin.
func (c *completion) codeOf() string {
	for _, id := range []string{c.Preset, c.System.Domain} {
		if _, ok := Preset(id); ok {
			return id
		}
	}
	name, _ := infer.Translate(strings.TrimSuffix(strings.TrimSuffix(c.System.Name, "平台"), "系统"))
	if name == "" {
		name, _ = infer.Translate(c.System.Name)
	}
	if len(name) > 20 {
		name = name[:20]
		if i := strings.LastIndexByte(name, '_'); i > 1 {
			name = name[:i]
		}
	}
	if name = strings.Trim(name, "_"); slug.MatchString(name) {
		return name
	}
	return "app"
}

var slug = pattern.New(`^[a-z][a-z0-9_]{1,19}$`)
