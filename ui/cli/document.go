package cli

import (
	"bytes"
	"errors"
	"strings"

	"go.yaml.in/yaml/v3"

	"dbchapter/prompt/brief"
	"dbchapter/ui"
)

// document is a file with a chapter in it: alone, behind YAML front matter, or
// between the markers of a larger document.
type document struct {
	before  string // up to the chapter
	chapter string // with the heading levels of the contract
	after   string
	brief   []byte // front matter that is a brief, its lines those of the file
	whole   string // set when the chapter stands between markers
}

// openDocument reads a file with a chapter.
func (a *app) openDocument(file string) (document, error) {
	data, err := a.input(file)
	if err != nil {
		return document{}, err
	}
	return readDocument(data), nil
}

// readDocument takes a file apart; before, chapter and after are all of it.
func readDocument(data []byte) document {
	text := string(data)
	n := frontMatter(text)
	d := document{before: text[:n], chapter: text[n:]}
	if n > 0 && bytes.Contains(data[:n], []byte("schema: "+brief.Schema)) {
		d.brief = []byte(strings.TrimRight(d.before, "-. \r\n") + "\n")
	}
	if begin := strings.Index(d.chapter, ui.MarkBegin); begin >= 0 {
		begin += len(ui.MarkBegin)
		if size := strings.Index(d.chapter[begin:], ui.MarkEnd); size >= 0 {
			inside := d.chapter[begin : begin+size]
			inside = inside[blankLines(inside):]
			d.whole, d.after = text, d.chapter[begin+size:]
			d.before += d.chapter[:begin+size-len(inside)]
			d.chapter = raised(inside)
		}
	}
	return d
}

// frontMatter is how many bytes the YAML between two lines of dashes at the
// very beginning takes, with the blank lines behind it; 0 when there is none.
func frontMatter(text string) int {
	first, rest, ok := strings.Cut(text, "\n")
	if !ok || strings.TrimRight(first, "\r ") != "---" {
		return 0
	}
	at := len(first) + 1
	for line := range strings.Lines(rest) {
		at += len(line)
		if l := strings.TrimRight(line, "\r\n "); l != "---" && l != "..." {
			continue
		}
		var root yaml.Node
		inside := text[len(first)+1 : at-len(line)]
		if yaml.Unmarshal([]byte(inside), &root) != nil || len(root.Content) == 0 || root.Content[0].Kind != yaml.MappingNode {
			return 0
		}
		return at + blankLines(text[at:])
	}
	return 0
}

// blankLines is how many bytes the empty lines at the beginning of a text take.
func blankLines(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if line != "\n" && line != "\r\n" {
			break
		}
		n += len(line)
	}
	return n
}

// raised gives headings that were shifted to fit into a document the levels
// of the contract: its sections have three #.
func raised(text string) string {
	lines := strings.SplitAfter(text, "\n")
	by, code := -1, false
	for i, l := range lines {
		if strings.HasPrefix(l, "```") {
			code = !code
		}
		level := len(l) - len(strings.TrimLeft(l, "#"))
		if code || level == 0 || level > 6 || !strings.HasPrefix(l[level:], " ") {
			continue
		}
		if by < 0 {
			by = level
		}
		lines[i] = strings.Repeat("#", max(1, level-by+3)) + l[level:]
	}
	return strings.Join(lines, "")
}

// with is the whole file with another chapter.
func (d document) with(chapter string) string {
	if d.whole != "" {
		return ui.Into(d.whole, chapter)
	}
	return d.before + chapter + d.after
}

// lines is how many lines of the file stand before the chapter.
func (d document) lines() int { return strings.Count(d.before, "\n") }

// source is the brief in the front matter.
func (d document) source(name string) source {
	s := source{name: name, data: d.brief}
	var err error
	if s.brief, err = brief.Parse(name, d.brief); err != nil {
		errors.As(err, &s.problems)
	}
	return s
}

// withFront is a chapter with its brief in front of it.
func withFront(b brief.Brief, chapter string) string {
	return "---\n" + string(b.YAML()) + "---\n\n" + chapter
}
