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
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dbchapter/llm"
	"dbchapter/prompt/design"
	"dbchapter/ui"
	"dbchapter/ui/i18n"
	"dbchapter/ui/store"
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
	a := &app{env: env, words: newWords(i18n.Detect(langOf(args), env.Getenv))}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	return report(env.Stderr, a.words, root.ExecuteContext(ctx))
}

// langOf is the value of --lang, needed before the flags are parsed because
// their own help is in that language.
func langOf(args []string) string {
	for i, arg := range args {
		switch v, ok := strings.CutPrefix(arg, "--lang="); {
		case arg == "--":
			return ""
		case ok:
			return v
		case arg == "--lang" && i+1 < len(args):
			return args[i+1]
		}
	}
	return ""
}

// app is one run of the program.
type app struct {
	env   Env
	words words
	flags flags
	stdin []byte // what standard input held, once it was read
	read  bool   // standard input was read

	drafts   *store.Store
	commands []string // their names
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
			"  dbchapter draft --chapter ch.md --section cache --hint \"改用多级缓存\" -o ch.md --force\n" +
			"                                             只重写一节，其余逐字节不变\n" +
			"  dbchapter brief from schema.sql -o b.yaml  由建表语句整理出简报\n" +
			"  dbchapter prompt -b brief.yaml             打印完整提示词，可粘贴到任何对话\n" +
			"  dbchapter check ch.md                      检查一章，给出发现和分数",
		Args:              cobra.MaximumNArgs(1),
		SilenceErrors:     true,
		SilenceUsage:      true,
		Version:           a.env.Version,
		RunE:              a.wizard,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if l := a.flags.lang; l != "" && l != string(i18n.ZH) && l != string(i18n.EN) {
			return usage("可用 zh、en", "没有语言 %q", l)
		}
		return nil
	}
	root.SetVersionTemplate("dbchapter {{.Version}}\n")
	a.flags.register(root)
	root.PersistentFlags().BoolP("help", "h", false, "说明")
	root.Flags().BoolP("version", "v", false, "版本")
	root.AddCommand(a.draftCmd(), a.promptCmd(), a.checkCmd(), a.briefCmd(), a.exportCmd(), a.presetsCmd(), a.draftsCmd(),
		a.doctorCmd(), a.learnCmd(), a.completionCmd(), a.manCmd())
	root.SetHelpCommand(helpCmd(root))
	for _, c := range root.Commands() {
		a.commands = append(a.commands, c.Name())
	}
	a.guard(root)
	complete(root)
	a.speak(root)
	return root
}

// helpCmd explains a command, for people who write help before it.
func helpCmd(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "说明一个命令",
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usage("dbchapter --help 列出命令和参数", "没有命令 %q", strings.Join(args, " "))
			}
			return c.Help()
		},
	}
}
