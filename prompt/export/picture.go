package export

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
)

// The measures of the ER picture, in pixels.
const (
	boxWidth   = 190
	boxHeight  = 42
	boxGap     = 14 // between boxes of a column
	columnGap  = 70 // room for the lines between columns
	groupTitle = 26
	bandGap    = 36 // between two rows of columns
	margin     = 12
	perBand    = 4 // columns side by side: fits a page
)

// box is one table in the picture, with its upper left corner.
type box struct {
	table, title string
	x, y         int
}

// group is one column of the picture: the tables of a service.
type group struct {
	title string
	boxes []box
	x, y  int
}

// picture is the ER picture in the section of the tables; ok is false
// elsewhere, and for a single table.
func (s Source) picture(at chapter.Section) (block, bool) {
	tables := s.tables()
	if at != chapter.Tables || len(tables) < 2 {
		return block{}, false
	}
	note := "每列一个服务；线由引用方（圆点）指向被引用方（箭头），虚线表示跨实例引用。"
	if slices.ContainsFunc(tables, isOutbox) {
		note += "各服务都有的本地消息表没有画出。"
	}
	return block{kind: picture, runs: plain(note), text: s.svg()}, true
}

// groups are the tables by service, in the order of the instance table.
func (s Source) groups() []group {
	var out []group
	for _, t := range s.tables() {
		title := s.Places[t.Name].Service
		if title == "" {
			title = "其他"
		}
		at := slices.IndexFunc(out, func(g group) bool { return g.title == title })
		if at < 0 {
			at, out = len(out), append(out, group{title: title})
		}
		out[at].boxes = append(out[at].boxes, box{table: t.Name, title: s.title(t)})
	}
	rank := func(g group) int {
		for i, r := range s.instances {
			if r.Service == g.title {
				return i
			}
		}
		return len(s.instances)
	}
	slices.SortStableFunc(out, func(a, b group) int { return rank(a) - rank(b) })
	return out
}

// drawn are the groups without the message table, which lies in every service.
func drawn(groups []group, tables []*ddl.Table) []group {
	for i := range groups {
		groups[i].boxes = slices.DeleteFunc(groups[i].boxes, func(x box) bool {
			return slices.ContainsFunc(tables, func(t *ddl.Table) bool { return t.Name == x.table && isOutbox(t) })
		})
	}
	return slices.DeleteFunc(groups, func(g group) bool { return len(g.boxes) == 0 })
}

// layout gives every box its place: columns side by side in bands, the boxes
// of a column one below the other. It returns the size of the whole.
func layout(groups []group) (width, height int) {
	y, tall := margin, 0
	bands := (len(groups) + perBand - 1) / perBand
	across := (len(groups) + bands - 1) / bands // bands of like length
	for i := range groups {
		g := &groups[i]
		if i > 0 && i%across == 0 {
			y, tall = y+tall+bandGap, 0
		}
		g.x, g.y = margin+i%across*(boxWidth+columnGap), y
		for j := range g.boxes {
			g.boxes[j].x, g.boxes[j].y = g.x, g.y+groupTitle+j*(boxHeight+boxGap)
		}
		tall = max(tall, groupTitle+len(g.boxes)*(boxHeight+boxGap)-boxGap)
		width = max(width, g.x+boxWidth+margin)
	}
	return width + columnGap/2, y + tall + margin
}

// svg draws the picture: lines first, boxes over them.
func (s Source) svg() string {
	groups := drawn(s.groups(), s.tables())
	width, height := layout(groups)
	boxes := map[string]box{}
	for _, g := range groups {
		for _, x := range g.boxes {
			boxes[x.table] = x
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" font-family=\"sans-serif\">\n",
		width, height, width, height)
	b.WriteString("<title>ER 图</title>\n")
	for i, r := range s.references() {
		b.WriteString(line(boxes[r.Table], boxes[r.Parent], i, r))
	}
	for _, g := range groups {
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"14\" font-weight=\"bold\" fill=\"#333\">%s</text>\n", g.x, g.y+14, svgText(g.title, 24))
		for _, x := range g.boxes {
			fmt.Fprintf(&b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"#fff\" stroke=\"#557\"/>\n", x.x, x.y, boxWidth, boxHeight)
			fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"13\" fill=\"#222\">%s</text>\n", x.x+10, x.y+18, svgText(x.title, 25))
			fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#667\">%s</text>\n", x.x+10, x.y+34, svgText(x.table, 29))
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// colours tell lines apart that run side by side.
var colours = []string{"#4e79a7", "#b07aa1", "#59a14f", "#e15759", "#9c755f", "#76887f"}

// line is one reference, from a dot on the child to an arrow on the parent:
// a bow beside the column, or a wave from column to column.
func line(child, parent box, i int, r Reference) string {
	const half = boxHeight / 2
	from, to := [2]int{child.x + boxWidth, child.y + half + 6}, [2]int{parent.x + boxWidth, parent.y + half - 6}
	out, in := 1, 1 // directions in which the line leaves and from which it comes
	switch {
	case parent.x > child.x:
		to[0], in = parent.x, -1
	case parent.x < child.x:
		from[0], out = child.x, -1
	}
	bend := min(columnGap/2+8*(i%4), columnGap-8)
	if out != in {
		bend = max(bend, abs(to[0]-from[0])/2)
	}
	tip := to[0] + 7*in
	dash := ""
	if r.AcrossInstances {
		dash = " stroke-dasharray=\"5 3\""
	}
	c := colours[i%len(colours)]
	path := fmt.Sprintf("<path d=\"M%d %dC%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\"%s><title>%s</title></path>\n",
		from[0], from[1], from[0]+bend*out, from[1], tip+bend*in, to[1], tip, to[1], c, dash, html.EscapeString(r.Table+"."+r.Column+" → "+r.Parent+"."+r.Key))
	return path + fmt.Sprintf("<circle cx=\"%d\" cy=\"%d\" r=\"3\" fill=\"%s\"/><path d=\"M%d %dl%d -4v8z\" fill=\"%s\"/>\n",
		from[0], from[1], c, to[0], to[1], 8*in, c)
}

func abs(n int) int { return max(n, -n) }

// svgText is escaped text of at most so many half-width characters.
func svgText(s string, most int) string {
	s = printable(oneLine(s))
	if cellWidth(s) <= most {
		return html.EscapeString(s)
	}
	r := []rune(s)
	for cellWidth(string(r)) > most-1 {
		r = r[:len(r)-1]
	}
	return html.EscapeString(string(r) + "…")
}
