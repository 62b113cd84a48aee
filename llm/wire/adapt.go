package wire

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"dbchapter/llm"
	"dbchapter/prompt/pattern"
)

// learned is what a server's refusals taught us about its parameters; it holds
// for all later requests of the drafter.
type learned struct {
	drop    map[string]bool
	param   string // the name for max_tokens that it wants
	ceiling int    // the most tokens it allows, 0 unknown
	prefix  string // /v1 when the base address lacked it
}

// apply rewrites a request.
func (l learned) apply(body map[string]any) {
	for name := range l.drop {
		delete(body, name)
	}
	for _, name := range limits {
		n, ok := body[name].(int)
		if !ok {
			continue
		}
		if l.ceiling > 0 {
			n = min(n, l.ceiling)
		}
		delete(body, name)
		if l.param != "" {
			name = l.param
		}
		body[name] = n
		return
	}
}

// limits are the names for the length of the answer (quirk 11).
var limits = []string{"max_tokens", "max_completion_tokens"}

// essential fields can't be dropped.
var essential = []string{"model", "messages", "stream", "options", "system"}

func (s *session) prefix() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.learned.prefix
}

// mend changes what the next request looks like, and says what it changed; ""
// when there is nothing to change.
func (s *session) mend(e *llm.Error) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.Kind == llm.Empty && strings.Contains(e.Message, "思考") && !s.ask.NoThink {
		s.ask.NoThink = true
		return "模型只输出了思考过程，关闭思考后重来"
	}
	c, ok := e.Err.(complaint)
	if !ok {
		return ""
	}
	switch e.Status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return s.mendParameter(c.detail)
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		if s.config.Protocol == llm.OpenAI && strings.Trim(s.base.Path, "/") == "" && s.learned.prefix == "" && !aboutModel(c.detail) {
			s.learned.prefix = "/v1"
			return "地址后补上 /v1 再试"
		}
	}
	return ""
}

// aboutModel tells a missing model from a missing path.
func aboutModel(d detail) bool { return strings.Contains(d.all(), "model") }

// mendParameter reads which parameter a refusal names (quirks 10, 11, 12, 19).
func (s *session) mendParameter(d detail) string {
	body := s.dialect.Body(s.config, s.ask)
	if s.ask.NoThink {
		for name, v := range allSwitches(s.config) {
			body[name] = v
		}
	}
	s.learned.apply(body)
	all := d.all()
	for _, name := range limits {
		if _, sent := body[name]; sent && (strings.Contains(all, name) || overfull.MatchString(all)) {
			return s.mendLimit(name, all)
		}
	}
	for _, name := range droppable(body) {
		if strings.Contains(all, strings.ToLower(name)) || d.param == name {
			s.learned.drop[name] = true
			return fmt.Sprintf("服务不认识参数 %s，去掉后重来", name)
		}
	}
	return ""
}

// droppable are the fields a request can do without, in a fixed order.
func droppable(body map[string]any) []string {
	var out []string
	for name := range body {
		if !slices.Contains(essential, name) && !slices.Contains(limits, name) {
			out = append(out, name)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a) // enable_thinking before thinking
		}
		return strings.Compare(a, b)
	})
	return out
}

// overfull are refusals that count the answer's length into the context
// without naming the parameter.
var overfull = pattern.New(`in the completion|messages or completion|exceeded model token limit`)

var (
	withinRange = pattern.New(`[\[(]\s*\d+\s*[,，]\s*(\d{3,7})\s*[\])]`)
	atMost      = pattern.New(`(?:at most|less than or equal to|<=|≤|maximum(?: value)?(?: is| of|:)?|up to|不超过|不能大于|limit(?: is| of|:)?)\D{0,12}(\d{3,7})`)
)

// mendLimit lowers, renames or drops the length of the answer.
func (s *session) mendLimit(name, all string) string {
	for _, re := range []*pattern.Pattern{withinRange, atMost} {
		if m := re.FindStringSubmatch(all); m != nil {
			n, _ := strconv.Atoi(m[1])
			if n > 0 && (s.learned.ceiling == 0 || n < s.learned.ceiling) && n < s.config.MaxTokens {
				s.learned.ceiling = n
				return fmt.Sprintf("服务最多写 %d 个 token，按此重来", n)
			}
		}
	}
	other := limits[1-slices.Index(limits, name)]
	if s.learned.param == "" && (strings.Contains(all, other) || strings.Contains(all, "unsupported") || strings.Contains(all, "extra")) {
		s.learned.param = other
		return fmt.Sprintf("参数 %s 改名为 %s 重来", name, other)
	}
	s.learned.drop[limits[0]], s.learned.drop[limits[1]] = true, true
	return fmt.Sprintf("服务不接受参数 %s，去掉后重来", name)
}
