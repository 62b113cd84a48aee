package ddl

import (
	"fmt"
	"slices"
	"strings"
)

// mysqlTypeNames are the names a MySQL type may begin with.
var mysqlTypeNames = strings.Fields(`tinyint smallint mediumint int integer bigint int1 int2 int3 int4 int8 middleint
	bool boolean decimal dec numeric fixed float double real float4 float8 bit char character varchar varcharacter nchar
	nvarchar national long binary varbinary tinytext text mediumtext longtext tinyblob blob mediumblob longblob enum set
	json date datetime timestamp time year serial vector geometry point linestring polygon multipoint multilinestring
	multipolygon geometrycollection geomcollection`)

// postgresTypeNames are PostgreSQL's built-in types and those of the extensions
// that schemas commonly use.
var postgresTypeNames = strings.Fields(`smallint int bigint numeric real double money boolean char varchar text bytea name
	date time timetz timestamp timestamptz interval uuid json jsonb xml inet cidr macaddr macaddr8 bit varbit point line
	lseg box path polygon circle tsvector tsquery int4range int8range numrange tsrange tstzrange daterange int4multirange
	int8multirange nummultirange tsmultirange tstzmultirange datemultirange oid regclass regtype regproc regrole xid xid8
	cid tid pg_lsn txid_snapshot pg_snapshot jsonpath bpchar "char"
	geometry geography raster vector halfvec sparsevec citext hstore ltree lquery cube`)

func isPostgresType(canonical string) bool { return slices.Contains(postgresTypeNames, canonical) }

// knownType says whether a type may begin with that lower-case word.
func knownType(d Dialect, name string) bool {
	switch d.like() {
	case MySQL:
		return slices.Contains(mysqlTypeNames, name)
	case PostgreSQL:
		return isPostgresType(canonical(d, name)) || strings.Contains(name, "serial") || name == "character" || name == "double"
	}
	return true
}

// foreignType is the MySQL type for a type of another database.
var mysqlForType = pairs(`bigserial=BIGINT_AUTO_INCREMENT serial8=BIGINT_AUTO_INCREMENT smallserial=SMALLINT_AUTO_INCREMENT
	serial4=INT_AUTO_INCREMENT jsonb=JSON timestamptz=DATETIME timetz=TIME bytea=BLOB uuid=CHAR(36) inet=VARCHAR(45)
	cidr=VARCHAR(45) macaddr=CHAR(17) money=DECIMAL(18,2) xml=TEXT citext=VARCHAR(255) hstore=JSON interval=BIGINT
	string=VARCHAR(255) varchar2=VARCHAR(255) nvarchar2=VARCHAR(255) number=DECIMAL(18,2) clob=LONGTEXT nclob=LONGTEXT
	ntext=LONGTEXT datetime2=DATETIME smalldatetime=DATETIME datetimeoffset=DATETIME uniqueidentifier=CHAR(36)
	image=LONGBLOB raw=VARBINARY(255) int16=SMALLINT int32=INT int64=BIGINT uint8=TINYINT_UNSIGNED
	uint16=SMALLINT_UNSIGNED uint32=INT_UNSIGNED uint64=BIGINT_UNSIGNED float32=FLOAT float64=DOUBLE array=JSON object=JSON
	map=JSON list=JSON datetime64=DATETIME(3) lowcardinality=VARCHAR(64) nullable=VARCHAR(255) number38=DECIMAL(38,0)
	"char"=CHAR(1) tsvector=TEXT smallmoney=DECIMAL(10,4)`)

// postgresForType is the PostgreSQL type for a type of another database.
var postgresForType = pairs(`datetime=TIMESTAMPTZ tinyint=SMALLINT mediumint=INTEGER tinytext=TEXT mediumtext=TEXT
	longtext=TEXT blob=BYTEA tinyblob=BYTEA mediumblob=BYTEA longblob=BYTEA binary=BYTEA varbinary=BYTEA year=SMALLINT
	enum=VARCHAR(32) set=TEXT[] nvarchar=VARCHAR string=TEXT varchar2=VARCHAR number=NUMERIC clob=TEXT nclob=TEXT
	datetime2=TIMESTAMPTZ smalldatetime=TIMESTAMPTZ uniqueidentifier=UUID image=BYTEA int1=SMALLINT int3=INTEGER
	int32=INTEGER int64=BIGINT uint8=SMALLINT uint16=INTEGER uint32=BIGINT uint64=NUMERIC(20) float32=REAL
	float64=DOUBLE_PRECISION bool8=BOOLEAN long=BIGINT object=JSONB array=JSONB map=JSONB linestring=GEOMETRY
	multipolygon=GEOMETRY double=DOUBLE_PRECISION`)

// foreignElement is the first column whose type this database does not have,
// and keys inside a PostgreSQL table.
func foreignElement(s source, toks []token) *flaw {
	if verb(toks) != "CREATE TABLE" {
		return nil
	}
	_, cut, ok := s.createTable(toks)
	if !ok {
		return nil
	}
	for i, e := range cut.elements {
		var f *flaw
		switch s.dialect.like() {
		case MySQL:
			f = s.mysqlTypeFlaw(e)
		case PostgreSQL, Neutral:
			f = s.inlineIndexFlaw(cut, i)
		}
		if f != nil {
			return f
		}
	}
	return nil
}

// mysqlTypeFlaw is a column without a type of MySQL.
func (s source) mysqlTypeFlaw(e []token) *flaw {
	if len(e) == 0 || !e[0].isName() || s.isConstraint(e) {
		return nil
	}
	if len(e) == 1 || e[1].isAny("NOT", "NULL", "DEFAULT", "COMMENT", "PRIMARY", "AUTO_INCREMENT") {
		return s.flaw(BadType, e[0], "列 %s 缺少类型", e[0].name()).inserting(e[0].end(), " INT", false)
	}
	t, name := e[1], strings.ToLower(e[1].text)
	if t.kind != word {
		return nil
	}
	if name == "varchar" || name == "varbinary" || name == "nvarchar" {
		return s.lengthFlaw(e)
	}
	if knownType(s.dialect, name) {
		if len(e) > 3 && e[2].is("[") && e[3].is("]") {
			f := s.flaw(OtherDialect, e[2], "%s 不支持数组类型，请用 JSON", dialectName[s.dialect])
			f.edits = []Edit{{t.start, e[3].end(), "JSON"}}
			return f
		}
		return nil
	}
	end := t
	c := s.cursor(e)
	c.i = 2
	if _, ok := c.group(); ok {
		end = e[min(c.i, len(e))-1]
	}
	better, ok := mysqlForType[name]
	if !ok {
		return s.flaw(BadType, t, "列 %s 的类型 %s 不是 %s 的类型", e[0].name(), shown(t.text), dialectName[s.dialect]).stopping()
	}
	better = strings.ReplaceAll(better, "_", " ")
	if strings.Contains(better, "AUTO") {
		better = strings.ReplaceAll(better, "AUTO INCREMENT", "AUTO_INCREMENT")
	}
	f := s.flaw(OtherDialect, t, "%s 没有 %s 类型，请改为 %s", dialectName[s.dialect], strings.ToUpper(t.text), better)
	f.Object = e[0].name()
	f.edits = []Edit{{t.start, end.end(), better}}
	return f
}

// lengthFlaw is a VARCHAR that says no length.
func (s source) lengthFlaw(e []token) *flaw {
	if len(e) > 2 && e[2].is("(") {
		if len(e) > 3 && e[3].is("MAX") {
			return s.flaw(BadType, e[3], "列 %s 的长度要写数字，%s 没有 MAX", e[0].name(), dialectName[s.dialect]).replacing(e[3], "255", false)
		}
		return nil
	}
	f := s.flaw(BadType, e[1], "列 %s 的 %s 缺少长度，如 %s(64)", e[0].name(), strings.ToUpper(e[1].text), strings.ToUpper(e[1].text))
	return f.inserting(e[1].end(), "(255)", false)
}

// inlineIndexFlaw is a key inside a PostgreSQL table; the grammar takes it for
// a column named index.
func (s source) inlineIndexFlaw(cut tableText, i int) *flaw {
	e := cut.elements[i]
	if len(e) < 3 || !e[0].isAny("INDEX", "KEY", "FULLTEXT", "SPATIAL") {
		return nil
	}
	last := e[len(e)-1]
	if !e[1].is("(") && !(e[1].isName() && e[2].is("(") && last.is(")")) && !e[0].isAny("FULLTEXT", "SPATIAL") {
		return nil
	}
	if knownType(s.dialect, strings.ToLower(e[1].text)) {
		return nil
	}
	f := s.flaw(OtherDialect, e[0], "%s 不能在建表语句里写 %s，请改为 CREATE INDEX … ON %s (…)", dialectName[s.dialect], e[0].text, cut.name.name())
	start, end := e[0].start, last.end()
	if i > 0 && len(cut.elements[i-1]) > 0 {
		prev := cut.elements[i-1]
		start = prev[len(prev)-1].end()
	} else if i+1 < len(cut.elements) && len(cut.elements[i+1]) > 0 {
		end = cut.elements[i+1][0].start
	}
	f.edits = []Edit{{start, end, ""}}
	return f
}

// foreignStatement is a whole statement of another database.
func foreignStatement(s source, toks []token) *flaw {
	if len(toks) < 2 {
		return nil
	}
	at := toks[0]
	switch v := verb(toks); {
	case s.dialect.like() == MySQL && v == "COMMENT ON":
		return s.flaw(OtherDialect, at, "COMMENT ON 是 PostgreSQL 语法，%s 请把注释写进建表语句的 COMMENT", dialectName[s.dialect]).stopping()
	case s.dialect.like() == MySQL && s.dialect != TiDB && v == "CREATE SEQUENCE":
		return s.flaw(OtherDialect, at, "%s 没有序列，请用 AUTO_INCREMENT 或号段服务", dialectName[s.dialect]).stopping()
	case s.dialect.like() == MySQL && slices.Contains([]string{"CREATE TYPE", "CREATE DOMAIN", "CREATE EXTENSION"}, v):
		return s.flaw(OtherDialect, at, "%s 是 PostgreSQL 语法", v).stopping()
	case s.dialect.like() == PostgreSQL:
		return backtickFlaw(s, toks)
	}
	for _, t := range toks {
		if t.kind == quoted && t.text == "``" {
			return s.flaw(BadName, t, "名称不能为空").stopping()
		}
	}
	return nil
}

// backtickFlaw is MySQL's way of quoting names.
func backtickFlaw(s source, toks []token) *flaw {
	var f *flaw
	for _, t := range toks {
		if t.kind != quoted || !strings.HasPrefix(t.text, "`") {
			continue
		}
		if f != nil && len(f.edits) == maxEdits {
			break
		}
		if f == nil {
			f = s.flaw(OtherDialect, t, "反引号是 MySQL 语法，PostgreSQL 的名称用双引号或不加引号")
		}
		f.replacing(t, fmt.Sprintf("%q", t.name()), true)
	}
	return f
}
