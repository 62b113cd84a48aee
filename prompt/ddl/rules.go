package ddl

import (
	"fmt"
	"strings"
)

// tableCheck is a table on its way into the catalog.
type tableCheck struct {
	*catalog
	*Table
}

// everyRules hold for every dialect, even for a table that the grammar did not
// take as a whole.
var everyRules = []func(*tableCheck){duplicateColumns}

// tableRules are what a server of a dialect checks when it makes a table, in
// the order in which it would complain.
var tableRules = map[Dialect][]func(*tableCheck){
	MySQL: {
		mysqlNames, mysqlColumnTypes, mysqlCharsets, mysqlAutoIncrement, mysqlNullable, mysqlDefaults, mysqlOnUpdate,
		mysqlExpressions, mysqlPrimary, mysqlIndexes, mysqlIndexNames, mysqlKeyLengths, mysqlSpecialIndexes, mysqlRowSize,
		mysqlEngine, mysqlComments, mysqlForeignKeys, mysqlPartitions,
	},
	PostgreSQL: {
		postgresNames, postgresColumnTypes, postgresPrimary, postgresIndexes, postgresRelations, postgresDefaults,
		postgresChecks, postgresForeignKeys, postgresPartitioned, postgresPartitionOf,
	},
	ClickHouse: {clickhouseKeys},
	Doris:      {clickhouseKeys},
	Neutral:    {neutralKeys},
}

// fail reports a problem of the table at a place of it.
func (k *tableCheck) fail(code Code, pos Pos, block int, object, format string, args ...any) {
	k.failFix(nil, code, pos, block, object, format, args...)
}

// failFix is fail with a lossless repair.
func (k *tableCheck) failFix(fix []Edit, code Code, pos Pos, block int, object, format string, args ...any) {
	k.report(Problem{Pos: pos, Block: block, Code: code, Table: k.Name, Object: object, Message: fmt.Sprintf(format, args...), Fix: fix})
}

// failColumn is fail at a column.
func (k *tableCheck) failColumn(code Code, col *Column, format string, args ...any) {
	k.fail(code, col.Pos, col.Block, k.Name+"."+col.Name, format, args...)
}

// failIndex is fail at an index.
func (k *tableCheck) failIndex(code Code, ix *Index, format string, args ...any) {
	k.fail(code, ix.Pos, ix.Block, cmp(ix.Name, k.Name), format, args...)
}

// label is how a message names an index.
func label(ix *Index) string {
	switch {
	case ix.Kind == PrimaryKey:
		return "主键"
	case ix.Name != "":
		return "索引 " + ix.Name
	default:
		return "索引 (" + strings.Join(ix.Columns(), ", ") + ")"
	}
}

// unknown says whether a column is missing; the columns of a table made by
// LIKE or SELECT are not known.
func (k *tableCheck) unknown(name string) bool {
	if k.Derived {
		return false
	}
	_, ok := k.Column(name)
	return !ok
}

func duplicateColumns(k *tableCheck) {
	seen := map[string]bool{}
	for _, c := range k.Columns {
		name := strings.ToLower(c.Name)
		if seen[name] {
			k.failFix([]Edit{{c.Removal.Start, c.Removal.End, ""}}, DuplicateCol, c.Pos, c.Block, k.Name+"."+c.Name, "表 %s 的列 %s 重复定义", k.Name, c.Name)
		}
		seen[name] = true
	}
}

// unknownParts reports the columns of an index that do not exist.
func (k *tableCheck) unknownParts(ix *Index) (bad bool) {
	for _, p := range ix.Parts {
		names := []string{p.Column}
		if p.Expr != nil {
			names = p.Expr.Columns
		}
		for _, n := range names {
			if n != "" && k.unknown(n) {
				k.fail(UnknownColumn, p.Pos, ix.Block, cmp(ix.Name, k.Name), "%s 引用了不存在的列 %s", label(ix), n)
				bad = true
			}
		}
	}
	return bad
}

// clickhouseKeys checks that sort key, primary key, partition and TTL read
// columns of the table.
func clickhouseKeys(k *tableCheck) {
	check := func(what string, es ...Expr) {
		for _, e := range es {
			for _, n := range e.Columns {
				if k.unknown(n) {
					k.fail(UnknownColumn, e.Pos, k.Block, k.Name, "%s 引用了不存在的列 %s", what, n)
				}
			}
		}
	}
	check("排序键", k.OrderBy...)
	if k.TTL != nil {
		check("TTL", *k.TTL)
	}
	if k.Partition != nil && k.Partition.Expr != nil {
		check("分区表达式", *k.Partition.Expr)
	}
	for _, ix := range k.Keys() {
		k.unknownParts(ix)
	}
	for _, c := range k.Columns {
		base := strings.TrimSuffix(strings.ToLower(c.Type.Name), "()")
		if k.dialect == ClickHouse && !isClickhouseType(base) {
			k.failColumn(BadType, c, "列 %s.%s 的类型 %s 不是 ClickHouse 的类型", k.Name, c.Name, c.Type.Written)
		}
	}
}

// clickhouseTypes are the first words of ClickHouse's types and of the SQL
// aliases it takes.
var clickhouseTypes = " " + strings.Join(strings.Fields(`uint8 uint16 uint32 uint64 uint128 uint256 int8 int16 int32 int64
	int128 int256 float32 float64 bfloat16 decimal decimal32 decimal64 decimal128 decimal256 bool boolean string
	fixedstring uuid date date32 datetime datetime32 datetime64 time time64 enum enum8 enum16 lowcardinality nullable array
	tuple map nested simpleaggregatefunction aggregatefunction ipv4 ipv6 point ring linestring polygon multipolygon
	multilinestring json object variant dynamic nothing intervalday tinyint smallint mediumint int integer bigint float
	double real numeric dec fixed char varchar text tinytext mediumtext longtext blob binary varbinary timestamp year bit
	character nchar signed unsigned bytea clob int1 geometry qbit set`), " ") + " "

func isClickhouseType(base string) bool { return strings.Contains(clickhouseTypes, " "+base+" ") }

func neutralKeys(k *tableCheck) {
	if k.Primary != nil {
		k.unknownParts(k.Primary)
	}
	for _, ix := range k.Indexes {
		k.unknownParts(ix)
	}
}
