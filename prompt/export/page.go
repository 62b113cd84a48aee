package export

import (
	"fmt"
	"html"
	"strings"
)

// pageStyle is readable on a screen and on paper.
const pageStyle = `body { max-width: 62em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff;
  font: 16px/1.7 "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
h1, h2, h3, h4 { line-height: 1.3; break-after: avoid }
h2 { margin-top: 2em; border-bottom: 1px solid #ccc }
table { border-collapse: collapse; width: 100%; font-size: .9em }
th, td { border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top; overflow-wrap: break-word }
th { background: #f4f4f4; white-space: nowrap }
tr { break-inside: avoid }
thead { display: table-header-group }
pre { background: #f7f7f7; border: 1px solid #e2e2e2; padding: .8em; overflow-x: auto }
code { font: 13px/1.5 "Sarasa Mono SC", "Noto Sans Mono CJK SC", Consolas, monospace }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid #ccc; color: #555 }
nav ol { columns: 2; padding-left: 1.5em }
nav ol ol { columns: 1 }
nav li { break-inside: avoid }
nav a { color: inherit; text-decoration: none }
figure { margin: 1em 0; overflow-x: auto }
figcaption { color: #777; font-size: .85em }
svg { max-width: 100%; height: auto }
footer { margin-top: 3em; color: #777; font-size: .8em; overflow-wrap: anywhere }
@page { size: A4; margin: 18mm 15mm }
@media print { body { max-width: none; margin: 0; padding: 0 1px; font-size: 10.5pt } pre { white-space: pre-wrap; overflow-wrap: anywhere }
  pre code { font-size: 8.5pt } table { font-size: 9pt } figure { break-inside: avoid } }
`

// webPage writes one self-contained, inert page: no script, nothing loaded
// from anywhere, every word of the chapter escaped by us.
func webPage(s Source) ([]File, error) {
	var b strings.Builder
	name := html.EscapeString(printable(s.named("")))
	b.WriteString("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n" +
		"<meta name=\"referrer\" content=\"no-referrer\">\n<title>" + name + "</title>\n<style>\n" + pageStyle + "</style>\n</head>\n<body>\n" +
		"<h1>" + name + "</h1>\n")
	blocks := s.chapterBlocks()
	b.WriteString(pageContents(blocks))
	w := pageWriter{out: &b}
	for _, x := range blocks {
		w.block(x)
	}
	w.close(0)
	fmt.Fprintf(&b, "<footer>章节 sha256:%s</footer>\n</body>\n</html>\n", s.Hash)
	return s.file(".html", []byte(b.String())), nil
}

// chapterBlocks are the blocks of the whole chapter; its sections are headings
// of level 1, and the ER picture stands where the tables begin.
func (s Source) chapterBlocks() []block {
	out := markdownBlocks(s.Chapter.Preamble, 2)
	for _, p := range s.Chapter.Parts {
		blocks := markdownBlocks(p.Text, 2)
		if pic, ok := s.picture(p.Section); ok && len(blocks) > 0 {
			blocks = append([]block{blocks[0], pic}, blocks[1:]...)
		}
		out = append(out, blocks...)
	}
	return out
}

// pageContents lists the headings of the first two levels.
func pageContents(blocks []block) string {
	var b strings.Builder
	b.WriteString("<nav>\n<ol>\n")
	n, open, inner := 0, false, false
	for _, x := range blocks {
		if x.kind != heading {
			continue
		}
		n++
		entry := fmt.Sprintf("<li><a href=\"#h%d\">%s</a>", n, html.EscapeString(text(x.runs)))
		switch {
		case x.level == 1 || x.level == 2 && !open:
			b.WriteString(closing(inner, "</ol>\n") + closing(open, "</li>\n") + entry)
			open, inner = true, false
		case x.level == 2:
			b.WriteString(closing(!inner, "\n<ol>\n") + entry + "</li>\n")
			inner = true
		}
	}
	b.WriteString(closing(inner, "</ol>\n") + closing(open, "</li>\n") + "</ol>\n</nav>\n")
	return b.String()
}

func closing(when bool, tag string) string {
	if when {
		return tag
	}
	return ""
}
