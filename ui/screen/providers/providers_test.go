package providers_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/llm"
	"dbchapter/ui/i18n"
	"dbchapter/ui/screen"
	"dbchapter/ui/screen/providers"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

func page(lang i18n.Lang) screen.Model {
	return screentest.Start(providers.New(theme.New(theme.Options{NoColor: true}), i18n.New(lang), []providers.Choice{
		{Info: llm.Info{ID: "offline", Name: "离线起草"}, Ready: true},
		{Info: llm.Info{ID: "deepseek", Name: "DeepSeek", Model: "deepseek-chat", Host: "api.deepseek.com"}, Ready: true, Why: "在环境变量 DEEPSEEK_API_KEY 中找到密钥"},
		{Info: llm.Info{ID: "qwen", Name: "通义", Model: "qwen3.6-plus", Host: "dashscope.aliyuncs.com"}, Why: "设置环境变量 DASHSCOPE_API_KEY"},
	}, "offline"), 80, 20)
}

func TestKeys(t *testing.T) {
	for keys, want := range map[string]screen.Event{
		"<enter>":   screen.UseDrafter{ID: "offline"},
		"j<enter>":  screen.UseDrafter{ID: "deepseek"},
		"jj<enter>": nil, // not set up
		"jjkk<esc>": screen.Back{},
		"?":         screen.Help{},
	} {
		if got := screentest.Press(page(i18n.ZH), keys); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %#v", keys, got)
		}
	}
}

// TestHost: where the data would go is said before it is chosen.
func TestHost(t *testing.T) {
	m, _ := screentest.Play(page(i18n.ZH), "j")
	if !strings.Contains(ansi.Strip(m.View()), "会发送到 api.deepseek.com") {
		t.Errorf("\n%s", ansi.Strip(m.View()))
	}
}

func TestGolden(t *testing.T) {
	for name, lang := range map[string]i18n.Lang{"list.zh.80": i18n.ZH, "list.en.80": i18n.EN} {
		m, _ := screentest.Play(page(lang), "jj<enter>")
		t.Run(name, func(t *testing.T) { screentest.Golden(t, name, m.View(), 80, 20) })
	}
}
