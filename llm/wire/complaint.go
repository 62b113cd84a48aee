package wire

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"dbchapter/llm"
)

// detail is what a server says about a failure, whatever the shape it comes in
// (quirk 20).
type detail struct {
	code    string // 1113, invalid_api_key, data_inspection_failed
	kind    string // type: authentication_error
	param   string
	message string
	status  int // of an error inside a stream
}

// text is the message, else the code, else nothing.
func (d detail) text() string {
	switch {
	case d.message != "" && d.code != "" && !strings.Contains(d.message, d.code):
		return d.message + "（" + d.code + "）"
	case d.message != "":
		return d.message
	}
	return strings.TrimSpace(d.kind + " " + d.code)
}

// all is everything that may name a parameter or a reason, in lower case.
func (d detail) all() string {
	return strings.ToLower(strings.Join([]string{d.code, d.kind, d.param, d.message}, " "))
}

// read decodes an error body: an object in or around "error", a bare string,
// code and message, a list of details, a page, or plain text.
func read(body []byte) detail {
	var v any
	if json.Unmarshal(body, &v) != nil {
		if m := pageTitle.FindSubmatch(body); m != nil {
			return detail{message: "网页「" + string(m[1]) + "」"}
		}
		if text := strings.TrimSpace(string(body)); !strings.HasPrefix(text, "<") {
			return detail{message: text}
		}
		return detail{message: "网页"}
	}
	var d detail
	d.gather(v, 0)
	return d
}

// hide takes a key that the server gives back out of everything (quirk 30).
func (d detail) hide(key llm.Secret) detail {
	d.code, d.kind, d.param, d.message = key.Hide(d.code), key.Hide(d.kind), key.Hide(d.param), key.Hide(d.message)
	return d
}

// gather walks into the places where services put their words; what is found
// first stays.
func (d *detail) gather(v any, depth int) {
	if depth > 4 {
		return
	}
	switch v := v.(type) {
	case string:
		set(&d.message, v)
	case []any:
		for _, x := range v {
			d.gather(x, depth+1)
		}
	case map[string]any:
		for _, name := range []string{"error", "errors", "base_resp", "detail"} {
			if inner, ok := v[name]; ok && inner != nil {
				d.gather(inner, depth+1)
			}
		}
		d.fields(v)
		if meta, ok := v["metadata"].(map[string]any); ok {
			set(&d.message, word(meta["raw"]))
		}
	}
}

func (d *detail) fields(v map[string]any) {
	for _, name := range []string{"code", "Code", "error_code", "status_code"} {
		if c := word(v[name]); c != "" {
			if n, err := strconv.Atoi(c); err == nil && n >= 400 && n < 600 && d.status == 0 {
				d.status = n
			}
			set(&d.code, c)
		}
	}
	set(&d.kind, word(v["type"]))
	set(&d.param, word(v["param"]))
	for _, name := range []string{"message", "Message", "msg", "error_msg", "status_msg"} {
		set(&d.message, word(v[name]))
	}
	if loc, ok := v["loc"].([]any); ok {
		set(&d.param, strings.Trim(fmt.Sprint(loc), "[]"))
	}
}

func set(to *string, value string) {
	if *to == "" {
		*to = strings.TrimSpace(value)
	}
}

func word(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// plainText makes a text from outside fit for a message: one line without
// control, bidirectional or zero-width characters, the key hidden, 200
// characters at most.
func plainText(text string, key llm.Secret) string {
	text = strings.ToValidUTF8(key.Hide(text), "�")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, text)
	return cut(key.Hide(strings.Join(strings.Fields(text), " ")), 200)
}

func cut(s string, runes int) string {
	if r := []rune(s); len(r) > runes {
		return string(r[:runes]) + "…"
	}
	return s
}
