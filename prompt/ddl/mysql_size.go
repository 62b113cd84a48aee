package ddl

import "slices"

// mysqlFixedBytes are the types of one size.
var mysqlFixedBytes = map[string]int{
	"tinyint": 1, "smallint": 2, "mediumint": 3, "int": 4, "bigint": 8, "double": 8, "date": 3, "year": 1,
	"tinytext": 9, "text": 10, "mediumtext": 11, "longtext": 12, "tinyblob": 9, "blob": 10, "mediumblob": 11, "longblob": 12, "json": 12,
}

// decimalDigits are the bytes of the leftover digits of a DECIMAL.
var decimalDigits = [...]int{0, 1, 1, 2, 2, 3, 3, 4, 4, 4}

// columnBytes is the most a column takes in a row; TEXT, BLOB and JSON take
// their pointer only. head is the length bytes of variable types.
func (k *tableCheck) columnBytes(c *Column) (value, head int) {
	t := c.Type
	if n, ok := mysqlFixedBytes[t.Name]; ok {
		return n, 0
	}
	n := t.arg(0)
	switch t.Name {
	case "char", "binary":
		if len(t.Args) == 0 {
			n = 1
		}
		return n * k.charBytes(c), 0
	case "varchar", "varbinary":
		value = max(n, 0) * k.charBytes(c)
		return value, 1 + b2i(value > 255)
	case "decimal":
		if n <= 0 {
			n = 10
		}
		scale := max(t.arg(1), 0)
		whole := max(n-scale, 0)
		return whole/9*4 + decimalDigits[whole%9] + scale/9*4 + decimalDigits[scale%9], 0
	case "float":
		if len(t.Args) == 1 && n > 24 {
			return 8, 0
		}
		return 4, 0
	case "datetime":
		return 5 + (max(n, 0)+1)/2, 0
	case "timestamp":
		return 4 + (max(n, 0)+1)/2, 0
	case "time":
		return 3 + (max(n, 0)+1)/2, 0
	case "bit":
		return (max(n, 1) + 7) / 8, 0
	case "enum":
		return 1 + b2i(len(t.Values) > 255), 0
	case "set":
		return setBytes(len(t.Values)), 0
	case "vector":
		return 12, 0
	}
	return 12, 0 // geometries
}

func setBytes(members int) int {
	n := (members + 7) / 8
	if n > 4 {
		return 8
	}
	return n
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// mysqlRowSize is error 1118 and 1117.
func mysqlRowSize(k *tableCheck) {
	if n := len(k.Columns); n > 1017 {
		k.fail(RowSize, k.Pos, k.Block, k.Name, "表 %s 有 %d 列，InnoDB 最多 1017 列", k.Name, n)
	}
	if total := k.rowBytes(); total > 65535 && !slices.ContainsFunc(k.Columns, k.tooLong) {
		k.fail(RowSize, k.Pos, k.Block, k.Name, "表 %s 定义行宽 %d 超过 65535 字节，请把长 VARCHAR 改为 TEXT 或拆表", k.Name, total)
	}
}

// tooLong is a column that is longer than any row by itself, which is said
// elsewhere.
func (k *tableCheck) tooLong(c *Column) bool {
	return c.Type.Name == "varchar" && c.Type.arg(0) > 65535/k.charBytes(c)
}

// rowBytes is the size of the longest row as the server counts it.
func (k *tableCheck) rowBytes() int {
	total, nullable := 0, 0
	for _, c := range k.Columns {
		if c.Generated != nil && !c.Stored {
			continue
		}
		value, head := k.columnBytes(c)
		total += value + head
		nullable += b2i(c.Null != NotNull && !k.inPrimary(c.Name))
	}
	return total + (nullable+7)/8
}

// RowBytes is the longest row of a MySQL table in bytes, as error 1118 counts
// it: TEXT, BLOB and JSON are pointers.
func (t *Table) RowBytes() int { return (&tableCheck{Table: t}).rowBytes() }

// KeyBytes is the length of a MySQL index in bytes, as error 1071 counts it.
func (t *Table) KeyBytes(ix *Index) int {
	total := 0
	for _, p := range ix.Parts {
		total += (&tableCheck{Table: t}).partBytes(p)
	}
	return total
}

// partBytes is the length of one part of a key.
func (k *tableCheck) partBytes(p Part) int {
	c, ok := k.Column(p.Column)
	if !ok {
		return 0
	}
	if p.Length > 0 {
		return p.Length * k.charBytes(c)
	}
	if c.Type.Big() {
		return 0
	}
	value, _ := k.columnBytes(c)
	return value
}

// maxKeyBytes is the limit of InnoDB with its usual row format; redundant and
// compact rows have a smaller one.
func (k *tableCheck) maxKeyBytes() int {
	if o, ok := k.Option("ROW_FORMAT"); ok && slices.Contains([]string{"COMPACT", "REDUNDANT", "compact", "redundant"}, o.Value) {
		return 767
	}
	return 3072
}

// mysqlKeyLengths is error 1071.
func mysqlKeyLengths(k *tableCheck) {
	for _, ix := range k.Keys() {
		if ix.Kind != Plain && ix.Kind != PrimaryKey {
			continue
		}
		total := 0
		for _, p := range ix.Parts {
			n := k.partBytes(p)
			total += n
			if limit := k.maxKeyBytes(); n > limit {
				k.failIndex(KeyLength, ix, "%s 的列 %s 长度 %d 字节，超过 %d，请用前缀索引", label(ix), p.Column, n, limit)
				total = 0
				break
			}
		}
		if total > 3072 {
			k.failIndex(KeyLength, ix, "%s 长度 %d 字节，超过 3072，请缩短列或用前缀索引", label(ix), total)
		}
	}
}
