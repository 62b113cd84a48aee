package ddl_test

import (
	"fmt"
	"strings"
	"testing"

	"dbchapter/prompt/ddl"
)

// semantic is a statement and what the server would say: "" for nothing.
type semantic struct{ sql, want string }

func runSemantic(t *testing.T, d ddl.Dialect, before string, rows []semantic) {
	t.Helper()
	for _, tt := range rows {
		var got []string
		for _, p := range refused(d, before, tt.sql) {
			got = append(got, fmt.Sprintf("%s %s", p.Code, p.Object))
		}
		if strings.Join(got, "|") != tt.want {
			t.Errorf("%s\n\tgot  %q\n\twant %q", tt.sql, strings.Join(got, "|"), tt.want)
		}
	}
}

// Where a MariaDB server is at hand, TestAgreesWithMariaDB tries the same on
// random tables; these are the rules one by one, with what MariaDB sees
// differently.
func TestMySQLRules(t *testing.T) {
	runSemantic(t, ddl.MySQL, mysqlParents, []semantic{
		{"CREATE TABLE t (a INT, A INT)", "duplicate-column t.A"},
		{"CREATE TABLE t (PRIMARY KEY (id))", "syntax t|unknown-column PRIMARY"},
		{"CREATE TABLE t (a INT, KEY k (a, a))", "duplicate-name k"},
		{"CREATE TABLE t (a INT, KEY `primary` (a))", "bad-name primary"},
		{"CREATE TABLE t (a INT NULL, PRIMARY KEY (a))", "bad-index t.a"},
		{"CREATE TABLE t (a INT DEFAULT NULL, PRIMARY KEY (a))", "not-null-null t.a"},
		{"CREATE TABLE t (a VARCHAR(9) AUTO_INCREMENT PRIMARY KEY)", "auto-increment t.a"},
		{"CREATE TABLE t (a INT AUTO_INCREMENT DEFAULT 1 PRIMARY KEY)", "bad-default t.a"},
		{"CREATE TABLE t (a INT AUTO_INCREMENT, b INT, KEY (b, a))", "auto-increment t.a"},
		{"CREATE TABLE t (a INT AUTO_INCREMENT, KEY (a))", ""},
		{"CREATE TABLE t (a CHAR(256), b BIT(65), c DATETIME(7), d DECIMAL(66,1), e FLOAT(9,10), f SET('a,b'))", "bad-type t.a|bad-type t.b|bad-type t.c|bad-type t.d|bad-type t.e|bad-type t.f"},
		{"CREATE TABLE t (a VARCHAR(16383), b VARCHAR(1)) DEFAULT CHARSET=utf8mb4", "row-size t"},
		{"CREATE TABLE t (a VARCHAR(20000)) DEFAULT CHARSET=utf8mb4", "bad-type t.a"},
		{"CREATE TABLE t (a VARCHAR(20000) CHARACTER SET utf8mb3)", ""},
		{"CREATE TABLE t (a TEXT, b TEXT, c JSON, d VARCHAR(16000))", ""},
		{"CREATE TABLE t (a VARCHAR(768), KEY (a))", ""},
		{"CREATE TABLE t (a VARCHAR(769), KEY (a))", "key-length t"},
		{"CREATE TABLE t (a VARCHAR(769) CHARACTER SET latin1, KEY (a))", ""},
		{"CREATE TABLE t (a VARCHAR(500), b VARCHAR(500), KEY k (a, b))", "key-length k"},
		{"CREATE TABLE t (a VARCHAR(500), b VARCHAR(500), KEY k (a(100), b))", ""},
		{"CREATE TABLE t (a VARCHAR(10), KEY k (a(11)))", "key-length k"},
		{"CREATE TABLE t (a INT, KEY k (a(4)))", "key-length k"},
		{"CREATE TABLE t (a BLOB, KEY k (a))", "big-key k"},
		{"CREATE TABLE t (a JSON, KEY k (a))", "big-key k"},
		{"CREATE TABLE t (a INT, KEY k ((a)))", "bad-index k"},
		{"CREATE TABLE t (a INT, KEY k ((a + b)))", "unknown-column k"},
		{"CREATE TABLE t (a INT, FULLTEXT KEY k (a))", "bad-index k"},
		{"CREATE TABLE t (a POINT, SPATIAL KEY k (a))", "bad-index k"},
		{"CREATE TABLE t (a POINT NOT NULL, SPATIAL KEY k (a), KEY k2 (a))", "big-key k2"},
		{"CREATE TABLE t (a INT DEFAULT 1.4, b INT DEFAULT '5', c TINYINT UNSIGNED DEFAULT 255, d DECIMAL(3,1) DEFAULT 99.94)", ""},
		{"CREATE TABLE t (a INT DEFAULT '5x', c TINYINT UNSIGNED DEFAULT 256, d DECIMAL(3,1) DEFAULT 100, e TINYINT UNSIGNED DEFAULT -1)", "bad-default t.a|bad-default t.c|bad-default t.d|bad-default t.e"},
		{"CREATE TABLE t (a CHAR(2) DEFAULT '中文字', b VARCHAR(3) DEFAULT '中文字', c VARBINARY(3) DEFAULT '中文')", "bad-default t.a|bad-default t.c"},
		{"CREATE TABLE t (a ENUM('x','y') DEFAULT 'z', b SET('x','y') DEFAULT 'x,y', c SET('x') DEFAULT 'x,z')", "bad-default t.a|bad-default t.c"},
		{"CREATE TABLE t (a DATE DEFAULT '2025-02-29', b DATE DEFAULT '2024-02-29', c DATETIME DEFAULT '2025-01-01 25:00:00', d DATETIME DEFAULT '20250101')", "bad-default t.a|bad-default t.c"},
		{"CREATE TABLE t (a TIMESTAMP DEFAULT '0000-00-00 00:00:00', b TIMESTAMP DEFAULT '2039-01-01', c TIMESTAMP DEFAULT '2025-01-01')", "bad-default t.a|bad-default t.b"},
		{"CREATE TABLE t (a TIME DEFAULT '10:60:00', b TIME DEFAULT '-838:59:59', c YEAR DEFAULT 1900, d YEAR DEFAULT 2025)", "bad-default t.a|bad-default t.c"},
		{"CREATE TABLE t (a DATETIME DEFAULT CURRENT_TIMESTAMP(3), b DATETIME(3) DEFAULT NOW(3) ON UPDATE NOW(), c DATE DEFAULT CURRENT_TIMESTAMP)", "bad-default t.a|bad-default t.b|bad-default t.c"},
		{"CREATE TABLE t (a JSON DEFAULT '{}', b JSON DEFAULT ('{}'), c TEXT DEFAULT NULL)", "big-default t.a"},
		{"CREATE TABLE t (a INT DEFAULT (b + 1), b INT, c INT DEFAULT (d))", "unknown-column t.c"},
		{"CREATE TABLE t (a INT DEFAULT RAND())", "bad-default t.a"},
		{"CREATE TABLE t (a INT AS (b + 1), b INT AS (2))", "bad-expression t.a"},
		{"CREATE TABLE t (a INT AS (RAND()))", "bad-expression t"},
		{"CREATE TABLE t (a INT, b INT AS (a) VIRTUAL PRIMARY KEY)", "bad-expression t.b"},
		{"CREATE TABLE t (a INT CHECK (a > b), b INT)", "bad-expression t"},
		{"CREATE TABLE t (a INT, CONSTRAINT c CHECK (a > 0), CONSTRAINT c CHECK (a < 9))", "duplicate-name c"},
		{"CREATE TABLE t (a INT, CHECK (a > NOW()))", "bad-expression t"},
		{"CREATE TABLE t (a VARCHAR(9) CHARACTER SET gbk COLLATE utf8mb4_bin) COLLATE=utf8mb4_zz_ci", "bad-charset t"},
		{"CREATE TABLE t (a BIGINT UNSIGNED, FOREIGN KEY (a) REFERENCES p_user (id))", ""},
		{"CREATE TABLE t (a BIGINT, FOREIGN KEY f (a) REFERENCES p_user (id))", "bad-foreign-key t"},
		{"CREATE TABLE t (a VARCHAR(64), FOREIGN KEY (a) REFERENCES p_user (no))", ""},
		{"CREATE TABLE t (a VARCHAR(64) COLLATE utf8mb4_bin, FOREIGN KEY (a) REFERENCES p_user (no))", "bad-foreign-key t"},
		{"CREATE TABLE t (a INT, b CHAR(6), FOREIGN KEY (a, b) REFERENCES p_shop (id, city))", ""},
		{"CREATE TABLE t (a INT, b CHAR(6), FOREIGN KEY (b) REFERENCES p_shop (city))", "bad-foreign-key t"},
		{"CREATE TABLE t (a INT NOT NULL, FOREIGN KEY (a) REFERENCES p_shop (kind) ON DELETE SET NULL)", "bad-foreign-key t"},
		{"CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES p_shop (kind) ON DELETE SET DEFAULT)", "bad-foreign-key t"},
		{"CREATE TABLE t (id INT PRIMARY KEY, a INT, FOREIGN KEY (a) REFERENCES t (id))", ""},
		{"CREATE TABLE t (a INT REFERENCES nowhere (id))", ""},
		{"CREATE TABLE t (a INT, b DATE, UNIQUE KEY u (a)) PARTITION BY HASH (TO_DAYS(b)) PARTITIONS 2", "partition-key u"},
		{"CREATE TABLE t (a INT, b DATE) PARTITION BY RANGE (b) (PARTITION p VALUES LESS THAN (5))", "partition-rule t"},
		{"CREATE TABLE t (a INT) PARTITION BY RANGE (a) (PARTITION p VALUES LESS THAN ('x'))", "partition-rule t"},
		{"CREATE TABLE t (a INT) PARTITION BY RANGE (a / 2) (PARTITION p VALUES LESS THAN (1))", "partition-rule t"},
		{"CREATE TABLE t (a INT) PARTITION BY RANGE (SIN(a)) (PARTITION p VALUES LESS THAN (1))", "partition-rule t"},
		{"CREATE TABLE t (a INT) PARTITION BY RANGE (a) (PARTITION p VALUES LESS THAN MAXVALUE, PARTITION q VALUES LESS THAN (1))", "partition-rule t"},
		{"CREATE TABLE t (a TIMESTAMP) PARTITION BY RANGE COLUMNS (a) (PARTITION p VALUES LESS THAN ('2025-01-01'))", "partition-rule t"},
		{"CREATE TABLE t (a INT, b INT) PARTITION BY RANGE COLUMNS (a, b) (PARTITION p VALUES LESS THAN (1, 2), PARTITION q VALUES LESS THAN (1, MAXVALUE))", ""},
		{"CREATE TABLE t (a INT, b INT) PARTITION BY RANGE COLUMNS (a, b) (PARTITION p VALUES LESS THAN (1))", "syntax t"},
		{"CREATE TABLE t (a INT) PARTITION BY LIST (a) (PARTITION p VALUES IN (1, 2), PARTITION q VALUES IN (2))", "partition-rule t"},
		{"CREATE TABLE t (a INT) PARTITION BY LIST (a) (PARTITION p VALUES LESS THAN (1))", "syntax t"},
		{"CREATE TABLE t (a INT, FULLTEXT KEY f (b), b TEXT) PARTITION BY HASH (a) PARTITIONS 2", "partition-rule f"},
		{"CREATE TABLE t (a INT) PARTITION BY HASH (zz) PARTITIONS 2", "unknown-column t"},
		{"CREATE TABLE t (a INT); ALTER TABLE t ADD COLUMN a INT", "duplicate-column t.a"},
		{"CREATE TABLE t (a INT); ALTER TABLE t DROP COLUMN b, DROP KEY k, ADD KEY z (q)", "unknown-column t|unknown-object t|unknown-column z"},
		{"CREATE TABLE t (a INT); ALTER TABLE tt ADD b INT", "unknown-table tt"},
		{"CREATE TABLE t (a INT, KEY k (a)); CREATE INDEX k ON t (a)", "duplicate-index k"},
		{"CREATE TABLE t (a INT); DROP TABLE t; CREATE TABLE t (b INT)", ""},
		{"CREATE TABLE t (a INT); RENAME TABLE t TO u; CREATE TABLE t (b INT); CREATE INDEX i ON u (a)", ""},
		{"CREATE TABLE t (a INT PRIMARY KEY); ALTER TABLE t DROP PRIMARY KEY, ADD b INT PRIMARY KEY", ""},
	})
}

func TestPostgresRules(t *testing.T) {
	runSemantic(t, ddl.PostgreSQL, postgresParents, []semantic{
		{"CREATE TABLE t (a text(10), b varchar(0), c numeric(2000))", "bad-type t.a|bad-type t.b|bad-type t.c"},
		{"CREATE TABLE t (a mood, b moods, c geometry(Point,4326), d vector(3))", "bad-type t.b"},
		{"CREATE TABLE t (a text GENERATED ALWAYS AS IDENTITY)", "auto-increment t.a"},
		{"CREATE TABLE t (a serial DEFAULT 1)", "bad-default t.a"},
		{"CREATE TABLE t (a int NULL PRIMARY KEY)", "bad-index t.a"},
		{"CREATE TABLE t (a json UNIQUE)", "big-key t"},
		{"CREATE TABLE t (a int, UNIQUE (a, a))", "duplicate-name t"},
		{"CREATE TABLE t (a int, UNIQUE (b))", "unknown-column t"},
		{"CREATE TABLE t (a int); CREATE INDEX i ON t (lower(b))", "unknown-column i"},
		{"CREATE TABLE t (a int); CREATE INDEX i ON t (a) INCLUDE (b) WHERE c > 1", "unknown-column i|unknown-column i"},
		{"CREATE TABLE t (a int); CREATE INDEX taken ON t (a)", "duplicate-index taken"},
		{"CREATE TABLE t (a int, CONSTRAINT p_user UNIQUE (a))", "duplicate-index p_user"},
		{"CREATE TABLE t (a int); CREATE TABLE t (b int)", "duplicate-table t"},
		{"CREATE TABLE t (a boolean DEFAULT 1, b int DEFAULT true, c text DEFAULT 5, d uuid DEFAULT now())", "bad-default t.a|bad-default t.b|bad-default t.d"},
		{"CREATE TABLE t (a date DEFAULT 'x', b uuid DEFAULT 'x', c jsonb DEFAULT 'x', d inet DEFAULT 'x', e mood DEFAULT 'x')", "bad-default t.a|bad-default t.b|bad-default t.c|bad-default t.d|bad-default t.e"},
		{"CREATE TABLE t (a text[] DEFAULT '{}', b text[] DEFAULT '[]', c smallint DEFAULT '40000')", "bad-default t.b|bad-default t.c"},
		{"CREATE TABLE t (a int DEFAULT b, b uuid DEFAULT uuid())", "bad-default t.a|other-dialect t.b"},
		{"CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + z) STORED, CHECK (q > 0))", "unknown-column b|unknown-column t"},
		{"CREATE TABLE t (a bigint REFERENCES p_user, b int REFERENCES p_user (age), c uuid REFERENCES p_user (id))", "bad-foreign-key t|bad-foreign-key t"},
		{"CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p_shop)", "bad-foreign-key t"},
		{"CREATE TABLE t (a int, b text, FOREIGN KEY (b, a) REFERENCES p_shop (city, id))", ""},
		{"CREATE TABLE t (a int, b date, UNIQUE (a)) PARTITION BY RANGE (b)", "partition-key t"},
		{"CREATE TABLE t (a int, b date) PARTITION BY LIST (a, b)", "partition-rule t"},
		{"CREATE TABLE t (a int) PARTITION BY RANGE (z)", "unknown-column t"},
		{"CREATE TABLE t (a int); CREATE TABLE t1 PARTITION OF t DEFAULT", "partition-rule t1"},
		{"CREATE TABLE t1 PARTITION OF zz DEFAULT", "unknown-table t1"},
		{"CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (5) TO (1)", "partition-rule t1"},
		{"CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (MINVALUE) TO (10); CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (MAXVALUE)", ""},
		{"CREATE TABLE t (a text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN ('x'); CREATE TABLE t2 PARTITION OF t FOR VALUES IN ('y', 'x')", "partition-rule t2"},
		{"CREATE TABLE t (a text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (2)", "partition-rule t1"},
		{"CREATE TABLE t (a int); COMMENT ON COLUMN t.b IS 'x'; COMMENT ON TABLE tt IS 'y'", "unknown-column t|unknown-table tt"},
		{"CREATE TABLE t (a int); ALTER TABLE t ADD b int, ALTER COLUMN c SET NOT NULL; ALTER TABLE t RENAME a TO z; CREATE INDEX i ON t (z)", "unknown-column t"},
		{"CREATE TABLE " + strings.Repeat("表", 22) + " (a int)", "bad-name " + strings.Repeat("表", 22)},
	})
}
