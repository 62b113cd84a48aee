// Package export turns a chapter into other forms: DDL files, diagrams, a data
// dictionary, a web page, data. Each form is one row of Formats and one file
// of this room; all of them are pure functions of the same Source.
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

	blocks []ddl.Block // the definitions, in the order of the chapter
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
}

// Formats are all forms, in the order of lists.
func Formats() []Format {
	return []Format{
		{"sql", "建表语句，每个实例一个文件", sqlFiles},
		{"mermaid", "ER 图（Mermaid）", mermaid},
		{"plantuml", "ER 图（PlantUML）", plantUML},
		{"dbml", "表结构（DBML）", dbml},
		{"dictionary", "数据字典（Markdown 表格）", dictionary},
		{"html", "单个网页文件，可打印", html},
		{"json", "章节与简报的数据", jsonData},
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
