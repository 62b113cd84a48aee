package capacity

import (
	"math"
	"strconv"
	"strings"
)

// GB is the number of bytes of one gigabyte everywhere in a chapter.
const GB = 1e9

// fixedBytes are the types whose size needs no argument (§3.6.1).
var fixedBytes = map[string]int{
	"BIGINT": 8, "INT": 4, "INTEGER": 4, "MEDIUMINT": 3, "SMALLINT": 2, "TINYINT": 1, "BOOLEAN": 1, "BOOL": 1,
	"DATE": 3, "TIME": 3, "YEAR": 1, "FLOAT": 4, "DOUBLE": 8, "JSON": 300, "JSONB": 300,
	"TEXT": 1000, "MEDIUMTEXT": 1000, "LONGTEXT": 1000, "BLOB": 1000, "MEDIUMBLOB": 1000, "LONGBLOB": 1000, "BYTEA": 1000,
}

// ParseType splits a SQL type into its upper-case name and its arguments:
// "DECIMAL(18,2)" → DECIMAL, 18, 2. UNSIGNED and the like are left out.
func ParseType(typ string) (name string, args []int) {
	typ = strings.ToUpper(strings.TrimSpace(typ))
	if head, rest, ok := strings.Cut(typ, "("); ok {
		list, _, _ := strings.Cut(rest, ")")
		for a := range strings.SplitSeq(list, ",") {
			n, _ := strconv.Atoi(strings.TrimSpace(a))
			args = append(args, n)
		}
		return strings.TrimSpace(head), args
	}
	name, _, _ = strings.Cut(typ, " ")
	return name, nil
}

// ColumnBytes is the average stored size of a column of a MySQL type that no
// inference rule gives an average for (§3.6.1). Unknown types count 8.
func ColumnBytes(typ string) int {
	name, args := ParseType(typ)
	n := 0
	if len(args) > 0 {
		n = args[0]
	}
	switch name {
	case "DECIMAL", "NUMERIC":
		scale := 0
		if len(args) > 1 {
			scale = args[1]
		}
		return decimalBytes(max(n-scale, 0)) + decimalBytes(scale)
	case "DATETIME", "TIMESTAMP":
		return 5 + (n+1)/2
	case "CHAR", "BINARY":
		return max(n, 1)
	case "VARBINARY":
		return (n+1)/2 + 1
	case "VARCHAR":
		if n >= 200 {
			return int(math.Ceil(float64(n)*3/10)) + 2
		}
		return int(math.Ceil(float64(n)*9/10)) + 1
	}
	if b, ok := fixedBytes[name]; ok {
		return b
	}
	return 8
}

// decimalBytes packs nine digits into four bytes, the rest by table.
func decimalBytes(digits int) int {
	rest := [...]int{0, 1, 1, 2, 2, 3, 3, 4, 4}
	return digits/9*4 + rest[digits%9]
}

// Variable says whether InnoDB keeps a length for a column of that type.
func Variable(typ string) bool {
	name, _ := ParseType(typ)
	switch name {
	case "VARCHAR", "VARBINARY", "JSON", "TEXT", "MEDIUMTEXT", "LONGTEXT", "BLOB", "MEDIUMBLOB", "LONGBLOB":
		return true
	}
	return false
}

// RowBytes is an InnoDB row: header 5, transaction id 6, roll pointer 7, the
// null bitmap, one length byte for each variable column, the columns (§3.6.2).
func RowBytes(nullable, variable, columns int) int {
	return 18 + (nullable+7)/8 + variable + columns
}

// IndexBytes is one entry of a secondary index whose key columns take that
// many bytes: record header 5 and the primary key 8 (§3.6.3).
func IndexBytes(columns int) int { return 5 + columns + 8 }

// PerRow is what one logical row takes on disk: clustered pages are filled to
// 80 %, randomly filled secondary pages to 69 % (§3.6.4).
func PerRow(row int, indexes ...int) float64 {
	sum := 0
	for _, b := range indexes {
		sum += b
	}
	return float64(row)/0.80 + float64(sum)/0.69
}

// Gigabytes is rows times bytes a row.
func Gigabytes(rows, perRow float64) float64 { return rows * perRow / GB }

// ClickHouseRatio is the compression assumed until system.parts says better
// (§3.6.11).
const ClickHouseRatio = 8

// ClickHouseBytes is the raw size of a ClickHouse column; avg is the average
// length of a String without its length byte (§3.6.11).
func ClickHouseBytes(typ string, avg int) int {
	typ = strings.TrimSuffix(strings.TrimPrefix(typ, "LowCardinality("), ")")
	switch {
	case strings.HasPrefix(typ, "String"):
		return avg + 1
	case strings.HasPrefix(typ, "DateTime64"), strings.HasSuffix(typ, "Int64"), strings.HasPrefix(typ, "Decimal"), typ == "Float64":
		return 8
	case strings.HasSuffix(typ, "Int8"):
		return 1
	case strings.HasSuffix(typ, "Int16"), typ == "Date":
		return 2
	}
	return 4
}

// ClickHouseGB is the compressed size of one replica.
func ClickHouseGB(rows float64, rawBytes int) float64 {
	return rows * float64(rawBytes) / ClickHouseRatio / GB
}

// DiskGB is the disk to buy: the data with 30 % to spare, and the binary log
// of keepDays days (§3.6.10).
func DiskGB(dataGB, rowsWrittenADay float64, row, keepDays int) float64 {
	return dataGB*1.3 + rowsWrittenADay*float64(row)*2*float64(keepDays)/GB
}
