package ptytest

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// The picture's measures in pixels: one cell, and the room around the screen.
const (
	cellWidth  = 8.4
	cellHeight = 19
	baseline   = 14
	margin     = 16
)

// The colours of a cell that has none of its own.
var (
	paper = color.RGBA{0x16, 0x18, 0x1d, 0xff}
	ink   = color.RGBA{0xd8, 0xda, 0xde, 0xff}
)

// palette are the sixteen colours of a terminal, as light as a dark background
// asks for.
var palette = [16]color.RGBA{
	{0x3a, 0x3f, 0x4b, 0xff},
	{0xf0, 0x71, 0x78, 0xff},
	{0x8f, 0xc9, 0x7a, 0xff},
	{0xe5, 0xc0, 0x7b, 0xff},
	{0x6c, 0xa8, 0xf0, 0xff},
	{0xc6, 0x91, 0xe9, 0xff},
	{0x56, 0xc2, 0xd0, 0xff},
	{0xc8, 0xcc, 0xd4, 0xff},
	{0x8a, 0x91, 0x9e, 0xff},
	{0xff, 0x8a, 0x90, 0xff},
	{0xa8, 0xe0, 0x94, 0xff},
	{0xf5, 0xd5, 0x95, 0xff},
	{0x8c, 0xbd, 0xff, 0xff},
	{0xd9, 0xab, 0xf7, 0xff},
	{0x7a, 0xdc, 0xe8, 0xff},
	{0xff, 0xff, 0xff, 0xff},
}

// SVG draws the screen as a picture of its own: real text, every run of one
// look at its column of the grid, so that a fallback font for Chinese cannot
// push what follows it.
func (x *Term) SVG() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	w, h := x.emu.Width(), x.emu.Height()
	var b strings.Builder
	wide, high := float64(w)*cellWidth+2*margin, h*cellHeight+2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d">`+"\n", wide, high, wide, high)
	b.WriteString(`<style>text{font:14px "DejaVu Sans Mono","Menlo","Consolas","Noto Sans Mono CJK SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",monospace;white-space:pre}</style>` + "\n")
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", hex(paper))
	for y := range h {
		for _, r := range x.runs(y, w) {
			r.draw(&b, y)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// run are neighbouring cells of one look.
type run struct {
	from, cells int
	text        string
	wide        bool // Chinese: every character takes two cells
	style       uv.Style
}

// runs cuts a line into runs; wide and narrow characters never share one,
// because their fonts have widths of their own.
func (x *Term) runs(y, width int) []run {
	var out []run
	for i := 0; i < width; {
		c := x.emu.CellAt(i, y)
		if c == nil || c.Width == 0 {
			i++
			continue
		}
		text := c.Content
		if text == "" {
			text = " "
		}
		last := len(out) - 1
		if last >= 0 && out[last].style.Equal(&c.Style) && out[last].wide == (c.Width > 1) && out[last].from+out[last].cells == i {
			out[last].text += text
			out[last].cells += c.Width
		} else {
			out = append(out, run{from: i, cells: c.Width, text: text, wide: c.Width > 1, style: c.Style})
		}
		i += c.Width
	}
	return out
}

func (r run) draw(b *strings.Builder, y int) {
	fg, bg := color.Color(ink), color.Color(nil)
	if r.style.Fg != nil {
		fg = r.style.Fg
	}
	if r.style.Bg != nil {
		bg = r.style.Bg
	}
	if r.style.Attrs&uv.AttrReverse != 0 {
		if bg == nil {
			bg = paper
		}
		fg, bg = bg, fg
	}
	left, top := margin+float64(r.from)*cellWidth, margin+y*cellHeight
	if bg != nil {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", left, top, float64(r.cells)*cellWidth, cellHeight, hex(bg))
	}
	if strings.TrimSpace(r.text) == "" {
		return
	}
	look := ""
	if r.style.Attrs&uv.AttrBold != 0 {
		look += ` font-weight="bold"`
	}
	if r.style.Attrs&uv.AttrFaint != 0 {
		look += ` opacity="0.6"`
	}
	if r.style.Attrs&uv.AttrItalic != 0 {
		look += ` font-style="italic"`
	}
	if r.style.Underline != uv.UnderlineNone {
		look += ` text-decoration="underline"`
	}
	text := strings.TrimRight(r.text, " ")
	blank := len(text) - len(strings.TrimLeft(text, " "))
	left += float64(blank) * cellWidth
	fmt.Fprintf(b, `<text x="%s" y="%d" fill="%s"%s>%s</text>`+"\n", r.columns(left, text[blank:]), top+baseline, hex(fg), look, html.EscapeString(text[blank:]))
}

// columns are the x positions of the characters. Chinese gets one for each,
// its fonts are not as wide as two cells; of other text the font's own width is
// the cell's.
func (r run) columns(left float64, text string) string {
	if !r.wide {
		return fmt.Sprintf("%.1f", left)
	}
	var xs []string
	for range []rune(text) {
		xs = append(xs, fmt.Sprintf("%.0f", left+1))
		left += 2 * cellWidth
	}
	return strings.Join(xs, " ")
}

func hex(c color.Color) string {
	if basic, ok := c.(ansi.BasicColor); ok {
		c = palette[basic&15]
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
