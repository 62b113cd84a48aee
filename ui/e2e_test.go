package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dbchapter/ui/ptytest"
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
		return strings.Contains(s, "采用") || strings.Contains(s, "没有改动")
	})
	if strings.Contains(x.Screen(), "采用") {
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

	shown := readAll(x, width)

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
	room := width - 2
	if width >= 100 {
		room = width - 34 // beside the outline
	}
	var want []string
	for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		want = append(want, theme.Wrap(l, room)...)
	}
	if d := samePages(shown, want); d != "" {
		t.Errorf("the saved file is not what was shown: %s", d)
	}
	if side, err := os.ReadFile(strings.TrimSuffix(files[0], ".md") + ".brief.yaml"); err != nil || !strings.Contains(string(side), "订单中心") {
		t.Errorf("the brief beside it: %v", err)
	}
}

// readAll pages through the raw chapter and gives the pages: what stands in
// the preview, line by line.
func readAll(x *ptytest.Term, width int) [][]string {
	x.Type("x")
	x.WaitText("### ")
	x.Type(ptytest.Tab)
	if width < 100 {
		x.WaitGone("│") // the preview takes the whole line
	}
	// A page has come when the screen differs from what it was and stays so.
	turn := func(key string) []string {
		was, seen := strings.Join(body(x), "\n"), ""
		x.Type(key)
		x.WaitFor("another page after "+key, func() bool {
			now := strings.Join(body(x), "\n")
			same := now == seen
			seen = now
			return same && now != was
		})
		return body(x)
	}
	top := func() {
		x.Type("g")
		x.WaitFor("the beginning", func() bool { b := body(x); return len(b) > 0 && strings.HasPrefix(b[0], "### 数据库架构") })
	}
	top()
	last := turn("G")
	top()
	pages := [][]string{body(x)}
	for strings.Join(pages[len(pages)-1], "\n") != strings.Join(last, "\n") {
		pages = append(pages, turn(" "))
	}
	return pages
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

// samePages says where the pages differ from the file; "" when they are the
// file.
func samePages(pages [][]string, file []string) string {
	for i, page := range pages {
		at := min(i*(len(page)-2), max(0, len(file)-len(page)))
		for k, line := range page {
			want := ""
			if at+k < len(file) {
				want = strings.TrimRight(file[at+k], " ")
			}
			if line != want {
				return fmt.Sprintf("page %d, line %d:\nshown %q\nfile  %q", i+1, k+1, line, want)
			}
		}
	}
	return ""
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
