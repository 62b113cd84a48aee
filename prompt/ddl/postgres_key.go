package ddl

import (
	"slices"
	"strings"
)

// postgresPrimary is error 42P16.
func postgresPrimary(k *tableCheck) {
	for _, ix := range k.Indexes {
		if ix.Kind == PrimaryKey {
			k.fail(TwoPrimary, ix.Pos, ix.Block, k.Name, "表 %s 有多个主键，第一个在第 %d 行", k.Name, k.Primary.Line)
		}
	}
}

// withoutOrder are types that no B-tree can hold.
var withoutOrder = strings.Fields("json xml point line lseg box path polygon circle geometry geography")

// systemColumns exist in every table.
var systemColumns = strings.Fields("tableoid xmin cmin xmax cmax ctid")

// postgresIndexes is errors 42703, 42701 and 42704.
func postgresIndexes(k *tableCheck) {
	for _, ix := range k.Keys() {
		k.unknownParts(ix)
		for _, n := range ix.Include {
			if k.unknown(n) {
				k.failIndex(UnknownColumn, ix, "%s 引用了不存在的列 %s", label(ix), n)
			}
		}
		if ix.Where != nil {
			k.readsColumns(UnknownColumn, ix.Where, ix.Block, cmp(ix.Name, k.Name), label(ix)+"的 WHERE")
		}
		seen := map[string]bool{}
		for _, p := range ix.Parts {
			if p.Column != "" && seen[p.Column] && !ix.Statement {
				k.fail(DuplicateName, p.Pos, ix.Block, cmp(ix.Name, k.Name), "%s 中列 %s 重复", label(ix), p.Column)
			}
			seen[p.Column] = true
			c, ok := k.Column(p.Column)
			if ok && (ix.Method == "" || ix.Method == "btree") && slices.Contains(withoutOrder, c.Type.Name) && !c.Type.Array {
				k.fail(BigKey, p.Pos, ix.Block, cmp(ix.Name, k.Name), "%s 列 %s 不能建普通索引", strings.ToUpper(c.Type.Name), c.Name)
			}
		}
	}
}

// postgresRelations is error 42P07: tables, indexes and sequences share their
// names in a schema; and 42710: constraints share theirs in a table.
func postgresRelations(k *tableCheck) {
	claim := func(what, name string, pos Pos, block int, owner string) {
		key := relationName + " " + k.key(k.Namespace, name)
		old, taken := k.symbols[key]
		if owner == "" && old.table == "" && taken {
			return // two tables: said already
		}
		if taken && (old.table != owner || old.pos != pos || old.block != block) {
			k.fail(DuplicateIndex, pos, block, name, "%s %s 与别的表或索引重名", what, name)
			return
		}
		k.symbols[key] = symbol{owner, pos, block}
	}
	claim("表", k.Name, k.NameAt, k.Block, "")
	for _, ix := range k.Indexes {
		if ix.Name != "" && ix.Kind != PrimaryKey && !k.merged(ix) {
			claim("索引名", ix.Name, ix.Pos, ix.Block, k.Name)
			k.relations[strings.ToLower(ix.Name)] = true
		}
	}
	seen := map[string]bool{}
	constraint := func(name string, pos Pos, block int) {
		if name != "" && seen[name] {
			k.fail(DuplicateName, pos, block, name, "表 %s 的约束名 %s 重复", k.Name, name)
		}
		seen[name] = true
	}
	for _, c := range k.Checks {
		constraint(c.Name, c.Pos, c.Block)
	}
	for _, f := range k.ForeignKeys {
		constraint(f.Name, f.Pos, f.Block)
	}
	for _, ix := range k.Indexes {
		if !ix.Statement && !k.merged(ix) {
			constraint(ix.Name, ix.Pos, ix.Block)
		}
	}
}

// merged says whether a unique constraint repeats one before it on the same
// columns: PostgreSQL makes one index of both, under the first name.
func (k *tableCheck) merged(ix *Index) bool {
	for _, old := range k.Keys() {
		if old == ix || ix.Statement {
			return false
		}
		if old.Unique && old.Kind == Plain && old.Name != "" && !old.Statement && slices.Equal(old.Columns(), ix.Columns()) {
			return true
		}
	}
	return false
}

// postgresChecks is error 42703 in CHECK and generated columns.
func postgresChecks(k *tableCheck) {
	for _, ch := range k.Checks {
		for _, n := range ch.Expr.Columns {
			if k.unknown(n) && !slices.Contains(systemColumns, n) {
				k.fail(UnknownColumn, ch.Expr.Pos, ch.Block, cmp(ch.Name, k.Name), "CHECK 约束 引用了不存在的列 %s", n)
			}
		}
	}
	for _, c := range k.Columns {
		if c.Generated == nil {
			continue
		}
		k.readsColumns(UnknownColumn, c.Generated, c.Block, c.Name, "生成列 "+c.Name)
		for _, n := range c.Generated.Columns {
			if other, ok := k.Column(n); ok && other.Generated != nil {
				k.failColumn(BadExpression, c, "生成列 %s 不能引用另一个生成列 %s", c.Name, n)
			}
		}
	}
}

// postgresForeignKeys is errors 42P01, 42703, 42830 and 42804.
func postgresForeignKeys(k *tableCheck) {
	for _, f := range k.ForeignKeys {
		k.postgresForeignKey(f)
	}
}

func (k *tableCheck) postgresForeignKey(f *ForeignKey) {
	for _, n := range f.Columns {
		if k.unknown(n) {
			k.failForeign(UnknownColumn, f, "外键引用了不存在的列 %s", n)
			return
		}
	}
	parent := k.parent(f)
	if parent == nil || parent.Derived || k.brokenParent(f) {
		return
	}
	refs := f.RefColumns
	if len(refs) == 0 {
		if parent.Primary == nil {
			k.failForeign(BadForeignKey, f, "外键引用的表 %s 没有主键", parent.Name)
			return
		}
		refs = parent.Primary.Columns()
	}
	if len(refs) != len(f.Columns) {
		k.failForeign(BadForeignKey, f, "外键有 %d 列，引用的却是 %d 列", len(f.Columns), len(refs))
		return
	}
	for i, n := range refs {
		ref, ok := parent.Column(n)
		if !ok {
			k.failForeign(BadForeignKey, f, "外键引用的列 %s.%s 不存在", parent.Name, n)
			return
		}
		if c, ok := k.Column(f.Columns[i]); ok && !k.comparable(c.Type, ref.Type) {
			k.failForeign(BadForeignKey, f, "外键列 %s 的类型 %s 与 %s.%s 的 %s 不能比较", c.Name, c.Type.Written, parent.Name, n, ref.Type.Written)
			return
		}
	}
	if !uniqueOn(parent, refs) {
		k.failForeign(BadForeignKey, f, "外键引用的 %s(%s) 不是主键或唯一键", parent.Name, strings.Join(refs, ", "))
	}
}

// comparable says whether a foreign key may connect the types; unknown types
// are taken on trust.
func (k *tableCheck) comparable(child, parent Type) bool {
	a, b := postgresFamily[child.Name], postgresFamily[parent.Name]
	switch {
	case child.User != parent.User && len(k.types[child.Name])+len(k.types[parent.Name]) > 0:
		return false
	case child.User || parent.User || a == "" || b == "":
		return true
	case child.Array != parent.Array:
		return false
	}
	return a == b && (a != "json" || child.Name == parent.Name) || a == "int" && (b == "numeric" || b == "float") || a == "numeric" && b == "float"
}

// uniqueOn says whether exactly these columns are a key.
func uniqueOn(t *Table, columns []string) bool {
	want := lower(columns)
	slices.Sort(want)
	return slices.ContainsFunc(t.Keys(), func(ix *Index) bool {
		have := lower(ix.Columns())
		slices.Sort(have)
		return ix.Unique && ix.Where == nil && len(have) == len(ix.Parts) && slices.Equal(have, want)
	})
}
