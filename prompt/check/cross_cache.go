package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

var placeholder = pattern.New(`[{<]([A-Za-z]\w*)[}>]`)

// freeKeys are placeholders that are no columns.
var freeKeys = []string{"token", "date", "bucket", "page", "code", "day", "month"}

func unknownKeyColumns(in *input) []hit {
	columns := map[string]bool{}
	for _, t := range in.schema.Tables {
		for _, c := range t.Columns {
			columns[c.Name] = true
		}
		columns[lastSingular(t.Name)+"_id"] = true
		columns[infer.Singular(t.Name)+"_id"] = true
	}
	for _, row := range in.doc.Instances {
		for _, t := range row.Tables {
			columns[lastSingular(t)+"_id"] = true
		}
	}
	var out []hit
	for _, e := range in.doc.Cache {
		for _, m := range placeholder.FindAllStringSubmatch(e.Key, -1) {
			if !columns[m[1]] && !slices.Contains(freeKeys, m[1]) {
				out = append(out, say(e.KeyLine, e.Key, e.Key, m[1]).offer("占位符改用实际列名"))
			}
		}
	}
	return out
}

// keyEntity is the words of a key that name what it holds (domain.md §3.6.8),
// nil for keys that hold no entity.
func keyEntity(key string) []string {
	parts := strings.Split(key, ":")
	if len(parts) < 2 {
		return parts
	}
	switch parts[0] {
	case "lock", "local":
		return nil
	case "session":
		if parts[1] == "token" {
			return nil
		}
	case "geo", "hot":
		return parts[1:2]
	}
	return []string{parts[0] + "_" + parts[1], parts[0]}
}

func unknownKeyEntities(in *input) []hit {
	var words []string
	add := func(table string) {
		words = append(words, infer.Singular(table), lastSingular(table))
	}
	for _, t := range in.schema.Tables {
		add(t.Name)
	}
	for _, row := range in.doc.Instances {
		for _, t := range row.Tables {
			add(t)
		}
		if base, ok := strings.CutSuffix(numberEnd.ReplaceAllString(row.Name, ""), "_db"); ok {
			words = append(words, base)
		}
	}
	if in.design != nil {
		for _, s := range in.design.Brief.Services {
			words = append(words, s.Code)
		}
	}
	var out []hit
	for _, e := range in.doc.Cache {
		names := keyEntity(e.Key)
		if e.Key == "" || names == nil || slices.ContainsFunc(names, func(n string) bool { return slices.Contains(words, infer.Singular(n)) }) {
			continue
		}
		out = append(out, say(e.KeyLine, e.Key, e.Key, names[len(names)-1]))
	}
	return out
}

var indexName = pattern.New(`\b(?:idx|uk)_[a-z0-9_]*[a-z0-9]\b`)

// unknownIndexes: an index that a bullet names has to exist.
func unknownIndexes(in *input) []hit {
	known := map[string]bool{}
	for _, t := range in.schema.Tables {
		for _, ix := range t.Indexes {
			known[strings.ToLower(ix.Name)] = true
		}
	}
	var out []hit
	seen := map[string]bool{}
	for _, it := range in.facts.items {
		for _, name := range indexName.FindAllString(it.Text, -1) {
			if !known[name] && !seen[name] && !strings.HasSuffix(name, "_xxx") {
				seen[name] = true
				out = append(out, say(it.Line, name, name).offer("改成已定义的索引，或在建表语句里加上它"))
			}
		}
	}
	return out
}

var eventName = pattern.New(`\b[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+\b`)

// unknownEvents looks at 跨服务数据同步 only; names of tables, columns and
// databases with a dot are no events.
func unknownEvents(in *input) []hit {
	if in.design == nil {
		return nil
	}
	known := map[string]bool{}
	prefixes := map[string]bool{}
	for _, s := range in.design.Brief.Services {
		for _, e := range slices.Concat(s.Out, s.In) {
			known[e] = true
		}
		prefixes[s.Code] = true
	}
	if len(known) == 0 {
		return nil
	}
	var out []hit
	seen := map[string]bool{}
	for _, it := range in.facts.items {
		if it.section != chapter.Sync || it.sub != chapter.CrossSub {
			continue
		}
		for _, e := range eventName.FindAllString(it.Text, -1) {
			head, rest, _ := strings.Cut(e, ".")
			if known[e] || known[rest] && prefixes[head] || seen[e] || in.isPlace(head) {
				continue
			}
			seen[e] = true
			out = append(out, say(it.Line, e, e))
		}
	}
	return out
}

// isPlace says whether a word is a table, a database or a system catalog.
func (in *input) isPlace(word string) bool {
	if _, ok := in.schema.Table(word); ok || word == "sys" || word == "system" || word == "information_schema" {
		return true
	}
	return slices.ContainsFunc(in.doc.Instances, func(r chapter.Instance) bool {
		return r.Name == word || numberEnd.ReplaceAllString(r.Name, "") == numberEnd.ReplaceAllString(word, "")
	})
}
