package export

import (
	"fmt"
	"strings"
)

const wordNamespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// A4 with margins of 2 cm, in twentieths of a point (ECMA-376 §17.18.87).
const (
	pageTwips   = 11906
	marginTwips = 1134
	lineTwips   = pageTwips - 2*marginTwips
)

// wordWriter writes blocks as WordprocessingML.
type wordWriter struct {
	out   strings.Builder
	links []relation // of hyperlinks
	heads []tocEntry
}

// tocEntry is a heading that a table of contents points at.
type tocEntry struct {
	level int
	title string
}

// document is the whole main part.
func (w *wordWriter) document() string {
	return xmlHead + `<w:document ` + wordNamespaces + `><w:body>` + w.out.String() +
		`<w:sectPr><w:footerReference w:type="default" r:id="rId5"/>` +
		fmt.Sprintf(`<w:pgSz w:w="%d" w:h="16838"/><w:pgMar w:top="1304" w:right="%d" w:bottom="1304" w:left="%d" w:header="720" w:footer="720" w:gutter="0"/>`,
			pageTwips, marginTwips, marginTwips) +
		`</w:sectPr></w:body></w:document>`
}

func (w *wordWriter) title(s string) { w.paragraph("Title", "", plain(oneLine(s))) }

func (w *wordWriter) block(x block) {
	switch x.kind {
	case heading:
		w.heading(x)
	case item:
		w.item(x)
	case quote:
		w.paragraph("Quote", "", x.runs)
	case code:
		w.paragraph("DDL", "", []run{{text: strings.TrimRight(x.text, "\n")}})
	case grid:
		w.grid(x)
	case rule:
		w.paragraph("", `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="BBBBBB"/></w:pBdr>`, nil)
	case picture: // SVG needs a bitmap beside it in Word; the web page has the picture
	default:
		props := ""
		if x.keep {
			props = `<w:keepNext/>`
		}
		w.paragraph("", props, x.runs)
	}
}

func (w *wordWriter) heading(x block) {
	w.heads = append(w.heads, tocEntry{x.level, text(x.runs)})
	n := len(w.heads)
	fmt.Fprintf(&w.out, `<w:p><w:pPr><w:pStyle w:val="Heading%d"/></w:pPr><w:bookmarkStart w:id="%d" w:name="_Toc%05d"/>`, min(x.level, 6), n, n)
	w.runs(x.runs)
	fmt.Fprintf(&w.out, `<w:bookmarkEnd w:id="%d"/></w:p>`, n)
}

// item is a bullet of the list style; the number of an ordered item is text,
// so that it stays what the chapter says.
func (w *wordWriter) item(x block) {
	if x.number == 0 {
		w.paragraph("ListBullet", fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr>`, min(x.level, 2)), x.runs)
		return
	}
	left := 420 * (min(x.level, 4) + 1)
	runs := append(plain(fmt.Sprintf("%d.\t", x.number)), x.runs...)
	w.paragraph("ListBullet", fmt.Sprintf(`<w:tabs><w:tab w:val="left" w:pos="%d"/></w:tabs><w:ind w:left="%d" w:hanging="420"/>`, left, left), runs)
}

// paragraph writes runs in a style, with further properties after the style in
// the order of the schema.
func (w *wordWriter) paragraph(style, props string, runs []run) {
	w.out.WriteString(`<w:p>`)
	if style != "" {
		props = `<w:pStyle w:val="` + style + `"/>` + props
	}
	if props != "" {
		w.out.WriteString(`<w:pPr>` + props + `</w:pPr>`)
	}
	w.runs(runs)
	w.out.WriteString(`</w:p>`)
}

func (w *wordWriter) runs(runs []run) {
	for _, r := range runs {
		if r.text == "" {
			continue
		}
		switch {
		case strings.HasPrefix(r.link, "#"), r.link == "":
			w.run(r)
		default:
			w.links = append(w.links, relation{"hyperlink", r.link})
			fmt.Fprintf(&w.out, `<w:hyperlink r:id="rId%d">`, fixedLinks+len(w.links))
			w.run(r)
			w.out.WriteString(`</w:hyperlink>`)
		}
	}
}

func (w *wordWriter) run(r run) {
	var props string
	switch {
	case r.code:
		props = `<w:rStyle w:val="CodeText"/>`
	case r.link != "":
		props = `<w:rStyle w:val="Hyperlink"/>`
	}
	if r.bold {
		props += `<w:b/>`
	}
	if r.italic {
		props += `<w:i/>`
	}
	w.out.WriteString(`<w:r>`)
	if props != "" {
		w.out.WriteString(`<w:rPr>` + props + `</w:rPr>`)
	}
	for i, l := range strings.Split(r.text, "\n") {
		if i > 0 {
			w.out.WriteString(`<w:br/>`)
		}
		for j, piece := range strings.Split(l, "\t") {
			if j > 0 {
				w.out.WriteString(`<w:tab/>`)
			}
			if piece != "" {
				w.out.WriteString(`<w:t xml:space="preserve">` + xmlText(piece) + `</w:t>`)
			}
		}
	}
	w.out.WriteString(`</w:r>`)
}

// grid writes a table: the header row repeats on every page, no row breaks
// across two.
func (w *wordWriter) grid(x block) {
	widths := shares(x.rows, lineTwips)
	fmt.Fprintf(&w.out, `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, lineTwips)
	for _, c := range widths {
		fmt.Fprintf(&w.out, `<w:gridCol w:w="%d"/>`, c)
	}
	w.out.WriteString(`</w:tblGrid>`)
	for i, row := range x.rows {
		style, shade, repeat := "TableText", "", ""
		if i == 0 {
			style, shade, repeat = "TableHead", `<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>`, `<w:tblHeader/>`
		}
		w.out.WriteString(`<w:tr><w:trPr><w:cantSplit/>` + repeat + `</w:trPr>`)
		for j := range widths {
			var runs cell
			if j < len(row) {
				runs = row[j]
			}
			fmt.Fprintf(&w.out, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, widths[j], shade)
			w.paragraph(style, "", runs)
			w.out.WriteString(`</w:tc>`)
		}
		w.out.WriteString(`</w:tr>`)
	}
	// A table needs a paragraph behind it: two in a row would grow together.
	w.out.WriteString(`</w:tbl><w:p><w:pPr><w:pStyle w:val="TableGap"/></w:pPr></w:p>`)
}

// contents is a table of contents of the first levels, made of the headings
// that blocks will write; Word brings it up to date with F9.
func (w *wordWriter) contents(blocks []block, levels int) {
	w.paragraph("TOCHeading", "", plain("目录"))
	var entries []string
	n := 0
	for _, x := range blocks {
		if x.kind != heading {
			continue
		}
		n++
		if x.level <= levels {
			entries = append(entries, fmt.Sprintf(`<w:pPr><w:pStyle w:val="TOC%d"/></w:pPr>%%s<w:hyperlink w:anchor="_Toc%05d"><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:hyperlink>`,
				x.level, n, strings.ReplaceAll(xmlText(text(x.runs)), "%", "%%")))
		}
	}
	for i, e := range entries {
		begin := ""
		if i == 0 {
			begin = fmt.Sprintf(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-%d" \n \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, levels)
		}
		end := ""
		if i == len(entries)-1 {
			end = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
		}
		w.out.WriteString(`<w:p>` + fmt.Sprintf(e, begin) + end + `</w:p>`)
	}
	w.out.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
}
