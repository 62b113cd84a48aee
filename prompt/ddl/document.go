package ddl

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

func validJSON(s string) bool { return json.Valid([]byte(s)) }

// documents reads the blocks of databases that have no SQL: the form of the
// text, and the fields and indexes that it declares.
type documents struct {
	run *run
	source
	toks        []token
	collections map[string]*entry
}

func (r *run) document(n int, b Block, l *lines) {
	s := source{dialect: b.Dialect, block: n, lines: l, text: newPatched(b.Text, 0)}
	toks := lex(b.Dialect, b.Text)
	if len(toks) == 0 {
		return
	}
	if f := sizeFlaw(s, toks); f != nil {
		f.Code = BadDocument
		r.report(f.Problem)
		return
	}
	for range rounds {
		f := halfWidthFlaw(s, toks)
		if f == nil {
			break
		}
		for _, e := range f.edits {
			f.Fix = append(f.Fix, Edit{s.text.block(e.Start), s.text.origin(e.End, true), e.New})
		}
		r.report(f.Problem)
		s.text.apply(f.edits...)
		toks = lex(b.Dialect, s.text.text)
	}
	if len(toks) == 0 {
		return
	}
	d := &documents{run: r, source: s, toks: toks, collections: map[string]*entry{}}
	if b.Dialect == Search {
		d.search()
		return
	}
	d.mongo()
}

func (d *documents) complain(at token, code Code, object, format string, args ...any) {
	d.run.report(Problem{Pos: d.pos(at), Block: d.block, Code: code, Table: object, Object: object, Message: fmt.Sprintf(format, args...)})
}

// add puts a collection or index into the schema.
func (d *documents) add(t *Table, first, last token) {
	t.Dialect, t.Pos, t.Span, t.EndLine = d.dialect, d.pos(first), d.span(first, last), d.posEnd(last).Line
	d.run.tables = append(d.run.tables, &entry{Table: t})
	d.run.schema.Statements = append(d.run.schema.Statements, Statement{
		Pos: t.Pos, Span: t.Span, Dialect: d.dialect, Verb: "CREATE TABLE", Object: t.Name, Terminated: true, EndLine: t.EndLine,
	})
}

// search reads one or more JSON bodies, each perhaps behind a line such as
// PUT /orders.
func (d *documents) search() {
	r := &jsReader{toks: d.toks, strict: true}
	for r.i < len(r.toks) && r.err == nil {
		name, first := "", r.peek()
		if first.isAny("PUT", "POST") {
			name = d.requestPath(r)
		}
		if !r.peek().is("{") {
			r.fail(r.peek(), "这里应是以 { 开头的 JSON")
			break
		}
		body := r.value()
		if r.err != nil {
			break
		}
		t := &Table{Name: name}
		if props := body.get("mappings", "properties"); props.kind == '{' {
			d.fields(t, props, "")
		} else if name == "" || body.get("mappings").kind != 0 {
			d.complain(first, BadDocument, name, "索引定义缺少 mappings.properties")
		}
		d.add(t, first, r.toks[r.i-1])
	}
	for _, t := range r.commas {
		at := d.text.block(t.start)
		d.run.report(Problem{Pos: d.pos(t), Block: d.block, Code: TrailingComma, Message: "右括号前多了一个逗号", Fix: []Edit{{at, at + 1, ""}}})
	}
	if r.err != nil {
		d.complain(r.err.at, BadDocument, "", "JSON 有误：%s", r.err.message)
	}
}

// requestPath moves over PUT /name and gives the name.
func (d *documents) requestPath(r *jsReader) string {
	line := d.pos(r.peek()).Line
	name := ""
	for r.i++; r.i < len(r.toks) && d.pos(r.peek()).Line == line && !r.peek().is("{"); r.i++ {
		name += r.peek().text
	}
	name, _, _ = strings.Cut(strings.Trim(name, "/"), "/")
	return name
}

// searchTypes are the field types of Elasticsearch and OpenSearch.
var searchTypes = strings.Fields(`text keyword constant_keyword wildcard match_only_text long integer short byte double float
	half_float scaled_float unsigned_long date date_nanos boolean binary object nested flattened join geo_point geo_shape ip
	version integer_range float_range long_range double_range date_range ip_range completion token_count search_as_you_type
	dense_vector sparse_vector knn_vector rank_feature rank_features percolator alias histogram semantic_text point shape
	flat_object annotated_text murmur3 aggregate_metric_double`)

// fields reads mappings; inner fields are named outer.inner.
func (d *documents) fields(t *Table, props jsValue, prefix string) {
	for _, m := range props.members {
		typ := m.value.get("type")
		inner := m.value.get("properties")
		col := &Column{Pos: d.pos(m.at), Span: d.span(m.at, m.at), Name: prefix + m.key, Comment: m.value.get("meta", "comment").text}
		col.HasComment = col.Comment != ""
		col.Type = Type{Name: cmp(typ.text, "object"), Written: cmp(typ.text, "object")}
		if _, ok := t.Column(col.Name); ok {
			d.complain(m.at, DuplicateCol, col.Name, "字段 %s 重复定义", col.Name)
		}
		t.Columns = append(t.Columns, col)
		switch {
		case typ.kind == 0 && inner.kind == 0:
			d.complain(m.at, BadType, col.Name, "字段 %s 缺少 type", col.Name)
		case typ.kind != 0 && !slices.Contains(searchTypes, typ.text):
			d.complain(typ.at, BadType, col.Name, "字段 %s 的类型 %s 不是搜索引擎的类型", col.Name, typ.text)
		}
		d.fields(t, inner, col.Name+".")
	}
}
