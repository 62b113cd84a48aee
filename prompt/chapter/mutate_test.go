package chapter_test

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/chapter"
)

// mutated is a text with some lines deleted, doubled, moved or cut short.
func mutated(random *rand.Rand, text string) string {
	lines := strings.Split(text, "\n")
	for range 1 + random.Intn(8) {
		i, j := random.Intn(len(lines)), random.Intn(len(lines))
		switch random.Intn(5) {
		case 0:
			lines = slices.Delete(lines, i, i+1)
		case 1:
			lines = slices.Insert(lines, i, lines[j])
		case 2:
			lines[i], lines[j] = lines[j], lines[i]
		case 3:
			r := []rune(lines[i])
			lines[i] = string(r[:random.Intn(len(r)+1)])
		case 4:
			lines = lines[:max(i, len(lines)/2)]
		}
		if len(lines) < 2 {
			break
		}
	}
	return strings.Join(lines, "\n")
}

// TestNormalizeBrokenTexts holds for chapters in any state: normalising twice
// is normalising once, and no sentence is lost.
func TestNormalizeBrokenTexts(t *testing.T) {
	random := rand.New(rand.NewSource(11))
	for _, name := range []string{"seed_example.md", "library.reply.md"} {
		text := read(t, name)
		for range 40 {
			in := mutated(random, text)
			n := chapter.Normalize(in)
			out := n.Chapter.String()
			again := chapter.Normalize(out)
			if got := again.Chapter.String(); got != out {
				t.Errorf("%s: not idempotent: %s\nfixed %v\n", name, firstDifference(got, out), again.Fixed)
			}
			have := bare(out + "\n" + strings.Join(n.Notes, "\n"))
			for _, s := range sentences(in) {
				if !strings.Contains(have, s) {
					t.Errorf("%s: lost %q\n", name, s)
				}
			}
		}
	}
}
