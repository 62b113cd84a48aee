package design

import (
	"strconv"
	"strings"
	"time"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/pattern"
)

var decimalText = pattern.New(`^-?\d{1,18}(\.\d{1,8})?$`)

// integerBits are the widths of the integer types.
var integerBits = map[string]int{"TINYINT": 8, "SMALLINT": 16, "MEDIUMINT": 24, "INT": 32, "BIGINT": 64}

// usable says whether a type can have that default: none for large values,
// numbers in range, moments as CURRENT_TIMESTAMP or a date.
func usable(v, typ string) bool {
	name, args := capacity.ParseType(typ)
	bits, integer := integerBits[name]
	switch {
	case isLarge(name), strings.HasSuffix(name, "BINARY"):
		return false
	case integer && strings.HasSuffix(typ, "UNSIGNED"):
		_, err := strconv.ParseUint(v, 10, bits)
		return err == nil
	case integer:
		_, err := strconv.ParseInt(v, 10, bits)
		return err == nil
	case name == "DECIMAL":
		return decimalText.MatchString(v) && len(args) == 2 && fits(v, args[0], args[1])
	case name == "DOUBLE":
		return decimalText.MatchString(v)
	case isTime(name):
		return strings.EqualFold(v, "CURRENT_TIMESTAMP") || isDate(v)
	case name == "DATE":
		return isDate(v)
	case len(args) > 0:
		return len([]rune(v)) <= args[0]
	}
	return true
}

func isDate(v string) bool {
	_, err := time.Parse(time.DateOnly, v)
	return err == nil
}

// fits says whether a decimal has no more digits than the type.
func fits(v string, precision, scale int) bool {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(v, "-"), ".")
	return len(strings.TrimLeft(whole, "0")) <= precision-scale && len(fraction) <= scale
}

// literal writes a usable default.
func literal(v, typ string) string {
	name, _ := capacity.ParseType(typ)
	switch {
	case integerBits[name] > 0, name == "DECIMAL", name == "DOUBLE":
		return v
	case isTime(name) && strings.EqualFold(v, "CURRENT_TIMESTAMP"):
		return "CURRENT_TIMESTAMP"
	}
	return quote(strings.ReplaceAll(v, `\`, ""))
}

// bounded is a type a server takes: a scale within the precision, texts too
// long for CHAR as VARCHAR, too long for VARCHAR as TEXT.
func bounded(typ string) string {
	name, args := capacity.ParseType(typ)
	n := 0
	if len(args) > 0 {
		n = args[0]
	}
	switch {
	case name == "CHAR" && n > 255:
		return "VARCHAR(" + itoa(n) + ")"
	case name == "VARCHAR" && n > 5000:
		return "TEXT"
	case strings.HasSuffix(name, "BINARY") && n > 5000:
		return "BLOB"
	case name == "DECIMAL" && (n > 65 || len(args) > 1 && (args[1] > 30 || args[1] > n)):
		return "DECIMAL(18,2)"
	}
	return typ
}
