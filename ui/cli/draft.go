package cli

import (
	"context"

	"github.com/spf13/cobra"

	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// draftCmd is brief in, chapter out, no questions.
func (a *app) draftCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "draft",
		Short: "由简报直接生成一章，不提问",
		Args:  nothing,
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
	p.BoolVar(&a.flags.frontMatter, "front-matter", false, "把简报写在章节开头（YAML），不另写文件")
	p.BoolVar(&a.flags.noSidecar, "no-sidecar", false, "不在章节旁边写简报（NAME.brief.yaml）")
	return c
}

// lengths are the levels of --length, in both languages.
func lengths() map[string]prompt.Length {
	return map[string]prompt.Length{
		"": prompt.Standard, "brief": prompt.Brief, "精简": prompt.Brief,
		"standard": prompt.Standard, "标准": prompt.Standard, "full": prompt.Full, "详尽": prompt.Full,
	}
}

// work is everything a draft is made from.
type work struct {
	brief  brief.Brief
	design design.Design
	prompt prompt.Prompt
	who    writer
	doc    document // of --chapter
}

func (a *app) draft(ctx context.Context) error {
	w, err := a.plan(a.loadBrief())
	if err != nil {
		return err
	}
	return a.run(ctx, w)
}

// draftBrief writes the chapter of a valid brief.
func (a *app) draftBrief(ctx context.Context, b brief.Brief) error {
	w, err := a.plan(b, nil)
	if err != nil {
		return err
	}
	return a.run(ctx, w)
}

// plan gathers what a draft needs and says at once what is wrong with it;
// wrong is what is wrong with the brief.
func (a *app) plan(b brief.Brief, wrong error) (work, error) {
	w := work{brief: b}
	var errs several
	errs.add(wrong)
	errs.add(a.places())
	house, err := a.loadHouse()
	errs.add(err)
	want, err := a.wanted()
	errs.add(err)
	if a.flags.chapter != "" {
		w.doc, err = a.chapterToRewrite()
		errs.add(err)
	}
	if _, ok := lengths()[a.flags.length]; !ok {
		errs.add(usage("可用 brief、standard、full", "没有篇幅 %q", a.flags.length))
	}
	w.who, err = a.drafter()
	errs.add(err)
	if len(errs) > 0 {
		return w, errs.err()
	}
	r := brief.Complete(b)
	w.design = design.New(r, house)
	w.prompt = a.promptFor(r, w.doc, want)
	return w, nil
}

// places are the files to be written; none may be replaced silently.
func (a *app) places() error {
	var errs several
	switch into := a.flags.into; {
	case into != "" && a.flags.output != "-":
		errs.add(usage("只留一个", "--into 和 --output 不能一起用"))
	case into != "" && a.flags.frontMatter:
		errs.add(usage("只留一个", "--into 和 --front-matter 不能一起用"))
	case into != "":
		_, err := a.input(into)
		errs.add(err)
	default:
		errs.add(a.mayWrite(a.flags.output))
	}
	errs.add(a.mayWrite(a.flags.explainTo))
	return errs.err()
}

// wanted are the sections of --section.
func (a *app) wanted() ([]chapter.Section, error) {
	var want []chapter.Section
	var errs several
	for _, name := range a.flags.sections {
		s, ok := chapter.ByID(name)
		if !ok {
			errs.add(usage("可用 architecture tables sharding cache sync performance backup，或 1 到 7", "没有章节 %q", name))
		}
		want = append(want, s)
	}
	if a.flags.chapter != "" && len(a.flags.sections) == 0 {
		errs.add(usage("加 --section，如 --section cache", "--chapter 需要指明重写哪一节"))
	}
	return want, errs.err()
}

// chapterToRewrite is the saved chapter of --chapter.
func (a *app) chapterToRewrite() (document, error) {
	doc, err := a.openDocument(a.flags.chapter)
	if err != nil {
		return doc, err
	}
	for _, p := range chapter.Parse(doc.chapter).Parts {
		if p.Section != "" {
			return doc, nil
		}
	}
	return doc, usage("请给一份由 dbchapter 保存的章节", "%q 里没有数据库设计章节的任何一节", a.flags.chapter)
}

// promptFor asks for the whole chapter, or for sections of one that exists.
func (a *app) promptFor(r brief.Resolved, doc document, want []chapter.Section) prompt.Prompt {
	p := prompt.Whole(r)
	switch {
	case a.flags.chapter != "":
		p = prompt.Section(r, chapter.Parse(doc.chapter), a.flags.hint, nil, want...)
	case len(want) > 0:
		p = prompt.Section(r, chapter.Chapter{}, a.flags.hint, nil, want...)
	case a.flags.hint != "":
		p = prompt.Section(r, chapter.Chapter{}, a.flags.hint, nil, chapter.Sections()...)
	}
	p.Length = lengths()[a.flags.length]
	return p
}

// run drafts, delivers and judges.
func (a *app) run(ctx context.Context, w work) error {
	if a.flags.dryRun {
		return a.describe(w.who, w.prompt)
	}
	if w.who.config.IsOffline() && len(w.brief.Entities) == 0 {
		return brief.Problems{{Rule: "V40", Path: "entities", Message: "没有业务实体，离线起草无从下笔", Hint: flagFor("entities")}}
	}
	ctx, ended := interruptible(ctx)
	defer ended()
	text, err := a.compose(ctx, w)
	if err != nil {
		return stopped(ctx, err)
	}
	if err := a.deliver(text, w); err != nil {
		return err
	}
	if err := a.explain(w.design); err != nil {
		return err
	}
	a.assumptions(w.design)
	return a.judge(&w.design, text)
}
