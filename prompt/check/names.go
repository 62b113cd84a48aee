package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// names are what belongs to this system and no other: tables, columns,
// indexes, services, databases, entities, events.
type names struct {
	words map[string]bool // identifiers
	zh    []string
	seen  map[string]bool // of zh
}

// everyday are column names that every system has.
var everyday = []string{"id", "name", "status", "type", "version", "created_at", "updated_at", "title", "content", "remark", "key", "value", "sort", "data"}

func (in *input) names() names {
	n := names{words: map[string]bool{}, seen: map[string]bool{}}
	for _, t := range in.schema.Tables {
		n.addTable(in, t)
	}
	for _, r := range in.doc.Instances {
		n.add(strings.Trim(r.Name, "` "))
		for _, t := range r.Tables {
			n.add(t)
		}
		if r.Service != chapter.CacheLayer {
			n.addZh(r.Service)
		}
	}
	if in.design == nil {
		return n
	}
	for _, s := range in.design.Brief.Services {
		n.addZh(s.Name)
		for _, e := range slices.Concat(s.Out, s.In) {
			n.add(e)
		}
	}
	for _, e := range in.design.Brief.Entities {
		n.addZh(e.Name)
	}
	return n
}

func (n *names) addTable(in *input, t *ddl.Table) {
	n.add(t.Name)
	for _, z := range zhNames(in, t) {
		n.addZh(z)
	}
	for _, c := range t.Columns {
		n.add(c.Name)
	}
	for _, ix := range t.Indexes {
		n.add(ix.Name)
	}
}

// add takes an identifier that is this system's own.
func (n *names) add(w string) {
	if len(w) > 2 && !slices.Contains(everyday, w) {
		n.words[w] = true
	}
}

func (n *names) addZh(z string) {
	if z = strings.TrimSpace(z); utf8.RuneCountInString(z) >= 2 && !n.seen[z] {
		n.seen[z] = true
		n.zh = append(n.zh, z)
	}
}

var trailingNumber = pattern.New(`_\d+$`)

// in says whether a text has one of the names.
func (n names) in(text string) bool { return n.count(text, 1) > 0 }

// count is how many different names a text has, most at most.
func (n names) count(text string, most int) int {
	seen := map[string]bool{}
	for _, w := range word.FindAllString(text, -1) {
		w = strings.Trim(w, ".")
		for _, x := range append([]string{w, trailingNumber.ReplaceAllString(w, "")}, strings.Split(w, ".")...) {
			if n.words[x] {
				seen[x] = true
				if len(seen) >= most {
					return len(seen)
				}
			}
		}
	}
	for _, z := range n.zh {
		if strings.Contains(text, z) {
			seen[z] = true
			if len(seen) >= most {
				return len(seen)
			}
		}
	}
	return len(seen)
}
