package export

import (
	"encoding/json"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"dbchapter/prompt/ddl"
)

// DataSchema names the shape of the JSON form; Schema describes it.
const DataSchema = "dbchapter/v1"

// jsonData writes the chapter as data: sections with their text, instances,
// tables with columns and keys, cache entries, references; and the brief.
func jsonData(s Source) ([]File, error) {
	out := document{
		Schema: DataSchema, Name: printable(s.Name), SHA256: s.Hash,
		Sections: []section{}, Instances: []instance{}, Tables: []tableData{}, References: s.references(), Cache: []cacheEntry{},
	}
	for _, p := range s.Chapter.Parts {
		out.Sections = append(out.Sections, section{string(p.Section), p.Title, p.Text})
	}
	for _, row := range s.instances {
		out.Instances = append(out.Instances, instance{row.Service, row.Engine, row.Name, list(row.Tables), row.Remark})
	}
	for _, t := range s.tables() {
		out.Tables = append(out.Tables, s.tableData(t))
	}
	if out.References == nil {
		out.References = []Reference{}
	}
	for _, e := range s.Chapter.Document().Cache {
		out.Cache = append(out.Cache, cacheEntry{e.Title, e.Key, e.Value, e.TTL})
	}
	if s.Brief != nil {
		var doc yaml.Node
		if err := yaml.Unmarshal(s.Brief.YAML(), &doc); err != nil {
			return nil, fmt.Errorf("brief as data: %w", err)
		}
		out.Brief = plainData(&doc)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return nil, fmt.Errorf("chapter as JSON: %w", err)
	}
	return s.file(".json", []byte(b.String())), nil
}

// plainData is YAML as JSON knows it: keys are strings, dates stay the text
// they are.
func plainData(n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return plainData(n.Content[0])
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = plainData(n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, plainData(c))
		}
		return out
	}
	switch n.Tag {
	case "!!int", "!!float":
		return json.Number(n.Value)
	case "!!bool":
		return n.Value == "true"
	}
	return n.Value
}

func (s Source) tableData(t *ddl.Table) tableData {
	out := tableData{
		Name: t.Name, Title: s.title(t), Instances: list(s.holders(t.Name)), Dialect: string(t.Dialect),
		Columns: []columnData{}, Keys: []keyData{}, DDL: s.blocks[t.Block].Text,
	}
	for _, c := range t.Columns {
		d := columnData{Name: c.Name, Type: oneLine(c.Type.Written), Nullable: nullable(t, c), Primary: primaryHas(t, c.Name), Comment: c.Comment}
		if c.Default != nil {
			d.Default = &c.Default.Text
		}
		out.Columns = append(out.Columns, d)
	}
	for _, k := range t.Keys() {
		out.Keys = append(out.Keys, keyData{Name: k.Name, Primary: k.Kind == ddl.PrimaryKey, Unique: k.Unique || k.Kind == ddl.PrimaryKey, Parts: list(keyParts(k))})
	}
	return out
}

// list is never null in JSON.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

type document struct {
	Schema     string       `json:"schema"`
	Name       string       `json:"name"`
	SHA256     string       `json:"sha256"`
	Sections   []section    `json:"sections"`
	Instances  []instance   `json:"instances"`
	Tables     []tableData  `json:"tables"`
	References []Reference  `json:"references"`
	Cache      []cacheEntry `json:"cache"`
	Brief      any          `json:"brief,omitempty"` // dbbrief/v1
}

// section is one ### section; ID is "" for one that the contract does not know.
type section struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

type instance struct {
	Service string   `json:"service"`
	Engine  string   `json:"engine"`
	Name    string   `json:"name"`
	Tables  []string `json:"tables"`
	Remark  string   `json:"remark"`
}

type tableData struct {
	Name      string       `json:"name"`
	Title     string       `json:"title"`
	Instances []string     `json:"instances"`
	Dialect   string       `json:"dialect"`
	Columns   []columnData `json:"columns"`
	Keys      []keyData    `json:"keys"`
	DDL       string       `json:"ddl"`
}

type columnData struct {
	Name     string  `json:"name"`
	Type     string  `json:"type"`
	Nullable bool    `json:"nullable"`
	Primary  bool    `json:"primary"`
	Default  *string `json:"default"` // as written, null when there is none
	Comment  string  `json:"comment"`
}

// keyData has its parts as written: name(20), created_at DESC.
type keyData struct {
	Name    string   `json:"name"`
	Primary bool     `json:"primary"`
	Unique  bool     `json:"unique"`
	Parts   []string `json:"parts"`
}

type cacheEntry struct {
	Title string `json:"title"`
	Key   string `json:"key"`
	Value string `json:"value"`
	TTL   string `json:"ttl"`
}
