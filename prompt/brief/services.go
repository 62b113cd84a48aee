package brief

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

// serviceRules gather entities into services when nobody said where they
// belong: the word that comes first in the name decides (domain.md §1.6,
// decisions.md 9).
var serviceRules = []struct {
	code, name string
	zh, en     []string
}{
	{"user", "用户服务", []string{"用户", "会员", "账号", "地址"}, []string{"user", "member", "address"}},
	{"product", "商品服务", []string{"商品", "类目", "SKU", "sku", "库存"}, []string{"product", "category", "sku", "inventory", "stock"}},
	{"order", "订单服务", []string{"订单", "明细", "购物车"}, []string{"order", "cart"}},
	{"payment", "支付服务", []string{"支付", "退款", "账单", "流水", "结算"}, []string{"payment", "refund", "bill", "settlement", "transaction"}},
	{"log", "日志服务", []string{"日志", "审计"}, []string{"log", "audit"}},
	{"device", "设备服务", []string{"设备", "遥测"}, []string{"device", "telemetry"}},
	{"course", "课程服务", []string{"课程", "课时"}, []string{"course", "lesson"}},
}

const coreCode, coreName = "core", "核心服务"

// serviceFor is the code of the service that an entity's names point to.
func serviceFor(e Entity) string {
	best, at := coreCode, len(e.Name)+1
	for _, r := range serviceRules {
		for _, w := range r.zh {
			if i := strings.Index(e.Name, w); i >= 0 && i < at {
				best, at = r.code, i
			}
		}
	}
	if best != coreCode {
		return best
	}
	first, _, _ := strings.Cut(infer.Singular(e.Table), "_")
	for _, r := range serviceRules {
		if slices.Contains(r.en, infer.Singular(first)) {
			return r.code
		}
	}
	return coreCode
}

// serviceName is the Chinese name of a service of which only the code is
// known: ours, or that of a preset.
func serviceName(code string) string {
	for _, r := range serviceRules {
		if r.code == code {
			return r.name
		}
	}
	for _, p := range presets() {
		for _, s := range p.brief.Services {
			if s.Code == code {
				return s.Name
			}
		}
	}
	if code == coreCode {
		return coreName
	}
	return ""
}

var serviceEnding = pattern.New(`(服务|中心|平台|系统|网关|层)$`)

// assignServices gives every entity a service and every service its names.
func (c *completion) assignServices() {
	given := len(c.Services)
	for i := range c.Services {
		c.nameService(i)
	}
	for i := range c.Entities {
		e := &c.Entities[i]
		if s, ok := c.serviceNamed(e.Service); ok {
			e.Service = s.Code
		}
		if e.Service == "" {
			code := c.guessService(*e, given)
			c.fillText(&e.Service, code, Assumption{
				Path: entityPath(i, "service"), Label: "「" + e.Name + "」所属服务", Value: c.titleOf(code),
				Source: FromDerived, Rule: "domain.md §1.6", Effect: "决定落在哪个库，归属错了就会跨库关联",
			})
		}
		if _, ok := c.serviceNamed(e.Service); !ok && given == 0 {
			c.openService(*e)
		}
	}
	if len(c.Services) == 0 && len(c.Entities) > 0 {
		c.openService(Entity{Service: coreCode})
	}
}

func (c *completion) titleOf(code string) string {
	if s, ok := c.serviceNamed(code); ok {
		return s.Name
	}
	return firstOf(serviceName(code), code)
}

// openService makes a service that no one listed.
func (c *completion) openService(e Entity) {
	name := serviceName(e.Service)
	if name == "" {
		name = e.Name + "服务"
	}
	i := len(c.Services)
	c.Services = append(c.Services, Service{Code: e.Service, Name: name})
	c.assume(Assumption{
		Path: fmt.Sprintf("services[%d].name", i), Label: "微服务", Value: name + "（" + e.Service + "）",
		Source: FromDerived, Rule: "domain.md §1.6", Effect: "一个服务一个库",
	})
	c.quiet(fmt.Sprintf("services[%d].code", i), FromDerived)
}

// nameService completes the name and the code of a service that was listed.
func (c *completion) nameService(i int) {
	s := &c.Services[i]
	path := fmt.Sprintf("services[%d].", i)
	s.Name = strings.TrimSpace(s.Name)
	if s.Name == "" && s.Code != "" {
		c.fillText(&s.Name, firstOf(serviceName(s.Code), s.Code+"服务"), Assumption{
			Path: path + "name", Label: s.Code + "的中文名", Source: FromDerived, Rule: "V30", Effect: "实例规划表的服务名称",
		})
	}
	if s.Name != "" && !serviceEnding.MatchString(s.Name) {
		s.Name += "服务"
	}
	c.fillText(&s.Code, c.codeFor(s.Name), Assumption{
		Path: path + "code", Label: s.Name + "的英文码", Source: FromDerived, Rule: "V31", Effect: "库名 {code}_db",
	})
}

// codeFor is a code for a service name that no other service has.
func (c *completion) codeFor(name string) string {
	stem := serviceEnding.ReplaceAllString(name, "")
	code := ""
	for _, r := range serviceRules {
		if r.name == name || slices.Contains(r.zh, stem) {
			code = r.code
		}
	}
	if code == "" {
		code, _ = infer.Translate(stem)
	}
	if !slug.MatchString(code) {
		code, _ = infer.Safe(code)
		code = code[:min(len(code), 20)]
	}
	taken := map[string]bool{}
	for _, s := range c.Services {
		taken[s.Code] = true
	}
	return free(code, taken)
}

// serviceNamed finds a service by code or by name with or without its ending.
func (c *completion) serviceNamed(name string) (Service, bool) {
	i := slices.IndexFunc(c.Services, func(s Service) bool {
		return name != "" && (s.Code == name || s.Name == name || serviceEnding.ReplaceAllString(s.Name, "") == name)
	})
	if i < 0 {
		return Service{}, false
	}
	return c.Services[i], true
}

// guessService is where an entity without a service goes; listed is how many
// services the user named.
func (c *completion) guessService(e Entity, listed int) string {
	code := serviceFor(e)
	if listed == 0 {
		if len(c.Entities) < 3 {
			return coreCode
		}
		return code
	}
	for _, s := range c.Services {
		stem := serviceEnding.ReplaceAllString(s.Name, "")
		if stem != "" && strings.Contains(e.Name, stem) || e.Name != "" && strings.Contains(s.Duty, e.Name) {
			return s.Code
		}
	}
	if _, ok := c.serviceNamed(code); ok {
		return code
	}
	for _, a := range e.Attrs {
		if t, ok := c.entityNamed(a.Ref); ok {
			if s, ok := c.serviceNamed(t.Service); ok {
				return s.Code
			}
		}
	}
	return c.Services[0].Code
}
