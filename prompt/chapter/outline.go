// Package chapter is the contract of the answer: seven sections in a fixed
// order, their fixed sub-headings, tables, bullets and fences (domain.md §2),
// and the parser, normaliser and renderer that hold a text against it.
//
//	text → Parse → Chapter → Document     what is written, with its lines
//	text → Normalize → Chapter + Notes    what was meant, nothing lost
//	Document → String                     exactly the form of the contract
//
// Parse accepts any prefix of a chapter, so a wizard can show a text while it
// streams in; String of a parsed chapter is the text itself.
package chapter

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Section names one of the seven sections; the ids are those of flags, JSON
// and drafts (product.md §1).
type Section string

// The seven sections, in the order of the document.
const (
	Architecture Section = "architecture"
	Tables       Section = "tables"
	Sharding     Section = "sharding"
	Cache        Section = "cache"
	Sync         Section = "sync"
	Performance  Section = "performance"
	Backup       Section = "backup"
)

// A Contract is what one section must hold (domain.md §2.1).
type Contract struct {
	Section Section
	Title   string
	aliases string // a regular expression of other titles (N6)
	Labels  []string
	Subs    []SubContract // fixed subsections, in order; empty when they follow a pattern or there are none
	Pattern *regexp.Regexp
}

// A SubContract is what one fixed subsection must hold.
type SubContract struct {
	Title   string
	aliases string
	Labels  []string
	Header  []string // of its table
	Fence   bool     // it starts with a code block
}

// The fixed subsections, by their titles.
const (
	Principles = "整体设计原则"
	Instances  = "数据库实例规划"
	CacheSub   = "Redis缓存策略"
	PrimarySub = "主从同步"
	CrossSub   = "跨服务数据同步"
)

// CacheLayer is the service name of a cache's instance row.
const CacheLayer = "缓存层"

// The two kinds of sharding subsections.
const (
	ByTable    = "分表"
	ByDatabase = "分库"
)

// outline is the one place that knows the form of a chapter.
var outline = []Contract{
	{
		Section: Architecture, Title: "数据库架构", aliases: "数据库(整体|总体)?架构(设计)?|架构设计",
		Subs: []SubContract{
			{Title: Principles, aliases: "(总体|整体)?设计原则", Labels: []string{"微服务数据独立", "读写分离", "分库分表", "数据一致性"}},
			{Title: Instances, aliases: "(数据库)?实例规划|数据库规划", Header: []string{"服务名称", "数据库类型", "实例名称", "主要表", "备注"}},
		},
	},
	{
		Section: Tables, Title: "核心表设计", aliases: "(核心)?(数据)?表结构设计|核心数据表(设计)?|数据表设计",
		Pattern: regexp.MustCompile(`^(.{1,20})(表|集合|索引) \(([a-z][a-z0-9_]*)\)$`),
	},
	{
		Section: Sharding, Title: "分库分表策略", aliases: "分库分表(方案|设计)?",
		Pattern: regexp.MustCompile(`^(.{1,20})表(分表|分库)$`),
	},
	{
		Section: Cache, Title: "缓存设计", aliases: "(Redis)?缓存(设计)?(策略|方案)|Redis(缓存)?设计",
		Subs: []SubContract{{Title: CacheSub, aliases: "(Redis)?缓存策略", Fence: true}},
	},
	{
		Section: Sync, Title: "数据同步", aliases: "数据同步(策略|方案|设计)|数据一致性方案",
		Subs: []SubContract{
			{Title: PrimarySub, aliases: "主从(复制|数据同步)", Labels: []string{"同步方式", "延迟监控", "故障切换"}},
			{Title: CrossSub, aliases: "跨服务同步|服务间(数据)?同步", Labels: []string{"事件驱动", "最终一致性", "补偿机制"}},
		},
	},
	{
		Section: Performance, Title: "性能优化", aliases: "性能优化(策略|建议|方案|设计)",
		Labels: []string{"索引优化", "SQL优化", "连接池", "慢查询监控"},
	},
	{
		Section: Backup, Title: "备份恢复", aliases: "(数据)?备份(与|和|及)恢复(策略|方案|设计)?|备份恢复(策略|方案|设计)|容灾备份",
		Labels: []string{"备份策略", "备份保留", "恢复测试"},
	},
}

// shardLabels are the required labels of the two kinds of sharding
// subsections.
var shardLabels = map[string][]string{
	ByTable:    {"分表规则", "表名规则", "路由策略"},
	ByDatabase: {"分库规则", "分库数量", "路由策略"},
}

// extraLabels may follow the required ones without remark (domain.md §2.3).
var extraLabels = []string{
	"数据安全", "容量规划", "命名规范", "容量依据", "全局ID", "非分片键查询", "扩容方案", "归档策略", "复核阈值", "更新策略", "穿透防护",
	"击穿防护", "雪崩防护", "内存估算", "热点治理", "事件投递", "幂等消费", "变更捕获", "热点与大字段", "恢复目标", "时间点恢复", "合规留存", "参数建议",
}

// Outline is the contract of all seven sections, in order.
func Outline() []Contract { return slices.Clone(outline) }

// ShardLabels are the labels a sharding subsection must have; kind is ByTable
// or ByDatabase.
func ShardLabels(kind string) []string { return slices.Clone(shardLabels[kind]) }

// ExtraLabels are the labels that may follow the required ones.
func ExtraLabels() []string { return slices.Clone(extraLabels) }

// Sections lists the seven in the order of the document.
func Sections() []Section {
	out := make([]Section, len(outline))
	for i, c := range outline {
		out[i] = c.Section
	}
	return out
}

// Contract is what the section must hold; the zero value for an unknown one.
func (s Section) Contract() Contract {
	if n := s.Number(); n > 0 {
		return outline[n-1]
	}
	return Contract{}
}

// Title is the fixed heading text of a section: 数据库架构.
func (s Section) Title() string { return s.Contract().Title }

// Number is 1…7, 0 for an unknown section.
func (s Section) Number() int {
	return 1 + slices.IndexFunc(outline, func(c Contract) bool { return c.Section == s })
}

// ByID finds a section by id, number or title ("cache", "4", "缓存设计").
func ByID(name string) (Section, bool) {
	name = strings.TrimSpace(name)
	for i, c := range outline {
		if strings.EqualFold(name, string(c.Section)) || name == strconv.Itoa(i+1) || name == c.Title {
			return c.Section, true
		}
	}
	return "", false
}

// byTitle finds the section with exactly that heading.
func byTitle(title string) Section {
	for _, c := range outline {
		if c.Title == title {
			return c.Section
		}
	}
	return ""
}

// subByTitle finds a fixed subsection and its place in its section.
func subByTitle(title string) (s Section, index int, ok bool) {
	for _, c := range outline {
		for i, sub := range c.Subs {
			if sub.Title == title {
				return c.Section, i, true
			}
		}
	}
	return "", 0, false
}

// isTableTitle and isShardTitle say whether a subsection title has the form of
// the contract.
func isTableTitle(title string) bool { return outline[1].Pattern.MatchString(title) }
func isShardTitle(title string) bool { return outline[2].Pattern.MatchString(title) }

// knownLabels are all labels that the contract mentions.
func knownLabels() []string {
	out := slices.Clone(extraLabels)
	for _, c := range outline {
		out = append(out, c.Labels...)
		for _, s := range c.Subs {
			out = append(out, s.Labels...)
		}
	}
	return append(append(out, shardLabels[ByTable]...), shardLabels[ByDatabase]...)
}
