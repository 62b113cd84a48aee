package ddl_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// baseTable is a table as a list that mutations change.
type baseTable struct {
	elements []string
	tail     string
}

func (t baseTable) clone() baseTable {
	return baseTable{elements: append([]string(nil), t.elements...), tail: t.tail}
}

// sql is the table on one line, so that a server's line number names a case.
func (t baseTable) sql() string {
	return fmt.Sprintf("CREATE TABLE t_case (%s)%s", strings.Join(t.elements, ", "), t.tail)
}

// mysqlParents are tables that foreign keys of the cases may point at.
const mysqlParents = `CREATE TABLE p_user (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, no VARCHAR(32) NOT NULL UNIQUE, age INT, name VARCHAR(20)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE p_shop (id INT NOT NULL, city CHAR(6) NOT NULL, kind INT, PRIMARY KEY (id, city), KEY k (kind)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
`

// mysqlBase are plain tables of the kind that people design.
var mysqlBase = []baseTable{
	{[]string{"id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '主键'", "user_id BIGINT UNSIGNED NOT NULL", "order_no VARCHAR(32) NOT NULL COMMENT '订单号'", "amount DECIMAL(18,2) NOT NULL DEFAULT 0.00", "status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-新建，2-完成'", "created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP", "updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP", "PRIMARY KEY (id)", "UNIQUE KEY uk_order_no (order_no)", "KEY idx_user (user_id, created_at)"}, " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='订单表'"},
	{[]string{"id INT NOT NULL AUTO_INCREMENT PRIMARY KEY", "name VARCHAR(100) NOT NULL DEFAULT ''", "body MEDIUMTEXT", "level SMALLINT UNSIGNED NOT NULL DEFAULT 0", "city CHAR(6) NOT NULL DEFAULT ''", "born DATE DEFAULT NULL", "score FLOAT NOT NULL DEFAULT 0", "INDEX idx_name (name)", "INDEX idx_city_level (city, level)"}, " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"},
	{[]string{"id BIGINT NOT NULL", "k VARCHAR(64) NOT NULL", "v VARBINARY(255)", "seen_at DATETIME(3) NOT NULL", "weight DOUBLE NOT NULL DEFAULT 1.5", "flags SET('a','b','c') NOT NULL DEFAULT 'a'", "kind ENUM('x','y','z') NOT NULL DEFAULT 'x'", "PRIMARY KEY (id, seen_at)", "UNIQUE KEY uk_k (k, seen_at)"}, " ENGINE=InnoDB"},
	{[]string{"tenant_id INT UNSIGNED NOT NULL", "id BIGINT NOT NULL", "at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP", "t TIME DEFAULT '10:00:00'", "y YEAR DEFAULT 2020", "b BIT(8) DEFAULT b'101'", "ratio DECIMAL(5,4) UNSIGNED NOT NULL DEFAULT 0", "note TEXT", "PRIMARY KEY (tenant_id, id)", "KEY idx_note (note(20))", "CONSTRAINT ck CHECK (ratio <= 1)"}, " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci"},
	{[]string{"id BIGINT NOT NULL PRIMARY KEY", "a INT NOT NULL", "b INT DEFAULT 5", "c INT GENERATED ALWAYS AS (a + b) STORED", "d VARCHAR(20) CHARACTER SET latin1", "e CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL", "KEY kc (c)", "KEY kde (d, e)"}, " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"},
	{[]string{"id BIGINT UNSIGNED NOT NULL", "user_id BIGINT UNSIGNED NOT NULL", "shop_id INT", "PRIMARY KEY (id)", "KEY ku (user_id)", "CONSTRAINT fk_u FOREIGN KEY (user_id) REFERENCES p_user (id)"}, " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"},
}

// mysqlTypes, mysqlDefaults, mysqlAttributes and mysqlTails are what mutations
// put into a table: right and wrong ones.
var (
	mysqlTypes = strings.Split(`TINYINT|SMALLINT UNSIGNED|MEDIUMINT|INT|INT UNSIGNED|BIGINT|BIGINT UNSIGNED|INT(11)|INT(300)|DECIMAL(10,2)|DECIMAL(70,2)|DECIMAL(5,9)|DECIMAL(20,31)|DECIMAL|FLOAT|FLOAT(60)|DOUBLE|DOUBLE(10,2)|BIT(8)|BIT(70)|CHAR(10)|CHAR(300)|CHAR|VARCHAR(20)|VARCHAR(255)|VARCHAR(1000)|VARCHAR(17000)|VARCHAR(70000)|VARCHAR(8000)|BINARY(16)|VARBINARY(100)|VARBINARY(4000)|TEXT|TINYTEXT|LONGTEXT|BLOB|JSON|DATE|DATETIME|DATETIME(3)|DATETIME(7)|TIMESTAMP|TIMESTAMP(6)|TIME|TIME(3)|YEAR|ENUM('a','b')|ENUM('a','a')|ENUM('a','A')|SET('a','b')|SET('a','b,c')|VARCHAR|BOOL|VARCHAR(20) CHARACTER SET latin1|VARCHAR(20) CHARACTER SET utf9|CHAR(20) CHARACTER SET gbk|TEXT CHARACTER SET utf8`, "|")

	mysqlDefaults = strings.Split(`0|1|-1|300|40000|3000000000|'0'|'1'|''|'a'|'abc'|'1.5'|1.5|0.005|99999999999.5|'12abc'|NULL|CURRENT_TIMESTAMP|CURRENT_TIMESTAMP(3)|NOW()|'2025-01-01'|'2025-01-01 10:00:00'|'2025-02-30'|'0000-00-00'|'0000-00-00 00:00:00'|'1970-01-01 00:00:00'|'2039-01-01'|20250101|'10:00:00'|TRUE|FALSE|b'101'|'b'|'a,b'|'c'|(1 + 1)|(NOW())|'a very long default value that is longer than many columns are'|2020|1800`, "|")

	mysqlAttributes = strings.Split(`NOT NULL|NULL|AUTO_INCREMENT|UNIQUE|PRIMARY KEY|COMMENT 'x'|ON UPDATE CURRENT_TIMESTAMP|ON UPDATE CURRENT_TIMESTAMP(3)|CHECK (id > 0)|CHECK (nope > 0)|COLLATE utf8mb4_bin|COLLATE latin1_bin|COLLATE utf8mb4_nope_ci|CHARACTER SET utf8mb4|UNSIGNED|ZEROFILL|DEFAULT NULL NOT NULL`, "|")

	mysqlTails = strings.Split(` ENGINE=InnoDB| ENGINE=InoDB| ENGINE=InnoDB DEFAULT CHARSET=latin1| ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin| ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=latin1_bin| ENGINE=InnoDB DEFAULT CHARSET=utf99| ENGINE=InnoDB COLLATE=utf8mb4_general_ci| ENGINE=InnoDB DEFAULT CHARSET=gbk| ENGINE=InnoDB ROW_FORMAT=DYNAMIC`, "|")
)

// mutator changes tables at random.
type mutator struct{ r *rand.Rand }

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// columns are the indexes of elements that are columns, and their names.
func (t baseTable) columns() (at []int, names []string) {
	for i, e := range t.elements {
		first, _, _ := strings.Cut(e, " ")
		switch first {
		case "PRIMARY", "UNIQUE", "KEY", "INDEX", "CONSTRAINT", "FULLTEXT", "FOREIGN", "CHECK":
		default:
			at, names = append(at, i), append(names, first)
		}
	}
	return at, names
}

// name is a column of the table, seldom one that it does not have.
func (m mutator) name(t baseTable) string {
	_, names := t.columns()
	if len(names) == 0 || m.r.IntN(12) == 0 {
		return "nope"
	}
	return pick(m.r, names)
}

func (m mutator) names(t baseTable, most int) []string {
	var out []string
	for range 1 + m.r.IntN(most) {
		out = append(out, m.name(t))
	}
	return out
}

// mutate makes one to three changes, mostly one, lest one mistake hides
// another.
func (m mutator) mutate(t baseTable, steps []func(mutator, *baseTable)) baseTable {
	t = t.clone()
	for range pick(m.r, []int{1, 1, 1, 1, 2, 3}) {
		pick(m.r, steps)(m, &t)
	}
	return t
}

// edit changes one column.
func (m mutator) edit(t *baseTable, f func(name, rest string) string) {
	at, _ := t.columns()
	if len(at) == 0 {
		return
	}
	i := pick(m.r, at)
	name, rest, _ := strings.Cut(t.elements[i], " ")
	t.elements[i] = f(name, rest)
}

func (m mutator) add(t *baseTable, element string) {
	t.elements = append(t.elements, element)
}

var mysqlSteps = []func(mutator, *baseTable){
	dropElement, duplicateElement, newType, newType, newDefault, newDefault, newAttribute, newIndex, newIndex, newTail,
	newForeign, newPartition, renameColumn,
}

func dropElement(m mutator, t *baseTable) {
	if len(t.elements) < 2 {
		return
	}
	i := m.r.IntN(len(t.elements))
	t.elements = append(t.elements[:i:i], t.elements[i+1:]...)
}

func duplicateElement(m mutator, t *baseTable) { m.add(t, pick(m.r, t.elements)) }

func newType(m mutator, t *baseTable) {
	m.edit(t, func(name, rest string) string {
		null := ""
		if strings.Contains(rest, "NOT NULL") {
			null = " NOT NULL"
		}
		return name + " " + pick(m.r, mysqlTypes) + null
	})
}

func newDefault(m mutator, t *baseTable) {
	m.edit(t, func(name, rest string) string {
		typ := strings.Fields(rest)[0]
		if m.r.IntN(3) == 0 {
			typ = pick(m.r, mysqlTypes)
		}
		return fmt.Sprintf("%s %s DEFAULT %s", name, typ, pick(m.r, mysqlDefaults))
	})
}

func newAttribute(m mutator, t *baseTable) {
	m.edit(t, func(name, rest string) string { return name + " " + rest + " " + pick(m.r, mysqlAttributes) })
}

func newIndex(m mutator, t *baseTable) {
	cols := m.names(*t, 3)
	for i := range cols {
		if m.r.IntN(5) == 0 {
			cols[i] += fmt.Sprintf("(%d)", pick(m.r, []int{1, 10, 100, 191, 800, 2000}))
		}
	}
	kind := pick(m.r, []string{"KEY ix", "KEY idx_user", "UNIQUE KEY ux", "UNIQUE KEY ux2", "FULLTEXT KEY ft", "PRIMARY KEY", "INDEX", "UNIQUE"})
	m.add(t, fmt.Sprintf("%s (%s)", kind, strings.Join(cols, ", ")))
}

func newTail(m mutator, t *baseTable) { t.tail = pick(m.r, mysqlTails) }

func newForeign(m mutator, t *baseTable) {
	target := pick(m.r, []string{"p_user (id)", "p_user (no)", "p_user (age)", "p_user (nope)", "p_nope (id)", "p_shop (id)", "p_shop (city)", "p_shop (kind)", "p_user (name)"})
	action := pick(m.r, []string{"", "", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON UPDATE RESTRICT"})
	m.add(t, fmt.Sprintf("FOREIGN KEY (%s) REFERENCES %s%s", m.name(*t), target, action))
}

func newPartition(m mutator, t *baseTable) {
	c := m.name(*t)
	if m.r.IntN(2) == 0 { // give it a chance to be right
		for i, e := range t.elements {
			if strings.HasPrefix(e, "PRIMARY KEY (") || strings.HasPrefix(e, "UNIQUE KEY") {
				t.elements[i] = strings.TrimSuffix(e, ")") + ", " + c + ")"
			}
		}
	}
	t.tail = " ENGINE=InnoDB" + fmt.Sprintf(pick(m.r, []string{
		" PARTITION BY HASH (%s) PARTITIONS 4", " PARTITION BY KEY (%s) PARTITIONS 4", " PARTITION BY HASH (YEAR(%s)) PARTITIONS 4",
		" PARTITION BY RANGE (%s) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
		" PARTITION BY RANGE (%s) (PARTITION p0 VALUES LESS THAN (30), PARTITION p1 VALUES LESS THAN (20))",
		" PARTITION BY RANGE (%s) (PARTITION p0 VALUES LESS THAN (10), PARTITION p0 VALUES LESS THAN MAXVALUE)",
		" PARTITION BY RANGE (%s) (PARTITION p0 VALUES LESS THAN MAXVALUE, PARTITION p1 VALUES LESS THAN (20))",
		" PARTITION BY RANGE (TO_DAYS(%s)) (PARTITION p0 VALUES LESS THAN (TO_DAYS('2025-01-01')), PARTITION p1 VALUES LESS THAN (TO_DAYS('2025-02-01')))",
		" PARTITION BY RANGE (UNIX_TIMESTAMP(%s)) (PARTITION p0 VALUES LESS THAN (UNIX_TIMESTAMP('2025-01-01 00:00:00')), PARTITION p1 VALUES LESS THAN MAXVALUE)",
		" PARTITION BY RANGE COLUMNS (%s) (PARTITION p0 VALUES LESS THAN ('2025-01-01'), PARTITION p1 VALUES LESS THAN ('2025-02-01'), PARTITION pm VALUES LESS THAN (MAXVALUE))",
		" PARTITION BY RANGE COLUMNS (%s) (PARTITION p0 VALUES LESS THAN ('2025-03-01'), PARTITION p1 VALUES LESS THAN ('2025-02-01'))",
		" PARTITION BY LIST (%s) (PARTITION a VALUES IN (1,2), PARTITION b VALUES IN (3))",
		" PARTITION BY LIST (%s) (PARTITION a VALUES IN (1,2), PARTITION b VALUES IN (2))",
		" PARTITION BY LIST COLUMNS (%s) (PARTITION a VALUES IN ('x','y'), PARTITION b VALUES IN ('z'))",
		" PARTITION BY RANGE (%s)",
	}), c)
}

func renameColumn(m mutator, t *baseTable) {
	m.edit(t, func(_, rest string) string {
		return pick(m.r, []string{"id", "renamed", "rank", "order", "a b"}) + " " + rest
	})
}
