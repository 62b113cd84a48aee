package export

import "fmt"

// docx writes the chapter as a Word file: sections are headings of level 1.
func docx(s Source) ([]File, error) {
	w := &wordWriter{}
	w.title(s.named(""))
	for _, x := range s.chapterBlocks() {
		w.block(x)
	}
	data, err := s.wordFile(s.named(""), w)
	if err != nil {
		return nil, err
	}
	return s.file(".docx", data), nil
}

// wordFile packs what a writer has written with its styles, lists and fonts.
func (s Source) wordFile(title string, w *wordWriter) ([]byte, error) {
	const ml = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	rels := append([]relation{
		{"styles", "styles.xml"},
		{"numbering", "numbering.xml"},
		{"settings", "settings.xml"},
		{"fontTable", "fontTable.xml"},
		{"footer", "footer1.xml"},
	}, w.links...)
	data, err := archive([]part{
		{"[Content_Types].xml", contentTypes([][2]string{
			{"word/document.xml", ml + "document.main+xml"},
			{"word/styles.xml", ml + "styles+xml"},
			{"word/numbering.xml", ml + "numbering+xml"},
			{"word/settings.xml", ml + "settings+xml"},
			{"word/fontTable.xml", ml + "fontTable+xml"},
			{"word/footer1.xml", ml + "footer+xml"},
			{"docProps/core.xml", coreType},
		})},
		{"_rels/.rels", relations([]relation{{"officeDocument", "word/document.xml"}, {coreRelation, "docProps/core.xml"}})},
		{"docProps/core.xml", s.coreProperties(title)},
		{"word/_rels/document.xml.rels", relations(rels)},
		{"word/document.xml", w.document()},
		{"word/styles.xml", wordStyles()},
		{"word/numbering.xml", wordNumbering()},
		{"word/settings.xml", wordSettings},
		{"word/fontTable.xml", wordFonts()},
		{"word/footer1.xml", wordFooter},
	})
	if err != nil {
		return nil, fmt.Errorf("document %q: %w", title, err)
	}
	return data, nil
}

// fixedLinks is how many relations stand before those of hyperlinks.
const fixedLinks = 5
