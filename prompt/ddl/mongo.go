package ddl

import (
	"slices"
	"strings"
)

// mongo reads the calls of a shell script one by one.
func (d *documents) mongo() {
	r := &jsReader{toks: d.toks}
	for r.i < len(r.toks) && r.err == nil {
		first := r.peek()
		switch {
		case first.is(";"):
			r.i++
		case first.is("db") && r.i+1 < len(r.toks) && r.toks[r.i+1].is("."):
			d.call(r, first)
		case first.isAny("use", "sh"):
			d.restOfLine(r)
		case first.isAny("const", "let", "var"):
			r.i += 3
			r.value()
		default:
			r.fail(first, "「%s」附近无法解析，这里应是 db.createCollection(…) 或 db.集合.createIndex(…)", excerpt(first.text))
		}
	}
	if r.err != nil {
		d.complain(r.err.at, BadDocument, "", "脚本有误：%s", r.err.message)
	}
}

func (d *documents) restOfLine(r *jsReader) {
	line := d.pos(r.peek()).Line
	for r.i < len(r.toks) && d.pos(r.peek()).Line == line {
		r.i++
	}
}

// call reads db.createCollection(…), db.name.createIndex(…) and whatever else
// is called on db.
func (d *documents) call(r *jsReader, first token) {
	r.i++
	var path []string
	var args []jsValue
	for r.peek().is(".") && r.err == nil {
		r.i++
		path = append(path, r.peek().text)
		r.i++
		if r.peek().is("(") {
			r.i++
			args = r.list(")")
			if path[len(path)-1] == "getCollection" && len(args) > 0 {
				path[len(path)-1] = args[0].text
			}
		}
	}
	if r.err != nil || len(path) == 0 {
		return
	}
	last := r.toks[min(r.i, len(r.toks))-1]
	switch verb := path[len(path)-1]; {
	case verb == "createCollection" && len(args) > 0:
		d.collection(args, first, last)
	case (verb == "createIndex" || verb == "ensureIndex") && len(path) > 1 && len(args) > 0:
		d.index(strings.Join(path[:len(path)-1], "."), args, first, last)
	case verb == "createIndexes" && len(path) > 1 && len(args) > 0:
		for _, keys := range args[0].items {
			d.index(strings.Join(path[:len(path)-1], "."), append([]jsValue{keys}, args[1:]...), first, last)
		}
	}
}

// bsonTypes are the names $jsonSchema takes.
var bsonTypes = strings.Fields(`double string object array binData undefined objectId bool date null regex dbPointer javascript
	symbol int timestamp long decimal minKey maxKey number`)

func (d *documents) collection(args []jsValue, first, last token) {
	t := &Table{Name: args[0].text, NameAt: d.pos(args[0].at)}
	if d.collections[t.Name] != nil {
		d.complain(args[0].at, DuplicateTable, t.Name, "集合 %s 重复定义", t.Name)
	}
	d.add(t, first, last)
	d.collections[t.Name] = d.run.tables[len(d.run.tables)-1]
	if len(args) < 2 {
		return
	}
	schema := args[1].get("validator", "$jsonSchema")
	required := map[string]bool{}
	for _, v := range schema.get("required").items {
		required[v.text] = true
	}
	for _, m := range schema.get("properties").members {
		d.property(t, m, required[m.key])
	}
	for _, v := range schema.get("required").items {
		if _, ok := t.Column(v.text); !ok && len(t.Columns) > 0 {
			d.complain(v.at, UnknownColumn, t.Name, "required 引用了不存在的字段 %s", v.text)
		}
	}
}

func (d *documents) property(t *Table, m jsMember, required bool) {
	typ := m.value.get("bsonType")
	col := &Column{Pos: d.pos(m.at), Span: d.span(m.at, m.at), Name: m.key, Comment: m.value.get("description").text}
	col.HasComment = col.Comment != ""
	if required {
		col.Null = NotNull
	}
	names := []string{typ.text}
	if typ.kind == '[' {
		names = nil
		for _, v := range typ.items {
			names = append(names, v.text)
			if v.text == "null" {
				col.Null = Nullable
			}
		}
	}
	col.Type = Type{Name: strings.Join(names[:min(1, len(names))], ""), Written: strings.Join(names, "|")}
	for _, n := range names {
		if n != "" && !slices.Contains(bsonTypes, n) {
			d.complain(typ.at, BadType, t.Name+"."+m.key, "字段 %s 的 bsonType %s 不存在", m.key, n)
		}
	}
	if _, ok := t.Column(m.key); ok {
		d.complain(m.at, DuplicateCol, t.Name+"."+m.key, "字段 %s 重复定义", m.key)
	}
	t.Columns = append(t.Columns, col)
}

// index adds an index to its collection; an index on _id or into a nested
// field needs no declared field.
func (d *documents) index(collection string, args []jsValue, first, last token) {
	e := d.collections[collection]
	if e == nil {
		if len(d.collections) > 0 {
			d.complain(first, UnknownTable, collection, "集合 %s 没有 createCollection", collection)
		}
		return
	}
	options := jsValue{}
	if len(args) > 1 {
		options = args[1]
	}
	ix := &Index{Pos: d.pos(first), Span: d.span(first, last), Statement: true, Name: options.get("name").text, Unique: options.get("unique").text == "true"}
	for _, m := range args[0].members {
		ix.Parts = append(ix.Parts, Part{Pos: d.pos(m.at), Column: m.key, Desc: m.value.text == "-1"})
		if _, ok := e.Column(m.key); !ok && len(e.Columns) > 0 && m.key != "_id" && !strings.Contains(m.key, ".") && !strings.HasPrefix(m.key, "$") {
			d.complain(m.at, UnknownColumn, cmp(ix.Name, collection), "索引 %s 引用了不存在的字段 %s", cmp(ix.Name, collection), m.key)
		}
	}
	if _, ok := e.Index(ix.Name); ok && ix.Name != "" {
		d.complain(first, DuplicateIndex, ix.Name, "集合 %s 的索引名 %s 重复", collection, ix.Name)
	}
	if ttl := options.get("expireAfterSeconds"); ttl.kind != 0 {
		e.TTL = &Expr{Pos: ix.Pos, Text: ttl.text, Kind: Number, Value: ttl.text, Columns: ix.Columns()}
		if len(ix.Parts) != 1 {
			d.complain(first, BadIndex, cmp(ix.Name, collection), "TTL 索引只能有一个字段")
		}
	}
	e.Indexes = append(e.Indexes, ix)
}
