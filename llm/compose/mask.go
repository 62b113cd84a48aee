package compose

import (
	"context"
	"fmt"
	"iter"
	"net/netip"
	"strings"
	"sync"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/pattern"
)

// masks are what --redact keeps from a model, the wider pattern first: a DSN
// holds a host and a password. Group 1, where there is one, is what is hidden.
var masks = []struct {
	name string
	re   *pattern.Pattern
	ok   func(string) bool
}{
	{"DSN", pattern.New(`\b(?:jdbc:)?[a-z][a-z0-9+]{1,15}://[^\s"'<>|` + "`" + `)，。；、（）]+`), nil},
	{"DSN", pattern.New(`\b[\w.-]+:[^\s:@/"']+@tcp\([^)\s]+\)[^\s"'，。；]*`), nil},
	{"SECRET", pattern.New(`(?i)(?:passw(?:or)?d|pwd|secret|token|api[_-]?key|密码|口令|密钥)\s*(?:[=:：]|为|是)\s*["']?([^\s"',，。；;]{3,})`), nil},
	{"SECRET", pattern.New(`\b(?:sk|pk|rk|ak)-[A-Za-z0-9_-]{8,}|\bAKIA[0-9A-Z]{12,}`), nil},
	{"MAIL", pattern.New(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`), nil},
	{"PHONE", pattern.New(`(?:\+?86[- ]?)?\b1[3-9]\d(?:[- ]?\d{4}){2}\b`), nil},
	{"IP", pattern.New(`\b\d{1,3}(?:\.\d{1,3}){3}\b`), isIP},
	{"IP", pattern.New(`(?i)\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}\b`), isIP},
}

func isIP(s string) bool { _, err := netip.ParseAddr(s); return err == nil }

// Mask replaces addresses, connection strings, passwords, mail addresses and
// phone numbers by names like [[IP_1]], the same value by the same name, and
// can put them back. One Mask serves all requests of a chapter.
type Mask struct {
	mu    sync.Mutex
	names map[string]string // value → name
	value map[string]string
	count map[string]int
}

// NewMask is an empty mask.
func NewMask() *Mask {
	return &Mask{names: map[string]string{}, value: map[string]string{}, count: map[string]int{}}
}

// Hide is text without what must not leave.
func (m *Mask) Hide(text string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range masks {
		text = replaceGroup(k.re, text, func(v string) string {
			if k.ok != nil && !k.ok(v) || placeholder.MatchString(v) {
				return v
			}
			return m.name(k.name, v)
		})
	}
	return text
}

// replaceGroup replaces group 1 of every match, or the match without one.
func replaceGroup(re *pattern.Pattern, text string, with func(string) string) string {
	var b strings.Builder
	at := 0
	for _, loc := range re.FindAllStringSubmatchIndex(text, -1) {
		from, to := loc[0], loc[1]
		if len(loc) > 2 && loc[2] >= 0 {
			from, to = loc[2], loc[3]
		}
		b.WriteString(text[at:from] + with(text[from:to]))
		at = to
	}
	return b.String() + text[at:]
}

func (m *Mask) name(kind, value string) string {
	if n, ok := m.names[value]; ok {
		return n
	}
	m.count[kind]++
	n := fmt.Sprintf("[[%s_%d]]", kind, m.count[kind])
	m.names[value], m.value[n] = n, value
	return n
}

// Hidden is how many values were hidden so far.
func (m *Mask) Hidden() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.names)
}

// placeholder is a name as models give it back, sometimes with blanks.
var placeholder = pattern.New(`\[\[\s*([A-Z]+_\d+)\s*\]\]`)

// Restore puts the values back.
func (m *Mask) Restore(text string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return placeholder.ReplaceAllStringFunc(text, func(p string) string {
		if v, ok := m.value["[["+placeholder.FindStringSubmatch(p)[1]+"]]"]; ok {
			return v
		}
		return p
	})
}

// Masked is a drafter that hides before it sends and restores what comes back.
// It is an llm.Asker when d is one.
func Masked(d llm.Drafter) llm.Drafter {
	m := masked{d, NewMask()}
	if a, ok := d.(llm.Asker); ok {
		return maskedAsker{m, a}
	}
	return m
}

type masked struct {
	inner llm.Drafter
	mask  *Mask
}

// Draft hides the prompt and restores the answer.
func (m masked) Draft(ctx context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
	p.Text = m.mask.Hide(p.Text)
	return m.restore(m.inner.Draft(ctx, p))
}

type maskedAsker struct {
	masked
	asker llm.Asker
}

// Ask hides every turn; the stable beginning moves with what was hidden in it.
func (m maskedAsker) Ask(ctx context.Context, a llm.Ask) iter.Seq2[llm.Delta, error] {
	turns := make([]llm.Turn, len(a.Turns))
	for i, t := range a.Turns {
		turns[i] = llm.Turn{Role: t.Role, Text: m.mask.Hide(t.Text)}
		if i == 0 && a.Stable > 0 {
			a.Stable = common(turns[0].Text, m.mask.Hide(t.Text[:a.Stable]))
		}
	}
	a.Turns = turns
	return m.restore(m.asker.Ask(ctx, a))
}

// restore puts values back into a stream, where a name may be cut anywhere.
func (m masked) restore(seq iter.Seq2[llm.Delta, error]) iter.Seq2[llm.Delta, error] {
	return func(yield func(llm.Delta, error) bool) {
		held := ""
		flush := func() bool {
			text := m.mask.Restore(held)
			held = ""
			return text == "" || yield(llm.Delta{Kind: llm.Text, Text: text}, nil)
		}
		for d, err := range seq {
			if err == nil && d.Kind == llm.Text {
				held += d.Text
				cut := len(held) - pendingName(held)
				d.Text, held = m.mask.Restore(held[:cut]), held[cut:]
				if d.Text == "" {
					continue
				}
			} else if !flush() {
				return
			}
			if !yield(d, err) {
				return
			}
		}
		flush()
	}
}

// pendingName is how many of the last bytes may begin a name.
func pendingName(s string) int {
	const longest = 24
	at := strings.LastIndexByte(s, '[')
	if at > 0 && s[at-1] == '[' {
		at--
	}
	if at < 0 || len(s)-at > longest || strings.Contains(s[at:], "]]") {
		return 0
	}
	return len(s) - at
}
