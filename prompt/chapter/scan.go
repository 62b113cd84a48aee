package chapter

import (
	"strings"

	"dbchapter/prompt/pattern"
)

// Kind is what a block of a text is.
type Kind string

// The kinds of blocks.
const (
	Heading Kind = "heading"
	Bullet  Kind = "bullet" // an item of a list with everything indented under it
	Row     Kind = "row"    // one line of a table, the header and the dashes included
	Fence   Kind = "fence"  // a code block
	Quote   Kind = "quote"
	Break   Kind = "break" // ---
	Text    Kind = "text"  // a paragraph
)

// A Block is one piece of a text with its place.
type Block struct {
	Kind       Kind
	Line, End  int    // first and last line, 1-based in the text that was parsed
	Offset     int    // byte offset of the first line in that text
	Level      int    // of a heading, the number of #
	Label      string // of a bullet, what is bold before the colon; of a fence, its language
	Text       string // title, what follows the label, code, paragraph
	TextOffset int    // byte offset of Text (of a heading, bullet or fence)
	Cells      []string
	Closed     bool // of a fence
	Formed     bool // of a bullet: it is written - **label**：text
}

var (
	headingLine = pattern.New(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*$`)
	fenceLine   = pattern.New("^[ \t]*(`{3,}|~{3,})[ \t]*([^`]*?)[ \t]*$")
	itemLine    = pattern.New(`^(?:[-*+•]|\d{1,3}[.)、])[ \t]+`)
	labelled    = pattern.New(`^(?:\*\*([^*]+?)\*\*[ \t]*[：:]|\*\*([^*]+?)[：:][ \t]*\*\*)[ \t]*`)
	formed      = pattern.New(`^- \*\*([^*\n]+)\*\*：`)
	breakLine   = pattern.New(`^ {0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*$`)
)

// fenceMark is the marks and the language of a line that opens or closes a
// code block, nil for another line.
func fenceMark(l string) []string {
	if !strings.Contains(l, "```") && !strings.Contains(l, "~~~") {
		return nil
	}
	return fenceLine.FindStringSubmatch(l)
}

// source is a text cut into lines that know where they are.
type source struct {
	lines []string // without line ends
	at    []int    // byte offset of each, and of the end
}

func newSource(text string) source {
	s := source{}
	at := 0
	for line := range strings.Lines(text) {
		s.at = append(s.at, at)
		s.lines = append(s.lines, strings.TrimRight(line, "\r\n"))
		at += len(line)
	}
	s.at = append(s.at, at)
	return s
}

// endsFence says whether a line inside a code block is so clearly a heading of
// the contract that the block must have been left open (N11).
func endsFence(line string) bool {
	if !strings.HasPrefix(strings.TrimLeft(line, " "), "##") {
		return false
	}
	m := headingLine.FindStringSubmatch(line)
	if m == nil || len(m[1]) > 4 {
		return false
	}
	if _, _, sub := subByTitle(m[2]); sub || byTitle(m[2]) != "" {
		return true
	}
	return len(m[1]) > 2 && (isTableTitle(m[2]) || isShardTitle(m[2]))
}

// closeOf is the index of the line that closes a fence opened before line i;
// ok is false when the text or the section ends first.
func closeOf(lines []string, i int, mark string) (end int, ok bool) {
	for ; i < len(lines); i++ {
		m := fenceMark(lines[i])
		if m != nil && m[2] == "" && m[1][0] == mark[0] && len(m[1]) >= len(mark) {
			return i, true
		}
		if endsFence(lines[i]) {
			return i, false
		}
	}
	return i, false
}

// scan cuts a text into blocks; line and offset are the place of its start.
func scan(text string, line, offset int) []Block {
	s := newSource(text)
	var out []Block
	for i := 0; i < len(s.lines); {
		b, n := s.block(i)
		if b.Kind != "" {
			b.Line, b.End, b.Offset = line+i, line+i+n-1, offset+s.at[i]
			b.TextOffset += offset
			out = append(out, b)
		}
		i += n
	}
	return out
}

// block reads the block that starts at line i and how many lines it has; a
// blank line is a block without a kind.
func (s source) block(i int) (Block, int) {
	l := s.lines[i]
	trimmed := strings.TrimSpace(l)
	if trimmed == "" {
		return Block{}, 1
	}
	if m := fenceMark(l); m != nil {
		return s.fence(i, m[1], m[2])
	}
	if m := headingLine.FindStringSubmatchIndex(l); m != nil {
		b := Block{Kind: Heading, Level: m[3] - m[2], TextOffset: s.at[i] + len(l)}
		if m[4] >= 0 {
			b.Text, b.TextOffset = l[m[4]:m[5]], s.at[i]+m[4]
		}
		return b, 1
	}
	switch {
	case breakLine.MatchString(l):
		return Block{Kind: Break}, 1
	case trimmed[0] == '|':
		return Block{Kind: Row, Cells: cells(trimmed), Text: trimmed}, 1
	case trimmed[0] == '>':
		return s.run(i, Quote, func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), ">") })
	case itemLine.MatchString(l):
		return s.bullet(i)
	}
	return s.run(i, Text, func(l string) bool { return !s.starts(l) })
}

// starts says whether a line begins a new block after a paragraph.
func (s source) starts(l string) bool {
	t := strings.TrimSpace(l)
	return t == "" || t[0] == '|' || t[0] == '>' || fenceMark(l) != nil || headingLine.MatchString(l) ||
		breakLine.MatchString(l) || itemLine.MatchString(l)
}

// run takes lines while they belong together.
func (s source) run(i int, k Kind, more func(string) bool) (Block, int) {
	n := 1
	for i+n < len(s.lines) && more(s.lines[i+n]) {
		n++
	}
	return Block{Kind: k, Text: strings.TrimSpace(strings.Join(s.lines[i:i+n], "\n")), TextOffset: s.at[i]}, n
}

func (s source) fence(i int, mark, lang string) (Block, int) {
	end, closed := closeOf(s.lines, i+1, mark)
	b := Block{Kind: Fence, Label: lang, Closed: closed, TextOffset: s.at[i+1]}
	b.Text = strings.Join(s.lines[i+1:end], "\n")
	if end > i+1 {
		b.Text += "\n"
	}
	if closed {
		end++
	}
	return b, end - i
}

// bullet takes the item and the indented lines under it; an indented code
// block stays inside.
func (s source) bullet(i int) (Block, int) {
	n := 1
	for i+n < len(s.lines) {
		l := s.lines[i+n]
		if strings.TrimSpace(l) == "" || l[0] != ' ' && l[0] != '\t' {
			break
		}
		if m := fenceMark(l); m != nil {
			_, used := s.fence(i+n, m[1], m[2])
			n += used
			continue
		}
		n++
	}
	b := Block{Kind: Bullet, Formed: formed.MatchString(s.lines[i])}
	skip := len(itemLine.FindString(s.lines[i]))
	if m := labelled.FindStringSubmatch(s.lines[i][skip:]); m != nil {
		b.Label = strings.TrimSpace(m[1] + m[2])
		skip += len(m[0])
	}
	b.TextOffset = s.at[i] + skip
	b.Text = strings.Join(append([]string{s.lines[i][skip:]}, s.lines[i+1:i+n]...), "\n")
	return b, n
}

// cells are the contents of a table row; \| is a bar inside a cell.
func cells(row string) []string {
	row = strings.TrimPrefix(strings.TrimSpace(row), "|")
	var out []string
	var b strings.Builder
	for i := 0; i < len(row); i++ {
		switch {
		case row[i] == '\\' && i+1 < len(row) && row[i+1] == '|':
			b.WriteByte('|')
			i++
		case row[i] == '|':
			out = append(out, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteByte(row[i])
		}
	}
	if last := strings.TrimSpace(b.String()); last != "" {
		out = append(out, last)
	}
	return out
}

var dashes = pattern.New(`^\s*:?-+:?\s*$`)

// IsDashes says whether a row is the line under a table's header.
func (b Block) IsDashes() bool {
	for _, c := range b.Cells {
		if !dashes.MatchString(c) {
			return false
		}
	}
	return b.Kind == Row && len(b.Cells) > 0
}
