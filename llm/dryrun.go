package llm

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"dbchapter/prompt"
)

// A Plan is what a drafter would send, for --dry-run and for the screen that
// asks before anything leaves the machine.
type Plan struct {
	Name, Model string
	Host        string // "" when nothing leaves the program
	Local       bool   // the host is this machine
	Chars       int    // of the prompt
	Bytes       int
	Input       int     // tokens, estimated generously
	Output      int     // tokens a chapter of this brief may have, estimated
	Cost        float64 // of both, 0 when the configuration has no price
	Currency    string
	Hidden      int // values that --redact replaced
}

// Tokens that a table of the brief adds to a chapter, and what the other
// sections have together (models.md §5.4 has chapters of ten tables).
const (
	tokensPerTable = 650
	tokensBeside   = 3000
)

// PlanOf says what drafting p with c would send. It sends nothing and asks
// nobody; hidden is how many values were replaced in p.
func PlanOf(c Config, p prompt.Prompt, hidden int) Plan {
	plan := Plan{Name: c.Name, Model: c.Model, Hidden: hidden}
	if c.IsOffline() {
		return plan
	}
	plan.Host, plan.Local = c.Host(), c.Local()
	plan.Chars, plan.Bytes = utf8.RuneCountInString(p.Text), len(p.Text)
	plan.Input = Tokens(p.Text)
	share := 1.0
	if n := len(p.Sections); n > 0 {
		share = float64(n) / 7
	}
	plan.Output = int(share * float64(tokensBeside+tokensPerTable*len(p.Brief.Entities)))
	plan.Cost = (float64(plan.Input)*c.Price.Input + float64(plan.Output)*c.Price.Output) / 1e6
	plan.Currency = first(c.Price.Currency, "¥")
	return plan
}

// String says it in Chinese, one line for each matter.
func (p Plan) String() string {
	if p.Host == "" {
		return "离线起草：什么都不会发送。\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "发往：%s（%s）\n", p.Host, p.Name)
	if p.Local {
		b.WriteString("本机服务：数据不离开这台机器\n")
	}
	if p.Model != "" {
		fmt.Fprintf(&b, "模型：%s\n", p.Model)
	}
	fmt.Fprintf(&b, "提示词：%d 字，%d 字节，约 %d 个 token\n", p.Chars, p.Bytes, roundUp(p.Input))
	fmt.Fprintf(&b, "答复：约 %d 个 token（估算）\n", roundUp(p.Output))
	if p.Cost > 0 {
		fmt.Fprintf(&b, "费用：约 %s%s（按配置里的单价估算）\n", p.Currency, money(p.Cost))
	} else {
		b.WriteString("费用：配置里没有单价，不估算\n")
	}
	if p.Hidden > 0 {
		fmt.Fprintf(&b, "已替换 %d 处地址、账号、口令或联系方式，收到答复后还原\n", p.Hidden)
	}
	return b.String()
}

// roundUp gives an estimate no more digits than it deserves.
func roundUp(n int) int {
	if n < 100 {
		return n
	}
	return (n + 99) / 100 * 100
}

// money writes a small sum with two significant digits.
func money(v float64) string {
	if v >= 1 {
		return fmt.Sprintf("%.2f", v)
	}
	digits := 1 - int(math.Floor(math.Log10(v)))
	return fmt.Sprintf("%.*f", min(6, digits), v)
}
