package offline

import (
	"fmt"
	"strings"
)

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

// filled puts the place into a template that has room for one.
func filled(template, place string) string {
	if strings.Contains(template, "%s") {
		return fmt.Sprintf(template, place)
	}
	return template
}
