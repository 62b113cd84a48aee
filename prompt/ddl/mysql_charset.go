package ddl

import (
	"slices"
	"strings"
)

// mysqlCharsetBytes is the longest character of every character set.
var mysqlCharsetBytes = func() map[string]int {
	m := map[string]int{}
	for n, names := range []string{
		1: `latin1 latin2 latin5 latin7 ascii binary cp850 cp852 cp866 cp1250 cp1251 cp1256 cp1257 dec8 hp8 koi8r koi8u swe7
			macce macroman keybcs2 armscii8 hebrew greek tis620 geostd8`,
		2: `gbk gb2312 big5 sjis cp932 euckr ucs2`,
		3: `utf8 utf8mb3 ujis eucjpms`,
		4: `utf8mb4 utf16 utf16le utf32 gb18030`,
	} {
		for _, name := range strings.Fields(names) {
			m[name] = n
		}
	}
	return m
}()

// collationEndings follow the character set in the name of a collation.
var collationEndings = strings.Fields(`bin general_ci general_cs unicode_ci unicode_520_ci 0900_ai_ci 0900_as_ci 0900_as_cs
	0900_bin zh_0900_as_cs ja_0900_as_cs ja_0900_as_cs_ks chinese_ci japanese_ci korean_ci swedish_ci german1_ci german2_ci
	danish_ci spanish_ci spanish2_ci turkish_ci hungarian_ci croatian_ci czech_ci czech_cs polish_ci romanian_ci
	slovak_ci slovenian_ci estonian_ci estonian_cs latvian_ci lithuanian_ci lithuanian_cs icelandic_ci persian_ci roman_ci
	esperanto_ci sinhala_ci vietnamese_ci bulgarian_ci ukrainian_ci thai_ci english_ci general_mysql500_ci nopad_bin`)

// knownCollation says whether a collation may exist.
func knownCollation(name string) bool {
	if name == "binary" {
		return true
	}
	charset, ending, ok := strings.Cut(name, "_")
	if mysqlCharsetBytes[charset] == 0 || !ok {
		return false
	}
	modern := strings.Contains(ending, "0900")
	if modern && charset != "utf8mb4" {
		return false
	}
	return slices.Contains(collationEndings, ending) || modern && len(ending) > len("0900_as_cs")
}

// charsetOf is the character set of a collation.
func charsetOf(collation string) string {
	charset, _, _ := strings.Cut(collation, "_")
	return sameCharset(charset)
}

// sameCharset gives utf8 its long name.
func sameCharset(name string) string {
	if name == "utf8" {
		return "utf8mb3"
	}
	return name
}

// mysqlCharsets is errors 1115, 1253 and 1273.
func mysqlCharsets(k *tableCheck) {
	pos := k.Pos
	for _, o := range k.Options {
		if strings.Contains(o.Name, "CHAR") || strings.Contains(o.Name, "COLLATE") {
			pos = o.Pos
		}
	}
	k.charset(k.Charset, k.Collation, "表 "+k.Name, k.Name, pos, k.Block)
	for _, c := range k.Columns {
		k.charset(c.Charset, c.Collation, "列 "+k.Name+"."+c.Name, k.Name+"."+c.Name, c.Pos, c.Block)
	}
}

func (k *tableCheck) charset(charset, collation, what, object string, pos Pos, block int) {
	switch {
	case charset != "" && charset != "default" && mysqlCharsetBytes[charset] == 0:
		k.fail(BadCharset, pos, block, object, "%s 的字符集 %s 不存在，请用 utf8mb4", what, charset)
	case collation == "" || collation == "default":
	case !knownCollation(collation):
		k.fail(BadCharset, pos, block, object, "%s 的排序规则 %s 不存在", what, collation)
	case charset != "" && sameCharset(charset) != charsetOf(collation):
		k.fail(BadCharset, pos, block, object, "%s 的排序规则 %s 不属于字符集 %s", what, collation, charset)
	}
}

// effective is the character set and collation of a column, with the server's
// default utf8mb4 at the end.
func (k *tableCheck) effective(c *Column) (charset, collation string) {
	charset, collation = c.Charset, c.Collation
	if charset == "" && collation == "" {
		charset, collation = k.Charset, k.Collation
	}
	if charset == "" && collation != "" {
		charset = charsetOf(collation)
	}
	if charset == "" || charset == "default" {
		charset = "utf8mb4"
	}
	return sameCharset(charset), collation
}

// charBytes is how many bytes a character of the column may take.
func (k *tableCheck) charBytes(c *Column) int {
	if c.Type.Name == "binary" || c.Type.Name == "varbinary" || !c.Type.Textual() {
		return 1
	}
	charset, _ := k.effective(c)
	return max(mysqlCharsetBytes[charset], 1)
}
