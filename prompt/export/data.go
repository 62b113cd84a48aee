package export

import (
	"encoding/json"
	"fmt"

	"dbchapter/prompt/chapter"
)

// jsonData writes the chapter as data: sections with their text, instances,
// tables with columns and keys, cache entries, references; and the brief as
// the YAML it is. The shape is Schema "dbchapter/v1".
func jsonData(s Source) ([]File, error) {
	doc := s.Chapter.Document()
	out := document{Schema: "dbchapter/v1", Name: s.Name, SHA256: s.Hash, Instances: doc.Instances, Cache: doc.Cache}
	for _, p := range s.Chapter.Parts {
		out.Sections = append(out.Sections, section{p.Section, p.Title, p.Text})
	}
	for _, t := range s.Schema.Tables {
		row := table{Name: t.Name, Title: title(t), Instance: s.Places[t.Name].Instance, Dialect: string(t.Dialect)}
		for _, c := range t.Columns {
			row.Columns = append(row.Columns, ColumnRow(t, c))
		}
		for _, k := range t.Keys() {
			row.Keys = append(row.Keys, KeyRow(k))
		}
		out.Tables = append(out.Tables, row)
	}
	out.References = References(s.Schema, s.Places)
	if s.Brief != nil {
		out.Brief = string(s.Brief.Brief.YAML())
	}
	data, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("chapter as JSON: %w", err)
	}
	return []File{{s.Name + ".json", append(data, '\n')}}, nil
}

type document struct {
	Schema     string               `json:"schema"`
	Name       string               `json:"name"`
	SHA256     string               `json:"sha256"`
	Sections   []section            `json:"sections"`
	Instances  []chapter.Instance   `json:"instances"`
	Tables     []table              `json:"tables"`
	References []Reference          `json:"references"`
	Cache      []chapter.CacheEntry `json:"cache"`
	Brief      string               `json:"brief,omitempty"` // dbbrief/v1
}

type section struct {
	ID    chapter.Section `json:"id"`
	Title string          `json:"title"`
	Text  string          `json:"text"`
}

// table rows follow ColumnRow and KeyRow.
type table struct {
	Name     string     `json:"name"`
	Title    string     `json:"title"`
	Instance string     `json:"instance"`
	Dialect  string     `json:"dialect"`
	Columns  [][]string `json:"columns"`
	Keys     [][]string `json:"keys"`
}
