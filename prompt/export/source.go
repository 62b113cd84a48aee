package export

import (
	"crypto/sha256"
	"encoding/hex"
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
	for _, t := range doc.Tables {
		if t.Code != "" {
			s.blocks = append(s.blocks, ddl.Block{Dialect: dialect(t, s.Places), Text: t.Code, Line: t.CodeLine})
		}
	}
	s.Schema = ddl.ParseBlocks(s.blocks...)
	return s
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

// engineDialects are the words of the engine column that change the grammar;
// the first that occurs wins.
var engineDialects = []struct {
	word    string
	dialect ddl.Dialect
}{
	{"postgresql", ddl.PostgreSQL},
	{"gaussdb", ddl.PostgreSQL},
	{"clickhouse", ddl.ClickHouse},
	{"tidb", ddl.TiDB},
	{"oceanbase", ddl.OceanBase},
	{"doris", ddl.Doris},
	{"达梦", ddl.Neutral},
	{"oracle", ddl.Neutral},
}

// dialect is the grammar of a table's block: by the language of the fence,
// then by the engine of its instance row, then by what only ClickHouse writes.
func dialect(t chapter.Table, where map[string]Place) ddl.Dialect {
	switch t.Lang {
	case "javascript", "js":
		return ddl.MongoDB
	case "json":
		return ddl.Search
	}
	engine := strings.ToLower(where[t.Name].Engine)
	for _, e := range engineDialects {
		if strings.Contains(engine, e.word) {
			return e.dialect
		}
	}
	if strings.Contains(t.Code, "MergeTree") {
		return ddl.ClickHouse
	}
	return ddl.MySQL
}

// blockText is the text of one block of definitions.
func (s Source) blockText(i int) string { return s.blocks[i].Text }
