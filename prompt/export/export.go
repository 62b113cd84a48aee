// Package export turns a chapter into other forms: DDL files, diagrams, a data
// dictionary, documents, a web page, data.
//
//	chapter → Source → one row of Formats → Files
//
// Each form is one row of Formats; all of them are pure functions of the same
// Source, so the same chapter gives the same bytes, archives included. What
// documents have in common (Markdown as blocks, the layout of the ER picture,
// the rows of the data dictionary) is a file of its own.
package export

import (
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
)

// Source is a chapter with what was read out of it.
type Source struct {
	Name    string // title of the document and stem of file names
	Hash    string // of the chapter's bytes, for headers
	Text    string
	Chapter chapter.Chapter
	Schema  ddl.Schema
	Brief   *brief.Resolved // nil when only the chapter is known
	// Places maps a table to the instance that holds it; tables that the
	// instance table does not name are missing.
	Places map[string]Place

	instances []chapter.Instance
	blocks    []ddl.Block     // the definitions, in the order of the chapter
	heads     []chapter.Table // the heading each block stands under
}

// Place is one row of the instance table: where tables live.
type Place struct {
	Instance string // user_db
	Service  string // 用户服务
	Engine   string // MySQL 8.4
}

// File is one file of an export.
type File struct {
	Name string
	Data []byte
}

// Format is one form a chapter can take.
type Format struct {
	ID    string // --to
	Title string // Chinese, for lists
	Write func(Source) ([]File, error)
	// Binary forms are no text: nothing for a terminal.
	Binary bool
}

// Formats are all forms, in the order of lists.
func Formats() []Format {
	return []Format{
		{"sql", "建表语句，每个实例一个文件", sqlFiles, false},
		{"mermaid", "ER 图（Mermaid）", mermaid, false},
		{"plantuml", "ER 图（PlantUML）", plantUML, false},
		{"dbml", "表结构（DBML）", dbml, false},
		{"dictionary", "数据字典（Markdown 表格）", dictionary, false},
		{"xlsx", "数据字典（Excel，每张表一页）", xlsx, true},
		{"docx", "Word 文档，标题和表格带样式", docx, true},
		{"gb8567", "数据库设计说明（Word，按 GB/T 8567 的章节顺序编排）", gb8567, true},
		{"html", "单个网页文件，带 ER 图，可打印", webPage, false},
		{"json", "章节与简报的数据", jsonData, false},
	}
}

// ByID finds a format.
func ByID(id string) (Format, bool) {
	for _, f := range Formats() {
		if f.ID == id {
			return f, true
		}
	}
	return Format{}, false
}
