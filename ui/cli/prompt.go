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
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			b, err := a.loadBrief()
			if err != nil {
				return err
			}
			if err := a.mayWrite(a.flags.output); err != nil {
				return err
			}
			return a.write([]byte(prompt.Whole(brief.Complete(b)).Text))
		},
	}
	a.flags.registerOutput(c)
	return c
}
