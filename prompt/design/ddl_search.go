package design

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/capacity"
)

// search writes the settings and mapping of an index that is a copy for
// searching: unknown fields are refused (domain.md §3.9).
func (t *Table) search() string {
	var lines []string
	for _, c := range t.Columns {
		lines = append(lines, fmt.Sprintf("      %s: {%s}", jsText(c.Name), searchField(c)))
	}
	return fmt.Sprintf(`{
  "settings": {"number_of_shards": %d, "number_of_replicas": 1},
  "mappings": {
    "dynamic": "strict",
    "_meta": {"comment": %s},
    "properties": {
%s
    }
  }
}`, SearchShards(t.Size.GB), jsText(t.Title), strings.Join(lines, ",\n"))
}

// maxMeta is Elasticsearch's limit of a meta value in characters.
const maxMeta = 50

func searchField(c Column) string {
	typ := searchType(c)
	if strings.Contains(typ, "flattened") || strings.Contains(typ, "binary") {
		return typ
	}
	comment := []rune(plain(c.Comment))
	return typ + `, "meta": {"comment": ` + jsText(string(comment[:min(len(comment), maxMeta)])) + `}`
}

// wordRules are attributes people search by words.
var wordRules = []string{"R115", "R116", "R117", "R118", "R119", "R120", "R121", "R122", "R112", "R039", "R076"}

// searchType translates a MySQL type: names and prose are analysed, all other
// text is a keyword.
func searchType(c Column) string {
	name, args := capacity.ParseType(c.Type)
	switch {
	case name == "BIGINT":
		return `"type": "long"`
	case name == "TINYINT":
		return `"type": "short"`
	case strings.HasSuffix(name, "INT"):
		return `"type": "integer"`
	case name == "DECIMAL" && len(args) > 1 && args[1] == 2:
		return `"type": "scaled_float", "scaling_factor": 100`
	case name == "DECIMAL" || name == "DOUBLE":
		return `"type": "double"`
	case isTime(name) || name == "DATE":
		return `"type": "date"`
	case name == "VARBINARY" || strings.HasSuffix(name, "BLOB"):
		return `"type": "binary"`
	case slices.Contains(wordRules, c.Rule) && c.Part == "":
		return `"type": "text", "analyzer": "ik_max_word", "search_analyzer": "ik_smart"`
	case name == "JSON":
		return `"type": "flattened"`
	}
	return `"type": "keyword"`
}
