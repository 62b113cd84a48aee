package brief_test

import (
	"reflect"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
	screenbrief "dbchapter/ui/screen/brief"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

// TestResume: after a crash in the middle of a word the same screen is there,
// with the word, wherever it was typed.
func TestResume(t *testing.T) {
	for name, c := range map[string]struct {
		mode  screenbrief.Mode
		empty bool
		keys  string
	}{
		"quick name":     {screenbrief.Quick, true, "供应链协"},
		"quick sentence": {screenbrief.Quick, true, "供应链协同平台<enter>采购、仓储"},
		"quick own":      {screenbrief.Quick, true, "供应链协同平台<enter>采购、仓储与结算<enter>v采购单: 采购单号#<enter>供应"},
		"quick dau":      {screenbrief.Quick, true, "甲<enter>采购、仓储与结算<enter>2312万"},
		"quick engines":  {screenbrief.Quick, true, "甲<enter>采购、仓储与结算<enter>2L<enter>, MongoDB"},
		"guided name":    {screenbrief.Guided, true, "供应"},
		"guided wrong":   {screenbrief.Guided, true, "供应链平台<enter>采购、仓储与结算<enter><enter><enter>海量"},
		"guided choice":  {screenbrief.Guided, true, "供应链平台<enter>采购、仓储与结算<enter><down><down>"},
		"sheet":          {screenbrief.Board, false, "<enter>二期"},
		"database":       {screenbrief.Board, false, "2j<enter><down>主"},
		"new service":    {screenbrief.Board, false, "3a结算服务 settle 对"},
		"service again":  {screenbrief.Board, false, "3ja<esc>e，对账"},
		"entity head":    {screenbrief.Board, false, "4j<enter><right><right><enter>表"},
		"attribute":      {screenbrief.Board, false, "4j<enter>a收货地"},
		"attribute form": {screenbrief.Board, false, "4j<enter>j<enter>甲"},
		"query":          {screenbrief.Board, false, "4j<enter><right>a按"},
	} {
		t.Run(name, func(t *testing.T) {
			b := shop(t)
			if c.empty {
				b = brief.Brief{BaseDate: "2027-01-01"}
			}
			m, _ := play(open(b, c.mode, 110, 30), c.keys)
			half, place := m.Half(), m.Place()
			if len(half) == 0 || place == "" {
				t.Fatalf("half %v, place %q in\n%s", half, place, ansi.Strip(m.View()))
			}
			kept, err := brief.Parse("draft", m.Brief().YAML())
			if err != nil {
				t.Fatal(err)
			}
			fresh := screenbrief.New(theme.New(theme.Options{}), i18n.New(i18n.ZH), kept, screenbrief.Board).
				At(screenbrief.Step(m.Step())).Resume(place, half)
			fresh = screentest.Start(fresh, 110, 30).(*screenbrief.Model)
			if got := fresh.Half(); !reflect.DeepEqual(got, half) {
				t.Errorf("half came back as %v, was %v", got, half)
			}
			if a, z := ansi.Strip(m.View()), ansi.Strip(fresh.View()); a != z && c.mode != screenbrief.Board {
				t.Errorf("came back as\n%s\nwas\n%s", z, a)
			}
			if got := fresh.Place(); got != place {
				t.Errorf("place came back as %q, was %q", got, place)
			}
			a, _ := play(m, "再<right>")
			z, _ := play(fresh, "再<right>")
			if !reflect.DeepEqual(a.Half(), z.Half()) {
				t.Errorf("typing on gives %v, was %v", z.Half(), a.Half())
			}
			if c := z.Cursor(); (c == nil) != (a.Cursor() == nil) {
				t.Errorf("caret %v, was %v in\n%s", c, a.Cursor(), ansi.Strip(z.View()))
			}
		})
	}
}

// TestNothingHalfTyped: who only looks at a row has typed nothing.
func TestNothingHalfTyped(t *testing.T) {
	m := open(shop(t), screenbrief.Board, 110, 30)
	for _, keys := range []string{"1g", "2", "2j", "3", "4<enter>", "4<enter><right>", "4<enter><right><right>"} {
		m, _ = play(m, keys+"<enter>")
		for range 20 {
			if half := m.Half(); len(half) != 0 {
				t.Errorf("after %q: %v", keys, half)
				break
			}
			m, _ = play(m, "<down>")
		}
		m, _ = play(m, "<esc><esc><esc>")
	}
	for _, mode := range []screenbrief.Mode{screenbrief.Quick, screenbrief.Guided} {
		if half := open(brief.Brief{}, mode, 110, 30).Half(); len(half) != 0 {
			t.Errorf("%s begins with %v", mode, half)
		}
	}
}
