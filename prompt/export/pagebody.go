package export

import (
	"fmt"
	"html"
	"strings"
)

// pageWriter writes blocks as HTML; lists are opened and closed as their items
// come.
type pageWriter struct {
	out      *strings.Builder
	lists    []string // tags of the open lists
	headings int
}

func (w *pageWriter) block(x block) {
	if x.kind != item {
		w.close(0)
	}
	switch x.kind {
	case heading:
		w.headings++
		fmt.Fprintf(w.out, "<h%d id=\"h%d\">%s</h%d>\n", min(x.level+1, 6), w.headings, htmlRuns(x.runs), min(x.level+1, 6))
	case item:
		w.item(x)
	case quote:
		w.out.WriteString("<blockquote>" + htmlRuns(x.runs) + "</blockquote>\n")
	case code:
		w.out.WriteString("<pre><code>" + html.EscapeString(x.text) + "</code></pre>\n")
	case grid:
		w.grid(x)
	case rule:
		w.out.WriteString("<hr>\n")
	case picture:
		w.out.WriteString("<figure>\n" + x.text + "<figcaption>" + htmlRuns(x.runs) + "</figcaption>\n</figure>\n")
	default:
		w.out.WriteString("<p>" + htmlRuns(x.runs) + "</p>\n")
	}
}

// item opens lists down to its depth, and a new one where bullets turn into
// numbers.
func (w *pageWriter) item(x block) {
	tag := "ul"
	if x.number > 0 {
		tag = "ol"
	}
	w.close(x.level + 1)
	if len(w.lists) == x.level+1 && w.lists[x.level] != tag {
		w.close(x.level)
	}
	if len(w.lists) == x.level+1 {
		w.out.WriteString("</li>\n")
	}
	for len(w.lists) <= x.level {
		start := ""
		if x.number > 1 {
			start = fmt.Sprintf(" start=\"%d\"", x.number)
		}
		w.out.WriteString("<" + tag + start + ">\n")
		w.lists = append(w.lists, tag)
		if len(w.lists) <= x.level {
			w.out.WriteString("<li>")
		}
	}
	w.out.WriteString("<li>" + htmlRuns(x.runs))
}

// close ends the lists below a depth.
func (w *pageWriter) close(depth int) {
	for len(w.lists) > depth {
		last := len(w.lists) - 1
		w.out.WriteString("</li>\n</" + w.lists[last] + ">\n")
		w.lists = w.lists[:last]
	}
}

func (w *pageWriter) grid(x block) {
	w.out.WriteString("<table>\n")
	for i, row := range x.rows {
		tag := "td"
		if i == 0 {
			tag = "th"
		}
		line := "<tr>"
		for _, c := range row {
			line += "<" + tag + ">" + htmlRuns(c) + "</" + tag + ">"
		}
		line += "</tr>\n"
		switch i {
		case 0:
			line = "<thead>\n" + line + "</thead>\n<tbody>\n"
		}
		w.out.WriteString(line)
	}
	w.out.WriteString("</tbody>\n</table>\n")
}

func htmlRuns(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		t := strings.ReplaceAll(html.EscapeString(r.text), "\n", "<br>\n")
		if r.code {
			t = "<code>" + t + "</code>"
		}
		if r.italic {
			t = "<em>" + t + "</em>"
		}
		if r.bold {
			t = "<strong>" + t + "</strong>"
		}
		if r.link != "" {
			t = "<a href=\"" + html.EscapeString(r.link) + "\">" + t + "</a>"
		}
		b.WriteString(t)
	}
	return b.String()
}
