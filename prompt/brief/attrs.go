package brief

import (
	"strings"

	"dbchapter/prompt/infer"
)

// fillAttrs gives an entity without attributes the fewest its kind needs
// (decisions.md 10).
func (c *completion) fillAttrs() {
	for i := range c.Entities {
		e := &c.Entities[i]
		if len(e.Attrs) > 0 {
			continue
		}
		e.Attrs = c.leastAttrs(i)
		c.assume(Assumption{
			Path: entityPath(i, "attrs"), Label: "「" + e.Name + "」字段", Value: attrsText(e.Attrs),
			Rule: "decisions.md 10", Effect: "没有给出字段时按类别补的最小集",
		})
	}
}

// states are the states an entity is given when it names none.
func states(labels ...string) Attr {
	a := Attr{Name: "状态", Column: "status"}
	for i, l := range labels {
		a.Enum = append(a.Enum, EnumValue{Code: string(rune('1' + i)), Label: l})
	}
	return a
}

func (c *completion) leastAttrs(i int) []Attr {
	e := c.Entities[i]
	single := infer.Singular(e.Table)
	number := Attr{Name: numberName(e.Name), Column: single + "_no", Unique: true}
	switch e.Kind {
	case Config:
		return []Attr{
			{Name: e.Name + "编码", Column: "code", Unique: true},
			{Name: e.Name + "名称", Column: "name"},
			{Name: e.Name + "内容", Column: "content", Type: "JSON"},
			states("启用", "停用"),
		}
	case Txn:
		return []Attr{number, states("新建", "处理中", "已完成", "已取消")}
	case Detail:
		out := []Attr{{Name: "名称", Column: "name"}, {Name: "数量", Column: "quantity"}}
		if p, ok := c.before(i, func(x Entity) bool { return x.Service == e.Service && x.Kind != Detail }); ok {
			out = append([]Attr{referenceTo(p)}, out...)
		}
		return out
	case Ledger:
		return []Attr{
			{Name: "流水号", Column: "entry_no", Unique: true}, {Name: "变动金额", Column: "change_amount"}, {Name: "业务单号", Column: "biz_no"},
		}
	case Relation:
		return c.relationAttrs(i)
	case Event, Log:
		return []Attr{
			{Name: "事件ID", Column: "event_id"},
			{Name: "事件类型", Column: "event_type"},
			{Name: "事件时间", Column: "event_at"},
			{Name: "事件内容", Column: "payload", Type: "JSON"},
		}
	case Counter:
		return []Attr{{Name: "对象ID", Column: "target_id", Unique: true}, {Name: "累计数量", Column: "total_count"}}
	case Snapshot:
		return []Attr{{Name: "统计日期", Column: "stat_date"}, {Name: "指标数据", Column: "metrics", Type: "JSON"}}
	}
	return []Attr{number, {Name: e.Name + "名称", Column: "name"}, states("启用", "停用")}
}

// numberName is 支付单号 for 支付单, 订单号 for 订单, 用户编号 for 用户.
func numberName(name string) string {
	if strings.HasSuffix(name, "单") {
		return name + "号"
	}
	return name + "编号"
}

// referenceTo refers to an entity by its own number if it has one, else by id.
func referenceTo(e Entity) Attr {
	for _, a := range e.Attrs {
		if a.Unique && a.Ref == "" && e.Kind == Txn && strings.HasSuffix(a.Column, "_no") {
			return Attr{Name: a.Name, Column: a.Column, Ref: e.Table}
		}
	}
	return Attr{Name: e.Name + "ID", Column: infer.Singular(e.Table) + "_id", Ref: e.Table}
}

// before is the last entity before i that fits.
func (c *completion) before(i int, fits func(Entity) bool) (Entity, bool) {
	for k := i - 1; k >= 0; k-- {
		if fits(c.Entities[k]) {
			return c.Entities[k], true
		}
	}
	return Entity{}, false
}

// relationAttrs refer to the two entities that the name contains, else to the
// two master entities before it.
func (c *completion) relationAttrs(i int) []Attr {
	var ends []Entity
	for k, x := range c.Entities {
		if k != i && x.Name != "" && strings.Contains(c.Entities[i].Name, x.Name) && len(ends) < 2 {
			ends = append(ends, x)
		}
	}
	if len(ends) < 2 {
		ends = nil
		for k := i - 1; k >= 0 && len(ends) < 2; k-- {
			if c.Entities[k].Kind == Master {
				ends = append([]Entity{c.Entities[k]}, ends...)
			}
		}
	}
	if len(ends) < 2 {
		return []Attr{{Name: "来源ID", Column: "source_id"}, {Name: "目标ID", Column: "target_id"}}
	}
	out := make([]Attr, 2)
	for k, x := range ends {
		out[k] = Attr{Name: x.Name + "ID", Column: infer.Singular(x.Table) + "_id", Ref: x.Table}
	}
	return out
}
