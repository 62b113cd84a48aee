package chapter

import (
	"strings"

	"dbchapter/prompt/pattern"
)

var (
	// tightHeading also takes ##标题 and closing #.
	tightHeading = pattern.New(`^ {0,3}(#{1,6})[ \t]*([^#\s].*?)[ \t]*#*$`)
	boldLine     = pattern.New(`^\*\*([^*]+)\*\*[：:]?$`)
	// numbering is what people and models put before a title.
	numbering = pattern.New(`^(第?[一二三四五六七八九十百\d]+[章节]?[、.．)）:：][ \t]*|第[一二三四五六七八九十\d]+[章节部分]+[ \t]*|[（(][一二三四五六七八九十\d]+[)）][ \t]*|\d+(\.\d+)+[.、．]?[ \t]*|\d+[ \t]+)+`)
	bracketed = pattern.New(`[ \t]*[（(][^（）()]*[）)]$`)
	blanks    = pattern.New(`[ \t\x{3000}]+`)
)

// plainTitle is a title without numbering and decoration (N5).
func plainTitle(s string) string {
	for {
		t := strings.TrimSpace(s)
		if len(t) > 4 && strings.HasPrefix(t, "**") && strings.HasSuffix(t, "**") {
			t = t[2 : len(t)-2]
		}
		t = strings.TrimRight(t, "：:# \t")
		if loc := numbering.FindStringIndex(t); loc != nil && loc[1] < len(t) {
			t = t[loc[1]:]
		}
		if strings.HasPrefix(t, "**") && strings.Count(t, "**") == 1 {
			t = t[2:]
		}
		if t == s {
			return t
		}
		s = t
	}
}

// aliasTable maps every contract title to the pattern of its other names (N6);
// sections and subsections are kept apart because both know 缓存策略.
type aliasTable []struct {
	title string
	names *pattern.Pattern
}

func (a aliasTable) find(title string) string {
	title = blanks.ReplaceAllString(title, "")
	for _, t := range []string{title, blanks.ReplaceAllString(bracketed.ReplaceAllString(title, ""), "")} {
		for _, row := range a {
			if t == row.title || row.names.MatchString(t) {
				return row.title
			}
		}
	}
	return ""
}

var sectionNames, subNames = func() (sections, subs aliasTable) {
	for _, c := range outline {
		sections = append(sections, aliasTable{{c.Title, pattern.New(`^(?:` + c.aliases + `)$`)}}...)
		for _, s := range c.Subs {
			subs = append(subs, aliasTable{{s.Title, pattern.New(`^(?:` + s.aliases + `)$`)}}...)
		}
	}
	return sections, subs
}()

// contractHeading recognises a heading of the contract however it is written:
// its title in the contract, its level there, and the level it has now (0 for
// a bold line).
func contractHeading(l string) (name string, want, level int) {
	if l == "" || !strings.ContainsAny(l, "#*") {
		return "", 0, 0
	}
	text := ""
	if m := tightHeading.FindStringSubmatch(l); m != nil {
		text, level = m[2], len(m[1])
	} else if m := boldLine.FindStringSubmatch(l); m != nil {
		text = m[1]
	} else {
		return "", 0, 0
	}
	text = plainTitle(text)
	if name = sectionNames.find(text); name != "" {
		return name, 3, level
	}
	return subNames.find(text), 4, level
}

// shiftHeadings moves all headings so that the sections are ### (N4).
func (n *normalizer) shiftHeadings() {
	in := n.places()
	level, at := 0, 0
	for i, l := range n.lines {
		if in[i] != prose {
			continue
		}
		name, want, now := contractHeading(l.text)
		if want != 3 || now == 0 || name == "" {
			continue
		}
		if level == 0 || name == Architecture.Title() {
			level, at = now, l.at
		}
		if name == Architecture.Title() {
			break
		}
	}
	if level == 0 || level == 3 {
		return
	}
	for i, l := range n.lines {
		if m := tightHeading.FindStringSubmatch(l.text); m != nil && in[i] == prose {
			n.lines[i].text = strings.Repeat("#", min(max(len(m[1])+3-level, 1), 6)) + " " + m[2]
		}
	}
	n.fixed(at, "F006", Architecture.Title(), "标题级别已整体平移，章节为三级标题", Architecture.Title(), levelNames[3])
}

// undecorate takes numbers, bold and colons off headings, and makes headings
// of bold lines that name a part of the contract (N5).
func (n *normalizer) undecorate() {
	in := n.places()
	have := map[string]bool{}
	for i, l := range n.lines {
		if name, _, level := contractHeading(l.text); in[i] == prose && level > 0 {
			have[name] = true
		}
	}
	for i, l := range n.lines {
		if in[i] != prose {
			continue
		}
		if m := tightHeading.FindStringSubmatch(l.text); m != nil {
			if t := plainTitle(m[2]); m[1]+" "+t != l.text {
				n.lines[i].text = m[1] + " " + t
				n.fixed(l.at, "F007", t, "标题"+quoted(cut(m[2], 40))+"已去掉编号或装饰", cut(m[2], 40))
			}
			continue
		}
		name, want, level := contractHeading(l.text)
		if name != "" && level == 0 && !have[name] {
			have[name] = true
			n.lines[i].text = strings.Repeat("#", want) + " " + name
			n.fixed(l.at, "F007", name, "加粗文字"+quoted(l.text)+"已改为标题", l.text)
		}
	}
}

// renameHeadings gives sections and subsections their contract titles (N6).
// 缓存策略 is a section at level 3 and a subsection below.
func (n *normalizer) renameHeadings() {
	for _, t := range n.titles() {
		name := ""
		if t.level <= 3 {
			name = sectionNames.find(t.text)
		}
		if name == "" {
			name = subNames.find(t.text)
		}
		if name == "" {
			name = sectionNames.find(t.text)
		}
		if name != "" && name != t.text {
			n.setTitle(t, t.level, name)
			n.fixed(n.lines[t.index].at, "F007", name, "标题"+quoted(t.text)+"已改为"+quoted(name), t.text)
		}
	}
}

// relevel gives every heading of the contract the level it has there (N15):
// 主从同步 as ### becomes ####.
func (n *normalizer) relevel() {
	ts := n.titles()
	sections := map[string]bool{}
	for _, t := range ts {
		if t.level == 3 {
			sections[t.text] = true
		}
	}
	for _, t := range ts {
		want := 0
		_, _, isSub := subByTitle(t.text)
		switch {
		case byTitle(t.text) != "" && (t.level < 3 || !sections[t.text]):
			want = 3
			sections[t.text] = true
		case isSub, isTableTitle(t.text), isShardTitle(t.text):
			want = 4
		}
		if want != 0 && want != t.level {
			n.setTitle(t, want, t.text)
			n.fixed(n.lines[t.index].at, "F006", t.text, "标题"+quoted(t.text)+"已改为"+levelNames[want]+"级标题", t.text, levelNames[want])
		}
	}
}

var levelNames = map[int]string{3: "三", 4: "四"}
