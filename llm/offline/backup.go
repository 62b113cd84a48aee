package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// backup is section 7 (domain.md §3.14).
func (w *writer) backup() []chapter.Item {
	out := []chapter.Item{w.backupPlan(), w.backupKeep(), w.drill()}
	out = w.add(out, needed, w.recoveryGoal())
	out = w.add(out, usual, w.pointInTime())
	return w.add(out, wordy, w.legalKeep())
}

// The bounds above which a daily full backup takes too long, GB of one
// database.
const (
	dailyGB  = 500
	weeklyGB = 2000
)

// biggest is the service with the most data, as the database that is restored
// and drilled.
func (w *writer) biggest() design.Instance {
	var best design.Instance
	for _, x := range w.d.Instances {
		if x.Engine.Engine != w.store.Engine || len(x.Tables) == 0 {
			continue
		}
		if best.Name == "" || x.GB*float64(max(x.Databases, 1)) > best.GB*float64(max(best.Databases, 1)) {
			best = x
		}
	}
	return best
}

// largestGB is the largest single database: it decides how backups are made.
func (w *writer) largestGB() float64 {
	gb := 0.0
	for _, x := range w.d.Instances {
		if x.Engine.Engine == w.store.Engine {
			gb = max(gb, x.GB)
		}
	}
	return gb
}

// backupPlan is 备份策略.
func (w *writer) backupPlan() chapter.Item {
	t := w.tools()
	gb := w.largestGB()
	plan := "每日02:00" + filled(t.full, w.source())
	switch {
	case gb > weeklyGB:
		plan = filled(t.snapshot, w.source())
	case gb > dailyGB:
		plan = filled(t.weekly, w.source())
	}
	rpo := w.sys.RPOMinutes.Or(5)
	increment := t.increment
	switch {
	case rpo > 60:
		increment = fmt.Sprintf(t.periodic, "每小时")
	case rpo > 5:
		increment = fmt.Sprintf(t.periodic, "每5分钟")
	}
	return item("备份策略", product(w.store)+plan+"，"+increment, w.offsite(), w.otherBackups())
}

// offsite is where copies lie.
func (w *writer) offsite() string {
	dr := w.region("dr")
	switch {
	case dr != "":
		return "备份压缩加密后同城、" + dr + "异地各存一份"
	case w.compliance("等保三级"):
		return "备份压缩加密后同城1份、异地对象存储1份（等保三级要求异地备份）"
	}
	return "备份压缩加密后存对象存储2份（跨可用区）"
}

// otherBackups are the stores beside the main one.
func (w *writer) otherBackups() string {
	var out []string
	for _, x := range w.d.Instances {
		if x.Engine.Engine == w.store.Engine || x.Suggested {
			continue
		}
		name := product(x.Engine)
		switch design.Role(x.Engine) {
		case "olap":
			out = append(out, name+"每日按分区备份")
		case "document":
			out = append(out, name+"每日快照")
		case "search":
			out = append(out, name+"每日快照，可由主库重建")
		case "timeseries":
			out = append(out, name+"每日导出")
		case "cache":
			out = append(out, name+"每日RDB")
		case "oltp":
			out = append(out, name+"每日02:00全量")
		}
	}
	return strings.Join(unique(out), "，")
}

// backupKeep is 备份保留: increments outlive fulls, else the oldest fulls could
// not be rolled forward.
func (w *writer) backupKeep() chapter.Item {
	name := w.tools().name
	clause := fmt.Sprintf("全量备份保留30天，增量备份（%s）保留35天，保证30天内任意时间点可恢复", name)
	monthly := "每月1日全量另存为月备份保留12个月"
	if w.largestGB() > dailyGB {
		clause = fmt.Sprintf("全量备份保留35天（5周），增量备份（%s）保留42天，保证35天内任意时间点可恢复", name)
		monthly = "每月首个全量另存为月备份保留12个月"
	}
	logs := ""
	if w.compliance("等保二级") || w.compliance("等保三级") || w.keepsLogs() {
		logs = "网络与审计日志保留不少于6个月（按190天执行）"
	}
	return item("备份保留", clause, monthly, logs)
}

func (w *writer) keepsLogs() bool {
	return len(w.business(func(t *design.Table) bool { return kindOf(t, brief.Log) })) > 0
}

// drill is 恢复测试.
func (w *writer) drill() chapter.Item {
	x := w.biggest()
	what := x.Name
	if x.Databases > 1 {
		what = "1个" + x.Name + "分库"
	} else if what == "" {
		what = "1个实例"
	}
	change := "每季度做1次主从切换演练"
	switch {
	case w.region("dr") != "":
		change = "每季度做1次全链路灾备切换演练"
	case w.topology() == "single":
		change = "每季度做1次整机重建演练"
	case w.distributed() || !w.transactional():
		change = "每季度做1次节点故障演练"
	}
	check := "校验行数与抽样比对"
	for _, t := range w.business(nil) {
		if tagged(t, "money") {
			check = "校验行数、金额合计与抽样比对"
		}
	}
	return item("恢复测试", "每月抽取"+what+"在隔离环境恢复，"+change+"，"+check+"，记录实际RPO与RTO")
}

// recoveryGoal is 恢复目标 with the time a restore takes.
func (w *writer) recoveryGoal() chapter.Item {
	rpo, rto := w.sys.RPOMinutes.Or(5), w.sys.RTOMinutes.Or(30)
	x := w.biggest()
	minutes := max(capacity.RestoreMinutes(x.GB), 1)
	size := "单库" + capacity.GBText(x.GB)
	means := "优先主从切换"
	switch {
	case w.distributed():
		means = "多数派自动选主"
	case !w.transactional():
		means = "副本自动接替"
	case w.topology() == "single":
		means = "备份恢复到新机"
	}
	end := "在旁路实例完成后导回受影响数据"
	if minutes > rto && w.topology() == "single" {
		end = "已超过RTO，需增加从库"
	}
	return item("恢复目标", fmt.Sprintf("RPO≤%d分钟（%s），RTO≤%d分钟（%s）", rpo, w.lossless(), rto, means),
		fmt.Sprintf("逻辑误删按时间点恢复，%s按150MB/s估算全量还原约%d分钟，%s", size, minutes, end))
}

// lossless is what keeps the loss within the RPO.
func (w *writer) lossless() string {
	log := w.tools().name
	switch {
	case !w.transactional():
		return "多副本实时复制+源数据可重放"
	case w.distributed():
		return "多数派同步提交+" + log
	case w.engine.family == familyMySQL && w.topology() == "mgr":
		return "MGR组复制+实时binlog"
	case w.synchronous():
		return "同步提交+实时" + log
	case w.sys.RPOMinutes.Or(5) > 60:
		return "每小时" + log
	case w.sys.RPOMinutes.Or(5) > 5:
		return "每5分钟" + log
	case w.engine.family == familyMySQL && w.semiSync() && w.topology() != "single":
		return "半同步+实时binlog"
	}
	return "实时" + log
}

// pointInTime is 时间点恢复.
func (w *writer) pointInTime() chapter.Item { return item("时间点恢复", w.tools().restore) }

// legalKeep is 合规留存: the archive terms by table, none of them as a fact of
// law but the two that are (domain.md §3.10).
func (w *writer) legalKeep() chapter.Item {
	byTerm := map[int][]string{}
	var order []int
	for _, t := range w.business(nil) {
		if d := archiveDays(t); d > 0 {
			if byTerm[d] == nil {
				order = append(order, d)
			}
			byTerm[d] = append(byTerm[d], t.Name)
		}
	}
	var out []string
	for _, d := range order {
		out = append(out, fmt.Sprintf("%s归档保留%s", tableList(byTerm[d], 5), day(d)))
	}
	if len(out) > 0 {
		out = append(out, "留存口径待法务确认，到期由归档任务删除并留痕")
	}
	return item("合规留存", out...)
}
