package export

import (
	"fmt"
	"strings"
)

// wordStyle is one paragraph or character style.
type wordStyle struct {
	id, name string // name is Word's own for the built-in ones
	kind     string // paragraph, character
	size     int    // in half points, 0 for that of the base
	fonts    string // of fontSets
	para     string // further paragraph properties
	look     string // further run properties
	next     string // style of the paragraph that follows
	outline  int    // level in the outline from 1, 0 for none
}

// fontSets are the fonts for Latin and for Chinese text.
var fontSets = map[string][2]string{
	"song":  {"Times New Roman", "宋体"},
	"deng":  {"等线", "等线"},
	"typed": {"Consolas", "等线"},
}

var wordStyleRows = []wordStyle{
	{id: "Title", name: "Title", size: 36, fonts: "deng", para: `<w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>`, look: `<w:b/>`, next: "Normal"},
	{id: "Heading1", name: "heading 1", size: 30, fonts: "deng", para: `<w:keepNext/><w:keepLines/><w:spacing w:before="360" w:after="160"/>`, look: `<w:b/>`, next: "Normal", outline: 1},
	{id: "Heading2", name: "heading 2", size: 26, fonts: "deng", para: `<w:keepNext/><w:keepLines/><w:spacing w:before="260" w:after="120"/>`, look: `<w:b/>`, next: "Normal", outline: 2},
	{id: "Heading3", name: "heading 3", size: 24, fonts: "deng", para: `<w:keepNext/><w:keepLines/><w:spacing w:before="220" w:after="100"/>`, look: `<w:b/>`, next: "Normal", outline: 3},
	{id: "Heading4", name: "heading 4", size: 22, fonts: "deng", para: `<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/>`, look: `<w:b/>`, next: "Normal", outline: 4},
	{id: "Heading5", name: "heading 5", size: 21, fonts: "deng", para: `<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="80"/>`, look: `<w:b/>`, next: "Normal", outline: 5},
	{id: "Heading6", name: "heading 6", size: 21, fonts: "deng", para: `<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="80"/>`, next: "Normal", outline: 6},
	{id: "TOCHeading", name: "TOC Heading", size: 28, fonts: "deng", para: `<w:keepNext/><w:spacing w:before="240" w:after="120"/>`, look: `<w:b/>`, next: "Normal"},
	{id: "TOC1", name: "toc 1", para: `<w:spacing w:before="80" w:after="20"/>`},
	{id: "TOC2", name: "toc 2", para: `<w:spacing w:after="10"/><w:ind w:left="420"/>`},
	{id: "TOC3", name: "toc 3", para: `<w:spacing w:after="10"/><w:ind w:left="840"/>`},
	{id: "ListBullet", name: "List Bullet", para: `<w:spacing w:after="60"/>`},
	{id: "Quote", name: "Quote", para: `<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="BBBBBB"/></w:pBdr><w:ind w:left="240"/>`, look: `<w:color w:val="555555"/>`},
	{
		id: "DDL", name: "DDL", size: 16, fonts: "typed",
		para: `<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="DDDDDD"/><w:left w:val="single" w:sz="4" w:space="4" w:color="DDDDDD"/>` +
			`<w:bottom w:val="single" w:sz="4" w:space="4" w:color="DDDDDD"/><w:right w:val="single" w:sz="4" w:space="4" w:color="DDDDDD"/></w:pBdr>` +
			`<w:shd w:val="clear" w:color="auto" w:fill="F7F7F7"/><w:spacing w:before="80" w:after="160" w:line="240" w:lineRule="exact"/><w:ind w:left="113" w:right="113"/>`,
		look: `<w:noProof/>`,
	},
	{id: "TableText", name: "Table Text", size: 18, para: `<w:spacing w:before="20" w:after="20"/>`},
	{id: "TableHead", name: "Table Head", size: 18, fonts: "deng", para: `<w:keepNext/><w:spacing w:before="20" w:after="20"/>`, look: `<w:b/>`},
	{id: "TableGap", name: "Table Gap", size: 12, para: `<w:spacing w:after="60"/>`},
	{id: "Footer", name: "footer", size: 18, para: `<w:jc w:val="center"/>`, look: `<w:color w:val="777777"/>`},
	{id: "CodeText", name: "Code Text", kind: "character", size: 19, fonts: "typed", look: `<w:noProof/>`},
	{id: "Hyperlink", name: "Hyperlink", kind: "character", look: `<w:color w:val="0563C1"/><w:u w:val="single"/>`},
}

// wordStyles is the styles part; the order of the properties is that of the
// schema (ECMA-376 §17.3.1.26, §17.3.2.28), which Word insists on.
func wordStyles() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + wordNamespaces + `><w:docDefaults><w:rPrDefault><w:rPr>` + wordFont("song") +
		`<w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>` +
		`<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, s := range wordStyleRows {
		b.WriteString(s.xml())
	}
	b.WriteString(`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="999999"/>`, side)
	}
	return b.String() + `</w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`
}

func (s wordStyle) xml() string {
	kind, base, para := "paragraph", "Normal", s.para
	if s.kind == "character" {
		kind, base = s.kind, "DefaultParagraphFont"
	}
	if s.outline > 0 {
		para += fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, s.outline-1)
	}
	look := ""
	if s.fonts != "" {
		look = wordFont(s.fonts)
	}
	look += s.look
	if s.size > 0 {
		size := fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, s.size, s.size)
		look = beforeUnderline(look, size)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<w:style w:type="%s" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="%s"/>`, kind, s.id, s.name, base)
	if s.next != "" {
		fmt.Fprintf(&b, `<w:next w:val="%s"/>`, s.next)
	}
	b.WriteString(`<w:qFormat/>`)
	if para != "" {
		b.WriteString(`<w:pPr>` + para + `</w:pPr>`)
	}
	if look != "" {
		b.WriteString(`<w:rPr>` + look + `</w:rPr>`)
	}
	return b.String() + `</w:style>`
}

// beforeUnderline puts the size where the schema wants it: after the colour.
func beforeUnderline(look, size string) string {
	if i := strings.Index(look, `<w:u `); i >= 0 {
		return look[:i] + size + look[i:]
	}
	return look + size
}

func wordFont(set string) string {
	f := fontSets[set]
	return fmt.Sprintf(`<w:rFonts w:ascii="%s" w:eastAsia="%s" w:hAnsi="%s" w:cs="Times New Roman"/>`, f[0], f[1], f[0])
}

// wordNumbering is the one bullet list, three levels deep.
func wordNumbering() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:numbering ` + wordNamespaces + `><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>`)
	for i, mark := range []string{"•", "–", "·"} {
		fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/>`+
			`<w:pPr><w:ind w:left="%d" w:hanging="340"/></w:pPr></w:lvl>`, i, mark, 340*(i+1))
	}
	return b.String() + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
}

// wordFontRows are the Chinese fonts with the names and the families that a
// machine without them should look for.
var wordFontRows = []struct{ name, alternatives, panose, family string }{
	{"宋体", "SimSun,Songti SC,Noto Serif CJK SC,Source Han Serif SC", "02010600030101010101", "auto"},
	{"等线", "DengXian,PingFang SC,Noto Sans CJK SC,Source Han Sans SC", "02010600030101010101", "auto"},
}

func wordFonts() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:fonts ` + wordNamespaces + `>`)
	for _, f := range wordFontRows {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:panose1 w:val="%s"/><w:charset w:val="86"/><w:family w:val="%s"/><w:pitch w:val="variable"/></w:font>`,
			f.name, f.alternatives, f.panose, f.family)
	}
	return b.String() + `<w:font w:name="Consolas"><w:altName w:val="Menlo,DejaVu Sans Mono"/><w:charset w:val="00"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font></w:fonts>`
}

const wordSettings = xmlHead + `<w:settings ` + wordNamespaces + `><w:zoom w:percent="100"/><w:characterSpacingControl w:val="compressPunctuation"/>` +
	`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

const wordFooter = xmlHead + `<w:ftr ` + wordNamespaces + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` +
	`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
	`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`
