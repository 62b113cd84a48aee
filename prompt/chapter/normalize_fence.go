package chapter

import (
	"fmt"
	"strings"

	"dbchapter/prompt/pattern"
)

// closeFences ends code blocks that were left open before the next heading of
// the contract, or at the end (N11).
func (n *normalizer) closeFences() {
	texts := make([]string, len(n.lines))
	for i, l := range n.lines {
		texts[i] = l.text
	}
	var out []line
	for i := 0; i < len(texts); i++ {
		m := fenceMark(texts[i])
		if m == nil {
			out = append(out, n.lines[i])
			continue
		}
		end, closed := closeOf(texts, i+1, m[1])
		if closed {
			out = append(out, n.lines[i:end+1]...)
			i = end
			continue
		}
		last := end
		for last > i+1 && strings.TrimSpace(texts[last-1]) == "" {
			last--
		}
		out = append(out, n.lines[i:last]...)
		out = append(out, line{m[1], n.lines[last-1].at})
		out = append(out, n.lines[last:end]...)
		n.fixed(n.lines[i].at, "F019", "", fmt.Sprintf("第%d行的代码块没有闭合，已补上结束围栏，内容可能不完整", n.lines[i].at), n.lines[i].at)
		i = end - 1
	}
	n.lines = out
}

// language is what the contract writes behind the fence of a code block.
func language(code, now string) string {
	switch {
	case createTable.MatchString(code):
		return "sql"
	case strings.Contains(code, "createCollection("):
		return "javascript"
	case definesAny(code):
		return "json"
	}
	return now
}

// nameLanguages gives code blocks of tables their language and takes it off
// the cache block (N10).
func (n *normalizer) nameLanguages() {
	in := n.places()
	under, sub := "", ""
	for i, l := range n.lines {
		if m := headingLine.FindStringSubmatch(l.text); m != nil && in[i] == prose {
			if len(m[1]) == 3 {
				under = m[2]
			}
			sub = m[2]
			continue
		}
		if in[i] != fenceOpen {
			continue
		}
		m := fenceMark(l.text)
		want := m[2]
		switch under {
		case Tables.Title():
			want = language(n.codeAt(i, in), m[2])
		case Cache.Title():
			if cacheKey.MatchString(n.codeAt(i, in)) {
				want = ""
			}
		}
		if want != m[2] {
			n.lines[i].text = m[1] + want
			n.fixed(l.at, "F018", sub, "代码块语言已改为"+quoted(want), sub, want)
			if want == "" {
				n.found("「%s」的代码块不应有语言标记", sub)
			}
		}
	}
}

var (
	cacheField = pattern.New(`(?i)^\s*(?:[-*+]\s+)?(?:\*\*)?(KEY|VALUE|TTL|键|值|过期时间|过期)(?:\*\*)?\s*[：:](?:\*\*)?[ \t]*(.*)$`)
	cacheKey   = pattern.New(`(?im)^\s*(?:[-*+]\s+)?(?:\*\*)?(KEY|键)(?:\*\*)?\s*[：:]`)
	cacheTitle = pattern.New(`^\s*(?:#+|//+|--+)\s*(.+?)\s*$`)
	fieldNames = map[string]string{"键": "KEY", "值": "VALUE", "过期时间": "TTL", "过期": "TTL"}
)

// formCacheLine writes one line of a cache block as the contract does.
func formCacheLine(l string) string {
	if m := cacheField.FindStringSubmatch(l); m != nil {
		name := strings.ToUpper(m[1])
		if zh := fieldNames[name]; zh != "" {
			name = zh
		}
		return strings.TrimRight(name+": "+m[2], " ")
	}
	if m := cacheTitle.FindStringSubmatch(l); m != nil {
		return "# " + m[1]
	}
	return strings.TrimSpace(l)
}

// formCache writes the cache block of the contract (N12): one block, entries
// with # title and the three fields, one blank line apart. What stands between
// several blocks follows the one they become.
func (n *normalizer) formCache() {
	in, ok := n.subsection(Cache, CacheSub)
	if !ok {
		return
	}
	block, rest, fences := n.cacheLines(in)
	if len(block) == 0 {
		return
	}
	at := block[0].at
	entries := formEntries(block)
	now := append([]line{{"```", at}}, entries...)
	now = append(now, line{"```", entries[len(entries)-1].at})
	now = append(now, trimBlank(rest)...)
	if joined(tight(n.lines[in.from:in.to])) == joined(tight(now)) {
		return
	}
	n.replace(in, append(now, line{"", at})...)
	message := "缓存条目已统一为「# 标题、KEY、VALUE、TTL」"
	if fences > 1 {
		message = "缓存条目已合并为一个代码块"
	}
	n.fixed(at, "F022", CacheSub, message)
	n.found("缓存条目应写在一个代码块里，形如「# 标题、KEY、VALUE、TTL」")
}

// cacheLines parts the lines of entries, inside code blocks or not, from the
// rest.
func (n *normalizer) cacheLines(in span) (block, rest []line, fences int) {
	places := n.places()
	for i := in.from; i < in.to; i++ {
		l := n.lines[i]
		switch {
		case places[i] == fenceOpen && cacheKey.MatchString(n.codeAt(i, places)):
			block = append(block, ownTitle(&rest)...)
			for i++; i < in.to && places[i] == code; i++ {
				block = append(block, n.lines[i])
			}
			block = append(block, line{"", l.at})
			fences++
		case places[i] == prose && cacheField.MatchString(l.text) && !formed.MatchString(l.text):
			block = append(append(block, ownTitle(&rest)...), l)
		default:
			rest = append(rest, l)
		}
	}
	return block, rest, fences
}

// ownTitle takes the title off the end of the lines before an entry: a bold
// line or a small heading.
func ownTitle(rest *[]line) []line {
	r := trimBlankEnd(*rest)
	if len(r) == 0 {
		return nil
	}
	last := r[len(r)-1]
	text := ""
	if m := headingLine.FindStringSubmatch(last.text); m != nil {
		text = plainTitle(m[2])
	} else if m := boldLine.FindStringSubmatch(strings.TrimSpace(last.text)); m != nil {
		text = plainTitle(m[1])
	}
	if text == "" {
		return nil
	}
	*rest = r[:len(r)-1]
	return []line{{"", last.at}, {"# " + text, last.at}}
}

// formEntries forms the lines of the block and sets entries apart.
func formEntries(block []line) []line {
	var out []line
	for _, l := range block {
		t := formCacheLine(l.text)
		starts := strings.HasPrefix(t, "# ") && len(out) > 0
		if t == "" || starts && out[len(out)-1].text != "" {
			if len(out) > 0 && out[len(out)-1].text != "" {
				out = append(out, line{"", l.at})
			}
			if t == "" {
				continue
			}
		}
		out = append(out, line{t, l.at})
	}
	return trimBlankEnd(out)
}

func trimBlankEnd(ls []line) []line {
	for len(ls) > 0 && strings.TrimSpace(ls[len(ls)-1].text) == "" {
		ls = ls[:len(ls)-1]
	}
	return ls
}

func trimBlank(ls []line) []line {
	for len(ls) > 0 && strings.TrimSpace(ls[0].text) == "" {
		ls = ls[1:]
	}
	return trimBlankEnd(ls)
}

// tight are the lines that are not blank.
func tight(ls []line) []line {
	var out []line
	for _, l := range ls {
		if strings.TrimSpace(l.text) != "" {
			out = append(out, l)
		}
	}
	return out
}
