package wire

import (
	"bufio"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

// all reads every event of a body that arrives as r gives it.
func all(r io.Reader) (out []string, err error) {
	src := events{newLineReader(r)}
	for {
		e, err := src.next()
		if err != nil {
			return out, err
		}
		out = append(out, e.Name+"|"+string(e.Data))
	}
}

func TestEvents(t *testing.T) {
	for body, want := range map[string][]string{
		"data: a\n\ndata:b\r\n\r\ndata:  c\r\r":        {"|a", "|b", "| c"},
		"\ufeffdata: a\n\n":                            {"|a"},
		": comment\n:\n\ndata: a":                      {"|a"},
		"data: a\ndata: b\ndata\n\n":                   {"|a\nb\n"},
		"event: x\ndata: a\n\nevent: y\n\ndata: b\n\n": {"x|a", "|b"},
		"event: x\r\ndata: a\r\ndata: b\r\n\r\n":       {"x|a\nb"},
		"id: 1\nretry: 5\nother\ndata: a\n\n":          {"|a"},
		"":                                             nil,
		"\n\n\n":                                       nil,
	} {
		got, err := all(strings.NewReader(body))
		if !slices.Equal(got, want) || err != io.EOF {
			t.Errorf("%q: %q, %v; want %q", body, got, err, want)
		}
	}
}

// FuzzEvents: how a body is cut never matters, and no event is longer than the
// limit.
func FuzzEvents(f *testing.F) {
	f.Add("event: a\r\ndata: 中\r\rdata: x\n\n: c\n")
	f.Add("\ufeff\ufeffdata\r\n")
	f.Fuzz(func(t *testing.T, body string) {
		want, err1 := all(strings.NewReader(body))
		got, err2 := all(iotest.OneByteReader(strings.NewReader(body)))
		if !slices.Equal(got, want) || err1 != err2 {
			t.Errorf("%q: %q (%v) in one piece, %q (%v) byte by byte", body, want, err1, got, err2)
		}
	})
}

// FuzzThinking: how a text is cut never matters, no letter is lost or doubled,
// and no tag is left at the start of a line.
func FuzzThinking(f *testing.F) {
	f.Add("<think>想</think>\n\n### 好\n <thinking>再想</thinking>x", 3)
	f.Add("a <think> b\n<thin\n<think", 1)
	f.Fuzz(func(t *testing.T, text string, n int) {
		var one, many splitter
		collect := func(s *splitter, pieces ...string) (string, string) {
			var text, thought strings.Builder
			for _, p := range pieces {
				a, b := s.split(p)
				text.WriteString(a)
				thought.WriteString(b)
			}
			a, b := s.rest()
			return text.String() + a, thought.String() + b
		}
		t1, h1 := collect(&one, text)
		var pieces []string
		for rest, k := text, max(1, n%9); rest != ""; {
			cut := min(k, len(rest))
			pieces, rest = append(pieces, rest[:cut]), rest[cut:]
		}
		t2, h2 := collect(&many, pieces...)
		if t1 != t2 || h1 != h2 {
			t.Errorf("%q by %d: %q/%q and %q/%q", text, n, t1, h1, t2, h2)
		}
		if !strings.Contains(text, "think") && (t1 != text || h1 != "") {
			t.Errorf("%q became %q/%q", text, t1, h1)
		}
	})
}

func TestThinkingTags(t *testing.T) {
	for in, want := range map[string][2]string{
		"<think>a</think>b":             {"b", "a"},
		"\n <think>a</think>\n\nb":      {"\nb", "a"},
		"x <think>a</think>":            {"x <think>a</think>", ""},
		"x\n<think>a</think>\ny":        {"x\ny", "a"},
		"<think>never closed":           {"", "never closed"},
		"<thinking>a</thinking># b":     {"# b", "a"},
		"<thinker>":                     {"<thinker>", ""},
		"<":                             {"<", ""},
		"`<think>` is a tag\n<thin end": {"`<think>` is a tag\n<thin end", ""},
	} {
		var s splitter
		text, thought := s.split(in)
		a, b := s.rest()
		if got := [2]string{text + a, thought + b}; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestLook(t *testing.T) {
	for body, want := range map[string]shape{
		"data: x": streamed, ": ping": streamed, " \r\n{\"a\":1}": document, "[{": document, "\ufeff{": document,
		"\n<html>": page, "<!doctype": page, "": streamed, "event: a": streamed,
	} {
		if got, _ := look(bufio.NewReader(strings.NewReader(body))); got != want {
			t.Errorf("%q is %v, want %v", body, got, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the clock stands at 2000-01-01
		for value, want := range map[string]time.Duration{
			"2": 2 * time.Second, "1.5": 1500 * time.Millisecond, "-3": 0, "soon": 0, "": 0, "1e12": 0, "NaN": 0,
			"Sat, 01 Jan 2000 00:10:00 GMT": 10 * time.Minute, "Fri, 31 Dec 1999 23:00:00 GMT": 0,
		} {
			if got := retryAfter(http.Header{"Retry-After": {value}}); got != want {
				t.Errorf("%q is %v, want %v", value, got, want)
			}
		}
	})
}
