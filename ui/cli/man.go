package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCmd prints the manual page, for packagers.
func (a *app) manCmd() *cobra.Command {
	return &cobra.Command{
		Use:    "man",
		Short:  "打印手册页（roff），供打包使用",
		Hidden: true,
		Args:   nothing,
		RunE:   func(c *cobra.Command, _ []string) error { return a.print([]byte(a.manual(c.Root()))) },
	}
}

// manual is the whole command tree as one page of section 1, made from the
// same words as --help.
func (a *app) manual(root *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH DBCHAPTER 1 \"\" \"dbchapter %s\"\n", roff(a.env.Version))
	fmt.Fprintf(&b, ".SH %s\n%s \\- %s\n", a.words.T("名称"), roff("dbchapter"), roff(root.Short))
	fmt.Fprintf(&b, ".SH %s\n.B dbchapter\n[FILE]\n.br\n.B dbchapter\n%s\n", a.words.T("用法"), roff(a.words.T("命令 [参数]")))
	fmt.Fprintf(&b, ".SH %s\n%s\n", a.words.T("说明"), roff(root.Long))
	manFlags(&b, root.PersistentFlags(), a.words.T("参数"))
	fmt.Fprintf(&b, ".SH %s\n", a.words.T("命令"))
	each(root, func(c *cobra.Command) {
		if c == root || !c.IsAvailableCommand() {
			return
		}
		fmt.Fprintf(&b, ".SS \"%s\"\n%s\n", roff(c.CommandPath()+strings.TrimPrefix(c.Use, c.Name())), roff(firstOf(c.Long, c.Short)))
		manFlags(&b, c.LocalNonPersistentFlags(), "")
	})
	fmt.Fprintf(&b, ".SH %s\n", a.words.T("退出码"))
	for _, row := range exitWords() {
		fmt.Fprintf(&b, ".TP\n%d\n%s\n", row.code, roff(a.words.T(row.zh)))
	}
	fmt.Fprintf(&b, ".SH %s\n.nf\n%s\n.fi\n", a.words.T("例子"), roff(root.Example))
	return b.String()
}

// exitWords are the exit codes as people read them (product.md §2).
func exitWords() []struct {
	code int
	zh   string
} {
	return []struct {
		code int
		zh   string
	}{
		{ExitOK, "完成"},
		{ExitFailure, "没有做成"},
		{ExitUsage, "参数、简报或其他输入有错"},
		{ExitFindings, "做完了，但检查发现错误（--strict：或警告）"},
		{ExitProvider, "模型服务出错；收到的内容在草稿里"},
		{ExitCancelled, "被中断"},
	}
}

func manFlags(b *strings.Builder, flags *pflag.FlagSet, title string) {
	if title != "" {
		fmt.Fprintf(b, ".SH %s\n", title)
	}
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if kind, _ := pflag.UnquoteUsage(f); kind != "" {
			name += " " + kind
		}
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(name), roff(f.Usage))
	})
}

// roff is text that the typesetter leaves alone.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", "\n.br\n").Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if l != ".br" && (strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'")) {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
