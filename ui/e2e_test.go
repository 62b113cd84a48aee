package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dbchapter/ui/ptytest"
	"dbchapter/ui/store"
	"dbchapter/ui/theme"
)

func TestMain(m *testing.M) {
	code := m.Run()
	ptytest.Clean()
	os.Exit(code)
}

// wizard opens the program and waits for the first screen.
func wizard(t *testing.T, width, height int, args ...string) (*ptytest.Term, string) {
	t.Helper()
	if testing.Short() {
		t.Skip("needs the compiled program")
	}
	dir := t.TempDir()
	x := ptytest.Start(t, width, height, dir, nil, ptytest.Build(t), args...)
	return x, dir
}

// TestWizard: someone opens the wizard, picks a preset, types Chinese into a
// field, goes back and forth, generates, regenerates one section, edits it,
// saves, and the saved file equals what was shown.
func TestWizard(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) { session(t, size[0], size[1]) })
	}
}

func session(t *testing.T, width, height int) {
	x, dir := wizard(t, width, height)
	x.WaitText("快速生成", "从预设开始")
	x.Type("j")
	x.Type("j")
	x.WaitText("▸ 从预设开始")
	x.Type(ptytest.Enter)
	x.WaitText("▸ 电商")
	x.Type(ptytest.Enter)
	x.WaitText("第 1/8 步", "系统名称")

	// Chinese into a field: the hardware cursor stays at the insertion point.
	x.Type(ptytest.Enter)
	x.WaitFor("a caret in the field", func() bool { _, _, on := x.Cursor(); return on })
	before, row, _ := x.Cursor()
	x.Type("订单中心")
	x.WaitText("订单中心")
	x.WaitFor("the caret after four wide characters", func() bool {
		c, r, on := x.Cursor()
		return on && r == row && c == before+8
	})
	x.Type(ptytest.Enter)
	x.WaitText("已保存")
	x.Type(ptytest.Esc)
	x.WaitText("enter 编辑")

	// Back and forth: nothing typed is lost.
	x.Type(ptytest.Tab)
	x.WaitText("第 2/8 步")
	x.Type(ptytest.Tab)
	x.WaitText("第 3/8 步")
	x.Type(ptytest.ShiftTab)
	x.WaitText("第 2/8 步")
	x.Type(ptytest.ShiftTab)
	x.WaitText("第 1/8 步", "订单中心")

	x.Type(ptytest.CtrlG)
	x.WaitText("第 7/8 步", "1 数据库架构", "7 备份恢复")
	x.WaitGone("检查中")

	// One section again, with a wish; the new text is taken or is the same.
	x.Type("7")
	x.WaitText("▸ 7 备份恢复")
	x.Type("r")
	x.WaitText("重写「备份恢复」")
	x.Type("保留更久")
	x.Type(ptytest.Enter)
	x.WaitFor("the rewritten section", func() bool {
		s := x.Screen()
		return strings.Contains(s, "再来一次") || strings.Contains(s, "没有改动") || strings.Contains(s, "没有采用这条提示")
	})
	if strings.Contains(x.Screen(), "再来一次") {
		x.Type(ptytest.Enter)
		x.WaitText("已采用")
	}

	// By hand.
	x.Type("e")
	x.WaitText("编辑「备份恢复」")
	x.Type(ptytest.Down)
	x.Type("- **手写**：这一行是手写的")
	x.Type(ptytest.Enter)
	x.WaitText("手写的")
	x.Type(ptytest.CtrlS)
	x.WaitText("第 7/8 步 审阅", "锁定")
	x.WaitGone("检查中")

	shown := readAll(x, dir, width)

	x.Type("s")
	x.WaitText("第 8/8 步", "-database-design.md")
	x.Type(ptytest.Enter)
	x.WaitText("已保存", "用时")
	x.Type("q")
	if code := x.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if x.AltScreen() {
		t.Error("the terminal is left on the alternate screen")
	}

	files, err := filepath.Glob(filepath.Join(dir, "*-database-design.md"))
	if err != nil || len(files) != 1 {
		t.Fatalf("saved files: %v %v", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if !strings.Contains(text, "这一行是手写的") {
		t.Error("the edited line is not in the file")
	}
	if text != shown {
		t.Errorf("the saved file is not what was shown")
	}
	if side, err := os.ReadFile(strings.TrimSuffix(files[0], ".md") + ".brief.yaml"); err != nil || !strings.Contains(string(side), "订单中心") {
		t.Errorf("the brief beside it: %v", err)
	}
}

// readAll pages through the whole chapter, raw, and gives the text that was
// on the screen, every line of it: that of the draft, page by page.
func readAll(x *ptytest.Term, dir string, width int) string {
	text := ""
	x.WaitFor("the edited draft on the disk", func() bool {
		text = draft(dir).Chapter
		return strings.Contains(text, "这一行是手写的")
	})
	room := width - 2 // the preview has the whole line
	if width >= 100 {
		room = width - 34 // it stands beside the outline
	}
	var lines []string
	for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		for _, w := range theme.Wrap(l, room) {
			lines = append(lines, strings.TrimRight(w, " "))
		}
	}
	x.Type("x")
	x.WaitText("### ")
	x.Type(ptytest.Tab)
	x.Type("g")
	x.WaitFor("the first page", func() bool { b := body(x); return len(b) > 0 && b[0] == lines[0] })
	high := len(body(x))
	for at := 0; ; at = min(at+high-2, len(lines)-high) {
		want := strings.Join(lines[at:min(len(lines), at+high)], "\n")
		x.WaitFor("the page\n"+want, func() bool {
			return strings.TrimRight(strings.Join(body(x), "\n"), "\n") == strings.TrimRight(want, "\n")
		})
		if at+high >= len(lines) {
			return text
		}
		x.Type(" ")
	}
}

// draft is the latest draft of a session below dir.
func draft(dir string) store.Draft {
	s, err := store.Open(filepath.Join(dir, ".state", "dbchapter"))
	if err != nil {
		return store.Draft{}
	}
	all, err := s.List()
	if err != nil || len(all) == 0 {
		return store.Draft{}
	}
	return all[0]
}

// body are the lines of the preview on the screen.
func body(x *ptytest.Term) []string {
	lines := strings.Split(strings.TrimRight(x.Screen(), "\n"), "\n")
	var rules []int
	for i, l := range lines {
		if strings.HasPrefix(l, "──────────") {
			rules = append(rules, i)
		}
	}
	if len(rules) < 2 {
		return nil
	}
	var out []string
	for _, l := range lines[rules[0]+1 : rules[len(rules)-1]] {
		if _, right, ok := strings.Cut(l, "│"); ok {
			l = right
		}
		out = append(out, strings.TrimPrefix(l, " "))
	}
	return out
}

// TestTerminalRestored: after ctrl+c and after every signal the terminal is
// off the alternate screen, the cursor is shown, and the code tells why.
func TestTerminalRestored(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(*ptytest.Term)
		code int
	}{
		"ctrl+c":  {func(x *ptytest.Term) { x.Type(ptytest.CtrlC) }, 0},
		"SIGTERM": {func(x *ptytest.Term) { x.Signal(syscall.SIGTERM) }, 143},
		"SIGHUP":  {func(x *ptytest.Term) { x.Signal(syscall.SIGHUP) }, 129},
		"SIGINT":  {func(x *ptytest.Term) { x.Signal(syscall.SIGINT) }, 130},
	} {
		t.Run(name, func(t *testing.T) {
			x, _ := wizard(t, 80, 24)
			x.WaitText("快速生成")
			c.end(x)
			if code := x.WaitExit(); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if _, _, on := x.Cursor(); x.AltScreen() || !on {
				t.Errorf("alternate screen %v, cursor shown %v", x.AltScreen(), on)
			}
		})
	}
}

// TestKilled: kill -9 loses no completed field.
func TestKilled(t *testing.T) {
	x, dir := wizard(t, 80, 24, "--preset", "ecommerce")
	x.WaitText("第 1/8 步", "系统名称")
	x.Type(ptytest.Enter)
	x.WaitFor("a caret", func() bool { _, _, on := x.Cursor(); return on })
	x.Type("二期")
	x.WaitText("二期")
	x.Type(ptytest.Enter)
	x.WaitText("已保存")
	x.Signal(syscall.SIGKILL)
	x.WaitExit()
	y := ptytest.Start(t, 80, 24, dir, nil, ptytest.Build(t))
	y.WaitText("继续上次的工作", "二期")
	y.Type(ptytest.Enter)
	y.WaitText("第 1/8 步", "二期")
}

// TestSmall: below the least size there is a message, and nothing is lost.
func TestSmall(t *testing.T) {
	x, _ := wizard(t, 80, 24)
	x.WaitText("快速生成")
	x.Resize(50, 12)
	x.WaitText("窗口至少需要")
	x.Resize(1, 1)
	x.Resize(80, 24)
	x.WaitText("快速生成")
}

// TestOwnEditor: E gives the terminal to the person's editor and takes the
// text back; the file was theirs alone, and no key of ours was in its
// environment.
func TestOwnEditor(t *testing.T) {
	if testing.Short() {
		t.Skip("needs the compiled program")
	}
	dir := t.TempDir()
	script := filepath.Join(dir, "my editor.sh")
	text := "#!/bin/sh\nstat -c %a \"$1\" > seen\nenv >> seen\nprintf '%s\\n' '- **外面**：在外部编辑器里写的' >> \"$1\"\n"
	if err := os.WriteFile(script, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	env := []string{"VISUAL='" + script + "'", "DEEPSEEK_API_KEY=sk-canary-123456"}
	x := ptytest.Start(t, 80, 24, dir, env, ptytest.Build(t), "--preset", "ecommerce")
	x.WaitText("第 1/8 步")
	x.Type(ptytest.CtrlG)
	x.WaitText("第 7/8 步", "7 备份恢复")
	x.Type("7")
	x.WaitText("▸ 7 备份恢复")
	x.Type("E")
	x.WaitText("锁定")
	x.WaitFor("the draft", func() bool { return strings.Contains(draft(dir).Chapter, "在外部编辑器里写的") })
	seen, err := os.ReadFile(filepath.Join(dir, "seen"))
	if err != nil || !strings.HasPrefix(string(seen), "600\n") || strings.Contains(string(seen), "sk-canary") {
		t.Errorf("the editor saw %q, %v", seen, err)
	}
}

// TestNoEditor: an editor that is not there leads to the built-in one.
func TestNoEditor(t *testing.T) {
	if testing.Short() {
		t.Skip("needs the compiled program")
	}
	dir := t.TempDir()
	x := ptytest.Start(t, 80, 24, dir, []string{"VISUAL=/does/not/exist"}, ptytest.Build(t), "--preset", "ecommerce")
	x.WaitText("第 1/8 步")
	x.Type(ptytest.CtrlG)
	x.WaitText("第 7/8 步", "7 备份恢复")
	x.Type("7")
	x.WaitText("▸ 7 备份恢复")
	x.Type("E")
	x.WaitText("编辑「备份恢复」")
	x.Type(ptytest.Esc)
	x.WaitText("第 7/8 步 审阅", "外部编辑器没有成功")
}

// TestAudit: a hostile chapter, seen in every way, sends nothing to the
// terminal but colours and movement.
func TestAudit(t *testing.T) {
	if testing.Short() {
		t.Skip("needs the compiled program")
	}
	dir := t.TempDir()
	evil := "\x1b]52;c;aGFjaw==\x07\x1b]0;PWNED\x07\x1bPq#0\x1b\\\u009d52;c;x\u009c&#27;]52;c;eA==&#7;\u202e"
	var text strings.Builder
	for _, title := range []string{"数据库架构", "核心表设计", "分库分表策略", "缓存设计", "数据同步", "性能优化", "备份恢复"} {
		fmt.Fprintf(&text, "### %s\n#### 小节%s\n- **要点**：%s\n\n| a | b |\n|---|---|\n| %s | x |\n\n```sql\n-- %s\n```\n\n", title, evil, evil, evil, evil)
	}
	file := filepath.Join(dir, "evil.md")
	if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	x := ptytest.Start(t, 80, 24, dir, nil, ptytest.Build(t), file)
	x.WaitText("第 7/8 步", "小节")
	for _, step := range []struct{ key, sees, gone string }{
		{"2", "▸ 2", ""},
		{ptytest.Right, "小节␛", ""},
		{"f", "发现：", ""},
		{ptytest.Esc, "", "发现："},
		{"x", "### ", ""},
		{"x", "", "### "},
		{"w", "为什么这样设计", ""},
		{ptytest.Esc, "", "为什么这样设计"},
		{"e", "编辑「", ""},
	} {
		x.Type(step.key)
		if step.sees != "" {
			x.WaitText(step.sees)
		} else {
			x.WaitGone(step.gone)
		}
	}
	x.Type(ptytest.CtrlC)
	x.WaitExit()
	raw := x.Raw()
	for _, bad := range []string{"\x1b]52", "PWNED\x07", "\x1b]0;PWNED", "\x1bPq", "\u009d", "\u202e"} {
		if strings.Contains(raw, bad) {
			t.Errorf("%q reached the terminal", bad)
		}
	}
}

// TestSuspend: ctrl+z gives the terminal back, and after fg the screen and the
// keys are as before.
func TestSuspend(t *testing.T) {
	if testing.Short() {
		t.Skip("needs the compiled program")
	}
	dir := t.TempDir()
	x := ptytest.Start(t, 80, 24, dir, nil, "sh", "-ic", "'"+ptytest.Build(t)+"'; echo BACK; fg; echo DONE")
	x.WaitText("快速生成")
	x.Type(ptytest.CtrlZ)
	x.WaitText("快速生成")
	x.WaitFor("the wizard again", func() bool { return x.AltScreen() && strings.Contains(x.Raw(), "BACK") })
	x.Type("j")
	x.WaitText("▸ 跟着引导做")
	x.Type(ptytest.CtrlC)
	x.WaitText("DONE")
	x.WaitExit()
}
