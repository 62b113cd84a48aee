package i18n

// Term is a word of the trade and what it means here, in one sentence.
type Term struct{ Word, Meaning string }

// Glossary are the words a newcomer may not know, for the help page.
func (w Words) Glossary() []Term {
	if w.Lang == EN {
		return glossaryEN()
	}
	return glossaryZH()
}

func glossaryZH() []Term {
	return []Term{
		{"简报", "你告诉我们的一切：系统、数据库、微服务、业务实体"},
		{"起草", "按简报写出章节；由离线规则或你选的模型来写"},
		{"分片键", "决定一行数据进哪个库、哪张表的列；多数查询应带上它"},
		{"分库分表", "一张表的数据太多时，拆到几个库、许多张结构相同的表"},
		{"基因", "从分片键算出、写进业务单号里的几位，凭单号也能找到分片"},
		{"冷热分离", "近期数据留在线上表，较早的移到归档表"},
		{"发件箱表", "与业务数据同一事务写入的消息表，保证消息不丢"},
		{"最终一致", "允许短时间不一致，但会自动趋于一致"},
		{"QPS / TPS", "每秒查询数 / 每秒写事务数，本工具都指峰值"},
		{"RPO / RTO", "故障时最多丢多久的数据 / 最多多久恢复服务"},
		{"假设", "你没有给、由规则取的值；都列在假设清单里，可以改"},
		{"待确认", "没有人核实过的事，例如法规年限；请在评审前确认"},
		{"过期", "简报改了，这一节不再由它推出"},
	}
}

func glossaryEN() []Term {
	return []Term{
		{"brief", "everything you told us: system, databases, services, entities"},
		{"draft", "write the chapter from the brief, by the offline rules or a model"},
		{"shard key", "the column that decides which database and table a row goes to"},
		{"sharding", "one table split over several databases and many equal tables"},
		{"gene", "bits of the shard key carried in a business number"},
		{"hot and cold", "recent rows stay online, older ones move to an archive"},
		{"outbox table", "messages written in the same transaction as the data"},
		{"eventual consistency", "may differ for a moment, becomes equal by itself"},
		{"QPS / TPS", "queries / write transactions a second, at the peak"},
		{"RPO / RTO", "how much data may be lost / how long recovery may take"},
		{"assumption", "a value you did not give; listed, and yours to change"},
		{"to be confirmed", "nobody verified it, for example a legal term"},
		{"stale", "the brief changed; this section no longer follows from it"},
	}
}
