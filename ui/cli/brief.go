package cli

import (
	"github.com/spf13/cobra"

	"dbchapter/prompt/brief"
)

// briefCmd makes, validates or normalises briefs.
func (a *app) briefCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "brief",
		Short: "新建、检查或整理简报",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.briefNewCmd(), a.briefCheckCmd(), a.briefFromCmd())
	return c
}

// briefNewCmd writes a preset's brief with today's base date and the --set
// values, ready to be edited.
func (a *app) briefNewCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "new",
		Short: "由预设新建一份简报（YAML）",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			b, err := a.loadBrief()
			if err != nil {
				return err
			}
			return a.write(b.YAML())
		},
	}
	a.flags.registerOutput(c)
	return c
}

// briefCheckCmd says everything that is wrong with a brief, for CI.
func (a *app) briefCheckCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE",
		Short: "检查一份简报，一次列出全部问题",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			a.flags.brief = args[0]
			b, err := a.loadBrief()
			if err != nil {
				return err
			}
			r := brief.Complete(b)
			a.note("%s：可用。%d 个服务，%d 个实体，%d 项采用推断或默认值", args[0], len(r.Services), len(r.Entities), len(r.Assumptions))
			return nil
		},
	}
}

// briefFromCmd turns a schema or prose into a brief.
func (a *app) briefFromCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "from FILE",
		Short: "由文字（.txt、.md）整理出一份简报",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			data, err := a.input(args[0])
			if err != nil {
				return err
			}
			b, guesses := brief.Extract(string(data))
			if len(b.Entities) == 0 {
				return usage("每行写一个实体，例如：订单: 订单号, 用户, 总金额", "没有从 %q 中识别到业务实体", args[0])
			}
			b.BaseDate = a.env.Now().Format("2006-01-02")
			for _, g := range guesses {
				a.note("抽取：%s = %s", g.Label, g.Value)
			}
			return a.write(b.YAML())
		},
	}
	a.flags.registerOutput(c)
	return c
}
