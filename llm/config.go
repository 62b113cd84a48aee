package llm

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"dbchapter/prompt/pattern"
)

// Protocol names a wire protocol.
type Protocol string

// The wire protocols we speak.
const (
	OpenAI    Protocol = "openai"    // Chat Completions
	Anthropic Protocol = "anthropic" // Messages
	Ollama    Protocol = "ollama"    // native /api/chat, the only one with num_ctx
)

// Offline is the id of the rules, which need no configuration.
const Offline = "offline"

// Custom is the id of a service described by DBCHAPTER_BASE_URL and its
// companions.
const Custom = "custom"

// Config is everything a wire protocol needs to reach one model. The fields
// with a YAML name may stand in presets.yaml and in a configuration file; the
// key never does, it has its own ways (see Settings).
type Config struct {
	ID       string   `yaml:"id"`
	Name     string   `yaml:"name"` // 深度求索
	Protocol Protocol `yaml:"protocol"`
	BaseURL  string   `yaml:"base_url"`
	Model    string   `yaml:"model"` // "" on a local server: the first one it lists
	Key      Secret   `yaml:"-"`

	Auth      string            `yaml:"auth"`    // header that carries the key; "" and "bearer" are Authorization: Bearer
	Headers   map[string]string `yaml:"headers"` // further headers, none of them secret
	MaxTokens int               `yaml:"max_tokens"`
	MaxParam  string            `yaml:"max_param"` // max_tokens or max_completion_tokens
	Context   int               `yaml:"context"`   // tokens that prompt and answer may fill, 0 unknown
	NoThink   map[string]any    `yaml:"no_think"`  // fields that turn thinking off
	Think     bool              `yaml:"think"`     // leave thinking as the service has it
	Extra     map[string]any    `yaml:"extra"`     // further fields of the request
	Parallel  int               `yaml:"parallel"`  // requests at once, 0 is 3
	NoKey     bool              `yaml:"no_key"`    // the server asks for none

	KeyURL  string `yaml:"key_url"`   // page where a key is made
	TopUp   string `yaml:"topup_url"` // page where the balance is
	Start   string `yaml:"start"`     // command that starts a local server
	Sibling string `yaml:"sibling"`   // id of the same service in another region
	Price   Price  `yaml:"price"`

	FirstByte time.Duration `yaml:"first_byte"` // silence allowed before the answer begins
	Idle      time.Duration `yaml:"idle"`       // silence allowed inside the answer
	Total     time.Duration `yaml:"total"`      // for one section
}

// Price is what a million tokens cost, as the person's own configuration says:
// nobody here verifies price lists, so no preset has one.
type Price struct {
	Input    float64 `yaml:"input"`
	Output   float64 `yaml:"output"`
	Currency string  `yaml:"currency"` // ¥ when empty
}

// Host is where the data goes: host and port of the base URL.
func (c Config) Host() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return u.Host
}

// Local says whether the server runs on this machine.
func (c Config) Local() bool {
	u, err := url.Parse(c.BaseURL)
	return err == nil && Loopback(u.Hostname())
}

// Info describes the configured drafter to people.
func (c Config) Info() Info {
	return Info{ID: c.ID, Name: c.Name, Model: c.Model, Host: c.Host()}
}

// IsOffline says that nobody chose a model.
func (c Config) IsOffline() bool { return c.ID == Offline }

// Loopback says whether host names this machine without asking a name server.
func Loopback(host string) bool {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// modelName is what a model may be called: it is printed and sent, so it must
// not hold blanks or control characters.
var modelName = pattern.New(`^[\p{L}\p{N}][\p{L}\p{N}._:/@+~-]{0,199}$`)

// Validate says everything that is wrong with a configuration, as one *Error
// of kind Config, before a byte is sent.
func (c Config) Validate() error {
	var wrong, hints []string
	add := func(what, hint string) {
		if what != "" {
			wrong, hints = append(wrong, what), append(hints, hint)
		}
	}
	switch c.Protocol {
	case OpenAI, Anthropic, Ollama:
	default:
		add(fmt.Sprintf("协议 %q 不认识", string(c.Protocol)), "协议写 openai、anthropic 或 ollama（DBCHAPTER_PROTOCOL）")
	}
	if _, what := CheckURL(c.BaseURL); what != "" {
		add(what, "用 --base-url 或 DBCHAPTER_BASE_URL 给出，如 https://api.example.com/v1")
	}
	switch {
	case c.Model == "" && !c.Local():
		add("没有指定模型", "用 --model 或 DBCHAPTER_MODEL 指定")
	case c.Model != "" && !modelName.MatchString(c.Model):
		add(fmt.Sprintf("模型名 %q 不合法", cutRunes(c.Model, 40)), "模型名只含字母、数字和 ._:/@+-")
	}
	switch {
	case !c.Key.Set() && !c.NoKey && !c.Local():
		add("没有密钥", c.keyHint())
	case c.Key.Sound() != "":
		add(c.Key.Sound(), c.keyHint())
	}
	if len(wrong) == 0 {
		return nil
	}
	return &Error{
		Kind: BadConfig, Hint: strings.Join(hints, "；"),
		Message: fmt.Sprintf("模型服务 %s 的配置不完整：%s", c.label(), strings.Join(wrong, "；")),
	}
}

func (c Config) label() string {
	if c.Name == "" || c.Name == c.ID {
		return fmt.Sprintf("%q", c.ID)
	}
	return fmt.Sprintf("%s（%s）", c.Name, c.ID)
}

func (c Config) keyHint() string {
	name := "DBCHAPTER_API_KEY" // read for custom only, unless DBCHAPTER_DRAFTER names the service
	if p, ok := PresetByID(c.ID); ok && len(p.KeyEnv) > 0 {
		name = p.KeyEnv[0]
	}
	hint := "设环境变量 " + name + "，或在配置文件写 api_key: env:变量名"
	if c.KeyURL != "" {
		hint += "；申请密钥：" + c.KeyURL
	}
	return hint
}

// CheckURL reads the address of a service; what is wrong with it comes back in
// Chinese, without the address when it could hold a secret. Only https, or http
// to this machine; no user, query or fragment (reliability.md T10).
func CheckURL(raw string) (u *url.URL, wrong string) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return nil, "没有服务地址"
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		return nil, "服务地址不是合法的网址"
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, "服务地址要以 https:// 开头"
	case u.User != nil:
		return nil, "服务地址里不能有用户名或密码"
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, "服务地址里不能有 ? 或 # 之后的部分"
	case u.Hostname() == "":
		return nil, "服务地址里没有主机名"
	case strings.ContainsFunc(u.Hostname(), func(r rune) bool { return r > 0x7e }):
		return nil, "服务地址的主机名含有非英文字符"
	case u.Scheme == "http" && !Loopback(u.Hostname()):
		return nil, fmt.Sprintf("明文 http 只允许连本机，%s 要用 https", u.Host)
	}
	return u, ""
}

// hostPort reads OLLAMA_HOST, which may be a host, a port or both, and gives a
// base URL; a server bound to every address is reached on loopback.
func hostPort(raw, port string) string {
	raw = strings.TrimRight(strings.TrimSpace(raw), "/")
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		scheme, rest = "http", raw
	}
	host, p, err := net.SplitHostPort(rest)
	if err != nil {
		host, p = strings.Trim(rest, "[]"), port
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	return scheme + "://" + net.JoinHostPort(host, p)
}

func cutRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
