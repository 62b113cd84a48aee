package brief

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"dbchapter/prompt/infer"
)

func servicePath(i int, key string) string { return fmt.Sprintf("services[%d].%s", i, key) }

// fillServices gives every service a store (domain.md §1.4).
func (c *completion) fillServices() {
	store := c.mainStore()
	for i := range c.Services {
		s := &c.Services[i]
		if len(s.Store) > 0 || store == "" {
			continue
		}
		s.Store = []string{store}
		c.assume(Assumption{
			Path: servicePath(i, "store"), Label: s.Name + "存储", Value: store, Source: FromDerived, Rule: "V32", Effect: "决定数据库类型与建表语句",
		})
	}
}

// mainStore is the first OLTP engine, else the first document store, else the
// first column store (decisions.md 17).
func (c *completion) mainStore() string {
	for _, role := range []string{"oltp", "document", "olap", "timeseries"} {
		for _, d := range c.Databases {
			if roleOf(d) == role {
				return d.Engine
			}
		}
	}
	return ""
}

// fillEntities fills what is left of the entities.
func (c *completion) fillEntities() {
	for i := range c.Entities {
		e := &c.Entities[i]
		fillQuiet(c, &e.SoftDelete, e.Kind == Master, entityPath(i, "soft_delete"), FromDerived)
	}
}

// fillCompliance assumes PIPL where personal information is kept.
func (c *completion) fillCompliance() {
	if len(c.System.Compliance) > 0 {
		return
	}
	for _, e := range c.Entities {
		for _, a := range e.Attrs {
			level := infer.Column(a.Name, a.Column).PII
			if a.PII != "" && a.PII != "auto" {
				level = a.PII
			}
			if level == "P2" || level == "P3" {
				c.System.Compliance = []string{"PIPL"}
				c.assume(Assumption{
					Path: "system.compliance", Label: "合规要求", Value: "PIPL", Source: FromDerived, Rule: "V13",
					Effect: fmt.Sprintf("「%s」含个人信息（%s），决定是否加密存储", e.Name, a.Name),
				})
				return
			}
		}
	}
	c.quiet("system.compliance", FromDefault)
}

// endings are the state words that make events (domain.md §3.12.2).
var endings = []struct {
	words []string
	event string
}{
	{[]string{"支付"}, "paid"}, {[]string{"成功"}, "succeeded"}, {[]string{"完成"}, "completed"}, {[]string{"取消", "关闭"}, "cancelled"},
}

// fillEvents infers what services tell each other when no service says
// anything about events.
func (c *completion) fillEvents() {
	if slices.ContainsFunc(c.Services, func(s Service) bool { return len(s.Out)+len(s.In) > 0 }) {
		return
	}
	for i := range c.Services {
		c.Services[i].Out = c.outEvents(c.Services[i].Code)
	}
	for i := range c.Services {
		c.Services[i].In = c.inEvents(c.Services[i].Code)
	}
	for i, s := range c.Services {
		for _, l := range []struct {
			key, label string
			events     []string
		}{{"out", "发布事件", s.Out}, {"in", "订阅事件", s.In}} {
			if len(l.events) > 0 {
				c.assume(Assumption{
					Path: servicePath(i, l.key), Label: s.Name + l.label, Value: strings.Join(l.events, "、"),
					Source: FromDerived, Rule: "domain.md §3.12.2", Effect: "决定跨服务同步与本地消息表",
				})
			}
		}
	}
}

func (c *completion) outEvents(code string) []string {
	var out []string
	for _, e := range c.Entities {
		if e.Service != code {
			continue
		}
		for _, event := range c.eventsOf(e) {
			if !slices.Contains(out, event) {
				out = append(out, event)
			}
		}
	}
	return out
}

// eventsOf are the events of an entity: papers are created and end; masters
// that others refer to change.
func (c *completion) eventsOf(e Entity) []string {
	subject := c.subjectOf(e)
	switch {
	case e.Kind == Master && c.referredFromOutside(e):
		return []string{subject + ".changed"}
	case e.Kind != Txn:
		return nil
	}
	out := []string{subject + ".created"}
	for _, end := range endings {
		if slices.ContainsFunc(e.Attrs, func(a Attr) bool { return reaches(a, end.words) }) {
			out = append(out, subject+"."+end.event)
		}
	}
	return out
}

// reaches says whether a state says that something is done: 已支付, not 待支付.
func reaches(a Attr, words []string) bool {
	return slices.ContainsFunc(a.Enum, func(v EnumValue) bool {
		return containsAny(v.Label, words...) && !containsAny(v.Label, "待", "未", "中", "失败") && slices.Contains([]string{"status", "state", "stage"}, a.Column)
	})
}

// subjectOf is the entity's name in events: its last word, or the whole when
// that is not its alone.
func (c *completion) subjectOf(e Entity) string {
	whole := infer.Singular(e.Table)
	last := lastWord(whole)
	if slices.ContainsFunc(c.roster.byLastWord[last], func(table string) bool { return table != e.Table }) {
		return whole
	}
	return last
}

func (c *completion) referredFromOutside(e Entity) bool {
	return slices.ContainsFunc(c.Entities, func(x Entity) bool {
		return x.Service != e.Service && slices.ContainsFunc(x.Attrs, func(a Attr) bool { return a.Ref == e.Table })
	})
}

// inEvents are the changes and cancellations of what the service refers to.
func (c *completion) inEvents(code string) []string {
	var out []string
	c.references(code, func(t Entity) {
		for _, event := range c.eventsOf(t) {
			if (strings.HasSuffix(event, ".changed") || strings.HasSuffix(event, ".cancelled")) && !slices.Contains(out, event) {
				out = append(out, event)
			}
		}
	})
	return out
}

// references calls f for every entity of another service that one of this
// service's refers to.
func (c *completion) references(code string, f func(Entity)) {
	for i := range c.Entities {
		if c.Entities[i].Service != code {
			continue
		}
		for _, a := range c.Entities[i].Attrs {
			known := c.roster.byTable[a.Ref]
			if k := slices.IndexFunc(known, func(k int) bool { return c.Entities[k].Service != code }); a.Ref != "" && k >= 0 {
				f(c.Entities[known[k]])
			}
		}
	}
}

// fillDeps are the services whose entities a service refers to.
func (c *completion) fillDeps() {
	for i := range c.Services {
		s := &c.Services[i]
		if len(s.Deps) > 0 {
			continue
		}
		c.references(s.Code, func(t Entity) {
			if !slices.Contains(s.Deps, t.Service) {
				s.Deps = append(s.Deps, t.Service)
			}
		})
		c.quiet(servicePath(i, "deps"), FromDerived)
	}
}

// fillPods spreads the peak of reads over the services by the weight of their
// queries, 500 a second for each pod (domain.md §1.4, §3.6.9).
func (c *completion) fillPods() {
	total := 0.0
	loads := map[string]float64{}
	for _, e := range c.Entities {
		if e.Kind != Event && e.Kind != Log {
			w := accessWeight(e)
			loads[e.Service] += w
			total += w
		}
	}
	for i := range c.Services {
		s := &c.Services[i]
		share := 0.0
		if total > 0 {
			share = loads[s.Code] / total
		}
		qps := float64(c.System.PeakReadQPS.V) * share
		pods := min(max(int(math.Ceil(qps/500)), 2), 32)
		fill(c, &s.Pods, pods, Assumption{
			Path: servicePath(i, "pods"), Label: s.Name + "实例数", Value: fmt.Sprint(pods), Source: FromDerived, Rule: "V33", Effect: "连接池总数=实例数×池大小",
		})
	}
}

// accessWeight is the weight of an entity's queries, explicit QPS ignored.
func accessWeight(e Entity) float64 {
	sum := 0.0
	for _, a := range e.Access {
		sum += map[string]float64{"get": 3, "uk": 3, "list": 2, "scan": 1}[a.Op]
	}
	if slices.Contains(e.Tags, "hot") {
		sum *= 5
	}
	return sum
}
