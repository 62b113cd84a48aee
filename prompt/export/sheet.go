package export

import (
	"fmt"
	"strings"

	"dbchapter/prompt/pattern"
)

// rowLook is the look of a row: an index into the cell formats of sheetStyles.
type rowLook int

const (
	rowPlain rowLook = iota
	rowTitle
	rowHead
	rowBody
	rowNumber // cells of a body row that hold a number
	rowLink
)

// sheet writes one worksheet row by row.
type sheet struct {
	widths []int
	rows   strings.Builder
	count  int
	links  strings.Builder
	linked map[int]bool // columns of the next row that are links
	merged []string
	span   [2]int // columns of the next row that are one cell
	frozen int
}

func newSheet(widths []int) *sheet { return &sheet{widths: widths, linked: map[int]bool{}} }

// link makes a cell of the next row lead to another sheet.
func (w *sheet) link(column int, target string) {
	fmt.Fprintf(&w.links, `<hyperlink ref="%s%d" location="%s"/>`, columnName(column), w.count+1, xmlText("'"+strings.ReplaceAll(target, "'", "''")+"'!A1"))
	w.linked[column] = true
}

// merge makes one cell of several in the next row.
func (w *sheet) merge(from, to int) {
	w.span = [2]int{from, to}
	w.merged = append(w.merged, fmt.Sprintf("%s%d:%s%d", columnName(from), w.count+1, columnName(to), w.count+1))
}

// freeze keeps the rows so far in sight.
func (w *sheet) freeze() { w.frozen = w.count }

// numeric are whole numbers short enough that Excel keeps every digit.
var numeric = pattern.New(`^(0|[1-9]\d{0,9})$`)

func (w *sheet) row(look rowLook, cells ...string) {
	w.count++
	fmt.Fprintf(&w.rows, `<row r="%d"%s>`, w.count, w.height(look, cells))
	for i, c := range cells {
		at := fmt.Sprintf("%s%d", columnName(i+1), w.count)
		style := look
		switch {
		case w.linked[i+1]:
			style = rowLink
		case c == "" && i == 0:
			continue
		case look == rowBody && numeric.MatchString(c):
			fmt.Fprintf(&w.rows, `<c r="%s" s="%d"><v>%s</v></c>`, at, rowNumber, c)
			continue
		}
		fmt.Fprintf(&w.rows, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, style, cellText(c))
	}
	w.rows.WriteString(`</row>`)
	clear(w.linked)
	w.span = [2]int{}
}

// height is stated where text wraps: not every program works it out itself.
func (w *sheet) height(look rowLook, cells []string) string {
	const point = 14
	if look != rowBody {
		return ""
	}
	lines := 1
	for i, c := range cells {
		room := w.widths[i]
		if i+1 == w.span[0] {
			for _, more := range w.widths[w.span[0]:w.span[1]] {
				room += more
			}
		}
		lines = max(lines, (cellWidth(c)+room-2)/(room-1))
	}
	if lines == 1 {
		return ""
	}
	return fmt.Sprintf(` ht="%d" customHeight="1"`, min(lines*point, 400))
}

// maxCell is the number of characters a cell takes.
const maxCell = 32767

// escaped is what Excel would read as a character code.
var escapedCode = pattern.New(`_x([0-9A-Fa-f]{4})_`)

// cellText is the text of a cell. It is always a string and never a formula;
// what looks like one of Excel's escapes is escaped itself.
func cellText(s string) string {
	if r := []rune(s); len(r) > maxCell/2 {
		s = string(r[:maxCell/2]) + "…"
	}
	return xmlText(escapedCode.ReplaceAllString(s, "_x005F_x${1}_"))
}

// xml is the part; the first sheet of a workbook is the one that opens.
func (w *sheet) xml(first bool) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"`)
	if first {
		b.WriteString(` tabSelected="1"`)
	}
	b.WriteString(`>`)
	if w.frozen > 0 {
		fmt.Fprintf(&b, `<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>`, w.frozen, w.frozen+1)
	}
	b.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`)
	for i, width := range w.widths {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, width)
	}
	b.WriteString(`</cols><sheetData>` + w.rows.String() + `</sheetData>`)
	if len(w.merged) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">`, len(w.merged))
		for _, m := range w.merged {
			b.WriteString(`<mergeCell ref="` + m + `"/>`)
		}
		b.WriteString(`</mergeCells>`)
	}
	if w.links.Len() > 0 {
		b.WriteString(`<hyperlinks>` + w.links.String() + `</hyperlinks>`)
	}
	return b.String() + `<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`
}

// columnName is A for 1; sheets here have few columns.
func columnName(n int) string { return string(rune('A' + n - 1)) }

// sheetStyles are the cell formats in the order of rowLook.
const sheetStyles = xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<fonts count="4"><font><sz val="10"/><name val="等线"/><family val="2"/></font>` +
	`<font><b/><sz val="14"/><name val="等线"/><family val="2"/></font>` +
	`<font><b/><sz val="10"/><name val="等线"/><family val="2"/></font>` +
	`<font><u/><sz val="10"/><color rgb="FF0563C1"/><name val="等线"/><family val="2"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill></fills>` +
	`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"><color rgb="FFBBBBBB"/></left>` +
	`<right style="thin"><color rgb="FFBBBBBB"/></right><top style="thin"><color rgb="FFBBBBBB"/></top><bottom style="thin"><color rgb="FFBBBBBB"/></bottom><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="0" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"/>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf>` +
	`<xf numFmtId="0" fontId="3" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
	`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
