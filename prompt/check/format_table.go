package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
)

// permute writes blocks in the order of their ranks, each into the place of
// the one that stands there now.
func (in *input) permute(blocks []chapter.Block, rank []int) []ddl.Edit {
	order := make([]int, len(blocks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank[a] - rank[b] })
	var out []ddl.Edit
	for i, j := range order {
		if i != j {
			to := blocks[i]
			out = append(out, ddl.Edit{Start: to.Offset, End: in.endOf(to), New: in.text[blocks[j].Offset:in.endOf(blocks[j])]})
		}
	}
	return out
}

// endOf is the byte offset of the end of a block's last line, before its line
// end.
func (in *input) endOf(b chapter.Block) int {
	at := b.Offset
	for range b.End - b.Line {
		at += strings.IndexByte(in.text[at:], '\n') + 1
	}
	if i := strings.IndexByte(in.text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(in.text)
}

// badTableTitles: what the normaliser gave its form, and what it could not.
func badTableTitles(in *input) []hit {
	out := in.repaired("F016")
	for _, f := range in.fences {
		if f.name == "" && f.title != "" {
			out = append(out, say(f.titleLine, f.title, f.title).offer("标题写成「中文名表 (表名)」"))
		}
	}
	return out
}

func missingDefinitions(in *input) []hit {
	var out []hit
	for _, t := range in.doc.Tables {
		defined := slices.ContainsFunc(in.fences, func(f fence) bool { return f.titleLine == t.Line })
		if t.Name != "" && !defined {
			out = append(out, say(t.Line, t.Name, t.Title).offer("补上 %s 的建表语句", t.Name))
		}
	}
	return out
}

func missingCache(in *input) []hit {
	p, ok := in.chapter.Section(chapter.Cache)
	if !ok {
		return nil
	}
	s, ok := p.Sub(chapter.CacheSub)
	if !ok {
		return nil
	}
	want := 3
	if in.design != nil {
		want = min(3, len(in.design.Brief.Entities)+1)
	}
	switch n := len(in.doc.Cache); {
	case n == 0:
		return []hit{say(s.Head.Line, chapter.CacheSub).offer("重新生成「缓存设计」一节")}
	case n < want:
		h := say(s.Head.Line, chapter.CacheSub).as(Warn)
		h.wording = fmt.Sprintf("缓存条目只有%d个，至少应有%d个", n, want)
		return []hit{h}
	}
	return nil
}

// entryName is how a message calls a cache entry.
func entryName(e chapter.CacheEntry) string {
	if e.Title != "" {
		return e.Title
	}
	return e.Key
}

func missingFields(in *input) []hit {
	var out []hit
	for _, e := range in.doc.Cache {
		var missing []string
		for _, f := range []struct{ name, value string }{{"KEY", e.Key}, {"VALUE", e.Value}, {"TTL", e.TTL}} {
			if f.value == "" {
				missing = append(missing, f.name)
			}
		}
		if len(missing) > 0 {
			out = append(out, say(e.Line, e.Key, entryName(e), strings.Join(missing, "、")))
		}
	}
	return out
}

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(?::(?:[a-z0-9_.-]+|\{[a-z][a-z0-9_]*\}))+$`)

func badKeys(in *input) []hit {
	out := in.repaired("F022")
	for _, e := range in.doc.Cache {
		switch {
		case e.Key != "" && !keyForm.MatchString(e.Key):
			out = append(out, in.formKey(e, say(e.KeyLine, e.Key, e.Key)))
		case e.Title == "":
			h := say(e.Line, e.Key).offer("在条目上方补一行「# 标题」")
			h.wording = fmt.Sprintf("缓存条目「%s」没有标题行", e.Key)
			out = append(out, h)
		}
	}
	return out
}

var angleKey = regexp.MustCompile(`<([a-z][a-z0-9_]*)>`)

// formKey mends a key whose only fault is <column> for {column}.
func (in *input) formKey(e chapter.CacheEntry, h hit) hit {
	want := angleKey.ReplaceAllString(e.Key, "{$1}")
	start := in.lineOffset(e.KeyLine)
	i := strings.Index(in.text[start:], e.Key)
	if !keyForm.MatchString(want) || i < 0 || strings.Contains(in.text[start:start+i], "\n") {
		return h.offer("改成 域:用途:{列名} 的形式")
	}
	start += i
	return h.mend([]ddl.Edit{{Start: start, End: start + len(e.Key), New: want}}, "占位符写成 %s", want)
}

// shardLike says whether a subsection is about splitting a table, whatever its
// title.
func shardLike(s chapter.Shard) bool {
	return slices.ContainsFunc(s.Items, func(it chapter.Item) bool {
		return slices.Contains([]string{"分表规则", "分库规则", "分片规则", "分库数量", "表名规则"}, it.Label)
	})
}

func badShardTitles(in *input) []hit {
	out := in.repaired("F023")
	for _, s := range in.doc.Shards {
		if s.Kind == "" && shardLike(s) {
			out = append(out, say(s.Line, s.Title, s.Title).offer("标题写成「中文名表分表」或「中文名表分库」"))
		}
	}
	return out
}

func emptySubs(in *input) []hit {
	var out []hit
	for _, p := range in.chapter.Parts {
		subs := p.Subs()
		if len(subs) == 0 {
			out = append(out, say(p.Line, p.Title, p.Title))
		}
		for _, s := range subs {
			if s.Title != "" && len(s.Blocks) == 0 && chapter.Tables.Contract().Pattern.FindString(s.Title) == "" {
				out = append(out, say(s.Head.Line, s.Title, s.Title))
			}
		}
	}
	return out
}

var (
	placeholders = regexp.MustCompile(`\{(?:system_description|database_info|microservice_context|business_entities)\}`)
	pending      = regexp.MustCompile(`\b(?:TODO|FIXME|TBD)\b|待补充|待填写|待完善|(?:^|[^\p{Han}])待定(?:$|[^价\p{Han}])|\b[xX]{3,}\b`)
	angle        = regexp.MustCompile(`<[^<>\n]*[\p{Han}…][^<>\n]*>|<\.{3}>`)
)

// unfinished looks for placeholders everywhere and for open ends outside code,
// where <…> and xxx may be meant.
func unfinished(in *input) []hit {
	var out []hit
	for _, p := range in.chapter.Parts {
		for _, b := range p.Blocks() {
			for i, l := range strings.Split(b.Text, "\n") {
				line := b.Line + i
				found := placeholders.FindString(l)
				if b.Kind == chapter.Fence {
					line++
				} else if found == "" {
					found = strings.TrimSpace(pending.FindString(l) + angle.FindString(l))
				}
				if found != "" {
					out = append(out, say(line, found, found))
				}
			}
		}
	}
	return out
}

// strayCode: sections 2 and 4 have code, the others none. A second code block
// beside a table's definition is a help, and only noted.
func strayCode(in *input) []hit {
	var out []hit
	for _, p := range in.chapter.Parts {
		if p.Section == "" || p.Section == chapter.Tables {
			continue
		}
		for _, s := range p.Subs() {
			for _, b := range s.Blocks {
				if b.Kind == chapter.Fence && !(p.Section == chapter.Cache && s.Title == chapter.CacheSub && len(chapter.CacheEntries(b)) > 0) {
					name := s.Title
					if name == "" {
						name = p.Title
					}
					out = append(out, say(b.Line, name, name).offer("改写成条目，或移到备注"))
				}
			}
		}
	}
	return out
}

// extras is what a reply adds inside a section: it stays, and is only noted.
// One finding for each kind and subsection.
func extras(in *input) []hit {
	out := in.repaired("F029")
	for _, p := range in.chapter.Parts {
		if p.Section == "" {
			continue
		}
		for _, s := range p.Subs() {
			out = append(out, extraIn(p.Section, s)...)
		}
	}
	return out
}

func extraIn(section chapter.Section, s chapter.Sub) []hit {
	c := section.Contract()
	name := s.Title
	if name == "" {
		name = c.Title
	}
	if title := extraTitle(c, s); title != "" {
		return []hit{say(s.Head.Line, name, c.Title, "小节「"+title+"」")}
	}
	known := slices.Concat(chapter.ExtraLabels(), c.Labels)
	for _, sub := range c.Subs {
		known = append(known, sub.Labels...)
	}
	if section == chapter.Sharding {
		known = slices.Concat(known, chapter.ShardLabels(chapter.ByTable), chapter.ShardLabels(chapter.ByDatabase))
	}
	var labels, kinds []string
	line, kindLine := 0, 0
	for _, b := range s.Blocks {
		kind := map[chapter.Kind]string{chapter.Text: "段落", chapter.Row: "表格"}[b.Kind]
		switch {
		case b.Kind == chapter.Bullet && b.Label == "":
			kind = "无标签的条目"
		case b.Kind == chapter.Bullet && !slices.Contains(known, b.Label):
			labels = append(labels, b.Label)
			line = max(line, 0)
			if line == 0 {
				line = b.Line
			}
		case b.Kind == chapter.Row && s.Title == chapter.Instances:
			kind = ""
		case b.Kind == chapter.Fence && section == chapter.Tables && !definesTable(b.Text):
			kind = "代码块"
		}
		if kind != "" && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
			if kindLine == 0 {
				kindLine = b.Line
			}
		}
	}
	var out []hit
	if len(labels) > 0 {
		out = append(out, say(line, strings.Join(labels, "、"), name, "标签"+strings.Join(labels, "、")))
	}
	if len(kinds) > 0 {
		out = append(out, say(kindLine, name, name, strings.Join(kinds, "、")))
	}
	return out
}

// extraTitle is the title of a subsection that the contract does not know and
// that is neither a table nor a sharding rule, "" when it does.
func extraTitle(c chapter.Contract, s chapter.Sub) string {
	switch {
	case s.Title == "", slices.ContainsFunc(c.Subs, func(x chapter.SubContract) bool { return x.Title == s.Title }):
		return ""
	case c.Pattern != nil && c.Pattern.MatchString(s.Title):
		return ""
	case c.Section == chapter.Tables && slices.ContainsFunc(s.Blocks, func(b chapter.Block) bool { return b.Kind == chapter.Fence && definesTable(b.Text) }):
		return ""
	case c.Section == chapter.Sharding && shardLike(chapter.Shard{Items: chapter.Items(s.Blocks)}):
		return ""
	}
	return s.Title
}

// shortest is the fewest characters of a chapter that can be whole: the seven
// sections with their required items alone take more.
const shortest = 600

func tooShort(in *input) []hit {
	if n := utf8.RuneCountInString(strings.Join(strings.Fields(in.text), "")); n < shortest {
		return []hit{say(1, "", n)}
	}
	return nil
}
