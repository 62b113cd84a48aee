package compose

import (
	"strings"

	"dbchapter/prompt/chapter"
)

// sectionLine is a line of an answer with the section it belongs to.
type sectionLine struct {
	section chapter.Section
	text    string // with its line end
}

// liner cuts a text that arrives in pieces into lines, drops what models put
// around a chapter (a preamble, a fence around everything) and says to which
// section a line belongs. What it drops is only out of sight: the whole text
// is kept and the normaliser decides.
type liner struct {
	section chapter.Section
	partial string
	began   bool     // the first heading came
	before  []string // what came before it
	wrapped bool     // the whole answer stands in a fence
	fence   bool
	held    string // a bare fence that may close the wrapper
}

func (l *liner) add(piece string) []sectionLine {
	l.partial += piece
	var out []sectionLine
	for {
		line, rest, ok := strings.Cut(l.partial, "\n")
		if !ok {
			return out
		}
		l.partial = rest
		out = append(out, l.line(strings.TrimSuffix(line, "\r")+"\n")...)
	}
}

// forget takes the end of an incomplete line back.
func (l *liner) forget(tail string) { l.partial = strings.TrimSuffix(l.partial, tail) }

// end gives out what was held back.
func (l *liner) end() []sectionLine {
	var out []sectionLine
	if l.partial != "" {
		out = l.line(l.partial)
		l.partial = ""
	}
	if !l.began {
		for _, t := range l.before {
			out = append(out, sectionLine{l.section, t})
		}
		l.before = nil
	}
	return out
}

func (l *liner) line(text string) []sectionLine {
	bare := strings.TrimSpace(text)
	if !l.began {
		if !strings.HasPrefix(bare, "#") {
			l.wrapped = l.wrapped || opensWrapper(bare)
			l.before = append(l.before, text)
			return nil
		}
		l.began = true
	}
	var out []sectionLine
	if l.held != "" && bare != "" { // more follows: it opened a block
		out = append(out, sectionLine{l.section, l.held})
		l.held, l.fence = "", true
	}
	switch {
	case l.wrapped && !l.fence && bare == "```":
		l.held = text
		return out
	case strings.HasPrefix(bare, "```"):
		l.fence = !l.fence
	case !l.fence && strings.HasPrefix(bare, "#"):
		if s := sectionOf(bare); s != "" {
			l.section = s
		}
	}
	return append(out, sectionLine{l.section, text})
}

// opensWrapper recognises the fence around a whole answer (models.md §2.23).
func opensWrapper(line string) bool {
	switch strings.ToLower(strings.ReplaceAll(line, " ", "")) {
	case "```markdown", "```md", "```":
		return true
	}
	return false
}

// sectionOf is the section whose heading a line is, "" for any other line; the
// normaliser knows the other names and decorations of headings.
func sectionOf(line string) chapter.Section {
	title := strings.TrimLeft(line, "#")
	if level := len(line) - len(title); level > 3 {
		return ""
	}
	for _, p := range chapter.Normalize("### " + strings.TrimSpace(title) + "\n正文\n").Chapter.Parts {
		return p.Section
	}
	return ""
}
