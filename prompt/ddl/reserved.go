package ddl

import (
	"strings"

	"dbchapter/prompt/infer"
)

// dialectName is how people call a dialect.
var dialectName = map[Dialect]string{
	MySQL: "MySQL", TiDB: "TiDB", OceanBase: "OceanBase", PostgreSQL: "PostgreSQL",
	ClickHouse: "ClickHouse", Doris: "Doris", Neutral: "该数据库",
}

// reservedFlaw is the first bare reserved word that stands where a new name is
// given: a table, a column, an index, a constraint.
func reservedFlaw(s source, toks []token) *flaw {
	if like := s.dialect.like(); like != MySQL && like != PostgreSQL {
		return nil
	}
	v := verb(toks)
	if v != "CREATE TABLE" {
		return nil
	}
	_, cut, ok := s.createTable(toks)
	if !ok {
		return reservedTable(s, toks)
	}
	if f := s.reserved(cut.name); f != nil {
		return f
	}
	for _, e := range cut.elements {
		if f := s.reservedElement(e); f != nil {
			return f
		}
	}
	return nil
}

// reservedTable is a table whose name could not even be read.
func reservedTable(s source, toks []token) *flaw {
	for i, t := range toks[:len(toks)-1] {
		if t.is("TABLE") {
			return s.reserved(toks[i+1])
		}
	}
	return nil
}

func (s source) reservedElement(e []token) *flaw {
	if len(e) < 2 {
		return nil
	}
	if !s.isConstraint(e) {
		return s.reserved(e[0])
	}
	if s.columnInDisguise(e) {
		return s.reserved(e[0])
	}
	for i, t := range e[:len(e)-1] {
		named := t.isAny("KEY", "INDEX") && i+2 < len(e) && e[i+2].is("(") || t.is("CONSTRAINT") && i+2 < len(e)
		if named && !(t.is("CONSTRAINT") && e[i+1].isAny("PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE")) {
			if f := s.reserved(e[i+1]); f != nil {
				return f
			}
		}
		if t.is("(") {
			return s.reservedParts(e[i:])
		}
	}
	return nil
}

// reservedParts looks at the plain columns of a key.
func (s source) reservedParts(toks []token) *flaw {
	inside, _ := s.cursor(toks).group()
	for _, part := range commas(inside) {
		if len(part) == 1 || len(part) > 1 && part[1].isAny("ASC", "DESC") {
			if f := s.reserved(part[0]); f != nil {
				return f
			}
		}
	}
	return nil
}

// columnInDisguise says whether an element that starts like a key is a column
// with a reserved name: `key VARCHAR(64)`, `index INT NOT NULL`.
func (s source) columnInDisguise(e []token) bool {
	if !e[0].isAny("KEY", "INDEX", "CHECK", "PRIMARY", "UNIQUE", "FOREIGN") || e[1].kind != word {
		return false
	}
	name := strings.ToLower(e[1].text)
	if !knownType(s.dialect, name) {
		return false
	}
	_, reserved := infer.Reserved(string(s.dialect.like()), name)
	return reserved || len(e) == 2 || !e[2].is("(") && !e[2].is("USING")
}

// reserved is the flaw of a bare word that is reserved.
func (s source) reserved(t token) *flaw {
	if t.kind != word {
		return nil
	}
	like := s.dialect.like()
	better, reserved := infer.Reserved(string(like), t.text)
	if !reserved {
		return nil
	}
	quote, code, since := "`", ReservedWord, " "
	if like == PostgreSQL {
		quote = `"`
	} else if v := infer.ReservedSince(string(like), t.text); v != "8.0" {
		code, since = ReservedLater, " "+v+" 起的"
	}
	advice := "请改名"
	if better != "" {
		advice += "（建议 " + better + "）"
	}
	f := s.flaw(code, t, "%s 是 %s%s保留字，%s或加引号 %s", t.text, dialectName[like], since, advice, quote+t.text+quote)
	f.Object = t.text
	return f.replacing(t, quote+t.text+quote, true)
}
