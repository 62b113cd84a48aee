package edit_test

import (
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/prompt/chapter"
	"dbchapter/ui/i18n"
	"dbchapter/ui/screen"
	"dbchapter/ui/screen/edit"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

const text = "### 缓存设计\n- **策略**：旁路缓存\n\n"

func editor(lang i18n.Lang) edit.Model {
	return edit.New(theme.New(theme.Options{NoColor: true}), i18n.New(lang), chapter.Cache, text)
}

func TestKeys(t *testing.T) {
	for keys, want := range map[string]screen.Event{
		"<esc>":                  screen.Back{},
		"新<esc>":                 nil, // asks
		"新<esc>d":                screen.Back{},
		"新<esc><esc>二<ctrl+s>":   screen.Edited{Section: chapter.Cache, Text: "新二### 缓存设计\n- **策略**：旁路缓存\n"},
		"新<esc><ctrl+s>":         screen.Edited{Section: chapter.Cache, Text: "新### 缓存设计\n- **策略**：旁路缓存\n"},
		"?qs<ctrl+s>":            screen.Edited{Section: chapter.Cache, Text: "?qs### 缓存设计\n- **策略**：旁路缓存\n"},
		"<down><end>，多级<ctrl+s>": screen.Edited{Section: chapter.Cache, Text: "### 缓存设计\n- **策略**：旁路缓存，多级\n"},
		"<ctrl+s>":               screen.Edited{Section: chapter.Cache, Text: "### 缓存设计\n- **策略**：旁路缓存\n"},
		"新<ctrl+e>":              screen.Edit{Section: chapter.Cache, External: true, Text: "新### 缓存设计\n- **策略**：旁路缓存\n"},
	} {
		if got := screentest.Press(screentest.Start(editor(i18n.ZH), 80, 20), keys); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: event = %#v, want %#v", keys, got, want)
		}
	}
}

// TestCaret: the hardware cursor stands where the next character goes.
func TestCaret(t *testing.T) {
	m, _ := screentest.Play(screentest.Start(editor(i18n.ZH), 80, 20), "<down>订单系统")
	c := m.(screen.Cursored).Cursor()
	if c == nil || c.Y != 1 || c.X != 1+8 {
		t.Errorf("%+v", c)
	}
}

// TestEditing: keys that change the text.
func TestEditing(t *testing.T) {
	for keys, want := range map[string]string{
		"一二三<left><backspace>":              "一三### 缓存设计\n- **策略**：旁路缓存\n",
		"<delete><delete>":                  "# 缓存设计\n- **策略**：旁路缓存\n",
		"<end><enter>新行":                    "### 缓存设计\n新行\n- **策略**：旁路缓存\n",
		"<down><backspace>":                 "### 缓存设计- **策略**：旁路缓存\n",
		"<ctrl+k>":                          "\n- **策略**：旁路缓存\n",
		"<ctrl+k><ctrl+k>":                  "- **策略**：旁路缓存\n",
		"<down><end><ctrl+u>x":              "### 缓存设计\nx\n",
		"<end> one two<ctrl+w>":             "### 缓存设计 one \n- **策略**：旁路缓存\n",
		"新的字<ctrl+/>":                       "### 缓存设计\n- **策略**：旁路缓存\n",
		"新<left><right>的<ctrl+/>":           "新### 缓存设计\n- **策略**：旁路缓存\n",
		"新<ctrl+/><ctrl+r>":                 "新### 缓存设计\n- **策略**：旁路缓存\n",
		"<ctrl+end>尾<ctrl+home>头":           "头### 缓存设计\n- **策略**：旁路缓存尾\n",
		"<right><right><down>x":             "### 缓存设计\n- x**策略**：旁路缓存\n",
		"<left><up><pgup><ctrl+/><ctrl+u>x": "x### 缓存设计\n- **策略**：旁路缓存\n",
	} {
		m, _ := screentest.Play(screentest.Start(editor(i18n.ZH), 80, 20), keys)
		if got := m.(edit.Model).Text(); got != want {
			t.Errorf("%q: %q, want %q", keys, got, want)
		}
	}
}

// FuzzKeys: no keys lose the caret from the box, and undoing everything gives
// the text back.
func FuzzKeys(f *testing.F) {
	names := []string{"<up>", "<down>", "<left>", "<right>", "<enter>", "<backspace>", "<delete>", "<ctrl+k>", "<ctrl+u>", "<ctrl+w>", "<end>", "<home>", "<pgdown>", "<pgup>", "字", "a", " ", "，"}
	f.Add([]byte{0, 4, 14, 5, 7, 9}, 20)
	f.Add([]byte{14, 14, 14, 14, 14, 14, 1, 2, 0}, 4)
	f.Fuzz(func(t *testing.T, script []byte, width int) {
		if width < 1 || width > 200 || len(script) > 60 {
			t.Skip()
		}
		m := screentest.Start(editor(i18n.ZH), width, 8)
		for _, b := range script {
			m, _ = screentest.Play(m, names[int(b)%len(names)])
			if c := m.(screen.Cursored).Cursor(); c == nil || c.Y < 0 || c.Y >= 6 || c.X < 0 || width > 4 && c.X >= width {
				t.Fatalf("%v at %d: caret %+v", script, width, c)
			}
		}
		for range len(script) + 1 {
			m, _ = screentest.Play(m, "<ctrl+/>")
		}
		if got := m.(edit.Model).Text(); got != "### 缓存设计\n- **策略**：旁路缓存\n" {
			t.Fatalf("undo gave %q", got)
		}
	})
}

// TestWrapping: a bullet stays with its text.
func TestWrapping(t *testing.T) {
	th := theme.New(theme.Options{NoColor: true})
	m := screentest.Start(edit.New(th, i18n.New(i18n.ZH), chapter.Cache, "- **策略**：旁路缓存旁路缓存旁路缓存旁路缓存，完\n"), 24, 8)
	if first := strings.TrimRight(strings.Split(ansi.Strip(m.View()), "\n")[0], " "); first != " - **策略**：旁路缓存" {
		t.Errorf("%q", first)
	}
}

func TestPaste(t *testing.T) {
	m := screentest.Start(editor(i18n.ZH), 80, 20)
	m, _, _ = m.Update(tea.PasteMsg{Content: "一\r\n二\x1b[2J\u202e"})
	e := screentest.Press(m, "<ctrl+s>").(screen.Edited)
	if want := "一\n二␛[2J⟨U+202E⟩### 缓存设计\n- **策略**：旁路缓存\n"; e.Text != want {
		t.Errorf("%q", e.Text)
	}
}

func TestGolden(t *testing.T) {
	for name, c := range map[string]struct {
		lang          i18n.Lang
		keys          string
		width, height int
	}{
		"text.zh.80":   {i18n.ZH, "", 80, 20},
		"text.en.120":  {i18n.EN, "", 120, 36},
		"asking.zh.80": {i18n.ZH, "新<esc>", 80, 20},
	} {
		m, _ := screentest.Play(screentest.Start(editor(c.lang), c.width, c.height), c.keys)
		t.Run(name, func(t *testing.T) { screentest.Golden(t, name, m.View(), c.width, c.height) })
	}
}
