package export

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// xlsx writes the data dictionary as a workbook: an index sheet, and one sheet
// per table.
func xlsx(s Source) ([]File, error) {
	tables := s.tables()
	names := sheetNamesOf(tables)
	sheets := []string{s.indexSheet(tables, names)}
	for i, t := range tables {
		sheets = append(sheets, s.tableSheet(t, names[0], i+2))
	}
	const ml = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	types := [][2]string{{"xl/workbook.xml", ml + "sheet.main+xml"}, {"xl/styles.xml", ml + "styles+xml"}, {"docProps/core.xml", coreType}}
	rels := []relation{{"styles", "styles.xml"}}
	book := xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + strings.TrimSuffix(officeRelations, "/") + `"><sheets>`
	var parts []part
	for i, sheet := range sheets {
		file := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		types = append(types, [2]string{"xl/" + file, ml + "worksheet+xml"})
		rels = append(rels, relation{"worksheet", file})
		book += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, xmlText(names[i]), i+1, i+2)
		parts = append(parts, part{"xl/" + file, sheet})
	}
	parts = append([]part{
		{"[Content_Types].xml", contentTypes(types)},
		{"_rels/.rels", relations([]relation{{"officeDocument", "xl/workbook.xml"}, {coreRelation, "docProps/core.xml"}})},
		{"docProps/core.xml", s.coreProperties("数据字典：" + s.Name)},
		{"xl/workbook.xml", book + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations(rels)},
		{"xl/styles.xml", sheetStyles},
	}, parts...)
	data, err := archive(parts)
	if err != nil {
		return nil, fmt.Errorf("workbook %q: %w", s.Name, err)
	}
	return s.file("-数据字典.xlsx", data), nil
}

// indexTitle is the sheet that lists all others.
const indexTitle = "目录"

// maxSheetName is Excel's limit in UTF-16 units.
const maxSheetName = 31

var notSheetName = pattern.New(`[\[\]:*?/\\\x00-\x1f]`)

// sheetNamesOf are the names of the sheets, the index first: what Excel takes,
// each only once whatever its case.
func sheetNamesOf(tables []*ddl.Table) []string {
	out := []string{indexTitle}
	used := map[string]bool{indexTitle: true, "history": true}
	for _, t := range tables {
		base := strings.Trim(notSheetName.ReplaceAllString(printable(t.Name), "_"), "' ")
		if base == "" {
			base = "table"
		}
		name := cutUnits(base, maxSheetName)
		for i := 2; used[strings.ToLower(name)]; i++ {
			tail := fmt.Sprintf("~%d", i)
			name = cutUnits(base, maxSheetName-len(tail)) + tail
		}
		used[strings.ToLower(name)] = true
		out = append(out, name)
	}
	return out
}

// cutUnits is the longest beginning with at most n UTF-16 units.
func cutUnits(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

func (s Source) indexSheet(tables []*ddl.Table, names []string) string {
	w := newSheet([]int{9, 32, 26, 30, 18, 22, 8, 8})
	w.row(rowTitle, "数据字典："+oneLine(s.Name))
	w.row(rowPlain, "章节 sha256:"+s.Hash)
	w.row(rowHead, "序号", "表名", "中文名", "实例", "服务", "数据库", "字段数", "索引数")
	w.freeze()
	for i, t := range tables {
		p := s.Places[t.Name]
		w.link(2, names[i+1])
		w.row(rowBody, fmt.Sprint(i+1), t.Name, s.title(t), strings.Join(s.holders(t.Name), ", "), p.Service, p.Engine,
			fmt.Sprint(len(t.Columns)), fmt.Sprint(len(keyRows(t))))
	}
	return w.xml(true)
}

func (s Source) tableSheet(t *ddl.Table, index string, number int) string {
	w := newSheet([]int{9, 30, 26, 10, 10, 8, 28, 64})
	w.row(rowTitle, fmt.Sprintf("%s (%s)", s.title(t), t.Name))
	w.link(1, index)
	w.row(rowPlain, "返回目录", orDash(s.place(t)))
	w.row(rowHead, columnHeader...)
	w.freeze()
	for _, row := range columnRows(t) {
		w.row(rowBody, row...)
	}
	if rows := keyRows(t); len(rows) > 0 {
		w.row(rowPlain)
		for i, row := range append([][]string{keyHeader}, rows...) {
			look := rowBody
			if i == 0 {
				look = rowHead
			}
			w.merge(4, len(columnHeader))
			w.row(look, "", row[0], row[1], row[2], "", "", "", "")
		}
	}
	return w.xml(number == 1)
}
