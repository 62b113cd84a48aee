package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageTemplate is how a command explains itself; the words between ‹› are
// looked up before it is used.
const usageTemplate = `‹用法：›{{if .Runnable}}
  {{.UseLine}} ‹[参数]›{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} ‹命令›{{end}}{{if .HasExample}}

‹例子：›
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

‹命令：›{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

‹参数：›
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

‹各命令共有的参数：›
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

‹“dbchapter 命令 --help”说明一个命令。›{{end}}
`

// speak puts the whole command tree into the language of the interface.
func (a *app) speak(root *cobra.Command) {
	t := usageTemplate
	for {
		before, rest, ok := strings.Cut(t, "‹")
		if !ok {
			break
		}
		word, after, _ := strings.Cut(rest, "›")
		t = before + a.words.T(word) + after
	}
	root.SetUsageTemplate(t)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return flagError(c, err) })
	a.translate(root)
}

func (a *app) translate(c *cobra.Command) {
	c.DisableFlagsInUseLine = true
	c.Short, c.Long, c.Example = a.words.T(c.Short), a.words.T(c.Long), a.words.T(c.Example)
	each := func(f *pflag.Flag) { f.Usage = a.words.T(f.Usage) }
	c.LocalNonPersistentFlags().VisitAll(each)
	c.PersistentFlags().VisitAll(each)
	for _, sub := range c.Commands() {
		a.translate(sub)
	}
}

// flagError says what is wrong with a flag, and which one was meant.
func flagError(c *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		empty   *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	hint := "dbchapter --help 列出命令和参数"
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if len(name) == 1 {
			return usage(hint, "没有参数 %q", "-"+name)
		}
		if near := nearestFlag(c, name); near != "" {
			return usage(hint, "没有参数 %q，是否想写 %q", "--"+name, "--"+near)
		}
		return usage(hint, "没有参数 %q", "--"+name)
	case errors.As(err, &empty):
		return usage(hint, "参数 %q 后面缺少值", "--"+empty.GetFlag().Name)
	case errors.As(err, &invalid):
		return usage(hint, "参数 %q 的值 %q 不对", "--"+invalid.GetFlag().Name, invalid.GetValue())
	}
	return err
}

// nearestFlag is the flag of a command that differs least from what was
// written, "" when none is near.
func nearestFlag(c *cobra.Command, name string) string {
	best, least := "", 3
	see := func(f *pflag.Flag) {
		if d := distance(name, f.Name); d < least && !f.Hidden {
			best, least = f.Name, d
		}
	}
	c.Flags().VisitAll(see)
	c.InheritedFlags().VisitAll(see)
	return best
}

// distance is how many letters must be put in, taken out or changed.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, p := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, q := range y {
			next := diagonal
			if p != q {
				next++
			}
			diagonal = row[j+1]
			row[j+1] = min(next, diagonal+1, row[j]+1)
		}
	}
	return row[len(y)]
}

// nothing is a command without arguments.
func nothing(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("dbchapter --help 列出命令和参数", "%q 不需要 %q", c.CommandPath(), args[0])
	}
	return nil
}

// one is a command with exactly one argument, named in its use line.
func one(c *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	_, what, _ := strings.Cut(c.Use, " ")
	what, _, _ = strings.Cut(what, " --")
	return usage(fmt.Sprintf("%s %s", c.CommandPath(), what), "%q 需要一个 %s，给了 %d 个", c.CommandPath(), what, len(args))
}

// some is a command with one argument or more.
func some(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return nil
	}
	return one(c, args)
}
