package design

import (
	"fmt"

	"dbchapter/prompt/capacity"
)

// explain writes the reason of a verdict with its arithmetic.
func (b *builder) explain(d *draft) {
	s, v := d.Size, &d.Verdict
	writes := "约" + capacity.TPSText(s.TPS)
	if s.TPS < 1 {
		writes = "不足1"
	}
	size := fmt.Sprintf("%d年末约%s、%s，峰值写%s TPS", b.growth.Years, capacity.RowsText(s.Rows), capacity.GBText(s.GB), writes)
	switch v.Level {
	case D0, D1:
		v.Reason = size + "，未达拆分阈值（" + b.threshold(d.Entity.Kind).text() + "），单表"
	case D2:
		v.Reason = fmt.Sprintf("%s，已达阈值；只留%d天在线约%s，冷热分离即可", size, v.HotDays, capacity.RowsText(v.HotRows))
	case D3:
		how := "用原生分区"
		if d.TTL != "" {
			how = "用TTL自动过期"
		}
		v.Reason = fmt.Sprintf("%s，保留%d天且按时间淘汰，%s", size, d.Keep, how)
	case D4, D5, D6:
		v.Reason = size + "；" + b.splitReason(d)
	}
}

func (b *builder) splitReason(d *draft) string {
	v, l := d.Verdict, b.limits()
	var gb, tps float64
	for _, g := range b.groups {
		if g.Service == d.Service && (g.Level == D6) == (v.Level == D6) {
			gb, tps = gb+g.GB, tps+g.TPS
		}
	}
	text := fmt.Sprintf("服务待拆表合计%s、%s TPS", capacity.GBText(gb), capacity.TPSText(tps))
	switch {
	case !d.Split():
	case v.Databases > 1:
		text += fmt.Sprintf("，超过单库%s或%s TPS，分%d库", capacity.GBText(l.InstanceGB), capacity.TPSText(l.WriteTPS), v.Databases)
	default:
		text += "，单库可承载"
	}
	switch {
	case d.HashPartitions():
		text += fmt.Sprintf("；%d个哈希分区，每区约%s", v.Tables, capacity.RowsText(d.Size.Rows/float64(v.Tables)))
	case !d.Split():
		return text + "；由" + d.Engine.Engine + "自身分布或单表承载，不做应用层分库分表"
	default:
		text += fmt.Sprintf("；%d张表，每表约%s", v.Tables, capacity.RowsText(d.Size.Rows/float64(v.Tables)))
	}
	if v.Level == D6 {
		text += "；超出应用层分片的适用范围，建议TiDB/OceanBase"
	}
	return text
}

// text is 5000万行、100GB、写1500 TPS.
func (t Threshold) text() string {
	return fmt.Sprintf("%s、%s、写%s TPS", capacity.RowsText(t.Rows), capacity.GBText(t.GB), capacity.TPSText(t.TPS))
}

// trace tells for every table, service and instance how its result came about
// and what would change it (product.md §3, key w).
func (b *builder) trace() []Decision {
	var out []Decision
	for _, x := range b.design.Instances {
		out = append(out, Decision{
			Section: "architecture", Object: x.Name, Input: fmt.Sprintf("%s；表：%s", x.Service, listed(x.Tables)),
			Rule: "domain.md §3.8", Result: x.Engine.Engine + " " + x.Engine.Version + "，" + x.Remark,
			Change: "服务的存储、部署形态、从库数，或各表的体量",
		})
	}
	for _, d := range b.drafts {
		out = append(out, b.traceTable(d)...)
	}
	for _, l := range b.design.Services {
		out = append(out, Decision{
			Section: "performance", Object: l.Code,
			Input:  fmt.Sprintf("访问权重占比%.0f%%，%d个Pod，%d库", l.Share*100, l.Pods, l.Databases),
			Rule:   "domain.md §3.6.9、§3.13",
			Result: fmt.Sprintf("从库%d个，每Pod每库连接%d个", l.Replicas, l.Pool),
			Change: "峰值读QPS、缓存命中率、Pod数或访问模式",
		})
	}
	return out
}

func (b *builder) traceTable(d *draft) []Decision {
	v := d.Entity.Volume
	out := []Decision{{
		Section: "tables", Object: d.Name,
		Input:  fmt.Sprintf("%d个属性，%d条访问模式", len(d.Entity.Attrs), len(d.Entity.Access)),
		Rule:   "domain.md §3.2–§3.5",
		Result: fmt.Sprintf("%d列，%d个二级索引，行宽%d字节", len(d.Columns), len(d.Indexes), d.Size.RowBytes),
		Change: "属性的类型、可空、敏感级别，或访问模式",
	}}
	if d.Verdict.Level == LevelNone {
		return out
	}
	t := b.threshold(d.Entity.Kind)
	result := string(d.Verdict.Level) + "：" + d.Verdict.Reason
	if d.Verdict.Key != "" {
		result += "；分片键" + d.Verdict.Key
	}
	return append(out, Decision{
		Section: "sharding", Object: d.Name,
		Input: fmt.Sprintf("现有%s、日增%s、保留%s，年增长%.0f%%，%d年", capacity.RowsText(float64(v.RowsNow.Or(0))),
			capacity.RowsText(d.Size.Daily), keepText(d.Keep), b.growth.Rate*100, b.growth.Years),
		Rule: "domain.md §3.7", Result: result,
		Change: fmt.Sprintf("行数越过%s、数据越过%s或写入越过%s TPS；改日增、保留天数或阈值口径", capacity.RowsText(t.Rows),
			capacity.GBText(t.GB), capacity.TPSText(t.TPS)),
	})
}

func keepText(days int) string {
	if days == 0 {
		return "长期"
	}
	return fmt.Sprintf("%d天", days)
}
