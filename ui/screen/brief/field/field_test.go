package field_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/screen/brief/field"
	"dbchapter/ui/screen/screentest"
)

func typed(f *field.Field, keys string) {
	for _, k := range screentest.Parse(keys) {
		f.Update(k)
	}
}

// TestKeys types into a field of 10 cells; x, y is where the caret must stand.
func TestKeys(t *testing.T) {
	for _, c := range []struct {
		many       bool
		keys, want string
		x, y       int
	}{
		{false, "订单系统", "订单系统", 8, 0},
		{false, "订单<left>a", "订a单", 3, 0},
		{false, "订单系统<home>新", "新订单系统", 2, 0},
		{false, "订单系统库<end>", "订单系统库", 0, 1}, // behind a full row
		{false, "订单系统库表", "订单系统库表", 2, 1},
		{false, "订单<backspace>号", "订号", 4, 0},
		{false, "ab<left><left><delete>", "b", 0, 0},
		{false, "order no<ctrl+w>id", "order id", 8, 0},
		{false, "abc<ctrl+u>", "", 0, 0},
		{false, "abc<left><ctrl+k>", "ab", 2, 0},
		{false, "a<enter>b", "ab", 2, 0}, // one line
		{true, "甲<enter>乙", "甲\n乙", 2, 1},
		{true, "甲<enter>乙<left><backspace>", "甲乙", 2, 0},
		{true, "甲乙<enter>丙<up>", "甲乙\n丙", 2, 0},
		{true, "甲<enter>乙<up><end><delete>", "甲乙", 2, 0},
	} {
		f := field.Field{Many: c.many}
		typed(&f, c.keys)
		if got := f.Text(); got != c.want {
			t.Errorf("%q: text %q, want %q", c.keys, got, c.want)
			continue
		}
		_, cur := f.View(field.Look{Width: 10})
		if cur.X != c.x || cur.Y != c.y {
			t.Errorf("%q: caret at %d,%d, want %d,%d", c.keys, cur.X, cur.Y, c.x, c.y)
		}
	}
}

// TestCaretIsBehindWhatWasTyped holds for any text and width: the row of the
// caret up to its column is what stands before the caret.
func TestCaretIsBehindWhatWasTyped(t *testing.T) {
	text := "订单orders: 订单号#, 用户ID，“总金额”·状态(待支付/已支付)…é👍x"
	for w := 2; w < 40; w++ {
		f := field.Field{}
		f.Set("尾")
		f.Home()
		for _, r := range text {
			f.Update(tea.KeyPressMsg{Text: string(r), Code: r})
		}
		view, cur := f.View(field.Look{Width: w})
		rows := strings.Split(view, "\n")
		if cur.Y >= len(rows) || cur.X >= max(2, w) {
			t.Fatalf("width %d: caret %d,%d outside %d rows", w, cur.X, cur.Y, len(rows))
		}
		before := strings.Join(rows[:cur.Y], "") + ansi.Cut(rows[cur.Y], 0, cur.X)
		if before != text {
			t.Fatalf("width %d: before the caret stands %q", w, before)
		}
		for i, r := range rows {
			if n := lipgloss.Width(r); n > w {
				t.Fatalf("width %d: row %d is %d cells: %q", w, i, n, r)
			}
		}
	}
}

func TestPasteIsCleaned(t *testing.T) {
	f := field.Field{Many: true}
	f.Update(tea.PasteMsg{Content: "甲\r\n乙\r丙\x1b[2J\u202e丁\tx"})
	got := f.Text()
	if !strings.HasPrefix(got, "甲\n乙\n丙") || strings.ContainsAny(got, "\x1b\r\t\u202e") {
		t.Errorf("pasted %q", got)
	}
	one := field.Field{}
	one.Update(tea.PasteMsg{Content: "甲\r\n乙"})
	if got := one.Text(); got != "甲 乙" {
		t.Errorf("pasted into one line: %q", got)
	}
}

func TestLimits(t *testing.T) {
	f := field.Field{Many: true}
	f.Update(tea.PasteMsg{Content: strings.Repeat("订单: 订单号#, 用户\n", 20_000)})
	if c := f.Cut(); f.Lines() != field.LinesLimit || c.Lines != 20_001 {
		t.Errorf("%d lines kept, %d came", f.Lines(), c.Lines)
	}
	f = field.Field{Many: true} // as terminals send it, and more than is ever cleaned
	f.Update(tea.PasteMsg{Content: strings.Repeat("订单的名称很长很长很长很长: 订单号#, 用户, 总金额, 状态(待支付/已支付/已取消)\r", 60_000)})
	if c := f.Cut(); f.Lines() != field.LinesLimit || c.Lines != 60_001 {
		t.Errorf("%d lines kept, %d came", f.Lines(), c.Lines)
	}
	one := field.Field{}
	one.Update(tea.PasteMsg{Content: strings.Repeat("字", 3*field.LineLimit)})
	if n := len([]rune(one.Text())); n != field.LineLimit || one.Cut().Chars == 0 {
		t.Errorf("%d characters kept, cut %+v", n, one.Cut())
	}
	one.Update(tea.KeyPressMsg{Text: "多", Code: '多'})
	if n := len([]rune(one.Text())); n != field.LineLimit {
		t.Errorf("%d characters after one more", n)
	}
}

func TestMarksKeepTheText(t *testing.T) {
	f := field.Field{}
	f.Set("订单<错误>号")
	red := lipgloss.NewStyle().Foreground(lipgloss.Red)
	v, _ := f.View(field.Look{Width: 6, Marks: []field.Mark{{From: 2, To: 4, Style: red}, {From: 4, To: 5, Style: red}}})
	if got := strings.ReplaceAll(ansi.Strip(v), "\n", ""); got != "订单<错误>号" {
		t.Errorf("drawn %q", got)
	}
	if !strings.Contains(v, "\x1b[") {
		t.Error("the mark is not drawn")
	}
}

func FuzzPaste(f *testing.F) {
	f.Add("订单\r\n\x1b[31m红\u200b", 3)
	f.Fuzz(func(t *testing.T, text string, back int) {
		fd := field.Field{Many: true}
		fd.Update(tea.PasteMsg{Content: text})
		for range min(max(back, 0), 20) {
			fd.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
		}
		v, cur := fd.View(field.Look{Width: 7, Height: 5})
		if cur.X > 6 || cur.Y > 4 || lipgloss.Width(v) > 7 {
			t.Fatalf("caret %d,%d, width %d: %q", cur.X, cur.Y, lipgloss.Width(v), v)
		}
	})
}
