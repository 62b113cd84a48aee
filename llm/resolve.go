package llm

import (
	"fmt"
	"slices"
	"strings"
)

// Sources is where a choice of drafter comes from. This package reads neither
// files nor the environment: the caller hands over what it found.
type Sources struct {
	Drafter, Model, BaseURL string // --drafter, --model, --base-url
	Offline                 bool   // --offline

	Env   func(string) string                  // nil: no environment
	File  Settings                             // the user's own configuration file
	Local Settings                             // a configuration file of the working directory
	Run   func(command string) (string, error) // for cmd: references; nil: they are refused
}

// A Choice is who drafts.
type Choice struct {
	Config Config
	From   string   // what decided: --drafter, DBCHAPTER_DRAFTER, 配置文件, 默认
	Notes  []string // settings that were passed over, and why; Chinese
}

// Resolve decides who drafts (product.md §4): flag, then environment, then
// configuration file, then the rules. A key that merely lies in the environment
// decides nothing. The error is an *Error of kind BadConfig and names
// everything that is missing.
func Resolve(s Sources) (Choice, error) {
	id, from := s.chosen()
	if s.BaseURL != "" && !s.Offline && s.Drafter == "" && id == Offline {
		id, from = Custom, "--base-url"
	}
	c := Choice{From: from, Notes: s.refused()}
	if id == Offline && s.Model != "" {
		c.Notes = append(c.Notes, "没有选定模型服务，--model 没有作用：加 --drafter")
	}
	var err error
	c.Config, err = s.Open(id)
	return c, err
}

// chosen is the drafter that was named, and where.
func (s Sources) chosen() (id, from string) {
	switch {
	case s.Offline:
		return Offline, "--offline"
	case s.Drafter != "":
		return s.Drafter, "--drafter"
	case s.env("DBCHAPTER_DRAFTER") != "":
		return s.env("DBCHAPTER_DRAFTER"), "DBCHAPTER_DRAFTER"
	case s.local() != "":
		return s.local(), "当前目录的配置文件"
	case s.File.Drafter != "":
		return s.File.Drafter, "配置文件"
	}
	return Offline, "默认"
}

// Open is the complete configuration of one drafter, by its id.
func (s Sources) Open(id string) (Config, error) {
	if id == Offline {
		return Config{ID: Offline, Name: "离线起草", NoKey: true}, nil
	}
	p, err := s.preset(id)
	if err != nil {
		return Config{}, err
	}
	c, err := s.fill(p)
	if err != nil {
		return c, err
	}
	return c, c.Validate()
}

// preset is the built-in service with the user's changes, or the user's own.
func (s Sources) preset(id string) (Preset, error) {
	p, known := PresetByID(id)
	own, mine := s.File.Providers[id]
	if !known && !mine {
		return p, &Error{
			Kind: BadConfig, Message: fmt.Sprintf("没有名为 %q 的起草方式", cutRunes(id, 40)),
			Hint: "可用：" + strings.Join(s.IDs(), "、"),
		}
	}
	if !known {
		p = Preset{Config: Config{ID: id, Name: id, Protocol: OpenAI}}
	}
	p, err := own.over(p)
	if err != nil {
		return p, &Error{Kind: BadConfig, Err: err, Message: fmt.Sprintf("配置文件里 providers.%s 读不懂", id), Hint: "检查各项的类型"}
	}
	return p, nil
}

// IDs are all drafters that can be named.
func (s Sources) IDs() []string {
	out := []string{Offline}
	for _, p := range Presets() {
		out = append(out, p.ID)
	}
	for _, id := range s.File.names() {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// fill completes a preset from flags, environment and file.
func (s Sources) fill(p Preset) (Config, error) {
	c := p.Config
	env := s.chosenEnv(c.ID)
	top := s.File
	if c.ID != Custom {
		top.BaseURL, top.APIKey, top.Protocol = "", "", ""
	}
	if c.ID != s.File.Drafter && c.ID != Custom {
		top.Model = ""
	}
	c.BaseURL = cleanBase(first(s.BaseURL, env("DBCHAPTER_BASE_URL"), s.baseEnv(p), top.BaseURL, c.BaseURL))
	c.Model = strings.TrimSpace(first(s.Model, env("DBCHAPTER_MODEL"), s.localModel(c.ID), top.Model, c.Model))
	c.Protocol = Protocol(strings.ToLower(first(env("DBCHAPTER_PROTOCOL"), top.Protocol, string(c.Protocol))))
	key, err := s.key(p, env, first(s.File.Providers[c.ID].APIKey, top.APIKey))
	c.Key = key
	return c.withDefaults(), err
}

// chosenEnv reads our own variables only for the drafter they were meant for:
// the one that DBCHAPTER_DRAFTER names, else custom. So the address of one
// service never gets the key of another.
func (s Sources) chosenEnv(id string) func(string) string {
	if first(s.env("DBCHAPTER_DRAFTER"), Custom) == id || id == Custom {
		return s.env
	}
	return func(string) string { return "" }
}

func (s Sources) baseEnv(p Preset) string {
	for _, name := range p.BaseEnv {
		v := s.env(name)
		if v == "" {
			continue
		}
		if p.Port != "" {
			return hostPort(v, p.Port)
		}
		return strings.TrimRight(v, "/") + p.BasePath
	}
	return ""
}

// env reads one variable without the blanks that copying adds.
func (s Sources) env(name string) string {
	if s.Env == nil {
		return ""
	}
	return strings.TrimSpace(s.Env(name))
}

// local is the drafter that the working directory asks for, when the user set
// that drafter up; a directory must not be able to send data anywhere new.
func (s Sources) local() string {
	if s.Local.Drafter == Offline {
		return Offline
	}
	if _, mine := s.File.Providers[s.Local.Drafter]; mine || s.Local.Drafter == s.File.Drafter {
		return s.Local.Drafter
	}
	return ""
}

func (s Sources) localModel(id string) string {
	if s.Local.Drafter == id || s.Local.Drafter == "" && s.File.Drafter == id {
		return s.Local.Model
	}
	return ""
}

// refused lists what a configuration file of the working directory may not say
// (product.md §4).
func (s Sources) refused() []string {
	var out []string
	no := func(given bool, what string) {
		if given {
			out = append(out, "当前目录的配置文件不能设置"+what+"，已忽略")
		}
	}
	no(s.Local.BaseURL != "", "服务地址（base_url）")
	no(s.Local.APIKey != "", "密钥（api_key）")
	no(s.Local.Protocol != "", "协议（protocol）")
	no(len(s.Local.Providers) > 0, "模型服务（providers）")
	no(s.Local.Drafter != "" && s.local() == "", "你没有配置过的起草方式（drafter）")
	return out
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
