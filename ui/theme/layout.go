package theme

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// Width is how many cells s takes; ANSI sequences take none.
func Width(s string) int { return ansi.StringWidth(s) }

// Cut shortens one line to at most width cells, ending in … where it was cut.
func (t Theme) Cut(s string, width int) string {
	if width <= 0 {
		return ""
	}
	return ansi.Truncate(s, width, t.Glyph.Ellipsis)
}

// Fit makes one line exactly width cells: cut or padded on the right.
func (t Theme) Fit(s string, width int) string {
	s = t.Cut(s, width)
	return s + strings.Repeat(" ", max(0, width-Width(s)))
}

// Right makes one line exactly width cells with the text at the right edge.
func (t Theme) Right(s string, width int) string {
	s = t.Cut(s, width)
	return strings.Repeat(" ", max(0, width-Width(s))) + s
}

// Spread puts left and right at the two edges of a line of width cells; right
// gives way first when there is no room.
func (t Theme) Spread(left, right string, width int) string {
	room := width - Width(right) - 1
	if right == "" || room < min(Width(left), width/2) {
		return t.Fit(left, width)
	}
	left = t.Cut(left, room)
	return left + strings.Repeat(" ", width-Width(left)-Width(right)) + right
}

// Box makes a block exactly width × height: lines are cut, padded and filled
// up with empty lines.
func (t Theme) Box(s string, width, height int) string {
	lines := strings.Split(s, "\n")
	out := make([]string, 0, height)
	for i := range height {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out = append(out, t.Fit(line, width))
	}
	return strings.Join(out, "\n")
}

// Beside joins two blocks with a bar between them: left is leftWidth cells,
// both height lines, right takes what remains of width.
func (t Theme) Beside(left, right string, leftWidth, width, height int) string {
	a := strings.Split(t.Box(left, leftWidth, height), "\n")
	b := strings.Split(t.Box(right, max(0, width-leftWidth-3), height), "\n")
	bar := " " + t.Dim.Render(t.Glyph.Bar) + " "
	for i := range a {
		a[i] += bar + b[i]
	}
	return strings.Join(a, "\n")
}

// Wrap breaks plain text into lines of at most width cells. Chinese breaks
// between any two characters, but no line begins with closing punctuation;
// words of other scripts stay whole while they fit.
func Wrap(s string, width int) []string {
	var out []string
	for _, line := range strings.Split(s, "\n") {
		out = append(out, wrapLine(line, max(2, width))...)
	}
	return out
}

func wrapLine(line string, width int) []string {
	var out []string
	cur := ""
	for _, piece := range pieces(line) {
		for Width(strings.TrimRight(cur+piece, " ")) > width {
			if cur != "" && Width(piece) <= width {
				out = append(out, strings.TrimRight(cur, " "))
				cur, piece = "", strings.TrimLeft(piece, " ")
				break
			}
			head := ansi.Truncate(cur+piece, width, "")
			if head == "" {
				break
			}
			out = append(out, head)
			cur, piece = "", (cur + piece)[len(head):]
		}
		cur += piece
	}
	return append(out, strings.TrimRight(cur, " "))
}

// pieces splits a line where it may be broken: after spaces and around every
// wide character, closing punctuation sticking to what is before it.
func pieces(line string) []string {
	var out []string
	cur := ""
	var prev rune
	for _, r := range line {
		if cur != "" && CanBreak(prev, r) {
			out = append(out, cur)
			cur = ""
		}
		cur += string(r)
		prev = r
	}
	if cur != "" {
		out = append(out, cur)
	}
	return out
}

// CanBreak says whether a line may end after a and go on with b.
func CanBreak(a, b rune) bool {
	if Closing(b) || Opening(a) || b == ' ' || b == '\'' || a == '\'' {
		return a == ' '
	}
	return a == ' ' || Wide(a) || Wide(b)
}

// Wide says whether a character belongs to a script written without spaces.
func Wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// Closing says whether a character may not begin a line.
func Closing(r rune) bool {
	return strings.ContainsRune("，。、；：？！）》」』】〕〉”’…—·％,.;:?!)]}%", r)
}

// Opening says whether a character may not end a line.
func Opening(r rune) bool { return strings.ContainsRune("（《「『【〔〈“‘([{", r) }
