package brief

import "fmt"

// entityNamed finds an entity by table or by Chinese name.
func (c *completion) entityNamed(name string) (Entity, bool) {
	if i, ok := c.roster.named(name); ok {
		return c.Entities[i], true
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
	if k, ok := c.roster.implied(i, a.Name); ok {
		return c.Entities[k], true
	}
	return Entity{}, false
}
