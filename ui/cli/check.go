package cli

import (
	"encoding/json"
	"os"

	"github.com/spf13/cobra"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
	"dbchapter/ui/safetext"
)

// checkCmd holds a chapter against its contract, its DDL and its brief.
func (a *app) checkCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "check FILE.md",
		Short: "检查一章：发现、分数，供人和 CI 使用",
		Args:  cobra.ExactArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return a.check(args[0]) },
	}
	p := c.Flags()
	p.StringVar(&a.flags.format, "format", "text", "输出格式 text、json 或 sarif")
	p.BoolVar(&a.flags.strict, "strict", false, "有警告也算没有通过")
	p.BoolVar(&a.flags.fix, "fix", false, "把可以安全修复的改好，写回文件（或 --output）")
	p.BoolVar(&a.flags.review, "review", false, "架构评审预检：最要紧的三点和结论")
	a.flags.registerOutput(c)
	return c
}

func (a *app) check(file string) error {
	data, err := a.input(file)
	if err != nil {
		return err
	}
	d, err := a.designFor(file)
	if err != nil {
		return err
	}
	text := string(data)
	if a.flags.fix {
		if text, err = a.fix(d, file, text); err != nil {
			return err
		}
	}
	rep := check.Run(d, text)
	if err := a.showReport(d, file, text, rep); err != nil {
		return err
	}
	return a.verdict(rep)
}

// designFor is the design of the brief named by the flags, or of the sidecar
// beside the chapter; nil when there is none.
func (a *app) designFor(file string) (*design.Design, error) {
	if a.flags.brief == "" && a.flags.preset == "" {
		if _, err := os.Stat(sidecar(file)); err != nil {
			return nil, nil
		}
		a.flags.brief = sidecar(file)
	}
	b, err := a.loadBrief()
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

// fix applies the safe fixes and writes the result back, atomically.
func (a *app) fix(d *design.Design, file, text string) (string, error) {
	fixed, steps := check.Fix(d, text)
	if a.flags.output == "-" {
		a.flags.output, a.flags.force = file, true
		if file == "-" {
			a.flags.output = "-"
		}
	}
	if fixed != text || a.flags.output != file {
		if err := a.write([]byte(fixed)); err != nil {
			return text, err
		}
	}
	for _, s := range steps {
		a.note("已自动修正 %s：%s", s.Step, s.Message)
	}
	return fixed, nil
}

func (a *app) showReport(d *design.Design, file, text string, rep check.Report) error {
	out := a.env.Stdout
	var data []byte
	var err error
	switch a.flags.format {
	case "json":
		data, err = json.MarshalIndent(rep, "", "  ")
		data = append(data, '\n')
	case "sarif":
		data, err = check.SARIF(file, rep)
	case "text":
		data = []byte(safetext.Clean(check.Text(file, text, rep)))
		if a.flags.review {
			data = append(data, safetext.Clean(check.ReviewText(check.Reviewed(d, text)))...)
		}
	default:
		return usage("可用 text、json、sarif", "没有输出格式 %q", a.flags.format)
	}
	if err == nil {
		_, err = out.Write(data)
	}
	if err != nil {
		return failure(err, "", "写标准输出")
	}
	return nil
}

// verdict is errFindings when the chapter may not be handed in.
func (a *app) verdict(rep check.Report) error {
	for _, f := range rep.Findings {
		if f.Severity == check.Error || a.flags.strict && f.Severity == check.Warn {
			return errFindings
		}
	}
	return nil
}
