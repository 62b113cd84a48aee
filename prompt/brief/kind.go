package brief

import (
	"strings"

	"dbchapter/prompt/pattern"
)

// kindRules find the kind of an entity by its Chinese name; the first that fits
// counts (domain.md §1.5).
var kindRules = []struct {
	name *pattern.Pattern
	kind Kind
}{
	{pattern.New(`(流水|分录|台账)$`), Ledger},
	{pattern.New(`(日志|审计)$`), Log},
	{pattern.New(`(事件|轨迹|埋点|遥测|行为|采集)(数据|记录)?$`), Event},
	{pattern.New(`(明细|子项|分录行|条目)$`), Detail},
	{pattern.New(`(关系|绑定|关注|粉丝|成员|点赞|收藏)$`), Relation},
	{pattern.New(`(库存|计数|余量|余额|影子)$`), Counter},
	{pattern.New(`(快照|日报|月报|统计)$`), Snapshot},
	{pattern.New(`(配置|规则|字典|参数|模板|科室|角色|权限)$`), Config},
	{pattern.New(`(订单|账单|支付|退款|单|预约|记录|任务|合同|工单|结算)$`), Txn},
}

// KindOf guesses the kind of an entity from its Chinese name.
func KindOf(name string) Kind {
	name = strings.TrimSuffix(strings.TrimSpace(name), "表")
	for _, r := range kindRules {
		if r.name.MatchString(name) {
			return r.kind
		}
	}
	return Master
}

// kindWords are the kinds with their names in prose.
var kindWords = []wording{
	{"master", "主数据"},
	{"config", "配置字典"},
	{"txn", "交易单据"},
	{"detail", "明细"},
	{"ledger", "流水"},
	{"relation", "关系"},
	{"event", "事件"},
	{"log", "日志"},
	{"counter", "计数"},
	{"snapshot", "快照"},
}

// Title is the kind in prose: 交易单据.
func (k Kind) Title() string { return titleOf(kindWords, string(k)) }
