package llm_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dbchapter/llm"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func file(t *testing.T, src string) llm.Settings {
	t.Helper()
	s, err := llm.ParseSettings("config.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name  string
		in    llm.Sources
		file  string
		local string
		want  string // id model host key, "-" for none
		notes int
	}{
		{name: "nothing is offline", want: "offline - - -"},
		{name: "a key alone decides nothing", in: llm.Sources{Env: env("DEEPSEEK_API_KEY", "k-1", "DBCHAPTER_API_KEY", "k-2", "DBCHAPTER_BASE_URL", "https://x.example/v1")}, want: "offline - - -"},
		{name: "flag", in: llm.Sources{Drafter: "deepseek", Env: env("DEEPSEEK_API_KEY", " k-1\n")}, want: "deepseek deepseek-v4-flash api.deepseek.com k-1"},
		{name: "flag before environment", in: llm.Sources{Drafter: "kimi", Env: env("DBCHAPTER_DRAFTER", "deepseek", "MOONSHOT_API_KEY", "k-1")}, want: "kimi kimi-k3 api.moonshot.cn k-1"},
		{name: "environment before file", in: llm.Sources{Env: env("DBCHAPTER_DRAFTER", "deepseek", "DEEPSEEK_API_KEY", "k-1", "DBCHAPTER_MODEL", "v-9")}, file: "drafter: kimi", want: "deepseek v-9 api.deepseek.com k-1"},
		{name: "file", file: "drafter: kimi\nmodel: kimi-x\nproviders: {kimi: {api_key: 'env:MY'}}", in: llm.Sources{Env: env("MY", "k-7")}, want: "kimi kimi-x api.moonshot.cn k-7"},
		{name: "--offline wins", in: llm.Sources{Offline: true, Drafter: "deepseek"}, want: "offline - - -"},
		{name: "custom by environment", in: llm.Sources{Drafter: "custom", Env: env("DBCHAPTER_BASE_URL", "https://gw.example/v1/", "DBCHAPTER_MODEL", "m", "DBCHAPTER_API_KEY", "k-3")}, want: "custom m gw.example k-3"},
		{name: "custom by base-url flag", in: llm.Sources{BaseURL: "http://127.0.0.1:9/v1/chat/completions", Model: "m"}, want: "custom m 127.0.0.1:9 -"},
		{name: "an address for the drafter of the environment", in: llm.Sources{BaseURL: "https://gw.example/v1", Env: env("DBCHAPTER_DRAFTER", "openai", "OPENAI_API_KEY", "k-5", "DBCHAPTER_MODEL", "m")}, want: "openai m gw.example k-5"},
		{name: "a model for nobody", in: llm.Sources{Model: "m"}, want: "offline - - -", notes: 1},
		{name: "custom by file", file: "drafter: custom\nDBCHAPTER_BASE_URL: https://gw.example\nmodel: m\napi_key: 'cmd:pass show x'", in: llm.Sources{Run: func(c string) (string, error) { return "k-" + c[:4] + "\nmore\n", nil }}, want: "custom m gw.example k-pass"},
		{name: "our address is not another's", in: llm.Sources{Drafter: "deepseek", Env: env("DBCHAPTER_BASE_URL", "https://evil.example", "DBCHAPTER_API_KEY", "k-other", "DEEPSEEK_API_KEY", "k-1")}, want: "deepseek deepseek-v4-flash api.deepseek.com k-1"},
		{name: "a service of one's own", file: "drafter: gw\nproviders: {gw: {base_url: 'https://gw.example/v1', model: m2, api_key: k-9}}", want: "gw m2 gw.example k-9"},
		{name: "a preset changed", file: "drafter: ollama\nproviders: {ollama: {model: 'qwen3:8b', context: 16384}}", in: llm.Sources{Env: env("OLLAMA_HOST", "0.0.0.0:7777")}, want: "ollama qwen3:8b 127.0.0.1:7777 -"},
		{name: "azure", in: llm.Sources{Drafter: "azure", Model: "dep", Env: env("AZURE_OPENAI_ENDPOINT", "https://me.openai.azure.com/", "AZURE_OPENAI_API_KEY", "k-4")}, want: "azure dep me.openai.azure.com k-4"},
		{name: "the directory may not say where data goes", local: "drafter: custom\nbase_url: https://evil.example\napi_key: k\nprotocol: openai\nproviders: {x: {base_url: 'https://evil.example'}}", want: "offline - - -", notes: 5},
		{name: "the directory may choose what the user set up", local: "drafter: gw\nmodel: m3", file: "drafter: offline\nproviders: {gw: {base_url: 'https://gw.example/v1', model: m2, api_key: k-9}}", want: "gw m3 gw.example k-9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.in.File, c.in.Local = file(t, c.file), file(t, c.local)
			got, err := llm.Resolve(c.in)
			if err != nil {
				t.Fatal(err)
			}
			f := got.Config
			parts := []string{f.ID, f.Model, f.Host(), f.Key.Reveal()}
			for i := range parts {
				if parts[i] == "" {
					parts[i] = "-"
				}
			}
			if s := strings.Join(parts, " "); s != c.want || len(got.Notes) != c.notes {
				t.Errorf("got %q, notes %q; want %q, %d notes", s, got.Notes, c.want, c.notes)
			}
		})
	}
}

func TestResolveRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		in   llm.Sources
		says []string
	}{
		"unknown drafter":      {llm.Sources{Drafter: "gpt9"}, []string{"gpt9", "可用"}},
		"everything missing":   {llm.Sources{Drafter: "custom"}, []string{"没有服务地址", "没有指定模型", "没有密钥", "DBCHAPTER_MODEL"}},
		"http to elsewhere":    {llm.Sources{BaseURL: "http://192.0.2.1/v1", Model: "m", Env: env("DBCHAPTER_API_KEY", "k")}, []string{"192.0.2.1", "https"}},
		"key with a blank":     {llm.Sources{Drafter: "deepseek", Env: env("DEEPSEEK_API_KEY", "sk-a b")}, []string{"空格"}},
		"key in full width":    {llm.Sources{Drafter: "deepseek", Env: env("DEEPSEEK_API_KEY", "ｓｋ-abc")}, []string{"全角"}},
		"bad protocol":         {llm.Sources{BaseURL: "https://x.example", Model: "m", Env: env("DBCHAPTER_API_KEY", "k", "DBCHAPTER_PROTOCOL", "soap")}, []string{"soap"}},
		"reference to nothing": {llm.Sources{Drafter: "kimi", File: llm.Settings{}, Env: env()}, []string{"没有密钥"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := llm.Resolve(c.in)
			var e *llm.Error
			if !errors.As(err, &e) || e.Kind != llm.BadConfig {
				t.Fatalf("err = %v", err)
			}
			for _, s := range c.says {
				if !strings.Contains(e.Message+e.Hint, s) {
					t.Errorf("%q / %q does not say %q", e.Message, e.Hint, s)
				}
			}
		})
	}
}

func TestCheckURL(t *testing.T) {
	for raw, good := range map[string]bool{
		"https://api.example.com/v1":         true,
		" https://api.example.com/v1/ ":      true,
		"http://127.0.0.1:8080/v1":           true,
		"http://localhost:8080":              true,
		"http://[::1]:8080":                  true,
		"http://127.0.0.1.evil.example":      false,
		"http://10.0.0.1":                    false,
		"http://localhost.evil.example":      false,
		"https://user:pass@api.example.com":  false,
		"https://api.example.com/?key=abc":   false,
		"https://api.example.com/#x":         false,
		"file:///etc/passwd":                 false,
		"unix:///run/x":                      false,
		"api.example.com":                    false,
		"https://аpple.example":              false,
		"https://exa mple.com":               false,
		"https://169.254.169.254/latest?x=1": false,
		"https://":                           false,
		"":                                   false,
	} {
		if _, wrong := llm.CheckURL(raw); (wrong == "") != good {
			t.Errorf("CheckURL(%q) = %q, want good %v", raw, wrong, good)
		}
	}
}

func TestPresets(t *testing.T) {
	var ids []string
	for _, p := range llm.Presets() {
		ids = append(ids, p.ID)
		if p.ID == llm.Custom {
			continue
		}
		c := p.Config.Complete()
		if p.ID == "azure" {
			c.BaseURL = "https://me.openai.azure.com/openai/v1"
		}
		c.Model, c.Key = "m", llm.NewSecret("k")
		if err := c.Validate(); err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
		if !p.Local() && len(p.KeyEnv) == 0 {
			t.Errorf("%s has no variable for its key", p.ID)
		}
		if p.Sibling != "" {
			if other, ok := llm.PresetByID(p.Sibling); !ok || other.Sibling != p.ID {
				t.Errorf("%s and %s are not each other's region", p.ID, p.Sibling)
			}
		}
	}
	for _, want := range strings.Fields("deepseek qwen qwen-intl kimi glm doubao siliconflow openai anthropic gemini openrouter azure ollama llamacpp lmstudio vllm custom") {
		if !slices.Contains(ids, want) {
			t.Errorf("no preset %q", want)
		}
	}
}

func TestSettingsNameTheBadKey(t *testing.T) {
	_, err := llm.ParseSettings("c.yaml", []byte("providers:\n  kimi: {modle: x}\n"))
	if err == nil || !strings.Contains(err.Error(), "modle") {
		t.Errorf("err = %v", err)
	}
	s := file(t, "\ufefflang: zh\ndrafter: kimi\n")
	if s.Drafter != "kimi" || s.Rest["lang"] != "zh" {
		t.Errorf("settings = %+v", s)
	}
}

func TestOffers(t *testing.T) {
	got := map[string]llm.Offer{}
	for _, o := range (llm.Sources{Env: env("DEEPSEEK_API_KEY", "sk-CANARY-1234567890")}).Offers() {
		got[o.Info.ID] = o
		if strings.Contains(o.Why, "CANARY") {
			t.Errorf("%q shows the key", o.Why)
		}
	}
	if o := got["deepseek"]; !o.Ready || !strings.Contains(o.Why, "DEEPSEEK_API_KEY") || o.Info.Host != "api.deepseek.com" {
		t.Errorf("deepseek: %+v", o)
	}
	if o := got["kimi"]; o.Ready || !strings.Contains(o.Why, "没有密钥") {
		t.Errorf("kimi: %+v", o)
	}
	if o := got["offline"]; !o.Ready {
		t.Errorf("offline: %+v", o)
	}
}
