// Package caret finds where the text caret of a rendered view is, so that the
// hardware cursor can be put there and an input method opens its candidate
// window beside it.
//
// The widgets draw a virtual cursor, one cell in reverse video. Drawn in the
// colour Sentinel it can be found again in the finished view, whatever
// scrolling and columns have done to it; terminal.md §1 tells why the widgets'
// own answer cannot be used (bubbles #906).
package caret

import (
	"image/color"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Sentinel is the colour that marks a virtual cursor; nothing else uses it.
var Sentinel = lipgloss.Color("#01fe02")

// Style is the style a widget's cursor must have for Extract to find it.
func Style() lipgloss.Style {
	return lipgloss.NewStyle().Foreground(Sentinel).Background(Sentinel)
}

// Extract returns the view without its virtual cursor and the position of the
// caret relative to the view, or nil when there is none.
func Extract(view string) (string, *tea.Cursor) {
	w, h := lipgloss.Size(view)
	if w == 0 || h == 0 {
		return view, nil
	}
	buf := uv.NewScreenBuffer(w, h)
	buf.Method = ansi.WcWidth
	uv.NewStyledString(view).Draw(buf, buf.Bounds())
	for y := range h {
		for x := range w {
			c := buf.CellAt(x, y)
			if c == nil || c.Style.Attrs&uv.AttrReverse == 0 || !marked(c.Style) {
				continue
			}
			c.Style.Attrs &^= uv.AttrReverse
			c.Style.Fg, c.Style.Bg = nil, nil
			return buf.Render(), tea.NewCursor(x, y)
		}
	}
	return view, nil
}

func marked(s uv.Style) bool { return same(s.Fg) || same(s.Bg) }

func same(c color.Color) bool {
	if c == nil {
		return false
	}
	r, g, b, _ := c.RGBA()
	sr, sg, sb, _ := Sentinel.RGBA()
	return r == sr && g == sg && b == sb
}
