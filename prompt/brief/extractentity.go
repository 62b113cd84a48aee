package brief

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dbchapter/prompt/infer"
)

var (
	serviceWords = regexp.MustCompile(`(?:^|[\n，,；;。：:、（(\s【*-])([\p{Han}A-Za-z]{1,14}?(?:服务|中心))(?:\s*[（(\[]\s*([a-z][a-z0-9_-]*)\s*[)）\]])?`)
	dutyOf       = regexp.MustCompile(`^\s*[:：]\s*([^；;。\n]*)`)
	serviceLead  = regexp.MustCompile(`^(?:只有一个|一个|各个|各|每个|以及|和|与|包括|分为|拆分为|拆成)`)
	notService   = regexp.MustCompile(`^(?:微|各|每|多个|个|该|云|本|子|独立|后端|前端|业务|相关|其他|数据|灾备|跨|\d+个|[一二三四五六七八九十两]+个)(?:微)?(?:服务|中心)$`)
	outWords     = regexp.MustCompile(`发布(?:事件)?\s*[:：]?\s*((?:[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*[、,，\s]*)+)`)
	inWords      = regexp.MustCompile(`订阅(?:事件)?\s*[:：]?\s*((?:[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*[、,，\s]*)+)`)
	storeWords   = regexp.MustCompile(`存储\s*[:：]?\s*([A-Za-z、+ ]+)`)
	eventWord    = regexp.MustCompile(`[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*`)
)

// readServices takes names that end in 服务 or 中心 (decisions.md 31).
func (x *extraction) readServices(text string) {
	for _, l := range strings.Split(text, "\n") {
		first := len(x.Services)
		l = "\n" + l
		all := serviceWords.FindAllStringSubmatchIndex(l, -1)
		for k, m := range all {
			end := len(l)
			if k+1 < len(all) {
				end = all[k+1][0]
			}
			x.addService(submatches(l, m), l[m[1]:max(end, m[1])])
		}
		if len(x.Services) == first+1 {
			x.readFlows(first, l)
		}
	}
	for i, s := range x.Services {
		x.note(fmt.Sprintf("services[%d].name", i), "微服务", s.Name)
	}
}

func submatches(s string, m []int) []string {
	var out []string
	for i := 0; i < len(m); i += 2 {
		if m[i] < 0 {
			out = append(out, "")
			continue
		}
		out = append(out, s[m[i]:m[i+1]])
	}
	return out
}

// addService keeps a name that is new; rest is what follows it up to the next.
func (x *extraction) addService(m []string, rest string) {
	name := serviceLead.ReplaceAllString(m[1], "")
	n := len([]rune(name))
	known := slices.ContainsFunc(x.Services, func(s Service) bool { return strings.HasSuffix(name, s.Name) })
	if n < 3 || n > 8 || notService.MatchString(name) || known {
		return
	}
	s := Service{Name: name}
	if code := strings.ReplaceAll(m[2], "-", "_"); slug.MatchString(code) {
		s.Code = code
	}
	if d := dutyOf.FindStringSubmatch(rest); d != nil && len([]rune(d[1])) <= 60 {
		s.Duty = strings.Trim(d[1], " ，,、")
	}
	x.Services = append(x.Services, s)
}

// readFlows reads the events and stores of the one service that a line is
// about; only explicit words count (decisions.md 32).
func (x *extraction) readFlows(i int, l string) {
	s := &x.Services[i]
	if m := outWords.FindStringSubmatch(l); m != nil {
		s.Out = eventWord.FindAllString(m[1], -1)
	}
	if m := inWords.FindStringSubmatch(l); m != nil {
		s.In = eventWord.FindAllString(m[1], -1)
	}
	if m := storeWords.FindStringSubmatch(l); m != nil {
		for _, w := range strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune("、+ ", r) }) {
			engine, ok := engineNamed(w)
			if ok && slices.ContainsFunc(x.Databases, func(d Database) bool { return d.Engine == engine }) {
				s.Store = append(s.Store, engine)
			}
		}
	}
}

var (
	entityHead   = regexp.MustCompile(`(?:业务|核心)?(?:实体|对象)(?:有|包括|包含)?\s*[:：]\s*([^\n]+)`)
	entityInText = regexp.MustCompile(`([\p{Han}]{2,10}?)表?\s*[（(]([a-z][a-z0-9_]+)[)）]`)
	bulletLead   = regexp.MustCompile(`^\s*(?:[-*•]|\d+[.、)）])\s*`)
	attrBrackets = regexp.MustCompile(`\[(唯一|可空|敏感P\d)\]`)
)

// readEntities takes the entities of the headed part, else those that the text
// lists after 实体： or names with a table in brackets.
func (x *extraction) readEntities(part, text string) {
	before := len(x.Entities)
	list := part
	if list == "" {
		if m := entityHead.FindStringSubmatch(text); m != nil {
			list, _, _ = strings.Cut(m[1], "。")
		}
	}
	for _, l := range strings.Split(list, "\n") {
		x.readEntityLine(bulletLead.ReplaceAllString(l, ""), before)
	}
	if list == "" {
		for _, m := range entityInText.FindAllStringSubmatch(text, -1) {
			plural := infer.Singular(m[2]) != m[2] && infer.Singular(m[2]) != "outbox_event"
			if !serviceEnding.MatchString(m[1]) && (before == 0 || plural) {
				x.addEntity(Entity{Name: m[1], Table: m[2]})
			}
		}
	}
	for i := before; i < len(x.Entities); i++ {
		x.note(fmt.Sprintf("entities[%d].name", i), "业务实体", x.Entities[i].Name)
	}
}

// addEntity keeps what can be an entity and is not there yet.
func (x *extraction) addEntity(e Entity) {
	e.Name = strings.TrimSuffix(strings.TrimSpace(strings.Trim(e.Name, "。.*`")), "表")
	n := len([]rune(e.Name))
	same := func(o Entity) bool { return o.Name == e.Name || e.Table != "" && o.Table == e.Table }
	if n < 2 || n > 16 || strings.ContainsAny(e.Name, "，。：:；") || slices.ContainsFunc(x.Entities, same) {
		return
	}
	for i := range e.Attrs {
		e.Attrs[i].PII = ""
	}
	x.Entities = append(x.Entities, e)
}

// readEntityLine reads one line of a list: a line of the DSL, what we print
// ourselves, or 订单（订单号、金额）；酒店；房型.
func (x *extraction) readEntityLine(l string, from int) {
	trimmed := strings.TrimSpace(l)
	switch {
	case trimmed == "" || strings.HasPrefix(strings.ToUpper(trimmed), "CREATE") || strings.HasPrefix(trimmed, "```"):
		return
	case strings.HasPrefix(trimmed, "字段：") && len(x.Entities) > from:
		e := &x.Entities[len(x.Entities)-1]
		e.Attrs = attrsFromProse(strings.TrimPrefix(trimmed, "字段："), "；")
		return
	case strings.HasPrefix(trimmed, "查询：") || strings.HasPrefix(trimmed, "特征："):
		return
	}
	s := newLine(trimmed)
	for _, p := range s.split(s.all(), ";。") {
		pieces := []span{p}
		if s.index(p, ":") < 0 {
			pieces = s.split(p, ",、")
		}
		for _, q := range pieces {
			x.readEntityPiece(string(s.src[q.from:q.to]))
		}
	}
}

var dslHead = regexp.MustCompile(`^\S+(?:\s+[a-z][a-z0-9_]*)?(?:\s+@\S+)?[^（(]*[:：]`)

func (x *extraction) readEntityPiece(p string) {
	if dslHead.MatchString(p) {
		if e, problems := ParseEntity(p); len(problems) == 0 {
			x.addEntity(e)
			return
		}
	}
	name, inside, bracketed := cutBracket(p)
	if !bracketed {
		name, inside, _ = cutColon(p)
		x.addEntity(Entity{Name: name, Attrs: attrsFromProse(inside, "、，,")})
		return
	}
	e := Entity{Name: name}
	fields := facts(&e, inside)
	e.Attrs = attrsFromProse(fields, "、，,")
	x.addEntity(e)
}

// cutBracket is 订单 and 订单号、金额 of 订单（订单号、金额）.
func cutBracket(s string) (name, inside string, ok bool) {
	l := newLine(s)
	for i, r := range l.folded {
		if r == '(' {
			end := l.closing(i, len(l.folded))
			if end < 0 {
				end = len(l.folded)
			}
			return strings.TrimSpace(string(l.src[:i])), string(l.src[i+1 : end]), true
		}
	}
	return s, "", false
}

var (
	factVolume = regexp.MustCompile(`^现有\s*` + amount + `\s*行?$`)
	factDaily  = regexp.MustCompile(`^日增\s*` + amount + `\s*行?$`)
	factKeep   = regexp.MustCompile(`^在线保留\s*(\d+天|长期)$`)
)

// facts takes what is known about an entity out of its brackets: the table, the
// service, the kind and the volume as we print them. The rest are fields.
func facts(e *Entity, inside string) (fields string) {
	var rest []string
	for _, f := range strings.FieldsFunc(inside, func(r rune) bool { return r == '，' || r == ',' || r == '、' }) {
		f = strings.TrimSpace(f)
		switch {
		case lowerWord.MatchString(f) && e.Table == "" && len(rest) == 0:
			e.Table = f
		case strings.HasPrefix(f, "属") && serviceEnding.MatchString(f):
			e.Service = strings.TrimPrefix(f, "属")
		case factVolume.MatchString(f):
			setCount(&e.Volume.RowsNow, factVolume.FindStringSubmatch(f)[1])
		case factDaily.MatchString(f):
			setCount(&e.Volume.RowsPerDay, factDaily.FindStringSubmatch(f)[1])
		case factKeep.MatchString(f):
			_ = days{&e.Volume.RetentionDays}.set(factKeep.FindStringSubmatch(f)[1])
		case e.Table != "" && isKindTitle(f):
			_ = word{(*string)(&e.Kind), kindWords}.set(f)
		default:
			rest = append(rest, f)
		}
	}
	return strings.Join(rest, "、")
}

func isKindTitle(s string) bool {
	return slices.ContainsFunc(kindWords, func(w wording) bool { return w.zh == s })
}

// attrsFromProse reads a list of fields with 状态：待支付/已支付 among them.
func attrsFromProse(s, separators string) []Attr {
	var out []Attr
	l := newLine(s)
	for _, p := range l.split(l.all(), foldAll(separators)) {
		text := strings.TrimRight(string(l.src[p.from:p.to]), "。…等 ")
		text = attrBrackets.ReplaceAllStringFunc(text, func(m string) string {
			return map[string]string{"[唯一]": "#", "[可空]": "?"}[m]
		})
		if name, values, ok := cutColon(strings.Replace(text, " 枚举：", "：", 1)); ok {
			text = name + "{" + strings.ReplaceAll(strings.ReplaceAll(values, "/", ","), "，", ",") + "}"
		}
		if m := twoTimes.FindStringSubmatch(text); m != nil {
			out = append(out, Attr{Name: m[1] + m[3]}, Attr{Name: m[2] + m[3]})
			continue
		}
		a := newLine(text)
		attr := a.readAttr(a.all(), "")
		if n := len([]rune(attr.Name)); n < 1 || n > 20 {
			continue
		}
		attr.Name = strings.ReplaceAll(attr.Name, "/", "")
		if !slices.ContainsFunc(out, func(o Attr) bool { return title(o.Name) == title(attr.Name) }) && len(out) < 60 {
			out = append(out, attr)
		}
	}
	return out
}

// twoTimes are two fields in one: 入住/离店日期.
var twoTimes = regexp.MustCompile(`^([\p{Han}]{2,4})/([\p{Han}]{2,4})(日期|时间)$`)

func foldAll(s string) string { return strings.Map(foldRune, s) }

var (
	oneMany  = regexp.MustCompile(`(?:一|每)(?:个|名|位|张|笔)?([\p{Han}]{2,8}?)(?:可以?|会|能)?(?:有|包含|对应|拥有)(?:很多|多)(?:个|名|位|张|笔|条)?([\p{Han}]{2,8}?)(?:[，。；、\n]|$)`)
	manyMany = regexp.MustCompile(`([\p{Han}]{2,8}?)(?:和|与)([\p{Han}]{2,8}?)(?:之间)?(?:是)?多对多`)
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
	dailyRows = regexp.MustCompile(amount + `\s*(?:条|行|笔|单)\s*[/／每]?\s*(?:天|日)`)
	dailyLead = regexp.MustCompile(`(?:每天|每日|日均|日增)(?:新增|产生|约)*\s*` + amount + `\s*(?:条|行|笔|单)`)
	sentence  = regexp.MustCompile(`[^。；;\n]+`)
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
