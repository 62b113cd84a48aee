package markdown

import (
	"maps"
	"slices"
	"strings"

	"dbchapter/ui/safetext"
)

// Doc renders a text that grows or changes in places and remembers its blocks:
// only those not seen in the last call are drawn again, and what lies before a
// blank line is not even read again when text was appended. It belongs to one
// goroutine.
type Doc struct {
	renderer *Renderer
	width    int
	head     head
	kept     map[string][]Line // blocks of the head
	seen     map[string][]Line // what was drawn in the last call
	next     map[string][]Line // what is drawn in this one
}

// head is the beginning of a text up to a blank line, which ends every block:
// whatever is appended, it looks the same.
type head struct {
	text  string // as it was given
	rows  int    // source lines it has
	last  kind
	lines []Line
}

// Doc makes an empty document.
func (r *Renderer) Doc() *Doc { return &Doc{renderer: r} }

// Render draws text in lines of at most width cells.
func (d *Doc) Render(text string, width int) []Line { return d.render(text, width, d.block) }

// Growing is Render for a text still being written: a last line that would
// look like something else until it is complete is held back, and a last line
// of code gets its colours when it is complete.
func (d *Doc) Growing(text string, width int) []Line {
	i := strings.LastIndexByte(text, '\n') + 1
	if strings.HasPrefix(text[i:], "|") || strings.Trim(text[i:], "#`-* ") == "" {
		text = text[:i]
	}
	return d.render(text, width, d.openBlock)
}

// render draws the last block with a function of its own.
func (d *Doc) render(text string, width int, tail func(block) []Line) []Line {
	d.reset(text, max(8, width))
	d.next = map[string][]Line{}
	rest := text[len(d.head.text):]
	blocks := split(safetext.Clean(rest))
	for i := range blocks {
		blocks[i].line += d.head.rows
	}
	n := d.final(rest, blocks)
	for _, b := range blocks[:n] {
		lines := d.block(b)
		d.kept[b.key()] = lines
		d.head.add(b, lines)
	}
	if n > 0 {
		d.head.text += upTo(rest, blocks[n].line-d.head.rows)
		d.head.rows = blocks[n].line
	}
	out := d.head
	out.lines = slices.Clip(out.lines)
	for i, b := range blocks[n:] {
		draw := d.block
		if n+i == len(blocks)-1 {
			draw = tail
		}
		out.add(b, draw(b))
	}
	d.seen = d.next
	return out.lines
}

// reset forgets what another width or another beginning makes wrong.
func (d *Doc) reset(text string, width int) {
	switch {
	case width != d.width:
		*d = Doc{renderer: d.renderer, width: width, kept: map[string][]Line{}}
	case !strings.HasPrefix(text, d.head.text):
		maps.Copy(d.seen, d.kept) // a change in places leaves most of them
		d.head, d.kept = head{}, map[string][]Line{}
	}
}

// final is how many blocks lie before the last blank line between two. With
// carriage returns in the text its lines are not those of the blocks, and
// nothing is final.
func (d *Doc) final(rest string, blocks []block) int {
	if strings.ContainsRune(rest, '\r') {
		return 0
	}
	for n := len(blocks) - 1; n > 0; n-- {
		if before := blocks[n-1]; before.line+strings.Count(before.text, "\n")+1 < blocks[n].line {
			return n
		}
	}
	return 0
}

// upTo is the first n lines of a text.
func upTo(text string, n int) string {
	end := 0
	for range n {
		end += strings.IndexByte(text[end:], '\n') + 1
	}
	return text[:end]
}

// add lays a block under what there is.
func (h *head) add(b block, lines []Line) {
	if gap(h.last, b.kind) && len(h.lines) > 0 {
		h.lines = append(h.lines, Line{Source: b.line})
	}
	for _, l := range lines {
		h.lines = append(h.lines, Line{Text: l.Text, Source: b.line + l.Source})
	}
	h.last = b.kind
}

// block draws a block that was not drawn before.
func (d *Doc) block(b block) []Line {
	key := b.key()
	lines, ok := d.seen[key]
	if !ok {
		lines, ok = d.kept[key]
	}
	if !ok {
		lines = d.renderer.block(b, d.width)
	}
	d.next[key] = lines
	return lines
}

// openBlock draws the block that is being written. Of code only whole lines
// are highlighted: once per line and not once per token.
func (d *Doc) openBlock(b block) []Line {
	end := strings.LastIndexByte(b.text, '\n')
	if b.kind != fence || end < 0 || b.closed() {
		return d.block(b)
	}
	whole, last := block{kind: fence, text: b.text[:end]}, b.text[end+1:]
	return append(slices.Clip(d.block(whole)), plainCode(last, strings.Count(b.text, "\n"), d.width)...)
}
