package brief

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
)

var (
	serviceWords = pattern.New(`(?:^|[\n，,；;。：:、（(\s【*-])([\p{Han}A-Za-z]{1,14}?(?:服务|中心))(?:\s*[（(\[]\s*([a-z][a-z0-9_-]*)\s*[)）\]])?`)
	dutyOf       = pattern.New(`^\s*[:：]\s*([^；;。\n]*)`)
	serviceLead  = pattern.New(`^(?:只有一个|一个|各个|各|每个|以及|和|与|包括|分为|拆分为|拆成)`)
	notService   = pattern.New(`^(?:微|各|每|多个|个|该|云|本|子|独立|后端|前端|业务|相关|其他|数据|灾备|跨|\d+个|[一二三四五六七八九十两]+个)(?:微)?(?:服务|中心)$`)
	outWords     = pattern.New(`发布(?:事件)?\s*[:：]?\s*((?:[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*[、,，\s]*)+)`)
	inWords      = pattern.New(`订阅(?:事件)?\s*[:：]?\s*((?:[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*[、,，\s]*)+)`)
	storeWords   = pattern.New(`存储\s*[:：]?\s*([A-Za-z、+ ]+)`)
	eventWord    = pattern.New(`[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*`)
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
