package ddl_test

import (
	"strings"
	"testing"

	"dbchapter/prompt/ddl"
)

// What people and models write, and what they are told.
func TestMessages(t *testing.T) {
	for _, tt := range []struct {
		name    string
		dialect ddl.Dialect
		src     string
		line    int
		column  int
		says    string // part of the message
		fixed   string // what the repair makes of the text, "" for no repair
	}{
		{"full width", ddl.MySQL, "CREATE TABLE t (\n  id INT，a INT COMMENT '，（）'）；", 2, 9, "全角符号「，」「）」", "CREATE TABLE t (\n  id INT,a INT COMMENT '，（）');"},
		{"curly quotes keep their text", ddl.MySQL, "CREATE TABLE t (id INT COMMENT ‘状态：1-是，0-否’);", 1, 32, "全角符号「‘」「’」", "CREATE TABLE t (id INT COMMENT '状态：1-是，0-否');"},
		{"wide blank", ddl.MySQL, "CREATE TABLE t (\n　　id INT);", 2, 1, "全角空格", "CREATE TABLE t (\n  id INT);"},
		{"trailing comma", ddl.MySQL, "CREATE TABLE t (\n  id INT, -- 主键\n);", 2, 9, "多了一个逗号", "CREATE TABLE t (\n  id INT -- 主键\n);"},
		{"missing comma", ddl.MySQL, "CREATE TABLE t (\n  id INT COMMENT 'a'\n  b INT\n);", 2, 21, "缺少逗号", "CREATE TABLE t (\n  id INT COMMENT 'a',\n  b INT\n);"},
		{"missing comma before key", ddl.MySQL, "CREATE TABLE t (\n  id INT NOT NULL\n  PRIMARY KEY (id)\n);", 2, 18, "缺少逗号", ""},
		{"missing bracket", ddl.MySQL, "CREATE TABLE t (\n  id INT\nENGINE=InnoDB;", 3, 1, "缺少右括号", "CREATE TABLE t (\n  id INT\n) ENGINE=InnoDB;"},
		{"open bracket", ddl.MySQL, "CREATE TABLE t (id INT, KEY k (id);", 1, 16, "没有闭合", ""},
		{"ellipsis", ddl.MySQL, "CREATE TABLE t (id INT, ..., b INT);", 1, 25, "省略号", ""},
		{"open string", ddl.MySQL, "CREATE TABLE t (\n id INT COMMENT '主键,\n b INT\n);", 2, 17, "没有闭合", ""},
		{"bare comment", ddl.MySQL, "CREATE TABLE t (id INT COMMENT 主键编号);", 1, 32, "单引号", "CREATE TABLE t (id INT COMMENT '主键编号');"},
		{"reserved", ddl.MySQL, "CREATE TABLE t (id INT, rank INT);", 1, 25, "rank 是 MySQL 保留字", "CREATE TABLE t (id INT, `rank` INT);"},
		{"reserved later", ddl.MySQL, "CREATE TABLE t (id INT, manual INT);", 1, 25, "manual 是 MySQL 8.4 起的保留字", "CREATE TABLE t (id INT, `manual` INT);"},
		{"reserved that the grammar takes", ddl.MySQL, "CREATE TABLE t (id INT, system INT);", 1, 25, "system 是 MySQL 保留字", "CREATE TABLE t (id INT, `system` INT);"},
		{"reserved like a key", ddl.MySQL, "CREATE TABLE t (id INT, key VARCHAR(9));", 1, 25, "key 是 MySQL 保留字", "CREATE TABLE t (id INT, `key` VARCHAR(9));"},
		{"reserved in a key", ddl.MySQL, "CREATE TABLE t (id INT, `desc` INT, KEY k (desc));", 1, 44, "desc 是 MySQL 保留字", "CREATE TABLE t (id INT, `desc` INT, KEY k (`desc`));"},
		{"reserved in postgres", ddl.PostgreSQL, "CREATE TABLE t (id INT, \"order\" INT, user INT);", 1, 38, "user 是 PostgreSQL 保留字", "CREATE TABLE t (id INT, \"order\" INT, \"user\" INT);"},
		{"jsonb", ddl.MySQL, "CREATE TABLE t (id INT, a JSONB NOT NULL);", 1, 27, "没有 JSONB 类型，请改为 JSON", ""},
		{"no type", ddl.MySQL, "CREATE TABLE t (id INT, a NOT NULL);", 1, 25, "列 a 缺少类型", ""},
		{"unknown type", ddl.MySQL, "CREATE TABLE t (id INT, a INTT);", 1, 27, "INTT 不是 MySQL 的类型", ""},
		{"no length", ddl.MySQL, "CREATE TABLE t (a VARCHAR NOT NULL);", 1, 19, "缺少长度", ""},
		{"identity", ddl.MySQL, "CREATE TABLE t (a INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY);", 1, 23, "AUTO_INCREMENT", "CREATE TABLE t (a INT AUTO_INCREMENT PRIMARY KEY);"},
		{"auto_random", ddl.MySQL, "CREATE TABLE t (a BIGINT AUTO_RANDOM PRIMARY KEY);", 1, 26, "TiDB 语法", ""},
		{"function default", ddl.MySQL, "CREATE TABLE t (a VARCHAR(36) DEFAULT UUID());", 1, 39, "DEFAULT (UUID())", ""},
		{"empty name", ddl.MySQL, "CREATE TABLE t (`` INT);", 1, 17, "名称不能为空", ""},
		{"quoted as text", ddl.MySQL, "CREATE TABLE \"t\" (\"a\" INT);", 1, 14, "名称请用反引号", "CREATE TABLE `t` (`a` INT);"},
		{"type in alter", ddl.MySQL, "ALTER TABLE t ADD a jsonb NULL;", 1, 21, "没有 JSONB 类型，请改为 JSON", ""},
		{"sequence", ddl.MySQL, "CREATE SEQUENCE s;", 1, 1, "没有序列", ""},
		{"mysql in postgres", ddl.PostgreSQL, "CREATE TABLE t (\n id INT(11) PRIMARY KEY,\n a INT UNSIGNED);", 2, 5, "显示宽度", ""},
		{"comments in postgres", ddl.PostgreSQL, "CREATE TABLE t (id INT COMMENT 'a', b INT COMMENT 'b');", 1, 24, "（共 2 处）", ""},
		{"comment as a name", ddl.PostgreSQL, "CREATE TABLE t (id INT, comment TEXT, key TEXT);", 0, 0, "", ""},
		{"index in postgres", ddl.PostgreSQL, "CREATE TABLE t (\n id INT,\n INDEX ia (id));", 3, 2, "CREATE INDEX", ""},
		{"unique key in postgres", ddl.PostgreSQL, "CREATE TABLE t (id INT, UNIQUE KEY uk (id));", 1, 25, "UNIQUE KEY", ""},
		{"datetime in postgres", ddl.PostgreSQL, "CREATE TABLE t (at DATETIME);", 1, 17, "请改为 TIMESTAMPTZ", ""},
		{"backtick in postgres", ddl.PostgreSQL, "CREATE TABLE `t` (`id` INT);", 1, 14, "反引号", "CREATE TABLE \"t\" (\"id\" INT);"},
		{"clickhouse keys", ddl.ClickHouse, "CREATE TABLE t (id UInt64, UNIQUE KEY u (id)) ENGINE = MergeTree ORDER BY id;", 1, 28, "不支持唯一键", ""},
		{"clickhouse engine", ddl.ClickHouse, "CREATE TABLE t (id UInt64);", 1, 26, "要写 ENGINE", ""},
		{"clickhouse comma", ddl.ClickHouse, "CREATE TABLE t (\n id UInt64\n b String\n) ENGINE = MergeTree ORDER BY id;", 2, 11, "缺少逗号", "CREATE TABLE t (\n id UInt64,\n b String\n) ENGINE = MergeTree ORDER BY id;"},
		{"neutral", ddl.Neutral, "CREATE TABLE t (id BIGINT AUTO_INCREMENT);", 1, 27, "AUTO_INCREMENT 是 MySQL 语法", ""},
		{"semicolon", ddl.MySQL, "CREATE TABLE t (id INT) -- 完", 1, 24, "缺少分号", "CREATE TABLE t (id INT); -- 完"},
		{"anything else", ddl.MySQL, "CREATE TABLE t (id INT INT);", 1, 24, "「INT)」附近无法解析", ""},
		{"cut off", ddl.MySQL, "CREATE TABLE;", 1, 8, "语句不完整", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ps := ddl.Parse(tt.dialect, tt.src).Problems
			if tt.says == "" {
				if len(ps) > 0 {
					t.Fatalf("problems %+v", ps)
				}
				return
			}
			if len(ps) == 0 {
				t.Fatal("no problem")
			}
			p := ps[0]
			if p.Line != tt.line || p.Column != tt.column || !strings.Contains(p.Message, tt.says) {
				t.Errorf("got %d:%d %q, want %d:%d %q", p.Line, p.Column, p.Message, tt.line, tt.column, tt.says)
			}
			if tt.fixed != "" {
				if got := ddl.Normalize(tt.dialect, tt.src); got != tt.fixed {
					t.Errorf("repaired:\n%s\nwant:\n%s", got, tt.fixed)
				}
			}
		})
	}
}

// Every repair leaves a text that has nothing left to repair.
func TestNormalizeIsIdempotent(t *testing.T) {
	for _, src := range corpusTexts(t) {
		once := ddl.Normalize(src.dialect, src.text)
		if twice := ddl.Normalize(src.dialect, once); twice != once {
			t.Errorf("%q:\nonce  %q\ntwice %q", src.text, once, twice)
		}
	}
}

func TestEdits(t *testing.T) {
	src := "CREATE TABLE t (\n id INT(11) NOT NULL，\n b TINYINT(1), c BIGINT(20) UNSIGNED ZEROFILL, d int(10) unsigned COMMENT 'int(5)',\n)"
	if got, want := ddl.Apply(src, ddl.HalfWidth(ddl.MySQL, src)), strings.Replace(src, "，", ",", 1); got != want {
		t.Errorf("half width: %q", got)
	}
	if got, want := ddl.Apply(src, ddl.TrailingCommas(ddl.MySQL, src)), strings.Replace(src, "',\n)", "'\n)", 1); got != want {
		t.Errorf("trailing comma: %q", got)
	}
	if got, want := ddl.Apply(src, ddl.MissingSemicolon(ddl.MySQL, src)), src+";"; got != want {
		t.Errorf("semicolon: %q", got)
	}
	src = ddl.Normalize(ddl.MySQL, src)
	b := ddl.Block{Dialect: ddl.MySQL, Text: src, Line: 5}
	var edits []ddl.Edit
	var names []string
	for _, w := range ddl.DisplayWidths(ddl.ParseBlocks(b), b) {
		edits = append(edits, w.Fix...)
		names = append(names, w.Column)
		if w.Line < 6 || w.Line > 7 {
			t.Errorf("%s: line %d", w.Column, w.Line)
		}
	}
	want := "CREATE TABLE t (\n id INT NOT NULL,\n b TINYINT(1), c BIGINT(20) UNSIGNED ZEROFILL, d int unsigned COMMENT 'int(5)'\n);"
	if got := ddl.Apply(src, edits); got != want || strings.Join(names, ",") != "id,d" {
		t.Errorf("display widths of %v: %q", names, got)
	}
}

func TestApplyLeavesOverlapsOut(t *testing.T) {
	edits := []ddl.Edit{{Start: 3, End: 4, New: "D"}, {Start: 0, End: 2, New: ""}, {Start: 1, End: 3, New: "x"}, {Start: 5, End: 99, New: "y"}}
	if got := ddl.Apply("abcdef", edits); got != "cDef" {
		t.Errorf("got %q", got)
	}
}

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		dialect ddl.Dialect
		src     string
		want    []string
	}{
		{ddl.MySQL, "a; b ;; -- c;\n# d;\n/* e; */ f 'g;''h\\';' \"i;\" `j;`;k", []string{"a", "b", "f 'g;''h\\';' \"i;\" `j;`", "k"}},
		{ddl.MySQL, "a --b;\nc", []string{"a --b", "c"}},
		{ddl.MySQL, "/*!40101 SET a; */;b", []string{"/*!40101 SET a", "b"}},
		{ddl.MySQL, "/*!50100 SET a */;\nb /*!50100 PARTITION */", []string{"/*!50100 SET a */", "b /*!50100 PARTITION */"}},
		{ddl.MySQL, "DELIMITER $$\nCREATE TRIGGER x BEGIN a; b; END$$\nDELIMITER ;\nc;", []string{"CREATE TRIGGER x BEGIN a; b; END", "c"}},
		{ddl.MySQL, "DELIMITER //\na; b//\nc //", []string{"a; b", "c"}},
		{ddl.PostgreSQL, "a $$b;c$$; $x$ d; $$ $x$ e; 'f\\'; \"g;\" /* h; /* i; */ ; */ j", []string{"a $$b;c$$", "$x$ d; $$ $x$ e", "'f\\'", "\"g;\" /* h; /* i; */ ; */ j"}},
		{ddl.PostgreSQL, "E'a\\';b'; $1; c", []string{"E'a\\';b'", "$1", "c"}},
		{ddl.MySQL, "a；b", []string{"a", "b"}},
		{ddl.MySQL, "a 'open; b", []string{"a 'open; b"}},
		{ddl.MySQL, " \n-- only a comment", nil},
		{ddl.MySQL, "", nil},
	} {
		got := ddl.Split(tt.dialect, tt.src)
		if strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("%q: got %q, want %q", tt.src, got, tt.want)
		}
	}
}
