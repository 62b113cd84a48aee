package prompt

import (
	"strings"
	"unicode/utf8"
)

// MaxValue is the most of one of the four values, in characters (domain.md
// §1.7).
const MaxValue = 12_000

// clean takes carriage returns out and makes several blank lines one.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "")
	lines := strings.Split(s, "\n")
	out := lines[:0]
	blank := false
	for _, l := range lines {
		l = strings.TrimRight(l, " \t")
		if l == "" && blank {
			continue
		}
		blank = l == ""
		out = append(out, l)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// oneLine is s without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

const cutMark = "\n（以下内容过长，已省略）"

// cut keeps the first lines that fit into n characters and says so.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	head := string([]rune(s)[:max(n-utf8.RuneCountInString(cutMark), 0)])
	if i := strings.LastIndexByte(head, '\n'); i > len(head)/2 {
		head = head[:i]
	}
	return head + cutMark
}

// fitting is the first of ever shorter renderings that fits; when none does the
// last is cut. shortened says that something was left out.
func fitting(render func(level int) string, levels int) (text string, shortened bool) {
	for level := range levels {
		text = clean(render(level))
		if utf8.RuneCountInString(text) <= MaxValue {
			return text, level > 0
		}
	}
	return cut(text, MaxValue), true
}
