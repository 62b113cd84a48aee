package wire

import "strings"

// The tags that models put around their thinking when the server leaves it in
// the text (quirk 8).
var thinkTags = []struct{ open, close string }{
	{"<think>", "</think>"},
	{"<thinking>", "</thinking>"},
}

// splitter cuts thinking out of a text that arrives in pieces of any size. A
// tag counts at the start of a line only, so that a chapter may speak of one.
type splitter struct {
	held   string // may be the beginning of a tag
	until  string // the closing tag while inside, "" outside
	inLine bool   // visible text stands before, on the same line
	eat    bool   // line ends after a closing tag belong to it
}

// split takes the next piece; both results may be empty.
func (s *splitter) split(piece string) (text, thought string) {
	var t, th strings.Builder
	in := s.held + piece
	s.held = ""
	for in != "" {
		if s.until != "" {
			in = s.inside(in, &th)
		} else {
			in = s.outside(in, &t)
		}
	}
	return t.String(), th.String()
}

// inside looks for the closing tag.
func (s *splitter) inside(in string, out *strings.Builder) string {
	if before, after, ok := strings.Cut(in, s.until); ok {
		out.WriteString(before)
		s.until, s.inLine, s.eat = "", false, true
		return after
	}
	keep := tail(in, s.until)
	out.WriteString(in[:len(in)-keep])
	s.held = in[len(in)-keep:]
	return ""
}

// outside copies one line, or finds an opening tag at its start.
func (s *splitter) outside(in string, out *strings.Builder) string {
	if s.eat {
		in = strings.TrimLeft(in, "\r\n")
		if in == "" {
			return ""
		}
		s.eat = false
	}
	if !s.inLine {
		if rest, hold, ok := s.opening(in); ok {
			return rest
		} else if hold {
			s.held = in
			return ""
		}
	}
	line, rest, ended := strings.Cut(in, "\n")
	out.WriteString(line)
	if ended {
		out.WriteByte('\n')
	}
	s.inLine = !ended && (s.inLine || strings.TrimSpace(line) != "")
	return rest
}

// opening looks for a tag at the start of a line; hold says that one may still
// come.
func (s *splitter) opening(in string) (rest string, hold, ok bool) {
	text := strings.TrimLeft(in, " \t")
	for _, tag := range thinkTags {
		if after, found := strings.CutPrefix(text, tag.open); found {
			s.until = tag.close
			return after, false, true
		}
		if strings.HasPrefix(tag.open, text) {
			hold = true
		}
	}
	return "", hold, false
}

// rest is what was held back when the stream ends.
func (s *splitter) rest() (text, thought string) {
	held := s.held
	s.held = ""
	if s.until != "" {
		return "", held
	}
	return held, ""
}

// tail is how many of the last bytes of in may begin tag.
func tail(in, tag string) int {
	for n := min(len(in), len(tag)-1); n > 0; n-- {
		if strings.HasSuffix(in, tag[:n]) {
			return n
		}
	}
	return 0
}
