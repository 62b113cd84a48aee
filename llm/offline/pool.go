package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// pools is 连接池: the formula, the services that have split tables (else the
// one with the most pods), and the bound they stay under.
func (w *writer) pools() chapter.Item {
	const label = "连接池"
	formula := "单Pod对单库连接数 = 回源峰值QPS×平均耗时10毫秒÷Pod数÷库数×2，下限5、上限20"
	end := "获取连接超时500毫秒，" + w.engine.pool
	var chosen []design.ServiceLoad
	for _, l := range w.d.Services {
		if w.splits(l.Code) {
			chosen = append(chosen, l)
		}
	}
	if len(chosen) == 0 {
		for _, l := range w.d.Services {
			if len(chosen) == 0 || l.Pods > chosen[0].Pods {
				chosen = []design.ServiceLoad{l}
			}
		}
	}
	var said []string
	for _, l := range chosen[:min(len(chosen), 3)] {
		per := ""
		if l.Databases > 1 {
			per = "/库"
		}
		said = append(said, fmt.Sprintf("%s%d个Pod×%d=%d个连接%s", w.serviceName(l.Code), l.Pods, l.Pool, l.Pods*l.Pool, per))
	}
	return item(label, formula, strings.Join(said, "，")+w.poolBound(chosen[:len(said)]), end)
}

// poolBound holds the pools against what their servers work on at a time: four
// for each core.
func (w *writer) poolBound(chosen []design.ServiceLoad) string {
	var over []string
	var cores []int
	for _, l := range chosen {
		c := w.cores(l.Code)
		if c == 0 {
			return ""
		}
		if !slices.Contains(cores, c) {
			cores = append(cores, c)
		}
		if l.Pods*l.Pool >= c*4 {
			over = append(over, fmt.Sprintf("%s超出有效并发%d（%d核×4）", w.serviceName(l.Code), c*4, c))
		}
	}
	all := ""
	if len(chosen) > 1 {
		all = "均"
	}
	switch {
	case len(over) > 0:
		return "，" + strings.Join(over, "、") + "的请求在池内排队，池大小是上限而非常驻并发"
	case len(cores) == 1:
		return fmt.Sprintf("，%s低于数据库有效并发上限%d（%d核×4）", all, cores[0]*4, cores[0])
	case len(cores) > 1:
		slices.Sort(cores)
		return fmt.Sprintf("，均低于各自的有效并发上限（核数×4，最小%d核为%d）", cores[0], cores[0]*4)
	}
	return ""
}

// splits says whether a service has a table spread over several.
func (w *writer) splits(code string) bool {
	return slices.ContainsFunc(w.business(nil), func(t *design.Table) bool { return t.Service == code && t.Split() })
}

// cores is the size of a service's record server, 0 when unknown.
func (w *writer) cores(code string) int {
	for _, x := range w.d.Instances {
		if x.Code == code && design.Role(x.Engine) != "cache" {
			return x.CPU
		}
	}
	return 0
}
