package export

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
)

// sqlFiles writes one file per instance, parents before children, with a
// header that names the chapter and its hash. Tables that no instance row
// names go to a file of their own rather than being dropped.
func sqlFiles(s Source) ([]File, error) {
	var order []string
	groups := map[string][]*ddl.Table{}
	for _, t := range s.Schema.Tables {
		in := s.Places[t.Name].Instance
		if in == "" {
			in = s.Name
		}
		if !slices.Contains(order, in) {
			order = append(order, in)
		}
		groups[in] = append(groups[in], t)
	}
	var out []File
	for _, in := range order {
		tables := parentsFirst(groups[in], References(s.Schema, s.Places))
		var b strings.Builder
		place := s.Places[tables[0].Name]
		fmt.Fprintf(&b, "-- %s\n-- 章节 %s sha256:%s\n", strings.TrimSpace(in+" "+place.Service+" "+place.Engine), oneLine(s.Name), s.Hash)
		for _, t := range tables {
			b.WriteString("\n" + statements(s, t))
		}
		out = append(out, File{in + ending(tables[0]), []byte(b.String())})
	}
	return out, nil
}

// statements is the text of every statement about a table, as written.
func statements(s Source, t *ddl.Table) string {
	var b strings.Builder
	for _, st := range s.Schema.Statements {
		if st.Object == t.Name && st.Block == t.Block && !st.Broken {
			b.WriteString(strings.TrimSpace(s.blockText(st.Block)[st.Start:st.End]) + ";\n")
		}
	}
	if b.Len() == 0 {
		b.WriteString(strings.TrimSpace(s.blockText(t.Block)) + "\n")
	}
	return b.String()
}

// ending is .sql for statements, .js and .json for documents.
func ending(t *ddl.Table) string {
	switch t.Dialect {
	case ddl.MongoDB:
		return ".js"
	case ddl.Search:
		return ".json"
	}
	return ".sql"
}

// parentsFirst orders tables so that a referenced table precedes those that
// point at it; cycles keep the order of the chapter.
func parentsFirst(tables []*ddl.Table, refs []Reference) []*ddl.Table {
	var out []*ddl.Table
	state := map[string]int{} // 1 being placed, 2 placed
	var place func(t *ddl.Table)
	place = func(t *ddl.Table) {
		if state[t.Name] != 0 {
			return
		}
		state[t.Name] = 1
		for _, r := range refs {
			if r.Table != t.Name {
				continue
			}
			for _, p := range tables {
				if p.Name == r.Parent {
					place(p)
				}
			}
		}
		state[t.Name] = 2
		out = append(out, t)
	}
	for _, t := range tables {
		place(t)
	}
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
