package start_test

import (
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/llm"
	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
	"dbchapter/ui/screen"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/screen/start"
	"dbchapter/ui/theme"
)

func first(lang i18n.Lang, drafts ...start.Draft) start.Model {
	return start.New(start.Options{
		Theme: theme.New(theme.Options{NoColor: true}), Words: i18n.New(lang),
		Info:    llm.Info{ID: "offline", Name: "离线起草"},
		Presets: []brief.PresetInfo{{ID: "ecommerce", Name: "电商", Summary: "商品、订单、支付、库存"}, {ID: "parking", Name: "停车", Summary: "出入场、计费、无感支付"}},
		Drafts:  func() []start.Draft { return drafts },
		Remove:  func(string) []start.Draft { return nil },
	})
}

var (
	open  = start.Draft{ID: "d1", Name: "供应链协同平台", Step: "业务实体", Age: "12 分钟前", Open: true}
	saved = start.Draft{ID: "d2", Name: "城泊云智慧停车平台", Step: "已完成", Age: "3 天前"}
)

func TestKeys(t *testing.T) {
	for keys, want := range map[string]screen.Event{
		"<enter>":                        screen.Open{Door: screen.DoorQuick},
		"j<enter>":                       screen.Open{Door: screen.DoorGuided},
		"jj<enter>":                      nil,
		"jj<enter><enter>":               screen.Open{Door: screen.DoorPreset, Arg: "ecommerce"},
		"jj<enter>j<enter>":              screen.Open{Door: screen.DoorPreset, Arg: "parking"},
		"jj<enter><esc>j<enter>":         nil, // import asks for a path
		"jjj<enter>a b.sql<enter>":       screen.Open{Door: screen.DoorImport, Arg: "a b.sql"},
		"jjj<enter>'a b'<enter>":         screen.Open{Door: screen.DoorImport, Arg: "a b"},
		"jjj<enter><enter>":              nil,
		"jjj<enter>p?q<esc>":             nil,
		"jjjj<enter><enter>":             screen.Open{Door: screen.DoorResume, Arg: "d2"},
		"jjjj<enter>j<enter>x.md<enter>": screen.Open{Door: screen.DoorOpen, Arg: "x.md"},
		"jjjjj<enter>":                   screen.Open{Door: screen.DoorExample},
		"jjjjjjjj<enter>":                screen.Open{Door: screen.DoorExample},
		"p":                              screen.PickDrafter{},
		"?":                              screen.Help{},
		"d":                              nil,
	} {
		if got := screentest.Press(screentest.Start(first(i18n.ZH, saved), 80, 20), keys); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: event = %#v, want %#v", keys, got, want)
		}
	}
}

// TestResume: interrupted work is the first row.
func TestResume(t *testing.T) {
	m := screentest.Start(first(i18n.ZH, open, saved), 80, 20)
	if got := screentest.Press(m, "<enter>"); got != (screen.Open{Door: screen.DoorResume, Arg: "d1"}) {
		t.Errorf("%#v", got)
	}
}

// TestRemove asks, and only y removes.
func TestRemove(t *testing.T) {
	m, _ := screentest.Play(screentest.Start(first(i18n.ZH, saved), 80, 20), "jjjj<enter>d")
	if !strings.Contains(ansi.Strip(m.View()), "删除草稿") {
		t.Fatalf("no question:\n%s", m.View())
	}
	kept, _ := screentest.Play(m, "<esc>")
	if !strings.Contains(ansi.Strip(kept.View()), "城泊云") {
		t.Error("esc removed it")
	}
	gone, _ := screentest.Play(m, "y")
	if strings.Contains(ansi.Strip(gone.View()), "城泊云") {
		t.Error("y did not")
	}
}

func TestPaste(t *testing.T) {
	m, _ := screentest.Play(screentest.Start(first(i18n.ZH), 80, 20), "jjj<enter>")
	m, _, _ = m.Update(tea.PasteMsg{Content: "/tmp/订单\u202e.sql\n"})
	if got := screentest.Press(m, "<enter>"); got != (screen.Open{Door: screen.DoorImport, Arg: "/tmp/订单⟨U+202E⟩.sql"}) {
		t.Errorf("%#v", got)
	}
	if c := m.(screen.Cursored).Cursor(); c == nil {
		t.Error("no caret in the path field")
	}
}

func TestGolden(t *testing.T) {
	for name, c := range map[string]struct {
		lang          i18n.Lang
		keys          string
		drafts        []start.Draft
		width, height int
	}{
		"doors.zh.80":    {i18n.ZH, "", []start.Draft{saved}, 80, 20},
		"doors.zh.120":   {i18n.ZH, "", nil, 120, 36},
		"doors.en.80":    {i18n.EN, "", nil, 80, 20},
		"resume.zh.80":   {i18n.ZH, "", []start.Draft{open, saved}, 80, 20},
		"presets.zh.80":  {i18n.ZH, "jj<enter>", nil, 80, 20},
		"presets.en.120": {i18n.EN, "jj<enter>", nil, 120, 36},
		"drafts.zh.80":   {i18n.ZH, "jjjj<enter>", []start.Draft{saved}, 80, 20},
		"import.zh.80":   {i18n.ZH, "jjj<enter>需求.txt", nil, 80, 20},
		"doors.zh.60":    {i18n.ZH, "", nil, 60, 12},
	} {
		m, _ := screentest.Play(screentest.Start(first(c.lang, c.drafts...), c.width, c.height), c.keys)
		t.Run(name, func(t *testing.T) { screentest.Golden(t, name, m.View(), c.width, c.height) })
	}
}
