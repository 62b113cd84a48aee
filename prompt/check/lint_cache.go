package check

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

var (
	ttlUnit = pattern.New(`\d\s*(?:毫秒|秒|分钟|分|小时|天|周|ms\b|s\b|min\b|h\b|d\b)|^不过期|^永久`)
	jitter  = pattern.New(`随机|抖动|±`)
)

// cacheTTLs: every entry ends some time, and not all at once.
func cacheTTLs(in *input) []hit {
	var out []hit
	random, fixed := false, 0
	for _, e := range in.doc.Cache {
		if e.TTL == "" {
			continue // F021
		}
		if !ttlUnit.MatchString(e.TTL) {
			out = append(out, say(e.TTLLine, e.Key, e.Key).offer("写成 30分钟、1小时 + 随机0~10分钟 的形式"))
		}
		random = random || jitter.MatchString(e.TTL)
		fixed++
	}
	if fixed > 0 && !random && !jitter.MatchString(in.cacheText()) {
		h := say(in.doc.Cache[0].Line, "TTL").offer("TTL 加随机值，如 1小时 + 随机0~10分钟")
		h.wording = "全部 TTL 为固定值，存在雪崩风险"
		out = append(out, h)
	}
	return out
}

// cacheText is the prose of the cache section.
func (in *input) cacheText() string {
	var b strings.Builder
	for _, p := range in.chapter.Parts {
		if p.Section != chapter.Cache {
			continue
		}
		for _, blk := range p.Blocks() {
			if blk.Kind != chapter.Fence {
				b.WriteString(blk.Label + " " + blk.Text + " " + strings.Join(blk.Cells, " ") + "\n")
			}
		}
	}
	return b.String()
}

// noCache says whether a chapter has decided to do without a shared cache.
func (in *input) localOnly() bool {
	return len(in.doc.Cache) > 0 && !slices.ContainsFunc(in.doc.Cache, func(e chapter.CacheEntry) bool { return !strings.HasPrefix(e.Key, "local:") })
}

func cachePolicies(in *input) []hit {
	p, ok := in.chapter.Section(chapter.Cache)
	if !ok || len(in.doc.Cache) == 0 || in.localOnly() {
		return nil
	}
	text := in.cacheText()
	var out []hit
	for _, x := range []struct {
		what string
		re   *pattern.Pattern
	}{
		{"更新策略", pattern.New(`(?i)更新(?:策略|方式)|Cache[- ]?Aside|先更新数据库|先写库|写后失效|主动(?:失效|清除)`)},
		{"穿透防护", pattern.New(`穿透|空值`)},
		{"击穿防护", pattern.New(`击穿|互斥锁|单飞|singleflight`)},
	} {
		if !x.re.MatchString(text) {
			out = append(out, say(p.Line, x.what, x.what).offer("加一条「- **%s**：…」", x.what))
		}
	}
	return out
}

var (
	deleteThenWrite = pattern.New(`先删除?缓存[，,、]?\s*(?:再|后)\s*(?:更新|写)`)
	negated         = pattern.New(`(?:禁止|避免|不采用|不要|不得|而非|不是|杜绝)[^。；]{0,6}$`)
)

func deleteFirst(in *input) []hit {
	var out []hit
	for _, it := range in.facts.items {
		if at := deleteThenWrite.FindStringIndex(it.Text); at != nil && !negated.MatchString(it.Text[:at[0]]) {
			out = append(out, say(it.Line, it.Label).offer("改为先更新数据库、再删除缓存"))
		}
	}
	return out
}

var versionText = pattern.New(`\d+(?:\.\d+)*`)

// endedVersions: dates stay out of the message where nobody has verified them.
// A version that the brief names on purpose is only noted (decisions.md 28).
func endedVersions(in *input) []hit {
	var out []hit
	for _, row := range in.doc.Instances {
		e, ok := engineIn(row.Engine)
		version := versionText.FindString(row.Engine)
		if !ok || version == "" {
			continue
		}
		s := brief.SupportOf(e.name, version)
		if !s.Ended {
			continue
		}
		h := say(row.Line, row.Name, e.name, version, s.Recommend).offer("升级到 %s %s", e.name, s.Recommend)
		if s.Verified {
			h.wording = fmt.Sprintf("%s %s 已停止维护（%s），建议升级到 %s", e.name, version, s.Until, s.Recommend)
		} else {
			h.wording = fmt.Sprintf("%s %s 可能已停止维护（待确认），建议 %s", e.name, version, s.Recommend)
		}
		if in.wantsVersion(e.name, version) {
			h = h.as(Info)
		}
		out = append(out, h)
	}
	return out
}

// wantsVersion says whether the user wrote that version in the brief.
func (in *input) wantsVersion(engine, version string) bool {
	if in.design == nil {
		return false
	}
	for i, db := range in.design.Brief.Databases {
		if e, ok := engineIn(db.Engine); ok && e.name == engine && db.Version == version {
			return in.design.Brief.Source(fmt.Sprintf("databases[%d].version", i)) == brief.FromBrief
		}
	}
	return false
}

func hotBigColumns(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	for _, d := range in.design.Tables {
		if d.Entity == nil || !slices.Contains(d.Entity.Tags, "hot") {
			continue
		}
		got := in.tableFor(d)
		if got == nil || !relational(got) {
			continue
		}
		var names []string
		line := 0
		for _, c := range got.Columns {
			if bigText(c) {
				names = append(names, c.Name)
				line = max(line, c.Line)
			}
		}
		if len(names) > 0 {
			out = append(out, say(line, got.Name, got.Name, strings.Join(names, "、")).offer("拆到 %s_contents", got.Name))
		}
	}
	return out
}

func bigText(c *ddl.Column) bool {
	return !protectedName.MatchString(c.Name) && (strings.HasSuffix(c.Type.Name, "text") || strings.HasSuffix(c.Type.Name, "blob") || c.Type.Name == "bytea")
}
