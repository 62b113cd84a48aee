package brief_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
	screenbrief "dbchapter/ui/screen/brief"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

// parking is a large, complete brief.
func parking(t *testing.T) brief.Brief {
	t.Helper()
	src, err := os.ReadFile("testdata/parking_brief.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Parse("parking_brief.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestScreens draws what people see; the sizes are those of terminals of
// 80×24, 100×30 and 120×40 without the frame.
func TestScreens(t *testing.T) {
	for _, c := range []struct {
		name  string
		brief func(*testing.T) brief.Brief
		mode  screenbrief.Mode
		keys  string
	}{
		{"system", parking, screenbrief.Board, "jjjjj"},
		{"system_form", shop, screenbrief.Board, "jjjjj<enter><ctrl+u>50万"},
		{"databases", parking, screenbrief.Board, "2"},
		{"services", parking, screenbrief.Board, "3jj"},
		{"entities", parking, screenbrief.Board, "4jjjjjj"},
		{"entity_line", parking, screenbrief.Board, "4a优惠券 @payment: 券号#, 面值金额, 车主ID, 状态(未用/已用/过期)"},
		{"entity", parking, screenbrief.Board, "4jjjjjj<enter>"},
		{"attribute_form", shop, screenbrief.Board, "4<enter><enter>"},
		{"paste", shop, screenbrief.Board, "4v甲类: 编号#, 名称<enter>乙类 @nobody: 编号#<enter>丙类: {"},
		{"delete", shop, screenbrief.Board, "4jd"},
		{"assumptions", shop, screenbrief.Board, "5"},
		{"empty", func(*testing.T) brief.Brief { return brief.Brief{} }, screenbrief.Board, "4"},
		{"quick", func(*testing.T) brief.Brief { return brief.Brief{} }, screenbrief.Quick, "<enter>9"},
		{"guided", func(*testing.T) brief.Brief { return brief.Brief{} }, screenbrief.Guided, "商城平台<enter>消费者下单、支付，商家发货<enter><enter><enter>50万"},
	} {
		for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}} {
			m, _ := play(open(c.brief(t), c.mode, size[0], size[1]-5), c.keys)
			screentest.Golden(t, fmt.Sprintf("%s_%dx%d", c.name, size[0], size[1]), m.View(), size[0], size[1]-5)
		}
	}
}

// TestEnglish has a word for everything that is shown: a missing one stands in
// brackets.
func TestEnglish(t *testing.T) {
	for name, keys := range map[string]string{"system": "jjjjj<enter>", "entities": "4jjjjjj", "assumptions": "5"} {
		m := screenbrief.New(theme.New(theme.Options{ASCII: true}), i18n.New(i18n.EN), parking(t), screenbrief.Board)
		shown, _ := screentest.Play(screentest.Start(m, 120, 35), keys)
		screentest.Golden(t, "en_"+name, shown.View(), 120, 35)
	}
	for _, l := range []i18n.Lang{i18n.ZH, i18n.EN} {
		for _, mode := range []screenbrief.Mode{screenbrief.Board, screenbrief.Quick, screenbrief.Guided} {
			for _, keys := range []string{"", "<enter>", "2", "2<enter>", "3<enter>", "4<enter>", "4<enter><enter>", "4<enter><right><enter>", "4<enter><left>", "5", "<enter><enter><enter>"} {
				m := screenbrief.New(theme.New(theme.Options{}), i18n.New(l), shop(t), mode)
				shown, _ := screentest.Play(screentest.Start(m, 120, 35), keys)
				if v := shown.View(); strings.Contains(v, "[brief.") {
					t.Errorf("%s %s %q: a label is missing:\n%s", l, mode, keys, ansi.Strip(v))
				}
			}
		}
	}
}
