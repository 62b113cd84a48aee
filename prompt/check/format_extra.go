package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/pattern"
)

var (
	placeholders = pattern.New(`\{(?:system_description|database_info|microservice_context|business_entities)\}`)
	pending      = pattern.New(`\b(?:TODO|FIXME|TBD)\b|待补充|待填写|待完善|(?:^|[^\p{Han}])待定(?:$|[^价\p{Han}])|\b[xX]{3,}\b`)
	angle        = pattern.New(`<[^<>\n]*[\p{Han}…][^<>\n]*>|<\.{3}>`)
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
	known := labelsIn(c)
	labels, kinds := list{}, list{}
	for _, b := range s.Blocks {
		switch {
		case b.Kind == chapter.Bullet && b.Label == "":
			kinds.add("无标签的条目", b.Line)
		case b.Kind == chapter.Bullet && !slices.Contains(known, b.Label):
			labels.add(b.Label, b.Line)
		case b.Kind == chapter.Text:
			kinds.add("段落", b.Line)
		case b.Kind == chapter.Row && s.Title != chapter.Instances:
			kinds.add("表格", b.Line)
		case b.Kind == chapter.Fence && section == chapter.Tables && !definesTable(b.Text):
			kinds.add("代码块", b.Line)
		}
	}
	var out []hit
	if text := labels.text(); text != "" {
		out = append(out, say(labels.line, text, name, "标签"+text))
	}
	if text := kinds.text(); text != "" {
		out = append(out, say(kinds.line, name, name, text))
	}
	return out
}

// list is different words in the order they came, and the line of the first.
type list struct {
	words []string
	line  int
}

func (l *list) add(word string, line int) {
	if len(l.words) == 0 {
		l.line = line
	}
	if !slices.Contains(l.words, word) {
		l.words = append(l.words, word)
	}
}

func (l *list) text() string { return strings.Join(l.words, "、") }

// labelsIn are the labels that may stand somewhere in a section.
func labelsIn(c chapter.Contract) []string {
	known := slices.Concat(chapter.ExtraLabels(), c.Labels)
	for _, sub := range c.Subs {
		known = append(known, sub.Labels...)
	}
	if c.Section == chapter.Sharding {
		known = slices.Concat(known, chapter.ShardLabels(chapter.ByTable), chapter.ShardLabels(chapter.ByDatabase))
	}
	return known
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
