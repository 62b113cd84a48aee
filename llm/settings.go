package llm

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Settings is what a configuration file says about models:
//
//	drafter: deepseek
//	model: deepseek-v4-pro            # of the chosen drafter
//	base_url, api_key, protocol       # of the drafter custom
//	providers:
//	  deepseek: {api_key: env:MY_KEY}
//	  gateway:  {name: 公司网关, protocol: openai, base_url: https://…, api_key: "cmd:pass show gw"}
//
// Keys may also be written DBCHAPTER_MODEL and so on. A key is a reference
// (env:NAME, cmd:COMMAND) or, in a file of mode 0600, the key itself.
type Settings struct {
	Drafter   string
	Model     string
	BaseURL   string
	APIKey    string
	Protocol  string
	Providers map[string]Provider
	Rest      map[string]any // keys that are none of this package's business: lang, house…
}

// Provider is what a configuration file says about one service; a service
// that is not built in may be described whole.
type Provider struct {
	APIKey string
	node   yaml.Node
}

// written is a provider as it stands in the file, to check its keys.
type written struct {
	Preset `yaml:",inline"`
	APIKey string `yaml:"api_key"`
}

// ParseSettings reads a configuration file; name is for messages. An unknown
// key of a provider is an error, other keys at the top are Rest.
func ParseSettings(name string, src []byte) (Settings, error) {
	var raw struct {
		Providers map[string]yaml.Node `yaml:"providers"`
		Rest      map[string]any       `yaml:",inline"`
	}
	var s Settings
	bad := func(err error) (Settings, error) {
		return s, &Error{
			Kind: BadConfig, Err: err,
			Message: fmt.Sprintf("配置文件 %q 读不懂：%s", name, NewSecret("").Hide(cutRunes(err.Error(), 200))),
			Hint:    "检查缩进和键名；providers 下每个服务可写 name、protocol、base_url、model、api_key 等",
		}
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if err := yaml.Unmarshal(src, &raw); err != nil {
		return bad(err)
	}
	s.Rest, s.Providers = raw.Rest, map[string]Provider{}
	for key, value := range raw.Rest {
		if field := s.field(key); field != nil {
			*field = strings.TrimSpace(fmt.Sprint(value))
			delete(s.Rest, key)
		}
	}
	for id, node := range raw.Providers {
		p, err := readProvider(node)
		if err != nil {
			return bad(fmt.Errorf("providers.%s: %w", id, err))
		}
		s.Providers[id] = p
	}
	return s, nil
}

// field is where the value of a key at the top belongs, nil for another's key.
func (s *Settings) field(key string) *string {
	switch strings.TrimPrefix(strings.ToLower(key), "dbchapter_") {
	case "drafter":
		return &s.Drafter
	case "model":
		return &s.Model
	case "base_url":
		return &s.BaseURL
	case "api_key":
		return &s.APIKey
	case "protocol":
		return &s.Protocol
	}
	return nil
}

func readProvider(node yaml.Node) (Provider, error) {
	var w written
	again, err := yaml.Marshal(&node)
	if err != nil {
		return Provider{}, err
	}
	dec := yaml.NewDecoder(bytes.NewReader(again))
	dec.KnownFields(true)
	if err := dec.Decode(&w); err != nil && !errors.Is(err, io.EOF) {
		return Provider{}, err
	}
	return Provider{APIKey: w.APIKey, node: node}, nil
}

// over lays what the file says over a preset.
func (p Provider) over(base Preset) (Preset, error) {
	w := written{Preset: base}
	if p.node.Kind != 0 {
		if err := p.node.Decode(&w); err != nil {
			return base, err
		}
	}
	w.ID = base.ID
	return w.Preset, nil
}

// Names of the settings, in the order of messages.
func (s Settings) names() []string {
	var out []string
	for id := range s.Providers {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}
