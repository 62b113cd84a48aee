package llm

import "fmt"

// An Offer is one way to draft as the provider screen shows it. An offer sends
// nothing and decides nothing.
type Offer struct {
	Info  Info
	Ready bool   // everything it needs is there
	Why   string // what is missing, or where the key was found; Chinese
}

// Offers lists the rules, then every service in order, each with what is there
// and what is missing. Commands of cmd: references are not run for it.
func (s Sources) Offers() []Offer {
	out := []Offer{{Info: Info{ID: Offline, Name: "离线起草"}, Ready: true, Why: "按规则起草，不联网，无需密钥"}}
	run := s.Run
	s.Run = func(string) (string, error) { return "later", nil }
	for _, id := range s.IDs()[1:] {
		out = append(out, s.offer(id, run != nil))
	}
	return out
}

func (s Sources) offer(id string, canRun bool) Offer {
	p, err := s.preset(id)
	if err != nil {
		return Offer{Info: Info{ID: id, Name: id}, Why: err.Error()}
	}
	c, err := s.fill(p)
	o := Offer{Info: c.Info()}
	if err == nil {
		err = c.Validate()
	}
	if err != nil {
		o.Why = err.Error()
		if e, ok := err.(*Error); ok && e.Hint != "" {
			o.Why += "。" + e.Hint
		}
		return o
	}
	o.Ready, o.Why = true, s.found(p, c, canRun)
	return o
}

// found says where what an offer needs comes from.
func (s Sources) found(p Preset, c Config, canRun bool) string {
	for _, name := range p.KeyEnv {
		if s.env(name) != "" {
			return fmt.Sprintf("已检测到 %s；选定后数据发往 %s", name, c.Host())
		}
	}
	switch {
	case c.Local():
		return fmt.Sprintf("本机服务 %s，数据不离开这台机器", c.Host())
	case c.Key.Set() && canRun:
		return fmt.Sprintf("密钥已配置；选定后数据发往 %s", c.Host())
	}
	return fmt.Sprintf("选定后数据发往 %s", c.Host())
}
