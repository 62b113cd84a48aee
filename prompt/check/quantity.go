package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/pattern"
)

// quantityRules look for numbers where an operator needs them, and for words
// that say nothing (domain.md §4.5).
var quantityRules = []rule{
	{"Q401", Warn, "%s 没有给出分库分表的容量依据（行数/GB/TPS）", shardNumbers},
	{"Q402", Warn, "延迟监控没有具体阈值", needs("延迟监控", pattern.New(`\d\s*(?:毫秒|秒|分钟|s\b|ms\b)`))},
	{"Q403", Warn, "「连接池」没有具体数值", needs("连接池", pattern.New(`\d`))},
	{"Q404", Warn, "「慢查询监控」没有具体数值", needs("慢查询监控", pattern.New(`\d`))},
	{"Q405", Warn, "备份策略没有周期或保留期数字", backupNumbers},
	{"Q406", Warn, "没有给出 RPO/RTO 目标", recoveryGoals},
	{"Q407", Info, "「%s」使用了空泛表述且没有任何数字或对象名：%s", emptyWords},
	{"Q408", Info, "「%s」内容过短（%d字，<10）", shortItems},
	{"Q409", Warn, "「%s」没有提到任何本系统的表/列/服务名", unspecific},
	{"Q410", Warn, "没有列出任何具体事件名（如 order.created）", eventNames},
}

var amount = pattern.New(`\d[\d.,]*\s*(?:亿|万|千)?\s*(?:行|条|GB|TB|TPS)`)

// shardNumbers judges the subsections of a table together.
func shardNumbers(in *input) []hit {
	var out []hit
	for _, s := range in.facts.splits {
		if !amount.MatchString(s.text()) {
			out = append(out, say(s.line, s.name(), s.zh+"表").offer("补一条「- **容量依据**：日增、保留期、3年行数与GB、峰值TPS」"))
		}
	}
	if r := in.facts.rest; r != nil {
		text := ""
		for _, it := range r.Items {
			text += it.Text + "\n"
		}
		if !amount.MatchString(text) {
			out = append(out, say(r.Line, r.Zh, r.Zh+"表").offer("写明各表规划期末的行数"))
		}
	}
	return out
}

// needs asks that a labelled bullet has something; a missing one is F013.
func needs(label string, what *pattern.Pattern) func(*input) []hit {
	return func(in *input) []hit {
		for _, it := range in.facts.items {
			if it.Label == label {
				if what.MatchString(it.Text) {
					return nil
				}
				return []hit{say(it.Line, label).offer("给「%s」写上数值", label)}
			}
		}
		return nil
	}
}

var (
	cycle    = pattern.New(`每(?:日|天|周|月|小时|\s*\d+\s*(?:分钟|小时|天))|实时|\d{1,2}:\d{2}`)
	keepTime = pattern.New(`\d+\s*(?:天|日|周|个月|月|年)`)
)

func backupNumbers(in *input) []hit {
	if len(in.doc.Backup) == 0 {
		return nil
	}
	how, how2 := false, false
	for _, it := range in.doc.Backup {
		how = how || cycle.MatchString(it.Text)
		how2 = how2 || keepTime.MatchString(it.Text)
	}
	if how && how2 {
		return nil
	}
	return []hit{say(in.doc.Backup[0].Line, "备份策略").offer("写明全量与增量的周期和保留天数")}
}

var (
	rpoGiven = pattern.New(`(?i)RPO[^\n]{0,40}?\d`)
	rtoGiven = pattern.New(`(?i)RTO[^\n]{0,40}?\d`)
)

func recoveryGoals(in *input) []hit {
	if rpoGiven.MatchString(in.facts.prose) && rtoGiven.MatchString(in.facts.prose) {
		return nil
	}
	p, ok := in.chapter.Section(chapter.Backup)
	if !ok {
		return nil
	}
	return []hit{say(p.Line, "RPO/RTO").offer("补一条「- **恢复目标**：RPO≤…，RTO≤…」")}
}

var (
	vague  = pattern.New(`合理|适当|定期|及时|尽量|优化到位|提升性能|避免|确保|保证稳定|加强|充分|根据实际情况|按需`)
	digit  = pattern.New(`\d`)
	inCode = pattern.New("`[^`]+`")
	word   = pattern.New(`[A-Za-z_][A-Za-z0-9_.]*`)
)

// emptyWords: a vague word in a bullet without a number and without the name
// of anything in this system.
func emptyWords(in *input) []hit {
	var out []hit
	names := in.names()
	for _, it := range in.facts.items {
		w := vague.FindString(it.Text)
		if w == "" || digit.MatchString(it.Text) || names.in(it.Text) || inCode.MatchString(it.Text) || concrete(it.Text) {
			continue
		}
		label := it.Label
		if label == "" {
			label = "条目"
		}
		out = append(out, say(it.Line, it.Label, label, shorten(it.Text, 30)).offer("写出对象、数值或做法"))
	}
	return out
}

// concrete says whether a text has an identifier: something with _ or a dot,
// or a function or option of a product.
func concrete(text string) bool {
	return slices.ContainsFunc(word.FindAllString(text, -1), func(w string) bool {
		return strings.ContainsAny(strings.Trim(w, "._"), "_.")
	})
}

func shortItems(in *input) []hit {
	var out []hit
	for _, it := range in.facts.items {
		if n := utf8.RuneCountInString(strings.TrimSpace(it.Text)); it.Label != "" && n < 10 {
			out = append(out, say(it.Line, it.Label, it.Label, n))
		}
	}
	return out
}

// unspecific judges whole sections; the one that defines the tables is
// specific by itself.
func unspecific(in *input) []hit {
	names := in.names()
	if len(names.words) == 0 {
		return nil
	}
	var out []hit
	for _, p := range in.chapter.Parts {
		if p.Section == "" || p.Section == chapter.Tables || names.in(p.Text) {
			continue
		}
		out = append(out, say(p.Line, p.Title, p.Title).offer("写出涉及的表、列、服务或库名"))
	}
	return out
}

var camelEvent = pattern.New(`\b(?:[A-Z][a-z]+)+(?:ed|Event|Out|Paid|Sent|Done)\b`)

// eventNames: services that publish nothing need none.
func eventNames(in *input) []hit {
	p, ok := in.chapter.Section(chapter.Sync)
	if !ok {
		return nil
	}
	s, ok := p.Sub(chapter.CrossSub)
	if !ok || in.design != nil && !in.publishes() {
		return nil
	}
	for _, b := range s.Blocks {
		text := b.Text + strings.Join(b.Cells, " ")
		if camelEvent.MatchString(text) {
			return nil
		}
		for _, e := range eventName.FindAllString(text, -1) {
			if head, _, _ := strings.Cut(e, "."); !in.isPlace(head) {
				return nil
			}
		}
	}
	return []hit{say(s.Head.Line, chapter.CrossSub).offer("在「事件驱动」列出发布的事件名")}
}

func (in *input) publishes() bool {
	for _, s := range in.design.Brief.Services {
		if len(s.Out) > 0 {
			return true
		}
	}
	return false
}
