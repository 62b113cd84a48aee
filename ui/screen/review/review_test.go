package review_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
	"dbchapter/ui/i18n"
	"dbchapter/ui/markdown"
	"dbchapter/ui/screen"
	"dbchapter/ui/screen/review"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

func sample(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("testdata/shop.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// findings stands for the checker: one warning that can be fixed and one error
// that cannot.
func findings(_ *design.Design, text string) check.Report {
	at := func(s string) int {
		before, _, ok := strings.Cut(text, s)
		if !ok {
			return 0
		}
		return strings.Count(before, "\n") + 1
	}
	fix := "改为“24小时 + 随机0~10分钟”"
	r := check.Report{Score: check.Score{Total: 93}}
	if line := at("TTL: 1小时\n"); line > 0 {
		r.Findings = append(r.Findings, check.Finding{Rule: "L401", Severity: check.Warn, Section: chapter.Cache, Line: line, Message: "TTL 没有随机偏移，同时失效会压垮数据库", Fix: &fix, Safe: true})
	}
	r.Findings = append(r.Findings, check.Finding{Rule: "X206", Severity: check.Error, Section: chapter.Sharding, Line: at("orders_YYYYMM"), Message: "备注与策略不一致"})
	return r
}

func mend(_ *design.Design, text string) (string, []chapter.Fixed) {
	return strings.ReplaceAll(text, "TTL: 1小时\n", "TTL: 24小时 + 随机0~10分钟\n"), []chapter.Fixed{{Step: "L401"}}
}

func trace() *design.Design {
	return &design.Design{Decisions: []design.Decision{
		{Section: "sharding", Object: "orders", Input: "日增 20万 × 3 年（年增 30%）= 2.6亿行", Rule: "domain.md §3.7", Result: "按月分表", Change: "日增低于 4 万时不拆"},
		{Section: "cache", Input: "命中率 85%", Rule: "domain.md §3.11", Result: "3 条缓存", Change: "没有热点表"},
	}}
}

func shop(t *testing.T, lang i18n.Lang) review.Model {
	th := theme.New(theme.Options{NoColor: true})
	return review.New(review.Options{
		Theme: th, Words: i18n.New(lang), Renderer: markdown.New(th), Text: sample(t),
		Design: trace(), Other: "通义", Check: findings, Fix: mend,
	})
}

func opened(t *testing.T, width, height int) screen.Model {
	return screentest.Start(shop(t, i18n.ZH), width, height)
}

// TestKeys is the key table of product.md §3, as hands on a keyboard.
func TestKeys(t *testing.T) {
	for keys, want := range map[string]screen.Event{
		"":                  nil,
		"j":                 nil,
		"r":                 nil,
		"jr<enter>":         screen.Rework{Section: chapter.Tables},
		"4r多级缓存<enter>":     screen.Rework{Section: chapter.Cache, Hint: "多级缓存"},
		"r<esc>":            nil,
		"R":                 nil,
		"R<esc>":            nil,
		"Ry":                screen.ReworkAll{},
		"7e":                screen.Edit{Section: chapter.Backup},
		"3E":                screen.Edit{Section: chapter.Sharding, External: true},
		"Ge":                screen.Edit{Section: chapter.Backup},
		"Gge":               screen.Edit{Section: chapter.Architecture},
		"jjke":              screen.Edit{Section: chapter.Tables},
		"2<right>je":        screen.Edit{Section: chapter.Tables},
		"2<right>jjje":      screen.Edit{Section: chapter.Sharding},
		"2<right>jj<left>e": screen.Edit{Section: chapter.Tables},
		"3c":                screen.Compare{Section: chapter.Sharding},
		"b":                 screen.ToBrief{},
		"<esc>":             screen.ToBrief{},
		"s":                 screen.ToSave{},
		"?":                 screen.Help{},
		"f?":                screen.Help{},
		"u":                 nil,
		"<ctrl+r>":          nil,
		"h":                 nil,
		"d":                 nil,
		"/e":                nil,
		"/订单<enter>e":       screen.Edit{Section: chapter.Architecture},
		"3lr":               nil,
		"3lr<enter>":        nil,
		"w<esc>s":           screen.ToSave{},
		"f<esc>s":           screen.ToSave{},
		"fs":                nil,
		"x<tab>s":           screen.ToSave{},
		"<tab>jjj<pgdown>s": screen.ToSave{},
		"f<enter><esc>e":    screen.Edit{Section: chapter.Cache},
		"fj<enter><esc>e":   screen.Edit{Section: chapter.Sharding},
	} {
		if got := screentest.Press(opened(t, 100, 30), keys); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: event = %#v, want %#v", keys, got, want)
		}
	}
}

func text(m screen.Model) string { return m.(review.Model).Text() }

// TestChanges: what keys do to the chapter, and that undo brings everything
// back.
func TestChanges(t *testing.T) {
	src := sample(t)
	m := opened(t, 100, 30)

	m, events := screentest.Play(m, "3l")
	want := screen.ChapterChanged{Text: src, Locked: map[chapter.Section]bool{chapter.Sharding: true}}
	if !reflect.DeepEqual(events, []screen.Event{want}) {
		t.Fatalf("lock: %#v", events)
	}
	m, events = screentest.Play(m, "u")
	if e := events[0].(screen.ChapterChanged); e.Locked[chapter.Sharding] {
		t.Error("undo did not unlock")
	}
	m, _ = screentest.Play(m, "fx")
	if fixed := text(m); !strings.Contains(fixed, "随机0~10分钟") || strings.Count(fixed, "\n") != strings.Count(src, "\n") {
		t.Errorf("fix of a section: %q", fixed)
	}
	m, _ = screentest.Play(m, "<esc>u")
	if text(m) != src {
		t.Error("undo did not bring the text back")
	}
	m, _ = screentest.Play(m, "<ctrl+r>")
	if !strings.Contains(text(m), "随机0~10分钟") {
		t.Error("redo did not")
	}
	m, _ = screentest.Play(m, "4h<enter><enter>") // restore from the history
	if text(m) != src {
		t.Errorf("restore: %q", text(m))
	}
	m, _ = screentest.Play(m, "4lfX<esc>") // a locked section is not fixed
	if text(m) != src {
		t.Error("a locked section was fixed")
	}
}

// TestPropose: a rewritten section is shown against the old one; enter takes
// it, esc keeps the old, r asks again with the same wish.
func TestPropose(t *testing.T) {
	src := sample(t)
	next := "### 备份恢复\n- **备份策略**：每周全量备份\n"
	propose := func() screen.Model {
		m := opened(t, 100, 30).(review.Model)
		return m.Propose(chapter.Backup, next, review.Reworked, "", "少备份")
	}
	m, events := screentest.Play(propose(), "<enter>")
	if len(events) != 1 || !strings.Contains(text(m), "每周全量备份") || strings.Contains(text(m), "每日全量") {
		t.Errorf("taken: %#v %q", events, text(m))
	}
	if v := m.(review.Model).Versions(); len(v) != 1 || v[0].Section != chapter.Backup || !strings.Contains(v[0].Text, "每日全量") {
		t.Errorf("versions: %+v", v)
	}
	m, events = screentest.Play(propose(), "<esc>")
	if len(events) != 0 || text(m) != src {
		t.Errorf("kept: %#v", events)
	}
	if e := screentest.Press(propose(), "<down>r<enter>"); !reflect.DeepEqual(e, screen.Rework{Section: chapter.Architecture, Hint: "少备份"}) {
		t.Errorf("again: %#v", e)
	}
}

// TestByHand: a section changed by hand locks itself; rewriting everything
// leaves it alone, byte for byte.
func TestByHand(t *testing.T) {
	m := opened(t, 100, 30).(review.Model)
	m = m.Replace(chapter.Cache, "### 缓存设计\n手写\n", review.ByHand)
	if !m.Locked()[chapter.Cache] {
		t.Fatal("not locked")
	}
	m = m.ReplaceAll(strings.ReplaceAll(sample(t), "订单", "工单"), nil, review.Reworked)
	if !strings.Contains(m.Text(), "手写") || !strings.Contains(m.Text(), "工单") || strings.Contains(m.Text(), "订单") {
		t.Errorf("%q", m.Text())
	}
	if len(m.Versions()) < 3 {
		t.Errorf("versions lost: %d", len(m.Versions()))
	}
}

// TestUndoAll: any sequence of changes is undone to the beginning.
func TestUndoAll(t *testing.T) {
	m, _ := screentest.Play(opened(t, 80, 20), "1l2l3l4lfx<esc>1l")
	m, _ = screentest.Play(m, "uuuuuuuuu")
	if r := m.(review.Model); r.Text() != sample(t) || len(onlyTrue(r.Locked())) != 0 {
		t.Errorf("locked %v", r.Locked())
	}
}

func onlyTrue(m map[chapter.Section]bool) []chapter.Section {
	var out []chapter.Section
	for s, on := range m {
		if on {
			out = append(out, s)
		}
	}
	return out
}

// TestReveal: enter on a finding scrolls to the very line.
func TestReveal(t *testing.T) {
	m, _ := screentest.Play(opened(t, 80, 12), "f<enter>")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "TTL: 1小时") {
		t.Errorf("the line is not shown:\n%s", v)
	}
}

// TestSearch finds in rendered text and goes round.
func TestSearch(t *testing.T) {
	m, _ := screentest.Play(opened(t, 80, 10), "/phone_hash<enter>")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "phone_hash") {
		t.Errorf("not shown:\n%s", v)
	}
	m, _ = screentest.Play(m, "nN")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "phone_hash") {
		t.Errorf("after n and N:\n%s", v)
	}
	m, _ = screentest.Play(m, "/没有这个词<enter>")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "没有找到") {
		t.Errorf("no notice:\n%s", v)
	}
}

// TestCursor: the caret of the hint field stands after the typed text.
func TestCursor(t *testing.T) {
	m, _ := screentest.Play(opened(t, 80, 20), "r")
	before := m.(screen.Cursored).Cursor()
	m, _ = screentest.Play(m, "多级缓存")
	after := m.(screen.Cursored).Cursor()
	if before == nil || after == nil || after.X-before.X != 8 || after.Y != before.Y {
		t.Errorf("before %+v, after %+v", before, after)
	}
	line := strings.Split(ansi.Strip(m.View()), "\n")[after.Y]
	if !strings.Contains(line, "多级缓存") {
		t.Errorf("the caret is on %q", line)
	}
	if m, _ = screentest.Play(m, "<esc>"); m.(screen.Cursored).Cursor() != nil {
		t.Error("a caret without a field")
	}
}

// TestAttack: nothing in the chapter or its findings reaches the terminal as a
// control sequence.
func TestAttack(t *testing.T) {
	evil := "\x1b]52;c;aGk=\x07\u009b2J\u202e&#27;[2J"
	src := strings.ReplaceAll(sample(t), "订单", "订单"+evil)
	th := theme.New(theme.Options{})
	m := review.New(review.Options{
		Theme: th, Words: i18n.New(i18n.ZH), Renderer: markdown.New(th), Text: src, Other: evil,
		Design: &design.Design{Decisions: []design.Decision{{Section: "architecture", Input: evil, Result: evil}}},
		Check: func(*design.Design, string) check.Report {
			return check.Report{Findings: []check.Finding{{Rule: "X1", Line: 3, Section: chapter.Tables, Message: evil, Fix: &evil}}}
		},
		Fix: mend,
	})
	s := screentest.Start(m, 100, 30)
	for _, keys := range []string{"", "2<right>", "f", "<esc>x", "xw", "<esc><tab>", "2"} {
		s, _ = screentest.Play(s, keys)
		if v := s.View(); strings.ContainsAny(v, "\x07\u009b\u202e") || strings.Contains(v, "\x1b]") || strings.Contains(v, "\x1b[2J") {
			t.Errorf("after %q a control sequence is left", keys)
		}
	}
}

func TestGolden(t *testing.T) {
	for name, c := range map[string]struct {
		lang          i18n.Lang
		keys          string
		width, height int
	}{
		"rest.zh.80":      {i18n.ZH, "", 80, 20},
		"rest.zh.120":     {i18n.ZH, "3<right>", 120, 35},
		"rest.en.80":      {i18n.EN, "", 80, 20},
		"rest.en.120":     {i18n.EN, "", 120, 35},
		"tables.zh.80":    {i18n.ZH, "2<right>j", 80, 20},
		"preview.zh.80":   {i18n.ZH, "<tab>", 80, 20},
		"raw.zh.80":       {i18n.ZH, "2x", 80, 20},
		"findings.zh.80":  {i18n.ZH, "f", 80, 20},
		"findings.en.120": {i18n.EN, "fj", 120, 35},
		"why.zh.80":       {i18n.ZH, "3w", 80, 20},
		"hint.zh.80":      {i18n.ZH, "3r改用按用户分表", 80, 20},
		"locked.zh.80":    {i18n.ZH, "3l4l", 80, 20},
		"history.zh.80":   {i18n.ZH, "fx<esc>4h", 80, 20},
		"diff.zh.80":      {i18n.ZH, "fx<esc>4d", 80, 20},
		"diff.zh.120":     {i18n.ZH, "fx<esc>4d", 120, 35},
		"confirm.zh.80":   {i18n.ZH, "R", 80, 20},
		"rest.zh.60":      {i18n.ZH, "", 60, 12},
	} {
		m := screentest.Start(shop(t, c.lang), c.width, c.height)
		m, _ = screentest.Play(m, c.keys)
		t.Run(name, func(t *testing.T) { screentest.Golden(t, name, m.View(), c.width, c.height) })
	}
}

// TestTinyBoxes: every phase survives any size.
func TestTinyBoxes(t *testing.T) {
	for _, keys := range []string{"", "f", "w", "r", "/", "fx<esc>4d", "fx<esc>4h", "R", "<tab>", "x"} {
		m, _ := screentest.Play(opened(t, 100, 30), keys)
		for _, size := range [][2]int{{1, 1}, {10, 3}, {56, 11}, {300, 100}} {
			next, cmd, _ := m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			next, _ = screentest.Settle(next, cmd)
			next.View()
		}
	}
}
