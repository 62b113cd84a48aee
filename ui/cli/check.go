package cli

import (
	"os"

	"github.com/spf13/cobra"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
	"dbchapter/prompt/export"
)

// checkCmd holds chapters against their contract, their DDL and their brief.
func (a *app) checkCmd() *cobra.Command {
	var schema bool
	c := &cobra.Command{
		Use:   "check FILE.md...",
		Short: "检查一章：发现、分数，供人和 CI 使用",
		Long: "检查章节的格式、建表语句、各节之间的引用，以及与简报是否一致。\n" +
			"简报取自 --brief、--preset、文件开头的 YAML，或旁边的 NAME.brief.yaml；没有简报时只检查章节本身。\n" +
			"文件里有 dbchapter 标记时只检查标记之间。退出码 0 通过，3 有错误（--strict：或有警告）。",
		Args: func(c *cobra.Command, args []string) error {
			if schema {
				return nothing(c, args)
			}
			return some(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if schema {
				return a.print(export.ReportSchema())
			}
			return a.check(c, args)
		},
	}
	p := c.Flags()
	p.BoolVar(&schema, "schema", false, "打印 --format json 的 JSON Schema")
	p.StringVar(&a.flags.format, "format", "text", "输出格式 text、json 或 sarif")
	p.BoolVar(&a.flags.strict, "strict", false, "有警告也算没有通过")
	p.BoolVar(&a.flags.fix, "fix", false, "把可以安全修复的改好，写回文件（或 --output）")
	p.BoolVar(&a.flags.review, "review", false, "架构评审预检：最要紧的三点和结论")
	p.BoolVar(&a.flags.verify, "verify", false, "再用本机的 mariadbd、postgres 执行一遍建表语句（临时实例，用后删除）")
	a.flags.registerOutput(c)
	return c
}

// checkedFile is one file with what the checker says about it; lines are those of
// the file.
type checkedFile struct {
	file   string
	text   string // the whole file
	doc    document
	design *design.Design
	report check.Report
}

func (a *app) check(c *cobra.Command, files []string) error {
	if err := a.checkFlags(files); err != nil {
		return err
	}
	var all []checkedFile
	var errs several
	for _, file := range files {
		one, err := a.inspect(file)
		errs.add(err)
		all = append(all, one)
	}
	if len(errs) > 0 {
		return errs.err()
	}
	if err := a.showReports(all); err != nil {
		return err
	}
	var refused bool
	if a.flags.verify {
		var err error
		if refused, err = a.verify(c.Context(), all); err != nil {
			return err
		}
	}
	if refused {
		return errFindings
	}
	return a.verdict(all)
}

// checkFlags says what does not go together.
func (a *app) checkFlags(files []string) error {
	var errs several
	switch a.flags.format {
	case "text", "json", "sarif":
	default:
		errs.add(usage("可用 text、json、sarif", "没有输出格式 %q", a.flags.format))
	}
	if a.flags.review && a.flags.format != "text" {
		errs.add(usage("去掉 --format", "--review 只有文字形式"))
	}
	if a.flags.output != "-" && !a.flags.fix {
		errs.add(usage("加 --fix，或用 > 把报告写进文件", "--output 是 --fix 改好的章节要写到的文件"))
	}
	if len(files) > 1 && a.flags.output != "-" {
		errs.add(usage("一次只修一个文件", "几个文件不能写到一个 --output"))
	}
	if a.flags.fix && a.flags.output != "-" && a.flags.output != files[0] {
		errs.add(a.mayWrite(a.flags.output))
	}
	for _, file := range files {
		if file == "-" && a.flags.brief == "-" {
			errs.add(usage("其中一个用文件", "章节和简报不能都从标准输入读"))
		}
	}
	return errs.err()
}

// inspect checks one file, after mending it with --fix.
func (a *app) inspect(file string) (checkedFile, error) {
	data, err := a.input(file)
	if err != nil {
		return checkedFile{}, err
	}
	one := checkedFile{file: file, text: string(data), doc: readDocument(data)}
	if one.design, err = a.designFor(file); err != nil {
		return one, err
	}
	var steps []chapter.Fixed
	if a.flags.fix {
		if steps, err = a.fix(&one); err != nil {
			return one, err
		}
	}
	one.report = check.Run(one.design, one.doc.chapter)
	if a.flags.fix {
		one.report.Fixed = steps
	}
	if one.report.Fixed == nil {
		one.report.Fixed = []chapter.Fixed{}
	}
	by := one.doc.lines()
	for i := range one.report.Findings {
		one.report.Findings[i].Line += by
	}
	for i := range one.report.Fixed {
		one.report.Fixed[i].Line += by
	}
	return one, nil
}

// designFor is the design of the brief named by the flags, in the front matter
// of the chapter, or beside it; nil when there is none.
func (a *app) designFor(file string) (*design.Design, error) {
	s, ok, err := a.briefOf(file)
	if err != nil || !ok {
		return nil, err
	}
	b, err := a.settle(s)
	if err != nil {
		return nil, err
	}
	house, err := a.loadHouse()
	if err != nil {
		return nil, err
	}
	d := design.New(brief.Complete(b), house)
	return &d, nil
}

// briefOf is the brief of a chapter before --set; false when there is none.
func (a *app) briefOf(file string) (source, bool, error) {
	if a.flags.brief != "" || a.flags.preset != "" {
		s, err := a.briefSource()
		return s, true, err
	}
	doc, err := a.openDocument(file)
	if err != nil {
		return source{}, false, err
	}
	if doc.brief != nil {
		return doc.source(file), true, nil
	}
	if file == "-" || sidecar(file) == file {
		return source{}, false, nil
	}
	if _, err := os.Stat(sidecar(file)); err != nil {
		return source{}, false, nil
	}
	data, err := a.input(sidecar(file))
	if err != nil {
		return source{}, false, err
	}
	return a.readSource(sidecar(file), data), true, nil
}

// fix applies the safe fixes and writes the result back, atomically. Standard
// input is mended to standard output; the report then goes to standard error.
func (a *app) fix(one *checkedFile) ([]chapter.Fixed, error) {
	fixed, steps := check.Fix(one.design, one.doc.chapter)
	whole := one.doc.with(fixed)
	target := a.flags.output
	if target == "-" {
		target = one.file
	}
	switch {
	case target == "-":
		if err := a.print([]byte(whole)); err != nil {
			return nil, err
		}
	case target != one.file:
		if err := a.write([]byte(whole)); err != nil {
			return nil, err
		}
	case whole != one.text:
		if err := a.replace(target, []byte(whole), "检查目录权限和剩余空间"); err != nil {
			return nil, err
		}
	}
	for _, s := range steps {
		a.note("已自动修正 %s：%s", s.Step, s.Message)
	}
	one.text, one.doc = whole, readDocument([]byte(whole))
	if one.doc.chapter != fixed && one.doc.whole == "" {
		one.doc.chapter = fixed
	}
	return steps, nil
}

// verdict is errFindings when a chapter may not be handed in.
func (a *app) verdict(all []checkedFile) error {
	for _, one := range all {
		for _, f := range one.report.Findings {
			if f.Severity == check.Error || a.flags.strict && f.Severity == check.Warn {
				return errFindings
			}
		}
	}
	return nil
}
