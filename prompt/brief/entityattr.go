package brief

import (
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/pattern"
)

// readAttrs reads a list of attributes.
func (l *line) readAttrs(s span, path string) []Attr {
	var out []Attr
	for i, piece := range l.split(s, ",、") {
		out = append(out, l.readAttr(piece, path+"["+strconv.Itoa(i)+"]"))
	}
	return out
}

// readAttr reads 中文名 列名#?!>引用{枚举}: flags, reference and brackets in
// any order, the last lower-case word is the column.
func (l *line) readAttr(s span, path string) Attr {
	var a Attr
	var name, folded []rune
	for i := s.from; i < s.to; i++ {
		switch l.folded[i] {
		case '#':
			a.Unique = true
		case '?':
			a.Nullable = true
		case '!':
			a.PII = "P3"
		case '>':
			i = l.readRef(&a, i, s.to, path)
		case '(', '{':
			end := l.closing(i, s.to)
			if end < 0 {
				end = s.to
			}
			l.readBracket(&a, span{i + 1, end}, l.folded[i])
			i = end
		case ')', '}', quoteMark:
		default:
			name, folded = append(name, l.src[i]), append(folded, l.folded[i])
			continue
		}
		name, folded = append(name, ' '), append(folded, ' ')
	}
	a.Name, a.Column = nameAndColumn(name, folded)
	if a.Name == "" {
		l.complain(s.from, path+".name", "V48", "字段缺少名称")
	}
	return a
}

// nameAndColumn cuts the last word off as the column when it looks like one
// and something is left before it.
func nameAndColumn(src, folded []rune) (name, column string) {
	end := len(folded)
	for end > 0 && folded[end-1] == ' ' {
		end--
	}
	start := end
	for start > 0 && folded[start-1] != ' ' {
		start--
	}
	head := strings.TrimSpace(string(src[:start]))
	if last := string(folded[start:end]); head != "" && lowerWord.MatchString(last) {
		return head, last
	}
	return strings.TrimSpace(string(src[:end])), ""
}

// readRef reads the table or entity name after > and returns the place of its
// last rune.
func (l *line) readRef(a *Attr, i, to int, path string) int {
	start := i + 1
	for start < to && l.folded[start] == ' ' {
		start++
	}
	end := start
	for end < to && !strings.ContainsRune(" #?!>({)}", l.folded[end]) {
		end++
	}
	a.Ref = l.word(span{start, end})
	if a.Ref == "" {
		l.complain(i, path+".ref", "V51", "“>”之后缺少被引用的表名或实体名")
	}
	return max(end-1, i)
}

// readBracket reads an enum, or a remark in round brackets (decisions.md 1).
func (l *line) readBracket(a *Attr, s span, bracket rune) {
	if bracket == '(' && l.index(s, "/") < 0 {
		a.Comment = strings.TrimSpace(a.Comment + " " + l.text(s))
		return
	}
	a.Enum = append(a.Enum, l.readEnum(s, bracket)...)
}

var (
	digitSep  = pattern.New(`^\d{1,9}\s*[-:=]\s*`)
	letterSep = pattern.New(`^[A-Za-z0-9_]{1,32}\s*[:=]\s*`)
	digitHead = pattern.New(`^\d{1,9}\s*`)
	onlyDigit = pattern.New(`^\d{1,9}$`)
)

// readEnum reads 1待付,2已付 or 待付/已付 (decisions.md 4).
func (l *line) readEnum(s span, bracket rune) []EnumValue {
	pieces := l.split(s, ",、")
	if bracket == '(' || len(pieces) == 1 {
		pieces = l.split(s, "/")
	}
	for _, sep := range []*pattern.Pattern{digitSep, letterSep} {
		if out, ok := l.coded(pieces, sep); ok {
			return out
		}
	}
	if out, ok := l.coded(pieces, digitHead); ok && runs(out) {
		return out
	}
	out := make([]EnumValue, len(pieces))
	for i, p := range pieces {
		out[i] = EnumValue{Code: strconv.Itoa(i + 1), Label: l.text(p)}
		if onlyDigit.MatchString(l.fold(p)) {
			out[i].Code = l.fold(p)
		}
	}
	return out
}

// coded cuts a code off every piece; ok only if all of them have one and a
// label after it.
func (l *line) coded(pieces []span, code *pattern.Pattern) (out []EnumValue, ok bool) {
	for _, p := range pieces {
		f := string(l.folded[p.from:p.to])
		head := code.FindString(f) // ASCII: bytes are runes
		label := span{p.from + len(head), p.to}
		if head == "" || l.text(label) == "" || code == digitHead && isDigit(l.folded[label.from]) {
			return nil, false
		}
		out = append(out, EnumValue{Code: strings.TrimRight(head, " -:="), Label: l.text(label)})
	}
	return out, len(out) > 0
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// runs says whether the codes are 0…n-1 or 1…n in any order.
func runs(values []EnumValue) bool {
	codes := make([]int, len(values))
	for i, v := range values {
		codes[i], _ = strconv.Atoi(v.Code)
	}
	slices.Sort(codes)
	for i, c := range codes {
		if c != codes[0]+i {
			return false
		}
	}
	return len(codes) > 0 && codes[0] <= 1
}
