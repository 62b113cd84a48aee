package chapter_test

import (
	"regexp"
	"strings"
	"testing"

	"dbchapter/prompt/chapter"
)

func TestNormalizeLeavesPerfectChapters(t *testing.T) {
	for _, name := range perfect {
		text := read(t, name)
		n := chapter.Normalize(text)
		if got := n.Chapter.String(); got != text {
			t.Errorf("%s changed: %s", name, firstDifference(got, text))
		}
		if len(n.Fixed) > 0 || len(n.Notes) > 0 {
			t.Errorf("%s: fixed %v, notes %q", name, n.Fixed, n.Notes)
		}
	}
}

// TestNormalizeLosesNoSentence holds for real answers of a large model: every
// sentence is in the chapter or in the notes, and a second run changes nothing.
func TestNormalizeLosesNoSentence(t *testing.T) {
	for _, name := range []string{"hotel.reply.md", "library.reply.md"} {
		text := read(t, name)
		n := chapter.Normalize(text)
		out := n.Chapter.String()
		have := bare(out + "\n" + strings.Join(n.Notes, "\n"))
		for _, s := range sentences(text) {
			if !strings.Contains(have, s) {
				t.Errorf("%s: lost %q", name, s)
			}
		}
		if len(n.Notes) == 0 {
			t.Errorf("%s: no notes", name)
		}
		again := chapter.Normalize(out)
		if got := again.Chapter.String(); got != out {
			t.Errorf("%s: not idempotent: %s", name, firstDifference(got, out))
		}
		if len(again.Fixed) > 0 || len(again.Notes) > 0 {
			t.Errorf("%s: second run fixed %v, notes %q", name, again.Fixed, again.Notes)
		}
	}
}

var (
	heading = regexp.MustCompile(`^#{1,6} `)
	marks   = regexp.MustCompile("[*#>`|\\s：:,，;；.、()（）‘’'0-9+-]+")
)

// bare is a text without Markdown marks and blanks.
func bare(s string) string { return marks.ReplaceAllString(s, "") }

// sentences are the sentences, cells and items of a text; headings may be
// renamed and are left out.
func sentences(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if heading.MatchString(l) {
			continue
		}
		for _, s := range regexp.MustCompile(`[。；！？|]`).Split(l, -1) {
			if s = bare(s); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}
