package brief_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen"
	screenbrief "dbchapter/ui/screen/brief"
	"dbchapter/ui/screen/screentest"
)

// ready plays keys on an empty brief and gives what comes out at the end.
func ready(t *testing.T, mode screenbrief.Mode, keys string) (brief.Brief, bool) {
	t.Helper()
	_, events := play(open(brief.Brief{BaseDate: "2027-01-01"}, mode, 80, 20), keys)
	for _, e := range events {
		if r, ok := e.(screen.BriefReady); ok {
			return r.Brief, true
		}
	}
	return brief.Brief{}, false
}

// TestQuickIsQuick: launch (enter on the first door), the keys below, then s
// and enter to save make at most six key presses.
func TestQuickIsQuick(t *testing.T) {
	for keys, preset := range map[string]string{
		"<ctrl+g>":         "ecommerce",
		"<enter>2<ctrl+g>": "edu",
		"<enter>9<ctrl+g>": "parking",
	} {
		b, ok := ready(t, screenbrief.Quick, keys)
		if !ok || b.Preset != preset {
			t.Errorf("%q: ready %v, preset %q", keys, ok, b.Preset)
			continue
		}
		if n := len(screentest.Parse(keys)); 1+n+2 > 6 {
			t.Errorf("%q: %d key presses in all", keys, 1+n+2)
		}
		if errs := brief.Validate(b).Errors(); len(errs) > 0 {
			t.Errorf("%q: %v", keys, errs)
		}
		if b.BaseDate != "2027-01-01" {
			t.Errorf("%q: base date %q", keys, b.BaseDate)
		}
	}
}

func TestQuickAnswers(t *testing.T) {
	b, ok := ready(t, screenbrief.Quick, "我的商城<enter>消费者下单支付，商家发货<enter><right><enter>l<enter><ctrl+u>PostgreSQL 16, redis<enter>")
	if !ok {
		t.Fatal("not ready")
	}
	if b.System.Name != "我的商城" || b.System.Summary != "消费者下单支付，商家发货" || b.Preset != "edu" {
		t.Errorf("%q %q %q", b.System.Name, b.System.Summary, b.Preset)
	}
	if b.System.DAU.V != 500_000 || b.System.PeakReadQPS.Set {
		t.Errorf("dau %v, peak %v: the peak must follow the scale", b.System.DAU, b.System.PeakReadQPS)
	}
	if len(b.Databases) != 2 || b.Databases[0].Engine != "PostgreSQL" || b.Databases[1].Engine != "Redis" {
		t.Errorf("databases %v", b.Databases)
	}
}

func TestQuickOwnEntities(t *testing.T) {
	b, ok := ready(t, screenbrief.Quick, "图书系统<enter>读者借书还书，馆员上架<enter>v读者: 证号#<enter>图书: 书号#, 书名<enter><enter><enter>12万<enter><enter>")
	if !ok || names(b) != "读者 图书" || b.System.DAU.V != 120_000 {
		t.Errorf("ready %v, entities %q, dau %v", ok, names(b), b.System.DAU)
	}
}

// TestQuickNumbersMustBeNumbers stays on a wrong number and says what is right.
func TestQuickNumbersMustBeNumbers(t *testing.T) {
	m, _ := play(open(brief.Brief{}, screenbrief.Quick, 80, 20), "<enter><enter>1x<enter>")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "看不懂数字") {
		t.Errorf("no complaint:\n%s", v)
	}
}

// TestToTheBoard keeps what was answered.
func TestToTheBoard(t *testing.T) {
	m, _ := play(open(brief.Brief{}, screenbrief.Quick, 80, 20), "我的商城<ctrl+b>")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "我的商城") || !strings.Contains(v, "使用者") {
		t.Errorf("not on the board:\n%s", v)
	}
}
