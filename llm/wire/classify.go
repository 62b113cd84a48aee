package wire

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"dbchapter/llm"
	"dbchapter/prompt/pattern"
)

// signs are words and business codes that say more than the status: Zhipu
// sends 429 for an empty balance (quirk 14). The first row that fits decides.
var signs = []struct {
	kind llm.ErrorKind
	re   *pattern.Pattern
}{
	{llm.Balance, pattern.New(`^1113 |insufficient.?(balance|quota|funds|credit)|credit balance is too low|exceeded your current quota|arrear|欠费|余额不足|账户已欠|requires more credits`)},
	{llm.Quota, pattern.New(`^13(04|08|10) |allocationquota|free.?tier.?only|daily limit|weekly limit|usage limit|额度.{0,6}(用尽|耗尽|不足|上限)`)},
	{llm.Rate, pattern.New(`^13(02|03|05|12) |rate.?limit|throttling|too many requests|请求过于频繁|并发`)},
	{llm.Filter, pattern.New(`^1301 |content.?filter|data.?inspection.?failed|content.?policy|内容安全|敏感内容`)},
	{llm.Auth, pattern.New(`^100[0-4] |invalid.?api.?key|incorrect api key|authentication|unauthorized|invalid.?token|access.?denied|permission`)},
	{llm.Context, pattern.New(`context.?length|context.?window|maximum context|prompt is too long|too many tokens|input.{0,10}too long|exceeds the available context|model token limit|range of input length`)},
	{llm.Server, pattern.New(`overloaded|loading model|capacity|server.?busy|temporarily unavailable`)},
}

// statuses class what has no words.
func kindOf(status int) llm.ErrorKind {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return llm.Auth
	case status == http.StatusPaymentRequired:
		return llm.Balance
	case status == http.StatusTooManyRequests:
		return llm.Rate
	case status == http.StatusRequestEntityTooLarge:
		return llm.Context
	case status >= 500 || status == http.StatusRequestTimeout || status == 0:
		return llm.Server
	}
	return llm.Request
}

// classify says what kind of failure it is. A request that a parameter spoils
// is one whatever else its words remind of.
func classify(d detail, status int) llm.ErrorKind {
	all := d.all()
	for _, s := range signs {
		if s.re.MatchString(all) {
			return s.kind
		}
	}
	return kindOf(status)
}

// hint says what to do next about a failure.
func hint(e *llm.Error, c llm.Config) string {
	switch e.Kind {
	case llm.Auth:
		return authHint(c)
	case llm.Balance:
		return strings.TrimSuffix("充值后再试，或换一个起草方式；充值页面："+c.TopUp, "；充值页面：")
	case llm.Rate:
		return waitHint("请求太频繁", e.After)
	case llm.Quota:
		return waitHint("本时段的额度已用完", e.After)
	case llm.Server:
		return waitHint("服务端暂时有问题", e.After)
	case llm.Request:
		return requestHint(e.Status, c)
	case llm.Network:
		if c.Local() {
			return strings.TrimSuffix("先启动本机服务："+c.Start, "：")
		}
		return "检查网络、代理和服务地址；也可改用离线起草（--offline）"
	case llm.Stalled:
		return "重试；仍然没有响应就换一个模型，或改用离线起草（--offline）"
	case llm.Truncated:
		return "已收到的部分保留；可以继续、重写，或用离线起草补齐"
	case llm.Empty:
		return "换一个模型，或关闭思考、调大 max_tokens 后重试"
	case llm.BadReply:
		return "检查服务地址（是否缺 /v1）、协议和代理设置"
	case llm.Filter:
		return "改写触发审查的描述，或换一个模型，或改用离线起草（--offline）"
	case llm.Context:
		return "简报太长：减少实体、换上下文更大的模型，或在服务端调大上下文长度"
	}
	return "用 dbchapter doctor 检查配置"
}

func authHint(c llm.Config) string {
	out := "检查密钥是否有效、是否有这个模型的权限"
	if c.Sibling != "" {
		out += fmt.Sprintf("；密钥只在所属区域有效，另一区域用 --drafter %s", c.Sibling)
	}
	if c.KeyURL != "" {
		out += "；密钥页面：" + c.KeyURL
	}
	return out
}

func waitHint(what string, after time.Duration) string {
	if after > 0 {
		return fmt.Sprintf("%s，%s后再试，或换一个起草方式", what, span(after))
	}
	return what + "，稍后再试，或换一个起草方式"
}

func requestHint(status int, c llm.Config) string {
	switch {
	case status == http.StatusNotFound && c.Protocol == llm.Ollama:
		return fmt.Sprintf("先取模型：ollama pull %s", c.Model)
	case status == http.StatusNotFound:
		return fmt.Sprintf("检查服务地址和模型名 %q（--base-url、--model）", c.Model)
	}
	return "服务不接受这个请求：检查模型名和协议（--model、DBCHAPTER_PROTOCOL）"
}

// span is a wait in words.
func span(d time.Duration) string {
	switch {
	case d >= 2*time.Hour:
		return fmt.Sprintf(" %d 小时", int(math.Round(d.Hours())))
	case d >= 2*time.Minute:
		return fmt.Sprintf(" %d 分钟", int(math.Ceil(d.Minutes())))
	}
	return fmt.Sprintf(" %d 秒", int(math.Ceil(d.Seconds())))
}

// retryAfter reads how long a server asks to wait: milliseconds, seconds or a
// date (quirk 15); nonsense is zero.
func retryAfter(h http.Header) time.Duration {
	if ms, err := strconv.ParseFloat(strings.TrimSpace(h.Get("Retry-After-Ms")), 64); err == nil && ms > 0 && ms < 1e10 {
		return time.Duration(ms * float64(time.Millisecond))
	}
	raw := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.ParseFloat(raw, 64); err == nil {
		if s > 0 && s < 1e7 {
			return time.Duration(s * float64(time.Second))
		}
		return 0
	}
	if at, err := http.ParseTime(raw); err == nil {
		return max(0, time.Until(at))
	}
	return 0
}
