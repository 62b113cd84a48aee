package ddl

import (
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"
)

// mysqlDefaults is errors 1067, 1101 and 1064 for a call without brackets.
func mysqlDefaults(k *tableCheck) {
	for _, c := range k.Columns {
		if c.Default == nil || c.AutoIncrement {
			continue
		}
		k.mysqlDefault(c, c.Default)
	}
}

func (k *tableCheck) mysqlDefault(c *Column, d *Expr) {
	bad := func(code Code, format string, args ...any) {
		var fix []Edit
		if code == NotNullNull || code == BigDefault {
			fix = []Edit{{c.DefaultSpan.Start, c.DefaultSpan.End, ""}}
		}
		k.failFix(fix, code, d.Pos, c.Block, k.Name+"."+c.Name, format, args...)
	}
	switch {
	case d.Bracket:
		for _, n := range d.Columns {
			if k.unknown(n) {
				bad(UnknownColumn, "列 %s 的默认值引用了不存在的列 %s", c.Name, n)
			}
		}
	case d.Kind == NullWord && c.Null != NotNull && k.inPrimary(c.Name):
		bad(NotNullNull, "主键列 %s.%s 的默认值不能是 NULL", k.Name, c.Name)
	case d.Kind == NullWord && c.Null == NotNull:
		bad(NotNullNull, "列 %s.%s 同时声明 NOT NULL 与 DEFAULT NULL", k.Name, c.Name)
	case d.Kind == NullWord:
	case d.Kind == Now:
		if c.Type.Name != "datetime" && c.Type.Name != "timestamp" {
			bad(BadDefault, "列 %s.%s 是 %s，只有 DATETIME 和 TIMESTAMP 能用 DEFAULT CURRENT_TIMESTAMP", k.Name, c.Name, c.Type.Written)
		} else if fraction(d) != max(c.Type.arg(0), 0) {
			bad(BadDefault, "列 %s.%s 的默认值 %s 小数秒位数要与类型 %s 一致", k.Name, c.Name, d.Text, c.Type.Written)
		}
	case d.Kind == Func:
		bad(BadDefault, "列 %s.%s 的默认值是函数，要加括号：DEFAULT (%s)", k.Name, c.Name, shown(d.Text))
	case d.Kind == Other || d.Kind == ColRef || d.Kind == MaxValue:
		bad(BadDefault, "列 %s.%s 的默认值 %s 要写成字面值，表达式要加括号", k.Name, c.Name, shown(d.Text))
	case c.Type.Big():
		bad(BigDefault, "%s 列 %s 不能有字面默认值，请去掉或写成 DEFAULT (…)", strings.ToUpper(c.Type.Name), c.Name)
	case !k.fits(c, d):
		bad(BadDefault, "列 %s.%s 的默认值 %s 与类型 %s 不匹配", k.Name, c.Name, shown(d.Text), c.Type.Written)
	}
}

// fits says whether a literal can be stored in a column in strict mode.
func (k *tableCheck) fits(c *Column, d *Expr) bool {
	t, v := c.Type, d.Value
	if d.Kind == Bool {
		v = map[string]string{"true": "1", "false": "0"}[d.Value]
	}
	switch {
	case d.Kind == Bits:
		return !slices.Contains([]string{"date", "datetime", "timestamp", "time", "year", "enum", "set"}, t.Name)
	case t.Integer():
		return fitsInteger(t, v)
	case t.Name == "decimal":
		return fitsDecimal(t, v)
	case t.Name == "float" || t.Name == "double":
		n, ok := numeral(v)
		return ok && (!t.Unsigned || n.Sign() >= 0) && (len(t.Args) < 2 || fitsDecimal(t, v))
	case t.Name == "bit":
		if d.Kind == String {
			return len(v) <= (max(t.arg(0), 1)+7)/8
		}
		n, ok := numeral(v)
		return ok && n.Sign() >= 0 && n.Num().BitLen() <= max(t.arg(0), 1)
	case t.Name == "char" || t.Name == "varchar":
		return utf8.RuneCountInString(strings.TrimRight(v, " ")) <= length(t)
	case t.Name == "binary" || t.Name == "varbinary":
		return len(v) <= length(t)
	case t.Name == "enum":
		return d.Kind == String && member(t.Values, v)
	case t.Name == "set":
		return d.Kind == String && (v == "" || !slices.ContainsFunc(strings.Split(v, ","), func(s string) bool { return !member(t.Values, s) }))
	}
	return fitsTime(t, d, v)
}

// length is n of CHAR(n), 1 when it is left out.
func length(t Type) int {
	if n, ok := t.Length(); ok {
		return n
	}
	return 1
}

func member(values []string, v string) bool {
	return slices.ContainsFunc(values, func(s string) bool {
		return strings.EqualFold(strings.TrimRight(s, " "), strings.TrimRight(v, " "))
	})
}

// numeral reads a decimal number exactly.
func numeral(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s, "/_xX") || len(s) > 400 {
		return nil, false
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		if n, ok := atoi(strings.TrimLeft(s[i+1:], "+-")); !ok || n > 400 {
			return nil, false
		}
	}
	return new(big.Rat).SetString(s)
}

// integerBits are the sizes of the whole numbers.
var integerBits = map[string]uint{"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "bigint": 64}

// fitsInteger rounds as the server does and looks at the range.
func fitsInteger(t Type, v string) bool {
	n, ok := numeral(v)
	if !ok {
		return false
	}
	half := big.NewRat(1, 2)
	if n.Sign() < 0 {
		half.Neg(half)
	}
	n = new(big.Rat).Add(n, half)
	whole := new(big.Int).Quo(n.Num(), n.Denom())
	bits := integerBits[t.Name]
	low, high := new(big.Int), new(big.Int).Lsh(big.NewInt(1), bits)
	if !t.Unsigned {
		high.Rsh(high, 1)
		low.Neg(high)
	}
	return whole.Cmp(low) >= 0 && whole.Cmp(high) < 0
}

// fitsDecimal looks at the digits before the point; those behind are rounded.
func fitsDecimal(t Type, v string) bool {
	n, ok := numeral(v)
	if !ok || t.Unsigned && n.Sign() < 0 {
		return false
	}
	whole, scale := t.arg(0), max(t.arg(1), 0)
	if whole <= 0 {
		whole = 10
	}
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(whole-scale)), nil)
	return new(big.Rat).Abs(n).Cmp(new(big.Rat).SetInt(limit)) < 0
}
