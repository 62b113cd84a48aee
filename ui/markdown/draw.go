package markdown

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/theme"
)

// hint is U+2028: a space to the wrapper, of no width, and never in a cleaned
// text. Between Chinese characters it says that a line may break there.
const hint = "\u2028"

// breakable puts hints where a line of Chinese may break: not before closing
// and not after opening punctuation.
func breakable(s string) string {
	var b strings.Builder
	var prev rune
	for _, r := range s {
		if prev != 0 && (theme.Wide(prev) || theme.Wide(r)) && breaksBetween(prev, r) {
			b.WriteString(hint)
		}
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

func breaksBetween(a, b rune) bool {
	if strings.ContainsRune(" \n\t*_`~|\\<>&#!", a) || strings.ContainsRune(" \n\t*_`~|\\<>&#", b) {
		return false
	}
	return !theme.Closing(b) && !theme.Opening(a)
}

// literal shows markup that glamour would swallow: outside code spans a "<" is
// text, so that nothing in the file is invisible in the preview.
func literal(s string) string {
	parts := strings.Split(s, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strings.ReplaceAll(parts[i], "<", `\<`)
	}
	return strings.Join(parts, "`")
}

// item draws a list item hanging under its own text.
func (r *Renderer) item(b block, width int) []Line {
	first, rest, _ := strings.Cut(b.text, "\n")
	depth := (len(first) - len(strings.TrimLeft(first, " "))) / 2
	marker, body, _ := strings.Cut(strings.TrimLeft(first, " "), " ")
	sign := r.theme.Glyph.Bullet
	if len(marker) > 1 {
		sign = marker
	}
	for _, l := range strings.Split(rest, "\n") {
		body += " " + strings.TrimSpace(l)
	}
	indent := min(2*depth, width/3)
	hang := indent + theme.Width(sign) + 1
	lines := r.glamour(breakable(literal(strings.TrimSpace(body))), max(4, width-hang))
	for i := range lines {
		lead := strings.Repeat(" ", hang)
		if i == 0 {
			lead = strings.Repeat(" ", indent) + r.theme.Accent.Render(sign) + " "
		}
		lines[i] = lead + lines[i]
	}
	return plainLines(lines, 0)
}

// fence draws a code block. Lines too long are broken before highlighting and
// continue four cells deeper than they began.
func (r *Renderer) fence(b block, width int) []Line {
	lines := strings.Split(b.text, "\n")
	open := fenceLine.FindStringSubmatch(lines[0])[1]
	lang := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(lines[0]), open))
	code := lines[1:]
	if n := len(code); n > 0 && strings.HasPrefix(strings.TrimSpace(code[n-1]), open) {
		code = code[:n-1]
	}
	var wrapped []string
	var source []int
	for i, l := range code {
		for _, p := range codeRows(l, width) {
			wrapped, source = append(wrapped, p), append(source, i+1)
		}
	}
	drawn := r.code(wrapped, lang, width)
	out := make([]Line, 0, len(drawn))
	for i, l := range drawn {
		out = append(out, Line{Text: codeMargin + l, Source: source[min(i, len(source)-1)]})
	}
	return out
}

const codeMargin = "  "

// codeRows are the rows a line of code takes.
func codeRows(line string, width int) []string {
	return hang(strings.ReplaceAll(line, "\t", "    "), width-len(codeMargin))
}

// plainCode draws one line of code without colours; source is its line in the
// block.
func plainCode(line string, source, width int) []Line {
	var out []Line
	for _, row := range codeRows(line, width) {
		out = append(out, Line{Text: codeMargin + row, Source: source})
	}
	return out
}

// code highlights lines one for one; when the highlighter changes their number
// they are shown plain.
func (r *Renderer) code(lines []string, lang string, width int) []string {
	if len(lines) == 0 {
		return nil
	}
	text := strings.Join(lines, "\n")
	mark := "```"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	// A guard keeps blank first and last lines; the width keeps glamour from
	// wrapping again.
	drawn := r.glamour(mark+word(lang)+"\n"+text+"\n"+mark, 4*width+40)
	for i, l := range lines {
		if i >= len(drawn) || strings.TrimRight(ansi.Strip(drawn[i]), " ") != strings.TrimRight(l, " ") {
			return lines
		}
	}
	return drawn[:len(lines)]
}

// word is the first word of an info string, letters only.
func word(lang string) string {
	fields := strings.FieldsFunc(lang, func(r rune) bool { return r < '0' || r > 'z' })
	if len(fields) == 0 {
		return ""
	}
	return fields[0]
}

func hang(line string, width int) []string {
	if theme.Width(line) <= width {
		return []string{strings.TrimRight(line, " ")}
	}
	body := strings.TrimLeft(line, " ")
	indent := min(len(line)-len(body), width/3)
	deeper := min(indent+4, width/2)
	first := theme.Wrap(body, width-indent)
	out := []string{strings.Repeat(" ", indent) + first[0]}
	rest := strings.TrimLeft(strings.TrimPrefix(body, first[0]), " ")
	if rest == "" {
		return out
	}
	for _, l := range theme.Wrap(rest, width-deeper) {
		out = append(out, strings.Repeat(" ", deeper)+l)
	}
	return out
}

// trimRight drops spaces at the end of a line, colours or not.
func trimRight(s string) string {
	plain := strings.TrimRight(ansi.Strip(s), " ")
	if w := theme.Width(plain); w < theme.Width(s) {
		return ansi.Truncate(s, w, "")
	}
	return s
}
