// Package ddl reads table definitions as values with exact positions, and says
// what a real server would refuse.
//
// The text is read in four steps, each of which survives what the one before
// it could not understand:
//
//	text → tokens → statements → grammar → model → catalog
//
// Tokens and statements are our own, because a grammar stops at its first
// error and knows no columns: full-width punctuation, curly quotes, a comma
// too many, a missing one are found here and said in words people use. Each
// statement then goes alone through the grammar of its dialect (MySQL, TiDB,
// OceanBase: marino; PostgreSQL: oliphant; ClickHouse, Doris and neutral SQL:
// a tolerant reader of our own; MongoDB and search: as far as the form of the
// document goes). What the grammar understood becomes a Schema; executing its
// statements one by one against a catalog in memory finds what MySQL or
// PostgreSQL would answer with an error although the grammar is content.
//
//	s := ddl.Parse(ddl.MySQL, src)
//	for _, p := range s.Problems {
//		fmt.Println(p.Line, p.Column, p.Message)
//	}
//
// Lines and columns are 1-based and count characters, byte offsets are
// 0-based. Everything is a pure function of the text; a panic inside a
// grammar becomes a Problem.
package ddl

// Dialect is the family of DDL a text is written in; the values are those of
// the design's dialects.
type Dialect string

// The dialects of domain.md §3.9 and decisions.md 14.
const (
	MySQL      Dialect = "mysql" // MariaDB and PolarDB too
	TiDB       Dialect = "tidb"
	OceanBase  Dialect = "oceanbase"
	PostgreSQL Dialect = "postgresql" // openGauss too
	ClickHouse Dialect = "clickhouse"
	MongoDB    Dialect = "mongodb"
	Search     Dialect = "search" // Elasticsearch, OpenSearch
	Doris      Dialect = "doris"
	Neutral    Dialect = "neutral" // 达梦, Oracle, 其他
)

// like is the dialect whose grammar and rules a dialect follows.
func (d Dialect) like() Dialect {
	switch d {
	case TiDB, OceanBase, "":
		return MySQL
	default:
		return d
	}
}

// A Block is a piece of DDL inside a larger document, such as one code fence
// of a chapter.
type Block struct {
	Dialect Dialect
	Text    string
	Line    int // of the first line of Text in the document, 1-based; 0 means 1
}

// Parse reads one text. It never fails: what cannot be read is a Problem.
func Parse(d Dialect, src string) Schema { return ParseBlocks(Block{Dialect: d, Text: src}) }
