package brief_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/prompt/brief"
	screenbrief "dbchapter/ui/screen/brief"
)

// TestGuideTellsWhy shows reason, sections, good and bad answer and the
// consequence as it is typed.
func TestGuideTellsWhy(t *testing.T) {
	m, _ := play(open(brief.Brief{}, screenbrief.Guided, 80, 20), "商城平台<enter>消费者下单、支付，商家发货<enter><enter><enter>50万")
	v := ansi.Strip(m.View())
	for _, want := range []string{"日活用户大约多少", "为什么问", "好的回答", "不好的回答", "影响：", "分库分表", "50万", "QPS"} {
		if !strings.Contains(v, want) {
			t.Errorf("no %q in\n%s", want, v)
		}
	}
}

// TestVagueWordsAreAskedBack once; the second enter takes the text.
func TestVagueWordsAreAskedBack(t *testing.T) {
	m, _ := play(open(brief.Brief{}, screenbrief.Guided, 80, 20), "商城平台<enter>支持海量用户的高性能平台<enter>")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "请写数字") && !strings.Contains(v, "请换成数字") {
		t.Errorf("not asked back:\n%s", v)
	}
	m, _ = play(m, "<enter>")
	if got := m.Brief().System.Summary; got != "支持海量用户的高性能平台" {
		t.Errorf("summary %q", got)
	}
}

// TestGuideGoesBothWays and loses nothing, wrong answers included.
func TestGuideGoesBothWays(t *testing.T) {
	m, _ := play(open(brief.Brief{}, screenbrief.Guided, 80, 20), "商城平台<enter>短<shift+tab>新<enter>")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "短") || m.Brief().System.Name != "商城平台新" {
		t.Errorf("name %q, view:\n%s", m.Brief().System.Name, v)
	}
}

// through answers every question of the guide but the entities with enter.
const through = "图书借阅<enter>读者借书还书，馆员上架与盘点<enter><enter><enter>{dau}<enter><enter><enter><enter><enter><enter><enter><enter><enter><enter><enter>"

// TestFollowUpsOnlyWhereTheyMatter: a tiny system is not asked for volumes, a
// large one at most five times.
func TestFollowUpsOnlyWhereTheyMatter(t *testing.T) {
	entities := "读者: 证号#, 姓名<enter>借阅记录: 借阅号#, 读者ID, 状态(借出/归还)<enter><enter>"
	small, _ := play(open(brief.Brief{}, screenbrief.Guided, 100, 30), strings.Replace(through, "{dau}", "200", 1)+entities)
	if v := ansi.Strip(small.View()); small.Step() != int(screenbrief.Assumptions) {
		t.Errorf("small: still asking on step %d\n%s", small.Step(), v)
	}
	large, _ := play(open(brief.Brief{}, screenbrief.Guided, 100, 30), strings.Replace(through, "{dau}", "50万", 1)+entities)
	v := ansi.Strip(large.View())
	if !strings.Contains(v, "借阅记录") || !strings.Contains(v, "如果是") {
		t.Errorf("large: no follow-up\n%s", v)
	}
	large, _ = play(large, "<enter><enter><enter><enter><enter>")
	if large.Step() != int(screenbrief.Assumptions) {
		t.Errorf("more than five follow-ups\n%s", ansi.Strip(large.View()))
	}
}
