package chapter

import "strings"

// Chapter is a parsed chapter, or any prefix of one; String gives back the
// very bytes that were parsed.
type Chapter struct {
	Preamble string // what stands before the first section
	Parts    []Part // in the order of the text
}

// Part is one ### section with everything under it.
type Part struct {
	Section Section // "" for a ### heading that the contract does not know
	Title   string  // heading text without ###
	Line    int     // 1-based line of the heading
	Offset  int     // byte offset of the heading in the text
	Text    string  // raw, heading included, up to the next ### heading
}

// Sub is one #### subsection, or what stands before the first one.
type Sub struct {
	Title  string // "" for what stands before the first ####
	Head   Block  // the heading; without a kind for what stands before the first
	Blocks []Block
}

// Parse accepts any text, any prefix of a chapter included.
func Parse(text string) Chapter {
	var c Chapter
	s := newSource(text)
	from, title, line := 0, "", 0
	flush := func(end int) {
		switch {
		case line == 0:
			c.Preamble = text[:end]
		default:
			c.Parts = append(c.Parts, Part{Section: byTitle(title), Title: title, Line: line, Offset: from, Text: text[from:end]})
		}
	}
	for i := 0; i < len(s.lines); {
		b, n := s.block(i)
		if b.Kind == Heading && b.Level == 3 {
			flush(s.at[i])
			from, title, line = s.at[i], b.Text, i+1
		}
		i += n
	}
	flush(len(text))
	return c
}

// String is the chapter's text; String(Parse(x)) == x.
func (c Chapter) String() string {
	var b strings.Builder
	b.WriteString(c.Preamble)
	for _, p := range c.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Section returns the first part of that section.
func (c Chapter) Section(s Section) (Part, bool) {
	for _, p := range c.Parts {
		if p.Section == s && s != "" {
			return p, true
		}
	}
	return Part{}, false
}

// At is the section of a line (1-based); "" before the first one, and the last
// known one inside a section that the contract does not know.
func (c Chapter) At(line int) Section {
	var s Section
	for _, p := range c.Parts {
		if p.Line > line {
			break
		}
		if p.Section != "" {
			s = p.Section
		}
	}
	return s
}

// Blocks are the blocks of a part, its heading first.
func (p Part) Blocks() []Block { return scan(p.Text, p.Line, p.Offset) }

// Subs cuts a part at its #### headings. The first one has no title and holds
// what stands between the ### heading and the first ####; it is left out when
// nothing does.
func (p Part) Subs() []Sub {
	out := []Sub{{}}
	for _, b := range p.Blocks() {
		last := &out[len(out)-1]
		switch {
		case b.Kind == Heading && b.Level == 3:
		case b.Kind == Heading && b.Level == 4:
			out = append(out, Sub{Title: b.Text, Head: b})
		default:
			last.Blocks = append(last.Blocks, b)
		}
	}
	if len(out[0].Blocks) == 0 {
		out = out[1:]
	}
	return out
}

// Sub returns the first subsection with that title.
func (p Part) Sub(title string) (Sub, bool) {
	for _, s := range p.Subs() {
		if s.Title == title && title != "" {
			return s, true
		}
	}
	return Sub{}, false
}

// With replaces (or inserts in order) one section; every other byte stays.
// text may come with or without its heading and trailing newlines.
func (c Chapter) With(s Section, text string) Chapter {
	if s.Number() == 0 {
		return c
	}
	text = strings.TrimRight(text, "\r\n")
	if first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n"); strings.TrimSpace(first) != "### "+s.Title() {
		text = strings.TrimRight("### "+s.Title()+"\n"+text, "\r\n")
	}
	var b strings.Builder
	b.WriteString(c.Preamble)
	done := false
	for i, p := range c.Parts {
		switch {
		case !done && p.Section == s:
			b.WriteString(text + p.Text[len(strings.TrimRight(p.Text, "\r\n")):])
			done = true
			continue
		case !done && p.Section.Number() > s.Number() && !c.has(s, i):
			b.WriteString(text + "\n\n")
			done = true
		}
		b.WriteString(p.Text)
	}
	if !done {
		b.WriteString(gap(b.String()) + text + "\n")
	}
	return Parse(b.String())
}

// has says whether a later part is the section.
func (c Chapter) has(s Section, from int) bool {
	for _, p := range c.Parts[from:] {
		if p.Section == s {
			return true
		}
	}
	return false
}

// gap is what has to stand between a text and a heading after it.
func gap(text string) string {
	switch {
	case text == "" || strings.HasSuffix(text, "\n\n"):
		return ""
	case strings.HasSuffix(text, "\n"):
		return "\n"
	}
	return "\n\n"
}
