package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// xmlHead begins every part of an Office file.
const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// part is one member of an Office file (ECMA-376 part 2).
type part struct{ name, text string }

// archive packs parts into a zip whose bytes depend on nothing but the parts:
// every member has the earliest date the format knows.
func archive(parts []part) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, fmt.Errorf("pack %q: %w", p.name, err)
		}
		if _, err := f.Write([]byte(p.text)); err != nil {
			return nil, fmt.Errorf("pack %q: %w", p.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("close the archive: %w", err)
	}
	return out.Bytes(), nil
}

// xmlText is text as XML 1.0 takes it.
func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(printable(s))) // a Builder never fails
	return b.String()
}

// relation is one arrow from a part to another (ECMA-376 part 2 §9.3).
type relation struct{ kind, target string }

const officeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// relations writes the arrows rId1, rId2… of a part. A kind without a colon is
// one of Office's own; an address of the web is external.
func relations(rows []relation) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, r := range rows {
		kind, mode := r.kind, ""
		if !strings.Contains(kind, ":") {
			kind = officeRelations + kind
		}
		if r.kind == "hyperlink" {
			mode = ` TargetMode="External"`
		}
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s" Target="%s"%s/>`, i+1, kind, xmlText(r.target), mode)
	}
	return b.String() + `</Relationships>`
}

// contentTypes says what every part is (ECMA-376 part 2 §10.1).
func contentTypes(types [][2]string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	for _, t := range types {
		fmt.Fprintf(&b, `<Override PartName="/%s" ContentType="%s"/>`, t[0], t[1])
	}
	return b.String() + `</Types>`
}

const (
	coreType      = "application/vnd.openxmlformats-package.core-properties+xml"
	coreRelation  = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
	coreNamespace = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
)

// coreProperties name the document and the chapter it was made from; there is
// no date, because the same chapter shall give the same bytes.
func (s Source) coreProperties(title string) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="` + coreNamespace + `" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:title>` + xmlText(title) + `</dc:title><dc:identifier>sha256:` + s.Hash + `</dc:identifier>` +
		`<dc:language>zh-CN</dc:language></cp:coreProperties>`
}
