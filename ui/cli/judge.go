package cli

import (
	"fmt"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// explain writes the record of decisions where it was asked for.
func (a *app) explain(d design.Design) error {
	if a.flags.explain {
		fmt.Fprint(a.env.Stderr, decisionRecord(d))
	}
	if a.flags.explainTo == "" {
		return nil
	}
	if a.flags.explainTo == "-" {
		return a.print([]byte(decisionRecord(d)))
	}
	return a.replace(a.flags.explainTo, []byte(decisionRecord(d)), "章节已经写好；检查目录权限")
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
			mark = a.words.T("（待确认）")
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
