package ddl_test

import (
	"fmt"
	"strings"
	"testing"

	"dbchapter/prompt/ddl"
)

// describe writes a table on a few lines, one fact after the other.
func describe(t *ddl.Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "table %s engine=%s charset=%s comment=%q", t.Name, t.Engine, t.Charset, t.Comment)
	for _, c := range t.Columns {
		fmt.Fprintf(&b, "\n%d:%d %s %s%v", c.Line, c.Column, c.Name, c.Type.Name, c.Type.Args)
		for _, f := range []struct {
			on   bool
			word string
		}{
			{c.Type.Unsigned, "unsigned"},
			{c.Type.Array, "array"},
			{c.Type.User, "user"},
			{c.Null == ddl.NotNull, "notnull"},
			{c.Null == ddl.Nullable, "null"},
			{c.AutoIncrement, "auto"},
			{c.Stored, "stored"},
			{c.Invisible, "invisible"},
		} {
			if f.on {
				b.WriteString(" " + f.word)
			}
		}
		for _, e := range []struct {
			word string
			e    *ddl.Expr
		}{{"default", c.Default}, {"update", c.OnUpdate}, {"as", c.Generated}} {
			if e.e != nil {
				fmt.Fprintf(&b, " %s=%s(%s)%v", e.word, e.e.Kind, e.e.Value, e.e.Columns)
			}
		}
		if c.HasComment {
			fmt.Fprintf(&b, " comment=%q", c.Comment)
		}
	}
	for _, ix := range t.Keys() {
		fmt.Fprintf(&b, "\n%d key %s unique=%v kind=%s method=%s", ix.Line, ix.Name, ix.Unique, ix.Kind, ix.Method)
		for _, p := range ix.Parts {
			switch {
			case p.Expr != nil:
				fmt.Fprintf(&b, " expr%v", p.Expr.Columns)
			default:
				fmt.Fprintf(&b, " %s(%d,%v)", p.Column, p.Length, p.Desc)
			}
		}
	}
	for _, f := range t.ForeignKeys {
		fmt.Fprintf(&b, "\n%d foreign %s %v → %s%v %s|%s", f.Line, f.Name, f.Columns, f.Table, f.RefColumns, f.OnDelete, f.OnUpdate)
	}
	for _, c := range t.Checks {
		fmt.Fprintf(&b, "\n%d check %s %v", c.Line, c.Name, c.Expr.Columns)
	}
	if p := t.Partition; p != nil {
		fmt.Fprintf(&b, "\n%d partition %s%v n=%d", p.Line, p.Kind, p.Columns, p.Count)
		for _, s := range p.Parts {
			fmt.Fprintf(&b, " %s:", s.Name)
			for _, e := range s.LessThan {
				b.WriteString(string(e.Kind) + "/" + e.Value)
			}
			for _, e := range append(s.From, s.To...) {
				b.WriteString("<" + e.Value + ">")
			}
		}
	}
	for _, e := range t.OrderBy {
		fmt.Fprintf(&b, "\norder %s", e.Text)
	}
	if t.TTL != nil {
		fmt.Fprintf(&b, "\nttl %v", t.TTL.Columns)
	}
	return b.String()
}

func TestModel(t *testing.T) {
	for _, tt := range []struct {
		name    string
		dialect ddl.Dialect
		src     string
		want    string
	}{
		{
			"columns", ddl.MySQL, "-- 表\nCREATE TABLE IF NOT EXISTS `shop`.`sku` (\n  `id` BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '主键；''编号''',\n  中文 VARCHAR(64) CHARACTER SET utf8mb4 NULL DEFAULT 'a\\'b' COMMENT \"名\", price DECIMAL(10,2) NOT NULL DEFAULT -1.5,\n  at DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),\n  full INT AS (price * 2) STORED INVISIBLE,\n  PRIMARY KEY (`id`)\n) ENGINE = InnoDB, DEFAULT CHARACTER SET utf8mb4 COMMENT '商品';",
			`table sku engine=InnoDB charset=utf8mb4 comment="商品"
3:3 id bigint[20] unsigned notnull auto comment="主键；'编号'"
4:3 中文 varchar[64] null default=string(a'b)[] comment="名"
4:73 price decimal[10 2] notnull default=number(-1.5)[]
5:3 at datetime[3] default=now(current_timestamp)[] update=now(current_timestamp)[]
6:3 full int[] stored invisible as=()[price]
7 key PRIMARY unique=true kind=primary method= id(0,false)`,
		},
		{
			"keys", ddl.MySQL, "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(300) UNIQUE, b INT, c TEXT,\nKEY ka (a(20) DESC, b) USING BTREE INVISIBLE,\nUNIQUE INDEX ((lower(a)), b), FULLTEXT KEY ft (c) WITH PARSER ngram,\nCONSTRAINT fk FOREIGN KEY (b) REFERENCES t (id) ON DELETE SET NULL ON UPDATE NO ACTION,\nCONSTRAINT ck CHECK (b > 0 AND `id` < 5) NOT ENFORCED);",
			`table t engine= charset= comment=""
1:17 id int[]
1:37 a varchar[300]
1:60 b int[]
1:67 c text[]
1 key PRIMARY unique=true kind=primary method= id(0,false)
1 key  unique=true kind= method= a(0,false)
2 key ka unique=false kind= method=btree a(20,true) b(0,false)
3 key  unique=true kind= method= expr[a] b(0,false)
3 key ft unique=false kind=fulltext method= c(0,false)
4 foreign fk [b] → t[id] SET NULL|NO ACTION
5 check ck [b id]`,
		},
		{
			"partition", ddl.MySQL, "CREATE TABLE t (id INT, c DATETIME, PRIMARY KEY (id, c))\nPARTITION BY RANGE COLUMNS(c) (\nPARTITION p1 VALUES LESS THAN ('2025-02-01') COMMENT='一月',\nPARTITION pmax VALUES LESS THAN (MAXVALUE));",
			`table t engine= charset= comment=""
1:17 id int[]
1:25 c datetime[]
1 key PRIMARY unique=true kind=primary method= id(0,false) c(0,false)
2 partition range columns[c] n=0 p1:string/2025-02-01 pmax:maxvalue/maxvalue`,
		},
		{
			"alter", ddl.MySQL, "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, KEY kb (b));\nALTER TABLE t ADD COLUMN c INT NOT NULL COMMENT 'c' AFTER id, ADD UNIQUE KEY uc (c), DROP KEY kb, MODIFY a BIGINT, RENAME COLUMN b TO bb, COMMENT='表';\nCREATE INDEX kbb ON t (bb DESC);",
			`table t engine= charset= comment="表"
1:17 id int[]
2:26 c int[] notnull comment="c"
2:106 a bigint[]
1:44 bb int[]
1 key PRIMARY unique=true kind=primary method= id(0,false)
2 key uc unique=true kind= method= c(0,false)
3 key kbb unique=false kind= method= bb(0,true)`,
		},
		{
			"postgres", ddl.PostgreSQL, "CREATE TABLE Shop.\"Order\" (\n  id bigserial PRIMARY KEY, tags TEXT[] NOT NULL DEFAULT '{}', at timestamp with time zone DEFAULT now(), n double precision,\n  k varchar(10) REFERENCES shop.p (id) ON DELETE CASCADE, s mood\n);\nCOMMENT ON TABLE shop.\"Order\" IS '订单';\nCOMMENT ON COLUMN shop.\"Order\".at IS $$时间$$;\nCREATE UNIQUE INDEX ix ON shop.\"Order\" USING gin (lower(k), at DESC NULLS LAST) INCLUDE (n) WHERE id > 0;",
			`table Order engine= charset= comment="订单"
2:3 id bigint[] notnull auto
2:29 tags text[] array notnull default=string({})[]
2:64 at timestamptz[] default=now(now)[] comment="时间"
2:107 n double[]
3:3 k varchar[10]
3:59 s mood[] user
2 key PRIMARY unique=true kind=primary method= id(0,false)
7 key ix unique=true kind= method=gin expr[k] at(0,true)
3 foreign  [k] → p[id] CASCADE|`,
		},
		{
			"partition of", ddl.PostgreSQL, "CREATE TABLE o (id int, c date) PARTITION BY RANGE (c);\nCREATE TABLE o1 PARTITION OF o FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');",
			`table o engine= charset= comment=""
1:17 id int[]
1:25 c date[]
1 partition range[c] n=0 o1:<2025-01-01><2025-02-01>`,
		},
		{
			"clickhouse", ddl.ClickHouse, "CREATE TABLE e ON CLUSTER c (\n id UInt64 COMMENT '号', d LowCardinality(String) CODEC(ZSTD(1)), at DateTime64(3, 'UTC') DEFAULT now64(), v Nullable(Decimal(18,2)), day Date MATERIALIZED toDate(at),\n INDEX ix v TYPE minmax GRANULARITY 4\n) ENGINE = ReplicatedMergeTree('/x', '{replica}') PARTITION BY toYYYYMM(at) ORDER BY (d, at, id) TTL toDateTime(at) + INTERVAL 90 DAY DELETE SETTINGS index_granularity = 8192 COMMENT '事件';",
			`table e engine=ReplicatedMergeTree charset= comment="事件"
2:2 id uint64[] comment="号"
2:25 d lowcardinality[String]
2:66 at datetime64[3 'UTC'] default=func(now64)[]
2:107 v nullable[Decimal(18,2)]
2:134 day date[] as=func(todate)[at]
3 key ix unique=false kind=skipping method= expr[v]
4 partition expr[at] n=0
order d
order at
order id
ttl [at]`,
		},
		{
			"tidb", ddl.TiDB, "CREATE TABLE t (id BIGINT PRIMARY KEY AUTO_RANDOM, c DATETIME NOT NULL) COMMENT='x' TTL = c + INTERVAL 190 DAY;",
			`table t engine= charset= comment="x"
1:17 id bigint[] auto
1:52 c datetime[] notnull
1 key PRIMARY unique=true kind=primary method= id(0,false)
ttl [c]`,
		},
		{
			"neutral", ddl.Neutral, "CREATE TABLE t (id BIGINT IDENTITY(1,1) PRIMARY KEY, n VARCHAR(20) DEFAULT '' NOT NULL);\nCOMMENT ON COLUMN t.n IS '名';",
			`table t engine= charset= comment=""
1:17 id bigint[] auto
1:54 n varchar[20] notnull default=string()[] comment="名"
1 key PRIMARY unique=true kind=primary method= id(0,false)`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := ddl.Parse(tt.dialect, tt.src)
			if len(s.Tables) == 0 {
				t.Fatalf("no table; problems %+v", s.Problems)
			}
			got, want := describe(s.Tables[0]), tt.want
			if got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// A block knows its place in the document, and tables of all blocks know each
// other.
func TestBlocks(t *testing.T) {
	s := ddl.ParseBlocks(
		ddl.Block{Dialect: ddl.MySQL, Text: "CREATE TABLE p (id INT PRIMARY KEY);", Line: 10},
		ddl.Block{Dialect: ddl.ClickHouse, Text: "CREATE TABLE p (id UInt64) ENGINE = MergeTree ORDER BY id;", Line: 20},
		ddl.Block{Dialect: ddl.MySQL, Text: "CREATE TABLE c (\n  id INT PRIMARY KEY,\n  中文 INT, p INTT,\n  FOREIGN KEY (id) REFERENCES p (id));\nCREATE TABLE p (id INT);", Line: 30},
	)
	if len(s.Tables) != 4 || s.Tables[2].Line != 30 || s.Tables[2].Block != 2 {
		t.Fatalf("tables = %+v", s.Tables)
	}
	var got []string
	for _, p := range s.Problems {
		got = append(got, fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, p.Code, p.Object))
	}
	want := "32:13 bad-type c|34:14 duplicate-table p"
	if strings.Join(got, "|") != want {
		t.Errorf("problems = %q, want %q", strings.Join(got, "|"), want)
	}
}

func TestDocuments(t *testing.T) {
	for _, tt := range []struct {
		name    string
		dialect ddl.Dialect
		src     string
		want    string // problems
		tables  string
	}{
		{
			"collection", ddl.MongoDB, "db.createCollection(\"logs\", { validator: { $jsonSchema: { bsonType: \"object\", required: [\"at\"],\n properties: { at: { bsonType: \"date\", description: \"时间\" }, n: { bsonType: [\"int\", \"null\"] } } } } });\ndb.logs.createIndex({ at: -1 }, { name: \"ttl_at\", expireAfterSeconds: 60 });", "",
			"table logs engine= charset= comment=\"\"\n2:16 at date[] notnull comment=\"时间\"\n2:61 n int[] null\n3 key ttl_at unique=false kind= method= at(0,true)\nttl [at]",
		},
		{"wrong", ddl.MongoDB, "db.createCollection(\"a\", { validator: { $jsonSchema: { required: [\"x\"], properties: { b: { bsonType: \"strin\" } } } } });\ndb.a.createIndex({ c: 1 });\ndb.z.createIndex({ c: 1 });", "1:67 unknown-column|1:102 bad-type|2:20 unknown-column|3:1 unknown-table", ""},
		{"comma", ddl.MongoDB, "db.createCollection(\"a\", {\n  x: 1\n  y: 2 });", "3:3 bad-document", ""},
		{"index", ddl.Search, "PUT /orders\n{\"settings\": {}, \"mappings\": {\"properties\": {\"no\": {\"type\": \"keyword\"}, \"u\": {\"properties\": {\"id\": {\"type\": \"long\"}}}}}}", "", "table orders engine= charset= comment=\"\"\n2:46 no keyword[]\n2:73 u object[]\n2:94 u.id long[]"},
		{"type", ddl.Search, "{\"mappings\": {\"properties\": {\n\"a\": {\"type\": \"txt\"}, \"b\": {}, \"a\": {\"type\": \"text\"}}}}", "2:15 bad-type|2:23 bad-type|2:32 duplicate-column", ""},
		{"json", ddl.Search, "{\"mappings\": {\"properties\"：{\"a\": {\"type\": 'text'},}}}", "1:27 full-width|1:43 bad-document", ""},
		{"trailing", ddl.Search, "{\"mappings\": {\"properties\": {\"a\": {\"type\": \"text\"},}}}", "1:51 trailing-comma", ""},
		{"open", ddl.Search, "{\"mappings\": {", "1:14 bad-document", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := ddl.Parse(tt.dialect, tt.src)
			var got []string
			for _, p := range s.Problems {
				got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Code))
			}
			if strings.Join(got, "|") != tt.want {
				t.Errorf("problems = %q %+v, want %q", strings.Join(got, "|"), s.Problems, tt.want)
			}
			if tt.tables != "" && (len(s.Tables) != 1 || describe(s.Tables[0]) != tt.tables) {
				t.Errorf("tables:\n%s\nwant:\n%s", describe(s.Tables[0]), tt.tables)
			}
		})
	}
}
