package offline

import (
	"strings"

	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// listed is a number that stands in a chapter without having been asked
// for, or a sentence that somebody still has to confirm.
type listed struct {
	label, value, effect, rule string
	open                       bool
	needle                     string // the words by which a chapter uses it
}

// defaults are the drafter's own: what a chapter says beyond the brief, the
// design and its arithmetic.
var defaults = []listed{
	{"待支付超时", "15分钟", "补偿扫描与延迟消息的等待时间", "domain.md §3.12.2", false, "15分钟"},
	{"登录会话有效期", "2小时", "会话缓存的TTL", "domain.md §3.11", false, ttlSession},
	{"心跳周期", "30秒", "在线状态缓存的TTL为3个周期", "domain.md §3.11", false, ttlBeat},
	{"布隆过滤器误判率", "1%", "穿透防护的内存", "domain.md §3.11", false, "误判率1%"},
	{"本地缓存条数", "1万条/Pod", "进程内缓存的上限", "domain.md §3.11", false, "最多1万条"},
	{"排行榜长度", "前1000名", "ZSet只保留的成员数", "domain.md §3.11", false, "只留前1000名"},
	{"推送与拉取分界", "粉丝5000", "超过者发布内容走读扩散", "domain.md §3.11", false, "粉丝超过5000"},
	{"大租户分界", "总量的5%", "超过者独占库", "domain.md §3.7", false, "超过总量5%"},
	{"热点账户分桶", "8~16行", "余额拆行后的汇总开销", "domain.md §3.13", false, "8~16个分桶行"},
	{"投递重试上限", "10次", "超过转人工", "domain.md §3.12.2", false, "超过10次转人工"},
	{"缓存命中以外的限流", "回源峰值向上取整", "缓存不可用时的数据库限流", "domain.md §3.11", false, "回源上限"},
	{"还原速率", "150MB/s", "全量还原耗时的估算", "domain.md §3.14", false, "150MB/s"},
	{"ClickHouse压缩比", "8:1", "列存落盘容量；上线后用system.parts校准", "domain.md §3.6.11", true, "ClickHouse压缩后"},
	{"归档与留存年限", "按各表归档天数", "归档任务的保留期，需法务确认", "domain.md §3.10", true, "留存口径待法务确认"},
	{"账号注销处理时限", "15个工作日", "删除或匿名化的时限，需法务确认", "domain.md §3.10", true, "时限待法务确认"},
	{"产品相关参数", "以产品文档为准", "工具、参数名与语法需按所用产品确认", "decisions.md 14", true, "待确认）"},
}

// Assumptions are the drafter's own defaults that the chapter of d uses, in a
// fixed order, whatever its length; they follow those of the design.
func Assumptions(d design.Design) []brief.Assumption {
	text := Chapter(d, prompt.Full)
	var out []brief.Assumption
	for _, x := range defaults {
		if strings.Contains(text, x.needle) {
			out = append(out, brief.Assumption{
				Path: "drafter", Label: x.label, Value: x.value, Source: brief.FromDefault, Rule: x.rule, Effect: x.effect, Open: x.open,
			})
		}
	}
	return out
}
