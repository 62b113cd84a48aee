package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"dbchapter/ui/safetext"
	"dbchapter/ui/store"
)

// guarded runs a command; a fault of ours becomes one line and a report on
// disk, never a stack trace (product.md §2).
func (a *app) guarded(run func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = a.crashed(fmt.Sprint(fault), debug.Stack())
		}
	}()
	return run()
}

// crashed keeps the report where drafts live, else among the temporary files.
func (a *app) crashed(fault string, stack []byte) error {
	text := fmt.Sprintf("dbchapter %s\n%s\n\n%s", a.env.Version, safetext.Short(fault, 400), stack)
	hint := "这是程序的错误，不是输入的错误；输入没有改动"
	for _, dir := range a.keepDirs() {
		s, err := store.Open(dir)
		if err != nil {
			continue
		}
		if name, err := s.KeepReport(safetext.Redact(safetext.Clean(text))); err == nil {
			a.warn("故障报告（不含密钥和简报内容）：%s", name)
			break
		}
	}
	return failure(nil, hint, "程序内部出错：%s", safetext.Short(fault, 200))
}

// guard puts guarded around every command of the tree.
func (a *app) guard(root *cobra.Command) {
	each(root, func(c *cobra.Command) {
		run := c.RunE
		if run == nil {
			return
		}
		c.RunE = func(c *cobra.Command, args []string) error {
			return a.guarded(func() error { return run(c, args) })
		}
	})
}
