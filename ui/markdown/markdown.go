// Package markdown shows a chapter in the terminal. Rendering is glamour's,
// block by block: the text is cleaned first, glamour draws each block, and
// what comes out is filtered again, because glamour turns entities into live
// control characters (terminal.md §3).
//
// Blocks give three things: a stream re-renders only its last block, a list
// item hangs under its own text, and a line of SQL that is too long continues
// indented instead of at column 0. Every rendered line knows the source line
// it came from, so that findings can be jumped to.
package markdown

import (
	"strings"
	"sync"

	"charm.land/glamour/v2"

	"dbchapter/ui/safetext"
	"dbchapter/ui/theme"
)

// Line is one rendered line.
type Line struct {
	Text   string // with colours, no wider than asked
	Source int    // 0-based line of the Markdown it belongs to
}

// Renderer draws Markdown in the looks of a theme. It may be used by several
// goroutines; glamour itself may not.
type Renderer struct {
	theme theme.Theme
	mu    sync.Mutex
	made  map[int]*glamour.TermRenderer // by width
}

// New makes a renderer.
func New(t theme.Theme) *Renderer {
	return &Renderer{theme: t, made: map[int]*glamour.TermRenderer{}}
}

// Light chooses the colours of code for a light or a dark background; what
// was rendered before keeps its colours.
func (r *Renderer) Light(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.theme.Light != on {
		r.theme.Light = on
		clear(r.made)
	}
}

// Render draws text in lines of at most width cells.
func (r *Renderer) Render(text string, width int) []Line {
	return (&Doc{renderer: r}).Render(text, width)
}

// gap says whether a blank line stands between two blocks.
func gap(a, b kind) bool {
	switch {
	case a == heading:
		return b == heading
	case a == item && b == item:
		return false
	}
	return true
}

// block draws one block; Source of its lines counts from the block's first.
func (r *Renderer) block(b block, width int) []Line {
	switch b.kind {
	case fence:
		return r.fence(b, width)
	case item:
		return r.item(b, width)
	case table:
		return r.table(b, width)
	}
	return plainLines(r.glamour(breakable(literal(b.text)), width), 0)
}

func plainLines(lines []string, source int) []Line {
	out := make([]Line, len(lines))
	for i, l := range lines {
		out[i] = Line{Text: l, Source: source}
	}
	return out
}

// glamour draws one piece of Markdown; blank lines around it are dropped. A
// piece glamour cannot draw is shown as it is written.
func (r *Renderer) glamour(md string, width int) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	tr, ok := r.made[width]
	if !ok {
		var err error
		tr, err = glamour.NewTermRenderer(glamour.WithStyles(styles(r.theme)), glamour.WithWordWrap(width))
		if err != nil {
			return theme.Wrap(md, width)
		}
		if len(r.made) > 64 {
			clear(r.made)
		}
		r.made[width] = tr
	}
	out, err := tr.Render(md)
	if err != nil {
		return theme.Wrap(md, width)
	}
	out = safetext.FilterANSI(strings.ReplaceAll(out, hint, ""))
	return trim(out, width)
}

// trim splits rendered text into lines without the padding and the empty
// lines glamour puts around a block.
func trim(out string, width int) []string {
	lines := strings.Split(out, "\n")
	for i := range lines {
		lines[i] = trimRight(lines[i])
		if theme.Width(lines[i]) > width {
			lines[i] = theme.Theme{Glyph: theme.Glyphs{Ellipsis: ""}}.Cut(lines[i], width)
		}
	}
	for len(lines) > 0 && theme.Width(lines[0]) == 0 {
		lines = lines[1:]
	}
	for len(lines) > 0 && theme.Width(lines[len(lines)-1]) == 0 {
		lines = lines[:len(lines)-1]
	}
	return lines
}
