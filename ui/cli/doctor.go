package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"dbchapter/llm/probe"
	"dbchapter/ui/safetext"
	"dbchapter/ui/store"
	"dbchapter/ui/verify"
)

// diagnosis is one line of the doctor: what, whether it works, what to do.
type diagnosis struct {
	ok         bool
	unused     bool // nobody set it up: nothing is wrong
	what, seen string
	todo       string
}

// doctorCmd says what works on this machine and what to do about the rest. It
// shows no key, and asks nobody but servers on this machine.
func (a *app) doctorCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "这台机器上什么可用、还缺什么（不显示密钥，只询问本机服务）",
		Args:  nothing,
		RunE: func(c *cobra.Command, _ []string) error {
			all := append([]diagnosis{{ok: true, what: a.words.T("版本"), seen: a.env.Version}}, a.terminal()...)
			all = append(all, a.files()...)
			all = append(all, a.chosen())
			all = append(all, a.services(c.Context())...)
			all = append(all, a.servers()...)
			return a.print([]byte(a.diagnoses(all)))
		},
	}
}

func (a *app) diagnoses(all []diagnosis) string {
	var b strings.Builder
	for _, d := range all {
		mark := a.words.T("可用")
		switch {
		case d.unused:
			mark = a.words.T("未设")
		case !d.ok:
			mark = a.words.T("注意")
		}
		fmt.Fprintf(&b, "%s  %s%s%s\n", mark, d.what, a.words.T("："), safetext.Line(d.seen))
		if d.todo != "" {
			fmt.Fprintf(&b, "      → %s\n", safetext.Line(d.todo))
		}
	}
	return safetext.Redact(b.String())
}

// terminal looks at what the wizard needs to draw.
func (a *app) terminal() []diagnosis {
	tty := diagnosis{ok: a.env.StdinTTY && a.env.StdoutTTY, what: a.words.T("终端"), seen: a.words.T("输入和输出都是终端")}
	if !tty.ok {
		tty.seen, tty.todo = a.words.T("不是交互终端，向导不能打开"), a.words.T("用 dbchapter draft，或加 --accessible 逐行提问")
	}
	out := []diagnosis{tty}
	if f, ok := a.env.Stdout.(*os.File); ok && a.env.StdoutTTY {
		if w, h, err := term.GetSize(int(f.Fd())); err == nil {
			size := diagnosis{ok: w >= 60 && h >= 16, what: a.words.T("窗口"), seen: fmt.Sprintf("%d×%d", w, h)}
			if !size.ok {
				size.todo = a.words.T("放大到至少 60×16，80×24 更好")
			}
			out = append(out, size)
		}
	}
	name := a.env.Getenv("TERM")
	kind := diagnosis{ok: name != "" && name != "dumb", what: "TERM", seen: fmt.Sprintf("%q", name)}
	if !kind.ok {
		kind.todo = a.words.T("设为 xterm-256color，或用 --accessible")
	}
	locale := firstOf(a.env.Getenv("LC_ALL"), a.env.Getenv("LC_CTYPE"), a.env.Getenv("LANG"))
	utf := strings.Contains(strings.ToLower(strings.ReplaceAll(locale, "-", "")), "utf8")
	lang := diagnosis{ok: utf, what: a.words.T("字符集"), seen: fmt.Sprintf("%q", locale)}
	if !utf {
		lang.todo = a.words.T("设 LANG=zh_CN.UTF-8 或 C.UTF-8，否则有的终端显示不了中文")
	}
	return append(out, kind, lang)
}

// files looks at where drafts and configuration live.
func (a *app) files() []diagnosis {
	out := a.stateFiles()
	config := diagnosis{ok: true, what: a.words.T("配置文件"), seen: a.configFile()}
	switch _, err := os.Stat(a.configFile()); {
	case err != nil:
		config.seen += a.words.T("（没有，用默认值）")
	case openToOthers(a.configFile()):
		config.ok, config.todo = false, a.words.T("别人也能读它：chmod 600 %q", a.configFile())
	}
	out = append(out, config)
	if s, err := a.settings(localConfig, false); err == nil && exists(localConfig) {
		d := diagnosis{ok: true, what: a.words.T("当前目录的配置"), seen: localConfig}
		if s.BaseURL != "" || s.APIKey != "" || len(s.Providers) > 0 {
			d.ok, d.todo = false, a.words.T("其中的地址、密钥不会采用，请写进 %q", a.configFile())
		}
		out = append(out, d)
	}
	return out
}

func (a *app) stateFiles() []diagnosis {
	d := diagnosis{what: a.words.T("草稿目录"), seen: a.stateDir()}
	if d.seen == "" {
		d.seen, d.todo = a.words.T("没有（HOME 没有设置）"), a.words.T("用 --state-dir 指定；不指定时向导不保存草稿")
		return []diagnosis{d}
	}
	s, err := a.store()
	if err != nil {
		d.todo = a.words.T("不可写：%s", a.words.reason(err))
		return []diagnosis{d}
	}
	d.ok = true
	out := []diagnosis{d}
	var problems []store.Problem
	if problems, err = s.Check(); err != nil {
		return append(out, diagnosis{what: a.words.T("草稿"), seen: a.words.reason(err)})
	}
	for _, p := range problems {
		out = append(out, diagnosis{what: a.words.T("草稿") + " " + p.Draft, seen: p.Path, todo: a.words.reason(p.Err)})
	}
	return out
}

// chosen is who would draft now, and which host would get the data.
func (a *app) chosen() diagnosis {
	d := diagnosis{what: a.words.T("现在由谁起草")}
	w, err := a.drafter()
	if err != nil {
		d.seen, d.todo = errorText(a.words, err), a.words.T("用 --drafter offline，或补全配置")
		return d
	}
	d.ok, d.seen = true, w.info.Name
	if w.info.Host != "" {
		d.seen += " → " + w.info.Host
	}
	return d
}

// services are the rows of the provider screen, never a key; a server on this
// machine counts when it answers.
func (a *app) services(ctx context.Context) []diagnosis {
	s, err := a.sources()
	if err != nil || a.flags.offline {
		return nil
	}
	running := map[string]probe.Found{}
	for _, f := range probe.Local(ctx, probe.Candidates(s)) {
		running[f.Config.ID] = f
	}
	var out []diagnosis
	for _, o := range s.Offers() {
		d := diagnosis{ok: o.Ready, unused: !o.Ready, what: a.words.T("起草") + " " + o.Info.ID, seen: o.Info.Name}
		c, err := s.Open(o.Info.ID)
		f, here := running[o.Info.ID]
		switch {
		case !o.Ready:
			d.todo = o.Why
		case err == nil && !c.IsOffline() && c.Local() && !here:
			d.ok, d.unused, d.todo = false, true, a.words.T("%s 没有服务在运行", c.Host())
			if c.Start != "" {
				d.todo += a.words.T("：") + c.Start
			}
		case here && len(f.Models) == 0:
			d.ok, d.todo = false, a.words.T("服务在运行，但没有模型")
		case here:
			d.seen += "，" + c.Host() + " " + strings.Join(f.Models, "、")
		default:
			d.seen += "，" + o.Why
		}
		out = append(out, d)
	}
	return out
}

// servers are the databases that check --verify can start.
func (a *app) servers() []diagnosis {
	var out []diagnosis
	for _, s := range verify.Servers(exec.LookPath) {
		d := diagnosis{ok: s.Path != "", unused: s.Path == "", what: "check --verify " + s.Name, seen: s.Path}
		if !d.ok {
			d.seen, d.todo = a.words.T("没有找到"), a.words.T("可选：装上 %s 后能实际执行建表语句", s.Package)
		}
		out = append(out, d)
	}
	return out
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
