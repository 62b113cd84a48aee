package cli

import (
	"github.com/spf13/cobra"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/export"
)

// briefCmd makes, validates or normalises briefs.
func (a *app) briefCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "brief",
		Short: "新建、检查或整理简报",
		Args:  nothing,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.briefNewCmd(), a.briefCheckCmd(), a.briefFromCmd(), a.briefSchemaCmd())
	return c
}

// briefNewCmd writes a preset's brief with today's base date and the --set
// values, ready to be edited.
func (a *app) briefNewCmd() *cobra.Command {
	c := &cobra.Command{
		Use:     "new",
		Short:   "由预设新建一份简报（YAML）",
		Example: "  dbchapter brief new -t parking --set system.dau=80万 -o brief.yaml",
		Args:    nothing,
		RunE: func(*cobra.Command, []string) error {
			if a.flags.preset == "" && a.flags.brief == "" && len(a.flags.sets) == 0 {
				return usage("dbchapter presets 列出全部预设，如 brief new -t ecommerce", "brief new 需要 --preset ID")
			}
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

// briefCheckCmd says everything that is wrong with a brief, for CI; with
// --output it writes it in the normal form.
func (a *app) briefCheckCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "check FILE",
		Short: "检查一份简报，一次列出全部问题；--output 写出整理后的简报",
		Args:  one,
		RunE: func(c *cobra.Command, args []string) error {
			a.flags.brief = args[0]
			b, err := a.loadBrief()
			if err != nil {
				return err
			}
			r := brief.Complete(b)
			a.note("%s：可用。%d 个服务，%d 个实体，%d 项采用推断或默认值", args[0], len(r.Services), len(r.Entities), len(r.Assumptions))
			if !c.Flags().Changed("output") {
				return nil
			}
			return a.write(b.YAML())
		},
	}
	a.flags.registerOutput(c)
	return c
}

// briefSchemaCmd prints the JSON Schema of a brief, for editors.
func (a *app) briefSchemaCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "schema",
		Short: "打印简报的 JSON Schema，供编辑器补全和校验",
		Args:  nothing,
		RunE:  func(*cobra.Command, []string) error { return a.write(export.BriefSchema()) },
	}
	a.flags.registerOutput(c)
	return c
}
