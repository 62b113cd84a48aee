package check

import (
	"fmt"
	"strings"
)

var severityNames = map[Severity]string{Error: "错误", Warn: "警告", Info: "建议"}

// Text writes a report for people: for each finding file:line: 级别 规则 消息,
// the line itself, and what would mend it; then one line that sums up.
func Text(file, text string, r Report) string {
	lines := strings.Split(text, "\n")
	var b strings.Builder
	count := map[Severity]int{}
	for _, f := range r.Findings {
		count[f.Severity]++
		fmt.Fprintf(&b, "%s:%d: %s %s %s\n", file, f.Line, severityNames[f.Severity], f.Rule, f.Message)
		if f.Line >= 1 && f.Line <= len(lines) {
			if l := strings.TrimSpace(lines[f.Line-1]); l != "" {
				fmt.Fprintf(&b, "    %s\n", shorten(l, 100))
			}
		}
		if f.Fix != nil {
			how := "建议"
			if f.Safe {
				how = "可自动修复"
			}
			fmt.Fprintf(&b, "    %s：%s\n", how, *f.Fix)
		}
	}
	if len(r.Findings) == 0 {
		fmt.Fprintf(&b, "%s：没有发现问题", file)
	} else {
		fmt.Fprintf(&b, "%s：%d个错误，%d个警告，%d个建议", file, count[Error], count[Warn], count[Info])
	}
	fmt.Fprintf(&b, "；得分 %d/100（%s）", r.Score.Total, r.Score.Grade)
	if r.Score.Capped != "" {
		fmt.Fprintf(&b, "，因 %s 封顶%d分", r.Score.Capped, vetoCap)
	}
	b.WriteString("\n")
	return b.String()
}

// shorten keeps at most n characters of a line.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
