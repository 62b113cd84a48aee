package brief

import (
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
)

var (
	oneMany  = pattern.New(`(?:一|每)(?:个|名|位|张|笔)?([\p{Han}]{2,8}?)(?:可以?|会|能)?(?:有|包含|对应|拥有)(?:很多|多)(?:个|名|位|张|笔|条)?([\p{Han}]{2,8}?)(?:[，。；、\n]|$)`)
	manyMany = pattern.New(`([\p{Han}]{2,8}?)(?:和|与)([\p{Han}]{2,8}?)(?:之间)?(?:是)?多对多`)
)

// readRelations adds references and relation entities for 一个…有多个… and
// …和…多对多, between entities that were found.
func (x *extraction) readRelations(text string) {
	for _, m := range oneMany.FindAllStringSubmatch(text, -1) {
		parent, child := x.entity(m[1]), x.entity(m[2])
		if parent == nil || child == nil || parent == child {
			continue
		}
		name := parent.Name + "ID"
		if len(child.Attrs) == 0 {
			child.Attrs = x.leastAttrs(child.Name)
		}
		if !slices.ContainsFunc(child.Attrs, func(a Attr) bool { return a.Ref == parent.Name || a.Name == name || a.Name == parent.Name }) {
			child.Attrs = append(child.Attrs, Attr{Name: name, Ref: parent.Name})
			x.note("entities", "关系", parent.Name+" 1-n "+child.Name)
		}
	}
	for _, m := range manyMany.FindAllStringSubmatch(text, -1) {
		a, b := x.entity(m[1]), x.entity(m[2])
		if a == nil || b == nil || a == b {
			continue
		}
		first, second := a.Name, b.Name
		x.addEntity(Entity{Name: first + second + "关系", Kind: Relation, Attrs: []Attr{{Name: first + "ID", Ref: first}, {Name: second + "ID", Ref: second}}})
		x.note("entities", "关系", first+" n-n "+second)
	}
}

// leastAttrs are those that an entity without attributes is going to get.
func (x *extraction) leastAttrs(name string) []Attr {
	for _, e := range structured(x.Brief).Entities {
		if e.Name == name {
			return e.Attrs
		}
	}
	return nil
}

// entity is the entity a phrase ends or begins with.
func (x *extraction) entity(phrase string) *Entity {
	for i := range x.Entities {
		if n := x.Entities[i].Name; n == phrase || strings.HasSuffix(phrase, n) || strings.HasPrefix(phrase, n) {
			return &x.Entities[i]
		}
	}
	return nil
}

var (
	dailyRows = pattern.New(amount + `\s*(?:条|行|笔|单)\s*[/／每]?\s*(?:天|日)`)
	dailyLead = pattern.New(`(?:每天|每日|日均|日增)(?:新增|产生|约)*\s*` + amount + `\s*(?:条|行|笔|单)`)
	sentence  = pattern.New(`[^。；;\n]+`)
)

// readVolumes reads rows a day from a sentence that names one entity.
func (x *extraction) readVolumes(text string) {
	for _, s := range sentence.FindAllString(text, -1) {
		m := dailyRows.FindStringSubmatchIndex(s)
		if m == nil {
			m = dailyLead.FindStringSubmatchIndex(s)
		}
		if m == nil {
			continue
		}
		best, at := -1, -1
		for i, e := range x.Entities {
			if p := strings.LastIndex(s[:m[0]], e.Name); p > at {
				best, at = i, p
			}
		}
		if best >= 0 && !x.Entities[best].Volume.RowsPerDay.Set && setCount(&x.Entities[best].Volume.RowsPerDay, s[m[2]:m[3]]) {
			x.note(entityPath(best, "volume.rows_per_day"), "「"+x.Entities[best].Name+"」日增行数", strings.TrimSpace(s[m[2]:m[3]]))
		}
	}
}
