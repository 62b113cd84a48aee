package export_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"dbchapter/llm/offline"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
	"dbchapter/prompt/export"
)

// stacks are the engines whose definitions differ, one brief each.
var stacks = [][2]string{
	{"mysql", `{engine: MySQL, version: "8.4"}`},
	{"postgresql", `{engine: PostgreSQL, version: "16"}`},
	{"gaussdb", `{engine: GaussDB}`},
	{"tidb", `{engine: TiDB}`},
	{"oceanbase", `{engine: OceanBase}`},
	{"dameng", `{engine: 达梦}`},
	{"other", `{engine: 其他, name: 神通数据库}`},
	{"mongodb", `{engine: MongoDB}`},
	{"clickhouse", `{engine: ClickHouse}`},
	{"doris", `{engine: Doris}`},
	{"elasticsearch", `{engine: Elasticsearch}`},
}

const stackBrief = `schema: dbbrief/v1
base_date: 2027-01-01
system: {name: 社区团购, summary: 居民下单与到店预约的小程序, dau: 500000}
databases: [%s]
entities:
- "团长: 手机号, 姓名, 小区, 状态(正常/停用)"
- "团购活动: 标题, 团长, 开始时间, 结束时间, 状态(未开始/进行中/已结束)"
- "订单: 订单号#, 用户, 团购活动, 总金额, 提货码, 状态(待支付/待提货/已完成/已取消), 过期时间"
- "操作日志"
`

// sources are the drafts of all presets, with their briefs, of one small system
// on every engine, and the hostile chapter.
func sources(t *testing.T) []export.Source {
	t.Helper()
	return append(slices.Clone(drafts()), hostile())
}

// drafts are made once: nothing of an export changes its source.
var drafts = sync.OnceValue(func() []export.Source {
	var out []export.Source
	for _, p := range brief.Presets() {
		b, _ := brief.Preset(p.ID)
		b.BaseDate = "2027-01-01"
		out = append(out, drafted(p.ID, b))
	}
	for _, s := range stacks {
		b, err := brief.Parse(s[0], fmt.Appendf(nil, stackBrief, s[1]))
		if err != nil {
			panic(err)
		}
		out = append(out, drafted(s[0], b))
	}
	return out
})

func drafted(name string, b brief.Brief) export.Source {
	r := brief.Complete(b)
	return export.Read(name, offline.Chapter(design.New(r, design.House{}), prompt.Standard), &r)
}

// hostile is a chapter whose names and comments are made to break every form:
// words of the grammars, quotes, pipes, markup, formulas, control characters.
func hostile() export.Source {
	var rows, tables []string
	for i, name := range hostileNames {
		quoted := "`" + name + "`"
		heading := fmt.Sprintf("#### 第%d张表 (t_%d)\n", i, i)
		tables = append(tables, heading+"```sql\nCREATE TABLE "+quoted+" (\n"+
			"    id BIGINT PRIMARY KEY COMMENT 'a|b \"c\" ''d'' `e` \\\\ <script>alert(1)</script> {f} #g; %h'\n,"+
			"    "+quoted+" VARCHAR(64) NOT NULL DEFAULT 'it''s \"1\" | 2' COMMENT '=HYPERLINK(\"http://x\") _x0041_ ]]> &amp; \u202eevil',\n"+
			"    `pk` ENUM('a,b','c') NULL,\n    `order_id` BIGINT NULL,\n"+
			"    KEY `idx a|b` (`pk`, "+quoted+"(10) DESC)\n) COMMENT='表|\"引号\" <b>粗</b>\u0007';\n```\n")
		rows = append(rows, fmt.Sprintf("| 服务%d | MySQL 8.4 | ../db_%d | %s | a\\|b |", i%3, i%3, name))
	}
	return export.Read(`../x<y>|"z"`, "前言 <img src=x onerror=1>\n\n### 数据库架构\n#### 整体设计原则\n"+
		"- **x**：<script>alert(1)</script> ![p](http://evil.example/a.png) [l](javascript:alert(1)) `List<String>` 1\\*2\n"+
		"  1. 一\n  2. 二\n- 后\n\n> 引\n\n---\n<iframe src=\"http://evil.example\"></iframe>\n\n"+
		"#### 数据库实例规划\n| 服务名称 | 数据库类型 | 实例名称 | 主要表 | 备注 |\n|---|---|---|---|---|\n"+strings.Join(rows, "\n")+
		"\n\n### 核心表设计\n"+strings.Join(tables, "\n")+"\n### 待确认事项\n- 一件事\n", nil)
}

var hostileNames = append(strings.Fields(`orders class style title direction one many to end accTitle subgraph PK Table Ref Enum Note
	indexes project null 订单 _id u o a-b a.b 表|竖 history 目录
	a_table_name_that_is_longer_than_any_sheet_may_be a_table_name_that_is_longer_than_any_sheet_may_still_be`), `a "b" c`, "x'y", "[z]:*?/\\")

func TestSourcesAreWhole(t *testing.T) {
	names := []string{}
	for _, s := range sources(t) {
		names = append(names, s.Name)
		for _, p := range s.Schema.Problems {
			if s.Name != hostile().Name {
				t.Errorf("%s line %d: %s", s.Name, p.Line, p.Message)
			}
		}
	}
	if len(names) != len(brief.Presets())+len(stacks)+1 || !slices.Contains(names, "parking") {
		t.Errorf("sources %v", names)
	}
	if got := len(hostile().Schema.Tables); got != len(hostileNames) {
		t.Errorf("%d of %d hostile tables were read", got, len(hostileNames))
	}
}
