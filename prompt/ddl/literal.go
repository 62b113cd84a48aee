package ddl

import "strings"

// str reads a string literal, if one comes next.
func (c *cursor) str() (string, bool) {
	t := c.peek(0)
	if t.kind != text {
		return "", false
	}
	c.i++
	s := unquote(c.dialect, t.text)
	for c.peek(0).kind == text { // 'a' 'b' is one literal
		s += unquote(c.dialect, c.next().text)
	}
	return s, true
}

// unquote is the value of a string literal.
func unquote(d Dialect, s string) string {
	if strings.HasPrefix(s, "$") {
		n := strings.IndexByte(s[1:], '$') + 2
		return s[n : len(s)-min(n, len(s)-n)]
	}
	if len(s) < 2 {
		return ""
	}
	q := s[:1]
	s = strings.ReplaceAll(s[1:len(s)-1], q+q, q)
	if like := d.like(); like == PostgreSQL || like == Neutral || !strings.Contains(s, `\`) {
		return s
	}
	return unescape(s)
}

// escapes are what MySQL makes of a letter behind a backslash; every other
// character stands for itself.
var escapes = map[byte]byte{'0': 0, 'b': '\b', 'n': '\n', 'r': '\r', 't': '\t', 'Z': 26}

func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if c, ok := escapes[s[i]]; ok {
			b.WriteByte(c)
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
