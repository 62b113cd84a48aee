package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
)

// Read takes a chapter apart for export; name is the stem of the files, r may
// be nil.
func Read(name, text string, r *brief.Resolved) Source {
	sum := sha256.Sum256([]byte(text))
	s := Source{Name: name, Hash: hex.EncodeToString(sum[:]), Text: text, Chapter: chapter.Parse(text), Brief: r}
	doc := s.Chapter.Document()
	s.Places = places(doc)
	s.instances = doc.Instances
	for _, t := range doc.Tables {
		if t.Code == "" {
			continue
		}
		d := dialect(t, s.Places)
		s.blocks = append(s.blocks, ddl.Block{Dialect: d, Text: t.Code, Line: t.CodeLine})
		s.heads = append(s.heads, t)
		for _, b := range s.furtherCode(t) {
			s.blocks = append(s.blocks, ddl.Block{Dialect: d, Text: b.Text, Line: b.Line + 1})
			s.heads = append(s.heads, t)
		}
	}
	read := ddl.ParseBlocks(s.blocks...)
	s.nameDocuments(read.Tables)
	// A new schema, because one that was read knows its tables by the names it read.
	s.Schema = ddl.Schema{Statements: read.Statements, Tables: read.Tables, Problems: read.Problems}
	return s
}

// furtherCode are the SQL blocks under a table's heading after its first one,
// where a model likes to put the indexes.
func (s Source) furtherCode(t chapter.Table) []chapter.Block {
	var out []chapter.Block
	for _, p := range s.Chapter.Parts {
		if p.Section != chapter.Tables || t.Lang != "sql" {
			continue
		}
		for _, sub := range p.Subs() {
			for _, b := range sub.Blocks {
				if sub.Head.Line == t.Line && b.Kind == chapter.Fence && b.Label == "sql" && b.Line+1 != t.CodeLine {
					out = append(out, b)
				}
			}
		}
	}
	return out
}

// nameDocuments gives search indexes, whose body says no name, that of their
// heading.
func (s Source) nameDocuments(tables []*ddl.Table) {
	for _, t := range tables {
		if t.Name == "" {
			t.Name = s.heads[t.Block].Name
		}
		if t.Name == "" {
			t.Name = fmt.Sprintf("index_%d", t.Block+1)
		}
	}
}

// tables are the tables people draw and list: each name once, without the
// partitions that PostgreSQL keeps as tables, documents with their _id.
func (s Source) tables() []*ddl.Table {
	var out []*ddl.Table
	seen := map[string]bool{}
	for _, t := range s.Schema.Tables {
		key := strings.ToLower(t.Name)
		if seen[key] || t.PartitionOf != "" {
			continue
		}
		seen[key] = true
		out = append(out, withID(t))
	}
	return out
}

// withID is a collection or index with the _id that every document has,
// whether it is declared or not; its type is the application's affair.
func withID(t *ddl.Table) *ddl.Table {
	_, declared := t.Column("_id")
	if declared || t.Primary != nil || t.Dialect != ddl.MongoDB && t.Dialect != ddl.Search {
		return t
	}
	typ := "any"
	if t.Dialect == ddl.Search {
		typ = "keyword"
	}
	id := &ddl.Column{Name: "_id", Type: ddl.Type{Name: typ, Written: typ}, Null: ddl.NotNull, Comment: "文档标识", Primary: true}
	key := &ddl.Index{Name: "_id_", Kind: ddl.PrimaryKey, Unique: true, Parts: []ddl.Part{{Column: "_id"}}}
	full := *t
	full.Columns = append([]*ddl.Column{id}, t.Columns...)
	full.Primary = key
	return &full
}

// title is what people call a table: its comment, else the words of its
// heading, else its name.
func (s Source) title(t *ddl.Table) string {
	if t.Comment != "" {
		return oneLine(t.Comment)
	}
	if h := s.heads[t.Block]; h.Zh != "" && h.Name == t.Name {
		return h.Zh + h.Suffix
	}
	return t.Name
}

// named is the title of a document about the system, which is only known from
// the brief; without one it is the document's kind or the chapter's name.
func (s Source) named(document string) string {
	if s.Brief == nil || s.Brief.System.Name == "" {
		if document == "" {
			return oneLine(s.Name)
		}
		return document
	}
	if document == "" {
		document = "数据库设计"
	}
	return oneLine(s.Brief.System.Name) + document
}

// holders are the instances that hold a table, in the order of the instance
// table: outbox_events lies in one of every service.
func (s Source) holders(table string) []string {
	var out []string
	for _, row := range s.instances {
		if slices.Contains(row.Tables, table) && !slices.Contains(out, row.Name) {
			out = append(out, row.Name)
		}
	}
	return out
}

// place says where a table lives, for people.
func (s Source) place(t *ddl.Table) string {
	var in []string
	for _, row := range s.instances {
		if slices.Contains(row.Tables, t.Name) {
			in = append(in, fmt.Sprintf("%s（%s，%s）", row.Name, row.Service, row.Engine))
		}
	}
	return strings.Join(in, "、")
}

// places reads which instance holds which table; a table named in several rows
// (outbox_events) belongs to the first.
func places(doc chapter.Document) map[string]Place {
	out := map[string]Place{}
	for _, row := range doc.Instances {
		for _, t := range row.Tables {
			if _, ok := out[t]; !ok {
				out[t] = Place{Instance: row.Name, Service: row.Service, Engine: row.Engine}
			}
		}
	}
	return out
}

// engineDialects are the words of the engine column that say the grammar; the
// first that occurs wins.
var engineDialects = []struct {
	word    string
	dialect ddl.Dialect
}{
	{"postgres", ddl.PostgreSQL},
	{"pgsql", ddl.PostgreSQL},
	{"gauss", ddl.PostgreSQL},
	{"clickhouse", ddl.ClickHouse},
	{"tidb", ddl.TiDB},
	{"oceanbase", ddl.OceanBase},
	{"doris", ddl.Doris},
	{"starrocks", ddl.Doris},
	{"达梦", ddl.Neutral},
	{"oracle", ddl.Neutral},
	{"mysql", ddl.MySQL},
	{"mariadb", ddl.MySQL},
	{"polardb", ddl.MySQL},
}

// dialect is the grammar of a table's block: by what only one database writes,
// then by the engine of its instance row; a product nobody knows writes
// standard SQL when the block does.
func dialect(t chapter.Table, where map[string]Place) ddl.Dialect {
	upper := strings.ToUpper(t.Code)
	switch {
	case strings.Contains(t.Code, "createCollection("):
		return ddl.MongoDB
	case strings.Contains(t.Code, `"mappings"`) && !strings.Contains(upper, "CREATE TABLE"):
		return ddl.Search
	case strings.Contains(t.Code, "MergeTree"):
		return ddl.ClickHouse
	}
	engine := strings.ToLower(where[t.Name].Engine)
	for _, e := range engineDialects {
		if strings.Contains(engine, e.word) {
			return e.dialect
		}
	}
	switch {
	case !strings.Contains(upper, "COMMENT ON ") && !strings.Contains(upper, " IDENTITY"):
		return ddl.MySQL
	case engine == "" || strings.Contains(upper, "TIMESTAMPTZ"):
		return ddl.PostgreSQL
	}
	return ddl.Neutral
}
