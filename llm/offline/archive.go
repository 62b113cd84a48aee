package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// archive writes 归档策略: the first table describes the job, the others join
// it (domain.md §3.10).
type archive struct {
	w     *writer
	first *design.Table
	// snowflake remembers that the chapter has told how ids without a number
	// are made.
	snowflake bool
}

const archiveLabel = "归档策略"

// batches is how rows are moved without hurting the primary.
const batches = "每日02:00按主键分批（每批1000行、间隔100毫秒）"

// kept is ，归档保留3年（留存口径待法务确认）; only the limits of domain.md §3.10
// say how long.
func kept(days int) string {
	if days <= 0 {
		return ""
	}
	years := itoa(days) + "天"
	if days%365 == 0 {
		years = itoa(days/365) + "年"
	}
	return "，归档保留" + years + "（留存口径待法务确认）"
}

func archiveDays(t *design.Table) int {
	if t.Entity == nil {
		return 0
	}
	return t.Entity.Volume.ArchiveDays.Or(0)
}

// item is the bullet of one table; bound tables move with their root.
func (a *archive) item(t *design.Table) chapter.Item {
	if t.Keep <= 0 || t.Verdict.BoundTo != "" && a.covered(t) {
		return item(archiveLabel)
	}
	days := archiveDays(t)
	switch {
	case t.Part != nil && days > t.Keep:
		return item(archiveLabel, fmt.Sprintf("分区满%d天后先导出为Parquet写入对象存储、校验行数，再删除分区%s", t.Keep, kept(days)))
	case t.Part != nil || t.TTL != "":
		return item(archiveLabel)
	case days <= t.Keep:
		return item(archiveLabel, fmt.Sprintf("%s删除%s满%d天的%s，06:00前结束", batches, a.w.ended(t), t.Keep, a.family(t)))
	case a.first != nil:
		return item(archiveLabel, fmt.Sprintf("与%s同一归档任务，%s满%d天的记录迁移到对象存储%s", inline(a.first.Title), a.w.ended(t), t.Keep, kept(days)))
	}
	a.first = t
	return item(archiveLabel, fmt.Sprintf("%s将%s满%d天的%s先复制校验再删除，迁移到对象存储（Parquet）%s", batches, a.w.ended(t), t.Keep, a.family(t), kept(days)))
}

// covered says whether the root's bullet speaks of this member too.
func (a *archive) covered(t *design.Table) bool {
	root, ok := a.w.d.Table(t.Verdict.BoundTo)
	return ok && root.Keep == t.Keep && archiveDays(root) >= archiveDays(t)
}

// family is a root with what is bound to it: 停车记录及其停车账单.
func (a *archive) family(t *design.Table) string {
	var members []string
	for _, m := range a.w.business(func(m *design.Table) bool { return m.Verdict.BoundTo == t.Name && m.Keep == t.Keep }) {
		members = append(members, inline(m.Title))
	}
	if len(members) == 0 {
		return inline(t.Title)
	}
	return inline(t.Title) + "及其" + strings.Join(members, "、")
}

// cold is the move from hot table to history.
func (a *archive) cold(t *design.Table) chapter.Item {
	keep := kept(archiveDays(t))
	if keep == "" && byRule(t, "R034") != "" {
		keep = "，历史表至少保留15年（门诊病历口径，留存口径待法务确认）"
	}
	if keep == "" {
		keep = "，历史表长期保留、按年备份"
	}
	return item(archiveLabel, fmt.Sprintf("%s将%s满%d天的%s先复制校验再删除，迁移到%s_history_YYYY%s", batches, a.w.ended(t), t.Verdict.HotDays,
		inline(t.Title), t.Name, keep))
}

// rest are the unsplit tables that have to be kept longer than they are
// online.
func (a *archive) rest(ts []*design.Table) chapter.Item {
	byTerm := map[string][]string{}
	var order []string
	for _, t := range ts {
		if t.Keep <= 0 || archiveDays(t) <= t.Keep {
			continue
		}
		term := fmt.Sprintf("满%d天的记录迁移到对象存储（Parquet）%s", t.Keep, kept(archiveDays(t)))
		if byTerm[term] == nil {
			order = append(order, term)
		}
		byTerm[term] = append(byTerm[term], t.Name)
	}
	var out []string
	for i, term := range order {
		text := strings.Join(byTerm[term], "、") + term
		if i == 0 {
			text = batches + "先复制校验再删除：" + text
		}
		out = append(out, text)
	}
	return item(archiveLabel, out...)
}
