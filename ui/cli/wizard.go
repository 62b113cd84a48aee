package cli

import (
	"errors"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/ui"
	"dbchapter/ui/i18n"
	screens "dbchapter/ui/screen/brief"
	"dbchapter/ui/theme"
)

// wizard opens the wizard, or the line mode when asked for.
func (a *app) wizard(c *cobra.Command, args []string) error {
	lang := i18n.Detect(a.flags.lang, a.env.Getenv)
	b, err := a.startBrief(args)
	if err != nil {
		return err
	}
	if a.flags.yes {
		return usage("要不提问地生成一章：dbchapter draft --preset ID 或 --brief FILE", "--yes 不能和向导一起用")
	}
	if a.flags.accessible || a.env.Getenv("ACCESSIBLE") != "" {
		return a.lineMode(c, b, lang)
	}
	if !a.env.StdinTTY || !a.env.StdoutTTY || a.env.Getenv("TERM") == "dumb" {
		return usage("不提问地生成一章：dbchapter draft --preset parking；逐行提问：dbchapter --accessible", "这里不是交互终端，打不开向导")
	}
	o, err := a.wizardOptions(b, lang)
	if err != nil {
		return err
	}
	if b == nil && len(args) > 0 {
		o.File = args[0]
	}
	res, err := a.env.Wizard(c.Context(), o)
	return a.left(res, err)
}

// startBrief is the brief that --preset or --brief opens the wizard with.
func (a *app) startBrief(args []string) (*brief.Brief, error) {
	if a.flags.brief == "" && a.flags.preset == "" {
		if len(args) > 0 {
			if _, err := os.Stat(args[0]); err != nil {
				return nil, a.noSuch(args[0])
			}
		}
		return nil, nil
	}
	b, err := a.loadBrief()
	if a.mendable(err) {
		return &b, nil
	}
	return &b, err
}

// mendable says whether a brief lacks only what the wizard asks for anyway: it
// could be read, and somebody is there to answer.
func (a *app) mendable(err error) bool {
	var ps brief.Problems
	if !errors.As(err, &ps) || a.flags.yes || !a.env.StdinTTY || !a.env.StdoutTTY || a.flags.brief == "-" {
		return false
	}
	return !slices.ContainsFunc(ps, func(p brief.Problem) bool { return p.Rule == "V00" || p.Rule == "" })
}

func (a *app) wizardOptions(b *brief.Brief, lang i18n.Lang) (ui.Options, error) {
	house, err := a.loadHouse()
	if err != nil {
		return ui.Options{}, err
	}
	who, err := a.drafter()
	if err != nil {
		return ui.Options{}, err
	}
	o := ui.Options{
		Drafter: a.checked(who), Info: who.info, Offline: a.offline(house),
		Providers: a.choices(), Open: a.openByID,
		House: house, Length: prompt.Length(a.flags.length),
		Brief: b, Into: a.flags.into, Lang: lang,
		Theme: theme.Options{NoColor: a.flags.noColor || a.env.Getenv("NO_COLOR") != "", ASCII: a.flags.ascii},
		Today: a.env.Now().Format("2006-01-02"),
		Env:   a.env.Getenv, Now: a.env.Now,
	}
	// Without a place for drafts the wizard still works; it says so itself.
	if s, err := a.store(); err == nil {
		o.Store = s
	}
	return o, nil
}

// left turns what the wizard leaves behind into the end of the command.
func (a *app) left(res ui.Result, err error) error {
	var crash *ui.CrashError
	switch {
	case errors.Is(err, ui.ErrNoTerminal):
		return usage("不提问地生成一章：dbchapter draft --preset parking", "这里没有终端")
	case errors.As(err, &crash):
		if crash.Report != "" {
			a.warn("故障报告（不含密钥和简报内容）：%s", crash.Report)
		}
		return failure(err, "草稿已保留，再次运行 dbchapter 会先提示恢复", "向导意外退出")
	case err != nil:
		return failure(err, "", "向导")
	}
	if res.Draft != "" && res.Saved == "" {
		a.note("草稿已保留：%s（dbchapter drafts show %s）", res.Draft, res.Draft)
	}
	if res.Code != 0 {
		return &Error{Code: res.Code, Msg: "已中断"}
	}
	return nil
}

// lineMode asks the same questions one a line and writes the chapter.
func (a *app) lineMode(c *cobra.Command, start *brief.Brief, lang i18n.Lang) error {
	var b brief.Brief
	if start != nil {
		b = *start
	}
	if b.BaseDate == "" {
		b.BaseDate = a.env.Now().Format("2006-01-02")
	}
	b, err := screens.Ask(a.env.Stdin, a.env.Stderr, b, lang)
	if errors.Is(err, screens.ErrLeft) {
		a.keepBrief(b)
		return &Error{Code: ExitCancelled, Msg: "没有问完就离开了", Hint: "重新运行 dbchapter --accessible"}
	}
	if err != nil {
		return failure(err, "", "逐行提问")
	}
	if errs := brief.Validate(b).Errors(); len(errs) > 0 {
		return errs
	}
	return a.draftBrief(c.Context(), b)
}

// noSuch says that an argument is neither a file nor a command, and which
// command was meant.
func (a *app) noSuch(arg string) error {
	hint := "dbchapter --help 列出命令和参数"
	best, least := "", 3
	for _, c := range a.commands {
		if d := distance(arg, c); d < least {
			best, least = c, d
		}
	}
	if best != "" {
		return usage(hint, "没有命令或文件 %q，是否想写 %q", arg, best)
	}
	return usage(hint, "没有命令或文件 %q", arg)
}
