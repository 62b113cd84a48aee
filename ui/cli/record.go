package cli

import (
	"fmt"
	"strings"

	"dbchapter/prompt/design"
)

// decisionRecord is every decision of a design as Markdown: input → rule →
// result → what would change it, then every value that was not given.
func decisionRecord(d design.Design) string {
	var b strings.Builder
	b.WriteString("# 决策记录\n\n| 对象 | 输入 | 依据 | 结果 | 什么会改变它 |\n|---|---|---|---|---|\n")
	for _, x := range d.Decisions {
		row(&b, x.Object, x.Input, x.Rule, x.Result, x.Change)
	}
	b.WriteString("\n# 假设清单\n\n| 项 | 值 | 来源 | 依据 | 影响 |\n|---|---|---|---|---|\n")
	for _, x := range d.Assumptions {
		from := map[string]string{"derived": "推导", "default": "默认", "extracted": "抽取"}[string(x.Source)]
		if x.Open {
			from += "，待确认"
		}
		row(&b, x.Label, x.Value, from, x.Rule, x.Effect)
	}
	return b.String()
}

// row is one table row with cells that stay cells.
func row(b *strings.Builder, cells ...string) {
	for _, c := range cells {
		fmt.Fprintf(b, "| %s ", strings.ReplaceAll(strings.Join(strings.Fields(c), " "), "|", `\|`))
	}
	b.WriteString("|\n")
}
