package ddl_test

import (
	"fmt"
	"strings"
)

// postgresParents are tables and types that the cases may use.
const postgresParents = `CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE p_user (id BIGINT PRIMARY KEY, no VARCHAR(32) NOT NULL UNIQUE, age INT, uid UUID UNIQUE);
CREATE TABLE p_shop (id INT NOT NULL, city CHAR(6) NOT NULL, kind INT, PRIMARY KEY (id, city));
CREATE INDEX taken ON p_user (age);
`

// postgresBase has expressions that any type satisfies: whether two types have
// an operator in common is beyond what we check.
var postgresBase = []baseTable{
	{[]string{"id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "user_id BIGINT NOT NULL", "order_no VARCHAR(32) NOT NULL", "amount NUMERIC(18,2) NOT NULL DEFAULT 0", "status SMALLINT NOT NULL DEFAULT 1", "created_at TIMESTAMPTZ NOT NULL DEFAULT now()", "CONSTRAINT uk_order_no UNIQUE (order_no)"}, ""},
	{[]string{"id BIGSERIAL", "name TEXT NOT NULL DEFAULT ''", "tags TEXT[] NOT NULL DEFAULT '{}'", "attrs JSONB NOT NULL DEFAULT '{}'", "born DATE", "ok BOOLEAN NOT NULL DEFAULT false", "ip INET", "PRIMARY KEY (id)", "CHECK (born IS NOT NULL)"}, ""},
	{[]string{"id UUID NOT NULL DEFAULT gen_random_uuid()", "k VARCHAR(64) NOT NULL", "v BYTEA", "seen_at TIMESTAMPTZ NOT NULL", "weight DOUBLE PRECISION NOT NULL DEFAULT 1.5", "m mood NOT NULL DEFAULT 'a'", "PRIMARY KEY (id, seen_at)", "UNIQUE (k, seen_at)"}, ""},
	{[]string{"id BIGINT NOT NULL", "a INT NOT NULL", "b INT DEFAULT 5", "c INT GENERATED ALWAYS AS (num_nulls(a, b)) STORED", "d CHAR(20)", "PRIMARY KEY (id)", "CONSTRAINT ck CHECK (num_nonnulls(a, b) > 0)", "FOREIGN KEY (id) REFERENCES p_user (id)"}, ""},
}

var (
	postgresTypes = strings.Split(`SMALLINT|INT|INTEGER|BIGINT|INT(11)|NUMERIC(10,2)|NUMERIC|NUMERIC(2000,1)|REAL|DOUBLE PRECISION|DOUBLE|FLOAT|FLOAT(60)|TEXT|TEXT(100)|VARCHAR|VARCHAR(20)|VARCHAR(0)|CHAR(10)|CHARACTER VARYING(10)|BYTEA|BOOLEAN|BOOL|DATE|TIME|TIMESTAMP|TIMESTAMPTZ|TIMESTAMP(3)|TIMESTAMP WITH TIME ZONE|DATETIME|TINYINT|TINYINT(1)|MEDIUMTEXT|BLOB|JSON|JSONB|UUID|INET|INTERVAL|MONEY|XML|POINT|mood|moood|INT[]|ENUM('a','b')|SERIAL|BIT(8)|TSVECTOR|INT UNSIGNED`, "|")

	postgresDefaults = strings.Split(`0|1|-1|40000|'0'|'1'|''|'a'|'abc'|'1.5'|1.5|NULL|CURRENT_TIMESTAMP|now()|CURRENT_DATE|'2025-01-01'|'2025-01-01 10:00:00'|'0000-00-00'|true|false|'t'|'{}'|'[]'|'{"a":1}'|'not json'|gen_random_uuid()|uuid()|'00000000-0000-0000-0000-000000000000'|'c'|id|(1 + 1)|'10.0.0.1'|99999999999`, "|")

	postgresAttributes = strings.Split(`NOT NULL|UNIQUE|PRIMARY KEY|CHECK (id IS NOT NULL)|CHECK (nope > 0)|REFERENCES p_user (id)|REFERENCES p_nope (id)|REFERENCES p_user (age)|REFERENCES p_user|REFERENCES p_user (uid)|AUTO_INCREMENT|COMMENT 'x'|GENERATED ALWAYS AS IDENTITY|COLLATE "C"|ON UPDATE CURRENT_TIMESTAMP`, "|")
)

var postgresSteps = []func(mutator, *baseTable){
	dropElement, duplicateElement, postgresType, postgresType, postgresDefault, postgresDefault, postgresAttribute,
	postgresConstraint, postgresConstraint, postgresForeign, postgresPartition, postgresRename, postgresIndex,
}

func postgresType(m mutator, t *baseTable) {
	m.edit(t, func(name, _ string) string { return name + " " + pick(m.r, postgresTypes) })
}

func postgresDefault(m mutator, t *baseTable) {
	m.edit(t, func(name, rest string) string {
		typ := strings.Fields(rest)[0]
		if typ == "DOUBLE" || m.r.IntN(3) == 0 {
			typ = pick(m.r, postgresTypes)
		}
		return fmt.Sprintf("%s %s DEFAULT %s", name, typ, pick(m.r, postgresDefaults))
	})
}

func postgresAttribute(m mutator, t *baseTable) {
	m.edit(t, func(name, rest string) string { return name + " " + rest + " " + pick(m.r, postgresAttributes) })
}

func postgresConstraint(m mutator, t *baseTable) {
	kind := pick(m.r, []string{"UNIQUE", "PRIMARY KEY", "CONSTRAINT uk2 UNIQUE", "CONSTRAINT ck UNIQUE", "CONSTRAINT taken UNIQUE", "CONSTRAINT p_user UNIQUE"})
	m.add(t, fmt.Sprintf("%s (%s)", kind, strings.Join(m.names(*t, 2), ", ")))
}

func postgresForeign(m mutator, t *baseTable) {
	target := pick(m.r, []string{"p_user (id)", "p_user", "p_user (no)", "p_user (age)", "p_user (nope)", "p_nope (id)", "p_shop (id)", "p_shop (city, id)", "p_shop", "p_user (uid)"})
	m.add(t, fmt.Sprintf("FOREIGN KEY (%s) REFERENCES %s", strings.Join(m.names(*t, 2), ", "), target))
}

func postgresPartition(m mutator, t *baseTable) {
	c := m.name(*t)
	if m.r.IntN(2) == 0 {
		for i, e := range t.elements {
			if strings.HasPrefix(e, "PRIMARY KEY (") || strings.HasPrefix(e, "UNIQUE (") {
				t.elements[i] = strings.TrimSuffix(e, ")") + ", " + c + ")"
			}
		}
	}
	from, to, next := pick(m.r, []string{"'2025-01-01'", "'1'", "1", "MINVALUE"}), pick(m.r, []string{"'2025-02-01'", "'10'", "10"}), pick(m.r, []string{"'2025-03-01'", "'20'", "20", "MAXVALUE"})
	child := fmt.Sprintf("; CREATE TABLE t_case_1 PARTITION OF t_case FOR VALUES FROM (%s) TO (%s); CREATE TABLE t_case_2 PARTITION OF t_case FOR VALUES FROM (%s) TO (%s)",
		from, to, pick(m.r, []string{to, from}), next)
	t.tail = fmt.Sprintf(pick(m.r, []string{
		" PARTITION BY RANGE (%s)", " PARTITION BY LIST (%s)", " PARTITION BY HASH (%s)", " PARTITION BY LIST (%s); CREATE TABLE t_case_1 PARTITION OF t_case FOR VALUES IN ('a'); CREATE TABLE t_case_2 PARTITION OF t_case FOR VALUES IN ('b')",
		" PARTITION BY LIST (%s); CREATE TABLE t_case_1 PARTITION OF t_case FOR VALUES IN ('a'); CREATE TABLE t_case_2 PARTITION OF t_case FOR VALUES IN ('c', 'a')",
		" PARTITION BY RANGE (%s); CREATE TABLE t_case_1 PARTITION OF t_case DEFAULT; CREATE TABLE t_case_2 PARTITION OF t_case DEFAULT",
	}), c)
	if strings.HasPrefix(t.tail, " PARTITION BY RANGE") && !strings.Contains(t.tail, ";") {
		t.tail += child
	}
}

func postgresRename(m mutator, t *baseTable) {
	m.edit(t, func(_, rest string) string {
		return pick(m.r, []string{"id", "renamed", "user", "order", "rank", "end"}) + " " + rest
	})
}

func postgresIndex(m mutator, t *baseTable) {
	t.tail += fmt.Sprintf("; CREATE %s INDEX %s ON t_case (%s); COMMENT ON COLUMN t_case.%s IS 'x'",
		pick(m.r, []string{"", "UNIQUE"}), pick(m.r, []string{"ix", "taken", "p_shop", "ix2"}), strings.Join(m.names(*t, 2), ", "), m.name(*t))
}
