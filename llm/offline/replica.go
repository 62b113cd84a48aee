package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// replication is 5.1 (domain.md §3.12.1): RPO decides how replicas follow, RTO
// how a failed primary is replaced.
func (w *writer) replication() []chapter.Item {
	return []chapter.Item{
		item("同步方式", w.method(), w.secondStores()),
		item("延迟监控", w.lag()...),
		item("故障切换", w.failover()...),
	}
}

// method is 同步方式.
func (w *writer) method() string {
	name := versioned(w.store)
	dr := w.region("dr")
	far := ""
	if dr != "" {
		far = "，" + dr + "灾备从库采用异步复制"
	}
	switch w.engine.family {
	case familyMySQL:
		return w.mysqlMethod(name, far)
	case familyPG:
		return w.postgresMethod(name, far)
	case familyTiDB:
		return name + "存储层三副本Raft，多数派提交即同步（RPO为0）" + prefixed("；", dr, "灾备集群由TiCDC异步复制")
	case familyOcean:
		return name + "三副本Paxos日志同步，多数派提交（RPO为0）" + prefixed("；", dr, "部署物理备库，日志归档异步传输")
	case familyMongo:
		if w.store.Topology == "single" {
			return name + "单节点部署，没有从节点；oplog每5分钟备份一次"
		}
		return name + " 3节点副本集，oplog复制，writeConcern=majority、readConcern=majority" + prefixed("；", dr, "放1个隐藏从节点承担灾备")
	case familyColumn:
		return fmt.Sprintf("%s副本表由Keeper协调，%d副本异步复制，写入设insert_quorum=2", name, w.store.Replicas.Or(2))
	case familyDoris:
		return name + "每个Tablet 3副本，多数派写入成功即返回"
	case familySearch:
		return name + "每个主分片1个副本，写入在主副分片都成功后返回"
	case familySeries:
		return name + "多副本同步写入（副本数与参数以产品文档为准，待确认），保留策略由库内任务执行"
	}
	return fmt.Sprintf("%s一主%d从，主备之间同步传输归档日志（同步级别按RPO≤%d分钟配置，参数以产品文档为准，待确认）", name, w.replicas(), w.sys.RPOMinutes.Or(5)) + far
}

// prefixed is a clause about a place, "" when there is none.
func prefixed(sep, place, text string) string {
	if place == "" {
		return ""
	}
	return sep + place + text
}

// replicas is the number of replicas most services have.
func (w *writer) replicas() int {
	n := 0
	for _, l := range w.d.Services {
		n = max(n, l.Replicas)
	}
	return max(n, 1)
}

func (w *writer) mysqlMethod(name, far string) string {
	rpo := w.sys.RPOMinutes.Or(5)
	base := name + " GTID + ROW格式binlog"
	switch w.topology() {
	case "single":
		return fmt.Sprintf("%s为单节点，没有从库；binlog采用ROW格式并实时拉取到备份机，RPO≤%d分钟", name, rpo)
	case "mgr":
		return fmt.Sprintf("%s MGR单主模式%d节点组复制，事务经多数派认证后提交（RPO为0），group_replication_consistency=AFTER", name, max(w.replicas()+1, 3)) + far
	}
	who := "从库"
	if far != "" {
		who = "同城从库"
	}
	if w.semiSync() {
		text := base + "；" + who + "采用半同步复制（AFTER_SYNC，超时1秒降级并告警）" + far
		if far == "" {
			text += fmt.Sprintf("，每个主库%d个从库", w.replicas())
		}
		return text
	}
	ship := "每小时备份增量"
	switch {
	case rpo <= 5:
		ship = "实时拉取到备份机"
	case rpo <= 60:
		ship = "每5分钟上传对象存储"
	}
	return fmt.Sprintf("%s；%s采用异步复制，binlog%s（RPO≤%d分钟）", base, who, ship, rpo) + far
}

func (w *writer) postgresMethod(name, far string) string {
	rpo := w.sys.RPOMinutes.Or(5)
	switch {
	case w.store.Topology == "single":
		return fmt.Sprintf("%s为单节点，没有备库；WAL实时归档到备份仓库，RPO≤%d分钟", name, rpo)
	case w.synchronous():
		return name + "物理流复制，synchronous_commit=on且synchronous_standby_names='ANY 1 (*)'，同步提交保证RPO为0" + far
	}
	far = strings.Replace(far, "灾备从库采用异步复制", "灾备备库采用异步流复制", 1)
	return fmt.Sprintf("%s物理流复制（WAL，每个主库%d个备库，使用复制槽），WAL由pg_receivewal实时归档（RPO≤%d分钟）", name, w.replicas(), rpo) + far
}

// secondStores says how the other stores of records are kept: documents, and
// further OLTP engines.
func (w *writer) secondStores() string {
	var out []string
	for _, x := range w.d.Instances {
		role := design.Role(x.Engine)
		if x.Engine.Engine == w.store.Engine || role != "oltp" && role != "document" || len(x.Tables) == 0 {
			continue
		}
		how := "按自身主备机制复制"
		switch e := wordsOf(x.Engine); e.family {
		case familyMongo:
			how = "为3节点副本集，majority写入"
		case familyPG:
			how = "采用物理流复制"
		case familyMySQL:
			how = "采用GTID半同步复制"
		case familyTiDB, familyOcean:
			how = "由三副本多数派同步"
		}
		out = append(out, versioned(x.Engine)+how)
	}
	return strings.Join(unique(out), "，")
}

// steps are the thresholds that every engine shares.
const steps = "超过1秒预警，超过3秒将该%s移出读池，超过30秒电话告警"

// lag is 延迟监控.
func (w *writer) lag() []string {
	switch w.engine.family {
	case familyMySQL:
		if w.topology() == "single" {
			return []string{"单节点没有复制延迟，改为每分钟检查binlog拉取位点，落后超过1分钟告警", "增加从库后按1秒预警、3秒移出读池执行"}
		}
		if w.topology() == "mgr" {
			return []string{"每秒读取replication_group_member_stats的待应用队列，主从延迟" + fmt.Sprintf(steps, "从节点"), "队列超过25000个事务触发流控并告警"}
		}
		return []string{"pt-heartbeat每秒写入心跳，主从延迟" + fmt.Sprintf(steps, "从库"), "不单独依赖" + secondsBehind(w)}
	case familyPG:
		if w.store.Topology == "single" {
			return []string{"单节点没有复制延迟，改为每分钟检查WAL归档，落后超过1分钟告警", "增加备库后按1秒预警、3秒移出读池执行"}
		}
		return []string{"每秒采集pg_stat_replication的replay_lag并写入心跳表，主从延迟" + fmt.Sprintf(steps, "备库"), "复制槽积压超过10GB告警，避免主库磁盘写满"}
	case familyTiDB:
		return []string{"Raft多数派同步，读主副本没有延迟；TiCDC与TiFlash的checkpoint延迟每10秒采集，超过1秒预警，超过3秒停用该只读副本，超过30秒电话告警"}
	case familyOcean:
		return []string{"Paxos多数派同步，强读没有延迟；只读副本回放延迟每10秒采集，" + fmt.Sprintf(steps, "副本")}
	case familyMongo:
		return []string{"每10秒采集rs.printSecondaryReplicationInfo()，从节点延迟" + fmt.Sprintf(steps, "节点"), "oplog窗口低于24小时告警"}
	case familyColumn:
		return []string{"每10秒采集system.replicas的absolute_delay，副本延迟" + fmt.Sprintf(steps, "副本"), "复制队列超过100个任务告警"}
	case familyDoris, familySearch:
		return []string{"每10秒采集副本健康与同步延迟，" + fmt.Sprintf(steps, "副本")}
	case familySeries:
		return []string{"每10秒写入心跳点并从副本读回，延迟" + fmt.Sprintf(steps, "副本")}
	}
	return []string{"每秒在主库写入心跳行并从备库读回，主从延迟" + fmt.Sprintf(steps, "备库")}
}

// secondsBehind is the field of the replica status, renamed in 8.0.22.
func secondsBehind(w *writer) string {
	if w.store.Engine == "MySQL" && versionAtLeast(w.store, 8) {
		return "Seconds_Behind_Source"
	}
	return "Seconds_Behind_Master"
}
