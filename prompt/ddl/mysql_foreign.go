package ddl

import (
	"slices"
	"strings"
)

// mysqlForeignKeys is errors 1824, 1822, 3780, 1830, 1239 and 1215. A
// REFERENCES behind a column is read and forgotten by MySQL before 9.0, so
// nothing of it can fail.
func mysqlForeignKeys(k *tableCheck) {
	for _, f := range k.ForeignKeys {
		if f.Inline || f.Table == "" {
			continue
		}
		k.foreignKey(f)
	}
}

func (k *tableCheck) failForeign(code Code, f *ForeignKey, format string, args ...any) {
	k.fail(code, f.Pos, f.Block, cmp(f.Name, k.Name), format, args...)
}

func (k *tableCheck) foreignKey(f *ForeignKey) {
	missing := false
	for _, n := range f.Columns {
		if k.unknown(n) {
			k.failForeign(UnknownColumn, f, "外键引用了不存在的列 %s", n)
			missing = true
		}
	}
	if missing {
		return
	}
	k.foreignActions(f)
	if k.Engine != "" && !strings.EqualFold(k.Engine, "innodb") {
		return // other engines forget foreign keys
	}
	parent := k.parent(f)
	if parent == nil {
		return
	}
	if len(f.RefColumns) != len(f.Columns) {
		k.failForeign(BadForeignKey, f, "外键有 %d 列，引用的却是 %d 列", len(f.Columns), len(f.RefColumns))
		return
	}
	for i, n := range f.RefColumns {
		ref, ok := parent.Column(n)
		if !ok {
			if !parent.Derived && !k.brokenParent(f) {
				k.failForeign(BadForeignKey, f, "外键引用的列 %s.%s 不存在", parent.Name, n)
			}
			return
		}
		if col, ok := k.Column(f.Columns[i]); ok && !k.samesort(col, parent, ref) {
			k.failForeign(BadForeignKey, f, "外键列 %s 的类型 %s 与 %s.%s 的 %s 不同", col.Name, col.Type.Written, parent.Name, ref.Name, ref.Type.Written)
			return
		}
	}
	if !indexed(parent, f.RefColumns) && !parent.Derived {
		k.failForeign(BadForeignKey, f, "外键引用的 %s(%s) 没有以它开头的索引", parent.Name, strings.Join(f.RefColumns, ", "))
	}
}

// foreignActions checks SET NULL and SET DEFAULT, and columns that cannot be
// part of a foreign key.
func (k *tableCheck) foreignActions(f *ForeignKey) {
	if f.OnDelete == "SET DEFAULT" || f.OnUpdate == "SET DEFAULT" {
		k.failForeign(BadForeignKey, f, "InnoDB 不支持外键的 SET DEFAULT")
	}
	for _, n := range f.Columns {
		c, ok := k.Column(n)
		switch {
		case !ok:
		case (c.Null == NotNull || k.inPrimary(c.Name)) && (f.OnDelete == "SET NULL" || f.OnUpdate == "SET NULL"):
			k.failForeign(BadForeignKey, f, "外键列 %s 是 NOT NULL，不能用 SET NULL", c.Name)
		case c.Type.Big():
			k.failForeign(BadForeignKey, f, "%s 列 %s 不能作外键", strings.ToUpper(c.Type.Name), c.Name)
		case c.Generated != nil && !c.Stored:
			k.failForeign(BadForeignKey, f, "虚拟生成列 %s 不能作外键", c.Name)
		case c.Generated != nil && (f.OnDelete == "SET NULL" || f.OnUpdate == "SET NULL" || f.OnUpdate == "CASCADE"):
			k.failForeign(BadForeignKey, f, "生成列 %s 的外键不能由父表改写，请去掉 SET NULL 或 ON UPDATE CASCADE", c.Name)
		}
	}
}

// parent is the table a foreign key points at; nil after a complaint when it
// is not there, and without one when it lies in another database.
func (k *tableCheck) parent(f *ForeignKey) *Table {
	if strings.EqualFold(f.Table, k.Name) && (f.Namespace == "" || strings.EqualFold(f.Namespace, k.Namespace)) {
		return k.Table
	}
	e := k.find(cmp(f.Namespace, k.Namespace), f.Table)
	if e == nil && f.Namespace == "" {
		e = k.find("", f.Table)
	}
	switch {
	case e != nil && e.Partition != nil && k.dialect == MySQL:
		k.failForeign(PartitionRule, f, "外键不能引用分区表 %s", f.Table)
		return nil
	case e != nil:
		return e.Table
	case f.Namespace == "" || k.dialect == PostgreSQL:
		k.failForeign(BadForeignKey, f, "外键引用的表 %s 不存在或在后面才创建", f.Table)
	}
	return nil
}

// brokenParent says whether the parent could not be read as a whole.
func (k *tableCheck) brokenParent(f *ForeignKey) bool {
	e := k.find(f.Namespace, f.Table)
	return e != nil && e.broken
}

// samesort says whether two columns may stand on the two ends of a foreign
// key: numbers must be equal in size and sign, texts in character set and
// collation, but not in length.
func (k *tableCheck) samesort(c *Column, parent *Table, ref *Column) bool {
	a, b := c.Type, ref.Type
	binary := func(t Type) bool { return t.Name == "binary" || t.Name == "varbinary" }
	char := func(t Type) bool { return t.Name == "char" || t.Name == "varchar" }
	switch {
	case binary(a) && binary(b):
		return true
	case char(a) && char(b):
		ca, la := k.effective(c)
		cb, lb := (&tableCheck{Table: parent}).effective(ref)
		return ca == cb && defaultCollation(ca, la) == defaultCollation(cb, lb)
	case a.Name == "decimal" && b.Name == "decimal":
		va, _ := k.columnBytes(c)
		vb, _ := k.columnBytes(ref)
		return va == vb
	case a.Name == "enum" || a.Name == "set":
		va, _ := k.columnBytes(c)
		vb, _ := k.columnBytes(ref)
		return a.Name == b.Name && va == vb
	}
	return a.Name == b.Name && (a.Unsigned == b.Unsigned || !a.Integer())
}

// defaultCollation is what a server takes when only the character set is said.
func defaultCollation(charset, collation string) string {
	if collation == "" && charset == "utf8mb4" {
		return "utf8mb4_0900_ai_ci"
	}
	return collation
}

// indexed says whether a key begins with the columns, in that order.
func indexed(t *Table, columns []string) bool {
	return slices.ContainsFunc(t.Keys(), func(ix *Index) bool {
		if len(ix.Parts) < len(columns) || ix.Kind != Plain && ix.Kind != PrimaryKey {
			return false
		}
		for i, n := range columns {
			if !strings.EqualFold(ix.Parts[i].Column, n) || ix.Parts[i].Length > 0 {
				return false
			}
		}
		return true
	})
}
