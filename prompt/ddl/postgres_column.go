package ddl

import (
	"slices"
	"strings"
)

// postgresNames is about names that PostgreSQL cuts at 63 bytes, which is 21
// Chinese characters, without an error.
func postgresNames(k *tableCheck) {
	check := func(name, what string, pos Pos, block int) {
		if len(name) > 63 {
			k.fail(BadName, pos, block, name, "%s %s 超过 63 字节，PostgreSQL 会截断", what, shown(name))
		}
	}
	check(k.Name, "表名", k.NameAt, k.Block)
	for _, c := range k.Columns {
		check(c.Name, "列名", c.Pos, c.Block)
	}
	for _, ix := range k.Indexes {
		check(ix.Name, "索引名", ix.Pos, ix.Block)
	}
}

// modifiable are the types that take something in brackets.
var modifiable = strings.Fields(`varchar char numeric time timetz timestamp timestamptz interval bit varbit geometry
	geography vector halfvec sparsevec double bpchar`)

// postgresColumnTypes checks that types exist and what is in their brackets:
// errors 42704 and 22023.
func postgresColumnTypes(k *tableCheck) {
	for _, c := range k.Columns {
		t := c.Type
		better := postgresForType[t.Name]
		switch {
		case better != "" && (t.User || t.Name == "double" && !strings.Contains(strings.ToUpper(t.Written), "PRECISION") && !strings.Contains(strings.ToUpper(t.Written), "FLOAT")):
			k.failColumn(OtherDialect, c, "PostgreSQL 没有 %s 类型，请改为 %s", shown(t.Written), strings.ReplaceAll(better, "_", " "))
		case t.User && k.types[t.Name] == nil && k.find("", t.Name) == nil:
			k.failColumn(BadType, c, "列 %s.%s 的类型 %s 不存在，自定义类型要先 CREATE TYPE", k.Name, c.Name, shown(t.Written))
		case !t.User && len(t.Args) > 0 && !slices.Contains(modifiable, t.Name):
			k.failColumn(BadType, c, "列 %s.%s 的类型 %s 非法（%s 不能带长度）", k.Name, c.Name, t.Written, strings.ToUpper(t.Name))
		case !postgresLength(t):
			k.failColumn(BadType, c, "列 %s.%s 的类型 %s 非法（长度或精度超出范围）", k.Name, c.Name, t.Written)
		case c.Identity && !t.Integer():
			k.failColumn(AutoIncrement, c, "%s 自增列必须是 SMALLINT、INTEGER 或 BIGINT，现为 %s", c.Name, t.Written)
		case c.AutoIncrement && c.Default != nil:
			k.failColumn(BadDefault, c, "自增列 %s 不能有默认值", c.Name)
		case c.Generated != nil && (c.Identity || c.Default != nil):
			k.failColumn(BadDefault, c, "生成列 %s 不能有默认值，也不能自增", c.Name)
		case c.Collation != "" && !t.User && postgresFamily[t.Name] != "text":
			k.failColumn(BadCharset, c, "列 %s 是 %s，只有文本列能写 COLLATE", c.Name, t.Written)
		case c.Null == Nullable && (k.inPrimary(c.Name) || c.AutoIncrement):
			k.failColumn(BadIndex, c, "主键或自增列 %s.%s 不能声明为 NULL", k.Name, c.Name)
		}
	}
	if len(k.Columns) > 1600 {
		k.fail(RowSize, k.Pos, k.Block, k.Name, "表 %s 有 %d 列，PostgreSQL 最多 1600 列", k.Name, len(k.Columns))
	}
}

// postgresLength bounds the arguments of the built-in types.
func postgresLength(t Type) bool {
	n := t.arg(0)
	switch t.Name {
	case "varchar", "char":
		return len(t.Args) == 0 || n >= 1 && n <= 10485760 && len(t.Args) == 1
	case "numeric":
		return len(t.Args) == 0 || n >= 1 && n <= 1000 && t.arg(1) <= 1000
	case "double":
		return len(t.Args) == 0 || n >= 1 && n <= 53
	case "bit", "varbit":
		return len(t.Args) == 0 || n >= 1
	}
	return true
}
