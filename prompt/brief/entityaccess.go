package brief

import (
	"slices"
	"strconv"
	"strings"
)

// tagWords are the tags of an entity with their names in prose.
var tagWords = []wording{
	{"hot", "读热点"},
	{"write", "写热点"},
	{"money", "金额"},
	{"audit", "审计"},
	{"tree", "树形"},
	{"geo", "地理"},
}

// Tags lists the words an entity may be tagged with.
func Tags() []string {
	var out []string
	for _, t := range tagWords {
		out = append(out, t.value)
	}
	return out
}

// Ops lists the operations of an access pattern.
func Ops() []string { return []string{"get", "uk", "list", "scan", "search", "agg"} }

// readAccess reads the items after the bar: patterns and tags.
func (l *line) readAccess(e *Entity, s span, path string) {
	if i := l.index(s, "|"); i >= 0 {
		l.complain(i, path, "V54", "只能有一个“|”，几个查询之间用分号")
		s.to = i
	}
	for _, piece := range l.split(s, ";") {
		if word := l.fold(piece); slices.Contains(Tags(), word) {
			if !slices.Contains(e.Tags, word) {
				e.Tags = append(e.Tags, word)
			}
			continue
		}
		at := path + "[" + strconv.Itoa(len(e.Access)) + "]"
		if a, ok := l.readPattern(piece, at); ok {
			e.Access = append(e.Access, a)
		}
	}
}

// readPattern reads get a,b · uk a,b · list a>b- · scan a<b · search a · agg a,
// or a phrase like 按用户查询，按时间倒序.
func (l *line) readPattern(s span, path string) (Access, bool) {
	words := l.tokens(s)
	op := l.fold(words[0])
	if !slices.Contains(Ops(), op) {
		a, ok := phrase(l.text(s))
		if !ok {
			l.complain(s.from, path, "V54", "看不懂查询“%s”，可写 get 列、uk 列,列、list 列>排序列-、scan 列<时间列，或“按某列查询，按时间倒序”", clipped(l.text(s)))
		}
		return a, ok
	}
	a := Access{Op: op}
	rest := l.trim(span{words[0].to, s.to})
	if i := l.index(rest, "><"); i >= 0 {
		tail := l.trim(span{i + 1, rest.to})
		rest = l.trim(span{rest.from, i})
		switch {
		case tail.from == tail.to:
			l.complain(i, path, "V54", "“%c”之后缺少列名", l.folded[i])
		case l.folded[i] == '<':
			a.Range = l.word(tail)
		default:
			a.Sort, a.Desc = l.readSort(tail)
		}
	}
	for _, c := range l.split(rest, ",、") {
		a.Eq = append(a.Eq, l.word(c))
	}
	if len(a.Eq) == 0 && a.Sort == "" && a.Range == "" {
		l.complain(s.from, path, "V54", "“%s”之后缺少列名", op)
		return a, false
	}
	return a, true
}

// readSort reads created_at-, created_at+ or created_at desc.
func (l *line) readSort(s span) (column string, desc bool) {
	switch l.folded[s.to-1] {
	case '-':
		return l.word(span{s.from, s.to - 1}), true
	case '+':
		return l.word(span{s.from, s.to - 1}), false
	}
	return cutDirection(l.word(s))
}

// cutDirection takes asc, desc, 倒序 or 正序 off a sort column.
func cutDirection(s string) (column string, desc bool) {
	for _, d := range []struct {
		word string
		desc bool
	}{{" desc", true}, {" asc", false}, {"倒序", true}, {"降序", true}, {"逆序", true}, {"正序", false}, {"升序", false}} {
		if len(s) > len(d.word) && strings.EqualFold(s[len(s)-len(d.word):], d.word) {
			return strings.TrimSpace(s[:len(s)-len(d.word)]), d.desc
		}
	}
	return strings.TrimSpace(s), false
}
