package ddl

import (
	"fmt"
	"strings"
)

// jsValue is one value of a JSON or JavaScript literal, in the order of the
// text.
type jsValue struct {
	at      token
	kind    byte // '{' '[' 's' string, 'n' number, 'w' word or call
	text    string
	members []jsMember // of '{'
	items   []jsValue  // of '[' and of a call
}

type jsMember struct {
	key   string
	at    token
	value jsValue
}

// get is the member with that key, zero when there is none.
func (v jsValue) get(path ...string) jsValue {
	for _, key := range path {
		next := jsValue{}
		for _, m := range v.members {
			if m.key == key {
				next = m.value
			}
		}
		v = next
	}
	return v
}

// jsError is where a literal stopped making sense.
type jsError struct {
	at      token
	message string
}

// jsReader reads literals from tokens; strict is JSON, else what a MongoDB
// shell takes: bare keys, single quotes, calls, a comma at the end.
type jsReader struct {
	toks   []token
	i      int
	strict bool
	depth  int
	err    *jsError
	commas []token // JSON only: those too many, before a closing bracket
}

func (r *jsReader) peek() token {
	if r.i >= len(r.toks) {
		return token{}
	}
	return r.toks[r.i]
}

func (r *jsReader) fail(at token, format string, args ...any) jsValue {
	if r.err == nil {
		if at.text == "" && len(r.toks) > 0 {
			at = r.toks[len(r.toks)-1]
		}
		r.err = &jsError{at, fmt.Sprintf(format, args...)}
	}
	return jsValue{at: at}
}

// maxDepth keeps hostile nesting off the stack.
const maxDepth = 200

func (r *jsReader) value() jsValue {
	r.depth++
	defer func() { r.depth-- }()
	t := r.peek()
	v := jsValue{at: t, text: t.text}
	r.i++
	switch {
	case r.depth > maxDepth:
		return r.fail(t, "嵌套太深")
	case t.is("{"):
		v.kind = '{'
		v.members = r.membersOf()
	case t.is("["):
		v.kind = '['
		v.items = r.list("]")
	case t.kind == text && t.open:
		return r.fail(t, "字符串没有闭合：%s", excerpt(t.text))
	case t.kind == text && r.strict && t.text[0] != '"':
		return r.fail(t, "JSON 的字符串要用双引号：%s", excerpt(t.text))
	case t.kind == text:
		v.kind, v.text = 's', unescape(t.text[1:len(t.text)-1])
	case t.kind == number:
		v.kind = 'n'
	case t.is("-") && r.peek().kind == number:
		v.kind, v.text = 'n', "-"+r.peek().text
		r.i++
	case t.kind == word:
		return r.word(v)
	default:
		return r.fail(t, "「%s」附近无法解析，这里应是一个值", excerpt(t.text))
	}
	return v
}

// word is true, false, null, or in JavaScript a name, a call or new Date().
func (r *jsReader) word(v jsValue) jsValue {
	v.kind = 'w'
	if r.strict {
		if v.at.text != "true" && v.at.text != "false" && v.at.text != "null" {
			return r.fail(v.at, "「%s」不是 JSON 的值，文字要用双引号", excerpt(v.at.text))
		}
		return v
	}
	if v.at.text == "new" && r.peek().kind == word {
		r.i++
	}
	for r.peek().is(".") {
		r.i += 2
	}
	if r.peek().is("(") {
		r.i++
		v.items = r.list(")")
	}
	return v
}

// list reads values up to the closing bracket.
func (r *jsReader) list(end string) []jsValue {
	var out []jsValue
	for r.err == nil {
		if r.peek().is(end) {
			if r.strict && len(out) > 0 {
				r.commas = append(r.commas, r.toks[r.i-1])
			}
			r.i++
			return out
		}
		out = append(out, r.value())
		if !r.comma(end) {
			return out
		}
	}
	return out
}

// comma moves over a comma; false at the closing bracket or after an error.
func (r *jsReader) comma(end string) bool {
	t := r.peek()
	switch {
	case r.err != nil:
		return false
	case t.is(","):
		r.i++
		return true
	case t.is(end):
		r.i++
		return false
	case t.text == "":
		r.fail(t, "括号没有闭合，缺少 %s", end)
	default:
		r.fail(t, "「%s」前面缺少逗号", excerpt(t.text))
	}
	return false
}

func (r *jsReader) membersOf() []jsMember {
	var out []jsMember
	for r.err == nil {
		t := r.peek()
		if t.is("}") {
			if r.strict && len(out) > 0 {
				r.commas = append(r.commas, r.toks[r.i-1])
			}
			r.i++
			return out
		}
		if t.kind != text && (r.strict || !t.isName() && t.kind != number) || t.open {
			r.fail(t, "「%s」附近无法解析，这里应是字段名", excerpt(cmp(t.text, "结尾")))
			return out
		}
		r.i++
		m := jsMember{key: strings.Trim(t.text, "\"'`"), at: t}
		if !r.peek().is(":") {
			r.fail(r.peek(), "字段 %s 后面缺少冒号", m.key)
			return out
		}
		r.i++
		m.value = r.value()
		out = append(out, m)
		if !r.comma("}") {
			return out
		}
	}
	return out
}
