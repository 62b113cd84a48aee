package check

// crossRules hold the sections against each other and against the brief
// (domain.md §4.3, with the extraction of §4.5.1).
var crossRules = []rule{
	{"X201", Warn, "主要表 %s 在“核心表设计”中没有建表语句", plannedWithoutDDL},
	{"X202", Error, "表 %s 未出现在“数据库实例规划”的任何一行", definedWithoutRow},
	{"X203", Error, "服务「%s」没有出现在实例规划中", missingServices},
	{"X204", Error, "“%s表”不在核心表设计中", unknownSplitTables},
	{"X205", Error, "路由使用的列 %s 在 %s 的建表语句中不存在", unknownRouteColumns},
	{"X206", Warn, "%s 的备注为“%s”，但策略中 %s", remarkAgainstStrategy},
	{"X207", Error, "分库数量写 %d 个，实际列出 %d 个", databaseCount},
	{"X208", Error, "路由 %% %d 与分库/分表数量 %s 不一致", modulusAgainstCount},
	{"X209", Warn, "分库名 %s 与实例名 %s 不一致", databaseNames},
	{"X210", Warn, "缓存 %s 的占位符 %s 不是任何表的列", unknownKeyColumns},
	{"X211", Warn, "缓存 %s 对应的 %s 不在任何实例/表中", unknownKeyEntities},
	{"X212", Warn, "文中提到的索引 %s 没有在建表语句中定义", unknownIndexes},
	{"X213", Warn, "事件 %s 不在任何服务的发布清单", unknownEvents},
	{"X214", Error, "%s 类型 %s 与被引用列 %s 类型 %s 不一致", referenceTypes},
	{"X215", Error, "%s 使用 FOREIGN KEY 引用其他服务的 %s", foreignKeysAcross},
	{"X216", Warn, "增量备份仅保留%s，早于此的全量备份无法恢复到任意时间点", logRetention},
	{"X217", Error, "要求 RPO≤%s，但方案只有%s", recoveryPoint},
	{"X218", Warn, "实例中没有 %s，但同步方式写的是 %s", syncEngine},
	{"X219", Warn, "列 %s 在 %s 为 %s、在 %s 为 %s", columnTypes},
	{"X220", Warn, "%s 的 %s 前后不一致：%s / %s", contradictions},
	{"X221", Warn, "数据库类型 %s 不在简报的数据库清单中", unknownEngines},
	{"X222", Error, "实体「%s」没有对应的表", missingEntities},
	{"X223", Warn, "实体「%s」的字段「%s」没有对应的列", missingAttributes},
	{"X224", Warn, "%s 的 COMMENT 缺少状态：%s", missingStates},
	{"X225", Warn, "查询「%s」没有可用索引（需要 (%s)）%s", unindexedLookups},
	{"X226", Warn, "%s 保留 %d 天，低于归档要求的 %d 天，且没有归档策略", missingArchive},
	{"X227", Warn, "简报 %s=%s，章节写成 %s", rewrittenNumbers},
}
