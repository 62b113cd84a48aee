package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"dbchapter/prompt/export"
)

// unpacked are the parts of an Office file; every one must be XML, dated the
// same, and reachable: relations point at parts that exist, types name them.
func unpacked(t *testing.T, f export.File) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	parts := map[string]string{}
	for _, m := range z.File {
		if m.Modified.Year() != 1980 {
			t.Errorf("%s: %s has the date %s", f.Name, m.Name, m.Modified)
		}
		r, err := m.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %s: %v", f.Name, m.Name, err)
		}
		parts[m.Name] = string(text)
		elements(t, f.Name+" "+m.Name, string(text), nil)
	}
	for name, text := range parts {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		base := path.Dir(path.Dir(name))
		elements(t, name, text, func(e xml.StartElement) {
			target, external := attr(e, "Target"), attr(e, "TargetMode") == "External"
			if _, ok := parts[path.Join(base, target)]; e.Name.Local == "Relationship" && !external && !ok {
				t.Errorf("%s: %s points at %s, which is not there", f.Name, name, target)
			}
		})
	}
	elements(t, f.Name, parts["[Content_Types].xml"], func(e xml.StartElement) {
		if name := attr(e, "PartName"); name != "" && parts[name[1:]] == "" {
			t.Errorf("%s: type of %s, which is not there", f.Name, name)
		}
	})
	return parts
}

// elements walks over XML that must be well formed.
func elements(t *testing.T, name, text string, each func(xml.StartElement)) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if e, ok := tok.(xml.StartElement); ok && each != nil {
			each(e)
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// words are the texts of a part, element by element.
func words(t *testing.T, part string) []string {
	t.Helper()
	var out []string
	d := xml.NewDecoder(strings.NewReader(part))
	inside := false
	for {
		tok, err := d.Token()
		if err != nil {
			return out
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			inside = tok.Name.Local == "t"
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside {
				out = append(out, string(tok))
			}
		}
	}
}

func TestWordFiles(t *testing.T) {
	for _, src := range sources(t) {
		for _, id := range []string{"docx", "gb8567"} {
			parts := unpacked(t, write(t, id, src)[0])
			body := parts["word/document.xml"]
			styles := map[string]bool{}
			elements(t, id, parts["word/styles.xml"], func(e xml.StartElement) { styles[attr(e, "styleId")] = true })
			marks, anchors := map[string]bool{}, []string{}
			elements(t, id, body, func(e xml.StartElement) {
				switch e.Name.Local {
				case "pStyle", "rStyle", "tblStyle":
					if !styles[attr(e, "val")] {
						t.Errorf("%s %s: no style %q", src.Name, id, attr(e, "val"))
					}
				case "bookmarkStart":
					marks[attr(e, "name")] = true
				case "hyperlink":
					if a := attr(e, "anchor"); a != "" {
						anchors = append(anchors, a)
					}
				}
			})
			for _, a := range anchors {
				if !marks[a] {
					t.Errorf("%s %s: the contents point at %s", src.Name, id, a)
				}
			}
			all := strings.Join(words(t, body), "\n")
			for _, x := range src.Schema.Tables {
				if !strings.Contains(all, "CREATE TABLE") && !strings.Contains(all, x.Name) {
					t.Errorf("%s %s: table %s is missing", src.Name, id, x.Name)
				}
			}
			if id == "gb8567" != (len(anchors) > 0) {
				t.Errorf("%s %s: %d entries in the contents", src.Name, id, len(anchors))
			}
		}
	}
}

// TestStandardOrder holds the headings of the 设计说明, their numbers and that
// nothing of the chapter is missing.
func TestStandardOrder(t *testing.T) {
	src := parking(t)
	var got []string
	for _, p := range strings.Split(unpacked(t, write(t, "gb8567", src)[0])["word/document.xml"], "<w:p>") {
		if strings.Contains(p, `<w:pStyle w:val="Heading1"/>`) {
			got = append(got, strings.Join(words(t, "<x>"+p[:strings.Index(p, "</w:p>")]+"</x>"), ""))
		}
	}
	want := []string{
		"1 引言", "2 引用文件", "3 数据库级设计决策", "4 数据库详细设计", "5 用于数据库访问或操纵的软件单元的详细设计",
		"6 需求的可追踪性", "7 注释", "附录A 建表语句",
	}
	if !slices.Equal(got, want) {
		t.Errorf("headings %q, want %q", got, want)
	}
	all := strings.Join(words(t, unpacked(t, write(t, "gb8567", src)[0])["word/document.xml"]), "\n")
	for _, s := range []string{"3.1.1 整体设计原则", "4.1.1 车主表 (owners)", "5.1 缓存设计", "允许空值", "uk_phone_delete", "待补充。", "手机号脱敏值，如138****1234"} {
		if !strings.Contains(all, s) {
			t.Errorf("%q is missing", s)
		}
	}
	hidden := strings.Join(words(t, unpacked(t, write(t, "gb8567", hostile())[0])["word/document.xml"]), "\n")
	if !strings.Contains(hidden, "一件事") || !strings.Contains(hidden, "前言") {
		t.Error("what the contract does not know is lost")
	}
}

func TestWorkbook(t *testing.T) {
	for _, src := range sources(t) {
		f := write(t, "xlsx", src)[0]
		parts := unpacked(t, f)
		var sheets []string
		elements(t, f.Name, parts["xl/workbook.xml"], func(e xml.StartElement) {
			if e.Name.Local == "sheet" {
				sheets = append(sheets, attr(e, "name"))
			}
		})
		if len(sheets) != len(src.Schema.Tables)+1 || sheets[0] != "目录" {
			t.Errorf("%s: sheets %q of %d tables", src.Name, sheets, len(src.Schema.Tables))
		}
		for i, name := range sheets {
			twice := slices.IndexFunc(sheets, func(o string) bool { return strings.EqualFold(o, name) }) != i
			if twice || name == "" || len(utf16.Encode([]rune(name))) > 31 || strings.ContainsAny(name, `[]:*?/\`) || name[0] == '\'' || strings.EqualFold(name, "history") {
				t.Errorf("%s: sheet name %q", src.Name, name)
			}
			sheetIsSound(t, src.Name+" "+name, parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)], sheets)
		}
	}
}

// sheetIsSound holds what Excel repairs otherwise: places in order, formats
// that exist, links to sheets that exist, no formula anywhere.
func sheetIsSound(t *testing.T, name, text string, sheets []string) {
	t.Helper()
	last := ""
	elements(t, name, text, func(e xml.StartElement) {
		switch e.Name.Local {
		case "row":
			last = ""
		case "c":
			at := attr(e, "r")
			if at <= last && last != "" || !strings.Contains("012345", attr(e, "s")) {
				t.Errorf("%s: cell %s after %s", name, at, last)
			}
			last = at
		case "f":
			t.Errorf("%s has a formula", name)
		case "hyperlink":
			target := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(attr(e, "location"), "'"), "'!A1"), "''", "'")
			if !slices.Contains(sheets, target) {
				t.Errorf("%s: link to %q", name, target)
			}
		}
	})
}

// TestCells holds texts that Excel would take for something else.
func TestCells(t *testing.T) {
	all := strings.Join(words(t, unpacked(t, write(t, "xlsx", hostile())[0])["xl/worksheets/sheet2.xml"]), "\n")
	for _, s := range []string{`=HYPERLINK("http://x") _x005F_x0041_ ]]> &amp; evil`, `a|b "c" 'd'`, "ENUM('a,b','c')", "idx a|b", "(10) DESC"} {
		if !strings.Contains(all, s) {
			t.Errorf("%q is missing in\n%s", s, all)
		}
	}
}
