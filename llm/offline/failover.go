package offline

import (
	"fmt"
)

// failover is 故障切换.
func (w *writer) failover() []string {
	goal := fmt.Sprintf("整体RTO≤%d分钟、RPO≤%d分钟", w.sys.RTOMinutes.Or(30), w.sys.RPOMinutes.Or(5))
	if w.region("dr") != "" {
		goal += "，跨地域切换由人工确认后执行"
	}
	switch w.engine.family {
	case familyMySQL:
		return []string{w.mysqlFailover(), goal}
	case familyPG:
		return []string{w.postgresFailover(), goal}
	case familyTiDB:
		return []string{"TiKV节点故障由Raft在30秒内自动选主，TiDB无状态节点由负载均衡每5秒探活摘除", goal}
	case familyOcean:
		return []string{"主副本故障由Paxos多数派在30秒内自动选主，OBProxy自动刷新路由", goal}
	case familyMongo:
		if w.store.Topology == "single" {
			return []string{"单节点故障由备份恢复，扩为3节点副本集后可自动选主", goal}
		}
		return []string{"主节点故障时副本集在12秒内自动选主，驱动开启retryWrites自动重试1次", goal}
	case familyColumn:
		return []string{"副本之间互为备份，负载均衡每5秒探活并摘除故障副本，恢复后由Keeper自动补齐", goal}
	case familyDoris, familySearch, familySeries:
		return []string{"故障节点由集群自动剔除并在其余节点补齐副本，客户端每5秒探活换节点", goal}
	}
	return []string{"主库故障时由" + product(w.store) + "自带的主备守护进程切换（配置待确认），应用侧每5秒探活并重连", goal}
}

func (w *writer) mysqlFailover() string {
	rto := w.sys.RTOMinutes.Or(30)
	replica := "从库"
	switch {
	case w.semiSync() && w.region("dr") != "":
		replica = "同城半同步从库"
	case w.semiSync():
		replica = "半同步从库"
	case w.region("dr") != "":
		replica = "同城从库"
	}
	const guard = "，旧主置super_read_only防双写"
	switch topology := w.topology(); {
	case topology == "single":
		return "单节点故障由备份恢复到新机（全量+binlog重放）；要缩短到分钟级需增加1个从库"
	case topology == "mgr":
		return "主节点故障时MGR在30秒内自动选主，MySQL Router每5秒探活并改路由" + guard
	case topology == "rds-ha":
		return "主库故障时由云厂商主备切换在30秒内提升备库，连接地址不变，应用侧每5秒重连"
	case topology == "mha":
		return "主库故障时由MHA在30秒内提升位点最新的" + replica + "并漂移VIP" + guard
	case rto <= 15:
		return "主库故障时由Orchestrator在30秒内切换到" + replica + "并通过ProxySQL改路由" + guard
	case rto <= 60:
		return "主库故障时由Orchestrator在30秒内选出位点最新的" + replica + "，值班人员确认后通过ProxySQL改路由" + guard
	}
	return "主库故障时先人工提升" + replica + "，从库也不可用时由备份恢复到新机" + guard
}

func (w *writer) postgresFailover() string {
	const rejoin = "，旧主用pg_rewind追平后重新加入"
	switch {
	case w.store.Topology == "single":
		return "单节点故障由备份恢复到新机（全量+WAL重放）；要缩短到分钟级需增加1个备库"
	case w.store.Topology == "streaming" && w.sys.RTOMinutes.Or(30) > 15:
		return "主库故障时由repmgr选出延迟最小的备库，值班人员确认后提升并改PgBouncer路由" + rejoin
	}
	return "主库故障时由Patroni（etcd选主，ttl 30秒）自动提升备库并改HAProxy路由" + rejoin
}
