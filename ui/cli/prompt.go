package cli

import (
	"github.com/spf13/cobra"

	"dbchapter/prompt"
	"dbchapter/prompt/brief"
)

// promptCmd prints the exact words a model would be sent.
func (a *app) promptCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "prompt",
		Short: "打印完整提示词，可粘贴到任何对话",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			b, err := a.loadBrief()
			if err != nil {
				return err
			}
			if err := a.mayWrite(a.flags.output); err != nil {
				return err
			}
			r := brief.Complete(b)
			for _, what := range prompt.Shortened(r) {
				a.note("提示：%s太长，提示词里只有前 %d 字", what, prompt.MaxValue)
			}
			return a.write([]byte(prompt.Whole(r).Text))
		},
	}
	a.flags.registerOutput(c)
	return c
}
