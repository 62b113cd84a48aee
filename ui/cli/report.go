package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"dbchapter/prompt/check"
	"dbchapter/ui/safetext"
)

// showReports writes what was found: on standard output, unless that holds the
// mended chapter.
func (a *app) showReports(all []checkedFile) error {
	var data []byte
	var err error
	switch a.flags.format {
	case "json":
		data, err = jsonReport(all)
	case "sarif":
		data, err = sarifReport(all)
	default:
		data = []byte(a.textReport(all))
	}
	if err != nil {
		return failure(err, "", "写检查结果")
	}
	if a.flags.fix && all[0].file == "-" && a.flags.output == "-" {
		if _, err := a.env.Stderr.Write(data); err != nil {
			return failure(err, "", "写检查结果")
		}
		return nil
	}
	return a.print(data)
}

// jsonReport is the report of one file, or a list of reports that name their
// files (product.md §2).
func jsonReport(all []checkedFile) ([]byte, error) {
	var v any = all[0].report
	if len(all) > 1 {
		type named struct {
			File string `json:"file"`
			check.Report
		}
		var list []named
		for _, one := range all {
			list = append(list, named{one.file, one.report})
		}
		v = list
	}
	data, err := json.MarshalIndent(v, "", "  ")
	return append(data, '\n'), err
}

// sarifReport has one run for each file.
func sarifReport(all []checkedFile) ([]byte, error) {
	var whole map[string]any
	var runs []any
	for _, one := range all {
		data, err := check.SARIF(one.file, one.report)
		if err != nil || len(all) == 1 {
			return data, err
		}
		whole = map[string]any{}
		if err := json.Unmarshal(data, &whole); err != nil {
			return nil, err
		}
		if r, ok := whole["runs"].([]any); ok {
			runs = append(runs, r...)
		}
	}
	whole["runs"] = runs
	data, err := json.MarshalIndent(whole, "", "  ")
	return append(data, '\n'), err
}

// textReport is the report for people, coloured on a terminal.
func (a *app) textReport(all []checkedFile) string {
	var b strings.Builder
	for _, one := range all {
		b.WriteString(safetext.Clean(check.Text(one.file, one.text, one.report)))
		if a.flags.review {
			r := check.Reviewed(one.design, one.doc.chapter)
			by := one.doc.lines()
			for i := range r.Points {
				r.Points[i].Line += by
			}
			for i := range r.Questions {
				if r.Questions[i].Answered {
					r.Questions[i].Line += by
				}
			}
			b.WriteString(safetext.Clean(check.ReviewText(r)))
		}
	}
	if !a.colours() {
		return b.String()
	}
	return painted(b.String())
}

// colours says whether standard output is a terminal that wants colour.
func (a *app) colours() bool {
	term := a.env.Getenv("TERM")
	return a.env.StdoutTTY && !a.flags.noColor && a.env.Getenv("NO_COLOR") == "" && term != "" && term != "dumb"
}

// painted gives each severity its colour; the words stay, so that nobody needs
// the colour.
func painted(text string) string {
	lines := strings.SplitAfter(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "    ") {
			lines[i] = fmt.Sprintf("\x1b[2m%s\x1b[0m\n", strings.TrimSuffix(l, "\n"))
			continue
		}
		for _, s := range []struct{ word, sgr string }{{"错误", "31"}, {"警告", "33"}, {"建议", "36"}} {
			if at := strings.Index(l, ": "+s.word+" "); at >= 0 {
				at += len(": ")
				lines[i] = l[:at] + "\x1b[1;" + s.sgr + "m" + s.word + "\x1b[0m" + l[at+len(s.word):]
				break
			}
		}
	}
	return strings.Join(lines, "")
}
