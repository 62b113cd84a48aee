package export

import (
	"bytes"
	"fmt"
	stdhtml "html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"dbchapter/prompt/chapter"
)

// page is the frame of the web page: no script, nothing loaded from anywhere,
// readable on a screen and on paper.
const page = `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>%s</title>
<style>
body { max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff;
  font: 16px/1.7 "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
h1, h3, h4 { line-height: 1.3; break-after: avoid }
h3 { margin-top: 2em; border-bottom: 1px solid #ccc }
table { border-collapse: collapse; width: 100%%; font-size: .9em }
th, td { border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top }
th { background: #f4f4f4 }
pre { background: #f7f7f7; border: 1px solid #e2e2e2; padding: .8em; overflow-x: auto;
  font: 13px/1.5 "Sarasa Mono SC", "Noto Sans Mono CJK SC", Consolas, monospace }
nav ol { columns: 2 }
footer { margin-top: 3em; color: #777; font-size: .8em }
@media print { body { max-width: none; margin: 0; font-size: 11pt } pre { white-space: pre-wrap } nav { display: none } }
</style>
</head>
<body>
<h1>%s</h1>
<nav><ol>
%s</ol></nav>
%s
<footer>sha256:%s</footer>
</body>
</html>
`

// html writes one self-contained, inert page: raw HTML of the chapter is left
// out by the renderer, and the page forbids itself to load anything.
func html(s Source) ([]File, error) {
	var nav, body strings.Builder
	md := goldmark.New(goldmark.WithExtensions(extension.Table))
	for i, p := range s.Chapter.Parts {
		fmt.Fprintf(&nav, "<li><a href=\"#s%d\">%s</a></li>\n", i+1, stdhtml.EscapeString(p.Title))
		var out bytes.Buffer
		if err := md.Convert([]byte(safeLinks(p)), &out); err != nil {
			return nil, fmt.Errorf("section %q as HTML: %w", p.Title, err)
		}
		fmt.Fprintf(&body, "<section id=\"s%d\">\n%s</section>\n", i+1, out.String())
	}
	name := stdhtml.EscapeString(s.Name)
	text := fmt.Sprintf(page, name, name, nav.String(), body.String(), s.Hash)
	return []File{{s.Name + ".html", []byte(text)}}, nil
}

// safeLinks turns remote images into plain text, so that opening the page
// tells nobody (reliability.md T14).
func safeLinks(p chapter.Part) string {
	return strings.ReplaceAll(p.Text, "![", "[")
}
