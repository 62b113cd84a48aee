package prompt

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/brief"
)

// Values are the four texts that replace the placeholders (domain.md §1.7).
func Values(r brief.Resolved) [4]string {
	values, _ := rendered(r)
	return values
}

// Shortened names the inputs that were too long for the prompt, for a note on
// the preview page; nil when everything fits.
func Shortened(r brief.Resolved) []string {
	_, out := rendered(r)
	return out
}

// levels is how often a value is rendered shorter before it is cut.
const levels = 5

func rendered(r brief.Resolved) (values [4]string, shortened []string) {
	for i, v := range []struct {
		title, raw string
		render     func(level int) string
	}{
		{"系统描述", r.Raw.System, func(level int) string { return systemText(r, level) }},
		{"数据库信息", r.Raw.Databases, func(int) string { return databaseText(r) }},
		{"微服务架构信息", r.Raw.Services, func(level int) string { return serviceText(r, level) }},
		{"业务实体", r.Raw.Entities, func(level int) string { return entityText(r, level) }},
	} {
		render := v.render
		if strings.TrimSpace(v.raw) != "" {
			render = func(int) string { return v.raw }
		}
		short := false
		if values[i], short = fitting(render, levels); short {
			shortened = append(shortened, v.title)
		}
		if values[i] == "" {
			values[i] = "（未给出，请根据其余信息归纳）"
		}
	}
	return values, shortened
}

// join makes lines of what is not empty.
func join(lines ...string) string {
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// parts joins what is not empty with a separator.
func parts(sep string, items ...string) string {
	return strings.Join(slices.DeleteFunc(items, func(s string) bool { return s == "" }), sep)
}

// after is the label with the value, nothing when there is no value.
func after(label, value string) string {
	if value == "" {
		return ""
	}
	return label + value
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func list(items []string) string { return strings.Join(items, "、") }

func systemText(r brief.Resolved, level int) string {
	s := r.System
	summary := strings.TrimRight(clean(s.Summary), "。.")
	if level > 0 {
		summary = cut(summary, 500)
	}
	title := parts("：", s.Name, summary)
	if title != "" {
		title += "。"
	}
	load := parts("，",
		"日活约"+brief.FormatCount(s.DAU.V),
		fmt.Sprintf("峰值读%d QPS、写%d TPS", s.PeakReadQPS.V, s.PeakWriteTPS.V),
		"年增长"+percent(s.Growth.V),
		fmt.Sprintf("按%d年规划", s.HorizonYears.V))
	tenant := ""
	if s.MultiTenant {
		tenant = "多租户，按tenant_id隔离"
	}
	return join(
		title,
		"- "+parts("；", after("用户角色：", list(s.Users)), load),
		"- "+parts("；", after("部署：", regions(s.Regions)), after("可用性", s.SLA)+"%，"+
			fmt.Sprintf("RPO≤%d分钟，RTO≤%d分钟", s.RPOMinutes.V, s.RTOMinutes.V)),
		after("- ", parts("；", after("合规：", list(s.Compliance)), tenant)),
	)
}

func percent(v float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(v*100, 'f', 1, 64), ".0") + "%"
}

// regions is 华东（主）、华北（灾备）; a single place needs no role.
func regions(rs []brief.Region) string {
	out := make([]string, len(rs))
	for i, r := range rs {
		out[i] = r.Name
		if len(rs) > 1 {
			out[i] += "（" + brief.RegionTitle(r.Role) + "）"
		}
	}
	return list(out)
}

func databaseText(r brief.Resolved) string {
	var lines []string
	for _, d := range r.Databases {
		lines = append(lines, "- "+parts(" ", engineTitle(d), d.Version)+"（"+parts("，",
			brief.RoleTitle(d.Role), brief.TopologyTitle(d.Topology), copies(d), semiSync(d), shards(d))+"）"+after("，实例", d.Instance))
	}
	main, ok := mainDatabase(r)
	if !ok {
		return join(lines...)
	}
	naming := "复数"
	if r.System.Naming == "singular" {
		naming = "单数"
	}
	l := main.Limits
	return join(append(lines, fmt.Sprintf("约束：单表≤%sGB，单实例≤%sGB，单主写≤%s TPS%s；不使用物理外键；表名%s",
		number(l.TableGB.V), number(l.InstanceGB.V), number(l.WriteTPS.V), after("；字符集", main.Charset), naming))...)
}

func engineTitle(d brief.Database) string {
	if d.Engine == "其他" && d.Name != "" {
		return d.Name
	}
	return d.Engine
}

func copies(d brief.Database) string {
	switch {
	case d.Replicas.V <= 0:
		return ""
	case d.Role == "olap":
		return fmt.Sprintf("%d副本", d.Replicas.V)
	}
	return fmt.Sprintf("1主%d从", d.Replicas.V)
}

func semiSync(d brief.Database) string {
	if d.SemiSync.V {
		return "半同步"
	}
	return ""
}

func shards(d brief.Database) string {
	if d.Shards.V < 1 || !slices.Contains([]string{"cache", "search", "olap"}, d.Role) && d.Shards.V == 1 {
		return ""
	}
	return fmt.Sprintf("%d分片", d.Shards.V)
}

// mainDatabase holds the business tables; its limits are the ones to say.
func mainDatabase(r brief.Resolved) (brief.Database, bool) {
	for _, role := range []string{"oltp", "document", "olap"} {
		for _, d := range r.Databases {
			if d.Role == role {
				return d, true
			}
		}
	}
	return brief.Database{}, false
}

func serviceText(r brief.Resolved, level int) string {
	var lines []string
	for _, s := range r.Services {
		duty := oneLine(s.Duty)
		if level > 0 {
			duty = shorter(duty, 20)
		}
		events := parts("；", after("发布事件", list(s.Out)), after("订阅事件", list(s.In)), after("依赖", list(s.Deps)))
		if level > 2 {
			events = ""
		}
		lines = append(lines, "- "+s.Name+"（"+s.Code+"）："+parts("；", duty, after("存储", list(s.Store)), events, team(s)))
	}
	return join(lines...)
}

func team(s brief.Service) string {
	if s.Team == "" {
		return ""
	}
	return "由" + oneLine(s.Team) + "负责"
}

func shorter(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
