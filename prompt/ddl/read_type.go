package ddl

import (
	"slices"
	"strings"
)

// typePhrases are the types of several words, longest first.
var typePhrases = [][]string{
	{"NATIONAL", "CHARACTER", "VARYING"},
	{"NATIONAL", "CHAR", "VARYING"},
	{"NATIONAL", "CHARACTER"},
	{"NATIONAL", "CHAR"},
	{"NATIONAL", "VARCHARACTER"},
	{"NATIONAL", "VARCHAR"},
	{"NCHAR", "VARYING"},
	{"NCHAR", "VARCHAR"},
	{"NCHAR", "VARCHARACTER"},
	{"CHARACTER", "VARYING"},
	{"CHAR", "VARYING"},
	{"CHAR", "BYTE"},
	{"BIT", "VARYING"},
	{"DOUBLE", "PRECISION"},
	{"LONG", "VARCHAR"},
	{"LONG", "VARCHARACTER"},
	{"LONG", "VARBINARY"},
	{"LONG", "CHAR", "VARYING"},
	{"LONG", "CHARACTER", "VARYING"},
}

// mysqlTypes folds the synonyms of MySQL.
var mysqlTypes = pairs(`integer=int int4=int int8=bigint int2=smallint int1=tinyint int3=mediumint middleint=mediumint
	bool=tinyint boolean=tinyint dec=decimal numeric=decimal fixed=decimal double_precision=double real=double
	float8=double float4=float character=char nchar=char national_char=char national_character=char
	character_varying=varchar char_varying=varchar varcharacter=varchar nvarchar=varchar national_varchar=varchar
	national_varcharacter=varchar national_char_varying=varchar national_character_varying=varchar
	nchar_varchar=varchar nchar_varying=varchar nchar_varcharacter=varchar long=mediumtext long_varchar=mediumtext
	long_varcharacter=mediumtext long_char_varying=mediumtext long_character_varying=mediumtext
	long_varbinary=mediumblob char_byte=binary geomcollection=geometrycollection serial=bigint`)

// postgresTypes folds the synonyms of PostgreSQL.
var postgresTypes = pairs(`integer=int int4=int int8=bigint int2=smallint bool=boolean decimal=numeric dec=numeric
	float8=double float=double double_precision=double float4=real character=char national_char=char
	national_character=char nchar=char character_varying=varchar char_varying=varchar national_char_varying=varchar
	national_character_varying=varchar nchar_varying=varchar bit_varying=varbit bpchar=char
	serial=int serial4=int bigserial=bigint serial8=bigint smallserial=smallint serial2=smallint`)

// pairs reads "a=b c=d" as a map.
func pairs(s string) map[string]string {
	m := map[string]string{}
	for _, f := range strings.Fields(s) {
		k, v, _ := strings.Cut(f, "=")
		m[k] = v
	}
	return m
}

// typ reads a column type. ok is false when nothing like a type comes next.
func (c *cursor) typ() (t Type, ok bool) {
	start := c.i
	name := c.typeName()
	if name == "" {
		return t, false
	}
	t.Name = canonical(c.dialect, name)
	if c.sees("(") {
		inside, _ := c.group()
		for _, arg := range commas(inside) {
			t.Args = append(t.Args, c.written(arg))
			if len(arg) == 1 && arg[0].kind == text {
				t.Values = append(t.Values, unquote(c.dialect, arg[0].text))
			}
		}
	}
	c.typeZone(&t)
	for c.sees("[") || c.accept("ARRAY") {
		c.group()
		t.Array = true
	}
	c.typeFlags(&t)
	t.Written = c.written(c.since(start))
	return t, true
}

// typeName is the words of a type in lower case.
func (c *cursor) typeName() string {
	for _, phrase := range typePhrases {
		if c.sees(phrase...) {
			c.i += len(phrase)
			return strings.ToLower(strings.Join(phrase, " "))
		}
	}
	if !c.peek(0).isName() {
		return ""
	}
	_, name := c.qualified()
	if c.dialect.like() == ClickHouse {
		return name.name()
	}
	return strings.ToLower(name.name())
}

func canonical(d Dialect, name string) string {
	table := mysqlTypes
	switch d.like() {
	case PostgreSQL:
		table = postgresTypes
	case ClickHouse:
		return strings.ToLower(name)
	}
	if to, ok := table[strings.ReplaceAll(name, " ", "_")]; ok {
		return to
	}
	return name
}

// typeZone reads WITH TIME ZONE and the fields of an interval.
func (c *cursor) typeZone(t *Type) {
	if t.Name != "timestamp" && t.Name != "time" {
		return
	}
	if c.accept("WITH", "TIME", "ZONE") {
		t.Name += "tz"
	}
	c.accept("WITHOUT", "TIME", "ZONE")
}

func (c *cursor) typeFlags(t *Type) {
	for {
		switch {
		case c.accept("UNSIGNED"):
			t.Unsigned = true
		case c.accept("ZEROFILL"):
			t.Unsigned, t.Zerofill = true, true
		case !c.accept("SIGNED"):
			return
		}
	}
}

// Length is the number in the brackets, such as 32 of VARCHAR(32).
func (t Type) Length() (int, bool) {
	if len(t.Args) == 0 {
		return 0, false
	}
	return atoi(t.Args[0])
}

// Scale is the second number in the brackets, such as 2 of DECIMAL(10,2).
func (t Type) Scale() (int, bool) {
	if len(t.Args) < 2 {
		return 0, false
	}
	return atoi(t.Args[1])
}

// atoi reads a small number without sign; what does not fit is cut at 1e9.
func atoi(s string) (int, bool) {
	n := 0
	s = strings.TrimSpace(s)
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = min(n*10+int(c-'0'), 1e9)
	}
	return n, s != ""
}

// families of MySQL types.
var (
	integerTypes = strings.Fields(`tinyint smallint mediumint int bigint`)
	charTypes    = strings.Fields(`char varchar tinytext text mediumtext longtext enum set`)
	textTypes    = strings.Fields(`tinytext text mediumtext longtext`)
	blobTypes    = strings.Fields(`tinyblob blob mediumblob longblob`)
	spatialTypes = strings.Fields(`geometry point linestring polygon multipoint multilinestring multipolygon geometrycollection`)
)

// Integer says whether the type is a whole number.
func (t Type) Integer() bool { return slices.Contains(integerTypes, t.Name) }

// Big says whether values live outside the row: TEXT, BLOB, JSON, spatial.
func (t Type) Big() bool {
	return slices.Contains(textTypes, t.Name) || slices.Contains(blobTypes, t.Name) || t.Name == "json" || t.Spatial()
}

// Textual says whether the type holds characters.
func (t Type) Textual() bool { return slices.Contains(charTypes, t.Name) }

// Spatial says whether the type is a geometry.
func (t Type) Spatial() bool { return slices.Contains(spatialTypes, t.Name) }
