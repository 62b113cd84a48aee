package review_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/chapter"
	"dbchapter/ui/i18n"
	"dbchapter/ui/markdown"
	"dbchapter/ui/screen"
	"dbchapter/ui/screen/review"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

// tall is a chapter of very many tables.
func tall(t *testing.T) string {
	t.Helper()
	c := chapter.Parse(sample(t))
	part, _ := c.Section(chapter.Tables)
	_, body, _ := strings.Cut(part.Text, "#### ")
	var b strings.Builder
	b.WriteString("### " + part.Title + "\n")
	for i := range 60 {
		fmt.Fprintf(&b, "#### %d %s\n", i, strings.TrimSpace(body))
	}
	return c.With(chapter.Tables, b.String()).String()
}

// TestDrawnInPortions: after a resize the screen is right as soon as the first
// command has run, and stays as it is while the rest is drawn.
func TestDrawnInPortions(t *testing.T) {
	th := theme.New(theme.Options{NoColor: true})
	text := tall(t)
	for _, keys := range []string{"", "3", "2l<space><space><space>", "5", "7G"} {
		var m screen.Model = review.New(review.Options{Theme: th, Words: i18n.New(i18n.ZH), Renderer: markdown.New(th), Text: text, Check: findings, Fix: mend})
		m = screentest.Start(m, 100, 30)
		m, _ = screentest.Keys(m, keys)
		next, cmd, _ := m.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
		var shown []string
		for cmd != nil {
			msg := cmd()
			next, cmd, _ = next.Update(msg)
			shown = append(shown, next.View())
		}
		if len(shown) < 3 {
			t.Fatalf("%q: drawn in %d portions", keys, len(shown))
		}
		for i, v := range shown {
			if v != shown[0] {
				t.Errorf("%q: portion %d changed what the screen shows:\n%s\n---\n%s", keys, i, shown[0], v)
				break
			}
		}
	}
}
