package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
)

// plannedWithoutDDL: tables that the instance table names need a definition.
// Rows of engines without definitions in this format are left out; a table of
// the brief is an error, another one a warning.
func plannedWithoutDDL(in *input) []hit {
	var out []hit
	seen := map[string]bool{}
	for _, row := range in.doc.Instances {
		e, known := engineIn(row.Engine)
		if known && e.dialect == "" {
			continue
		}
		for _, name := range row.Tables {
			if in.defines(name) || seen[name] || !infer.Identifier(name) {
				continue
			}
			seen[name] = true
			h := say(row.Line, name, name).offer("在“核心表设计”补上 %s 的建表语句", name)
			if in.design != nil {
				if t, ok := in.design.Table(name); ok && t.Dialect != design.NoTable {
					h = h.as(Error)
				}
			}
			out = append(out, h)
		}
	}
	return out
}

// defines says whether section 2 has a table of that name, or a search index
// under a title with that name.
func (in *input) defines(name string) bool {
	_, ok := in.schema.Table(name)
	return ok || slices.ContainsFunc(in.fences, func(f fence) bool { return f.Dialect == ddl.Search && f.name == name })
}

// definedWithoutRow: the repair adds the table to the one row that can hold
// it; with several the person decides.
func definedWithoutRow(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if in.planned(t) || t.PartitionOf != "" || t.Temporary {
			continue
		}
		h := say(t.Line, t.Name, t.Name).offer("把 %s 写进它所在实例那一行的“主要表”", t.Name)
		if i := in.rowFor(t); i >= 0 {
			h = h.mend([]ddl.Edit{in.addToRow(i, t.Name)}, "把 %s 加到 %s 一行的“主要表”", t.Name, in.doc.Instances[i].Name)
		}
		out = append(out, h)
	}
	return out
}

// planned says whether a row names a table; a search index may have a version
// behind the name that people use (orders_v1).
func (in *input) planned(t *ddl.Table) bool {
	f := in.fence(t)
	return len(in.facts.rows[t.Name]) > 0 || t.Dialect == ddl.Search && f != nil && len(in.facts.rows[f.name]) > 0
}

// rowFor is the only row that can hold a table: that of the design's service,
// or the only one of its dialect. A row that speaks of splitting is no place
// to put a table without looking.
func (in *input) rowFor(t *ddl.Table) int {
	service := ""
	if in.design != nil {
		if dt, ok := in.design.Table(t.Name); ok {
			s, _ := in.design.Brief.Service(dt.Service)
			service = s.Name
		}
	}
	found := -1
	for i, row := range in.doc.Instances {
		d, ok := dialectOf(row.Engine)
		if !ok || d != t.Dialect || service != "" && row.Service != service || row.Cells != 5 || strings.Contains(row.Remark, "分") {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// addToRow writes a row with one more table.
func (in *input) addToRow(i int, table string) ddl.Edit {
	row := in.doc.Instances[i]
	start := in.lineOffset(row.Line)
	end := start + strings.IndexByte(in.text[start:]+"\n", '\n')
	row.Tables = append(slices.Clone(row.Tables), table)
	return ddl.Edit{Start: start, End: end, New: row.String()}
}

// lineOffset is the byte offset of a line (1-based) of in.text.
func (in *input) lineOffset(line int) int {
	at := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(in.text[at:], '\n')
		if i < 0 {
			return len(in.text)
		}
		at += i + 1
	}
	return at
}

// instanceLine is where the instance table stands.
func (in *input) instanceLine() int {
	if len(in.doc.Instances) > 0 {
		return in.doc.Instances[0].Line
	}
	if p, ok := in.chapter.Section(chapter.Architecture); ok {
		return p.Line
	}
	return 1
}

func missingServices(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	for _, s := range in.design.Brief.Services {
		if !slices.ContainsFunc(in.doc.Instances, func(r chapter.Instance) bool {
			return strings.Contains(r.Service, s.Name) || mentions(r.Service, s.Code)
		}) {
			out = append(out, say(in.instanceLine(), s.Name, s.Name).in(chapter.Architecture).offer("为 %s 加一行", s.Name))
		}
	}
	return out
}

func unknownEngines(in *input) []hit {
	if in.design == nil || len(in.design.Brief.Databases) == 0 {
		return nil
	}
	var out []hit
	for _, row := range in.doc.Instances {
		e, known := engineIn(row.Engine)
		if !known || strings.Contains(row.Remark, "建议新增") || e.role == "mq" {
			continue
		}
		ok := false
		for _, db := range in.design.Brief.Databases {
			b, is := engineIn(db.Engine)
			ok = ok || is && b.name == e.name || db.Engine == "其他" && db.Name != "" && strings.Contains(row.Engine, db.Name)
		}
		if !ok {
			out = append(out, say(row.Line, row.Engine, row.Engine))
		}
	}
	return out
}
