package brief

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/infer"
)

func entityPath(i int, rest string) string { return fmt.Sprintf("entities[%d].%s", i, rest) }

// nameEngines puts the engines in our spelling.
func (c *completion) nameEngines() {
	if len(c.Databases) == 0 {
		c.Databases = []Database{{Engine: "MySQL"}, {Engine: "Redis"}}
		c.assumptions = append(c.assumptions, Assumption{
			Path: "databases", Label: "数据库", Value: "MySQL、Redis", Source: FromDefault, Rule: "domain.md §1.1", Effect: "没有给出数据库时采用",
		})
		c.quiet("databases[0].engine", FromDefault)
		c.quiet("databases[1].engine", FromDefault)
	}
	for i := range c.Databases {
		d := &c.Databases[i]
		c.fillText(&d.Engine, "MySQL", Assumption{Path: fmt.Sprintf("databases[%d].engine", i), Label: "数据库", Rule: "V20", Effect: "决定建表语句的写法"})
		if name, ok := engineNamed(d.Engine); ok {
			d.Engine = name
		}
	}
	for i := range c.Services {
		for j, s := range c.Services[i].Store {
			if name, ok := engineNamed(s); ok {
				c.Services[i].Store[j] = name
			}
		}
	}
}

// nameEntities gives every entity its title, kind and table.
func (c *completion) nameEntities() {
	taken := map[string]bool{}
	for i := range c.Entities {
		e := &c.Entities[i]
		if t := strings.TrimSuffix(strings.TrimSpace(e.Name), "表"); t != "" {
			e.Name = t
		}
		if e.Table != "" {
			taken[e.Table] = true
		}
		kind := string(e.Kind)
		c.fillText(&kind, string(KindOf(e.Name)), Assumption{
			Path: entityPath(i, "kind"), Label: "「" + e.Name + "」类别", Value: KindOf(e.Name).Title(),
			Source: FromDerived, Rule: "domain.md §1.5", Effect: "决定软删、分区、缓存与归档",
		})
		e.Kind = Kind(kind)
	}
	for i := range c.Entities {
		c.nameTable(i, taken)
	}
	c.roster = newRoster(c.Entities)
}

func (c *completion) nameTable(i int, taken map[string]bool) {
	e := &c.Entities[i]
	path := entityPath(i, "table")
	if e.Table != "" {
		if safe, changed := infer.Safe(e.Table); changed {
			c.assume(Assumption{
				Path: path, Label: "「" + e.Name + "」表名", Value: safe, Source: FromDerived, Rule: "V41",
				Effect: "原表名 " + e.Table + " 是保留字或不合规，已改名",
			})
			c.renameBinding(e.Table, safe)
			e.Table = safe
		}
		return
	}
	name, pinyin := infer.Table(e.Name, c.System.Naming == "singular")
	name, _ = infer.Safe(name)
	effect := "用于建表语句与实例规划"
	if pinyin {
		effect = "用拼音命名，请确认"
	}
	e.Table = free(name, taken)
	c.assume(Assumption{Path: path, Label: "「" + e.Name + "」表名", Value: e.Table, Source: FromDerived, Rule: "domain.md §3.1", Effect: effect})
}

func (c *completion) renameBinding(from, to string) {
	for _, group := range c.BindingTables {
		for j := range group {
			if group[j] == from {
				group[j] = to
			}
		}
	}
}

// free is name, or name_2, name_3… when it is taken; it takes it.
func free(name string, taken map[string]bool) string {
	out := name
	for n := 2; taken[out]; n++ {
		out = fmt.Sprintf("%s_%d", name, n)
	}
	taken[out] = true
	return out
}

// nameColumns gives every attribute its column and remembers under which names
// each was known, so that access patterns can follow (decisions.md 6).
func (c *completion) nameColumns() {
	c.aliases = make([]map[string]string, len(c.Entities))
	for i := range c.Entities {
		c.aliases[i] = map[string]string{}
		c.nameColumnsOf(i)
		c.findOwnNumber(i)
	}
}

// findOwnNumber makes an entity's own number unique when the user said neither
// what is unique nor how the entity is looked up: 订单号 in 订单.
func (c *completion) findOwnNumber(i int) {
	e := &c.Entities[i]
	if len(e.Access) > 0 || e.Kind == Detail || slices.ContainsFunc(e.Attrs, func(a Attr) bool { return a.Unique }) {
		return
	}
	for j := range e.Attrs {
		a := &e.Attrs[j]
		rest, ok := strings.CutPrefix(title(a.Name), title(e.Name))
		if !ok || a.Ref != "" || a.Nullable || !slices.Contains([]string{"号", "编号", "编码", "单号", "流水号"}, rest) {
			continue
		}
		a.Unique = true
		c.assume(Assumption{
			Path: entityPath(i, fmt.Sprintf("attrs[%d].unique", j)), Label: "「" + e.Name + "」" + a.Name, Value: "唯一",
			Source: FromDerived, Rule: "domain.md §1.6", Effect: "建唯一键，并按它查单行",
		})
		return
	}
}

func (c *completion) nameColumnsOf(i int) {
	e := &c.Entities[i]
	taken := map[string]bool{}
	var derived, spelled []string
	for j := range e.Attrs {
		a := &e.Attrs[j]
		path := entityPath(i, fmt.Sprintf("attrs[%d].column", j))
		written := a.Column
		column, pinyin := c.columnFor(a, taken)
		for _, alias := range []string{a.Name, title(a.Name), written, column} {
			if _, known := c.aliases[i][alias]; !known && alias != "" {
				c.aliases[i][alias] = column
			}
		}
		a.Column = column
		switch {
		case written == "":
			c.quiet(path, FromDerived)
			derived = append(derived, a.Name+" "+column)
		case written != column:
			c.assume(Assumption{
				Path: path, Label: "「" + e.Name + "」" + a.Name, Value: column, Source: FromDerived, Rule: "domain.md §3.1",
				Effect: "原列名 " + written + " 已改为更安全的写法",
			})
		}
		if pinyin {
			spelled = append(spelled, a.Name)
		}
	}
	c.noteColumns(i, derived, spelled)
}

func (c *completion) noteColumns(i int, derived, spelled []string) {
	if len(derived) == 0 {
		return
	}
	effect := "用于建表语句与索引"
	if len(spelled) > 0 {
		effect = "其中" + strings.Join(spelled, "、") + "用拼音命名，请确认"
	}
	c.assumptions = append(c.assumptions, Assumption{
		Path: entityPath(i, "attrs[*].column"), Label: "「" + c.Entities[i].Name + "」列名", Value: strings.Join(derived, "、"),
		Source: FromDerived, Rule: "domain.md §3.1", Effect: effect,
	})
}

// columnFor is the column of an attribute: what the rules make of the user's
// name, safe and not yet taken.
func (c *completion) columnFor(a *Attr, taken map[string]bool) (column string, pinyin bool) {
	en := a.Column
	if en == "" && lowerWord.MatchString(a.Name) {
		en = a.Name
	}
	if t, ok := c.entityNamed(a.Ref); ok && en == "" && title(a.Name) == t.Name {
		return free(infer.Singular(t.Table)+"_id", taken), false
	}
	g := infer.Column(a.Name, en)
	switch {
	case g.Rejected:
		return free(firstOf(en, "forbidden"), taken), false
	case len(g.Split()) > 1:
		// Two columns: the rules split the name again where columns are made.
		for _, part := range g.Split() {
			taken[part] = true
		}
		return firstOf(en, "location"), false
	}
	safe, _ := infer.Safe(g.Column)
	return free(safe, taken), g.Pinyin
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// title is a name without spaces and brackets, as names are compared.
func title(name string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r = foldRune(r); {
		case r == '(' || r == '[':
			depth++
			return -1
		case r == ')' || r == ']':
			depth = max(depth-1, 0)
			return -1
		case depth > 0 || r == ' ':
			return -1
		}
		return r
	}, name)
}
