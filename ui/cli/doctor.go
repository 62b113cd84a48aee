package cli

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"dbchapter/ui/safetext"
	"dbchapter/ui/store"
)

// diagnosis is one line of the doctor: what, whether it works, what to do.
type diagnosis struct {
	ok         bool
	what, seen string
	todo       string
}

// doctorCmd says what works on this machine and what to do about the rest. It
// sends nothing anywhere.
func (a *app) doctorCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "这台机器上什么可用、还缺什么（不显示密钥，不联网）",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			all := append(a.terminal(), a.files()...)
			all = append(all, a.providers()...)
			for _, d := range all {
				mark := "可用"
				if !d.ok {
					mark = "注意"
				}
				fmt.Fprintf(a.env.Stdout, "%s  %s：%s\n", mark, d.what, safetext.Clean(d.seen))
				if d.todo != "" {
					fmt.Fprintf(a.env.Stdout, "      → %s\n", d.todo)
				}
			}
			return nil
		},
	}
}

// terminal looks at what the wizard needs to draw.
func (a *app) terminal() []diagnosis {
	var out []diagnosis
	tty := diagnosis{ok: a.env.StdinTTY && a.env.StdoutTTY, what: "终端", seen: "输入和输出都是终端"}
	if !tty.ok {
		tty.seen, tty.todo = "不是交互终端，向导不能打开", "用 dbchapter draft，或加 --accessible 逐行提问"
	}
	out = append(out, tty)
	term := a.env.Getenv("TERM")
	kind := diagnosis{ok: term != "" && term != "dumb", what: "TERM", seen: fmt.Sprintf("%q", term)}
	if !kind.ok {
		kind.todo = "设为 xterm-256color，或用 --accessible"
	}
	locale := firstOf(a.env.Getenv("LC_ALL"), a.env.Getenv("LC_CTYPE"), a.env.Getenv("LANG"))
	utf := strings.Contains(strings.ToLower(strings.ReplaceAll(locale, "-", "")), "utf8")
	lang := diagnosis{ok: utf, what: "字符集", seen: fmt.Sprintf("%q", locale)}
	if !utf {
		lang.todo = "设 LANG=zh_CN.UTF-8 或 C.UTF-8，否则有的终端显示不了中文"
	}
	return append(out, kind, lang)
}

// files looks at where drafts and configuration live.
func (a *app) files() []diagnosis {
	state := diagnosis{what: "草稿目录", seen: a.stateDir()}
	switch _, err := store.Open(a.stateDir()); {
	case a.stateDir() == "":
		state.seen, state.todo = "没有（HOME 没有设置）", "用 --state-dir 指定；不指定时向导不保存草稿"
	case err != nil:
		state.todo = "不可写：" + cause(err).Error()
	default:
		state.ok = true
	}
	config := diagnosis{ok: true, what: "配置文件", seen: a.configFile()}
	switch info, err := os.Stat(a.configFile()); {
	case err != nil:
		config.seen += "（没有，用默认值）"
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		config.ok, config.todo = false, fmt.Sprintf("别人也能读它：chmod 600 %q", a.configFile())
	}
	return []diagnosis{state, config}
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
