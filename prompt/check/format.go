package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
)

// formatRules hold a chapter against the form of the seed (domain.md §4.1).
// Those that repaired finds are what the normaliser had to change first.
var formatRules = []rule{
	{"F001", Error, "缺少章节「### %s」", missingSections},
	{"F002", Error, "章节顺序应为 数据库架构→核心表设计→分库分表策略→缓存设计→数据同步→性能优化→备份恢复", repaired("F002")},
	{"F003", Warn, "出现未约定的章节「### %s」，请并入「%s」或删除", unknownSections},
	{"F004", Error, "「%s」缺少小节「#### %s」", missingSubs},
	{"F005", Warn, "「%s」的小节顺序与约定不一致", repaired("F005")},
	{"F006", Error, "标题「%s」应为%s级标题", repaired("F006")},
	{"F007", Warn, "标题「%s」含编号、装饰或别名", repaired("F007")},
	{"F008", Error, "第一个章节之前或最后条目之后存在多余文本：%s", repaired("F008")},
	{"F009", Warn, "全文被代码围栏包裹", repaired("F009")},
	{"F010", Error, "表头应为「服务名称|数据库类型|实例名称|主要表|备注」，实际为「%s」", badHeader},
	{"F011", Error, "表格第%d行应为5列，实际%d列", badRows},
	{"F012", Warn, "表格缺少分隔行", repaired("F012")},
	{"F013", Error, "「%s」缺少必需条目「**%s**」", missingLabels},
	{"F014", Warn, "「%s」条目顺序与约定不一致，应为：%s", labelOrder},
	{"F015", Warn, "条目「%s」应使用「- **标签**：内容」（全角冒号）", repaired("F015")},
	{"F016", Error, "小节标题「%s」应形如「用户表 (users)」", badTableTitles},
	{"F017", Error, "「%s」缺少建表代码块", missingDefinitions},
	{"F018", Warn, "「%s」的代码块语言应为 %s", repaired("F018")},
	{"F019", Error, "第%d行的代码块没有闭合（内容可能被截断）", repaired("F019")},
	{"F020", Error, "「Redis缓存策略」缺少缓存代码块", missingCache},
	{"F021", Error, "缓存条目「%s」缺少 %s", missingFields},
	{"F022", Warn, "缓存 KEY「%s」应为小写、冒号分隔、占位符为列名，如 user:info:{user_id}", badKeys},
	{"F023", Error, "「%s」应形如「订单表分表」或「用户表分库」", badShardTitles},
	{"F024", Warn, "「%s」没有内容", emptySubs},
	{"F025", Info, "换行、空行或行尾空格不统一", repaired("F025")},
	{"F026", Error, "存在未替换或待补内容：%s", unfinished},
	{"F027", Warn, "存在对话式文字：%s", repaired("F027")},
	{"F028", Warn, "「%s」不应出现代码块", strayCode},
	{"F029", Info, "「%s」有约定之外的内容：%s", extras},
	{"F030", Error, "全文仅%d字，疑似不完整", tooShort},
}

// repaired finds what the normaliser changed on behalf of a rule; the lines
// are already those of the text given.
func repaired(id string) func(*input) []hit {
	return func(in *input) []hit { return in.repaired(id) }
}

func (in *input) repaired(id string) []hit {
	var out []hit
	for _, f := range in.fixed {
		if f.Rule == id {
			out = append(out, hit{line: f.Line, object: f.Object, args: f.Args, wording: f.Found, fix: f.Message, source: true})
		}
	}
	return out
}

// lastLine is where something that is missing at the end would stand.
func (in *input) lastLine() int { return max(1, strings.Count(in.text, "\n")) }

func missingSections(in *input) []hit {
	var out []hit
	line := 1
	for _, s := range chapter.Sections() {
		if p, ok := in.chapter.Section(s); ok {
			line = p.Line + max(0, strings.Count(p.Text, "\n")-1)
			continue
		}
		out = append(out, say(min(line, in.lastLine()), s.Title(), s.Title()).in(s).offer("重新生成「%s」一节", s.Title()))
	}
	return out
}

// unknownSections are extra: a real reply may have a useful one, so it is a
// warning and stays (shared README).
func unknownSections(in *input) []hit {
	var out []hit
	near := chapter.Architecture
	for _, p := range in.chapter.Parts {
		if p.Section != "" {
			near = p.Section
			continue
		}
		out = append(out, say(p.Line, p.Title, p.Title, near.Title()).in(near).offer("并入「%s」，或删除", near.Title()))
	}
	return out
}

func missingSubs(in *input) []hit {
	var out []hit
	for _, s := range chapter.Sections() {
		p, ok := in.chapter.Section(s)
		if !ok {
			continue
		}
		for _, want := range s.Contract().Subs {
			if _, ok := p.Sub(want.Title); !ok {
				out = append(out, say(p.Line, want.Title, s.Title(), want.Title).offer("重新生成「%s」一节", s.Title()))
			}
		}
	}
	for _, s := range []chapter.Section{chapter.Tables, chapter.Sharding} {
		if p, ok := in.chapter.Section(s); ok && !in.hasPattern(s) {
			want := map[chapter.Section]string{chapter.Tables: "用户表 (users)", chapter.Sharding: "其他业务表分表"}[s]
			out = append(out, say(p.Line, s.Title(), s.Title(), want).offer("重新生成「%s」一节", s.Title()))
		}
	}
	return out
}

// hasPattern says whether a section has a subsection of its form.
func (in *input) hasPattern(s chapter.Section) bool {
	if s == chapter.Tables {
		return len(in.fences) > 0 || slices.ContainsFunc(in.doc.Tables, func(t chapter.Table) bool { return t.Name != "" })
	}
	return slices.ContainsFunc(in.doc.Shards, func(sh chapter.Shard) bool { return sh.Kind != "" || shardLike(sh) })
}

// badHeader and badRows: what the normaliser mended, and what it could not.
func badHeader(in *input) []hit {
	out := in.repaired("F010")
	p, ok := in.chapter.Section(chapter.Architecture)
	if !ok {
		return out
	}
	s, ok := p.Sub(chapter.Instances)
	if !ok {
		return out
	}
	i := slices.IndexFunc(s.Blocks, func(b chapter.Block) bool { return b.Kind == chapter.Row })
	if i < 0 {
		return append(out, say(s.Head.Line, chapter.Instances, "没有表格").offer("重新生成「数据库架构」一节"))
	}
	if !slices.Equal(s.Blocks[i].Cells, chapter.Architecture.Contract().Subs[1].Header) {
		out = append(out, say(s.Blocks[i].Line, chapter.Instances, strings.Join(s.Blocks[i].Cells, "|")))
	} else if len(in.doc.Instances) == 0 {
		h := say(s.Blocks[i].Line, chapter.Instances)
		h.wording = "「数据库实例规划」的表格没有任何一行"
		out = append(out, h)
	}
	return out
}

func badRows(in *input) []hit {
	out := in.repaired("F011")
	for i, r := range in.doc.Instances {
		if r.Cells != 5 {
			out = append(out, say(r.Line, r.Service, i+1, r.Cells))
		}
	}
	return out
}

// labelled is a place whose bullets the contract names.
type labelled struct {
	name   string
	line   int
	want   []string
	blocks []chapter.Block
	known  []string // further labels that may stand here
}

// places lists the sections and subsections with required labels.
func (in *input) places() []labelled {
	var out []labelled
	for _, p := range in.chapter.Parts {
		c := p.Section.Contract()
		if len(c.Labels) > 0 {
			out = append(out, labelled{name: c.Title, line: p.Line, want: c.Labels, blocks: p.Blocks()})
		}
		if len(c.Subs) == 0 && p.Section != chapter.Sharding {
			continue
		}
		for _, s := range p.Subs() {
			if l, ok := labelledSub(p.Section, s); ok {
				out = append(out, l)
			}
		}
	}
	return out
}

func labelledSub(section chapter.Section, s chapter.Sub) (labelled, bool) {
	l := labelled{name: s.Title, line: s.Head.Line, blocks: s.Blocks}
	if section == chapter.Sharding {
		m := section.Contract().Pattern.FindStringSubmatch(s.Title)
		if m != nil {
			l.want, l.known = chapter.ShardLabels(m[2]), []string{"分片规则"}
		}
		return l, m != nil
	}
	for _, c := range section.Contract().Subs {
		if c.Title == s.Title && (len(c.Labels) > 0 || c.Fence) {
			l.want = c.Labels
			return l, true
		}
	}
	return l, false
}

// same says whether a label is the one wanted; 分片规则 is what many write for
// 分库规则 and 分表规则.
func same(label, want string) bool {
	return label == want || label == "分片规则" && (want == "分库规则" || want == "分表规则")
}

func missingLabels(in *input) []hit {
	var out []hit
	for _, l := range in.places() {
		items := chapter.Items(l.blocks)
		for _, want := range l.want {
			if !slices.ContainsFunc(items, func(it chapter.Item) bool { return same(it.Label, want) }) {
				out = append(out, say(l.line, want, l.name, want).offer("在「%s」补上「**%s**」", l.name, want))
			}
		}
	}
	return out
}

// labelOrder compares the order of the required labels among themselves. The
// repair puts their bullets, as they are, into the places they take now.
func labelOrder(in *input) []hit {
	var out []hit
	for _, l := range in.places() {
		var have []chapter.Block
		var rank []int
		for _, b := range l.blocks {
			if i := slices.IndexFunc(l.want, func(w string) bool { return b.Kind == chapter.Bullet && same(b.Label, w) }); i >= 0 {
				have, rank = append(have, b), append(rank, i)
			}
		}
		if slices.IsSorted(rank) {
			continue
		}
		out = append(out, say(have[0].Line, l.name, l.name, strings.Join(l.want, "、")).mend(in.permute(have, rank), "按约定顺序排列条目"))
	}
	return out
}
