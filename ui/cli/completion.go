package cli

import (
	"bytes"

	"github.com/spf13/cobra"

	"dbchapter/llm"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/export"
)

// shells are those that can complete our commands.
func shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

// completionCmd prints the script that completes commands in a shell.
func (a *app) completionCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "打印 bash、zsh、fish 或 powershell 的补全脚本",
		Example: "  source <(dbchapter completion bash)\n" +
			"  dbchapter completion zsh > \"${fpath[1]}/_dbchapter\"\n" +
			"  dbchapter completion fish > ~/.config/fish/completions/dbchapter.fish\n" +
			"  dbchapter completion powershell | Out-String | Invoke-Expression",
		Args:      one,
		ValidArgs: shells(),
		RunE: func(c *cobra.Command, args []string) error {
			var b bytes.Buffer
			var err error
			switch root := c.Root(); args[0] {
			case "bash":
				err = root.GenBashCompletionV2(&b, true)
			case "zsh":
				err = root.GenZshCompletion(&b)
			case "fish":
				err = root.GenFishCompletion(&b, true)
			case "powershell":
				err = root.GenPowerShellCompletionWithDesc(&b)
			default:
				return usage("可用 bash、zsh、fish、powershell", "没有 %q 的补全脚本", args[0])
			}
			if err != nil {
				return failure(err, "", "生成补全脚本")
			}
			return a.print(b.Bytes())
		},
	}
}

// complete tells the shell what may follow our flags.
func complete(root *cobra.Command) {
	fixed := map[string][]string{
		"format": {"text", "json", "sarif"}, "length": {"brief", "standard", "full"}, "lang": {"zh", "en"},
	}
	for _, s := range chapter.Sections() {
		fixed["section"] = append(fixed["section"], string(s)+"\t"+s.Title())
	}
	for _, f := range export.Formats() {
		fixed["to"] = append(fixed["to"], f.ID+"\t"+f.Title)
	}
	fixed["drafter"] = append([]string{}, llm.Sources{}.IDs()...)
	for _, p := range brief.Presets() {
		fixed["preset"] = append(fixed["preset"], p.ID+"\t"+p.Name)
	}
	each(root, func(c *cobra.Command) {
		for name, values := range fixed {
			if c.LocalFlags().Lookup(name) != nil && (c == root || c.InheritedFlags().Lookup(name) == nil) {
				_ = c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
			}
		}
	})
}

// each visits a command and all below it.
func each(c *cobra.Command, do func(*cobra.Command)) {
	do(c)
	for _, sub := range c.Commands() {
		each(sub, do)
	}
}

func completePresets(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, p := range brief.Presets() {
		out = append(out, p.ID+"\t"+p.Name)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
