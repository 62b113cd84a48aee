package markdown

import (
	"charm.land/glamour/v2/ansi"

	"dbchapter/ui/theme"
)

// styles are the looks of rendered Markdown: the palette's own colours, no
// backgrounds, no margins; spacing is the renderer's business.
func styles(t theme.Theme) ansi.StyleConfig {
	yes := true
	var s ansi.StyleConfig
	s.Heading.Bold = &yes
	s.Strong.Bold = &yes
	s.Emph.Italic = &yes
	s.Strikethrough.CrossedOut = &yes
	s.Item.BlockPrefix = t.Glyph.Bullet + " "
	s.Enumeration.BlockPrefix = ". "
	s.List.LevelIndent = 2
	s.HorizontalRule.Format = "\n" + t.Glyph.Rule + t.Glyph.Rule + t.Glyph.Rule + "\n"
	s.Task = ansi.StyleTask{Ticked: "[x] ", Unticked: "[ ] "}
	one, bar := uint(1), t.Glyph.Bar
	s.BlockQuote.Indent, s.BlockQuote.IndentToken = &one, &bar
	if t.ASCII {
		plus, pipe, dash := "+", "|", "-"
		s.Table.CenterSeparator, s.Table.ColumnSeparator, s.Table.RowSeparator = &plus, &pipe, &dash
	}
	if t.NoColor {
		return s
	}
	accent, code := "6", "3"
	s.H1.Color, s.H2.Color, s.H3.Color = &accent, &accent, &accent
	s.Code.Color = &code
	s.Link.Color, s.Link.Underline = &accent, &yes
	s.CodeBlock.Theme = "nord"
	if t.Light {
		s.CodeBlock.Theme = "friendly"
	}
	return s
}
