package theme

import (
	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/textinput"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"dbchapter/ui/caret"
)

// Input is a one-line field whose caret caret.Extract finds. It has no prompt
// and no placeholder: placeholders are wrong for wide characters (bubbles
// #990).
func (t Theme) Input(width int) textinput.Model {
	m := textinput.New()
	m.Prompt = ""
	s := textinput.DefaultStyles(!t.Light)
	s.Focused = textinput.StyleState{Text: t.Plain, Prompt: t.Accent, Placeholder: t.Dim, Suggestion: t.Dim}
	s.Blurred = s.Focused
	s.Cursor.Color, s.Cursor.Blink = caret.Sentinel, false
	m.SetStyles(s)
	m.SetWidth(width)
	m.KeyMap.Paste.Unbind() // the terminal's own paste arrives as a message
	return m
}

// Help draws key maps in the theme's styles.
func (t Theme) Help() help.Model {
	m := help.New()
	m.ShortSeparator = "  "
	m.Ellipsis = t.Glyph.Ellipsis
	m.Styles = help.Styles{
		ShortKey: t.Key, ShortDesc: t.Dim, ShortSeparator: t.Dim, Ellipsis: t.Dim,
		FullKey: t.Key, FullDesc: t.Dim, FullSeparator: t.Dim,
	}
	return m
}

// Huh is the theme for short forms. Its cursor is the one caret.Extract finds;
// the flag huh passes is ignored, because a new form never learns the
// background.
func (t Theme) Huh() huh.Theme {
	return huh.ThemeFunc(func(bool) *huh.Styles {
		s := huh.ThemeBase(!t.Light)
		s.Focused = t.huhField(s.Focused, t.Title)
		s.Blurred = t.huhField(s.Blurred, t.Plain)
		s.Focused.Base = lipgloss.NewStyle().PaddingLeft(1).Border(t.huhBorder(), false, false, false, true).
			BorderForeground(t.Accent.GetForeground())
		s.Blurred.Base = lipgloss.NewStyle().PaddingLeft(2)
		s.Group.Title, s.Group.Description = t.Title, t.Dim
		s.Help = t.Help().Styles
		return s
	})
}

func (t Theme) huhField(f huh.FieldStyles, title lipgloss.Style) huh.FieldStyles {
	f.Title, f.Description = title, t.Dim
	f.ErrorIndicator, f.ErrorMessage = t.Error.SetString(" !"), t.Error
	f.SelectSelector = t.Accent.SetString(t.Glyph.Pointer + " ")
	f.MultiSelectSelector = f.SelectSelector
	f.Option, f.UnselectedOption = t.Plain, t.Plain
	f.SelectedOption = t.Accent
	f.SelectedPrefix, f.UnselectedPrefix = t.Accent.SetString("[x] "), t.Plain.SetString("[ ] ")
	f.NextIndicator, f.PrevIndicator = t.Dim.SetString(" >"), t.Dim.SetString("< ")
	f.FocusedButton = t.Title.Padding(0, 1).Reverse(true)
	f.BlurredButton = t.Dim.Padding(0, 1)
	f.TextInput.Cursor = caret.Style()
	f.TextInput.CursorText = t.Plain
	f.TextInput.Placeholder, f.TextInput.Prompt, f.TextInput.Text = t.Dim, t.Accent, t.Plain
	return f
}

func (t Theme) huhBorder() lipgloss.Border { return lipgloss.Border{Left: t.Glyph.Bar} }
