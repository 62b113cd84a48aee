package offline_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// stacks are the lists of databases a small system is drafted for.
var stacks = map[string]string{
	"mysql":      "{engine: MySQL, version: \"8.4\"}",
	"mysql5.7":   "{engine: MySQL, version: \"5.7\", topology: rds-ha}, {engine: Redis}, {engine: RocketMQ}",
	"mysql-mgr":  "{engine: MySQL, topology: mgr}, {engine: Redis}, {engine: Kafka}",
	"mysql-one":  "{engine: MySQL, topology: single}, {engine: Redis, topology: single}",
	"mariadb":    "{engine: MariaDB}, {engine: Elasticsearch}",
	"polardb":    "{engine: PolarDB}, {engine: Redis, topology: sentinel}",
	"postgresql": "{engine: PostgreSQL, version: \"16\"}",
	"gaussdb":    "{engine: GaussDB}, {engine: Redis}",
	"tidb":       "{engine: TiDB}, {engine: Redis}, {engine: Kafka}",
	"oceanbase":  "{engine: OceanBase}, {engine: Valkey}, {engine: Kafka}",
	"dameng":     "{engine: 达梦}",
	"other":      "{engine: 其他, name: 神通数据库}, {engine: Redis}",
	"mongodb":    "{engine: MongoDB}",
	"clickhouse": "{engine: ClickHouse}, {engine: Kafka}",
	"doris":      "{engine: Doris}",
	"tdengine":   "{engine: MySQL}, {engine: TDengine}, {engine: Redis}",
}

// systems are the entities of a small system, from one name to a few lines.
var systems = map[string]string{
	"one":   `["公告"]`,
	"names": `["会员", "门店", "预约单", "操作日志"]`,
	"buy": `["团长: 手机号, 姓名, 小区, 状态(正常/停用)", "团购活动: 标题, 团长, 开始时间, 结束时间, 状态(未开始/进行中/已结束)",
	        "订单: 订单号#, 用户, 团购活动, 总金额, 提货码, 状态(待支付/待提货/已完成/已取消), 过期时间"]`,
}

type sample struct {
	name string
	b    brief.Brief
}

// samples are all presets at four sizes and small systems on every stack.
func samples(t *testing.T) []sample {
	t.Helper()
	var out []sample
	for _, p := range brief.Presets() {
		for _, dau := range []string{"", "2000", "50000", "500000"} {
			b, _ := brief.Preset(p.ID)
			if dau != "" {
				if err := b.Set("system.dau", dau); err != nil {
					t.Fatal(err)
				}
			}
			out = append(out, sample{p.ID + "/" + dau, b})
		}
	}
	for _, stack := range sorted(stacks) {
		for _, system := range sorted(systems) {
			for _, dau := range []string{"2000", "500000"} {
				src := fmt.Sprintf("schema: dbbrief/v1\nbase_date: 2027-01-01\nsystem: {name: 社区服务, summary: 居民下单与到店预约的小程序, dau: %s}\ndatabases: [%s]\nentities: %s\n",
					dau, stacks[stack], systems[system])
				b, err := brief.Parse(stack, []byte(src))
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, sample{stack + "/" + system + "/" + dau, b})
			}
		}
	}
	return append(out, sample{"golden", goldenBrief(t)})
}

func sorted(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func TestForm(t *testing.T) {
	for _, s := range samples(t) {
		for _, l := range []prompt.Length{prompt.Brief, prompt.Standard, prompt.Full} {
			d, text := written(s.b, l)
			name := s.name + " " + string(l)
			doc := chapter.Parse(text).Document()
			if again := doc.String(); again != text {
				t.Errorf("%s does not have the form of the contract: %s", name, firstDifference(text, again))
			}
			labels(t, name, doc)
			bullets(t, name, doc)
			size(t, name, d, text)
		}
	}
}

// labels holds every list of bullets against the contract: required ones in
// order first, then only known ones.
func labels(t *testing.T, name string, d chapter.Document) {
	t.Helper()
	hold := func(where string, items []chapter.Item, required []string) {
		for i, want := range required {
			if i >= len(items) || items[i].Label != want {
				t.Errorf("%s: %s has no %s at place %d", name, where, want, i+1)
				return
			}
		}
		for _, it := range items[len(required):] {
			if !slices.Contains(chapter.ExtraLabels(), it.Label) {
				t.Errorf("%s: %s has unknown label %s", name, where, it.Label)
			}
		}
	}
	sub := func(s chapter.Section, i int) []string { return s.Contract().Subs[i].Labels }
	hold("1.1", d.Principles, sub(chapter.Architecture, 0))
	hold("5.1", d.Primary, sub(chapter.Sync, 0))
	hold("5.2", d.Cross, sub(chapter.Sync, 1))
	hold("4", d.CacheItems, nil)
	hold("6", d.Performance, chapter.Performance.Contract().Labels)
	hold("7", d.Backup, chapter.Backup.Contract().Labels)
	for _, s := range d.Shards {
		hold(s.Zh+s.Kind, s.Items, chapter.ShardLabels(s.Kind))
	}
	if n := len(d.Shards); n == 0 || d.Shards[n-1].Zh != "其他业务" {
		t.Errorf("%s: the last sharding subsection is not 其他业务表分表", name)
	}
}

// slips are traces of templates with empty slots.
var slips = regexp.MustCompile(`%!|；；|、、|，，|约约|：；|：，|（）|、等[^保]|，；|；$|，$|为空|<nil>|、和|  `)

// bullets holds the prose against domain.md §2.3. Short required bullets say
// that nothing is to be done (表名规则, 路由策略).
func bullets(t *testing.T, name string, d chapter.Document) {
	t.Helper()
	items := slices.Concat(d.Principles, d.CacheItems, d.Primary, d.Cross, d.Performance, d.Backup)
	for _, s := range d.Shards {
		items = append(items, s.Items...)
	}
	for _, it := range items {
		n := utf8.RuneCountInString(it.Text)
		if n < 12 || n > 220 {
			t.Errorf("%s: %s has %d characters: %s", name, it.Label, n, it.Text)
		}
		if s := slips.FindString(it.Text); s != "" {
			t.Errorf("%s: %s contains %q: %s", name, it.Label, s, it.Text)
		}
	}
	for _, x := range d.Instances {
		if n := utf8.RuneCountInString(x.Remark); n > 60 {
			t.Errorf("%s: remark of %s has %d characters: %s", name, x.Name, n, x.Remark)
		}
	}
	least := min(3, len(d.Tables)+1)
	if n := len(d.Cache); n < least || n > 14 {
		t.Errorf("%s: %d cache entries", name, n)
	}
}

func size(t *testing.T, name string, d design.Design, text string) {
	t.Helper()
	most := 40000 + 900*max(0, len(d.Tables)-13)
	if n := utf8.RuneCountInString(text); n < 3000 || n > most {
		t.Errorf("%s: %d characters", name, n)
	}
}

// Lengths differ in optional bullets only: a shorter chapter is the longer one
// with lines left out.
func TestLengths(t *testing.T) {
	for _, s := range samples(t) {
		_, short := written(s.b, prompt.Brief)
		_, usual := written(s.b, prompt.Standard)
		_, long := written(s.b, prompt.Full)
		for _, pair := range [][2]string{{short, usual}, {usual, long}} {
			rest := strings.Split(pair[1], "\n")
			for _, line := range strings.Split(pair[0], "\n") {
				i := slices.Index(rest, line)
				if i < 0 {
					t.Fatalf("%s: the longer chapter lacks %q", s.name, line)
				}
				rest = rest[i+1:]
			}
		}
		if short == usual || usual == long {
			t.Errorf("%s: two lengths are the same", s.name)
		}
	}
}

// mysqlisms must not stand in chapters of other families.
var mysqlisms = regexp.MustCompile(`(?i)binlog|innodb|gtid|xtrabackup|orchestrator|proxysql|canal|type=all|long_query_time|reorganize|super_read_only|pt-heartbeat|mysql|seconds_behind`)

func TestNoForeignWords(t *testing.T) {
	for _, s := range samples(t) {
		stack, _, _ := strings.Cut(s.name, "/")
		if !slices.Contains([]string{"postgresql", "gaussdb", "mongodb", "dameng", "other", "doris", "clickhouse"}, stack) {
			continue
		}
		_, text := written(s.b, prompt.Full)
		for i, line := range strings.Split(text, "\n") {
			if w := mysqlisms.FindString(line); w != "" {
				t.Errorf("%s line %d: %q in %s", s.name, i+1, w, line)
			}
		}
	}
}

// The checker has nothing to say about form and figures, and every chapter
// reaches the score that is asked of the drafter (domain.md §5.2).
func TestChecked(t *testing.T) {
	total, n := 0, 0
	for _, s := range samples(t) {
		d, text := written(s.b, prompt.Standard)
		r := check.Run(&d, text)
		for _, f := range r.Findings {
			if f.Rule[0] == 'F' || f.Rule[0] == 'Q' {
				t.Errorf("%s: %s line %d: %s", s.name, f.Rule, f.Line, f.Message)
			}
		}
		if r.Score.Total < 82 {
			t.Errorf("%s: score %d", s.name, r.Score.Total)
		}
		total, n = total+r.Score.Total, n+1
	}
	if total < 88*n {
		t.Errorf("the mean score is %d", total/n)
	}
}
