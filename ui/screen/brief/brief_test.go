package brief_test

import (
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
	"dbchapter/ui/screen"
	screenbrief "dbchapter/ui/screen/brief"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

// shop is a small valid brief.
func shop(t *testing.T) brief.Brief {
	t.Helper()
	b := brief.Brief{
		BaseDate: "2027-01-01",
		System:   brief.System{Name: "商城平台", Code: "mall", Summary: "消费者下单、支付，商家发货，平台对账", DAU: brief.Some(int64(200_000))},
		Databases: []brief.Database{
			{Engine: "MySQL", Version: "8.4"},
			{Engine: "Redis", Version: "7.2"},
		},
		Services: []brief.Service{{Name: "用户服务", Code: "user"}, {Name: "订单服务", Code: "order", Duty: "下单与状态流转"}},
	}
	for _, line := range []string{
		"用户 users @user master 2M+3k/d~0 : 手机号 phone#, 昵称 nickname, 状态 status{1正常,2冻结} | get phone",
		"订单 orders @order txn 20M+120k/d~365 : 订单号 order_no#, 用户ID user_id>users, 总金额 total_amount, 状态 status{1待支付,2已支付,3已取消} | get order_no; list user_id>created_at-",
		"订单明细 order_items @order detail 50M+300k/d~365 : 订单号 order_no>orders, 商品名 product_name, 数量 quantity | list order_no>id+",
	} {
		e, ps := brief.ParseEntity(line)
		if len(ps.Errors()) > 0 {
			t.Fatal(ps)
		}
		b.Entities = append(b.Entities, e)
	}
	return b
}

func open(b brief.Brief, mode screenbrief.Mode, w, h int) *screenbrief.Model {
	m := screenbrief.New(theme.New(theme.Options{}), i18n.New(i18n.ZH), b, mode)
	return screentest.Start(m, w, h).(*screenbrief.Model)
}

func play(m *screenbrief.Model, keys string) (*screenbrief.Model, []screen.Event) {
	next, events := screentest.Play(m, keys)
	return next.(*screenbrief.Model), events
}

func names(b brief.Brief) string {
	var out []string
	for _, e := range b.Entities {
		out = append(out, e.Name)
	}
	return strings.Join(out, " ")
}

// TestEntityKeys reads like hands on the keyboard on step 4.
func TestEntityKeys(t *testing.T) {
	for keys, want := range map[string]string{
		"j":            "用户 订单 订单明细",
		"y":            "用户 用户2 订单 订单明细",
		"J":            "订单 用户 订单明细",
		"GK":           "用户 订单明细 订单",
		"K":            "用户 订单 订单明细",
		"d":            "用户 订单 订单明细", // asks
		"dn":           "用户 订单 订单明细",
		"dd":           "用户 订单 订单明细", // the same key twice deletes nothing
		"dy":           "订单 订单明细",
		"dyu":          "用户 订单 订单明细",
		"dyjdyuu":      "用户 订单 订单明细",
		"dyu<ctrl+r>":  "订单 订单明细",
		"/明细<enter>dy": "用户 订单",
		"/明细<esc>dy":   "订单 订单明细",
		"a退款单: 退款单号#, 金额<enter>":                   "用户 订单 订单明细 退款单",
		"a退款单: 退款单号#<enter>发票: 发票号#<enter><esc>":   "用户 订单 订单明细 退款单 发票",
		"a订单: 单号<enter>":                           "用户 订单 订单明细", // taken
		"a退款单: 退款单号#<esc>":                         "用户 订单 订单明细",
		"a退款单: 退款单号#<esc><tab><shift+tab>a<enter>": "用户 订单 订单明细 退款单", // half-typed is still there
		"a<enter>": "用户 订单 订单明细",
		"v甲类: 编号#<enter>乙类: 编号#<ctrl+s>":  "用户 订单 订单明细 甲类 乙类",
		"v甲类: 编号#<enter>乙类: 编号#<ctrl+s>u": "用户 订单 订单明细",
	} {
		m, _ := play(open(shop(t), screenbrief.Board, 80, 20), "4"+keys)
		if got := names(m.Brief()); got != want {
			t.Errorf("%q: entities %q, want %q", keys, got, want)
		}
	}
}

// TestSteps goes through the steps and out at both ends.
func TestSteps(t *testing.T) {
	for keys, want := range map[string]screen.Event{
		"<tab>":                 nil,
		"<shift+tab>":           screen.Back{},
		"<esc>":                 screen.Back{},
		"?":                     screen.Help{},
		"4?":                    screen.Help{},
		"5<shift+tab>":          nil,
		"4a?":                   nil, // a letter of the line
		"/?":                    nil,
		"<ctrl+n><ctrl+p>":      nil,
		"4a订<ctrl+n>":           nil,
		"<enter>名<esc><esc>":    screen.Back{},
		"4/订单<enter><esc>":      nil, // clears the filter
		"4/订单<enter><esc><esc>": screen.Back{},
	} {
		if got := screentest.Press(open(shop(t), screenbrief.Board, 80, 20), keys); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: event %#v, want %#v", keys, got, want)
		}
	}
	for _, keys := range []string{"<ctrl+g>", "5<enter>", "5<tab>", "<tab><tab><tab><tab><tab>"} {
		_, events := play(open(shop(t), screenbrief.Board, 80, 20), keys)
		if len(events) == 0 {
			t.Errorf("%q: no event", keys)
			continue
		}
		if _, ok := events[len(events)-1].(screen.BriefReady); !ok {
			t.Errorf("%q: %#v", keys, events)
		}
	}
}

// TestNothingIsReadyWithoutEntities says what is missing and goes there.
func TestNothingIsReadyWithoutEntities(t *testing.T) {
	b := shop(t)
	b.Entities = nil
	m, events := play(open(b, screenbrief.Board, 80, 20), "<ctrl+g>")
	if len(events) != 0 || m.Step() != int(screenbrief.Entities) {
		t.Errorf("events %v, step %d", events, m.Step())
	}
	if !strings.Contains(ansi.Strip(m.View()), "实体") {
		t.Errorf("view does not say what is missing:\n%s", ansi.Strip(m.View()))
	}
}

// TestEveryFieldChangeIsAnEvent edits the system form: a row is written when
// it is left, wrong ones stay half-typed and come back.
func TestEveryFieldChangeIsAnEvent(t *testing.T) {
	m, events := play(open(shop(t), screenbrief.Board, 80, 20), "<enter><ctrl+u>新商城<tab><ctrl+u>短<tab><esc>")
	if len(events) != 1 {
		t.Fatalf("events %#v", events)
	}
	if got := m.Brief().System; got.Name != "新商城" || got.Summary == "短" {
		t.Errorf("system %q %q", got.Name, got.Summary)
	}
	if half := m.Half()["system.summary"]; half != "短" {
		t.Errorf("half-typed %q", half)
	}
	if v := ansi.Strip(m.View()); !strings.Contains(v, "未写完") {
		t.Errorf("the half-typed row is not marked:\n%s", v)
	}
	m, _ = play(m, "<home>gj<enter>他<esc>")
	if half := m.Half()["system.summary"]; half != "短他" {
		t.Errorf("after opening again %q", half)
	}
}

// TestNumbers takes what people write.
func TestNumbers(t *testing.T) {
	for typed, want := range map[string]int64{"80万": 800_000, "1.5亿": 150_000_000, "300k": 300_000, "1,200": 1200, "８０万": 800_000} {
		m, _ := play(open(shop(t), screenbrief.Board, 80, 20), "jjjjj<enter><ctrl+u>"+typed+"<enter>")
		if got := m.Brief().System.DAU; got.V != want {
			t.Errorf("%q: dau %d, want %d", typed, got.V, want)
		}
	}
	m, _ := play(open(shop(t), screenbrief.Board, 80, 20), "jjjjj<enter><ctrl+u>海量<enter><esc>")
	if got := m.Brief().System.DAU; got.V != 200_000 || m.Half()["system.dau"] != "海量" {
		t.Errorf("dau %v, half %v", got, m.Half())
	}
	m, _ = play(m, "kx")
	if got := m.Brief().System.DAU; got.Set || len(m.Half()) != 0 {
		t.Errorf("after reset: dau %v, half %v", got, m.Half())
	}
}

// TestPasteManyLines opens the box, whatever was open before; 20,000 lines are
// cut to the limit, wrong lines stay.
func TestPasteManyLines(t *testing.T) {
	m := open(shop(t), screenbrief.Board, 80, 20)
	m, _ = play(m, "4a")
	m = paste(m, "甲类: 编号#\r\n: 没有名称\r\n# 注释\r\n\r\n乙类: 编号#, 名称\r\n")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "第 2 行") {
		t.Errorf("the wrong line is not named:\n%s", v)
	}
	m, _ = play(m, "<ctrl+s>")
	if got := names(m.Brief()); got != "用户 订单 订单明细 甲类 乙类" {
		t.Errorf("entities %q", got)
	}
	if v := ansi.Strip(m.View()); !strings.Contains(v, ": 没有名称") || strings.Contains(v, "甲类") {
		t.Errorf("the wrong line should stay alone:\n%s", v)
	}

	m = open(shop(t), screenbrief.Board, 80, 20)
	m, _ = play(m, "4v")
	m = paste(m, strings.Repeat("订单X: 订单号#, 用户\n", 20_000))
	if v := ansi.Strip(m.View()); !strings.Contains(v, "20001 行，只留前 500 行") {
		t.Errorf("no word about the limit:\n%s", v)
	}
}

func paste(m *screenbrief.Model, text string) *screenbrief.Model {
	next, cmd, _ := m.Update(tea.PasteMsg{Content: text})
	next, _ = screentest.Settle(next, cmd)
	return next.(*screenbrief.Model)
}

// fields are the ways into every text field with what stands before the caret
// in its row after 订单 was typed.
var fields = map[string]struct{ keys, before string }{
	"system form":     {"<enter><ctrl+u>订单", "系统名称"},
	"second row":      {"<enter><tab><ctrl+u>订单", "一句话说明"},
	"list filter":     {"4/订单", "/ "},
	"sheet filter":    {"/订单", "/ "},
	"entity line":     {"4a订单", "   "},
	"entity box":      {"4v订单", " "},
	"service line":    {"3a订单", "   "},
	"service form":    {"3<enter><ctrl+u>订单", "中文名"},
	"database line":   {"2a订单", "   "},
	"database form":   {"2<enter><tab><ctrl+u>订单", "版本"},
	"attribute line":  {"4<enter>a订单", "   "},
	"attribute form":  {"4<enter><enter><ctrl+u>订单", "中文名"},
	"query line":      {"4<enter><right>a订单", "   "},
	"entity head":     {"4<enter><left><enter><ctrl+u>订单", "中文名"},
	"assumption":      {"5/缓存命中<enter>e<ctrl+u>订单", "缓存命中"},
	"assumption find": {"5/订", "/ "},
}

// TestCaret stands behind what was typed in every field, at every size: there
// an input method opens its window.
func TestCaret(t *testing.T) {
	for name, f := range fields {
		for _, size := range [][2]int{{60, 11}, {80, 19}, {100, 25}, {120, 35}} {
			m, _ := play(open(shop(t), screenbrief.Board, size[0], size[1]), f.keys)
			caretBehind(t, name, m, f.before, size)
		}
	}
	for name, keys := range map[string]string{"quick name": "订单", "quick sentence": "名<enter>订单", "quick dau": "<enter>18", "quick own": "<enter>v订单"} {
		m, _ := play(open(brief.Brief{}, screenbrief.Quick, 80, 20), keys)
		caretBehind(t, name, m, " ", [2]int{80, 20})
	}
	m, _ := play(open(brief.Brief{}, screenbrief.Guided, 80, 20), "订单")
	caretBehind(t, "guided", m, " ", [2]int{80, 20})
}

func caretBehind(t *testing.T, name string, m *screenbrief.Model, before string, size [2]int) {
	t.Helper()
	cur := m.Cursor()
	if cur == nil {
		t.Errorf("%s at %v: no caret\n%s", name, size, ansi.Strip(m.View()))
		return
	}
	rows := strings.Split(m.View(), "\n")
	got := ansi.Strip(ansi.Cut(rows[cur.Y], 0, cur.X))
	if !strings.Contains(got, before) || !strings.HasSuffix(got, "订单") && !strings.HasSuffix(got, "订") && !strings.HasSuffix(got, "8") {
		t.Errorf("%s at %v: before the caret %q, want %q…订单", name, size, got, before)
	}
}

// TestInBox draws every page in every size: no line is wider than the box.
func TestInBox(t *testing.T) {
	for _, size := range [][2]int{{60, 11}, {61, 12}, {80, 19}, {99, 25}, {100, 25}, {120, 35}, {200, 50}} {
		for _, keys := range []string{
			"", "<enter>", "2", "2<enter>", "2a", "3", "3<enter>", "4", "4d", "4a订单: 一个字段, 又一个字段", "4v甲: a<enter>:", "4/订",
			"4<enter>", "4<enter><right>", "4<enter><left>", "4<enter><enter>", "5", "5e", "5/",
		} {
			m, _ := play(open(shop(t), screenbrief.Board, size[0], size[1]), keys)
			screentest.InBox(t, m.View(), size[0], size[1])
			if t.Failed() {
				t.Fatalf("%q at %v:\n%s", keys, size, ansi.Strip(m.View()))
			}
		}
	}
}

// TestStaleAnswersAreDropped: only the answer to the newest question counts.
func TestStaleAnswersAreDropped(t *testing.T) {
	m := screenbrief.New(theme.New(theme.Options{}), i18n.New(i18n.ZH), shop(t), screenbrief.Board)
	first := m.Init()
	again := m.Init() // as when the screen is shown anew
	old, fresh := first(), again()
	m.Update(fresh)
	before := m.View()
	m.Update(old)
	if m.View() != before {
		t.Error("an old answer was taken")
	}
}

// TestAssumptionsAreGivenInPlace: enter takes the value and it is no assumption
// any more, esc does not; choices are chosen; what only the rules know of is
// written down with its name.
func TestAssumptionsAreGivenInPlace(t *testing.T) {
	b := shop(t)
	b.Databases = nil
	for keys, want := range map[string]string{
		"5/缓存命中<enter>e<ctrl+u>92%<enter>": "cache_hit: 0.92",
		"5/缓存命中<enter>e<enter>":            "cache_hit: 0.85", // confirmed as it is
		"5/可用性<enter>e<right><enter>":      "sla: \"99.5\"",
		"5/金额类型<enter>e<right><enter>":     "money_type: fen",
		"5/每主从数<enter>e<ctrl+u>3<enter>":   "replicas: 3",
	} {
		m, _ := play(open(b, screenbrief.Board, 80, 20), keys)
		if got := string(m.Brief().YAML()); !strings.Contains(got, want) {
			t.Errorf("%q: no %q in\n%s\n%s", keys, want, got, ansi.Strip(m.View()))
		}
	}
	for _, keys := range []string{"5/缓存命中<enter>e<esc>", "5/缓存命中<enter>e<ctrl+u>多<enter><esc>", "5/缓存命中<enter>e<ctrl+u>92%<esc>"} {
		m, _ := play(open(b, screenbrief.Board, 80, 20), keys)
		if got := m.Brief().System.CacheHit; got.Set {
			t.Errorf("%q: cache hit %v", keys, got)
		}
	}
	m, _ := play(open(b, screenbrief.Board, 80, 20), "5/缓存命中<enter>e<ctrl+u>多<enter>")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "看不懂数字") {
		t.Errorf("no complaint:\n%s", v)
	}
}

// TestQuickOnALowScreen keeps the question in focus on the screen.
func TestQuickOnALowScreen(t *testing.T) {
	for keys, want := range map[string]string{"<enter>": "▸ 2", "<enter><enter>": "▸ 3", "<enter><enter><enter>": "▸ 4", "<enter><enter>7x<enter>": "看不懂数字"} {
		m, _ := play(open(brief.Brief{}, screenbrief.Quick, 60, 11), keys)
		screentest.InBox(t, m.View(), 60, 11)
		if v := ansi.Strip(m.View()); !strings.Contains(v, want) {
			t.Errorf("%q: no %q in\n%s", keys, want, v)
		}
	}
}

// TestHalfTypedTextComesBack in a new screen, as after a crash.
func TestHalfTypedTextComesBack(t *testing.T) {
	m, _ := play(open(shop(t), screenbrief.Board, 80, 20), "<enter><ctrl+u>短<esc>4a退款单: 退款<esc>3v甲服务 a 职责<enter>乙")
	half := m.Half()
	if len(half) != 3 {
		t.Fatalf("half-typed: %v", half)
	}
	fresh := screenbrief.New(theme.New(theme.Options{}), i18n.New(i18n.ZH), m.Brief(), screenbrief.Board).WithHalf(half)
	m = screentest.Start(fresh, 80, 20).(*screenbrief.Model)
	if got := m.Half(); !reflect.DeepEqual(got, half) {
		t.Errorf("came back as %v, was %v", got, half)
	}
	m, _ = play(m, "4a号#<enter>")
	if got := names(m.Brief()); got != "用户 订单 订单明细 退款单" {
		t.Errorf("entities %q", got)
	}
}
