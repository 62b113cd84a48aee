package brief

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

var (
	entityHead   = pattern.New(`(?:业务|核心)?(?:实体|对象)(?:有|包括|包含)?\s*[:：]\s*([^\n]+)`)
	entityInText = pattern.New(`([\p{Han}]{2,10}?)表?\s*[（(]([a-z][a-z0-9_]+)[)）]`)
	bulletLead   = pattern.New(`^\s*(?:[-*•]|\d+[.、)）])\s*`)
	attrBrackets = pattern.New(`\[(唯一|可空|敏感P\d)\]`)
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

// sentenceWord tells a sentence from a name.
var sentenceWord = pattern.New(`\d\s*[万亿]?[条行笔单]|每[天日]|[一多]个|多对多`)

// addEntity keeps what can be an entity and is not there yet.
func (x *extraction) addEntity(e Entity) {
	e.Name = strings.TrimSuffix(strings.TrimSpace(strings.Trim(e.Name, "。.*`")), "表")
	n := len([]rune(e.Name))
	same := func(o Entity) bool { return o.Name == e.Name || e.Table != "" && o.Table == e.Table }
	if n < 2 || n > 16 || strings.ContainsAny(e.Name, "，。：:；") || sentenceWord.MatchString(e.Name) || slices.ContainsFunc(x.Entities, same) {
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

var dslHead = pattern.New(`^\S+(?:\s+[a-z][a-z0-9_]*)?(?:\s+@\S+)?[^（(]*[:：]`)

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
	factVolume = pattern.New(`^现有\s*` + amount + `\s*行?$`)
	factDaily  = pattern.New(`^日增\s*` + amount + `\s*行?$`)
	factKeep   = pattern.New(`^在线保留\s*(\d+天|长期)$`)
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
var twoTimes = pattern.New(`^([\p{Han}]{2,4})/([\p{Han}]{2,4})(日期|时间)$`)

func foldAll(s string) string { return strings.Map(foldRune, s) }
