// Package theme is how the wizard looks: one accent colour, one dim colour,
// bold for the thing in focus. One value is made at the start and passed to
// every screen; there are no global styles.
//
// Colours are those of the terminal's own palette, so that they suit a light
// and a dark background alike; only the Markdown preview needs to know Dark.
package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Options are the few things a person can choose about the looks.
type Options struct {
	Light   bool // the terminal has a light background
	NoColor bool // NO_COLOR, --no-color: attributes only
	ASCII   bool // --ascii: for terminals that draw ambiguous characters wide
}

// Theme is every style and glyph of the wizard.
type Theme struct {
	Options

	Plain  lipgloss.Style // ordinary text
	Accent lipgloss.Style // the one colour: where am I
	Dim    lipgloss.Style // what can be overlooked
	Bold   lipgloss.Style // the thing in focus
	Title  lipgloss.Style // title of the panel in focus
	OK     lipgloss.Style // done
	Warn   lipgloss.Style // look at this
	Error  lipgloss.Style // must be mended
	Key    lipgloss.Style // a key in the footer
	Mark   lipgloss.Style // a search hit
	Add    lipgloss.Style // a line of the new text in a diff
	Del    lipgloss.Style // a line of the old text in a diff

	Glyph Glyphs
}

// Glyphs are the few signs used; each is as wide as its ASCII stand-in is
// long.
type Glyphs struct {
	Pointer  string // the row in focus
	Done     string
	Fail     string
	Bullet   string
	Rule     string // horizontal line
	Bar      string // vertical line
	TeeDown  string // rule meets bar, bar goes down
	TeeUp    string // rule meets bar, bar goes up
	Dot      string // between small facts
	Ellipsis string
	Up, Down string // more above, more below
	Arrow    string // leads to
}

// New makes the theme.
func New(o Options) Theme {
	s := lipgloss.NewStyle
	t := Theme{
		Options: o,
		Plain:   s(),
		Accent:  s().Foreground(lipgloss.Cyan),
		Dim:     s().Foreground(lipgloss.BrightBlack),
		Bold:    s().Bold(true),
		Title:   s().Foreground(lipgloss.Cyan).Bold(true),
		OK:      s().Foreground(lipgloss.Green),
		Warn:    s().Foreground(lipgloss.Yellow),
		Error:   s().Foreground(lipgloss.Red),
		Key:     s().Bold(true),
		Mark:    s().Reverse(true),
		Add:     s().Foreground(lipgloss.Green),
		Del:     s().Foreground(lipgloss.Red),
		Glyph:   unicodeGlyphs(),
	}
	if o.ASCII {
		t.Glyph = asciiGlyphs()
	}
	if o.NoColor {
		t = t.colourless()
	}
	return t
}

func (t Theme) colourless() Theme {
	s := lipgloss.NewStyle
	t.Accent, t.Title = s().Bold(true), s().Bold(true)
	t.Dim = s().Faint(true)
	t.OK, t.Warn, t.Error = s(), s(), s().Bold(true)
	t.Add, t.Del = s().Bold(true), s().Faint(true)
	return t
}

func unicodeGlyphs() Glyphs {
	return Glyphs{
		Pointer: "▸", Done: "✓", Fail: "×", Bullet: "•", Rule: "─", Bar: "│",
		TeeDown: "┬", TeeUp: "┴", Dot: "·", Ellipsis: "…", Up: "↑", Down: "↓", Arrow: "→",
	}
}

func asciiGlyphs() Glyphs {
	return Glyphs{
		Pointer: ">", Done: "v", Fail: "x", Bullet: "*", Rule: "-", Bar: "|",
		TeeDown: "+", TeeUp: "+", Dot: "-", Ellipsis: "~", Up: "^", Down: "v", Arrow: ">",
	}
}

// Rule is the thin line between header, body and footer.
func (t Theme) Rule(width int) string {
	return t.Dim.Render(strings.Repeat(t.Glyph.Rule, max(0, width)))
}

// Row is one line of a list: a pointer and bold text when in focus.
func (t Theme) Row(focus bool, text string) string {
	if focus {
		return t.Accent.Render(t.Glyph.Pointer) + " " + t.Bold.Render(text)
	}
	return "  " + text
}
