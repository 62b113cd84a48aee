package brief

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

// systemColumns are the columns that every table gets, by the names people use
// for them in queries (domain.md §3.4).
var systemColumns = map[string]string{
	"id": "id", "ID": "id", "主键": "id", "编号": "id",
	"created_at": "created_at", "创建时间": "created_at", "时间": "created_at", "新增时间": "created_at",
	"updated_at": "updated_at", "更新时间": "updated_at", "修改时间": "updated_at",
	"tenant_id": "tenant_id", "租户": "tenant_id", "租户ID": "tenant_id",
	"created_by": "created_by", "updated_by": "updated_by", "version": "version",
	"is_deleted": "is_deleted", "delete_token": "delete_token",
}

var eventTime = pattern.New(`(_at|_time|_date)$`)

// columnOf is the column of entity i that a name in a query means
// (decisions.md 6).
func (c *completion) columnOf(i int, name string) (string, bool) {
	name = strings.TrimSpace(name)
	e := c.Entities[i]
	if col, ok := c.aliases[i][name]; ok {
		return col, true
	}
	short := title(name)
	if col, ok := c.aliases[i][short]; ok {
		return col, true
	}
	if short == "时间" && (e.Kind == Event || e.Kind == Log) {
		if col := timeColumn(e); col != "" {
			return col, true
		}
	}
	for _, suffix := range []string{"ID", "编号", "号", "时间", "单号"} {
		for _, alias := range []string{short + suffix, strings.TrimSuffix(short, suffix)} {
			if col, ok := c.aliases[i][alias]; ok && alias != "" {
				return col, true
			}
		}
	}
	if col, ok := systemColumns[short]; ok {
		return col, true
	}
	if t, ok := c.entityNamed(short); ok {
		for _, a := range e.Attrs {
			if a.Ref == t.Table {
				return a.Column, true
			}
		}
	}
	return "", false
}

// fillAccess turns names in queries into columns and adds the queries of an
// entity that has none (domain.md §1.6).
func (c *completion) fillAccess() {
	for i := range c.Entities {
		e := &c.Entities[i]
		for j := range e.Access {
			c.resolveAccess(i, &e.Access[j])
		}
		if len(e.Access) > 0 {
			continue
		}
		e.Access = defaultAccess(*e)
		items := accessItems(Entity{Access: e.Access})
		c.assume(Assumption{
			Path: entityPath(i, "access"), Label: "「" + e.Name + "」常见查询", Value: strings.Join(items, "；"),
			Rule: "domain.md §1.6", Effect: "索引与分片键由它推出",
		})
		c.fillTags(i)
	}
}

func (c *completion) resolveAccess(i int, a *Access) {
	for _, list := range [][]string{a.Eq, a.Select} {
		for k, name := range list {
			if col, ok := c.columnOf(i, name); ok {
				list[k] = col
			}
		}
	}
	for _, name := range []*string{&a.Sort, &a.Range} {
		if col, ok := c.columnOf(i, *name); ok && *name != "" {
			*name = col
		}
	}
}

// maxDefaultAccess is how many queries are made up for an entity.
const maxDefaultAccess = 4

// defaultAccess is what people usually ask of such an entity.
func defaultAccess(e Entity) []Access {
	var out []Access
	refs := referring(e)
	for _, a := range e.Attrs {
		if a.Unique {
			out = append(out, Access{Op: "get", Eq: []string{a.Column}})
		}
	}
	switch e.Kind {
	case Relation:
		if len(refs) >= 2 {
			out = append(out, Access{Op: "uk", Eq: []string{refs[0].Column, refs[1].Column}}, Access{Op: "list", Eq: []string{refs[1].Column}, Sort: "id"})
		}
	case Event, Log:
		if by := eventSubject(e, refs); by != "" {
			out = append(out, Access{Op: "list", Eq: []string{by}, Sort: firstOf(timeColumn(e), "created_at"), Desc: true})
		}
	default:
		for _, a := range peopleFirst(refs) {
			out = append(out, Access{Op: "list", Eq: []string{a.Column}, Sort: "created_at", Desc: true})
		}
	}
	if due := dueColumn(e); due != "" {
		out = append(out, Access{Op: "scan", Eq: []string{"status"}, Range: due})
	}
	if len(out) == 0 && e.Kind != Event && e.Kind != Log {
		out = append(out, Access{Op: "get", Eq: []string{"id"}})
	}
	return out[:min(len(out), maxDefaultAccess)]
}

// referring are the attributes by which rows of an entity belong to something:
// references, and the ids of people who live in a system of their own (user_id
// without an entity 用户 in the brief).
func referring(e Entity) []Attr {
	var out []Attr
	for _, a := range e.Attrs {
		person := strings.HasSuffix(a.Column, "_id") && personWord.MatchString(a.Column)
		if (a.Ref != "" || person) && !a.Unique {
			out = append(out, a)
		}
	}
	return out
}

var personWord = pattern.New(`(^|_)(user|owner|member|customer|patient|student|player|buyer)(_|s?$)`)

// peopleFirst are the first two references, those to people before others.
func peopleFirst(refs []Attr) []Attr {
	sorted := slices.Clone(refs)
	slices.SortStableFunc(sorted, func(a, b Attr) int {
		return boolRank(personWord.MatchString(a.Column)) - boolRank(personWord.MatchString(b.Column))
	})
	return sorted[:min(len(sorted), 2)]
}

func boolRank(first bool) int {
	if first {
		return 0
	}
	return 1
}

var (
	identity    = pattern.New(`_(id|code|no)$`)
	ownIdentity = pattern.New(`^(event|request|trace|log|span|message)_`)
)

// eventSubject is what an event happened to: the first reference, else the
// first id or code that is not the event's own.
func eventSubject(e Entity, refs []Attr) string {
	if len(refs) > 0 {
		return refs[0].Column
	}
	for _, a := range e.Attrs {
		if identity.MatchString(a.Column) && !ownIdentity.MatchString(a.Column) {
			return a.Column
		}
	}
	return ""
}

// timeColumn is when an event happened: its first column that is a time.
func timeColumn(e Entity) string {
	for _, a := range e.Attrs {
		if eventTime.MatchString(a.Column) && !a.Nullable {
			return a.Column
		}
	}
	return ""
}

var dueName = pattern.New(`^(expire_at|deadline_at|next_.*_at)$`)

// dueColumn is the time by which something must happen to a row, if it has a
// status as well.
func dueColumn(e Entity) string {
	status, due := false, ""
	for _, a := range e.Attrs {
		status = status || a.Column == "status"
		if due == "" && dueName.MatchString(a.Column) {
			due = a.Column
		}
	}
	if !status {
		return ""
	}
	return due
}

// fillTags guesses the tags of an entity about whose use nothing was said.
func (c *completion) fillTags(i int) {
	e := &c.Entities[i]
	if len(e.Tags) > 0 {
		return
	}
	has := map[string]bool{}
	for _, a := range e.Attrs {
		has[a.Column] = true
		switch g := infer.Column(a.Name, a.Column); g.Rule {
		case "R050", "R051":
			has["money"] = true
		case "R070":
			has["longitude"], has["latitude"] = true, true
		}
	}
	paper := e.Kind == Txn || e.Kind == Ledger || e.Kind == Detail
	for _, t := range []struct {
		tag string
		on  bool
	}{
		{"hot", e.Kind == Config || e.Kind == Master && c.isPerson(*e)},
		{"write", e.Kind == Event || e.Kind == Log},
		{"money", paper && has["money"]},
		{"tree", has["parent_id"]},
		{"geo", has["longitude"] && has["latitude"]},
	} {
		if t.on {
			e.Tags = append(e.Tags, t.tag)
		}
	}
	if len(e.Tags) > 0 {
		c.assume(Assumption{
			Path: entityPath(i, "tags"), Label: "「" + e.Name + "」特征", Value: fmt.Sprint(strings.Join(tagTitles(e.Tags), "、")),
			Source: FromDerived, Rule: "domain.md §1.5", Effect: "决定缓存、乐观锁与对账",
		})
	}
}

func tagTitles(tags []string) []string {
	out := make([]string, len(tags))
	for i, tag := range tags {
		out[i] = TagTitle(tag)
	}
	return out
}

// TagTitle is a tag of an entity in prose: 读热点.
func TagTitle(tag string) string { return titleOf(tagWords, tag) }

// isPerson says whether an entity is one of the system's users (domain.md
// §3.6.7).
func (c *completion) isPerson(e Entity) bool {
	for _, u := range c.System.Users {
		if u != "" && (e.Name == u || strings.HasPrefix(e.Name, u) && e.Kind == Master && len(e.Name)-len(u) <= len("账号")) {
			return true
		}
	}
	return personWord.MatchString(e.Table) || strings.Contains(e.Name, "用户") || strings.HasSuffix(e.Name, "会员")
}
