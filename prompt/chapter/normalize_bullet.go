package chapter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dbchapter/prompt/pattern"
)

var (
	bulletMark = pattern.New(`^([-*+•·]|\d{1,3}[.)、])[ \t]*`)
	boldLabel  = pattern.New(`^\*\*([^*]{1,60}?)[ \t]*[：:]?[ \t]*\*\*[ \t]*([：:]?)[ \t]*(.*)$`)
	plainLabel = pattern.New(`^([\p{Han}A-Za-z0-9_/+ ()（）-]{2,36}?)[ \t]*(：|:[ \t]|:$)[ \t]*(.*)$`)
)

// bulletParts reads an item however it is written: its label, its text, and
// whether it is one at all. A line without a mark is an item only when its
// label is bold; a plain label needs a mark.
func bulletParts(l string) (label, text string, ok bool) {
	mark := bulletMark.FindString(l)
	if strings.HasPrefix(l, "**") {
		mark = ""
	}
	rest := l[len(mark):]
	numbered := mark != "" && mark[0] >= '0' && mark[0] <= '9'
	if m := boldLabel.FindStringSubmatch(rest); m != nil {
		inner := strings.TrimSuffix(strings.TrimPrefix(rest, "**"), m[3])
		colon := m[2] != "" || strings.ContainsAny(inner, "：:")
		known := slices.Contains(knownLabels(), tightLabel(m[1]))
		switch {
		case colon && (m[3] != "" || mark != ""):
			return tightLabel(m[1]), m[3], true
		case known && mark != "" && !numbered:
			return tightLabel(m[1]), m[3], true
		}
		return "", "", false
	}
	if mark == "" || numbered {
		return "", "", false
	}
	m := plainLabel.FindStringSubmatch(rest)
	if m == nil || utf8.RuneCountInString(m[1]) > 16 || m[3] == "" {
		return "", "", false
	}
	return tightLabel(m[1]), m[3], true
}

// label is the label of an item or of a bold line with a colon, "" for none.
func label(l string) string {
	name, _, ok := bulletParts(strings.TrimSpace(l))
	if !ok {
		return ""
	}
	return name
}

// tightLabel is a label as the contract writes it: SQL 优化 is SQL优化.
func tightLabel(s string) string {
	s = strings.TrimSpace(s)
	if t := blanks.ReplaceAllString(s, ""); slices.Contains(knownLabels(), t) {
		return t
	}
	return s
}

// formBullets writes items as - **label**：text (N8).
func (n *normalizer) formBullets() {
	in := n.places()
	begun := false
	for i, l := range n.lines {
		if in[i] != prose {
			continue
		}
		if headingLine.MatchString(l.text) {
			begun = true
			continue
		}
		name, text, ok := bulletParts(l.text)
		if !ok || !begun {
			continue
		}
		now := "- **" + name + "**：" + text
		if now == l.text {
			continue
		}
		n.lines[i].text = now
		n.fixed(l.at, "F015", name, "条目"+quoted(name)+"已统一为「- **标签**：内容」", name)
	}
}

// titleShards gives the subsections of the sharding strategy their form (N7).
func (n *normalizer) titleShards() {
	in, ok := n.section(Sharding)
	if !ok {
		return
	}
	places := n.places()
	ts := n.titles()
	for k, t := range ts {
		if t.level != 4 || t.index < in.from || t.index >= in.to || isShardTitle(t.text) && !strings.HasSuffix(t.text, "分库分表") {
			continue
		}
		to := in.to
		if k+1 < len(ts) {
			to = min(to, ts[k+1].index)
		}
		var labels []string
		for i := t.index + 1; i < to; i++ {
			if places[i] == prose {
				labels = append(labels, label(n.lines[i].text))
			}
		}
		if want := shardTitle(t.text, labels); want != "" && want != t.text {
			n.setTitle(t, 4, want)
			n.fixed(n.lines[t.index].at, "F023", want, "小节标题"+quoted(t.text)+"已改为"+quoted(want), t.text)
		}
	}
}
