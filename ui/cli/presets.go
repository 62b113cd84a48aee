package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"dbchapter/prompt/brief"
)

// presetsCmd lists the presets; show prints one as a brief.
func (a *app) presetsCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "presets",
		Short: "列出领域预设；presets show ID 打印它的简报",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			for _, p := range brief.Presets() {
				if _, err := fmt.Fprintf(a.env.Stdout, "%-10s %s  %s\n", p.ID, p.Name, p.Summary); err != nil {
					return failure(err, "", "写标准输出")
				}
			}
			return nil
		},
	}
	show := &cobra.Command{
		Use:   "show ID",
		Short: "打印一个预设的简报（YAML）",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			b, ok := brief.Preset(args[0])
			if !ok {
				return usage("dbchapter presets 列出全部预设", "没有预设 %q", args[0])
			}
			return a.write(b.YAML())
		},
	}
	a.flags.registerOutput(show)
	c.AddCommand(show)
	return c
}
