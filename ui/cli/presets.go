package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"dbchapter/prompt/brief"
)

// presetsCmd lists the presets; show prints one as a brief.
func (a *app) presetsCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "presets",
		Short: "列出领域预设；presets show ID 打印它的简报",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			var b strings.Builder
			for _, p := range brief.Presets() {
				fmt.Fprintf(&b, "%-10s %s  %s\n", p.ID, p.Name, p.Summary)
			}
			return a.print([]byte(b.String()))
		},
	}
	show := &cobra.Command{
		Use:               "show ID",
		Short:             "打印一个预设的简报（YAML）",
		Args:              one,
		ValidArgsFunction: completePresets,
		RunE: func(_ *cobra.Command, args []string) error {
			a.flags.brief, a.flags.preset = "", args[0]
			b, err := a.loadBrief()
			if err != nil {
				return err
			}
			return a.write(b.YAML())
		},
	}
	a.flags.registerOutput(show)
	c.AddCommand(show)
	return c
}
