package ui_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/ui"
	"dbchapter/ui/i18n"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/store"
	"dbchapter/ui/theme"
)

// parrot drafts a short chapter: the first section names the system, the
// others never change, a hint is repeated.
type parrot struct{}

func (parrot) Draft(_ context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
	return func(yield func(llm.Delta, error) bool) {
		want := p.Sections
		if len(want) == 0 {
			want = chapter.Sections()
		}
		for i, s := range want {
			line := "- **要点**：固定的内容"
			if s == chapter.Architecture {
				line = "- **系统**：" + p.Brief.System.Name
			}
			if p.Hint != "" {
				line += "，" + p.Hint
			}
			text := fmt.Sprintf("### %s\n#### 小节\n%s\n", s.Title(), line)
			if i < len(want)-1 {
				text += "\n"
			}
			if !yield(llm.Delta{Kind: llm.Text, Text: text}, nil) {
				return
			}
		}
		yield(llm.Delta{Kind: llm.Done, Finish: llm.Stop}, nil)
	}
}

// robot drives the root model without a terminal: every command runs to its
// end after every message.
type robot struct {
	t    *testing.T
	m    tea.Model
	quit bool
}

func options(t *testing.T) ui.Options {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "state"))
	if err != nil {
		t.Fatal(err)
	}
	return ui.Options{
		Drafter: parrot{}, Offline: parrot{}, Info: llm.Info{ID: "offline", Name: "离线起草"},
		Store: s, Today: "2027-01-01", Theme: theme.Options{NoColor: true},
		Now: func() time.Time { return time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC) },
	}
}

func start(t *testing.T, o ui.Options, width, height int) *robot {
	t.Helper()
	r := &robot{t: t, m: ui.New(o)}
	r.run(r.m.Init())
	r.send(tea.WindowSizeMsg{Width: width, Height: height})
	return r
}

func (r *robot) send(msg tea.Msg) {
	next, cmd := r.m.Update(msg)
	r.m = next
	r.run(cmd)
}

func (r *robot) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() {
			r.run(v.Index(i).Interface().(tea.Cmd))
		}
		return
	}
	if _, ok := msg.(tea.QuitMsg); ok {
		r.quit = true
	}
	if msg != nil && !r.quit {
		r.send(msg)
	}
}

func (r *robot) keys(s string) {
	for _, k := range screentest.Parse(s) {
		r.send(k)
	}
}

func (r *robot) screen() string { return ansi.Strip(r.m.View().Content) }

func (r *robot) sees(texts ...string) {
	r.t.Helper()
	for _, t := range texts {
		if !strings.Contains(r.screen(), t) {
			r.t.Fatalf("%q is not on the screen:\n%s", t, r.screen())
		}
	}
}

// shop is a preset's brief: the same in every test.
func shop(t *testing.T) *brief.Brief {
	t.Helper()
	b, ok := brief.Preset("ecommerce")
	if !ok {
		t.Fatal("no preset")
	}
	b.System.Name = "商城平台"
	return &b
}

// reviewed opens a wizard on the review of the shop.
func reviewed(t *testing.T, o ui.Options) *robot {
	t.Helper()
	o.Brief = shop(t)
	r := start(t, o, 100, 30)
	r.sees("第 1/8 步", "商城平台")
	r.keys("<ctrl+g>")
	r.sees("第 7/8 步", "系统：商城平台")
	return r
}

func only(t *testing.T, s *store.Store) store.Draft {
	t.Helper()
	all, err := s.List()
	if err != nil || len(all) != 1 {
		t.Fatalf("%d drafts: %v", len(all), err)
	}
	return all[0]
}

// TestRework: r with a wish, the diff, taking it; the draft on disk follows.
func TestRework(t *testing.T) {
	o := options(t)
	r := reviewed(t, o)
	r.keys("4r多级缓存<enter>")
	r.sees("采用", "+ - **要点**：固定的内容，多级缓存")
	r.keys("<enter>")
	r.sees("已采用")
	d := only(t, o.Store)
	if !strings.Contains(d.Chapter, "固定的内容，多级缓存") || len(d.Versions) != 1 || d.Versions[0].Section != "cache" {
		t.Errorf("draft: %+v", d)
	}
	r.keys("u")
	if d := only(t, o.Store); strings.Contains(d.Chapter, "多级缓存") {
		t.Error("undo did not reach the draft")
	}
	r.keys("4r<enter>")
	r.sees("没有改动")
}

// TestReworkAll leaves a section changed by hand as it is.
func TestReworkAll(t *testing.T) {
	o := options(t)
	r := reviewed(t, o)
	r.keys("7e<down>手写的一行<enter><ctrl+s>")
	r.sees("锁定")
	r.keys("Ry")
	r.sees("第 7/8 步")
	if d := only(t, o.Store); !strings.Contains(d.Chapter, "手写的一行") || !d.Locked["backup"] {
		t.Errorf("draft: %q %v", d.Chapter, d.Locked)
	}
}

// TestStale: back to the brief, a change there, and only the section that
// depends on it is marked.
func TestStale(t *testing.T) {
	r := reviewed(t, options(t))
	r.keys("b")
	r.sees("第 1/8 步")
	r.keys("<enter>")
	r.keys("二期<enter><esc>")
	r.keys("<ctrl+g>")
	r.sees("第 7/8 步", "1 节标为过期")
	if n := strings.Count(r.screen(), "过期"); n != 2 { // the badge and the notice
		t.Errorf("%d times:\n%s", n, r.screen())
	}
	r.keys("1r<enter><enter>")
	r.sees("系统：商城平台二期")
	if strings.Contains(r.screen(), "过期") {
		t.Error("a rewritten section is still stale")
	}
}

// TestResume: a draft comes back with everything that was done to it.
func TestResume(t *testing.T) {
	o := options(t)
	r := reviewed(t, o)
	r.keys("3l4r多级缓存<enter><enter><ctrl+c>")
	if !r.quit {
		t.Fatal("ctrl+c did not leave")
	}
	again := start(t, o, 100, 30)
	again.sees("继续上次的工作", "商城平台，停在「审阅」")
	again.keys("<enter>")
	again.sees("第 7/8 步", "锁定")
	again.keys("4h")
	again.sees("重写之前")
	again.keys("<enter><enter>")
	if d := only(t, o.Store); strings.Contains(d.Chapter, "多级缓存") {
		t.Error("the earlier version did not come back")
	}
}

// TestEditorKept: what stands in the editor survives a death without warning.
func TestEditorKept(t *testing.T) {
	o := options(t)
	r := reviewed(t, o)
	r.keys("7e<down>没放进去的一行") // and nothing more: as after kill -9
	again := start(t, o, 100, 30)
	again.keys("<enter>")
	again.sees("编辑「备份恢复」", "没放进去的一行")
	again.keys("<ctrl+s>")
	again.sees("锁定")
	if d := only(t, o.Store); d.Editing != nil || !strings.Contains(d.Chapter, "没放进去的一行") {
		t.Errorf("%+v", d.Editing)
	}
}

// TestPartialKept: a generation that was left comes back as far as it got.
func TestPartialKept(t *testing.T) {
	o := options(t)
	b := shop(t)
	err := o.Store.Save(store.Draft{ID: "d1", Name: "商城平台", Step: "generate", Brief: string(b.YAML()), Partial: "### 数据库架构\n#### 小节\n- **要点**：一\n\n### 核心表设计\n#### 用户"})
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, o, 100, 30)
	r.keys("<enter>")
	r.sees("第 7/8 步", "未完成", "缺")
}

// TestTwoWindows: a draft open elsewhere is not offered as left over, cannot be
// opened, and is never damaged.
func TestTwoWindows(t *testing.T) {
	o := options(t)
	dir := filepath.Join(t.TempDir(), "shared")
	first, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }() // a store nobody holds gives up its locks
	o.Store = first
	reviewed(t, o)
	second, err := store.Open(dir) // counts as another process
	if err != nil {
		t.Fatal(err)
	}
	o.Store = second
	r := start(t, o, 100, 30)
	if strings.Contains(r.screen(), "继续上次的工作") {
		t.Error("offered although it is open elsewhere")
	}
	r.keys("jjjj<enter><enter>")
	r.sees("另一个窗口")
}

// save plays s, puts a path into the field and confirms.
func (r *robot) save(path string) {
	r.keys("s")
	r.sees("第 8/8 步")
	r.keys("<ctrl+u>")
	r.send(tea.PasteMsg{Content: path})
	r.keys("<enter>")
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "ch.md")
	o := options(t)
	r := reviewed(t, o)
	r.save(file)
	r.sees("已保存", "dbchapter draft --brief")
	got, err := os.ReadFile(file)
	if err != nil || string(got) != only(t, o.Store).Chapter {
		t.Fatalf("%v %q", err, got)
	}
	side, err := os.ReadFile(filepath.Join(dir, "ch.brief.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := brief.Parse("x", side); err != nil || b.System.Name != "商城平台" {
		t.Errorf("%v %v", b.System.Name, err)
	}

	// Saving again what is there asks nothing; a file somebody changed does.
	r.keys("<esc>")
	r.save(file)
	r.sees("已保存")
	if err := os.WriteFile(file, []byte("别人的内容\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	r.keys("<esc>")
	r.save(file)
	r.sees("已存在", "- 别人的内容")
	r.keys("b")
	r.sees("已保存", "旧文件另存为")
	if old, _ := os.ReadFile(file + ".bak"); string(old) != "别人的内容\n" {
		t.Errorf("backup %q", old)
	}
	if info, _ := os.Stat(file); info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v", info.Mode())
	}
}

// TestSaveRace: what changed between the look and the yes is not overwritten.
func TestSaveRace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ch.md")
	if err := os.WriteFile(file, []byte("一\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := reviewed(t, options(t))
	r.save(file)
	r.sees("已存在")
	if err := os.WriteFile(file, []byte("二\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r.keys("o")
	r.sees("没有覆盖")
	if got, _ := os.ReadFile(file); string(got) != "二\n" {
		t.Errorf("%q", got)
	}
}

func TestSaveInto(t *testing.T) {
	doc := filepath.Join(t.TempDir(), "doc.md")
	if err := os.WriteFile(doc, []byte("# 架构\n## 数据\n<!-- dbchapter:begin -->\n旧\n<!-- dbchapter:end -->\n尾\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	o := options(t)
	o.Into = doc
	r := reviewed(t, o)
	r.keys("s<enter>")
	r.sees("已存在")
	r.keys("o")
	r.sees("已保存")
	got, _ := os.ReadFile(doc)
	if s := string(got); !strings.HasPrefix(s, "# 架构\n## 数据\n<!-- dbchapter:begin -->\n### 数据库架构") || !strings.HasSuffix(s, "<!-- dbchapter:end -->\n尾\n") {
		t.Errorf("%q", s)
	}
}

// TestOpenChapter: a saved chapter opens on the review, with its brief when
// that is beside it.
func TestOpenChapter(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "ch.md")
	r := reviewed(t, options(t))
	r.save(file)

	o := options(t)
	o.File = file
	with := start(t, o, 100, 30)
	with.sees("第 7/8 步", "商城平台")
	with.keys("4r再短些<enter>")
	with.sees("采用")

	if err := os.Remove(filepath.Join(dir, "ch.brief.yaml")); err != nil {
		t.Fatal(err)
	}
	without := start(t, o, 100, 30)
	without.sees("第 7/8 步", "系统：商城平台")
	without.keys("4r<enter>")
	without.sees("没有简报")
	without.keys("?")
	without.sees("按键", "名词")
	without.keys("<esc>")
	without.sees("第 7/8 步")
}

func TestOpenMissing(t *testing.T) {
	o := options(t)
	o.File = filepath.Join(t.TempDir(), "没有.md")
	start(t, o, 100, 30).sees("没有打开", "快速生成")
}

// TestExample shows a complete chapter with one key.
func TestExample(t *testing.T) {
	r := start(t, options(t), 100, 30)
	r.keys("jjjjj<enter>")
	r.sees("第 7/8 步", "完整示例")
}

// TestSmallest: below 60×16 a message; nothing else reacts but leaving.
func TestSmallest(t *testing.T) {
	r := start(t, options(t), 59, 16)
	r.sees("窗口至少需要 60 列 16 行")
	r.keys("<enter>")
	r.send(tea.WindowSizeMsg{Width: 60, Height: 16})
	r.sees("快速生成")
}

// TestFrame: every screen of a session stays in the terminal at every size.
func TestFrame(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		o := options(t)
		o.Brief = shop(t)
		r := start(t, o, size[0], size[1])
		for _, keys := range []string{"", "?", "<esc>", "<ctrl+g>", "f", "<esc>", "w", "<esc>", "2<right>", "3r", "<esc>", "e", "<esc>", "s"} {
			r.keys(keys)
			screentest.InBox(t, r.m.View().Content, size[0], size[1])
			if n := strings.Count(r.m.View().Content, "\n") + 1; n != size[1] {
				t.Errorf("%v after %q: %d lines", size, keys, n)
			}
		}
	}
}

// TestFooter: every key the footer offers is real, and help keeps its place.
func TestFooter(t *testing.T) {
	r := reviewed(t, options(t))
	for _, width := range []int{60, 80, 120} {
		r.send(tea.WindowSizeMsg{Width: width, Height: 24})
		lines := strings.Split(r.screen(), "\n")
		if last := lines[len(lines)-1]; !strings.Contains(last, "? 帮助") {
			t.Errorf("width %d: %q", width, last)
		}
	}
}

func TestGolden(t *testing.T) {
	for name, c := range map[string]struct {
		lang          i18n.Lang
		keys          string
		width, height int
	}{
		"start.zh.80":  {i18n.ZH, "", 80, 24},
		"start.en.120": {i18n.EN, "", 120, 40},
		"help.zh.80":   {i18n.ZH, "?", 80, 24},
		"help.en.120":  {i18n.EN, "?", 120, 40},
	} {
		o := options(t)
		o.Lang = c.lang
		r := start(t, o, c.width, c.height)
		r.keys(c.keys)
		t.Run(name, func(t *testing.T) { screentest.Golden(t, name, r.m.View().Content, c.width, c.height) })
	}
}

// TestNoStore: without a place for drafts everything else works.
func TestNoStore(t *testing.T) {
	o := options(t)
	o.Store = nil
	r := reviewed(t, o)
	r.keys("<ctrl+c>")
	if !r.quit {
		t.Error("ctrl+c did not leave")
	}
}
