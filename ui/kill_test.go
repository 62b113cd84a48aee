package ui_test

import (
	"strings"
	"syscall"
	"testing"

	"dbchapter/ui/ptytest"
)

// caretShown waits for the caret of a field.
func caretShown(x *ptytest.Term) {
	x.WaitFor("a caret", func() bool { _, _, on := x.Cursor(); return on })
}

// TestKilledInAWord: kill -9 loses at most 0.3 s of typing, and the person goes
// on in the middle of the word, whichever way the questions were put.
func TestKilledInAWord(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		open func(*ptytest.Term)
		back string // on the screen after resuming
	}{
		"board": {[]string{"--preset", "ecommerce"}, func(x *ptytest.Term) {
			x.WaitText("第 1/8 步", "系统名称")
			x.Type(ptytest.Enter)
			caretShown(x)
		}, "第 1/8 步"},
		"quick": {nil, func(x *ptytest.Term) {
			x.WaitText("快速生成")
			x.Type(ptytest.Enter)
			x.WaitText("系统名称", "4 个问题")
			caretShown(x)
			x.Type(ptytest.Down)
		}, "4 个问题"},
		"guided": {nil, func(x *ptytest.Term) {
			x.WaitText("快速生成")
			x.Type("j")
			x.WaitText("▸ 跟着引导做")
			x.Type(ptytest.Enter)
			x.WaitText("为什么问")
			caretShown(x)
			x.Type("供应链平台")
			x.WaitText("供应链平台")
			x.Type(ptytest.Enter)
			x.WaitGone("供应链平台 ")
			caretShown(x)
		}, "为什么问"},
	} {
		t.Run(name, func(t *testing.T) {
			x, dir := wizard(t, 80, 24, c.args...)
			c.open(x)
			x.Type("采购仓储结算")
			x.WaitText("采购仓储结算")
			x.WaitFor("the half-typed text on the disk", func() bool {
				for _, v := range draft(dir).Half {
					if strings.Contains(v, "采购仓储结算") {
						return true
					}
				}
				return false
			})
			x.Signal(syscall.SIGKILL)
			x.WaitExit()

			y := ptytest.Start(t, 80, 24, dir, nil, ptytest.Build(t))
			y.WaitText("继续上次的工作")
			y.Type(ptytest.Enter)
			y.WaitText("采购仓储结算", c.back)
			caretShown(y)
			y.Type("与对账")
			y.WaitText("采购仓储结算与对账")
		})
	}
}
