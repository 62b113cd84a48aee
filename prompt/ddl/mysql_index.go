package ddl

import (
	"fmt"
	"slices"
	"strings"
)

// mysqlPrimary is error 1068.
func mysqlPrimary(k *tableCheck) {
	for _, ix := range k.Indexes {
		if ix.Kind == PrimaryKey {
			k.fail(TwoPrimary, ix.Pos, ix.Block, k.Name, "表 %s 有多个主键，第一个在第 %d 行", k.Name, k.Primary.Line)
		}
	}
	if k.Primary == nil {
		return
	}
	for _, p := range k.Primary.Parts {
		if p.Expr != nil {
			k.fail(BadIndex, p.Pos, k.Primary.Block, k.Name, "主键不能用表达式")
		}
	}
}

// mysqlIndexes checks the parts of every key: errors 1072, 1060, 1070, 1089,
// 1170, 1391 and 3152.
func mysqlIndexes(k *tableCheck) {
	if n := len(k.Indexes); n > 64 {
		k.fail(BadIndex, k.Pos, k.Block, k.Name, "表 %s 有 %d 个索引，最多 64 个", k.Name, n)
	}
	for _, ix := range k.Keys() {
		k.unknownParts(ix)
		if len(ix.Parts) > 16 {
			k.failIndex(BadIndex, ix, "%s 有 %d 列，最多 16 列", label(ix), len(ix.Parts))
		}
		seen := map[string]bool{}
		for _, p := range ix.Parts {
			name := strings.ToLower(p.Column)
			if name != "" && seen[name] {
				k.fail(DuplicateName, p.Pos, ix.Block, cmp(ix.Name, k.Name), "%s 中列 %s 重复", label(ix), p.Column)
			}
			seen[name] = true
			if ix.Kind == Plain || ix.Kind == PrimaryKey {
				k.keyPart(ix, p)
			}
		}
	}
}

// keyPart checks a part of a B-tree key.
func (k *tableCheck) keyPart(ix *Index, p Part) {
	if p.Expr != nil {
		if p.Expr.Kind == ColRef {
			k.fail(BadIndex, p.Pos, ix.Block, cmp(ix.Name, k.Name), "%s 的函数索引不能只是一列，请去掉多余的括号", label(ix))
		}
		return
	}
	c, ok := k.Column(p.Column)
	if !ok {
		return
	}
	fail := func(code Code, format string, args ...any) {
		var fix []Edit
		if code == BigKey && !ix.Unique && !c.Type.Spatial() && c.Type.Name != "json" && c.Type.Name != "vector" {
			fix = []Edit{{p.End, p.End, "(191)"}}
		}
		k.failFix(fix, code, p.Pos, ix.Block, cmp(ix.Name, k.Name), format, args...)
	}
	t := c.Type
	prefixable := slices.Contains(textTypes, t.Name) || slices.Contains(blobTypes, t.Name) ||
		slices.Contains([]string{"char", "varchar", "binary", "varbinary"}, t.Name)
	length, bounded := t.Length()
	if !bounded && (t.Name == "char" || t.Name == "binary") {
		length, bounded = 1, true
	}
	switch {
	case t.Name == "json":
		fail(BigKey, "JSON 列 %s 不能直接建索引，请索引从中取出的生成列", c.Name)
	case t.Name == "vector":
		fail(BigKey, "VECTOR 列 %s 不能建普通索引", c.Name)
	case t.Big() && p.Length == 0 && t.Spatial():
		fail(BigKey, "空间列 %s 不能建普通索引，请用 SPATIAL INDEX", c.Name)
	case t.Big() && p.Length == 0:
		fail(BigKey, "%s 列 %s 建索引需要前缀长度，如 %s(191)", strings.ToUpper(t.Name), c.Name, c.Name)
	case p.Length > 0 && !prefixable && !t.Spatial():
		fail(KeyLength, "列 %s 是 %s，不能用前缀长度", c.Name, t.Written)
	case p.Length > 0 && !t.Big() && bounded && p.Length > length:
		fail(KeyLength, "索引前缀 %s(%d) 比列 %s 还长", c.Name, p.Length, t.Written)
	}
}

// mysqlIndexNames is errors 1061 and 1280.
func mysqlIndexNames(k *tableCheck) {
	first := map[string]*Index{}
	for _, ix := range k.Indexes {
		name := strings.ToLower(ix.Name)
		switch old := first[name]; {
		case ix.Kind == PrimaryKey || name == "":
			continue
		case name == "primary":
			k.failIndex(BadName, ix, "索引不能叫 PRIMARY")
		case old != nil:
			k.failFix(k.renamed(ix), DuplicateIndex, ix.Pos, ix.Block, ix.Name, "表 %s 的索引名 %s 重复，第一次在第 %d 行", k.Name, ix.Name, old.Line)
		default:
			first[name] = ix
		}
	}
}

// renamed gives an index a name that is free in its table.
func (k *tableCheck) renamed(ix *Index) []Edit {
	if ix.NameSpan.End == 0 || k.dialect != MySQL {
		return nil
	}
	for n := 2; ; n++ {
		name := fmt.Sprintf("%s_%d", ix.Name, n)
		if _, taken := k.Index(name); !taken {
			return []Edit{{ix.NameSpan.Start, ix.NameSpan.End, name}}
		}
	}
}

// mysqlSpecialIndexes is errors 1283 (FULLTEXT) and 1252, 1687 (SPATIAL).
func mysqlSpecialIndexes(k *tableCheck) {
	for _, ix := range k.Indexes {
		switch ix.Kind {
		case Fulltext:
			k.fulltext(ix)
		case Spatial:
			k.spatial(ix)
		}
	}
}

func (k *tableCheck) fulltext(ix *Index) {
	charset := ""
	for _, p := range ix.Parts {
		c, ok := k.Column(p.Column)
		if !ok {
			continue
		}
		if c.Type.Name != "char" && c.Type.Name != "varchar" && !slices.Contains(textTypes, c.Type.Name) {
			k.failIndex(BadIndex, ix, "全文索引只能用于 CHAR、VARCHAR、TEXT，列 %s 是 %s", c.Name, c.Type.Written)
			return
		}
		cs, coll := k.effective(c)
		if charset != "" && charset != cs+coll {
			k.failIndex(BadIndex, ix, "全文索引的各列字符集要相同，列 %s 不同", c.Name)
		}
		charset = cs + coll
	}
}

func (k *tableCheck) spatial(ix *Index) {
	if len(ix.Parts) != 1 {
		k.failIndex(BadIndex, ix, "空间索引只能有一列")
		return
	}
	c, ok := k.Column(ix.Parts[0].Column)
	switch {
	case !ok:
	case !c.Type.Spatial():
		k.failIndex(BadIndex, ix, "空间索引只能用于空间类型，列 %s 是 %s", c.Name, c.Type.Written)
	case c.Null != NotNull:
		k.failIndex(BadIndex, ix, "空间索引的列 %s 必须 NOT NULL", c.Name)
	}
}
