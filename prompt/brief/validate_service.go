package brief

import (
	"fmt"
	"slices"
	"strings"
)

// checkServices is V30…V35 (domain.md §1.4).
func (v *validation) checkServices() {
	names, codes := map[string]int{}, map[string]int{}
	published := map[string]bool{}
	for _, s := range v.full.Services {
		for _, e := range s.Out {
			published[e] = true
		}
	}
	for i, s := range v.Services {
		path := fmt.Sprintf("services[%d].", i)
		if s.Name != "" || s.Code == "" {
			v.length("V30", path+"name", s.Name, 2, 12, "服务名称需为2~12个字")
		}
		v.unique("V30", path+"name", "服务名称", strings.TrimSpace(s.Name), names)
		if s.Code != "" && !slug.MatchString(s.Code) {
			v.bad("V31", path+"code", "英文码只能用小写字母、数字、下划线，2~20位")
		}
		v.unique("V31", path+"code", "英文码", s.Code, codes)
		v.length("V30", path+"duty", s.Duty, 0, 60, "职责不超过60个字")
		v.checkStore(path, v.full.Services[i].Store)
		v.within(path, []bound{{"V33", "pods", s.Pods.Set, float64(s.Pods.V), 1, 1000, "实例数应为1到1000"}})
		v.checkEvents(path, s, published)
	}
	v.checkDeps()
}

// unique notes a second use of a word.
func (v *validation) unique(rule, path, what, word string, seen map[string]int) {
	if word == "" {
		return
	}
	if seen[word]++; seen[word] == 2 {
		v.bad(rule, path, "%s %q 重复", what, clipped(word))
	}
}

func (v *validation) checkStore(path string, store []string) {
	var engines []string
	for _, d := range v.full.Databases {
		engines = append(engines, d.Engine)
		if d.Name != "" {
			engines = append(engines, d.Name)
		}
	}
	for j, s := range store {
		if v.Raw.Databases == "" && !slices.Contains(engines, s) {
			v.bad("V32", fmt.Sprintf("%sstore[%d]", path, j), "存储 %q 不在 databases 中%s", clipped(s), instead(s, engines))
		}
	}
}

func (v *validation) checkEvents(path string, s Service, published map[string]bool) {
	for _, l := range []struct {
		key    string
		events []string
	}{{"out", s.Out}, {"in", s.In}} {
		for j, e := range l.events {
			at := fmt.Sprintf("%s%s[%d]", path, l.key, j)
			switch {
			case !eventName.MatchString(e):
				v.bad("V34", at, "事件名应写成 order.created 这样，而不是 %q", clipped(e))
			case l.key == "in" && !published[e]:
				v.bad("V34w", at, "没有服务发布事件 %s%s", e, didYouMean(e, keysOf(published)))
			}
		}
	}
}

func keysOf(set map[string]bool) []string {
	var out []string
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// checkDeps is V35: no unknown service, no service itself; circles are warned
// of.
func (v *validation) checkDeps() {
	var codes []string
	for _, s := range v.full.Services {
		codes = append(codes, s.Code)
	}
	next := map[string][]string{}
	for i, s := range v.Services {
		own := v.full.Services[i].Code
		for j, d := range s.Deps {
			path := fmt.Sprintf("services[%d].deps[%d]", i, j)
			t, ok := v.full.serviceNamed(d)
			switch {
			case !ok:
				v.bad("V35", path, "依赖的服务 %q 不存在%s", clipped(d), didYouMean(d, codes))
			case t.Code == own:
				v.bad("V35", path, "服务不能依赖自己")
			default:
				next[own] = append(next[own], t.Code)
			}
		}
	}
	for i := range v.Services {
		if own := v.full.Services[i].Code; reachable(next, own, own) {
			v.bad("V35w", fmt.Sprintf("services[%d].deps", i), "服务之间循环依赖（%s），建议把其中一环改为事件", own)
			return
		}
	}
}

// reachable says whether a way leads from one service to another.
func reachable(next map[string][]string, from, to string) bool {
	seen := map[string]bool{}
	todo := slices.Clone(next[from])
	for len(todo) > 0 {
		s := todo[0]
		todo = todo[1:]
		if s == to {
			return true
		}
		if !seen[s] {
			seen[s] = true
			todo = append(todo, next[s]...)
		}
	}
	return false
}
