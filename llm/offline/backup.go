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

// tools are how a family makes full and incremental backups; %s is where from.
type tools struct {
	full, weekly, snapshot string
	increment              string // continuous
	periodic               string // every so often; %s is how often
	name                   string // of the increment
	restore                string // 时间点恢复
}

var toolsByFamily = map[string]tools{
	familyMySQL: {
		full: "%s用XtraBackup做全量备份", weekly: "每周日02:00%s用XtraBackup做全量备份、每日02:00做增量备份（--incremental-basedir）",
		snapshot: "每日02:00做存储快照，另设延迟1小时的从库防误删", increment: "binlog由mysqlbinlog --read-from-remote-server --raw --stop-never实时拉取（实时增量）",
		periodic: "binlog%s上传对象存储（增量）", name: "binlog",
		restore: "xtrabackup --prepare → xtrabackup --copy-back → 启动后按备份记录的GTID执行 mysqlbinlog --exclude-gtids='已恢复集合' --stop-datetime='误操作前1秒' binlog.* | mysql，校验通过后再切换流量",
	},
	familyPG: {
		full: "%s用pgBackRest做全量备份", weekly: "每周日02:00%s用pgBackRest做全量备份、每日02:00做增量备份（--type=incr）",
		snapshot: "每日02:00做存储快照，另设延迟1小时的备库防误删", increment: "WAL由archive-push实时归档（实时增量）",
		periodic: "WAL%s归档（archive_timeout）", name: "WAL",
		restore: "pgbackrest restore --type=time --target='误操作前1秒' --target-action=pause（即recovery_target_time）→ 在旁路实例核对2张关键表行数 → pg_wal_replay_resume() → 导回受影响数据后再切换流量",
	},
	familyTiDB: {
		full: "用BR做集群全量备份（%s）", weekly: "每周日02:00用BR做集群全量备份（%s）、每日02:00做增量备份",
		snapshot: "每日02:00用BR做EBS或存储快照备份（%s）", increment: "br log start开启日志备份（实时增量，延迟不超过5分钟）",
		periodic: "日志备份%s落对象存储", name: "日志备份",
		restore: "br restore point --full-backup-storage 最近1次全量 --restored-ts '误操作前1秒' → 在旁路集群核对2张关键表行数 → 导回受影响数据后再切换流量",
	},
	familyOcean: {
		full: "用租户级物理备份做全量（%s）", weekly: "每周日02:00做租户全量备份（%s）、每日02:00做增量备份",
		snapshot: "每周日02:00做租户全量备份（%s）、每日02:00做增量备份", increment: "日志归档实时落对象存储（实时增量）",
		periodic: "日志归档%s落对象存储", name: "日志归档",
		restore: "ALTER SYSTEM RESTORE 旁路租户 FROM '备份地址' UNTIL TIME='误操作前1秒' → 核对2张关键表行数与金额 → 导回受影响数据后再切换流量",
	},
	familyMongo: {
		full: "%s做全量备份（文件快照，小库用mongodump）", weekly: "每周日02:00%s做文件快照、每日02:00做增量快照",
		snapshot: "每日02:00做存储快照，另设延迟1小时的隐藏从节点", increment: "oplog实时拉取（实时增量）", periodic: "oplog%s备份1次", name: "oplog",
		restore: "还原最近1次快照 → mongorestore --oplogReplay --oplogLimit '误操作前1秒' → 核对2个关键集合的文档数 → 导回受影响数据后再切换流量",
	},
	familyColumn: {
		full: "按分区做BACKUP TABLE … TO S3（%s）", weekly: "每周日02:00做BACKUP DATABASE … TO S3（%s）、每日02:00按分区做增量备份",
		snapshot: "每周日02:00做BACKUP DATABASE … TO S3（%s）、每日02:00按分区做增量备份", increment: "写入源消息保留7天以上，可重放补齐（增量）",
		periodic: "按分区%s增量备份", name: "分区增量",
		restore: "RESTORE TABLE … FROM S3 还原最近1次备份 → 从消息队列重放备份点之后、误操作前1秒以内的数据 → 核对行数后EXCHANGE TABLES切换",
	},
	familyNeutral: {
		full: "%s用产品自带工具做物理全量备份（工具待确认）", weekly: "每周日02:00%s做物理全量备份、每日02:00做增量备份（工具待确认）",
		snapshot: "每日02:00做存储快照，另设延迟1小时的备库防误删", increment: "归档日志实时传到备份机（实时增量）", periodic: "归档日志%s上传", name: "归档日志",
		restore: "还原最近1次全量 → 应用归档日志到误操作前1秒（命令以产品文档为准，待确认）→ 在旁路实例核对2张关键表行数 → 导回受影响数据后再切换流量",
	},
}

// genericTools serve the stores whose snapshots are all there is.
var genericTools = tools{
	full: "做全量快照（%s）", weekly: "每周日02:00做全量快照（%s）、每日02:00做增量快照", snapshot: "每周日02:00做全量快照（%s）、每日02:00做增量快照",
	increment: "写入源数据保留7天以上，可重放补齐（增量）", periodic: "增量快照%s1次", name: "增量快照",
	restore: "还原最近1次快照到旁路集群 → 重放快照点之后、误操作前1秒以内的写入 → 核对行数后切换别名或路由",
}

func (w *writer) tools() tools {
	t, ok := toolsByFamily[w.engine.family]
	if !ok {
		t = genericTools
	}
	if w.store.Engine == "MariaDB" {
		t.full, t.weekly = strings.ReplaceAll(t.full, "XtraBackup", "mariabackup"), strings.ReplaceAll(t.weekly, "XtraBackup", "mariabackup")
		t.restore = strings.ReplaceAll(strings.ReplaceAll(t.restore, "xtrabackup", "mariabackup"), "--exclude-gtids='已恢复集合'", "--start-position=备份位点")
	}
	return t
}

// source is where a backup is taken from.
func (w *writer) source() string {
	switch w.engine.family {
	case familyMySQL, familyNeutral:
		if w.topology() == "single" {
			return "在主库低峰期"
		}
		return "在从库"
	case familyPG:
		if w.store.Topology == "single" {
			return "在主库低峰期"
		}
		return "在备库"
	case familyMongo:
		return "在从节点"
	}
	return "低峰期，限速150MB/s"
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

// filled puts the place into a template that has room for one.
func filled(template, place string) string {
	if strings.Contains(template, "%s") {
		return fmt.Sprintf(template, place)
	}
	return template
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
	case w.distributed():
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
