package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// principles is 1.1: the four required bullets and their extensions (T01–T06).
func (w *writer) principles() []chapter.Item {
	out := []chapter.Item{w.independence(), w.readWrite(), w.splitting(), w.consistency()}
	out = w.add(out, needed, w.security())
	out = w.add(out, needed, w.capacityPlan())
	return w.add(out, wordy, w.naming())
}

// independence is T01.
func (w *writer) independence() chapter.Item {
	var names, shared []string
	owner := map[string]string{}
	for _, s := range w.d.Brief.Services {
		names = append(names, strings.TrimSuffix(inline(s.Name), "服务"))
	}
	for _, x := range w.d.Instances {
		if x.Code == "" {
			continue
		}
		if o, ok := owner[x.Name]; ok && o != x.Service {
			shared = append(shared, fmt.Sprintf("%s与%s按简报共用%s，仍按表归属划分账号权限", o, inline(x.Service), x.Name))
			continue
		}
		owner[x.Name] = inline(x.Service)
	}
	const label = "微服务数据独立"
	if len(names) == 1 {
		return item(label, w.monolith())
	}
	return item(label,
		fmt.Sprintf("%s%d个服务各自独占数据库，跨服务仅以ID或业务单号引用，不建物理外键、不跨库JOIN", fewOf(names, 8), len(names)),
		"跨服务读取走接口或事件冗余", strings.Join(unique(shared), "；"))
}

// fewOf is list without a count of its own.
func fewOf(names []string, limit int) string {
	if len(names) > limit {
		return strings.Join(names[:limit], "、") + "等"
	}
	return strings.Join(names, "、")
}

func (w *writer) monolith() string {
	s := w.d.Brief.Services[0]
	var names []string
	for _, x := range w.d.Instances {
		if x.Code == s.Code {
			names = append(names, x.Name)
		}
	}
	ts := w.business(nil)
	return fmt.Sprintf("当前为单体，1个服务（%s）独占%s，共%d张业务表；%s按业务域分组命名，表间只用逻辑外键，预留按域拆库",
		inline(s.Name), list(names, 3), len(ts), tableList(tableNames(ts), 4))
}

// capacityPlan is T06.
func (w *writer) capacityPlan() chapter.Item {
	gb := map[string]float64{}
	var engines []string
	for _, x := range w.d.Instances {
		if design.Role(x.Engine) != "oltp" {
			continue
		}
		name := product(x.Engine)
		if !slices.Contains(engines, name) {
			engines = append(engines, name)
		}
		gb[name] += x.GB * float64(max(x.Databases, 1))
	}
	var stored []string
	for _, e := range engines {
		stored = append(stored, e+"在线数据"+capacity.AboutGB(gb[e]))
	}
	for _, t := range w.business(func(t *design.Table) bool { return !relational(t) }) {
		text := inline(t.Title) + "约" + capacity.RowsText(t.Size.Rows)
		if t.Dialect == design.ClickHouse {
			text += "（" + product(t.Engine) + "压缩后" + capacity.AboutGB(t.Size.GB) + "）"
		}
		if len(stored) < 4 {
			stored = append(stored, text)
		}
	}
	t := w.threshold()
	return item("容量规划",
		fmt.Sprintf("按年增长%s、规划期%s、写入峰值系数%s估算，%s", percent(w.growth.Rate), w.years(), decimal(w.sys.PeakFactor.Or(8)), strings.Join(stored, "，")),
		fmt.Sprintf("任一单表达到%s（拆分阈值%s的70%%）触发扩容评审", capacity.RowsText(t.Rows*0.7), capacity.RowsText(t.Rows)))
}

func (w *writer) naming() chapter.Item {
	number := "复数"
	if w.sys.Naming == "singular" {
		number = "单数"
	}
	var example string
	if ts := w.business(nil); len(ts) > 0 {
		example = "如" + ts[0].Name
	}
	return item("命名规范", fmt.Sprintf("库名为服务英文名加_db，表名用%s下划线小写（%s），长度不超过48个字符", number, example),
		"普通索引以idx_、唯一索引以uk_开头，布尔列以is_开头，时间列以_at、日期列以_date结尾",
		fmt.Sprintf("共%d张业务表，名称、列名均已避开保留字", len(w.business(nil))))
}

// instanceRows is 1.2.
func (w *writer) instanceRows() []chapter.Instance {
	var out []chapter.Instance
	for _, x := range w.d.Instances {
		out = append(out, chapter.Instance{
			Service: inline(x.Service), Engine: versioned(x.Engine), Name: inline(x.Name), Tables: x.Tables, Remark: inline(x.Remark),
		})
	}
	return out
}
