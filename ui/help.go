package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/i18n"
	"dbchapter/ui/theme"
)

// helpPage is the full key map of a screen and the glossary, over the screen.
type helpPage struct {
	words    i18n.Words
	groups   [][]key.Binding
	glossary []i18n.Term
	offset   int
}

func (m model) newHelp() *helpPage {
	groups := append(m.screen.FullHelp(), []key.Binding{m.keys.Help, m.keys.Suspend, m.keys.Quit})
	return &helpPage{words: m.words, groups: groups, glossary: m.words.Glossary()}
}

// press scrolls, or closes: then there is no page any more.
func (h *helpPage) press(c chords, k tea.KeyPressMsg) *helpPage {
	next := *h
	switch {
	case key.Matches(k, c.Close):
		return nil
	case key.Matches(k, c.Down):
		next.offset += 3
	case key.Matches(k, c.Up):
		next.offset = max(0, next.offset-3)
	}
	return &next
}

func (h *helpPage) view(t theme.Theme, width, height int) string {
	lines := []string{"", " " + t.Title.Render(h.words.T("help.keys"))}
	lines = append(lines, h.keyLines(t, width)...)
	lines = append(lines, "", " "+t.Title.Render(h.words.T("help.glossary")))
	for _, g := range h.glossary {
		label := t.Bold.Render(t.Fit(g.Word, 14))
		for i, l := range theme.Wrap(g.Meaning, width-20) {
			if i > 0 {
				label = strings.Repeat(" ", 14)
			}
			lines = append(lines, "   "+label+" "+l)
		}
	}
	from := max(0, min(h.offset, len(lines)-height))
	return t.Box(strings.Join(lines[from:], "\n"), width, height)
}

// keyLines lists the bindings in as many columns as fit; a binding that stands
// in two groups is shown once.
func (h *helpPage) keyLines(t theme.Theme, width int) []string {
	const cell = 30
	var items []string
	seen := map[string]bool{}
	for _, g := range h.groups {
		for _, b := range g {
			id := b.Help().Key + b.Help().Desc
			if b.Help().Key == "" || seen[id] {
				continue
			}
			seen[id] = true
			items = append(items, t.Fit(t.Key.Render(t.Fit(b.Help().Key, 10))+" "+b.Help().Desc, cell))
		}
	}
	columns := max(1, (width-3)/cell)
	rows := (len(items) + columns - 1) / columns
	var out []string
	for y := range rows {
		line := "   "
		for x := range columns {
			if i := x*rows + y; i < len(items) {
				line += items[i]
			}
		}
		out = append(out, line)
	}
	return out
}
