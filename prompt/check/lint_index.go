package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

// keyName is how a message calls an index: its name, or the column that it is
// written behind.
func keyName(ix *ddl.Index) string {
	switch {
	case ix.Kind == ddl.PrimaryKey:
		return "主键"
	case ix.Name != "":
		return ix.Name
	}
	return strings.Join(ix.Columns(), "_")
}

// redundant says whether a serves nothing that b does not.
func redundant(a, b *ddl.Index) bool {
	if a.Kind != ddl.Plain || b.Kind != ddl.Plain && b.Kind != ddl.PrimaryKey || a.Where != nil || b.Where != nil || a.Method != b.Method {
		return false
	}
	unique := b.Unique || b.Kind == ddl.PrimaryKey
	if len(a.Parts) > len(b.Parts) || len(a.Parts) == 0 || a.Unique && !(unique && len(a.Parts) == len(b.Parts)) {
		return false
	}
	for i, p := range a.Parts {
		q := b.Parts[i]
		if p.Column == "" || !strings.EqualFold(p.Column, q.Column) || p.Desc != q.Desc || q.Length > 0 && (p.Length == 0 || p.Length > q.Length) {
			return false
		}
	}
	return true
}

// redundantIndexes: an index that is the front of another one. Of two equal
// ones the later is reported. The repair takes it out where the chapter does
// not name it.
func redundantIndexes(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		keys := t.Keys()
		for i, a := range keys {
			k := slices.IndexFunc(keys, func(b *ddl.Index) bool {
				j := slices.Index(keys, b)
				return a != b && redundant(a, b) && (j < i || !redundant(b, a))
			})
			if k < 0 {
				continue
			}
			b := keys[k]
			h := say(a.Line, t.Name+"."+keyName(a), keyName(a), strings.Join(a.Columns(), ", "), keyName(b), strings.Join(b.Columns(), ", "))
			out = append(out, in.dropIndex(t, a, h))
		}
	}
	return out
}

// dropIndex takes an index out of its CREATE TABLE.
func (in *input) dropIndex(t *ddl.Table, ix *ddl.Index, h hit) hit {
	inside := ix.Block == t.Block && ix.Start > t.Start && ix.End <= t.End
	if ix.Inline || !inside || ix.Name != "" && mentions(in.facts.prose, ix.Name) {
		return h.offer("删除索引 %s", keyName(ix))
	}
	return h.mend(in.dropElement(ix.Span), "删除索引 %s", keyName(ix))
}

var lowColumns = pattern.New(`^(?:status|state|type|kind|gender|sex|channel|level|flag|deleted|enabled|is_\w+|has_\w+|\w+_(?:status|state|type|flag|level))$`)

func vagueIndexes(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if !relational(t) {
			continue
		}
		for _, ix := range t.Indexes {
			if cols := ix.Columns(); ix.Kind == ddl.Plain && !ix.Unique && ix.Where == nil && len(ix.Parts) == 1 && len(cols) == 1 && lowColumns.MatchString(cols[0]) {
				out = append(out, say(ix.Line, t.Name+"."+ix.Name, keyName(ix), cols[0]).offer("与高区分度列组成联合索引，或删除").propose(in.withoutIndex(t, ix)))
			}
		}
	}
	return out
}

func manyIndexes(in *input) []hit {
	most := 5
	if in.design != nil && in.design.House.Limits.Indexes > 0 {
		most = in.design.House.Limits.Indexes
	}
	var out []hit
	for _, t := range in.schema.Tables {
		if n := len(t.Indexes); relational(t) && n > most {
			h := say(t.Line, t.Name, t.Name, n).offer("合并或删除使用最少的索引")
			h.wording = strings.Replace(strings.Replace("表 T 有二级索引 N 个，超过 M 个", "T", t.Name, 1), "N", digits(n), 1)
			h.wording = strings.Replace(h.wording, "M", digits(most), 1)
			out = append(out, h)
		}
	}
	return out
}

var createdNames = []string{"created_at", "create_time", "gmt_create", "created_time", "ctime", "create_at"}

func isCreated(name string) bool { return slices.Contains(createdNames, name) }

// separateIndexes: one finding for each table.
func separateIndexes(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		var ref, created *ddl.Index
		for _, ix := range t.Indexes {
			cols := ix.Columns()
			if !relational(t) || ix.Unique || ix.Kind != ddl.Plain || len(cols) != 1 {
				continue
			}
			switch {
			case isCreated(cols[0]):
				created = ix
			case ref == nil && strings.HasSuffix(cols[0], "_id"):
				ref = ix
			}
		}
		if ref != nil && created != nil {
			a, c := ref.Columns()[0], created.Columns()[0]
			out = append(out, say(ref.Line, t.Name+"."+keyName(ref), a, c, a, a, c).offer("改为 %s (%s, %s)", infer.IndexName(false, []string{a, c}), a, c))
		}
	}
	return out
}

// indexNames: idx_ and uk_ in front; full text, spatial and keys written
// behind a column have their own ways.
func indexNames(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		if !relational(t) {
			continue
		}
		for _, ix := range t.Indexes {
			want := "idx_"
			if ix.Unique {
				want = "uk_"
			}
			if ix.Name == "" || ix.Inline || ix.Kind != ddl.Plain || strings.HasPrefix(strings.ToLower(ix.Name), want) {
				continue
			}
			out = append(out, in.renameIndex(t, ix, say(ix.Line, t.Name+"."+ix.Name, ix.Name, want)))
		}
	}
	return out
}

// renameIndex writes the name that the rules would give, where nobody else
// uses either name.
func (in *input) renameIndex(t *ddl.Table, ix *ddl.Index, h hit) hit {
	name := infer.IndexName(ix.Unique, ix.Columns())
	_, taken := t.Index(name)
	f := in.fences[min(ix.Block, len(in.fences)-1)]
	at := strings.Index(f.Text[ix.Start:ix.End], ix.Name)
	if taken || at < 0 || !likeMySQL(t) || len(ix.Columns()) != len(ix.Parts) || mentions(in.facts.prose, ix.Name) {
		return h.offer("改名为 %s", name)
	}
	at += ix.Start
	return h.mend(in.inBlock(ix.Block, []ddl.Edit{{Start: at, End: at + len(ix.Name), New: name}}), "改名为 %s", name)
}

func foreignKeys(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		for _, fk := range t.ForeignKeys {
			a, b := in.service(t.Name), in.service(fk.Table)
			if a != "" && b != "" && a != b {
				continue // X215
			}
			out = append(out, in.dropForeignKey(t, fk, say(fk.Line, t.Name, t.Name, fk.Table)))
		}
	}
	return out
}

var deleteMarks = []string{"delete_token", "is_deleted", "deleted", "deleted_at", "del_flag", "is_delete", "delete_flag", "delete_time"}

func softDeleteUnique(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		i := slices.IndexFunc(t.Columns, func(c *ddl.Column) bool { return slices.Contains(deleteMarks, c.Name) })
		if i < 0 || !relational(t) {
			continue
		}
		for _, ix := range uniqueKeys(t) {
			if !slices.ContainsFunc(ix.Columns(), func(c string) bool { return slices.Contains(deleteMarks, c) }) {
				out = append(out, say(ix.Line, t.Name+"."+keyName(ix), t.Name, keyName(ix)).offer("把 %s 加到唯一键末尾", t.Columns[i].Name).propose(in.longerKey(t, ix, t.Columns[i])))
			}
		}
	}
	return out
}

// uniqueKeys are the unique keys of a table but its primary key.
func uniqueKeys(t *ddl.Table) []*ddl.Index {
	return slices.DeleteFunc(slices.Clone(t.Indexes), func(ix *ddl.Index) bool { return !ix.Unique || ix.Kind == ddl.PrimaryKey })
}
