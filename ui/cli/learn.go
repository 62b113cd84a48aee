package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// learnCmd is an exercise for reviewers: a chapter with mistakes to find.
func (a *app) learnCmd() *cobra.Command {
	grade := ""
	c := &cobra.Command{
		Use:   "learn",
		Short: "练习评审：一章里埋了十处错误，找出来或改好，再评分",
		Long: "写出一章埋了十处错误的示例（--output）和它的简报。找错可以自己读，也可以用 dbchapter check。\n" +
			"评分（--grade）给改好的章节，或一份答案：每行一个行号、规则编号，或两者都写。全部找到时退出码为 0，否则为 3。",
		Example: "  dbchapter learn -o exercise.md\n" +
			"  dbchapter check exercise.md\n" +
			"  dbchapter learn --grade exercise.md        评改好的章节\n" +
			"  printf '46 D006\\n301\\n' | dbchapter learn --grade -",
		Args: nothing,
		RunE: func(c *cobra.Command, _ []string) error {
			x, err := a.exercise(c.Context())
			if err != nil {
				return err
			}
			if grade != "" {
				return a.grade(x, grade)
			}
			return a.handOut(x)
		},
	}
	c.Flags().StringVar(&grade, "grade", "", "给这份文件评分：改好的章节，或每行一个行号或规则编号的答案；- 是标准输入")
	a.flags.registerOutput(c)
	return c
}

// exercisePreset and exerciseDate make the exercise the same for everybody.
const (
	exercisePreset = "parking"
	exerciseDate   = "2027-01-01"
)

// exercise is the chapter with its mistakes.
type exercise struct {
	brief  brief.Brief
	design design.Design
	right  string // the chapter as the rules write it
	wrong  string
	plants []plant
}

// exercise drafts the example by the rules and plants the mistakes.
func (a *app) exercise(ctx context.Context) (exercise, error) {
	b, ok := brief.Preset(exercisePreset)
	if !ok {
		return exercise{}, usage("", "没有预设 %q%s", exercisePreset, "")
	}
	b.BaseDate = exerciseDate
	r := brief.Complete(b)
	x := exercise{brief: b, design: design.New(r, design.House{})}
	text, _, err := llm.Collect(ctx, a.offline(design.House{}), prompt.Whole(r))
	if err != nil {
		return x, err
	}
	x.right = text
	x.plants, x.wrong = planted(&x.design, text)
	return x, nil
}

// handOut writes the exercise, and its brief beside it for the checker.
func (a *app) handOut(x exercise) error {
	if err := a.write([]byte(x.wrong)); err != nil {
		return err
	}
	if a.flags.output == "-" {
		return nil
	}
	side := sidecar(a.flags.output)
	if !exists(side) || a.flags.force {
		if err := a.replace(side, x.brief.YAML(), "章节已经写好；检查目录权限"); err != nil {
			return err
		}
	}
	a.note("%s 里有 %d 处错误。dbchapter check %s 可以帮忙；找到后 dbchapter learn --grade 评分", a.flags.output, len(x.plants), a.flags.output)
	return nil
}

// grade holds an answer against the mistakes.
func (a *app) grade(x exercise, file string) error {
	data, err := a.input(file)
	if err != nil {
		return err
	}
	g := x.grade(string(data))
	var b strings.Builder
	for i, p := range x.plants {
		mark := a.words.T("没有找到")
		if g.found[i] {
			mark = a.words.T("找到")
		}
		fmt.Fprintf(&b, "%2d. %s  ", i+1, mark)
		switch {
		case g.found[i]:
			fmt.Fprintf(&b, "%s %s\n", strings.Join(p.rules(), " "), p.about)
		default:
			fmt.Fprintf(&b, "%s\n", a.words.T("提示：在「%s」一节，约第 %d 行", p.section.Title(), p.line/10*10))
		}
	}
	b.WriteString(a.words.T("得分 %d/%d", g.score(), len(x.plants)) + "\n")
	if g.surplus > 0 {
		b.WriteString(a.words.T("另有 %d 处答得不对或多余", g.surplus) + "\n")
	}
	if err := a.print([]byte(b.String())); err != nil {
		return err
	}
	if g.score() < len(x.plants) || g.surplus > 0 {
		return errFindings
	}
	return nil
}
