package cli

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
	"dbchapter/ui/store"
)

// draftCmd is brief in, chapter out, no questions.
func (a *app) draftCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "draft",
		Short: "由简报直接生成一章，不提问",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return a.draft(c.Context()) },
	}
	a.flags.registerOutput(c)
	p := c.Flags()
	p.StringArrayVar(&a.flags.sections, "section", nil, "只要这一节（编号、英文或标题，可重复）")
	p.StringVar(&a.flags.hint, "hint", "", "对起草的要求，如 改用多级缓存")
	p.StringVar(&a.flags.chapter, "chapter", "", "已保存的章节，与 --section 一起用：其余各节逐字节不变")
	p.StringVar(&a.flags.into, "into", "", "放进这份文档的标记之间，标题级别随之下移")
	p.StringVar(&a.flags.length, "length", "standard", "篇幅 brief、standard 或 full（精简、标准、详尽）")
	p.BoolVar(&a.flags.explain, "explain", false, "把决策记录写到标准错误")
	p.StringVar(&a.flags.explainTo, "explain-out", "", "把决策记录写到文件")
	p.BoolVar(&a.flags.strict, "strict", false, "有警告也以退出码 3 结束")
	p.BoolVar(&a.flags.noRepair, "no-repair", false, "模型的错误不再让它修改")
	p.BoolVar(&a.flags.noFallback, "no-fallback", false, "模型出错时草稿里不用离线起草补齐")
	p.BoolVar(&a.flags.parallel, "parallel", false, "各节并行请求")
	p.BoolVar(&a.flags.dryRun, "dry-run", false, "只说会发送什么、发往哪里，什么都不发送")
	p.BoolVar(&a.flags.redact, "redact", false, "发送前遮住简报里的地址、口令、邮箱、电话")
	p.BoolVar(&a.flags.noSidecar, "no-sidecar", false, "不在章节旁边写简报（NAME.brief.yaml）")
	return c
}

// lengths are the levels of --length, in both languages.
var lengths = map[string]prompt.Length{
	"": prompt.Standard, "brief": prompt.Brief, "精简": prompt.Brief,
	"standard": prompt.Standard, "标准": prompt.Standard, "full": prompt.Full, "详尽": prompt.Full,
}

func (a *app) draft(ctx context.Context) error {
	b, err := a.loadBrief()
	if err != nil {
		return err
	}
	return a.draftBrief(ctx, b)
}

// draftBrief writes the chapter of a valid brief.
func (a *app) draftBrief(ctx context.Context, b brief.Brief) error {
	if _, ok := lengths[a.flags.length]; !ok {
		return usage("可用 brief、standard、full", "没有篇幅 %q", a.flags.length)
	}
	a.written = b
	if a.flags.into == "" {
		if err := a.mayWrite(a.flags.output); err != nil {
			return err
		}
	}
	house, err := a.loadHouse()
	if err != nil {
		return err
	}
	r := brief.Complete(b)
	d := design.New(r, house)
	p, err := a.promptFor(r)
	if err != nil {
		return err
	}
	who, err := a.drafter()
	if err != nil {
		return err
	}
	if a.flags.dryRun {
		return a.describe(who, p)
	}
	text, err := a.compose(ctx, who, p, &d)
	if err != nil {
		return err
	}
	if err := a.deliver(text, b); err != nil {
		return err
	}
	if err := a.explain(d); err != nil {
		return err
	}
	a.assumptions(d)
	return a.judge(&d, text)
}

// promptFor asks for the whole chapter, or for sections of one that exists.
func (a *app) promptFor(r brief.Resolved) (prompt.Prompt, error) {
	var want []chapter.Section
	for _, name := range a.flags.sections {
		s, ok := chapter.ByID(name)
		if !ok {
			return prompt.Prompt{}, usage("可用 architecture tables sharding cache sync performance backup，或 1 到 7", "没有章节 %q", name)
		}
		want = append(want, s)
	}
	p := prompt.Whole(r)
	switch {
	case a.flags.chapter != "" && len(want) == 0:
		return p, usage("加 --section，如 --section cache", "--chapter 需要指明重写哪一节")
	case a.flags.chapter != "":
		data, err := a.input(a.flags.chapter)
		if err != nil {
			return p, err
		}
		p = prompt.Section(r, chapter.Parse(string(data)), a.flags.hint, nil, want...)
	case len(want) > 0:
		p = prompt.Section(r, chapter.Chapter{}, a.flags.hint, nil, want...)
	case a.flags.hint != "":
		p = prompt.Section(r, chapter.Chapter{}, a.flags.hint, nil, chapter.Sections()...)
	}
	p.Length = lengths[a.flags.length]
	return p, nil
}

// deliver writes the chapter and, beside a file, the brief it came from.
func (a *app) deliver(text string, b brief.Brief) error {
	if a.flags.into != "" {
		return a.insert(text)
	}
	if err := a.write([]byte(text)); err != nil {
		return err
	}
	if a.flags.output == "-" || a.flags.output == "" || a.flags.noSidecar || a.flags.chapter != "" {
		return nil
	}
	side := sidecar(a.flags.output)
	if side == a.flags.brief {
		return nil
	}
	if _, err := os.Stat(side); err == nil && !a.flags.force && !a.flags.backup {
		a.note("提示：%q 已存在，没有改动它；加 --force 更新", side)
		return nil
	}
	if err := store.WriteFile(side, b.YAML(), 0o644); err != nil {
		return failure(err, "章节已经写好；检查目录权限", "没有写成简报 %q", side)
	}
	return nil
}

// explain writes the record of decisions where it was asked for.
func (a *app) explain(d design.Design) error {
	if a.flags.explain {
		fmt.Fprint(a.env.Stderr, decisionRecord(d))
	}
	if a.flags.explainTo == "" {
		return nil
	}
	if err := store.WriteFile(a.flags.explainTo, []byte(decisionRecord(d)), 0o644); err != nil {
		return failure(err, "检查目录权限", "没有写成决策记录 %q", a.flags.explainTo)
	}
	return nil
}

// shownAssumptions is how many assumptions are listed; --explain has them all.
const shownAssumptions = 8

// assumptions lists what was not said, the most consequential first.
func (a *app) assumptions(d design.Design) {
	var list []brief.Assumption
	for _, x := range d.Assumptions {
		if x.Source == brief.FromDefault || x.Open {
			list = append(list, x)
		}
	}
	if len(list) == 0 || a.flags.quiet {
		return
	}
	a.note("采用了 %d 项默认值：", len(list))
	for i, x := range list {
		if i == shownAssumptions {
			a.note("  另有 %d 项，--explain 列出全部", len(list)-i)
			break
		}
		mark := ""
		if x.Open {
			mark = "（待确认）"
		}
		a.note("  %s = %s%s  --set %s=…", x.Label, x.Value, mark, x.Path)
	}
}

// judge is exit code 3 when the checker finds errors in what was written.
func (a *app) judge(d *design.Design, text string) error {
	if len(a.flags.sections) > 0 && a.flags.chapter == "" {
		return nil // a part of a chapter cannot pass as a whole
	}
	rep := check.Run(d, text)
	errs, warns := 0, 0
	for _, f := range rep.Findings {
		switch f.Severity {
		case check.Error:
			errs++
		case check.Warn:
			warns++
		}
	}
	a.note("检查：%d 分，%d 错误，%d 警告", rep.Score.Total, errs, warns)
	if errs > 0 || a.flags.strict && warns > 0 {
		a.note("dbchapter check FILE.md 给出每一处的位置和改法")
		return errFindings
	}
	return nil
}
