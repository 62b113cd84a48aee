package prompt_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
)

func golden(t testing.TB, name string) brief.Resolved {
	t.Helper()
	src, err := os.ReadFile("brief/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Parse(name, src)
	if err != nil {
		t.Fatal(err)
	}
	return brief.Complete(b)
}

func seed(t testing.TB) string {
	t.Helper()
	src, err := os.ReadFile("seed.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// pieces is the seed cut at its placeholders.
func pieces(t testing.TB) []string {
	rest := seed(t)
	var out []string
	for _, p := range prompt.Placeholders() {
		before, after, ok := strings.Cut(rest, p)
		if !ok || strings.Contains(after, p) {
			t.Fatalf("%s must stand in the seed once", p)
		}
		out, rest = append(out, before), after
	}
	return append(out, rest)
}

// Between the values the prompt is the seed, byte for byte, whatever was typed.
func TestWholeIsTheSeed(t *testing.T) {
	tricky := golden(t, "ecommerce_brief.yaml")
	tricky.System.Name = "{database_info}"
	tricky.System.Summary = "键为 {user_id} 与 {business_entities} 的 {system_description} 系统"
	raw := golden(t, "parking_brief.yaml")
	raw.Raw = brief.Raw{System: "原文\r\n\r\n\r\n\r\n第二段 {microservice_context}\r", Entities: "```sql\n| a |\n```"}
	for name, r := range map[string]brief.Resolved{"golden": golden(t, "parking_brief.yaml"), "tricky": tricky, "raw": raw} {
		cut, values := pieces(t), prompt.Values(r)
		want := cut[0]
		for i, v := range values {
			want += v + cut[i+1]
		}
		p := prompt.Whole(r)
		if p.Text != want {
			t.Errorf("%s: the prompt is not the seed with its values", name)
		}
		if len(p.Sections) != 7 || p.Brief.System.Name != r.System.Name {
			t.Errorf("%s: sections %v", name, p.Sections)
		}
		if strings.ContainsRune(p.Text, '\r') || strings.HasSuffix(p.Text, "\n") {
			t.Errorf("%s: carriage returns or a newline at the end", name)
		}
	}
	if got := prompt.Values(raw)[0]; got != "原文\n\n第二段 {microservice_context}" {
		t.Errorf("raw text became %q", got)
	}
	if got := prompt.Values(tricky)[0]; !strings.HasPrefix(got, "{database_info}：键为 {user_id} 与 {business_entities} 的") {
		t.Errorf("typed placeholders became %q", got)
	}
}

// The lines that domain.md §1.7 shows.
func TestValues(t *testing.T) {
	values := strings.Join([]string(slice(prompt.Values(golden(t, "ecommerce_brief.yaml")))), "\n")
	for _, want := range []string{
		"商城平台：面向C端的综合电商平台，支持注册登录、下单、支付与访问日志分析。\n" +
			"- 用户角色：消费者、商家、客服、平台运营；日活约20万，峰值读6000 QPS、写800 TPS，年增长30%，按3年规划\n" +
			"- 部署：华东；可用性99.95%，RPO≤1分钟，RTO≤15分钟\n- 合规：PIPL、等保三级\n",
		"- MySQL 8.4（业务库，主从复制，1主2从，半同步）\n",
		"约束：单表≤100GB，单实例≤500GB，单主写≤1500 TPS；字符集utf8mb4；不使用物理外键；表名复数\n",
		"- 订单服务（order）：下单与状态流转；存储MySQL；发布事件order.created、order.cancelled；订阅事件payment.succeeded；依赖user\n",
		"- 订单（orders，属订单服务，交易单据，现有2000万行、日增12万、在线保留365天）\n" +
			"  字段：订单号 order_no[唯一]；用户ID user_id；总金额 total_amount；状态 status 枚举：1-待支付，2-已支付，3-已取消；支付截止时间 expire_at\n" +
			"  查询：按order_no取单行；按user_id查列表，created_at倒序；扫描status且expire_at到期　特征：写热点、金额\n",
	} {
		if !strings.Contains(values+"\n", want) {
			t.Errorf("missing:\n%s\nin:\n%s", want, values)
		}
	}
}

func slice(v [4]string) []string { return v[:] }

// Too long a brief is shortened by structure, never beyond the limit.
func TestValuesFit(t *testing.T) {
	small, _ := brief.Preset("game")
	if s := prompt.Shortened(brief.Complete(small)); s != nil {
		t.Errorf("a preset is too long: %v", s)
	}
	var b brief.Brief
	b.System = brief.System{Name: "大系统", Summary: strings.Repeat("很长的说明", 90)}
	for i := range 400 {
		e, _ := brief.ParseEntity("实体: 编号, 名称, 备注, 金额, 状态(新建/处理中/已完成/已取消), 创建人, 地址, 电话")
		e.Name += strings.Repeat("大", i%9+1) + string(rune('一'+i))
		b.Entities = append(b.Entities, e)
	}
	r := brief.Complete(b)
	for i, v := range prompt.Values(r) {
		if n := utf8.RuneCountInString(v); n > prompt.MaxValue {
			t.Errorf("value %d has %d characters", i, n)
		}
	}
	if s := prompt.Shortened(r); len(s) != 1 || s[0] != "业务实体" {
		t.Errorf("shortened %v", s)
	}
	r.Raw.System = strings.Repeat("字", 40_000)
	if n := utf8.RuneCountInString(prompt.Values(r)[0]); n > prompt.MaxValue {
		t.Errorf("raw text of %d characters", n)
	}
}

func TestSection(t *testing.T) {
	r := golden(t, "parking_brief.yaml")
	current := chapter.Parse("### 数据库架构\n架构的话\n### 缓存设计\n旧的缓存\n### 备份恢复\n备份的话 {database_info}\n")
	p := prompt.Section(r, current, "改用多级缓存\r\n", []string{"X205 路由列\n不存在"}, chapter.Cache)
	whole := prompt.Whole(r).Text
	if !strings.HasPrefix(p.Text, whole) {
		t.Fatal("the words of the whole chapter must come first")
	}
	rest := p.Text[len(whole):]
	last := -1
	for _, want := range []string{"【定稿开始】", "架构的话", "备份的话 {database_info}", "【定稿结束】", "旧的缓存", "- X205 路由列 不存在\n", "修改要求：改用多级缓存\n", "请只输出“### 缓存设计”"} {
		i := strings.Index(rest, want)
		if i <= last {
			t.Errorf("%q stands at %d, want after %d", want, i, last)
		}
		last = i
	}
	if len(p.Sections) != 1 || p.Sections[0] != chapter.Cache || p.Hint != "改用多级缓存" || p.Current.String() != current.String() {
		t.Errorf("prompt %v %q", p.Sections, p.Hint)
	}
	// What varies between two reworks of one section comes last.
	q := prompt.Section(r, current, "别的", nil, chapter.Cache)
	if common := commonPrefix(p.Text, q.Text); !strings.Contains(common, "旧的缓存") {
		t.Error("the hint stands before the context: caches cannot help")
	}
	several := prompt.Section(r, chapter.Chapter{}, "", nil, chapter.Backup, chapter.Cache, chapter.Cache)
	if len(several.Sections) != 2 || several.Sections[0] != chapter.Cache || strings.Contains(several.Text, "【定稿开始】") {
		t.Errorf("several: %v", several.Sections)
	}
	if all := prompt.Section(r, current, "", nil); len(all.Sections) != 7 || !strings.Contains(all.Text, "完整的七个小节") {
		t.Errorf("no section named: %v", all.Sections)
	}
}

func commonPrefix(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}
