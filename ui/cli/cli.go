// Package cli is dbchapter without a screen: every command but the wizard
// itself, and the door to the wizard.
//
// Standard output carries the product only (chapter, prompt, JSON); progress,
// findings and hints go to standard error. Nothing here asks a question: what
// is missing is listed, all at once, with the flag that sets it. One file
// holds one command.
package cli

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"dbchapter/llm"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
	"dbchapter/ui"
)

// Env is everything the commands take from outside, so that a test can be the
// whole world.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	StdinTTY       bool
	StdoutTTY      bool
	StderrTTY      bool
	Getenv         func(string) string
	Now            func() time.Time // only ever gives a brief its base_date
	Version        string

	// Offline makes the drafter by rules with an organisation's own defaults.
	Offline func(design.House) llm.Drafter
	// Open makes the drafter of a configured provider.
	Open func(llm.Config) (llm.Drafter, error)
	// Wizard opens the wizard and returns when the person leaves it.
	Wizard func(context.Context, ui.Options) (ui.Result, error)
}

// Main runs one command line and returns its exit code.
func Main(ctx context.Context, args []string, env Env) int {
	a := &app{env: env}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	return report(env.Stderr, root.ExecuteContext(ctx))
}

// app is one run of the program.
type app struct {
	env     Env
	flags   flags
	written brief.Brief // the brief as the person wrote it, for drafts
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "dbchapter [FILE]",
		Short: "数据库设计章节向导：从简报到通过评审的一章",
		Long: "dbchapter 从系统、数据库、微服务、业务实体的描述生成架构文档的「数据库设计」一章。\n" +
			"不带命令时打开向导；FILE 可以是简报（.yaml）、已保存的章节（.md）、建表语句（.sql）或文字（.txt）。",
		Example: "  dbchapter                                  打开向导\n" +
			"  dbchapter draft --preset parking           由预设直接生成一章，写到标准输出\n" +
			"  dbchapter draft -b brief.yaml -o ch.md     由简报生成一章\n" +
			"  dbchapter prompt -b brief.yaml             打印完整提示词，可粘贴到任何对话\n" +
			"  dbchapter check ch.md -b brief.yaml        检查一章，给出发现和分数",
		Args:          cobra.MaximumNArgs(1),
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       a.env.Version,
		RunE:          a.wizard,
	}
	root.SetVersionTemplate("dbchapter {{.Version}}\n")
	a.flags.register(root)
	root.AddCommand(a.draftCmd(), a.promptCmd(), a.checkCmd(), a.briefCmd(), a.exportCmd(), a.presetsCmd(), a.draftsCmd(), a.doctorCmd())
	return root
}
