package export

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
)

// sqlFiles writes one file per instance, parents before children, with a
// header that names the chapter and its hash. Definitions that no instance row
// names go to a file of their own rather than being dropped.
func sqlFiles(s Source) ([]File, error) {
	var out []File
	var names fileNames
	order := s.blockOrder()
	for _, row := range merged(s.instances) {
		var mine []int
		for _, i := range order {
			if s.blockIn(i, row.Tables) {
				mine = append(mine, i)
			}
		}
		if len(mine) > 0 {
			title := oneLine(row.Name + " " + row.Service + " " + row.Engine)
			out = append(out, s.script(names.take(row.Name), title, mine, s.undefined(row.Tables)))
		}
	}
	var rest []int
	for _, i := range order {
		if !slices.ContainsFunc(s.instances, func(row chapter.Instance) bool { return s.blockIn(i, row.Tables) }) {
			rest = append(rest, i)
		}
	}
	for _, group := range byComment(s.blocks, rest) {
		out = append(out, s.script(names.take(s.Name), "实例规划没有列出的表", group, nil))
	}
	return out, nil
}

// merged joins the rows of an instance that several services share.
func merged(rows []chapter.Instance) []chapter.Instance {
	var out []chapter.Instance
	for _, row := range rows {
		at := slices.IndexFunc(out, func(o chapter.Instance) bool { return o.Name == row.Name })
		if at < 0 || row.Name == "" {
			out = append(out, row)
			continue
		}
		out[at].Service += "、" + row.Service
		out[at].Tables = append(slices.Clone(out[at].Tables), row.Tables...)
	}
	return out
}

// script is one file of definitions.
func (s Source) script(name, title string, blocks []int, undefined []string) File {
	form := formOf(s.blocks[blocks[0]].Dialect)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n%s 章节 %s sha256:%s\n", form.comment, title, form.comment, oneLine(s.Name), s.Hash)
	for _, t := range undefined {
		fmt.Fprintf(&b, "%s 章节没有给出 %s 的定义\n", form.comment, oneLine(t))
	}
	for _, i := range blocks {
		b.WriteString("\n")
		if d := s.blocks[i].Dialect; d != s.blocks[blocks[0]].Dialect {
			fmt.Fprintf(&b, "%s 下面的定义按 %s 书写，执行前请改写\n", form.comment, d)
		}
		b.WriteString(s.definition(i))
	}
	return File{name + form.ending, []byte(b.String())}
}

// scriptForm is how the files of a dialect end and how their comments begin.
// The definitions of search indexes are requests, as Kibana's console takes
// them: a body alone does not say the name of its index.
type scriptForm struct{ ending, comment string }

func formOf(d ddl.Dialect) scriptForm {
	switch d {
	case ddl.MongoDB:
		return scriptForm{".js", "//"}
	case ddl.Search:
		return scriptForm{".console.txt", "//"}
	}
	return scriptForm{".sql", "--"}
}

// byComment cuts blocks into groups whose files have the same form.
func byComment(blocks []ddl.Block, of []int) [][]int {
	var out [][]int
	for _, i := range of {
		at := slices.IndexFunc(out, func(g []int) bool { return formOf(blocks[g[0]].Dialect) == formOf(blocks[i].Dialect) })
		if at < 0 {
			at, out = len(out), append(out, nil)
		}
		out[at] = append(out[at], i)
	}
	return out
}

// definition is the text of a block exactly as the chapter has it, so that
// nothing is lost that our model does not know; only a missing terminator is
// added, and the request of a search index.
func (s Source) definition(i int) string {
	text := strings.Trim(s.blocks[i].Text, "\r\n")
	if s.blocks[i].Dialect == ddl.Search && !strings.HasPrefix(strings.TrimSpace(text), "PUT") {
		name := s.heads[i].Name
		if tables := s.tablesOf(i); len(tables) > 0 {
			name = tables[0].Name
		}
		return "PUT /" + name + "\n" + text + "\n"
	}
	last := -1
	for j, st := range s.Schema.Statements {
		if st.Block == i && st.Verb != "" {
			last = j
		}
	}
	if last < 0 || s.Schema.Statements[last].Terminated || formOf(s.blocks[i].Dialect).ending != ".sql" {
		return text + "\n"
	}
	end := s.Schema.Statements[last].End
	whole := s.blocks[i].Text
	return strings.Trim(whole[:end]+";"+whole[end:], "\r\n") + "\n"
}

func (s Source) tablesOf(block int) []*ddl.Table {
	var out []*ddl.Table
	for _, t := range s.Schema.Tables {
		if t.Block == block {
			out = append(out, t)
		}
	}
	return out
}

// blockIn says whether a block defines, or stands under the heading of, one of
// these tables.
func (s Source) blockIn(i int, tables []string) bool {
	for _, t := range s.tablesOf(i) {
		if slices.Contains(tables, t.Name) {
			return true
		}
	}
	return slices.Contains(tables, s.heads[i].Name)
}

// undefined are the tables an instance should hold that no block defines.
func (s Source) undefined(tables []string) []string {
	var out []string
	for _, name := range tables {
		if !slices.ContainsFunc(s.heads, func(h chapter.Table) bool { return h.Name == name }) {
			if _, ok := s.Schema.Table(name); !ok {
				out = append(out, name)
			}
		}
	}
	return out
}

// blockOrder are all blocks so that a table precedes those that point at it;
// cycles, and blocks of one heading, keep the order of the chapter.
func (s Source) blockOrder() []int {
	var out []int
	state := make([]bool, len(s.blocks))
	refs := s.references()
	var place func(i int)
	place = func(i int) {
		if state[i] {
			return
		}
		state[i] = true
		for _, parent := range s.parentsOf(i, refs) {
			place(parent)
		}
		out = append(out, i)
	}
	for i := range s.blocks {
		place(i)
	}
	return out
}

// parentsOf are the blocks with the tables that those of block i point at, and
// the block before it under the same heading.
func (s Source) parentsOf(i int, refs []Reference) []int {
	var out []int
	if i > 0 && s.heads[i-1].Line == s.heads[i].Line {
		out = append(out, i-1)
	}
	for _, t := range s.tablesOf(i) {
		for _, r := range refs {
			if parent, ok := s.Schema.Table(r.Parent); ok && r.Table == t.Name {
				out = append(out, parent.Block)
			}
		}
	}
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
