package brief

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/infer"
)

// entityNamed finds an entity by table or by Chinese name.
func (c *completion) entityNamed(name string) (Entity, bool) {
	if name == "" {
		return Entity{}, false
	}
	for _, same := range []func(Entity) bool{
		func(e Entity) bool { return e.Table == name },
		func(e Entity) bool { return e.Name == name || e.Name == strings.TrimSuffix(name, "表") },
		func(e Entity) bool { return infer.Singular(e.Table) == infer.Singular(name) },
	} {
		if i := slices.IndexFunc(c.Entities, same); i >= 0 {
			return c.Entities[i], true
		}
	}
	return Entity{}, false
}

// resolveRefs turns every reference into a table and adds those that a name
// gives away: 用户ID in 订单 refers to 用户 (decisions.md 5).
func (c *completion) resolveRefs() {
	for i := range c.Entities {
		for j := range c.Entities[i].Attrs {
			a := &c.Entities[i].Attrs[j]
			if a.Ref != "" {
				if t, ok := c.entityNamed(a.Ref); ok {
					a.Ref = t.Table
				}
				continue
			}
			t, ok := c.impliedBy(i, *a)
			if !ok {
				continue
			}
			a.Ref = t.Table
			c.assume(Assumption{
				Path: entityPath(i, fmt.Sprintf("attrs[%d].ref", j)), Label: "「" + c.Entities[i].Name + "」" + a.Name + "引用", Value: t.Name,
				Source: FromDerived, Rule: "decisions.md 5", Effect: "决定关联索引与分片时的路由",
			})
		}
	}
}

// impliedBy is the other entity that an attribute is named after.
func (c *completion) impliedBy(i int, a Attr) (Entity, bool) {
	if len(a.Enum) > 0 || a.Type != "" {
		return Entity{}, false
	}
	name := title(a.Name)
	for k, e := range c.Entities {
		if k == i || e.Name == "" {
			continue
		}
		if rest, ok := strings.CutPrefix(name, title(e.Name)); ok && slices.Contains([]string{"", "ID", "Id", "id", "编号", "号"}, rest) {
			return e, true
		}
	}
	return Entity{}, false
}
