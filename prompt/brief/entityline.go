package brief

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dbchapter/prompt/pattern"
)

// Kinds lists the ten kinds in the order of domain.md §1.5.
func Kinds() []Kind {
	return []Kind{Master, Config, Txn, Detail, Ledger, Relation, Event, Log, Counter, Snapshot}
}

var lowerWord = pattern.New(`^[a-z][a-z0-9_]*$`)

// ParseEntity reads one line of the entity DSL (domain.md §1.6); positions in
// problems are columns of that line.
//
//	中文名 [表名] [@服务] [类别] [现有+日增/d~保留天] [: 字段, …] [| 查询; …]
func ParseEntity(text string) (Entity, Problems) {
	e, l := readEntity(text)
	return e, l.problems
}

func readEntity(text string) (Entity, *line) {
	l := newLine(text)
	var e Entity
	whole := l.trim(l.all())
	head, attrs, access := whole, span{}, span{}
	if bar := l.index(whole, "|"); bar >= 0 {
		head.to, access = bar, span{bar + 1, whole.to}
	}
	if colon := l.index(head, ":"); colon >= 0 {
		attrs = span{colon + 1, head.to}
		head.to = colon
	}
	l.readHead(&e, l.trim(head))
	e.Attrs = l.readAttrs(attrs, "attrs")
	l.readAccess(&e, access, "access")
	l.checkBrackets()
	return e, l
}

// checkBrackets reports brackets without a partner: what follows one was read
// as part of it, so the reader must look there first.
func (l *line) checkBrackets() {
	var open []int
	for i, r := range l.folded {
		switch r {
		case '(', '{':
			open = append(open, i)
		case ')', '}':
			if n := len(open); n > 0 && (l.folded[open[n-1]] == '(') == (r == ')') {
				open = open[:n-1]
				continue
			}
			l.complain(i, "", "V00", "多了一个“%c”", l.src[i])
		}
	}
	for _, i := range open {
		l.complain(i, "", "V00", "“%c”没有配对的右括号", l.src[i])
	}
}

// readHead reads what stands before the colon. The name goes on until the
// first word that can be something else.
func (l *line) readHead(e *Entity, s span) {
	if i := l.listComma(s); i >= 0 {
		l.complain(i, "", "V00", "这一行像是几个实体，请每行写一个；字段写在冒号之后")
		s.to = i
	}
	name := span{s.from, s.from}
	var bare []span
	named := false // something other than the name was read
	for at := s.from; at < s.to; {
		if l.folded[at] == ' ' {
			at++
			continue
		}
		end := at
		for end < s.to && l.folded[end] != ' ' {
			end++
		}
		tok := span{at, end}
		switch first := l.folded[at]; {
		case at == s.from && first != '@':
			name.to = end
		case first == '@':
			named = true
			end = l.readService(e, at, s.to)
		case unicode.IsDigit(first) || first == '+' || first == '~':
			named = true
			end = l.readVolume(&e.Volume, at, s.to)
		case lowerWord.MatchString(l.fold(tok)):
			named = true
			bare = append(bare, tok)
		case !named:
			name.to = end
		default:
			l.complain(at, "", "V00", "看不懂“%s”，这里可写表名、@服务、类别或体量（20M+120k/d~365）", clipped(l.text(tok)))
		}
		at = end
	}
	e.Name = l.text(name)
	if e.Name == "" {
		l.complain(s.from, "name", "V40", "缺少实体名称，一行写成 中文名: 字段, 字段")
	}
	l.readBare(e, bare)
}

// listComma is the place of a comma that is not inside a number like 1,200.
func (l *line) listComma(s span) int {
	for i := s.from; i < s.to; i++ {
		if r := l.folded[i]; r == '、' || r == ';' {
			return i
		} else if r != ',' {
			continue
		}
		if i+3 >= s.to || !unicode.IsDigit(l.folded[max(i-1, 0)]) || !unicode.IsDigit(l.folded[i+1]) ||
			!unicode.IsDigit(l.folded[i+2]) || !unicode.IsDigit(l.folded[i+3]) {
			return i
		}
	}
	return -1
}

// readBare takes one word as the kind if it is one, else the table; two words
// as table and kind (decisions.md 3).
func (l *line) readBare(e *Entity, words []span) {
	for i, w := range words {
		word := l.fold(w)
		switch isKind := slices.Contains(Kinds(), Kind(word)); {
		case i == 0 && (!isKind || len(words) > 1):
			e.Table = word
		case i <= 1 && isKind:
			e.Kind = Kind(word)
		case i == 1:
			e.Kind = Kind(word)
			l.complain(w.from, "kind", "V43", "%s", kindMessage)
		default:
			l.complain(w.from, "", "V00", "多余的“%s”，名称之后只有表名和类别两个英文词", clipped(word))
		}
	}
}

// readService reads @order, or @ order; it returns where it stopped.
func (l *line) readService(e *Entity, at, to int) int {
	start := at + 1
	for start < to && l.folded[start] == ' ' {
		start++
	}
	end := start
	for end < to && l.folded[end] != ' ' {
		end++
	}
	e.Service = l.word(span{start, end})
	if e.Service == "" {
		l.complain(at, "service", "V42", "“@”之后缺少服务代号")
	}
	return max(end, at+1)
}

const numberWords = `\d[\d,]*(?:\.\d+)?\s*(?:百|千|万|亿|[kKwWmMbB])*`

var volumeText = pattern.New(`^(` + numberWords + `)?\s*(?:行\s*)?(?:\+\s*(` + numberWords + `)\s*(?:行\s*)?/\s*(?:day|d|天|日))?` +
	`\s*(?:~\s*(\d{1,9})\s*(?:天|日|d)?)?(?:\s|$)`)

// readVolume reads 20M+120k/d~365, any part of which may be left out but not
// all; it returns where it stopped.
func (l *line) readVolume(v *Volume, at, to int) int {
	rest := string(l.folded[at:to])
	m := volumeText.FindStringSubmatch(rest)
	bad := m == nil || m[1]+m[2]+m[3] == ""
	if !bad {
		bad = !setCount(&v.RowsNow, m[1]) || !setCount(&v.RowsPerDay, m[2])
		if days, err := strconv.Atoi(m[3]); err == nil {
			v.RetentionDays = Some(days)
		}
		if !bad {
			return at + utf8.RuneCountInString(m[0])
		}
	}
	end := at
	for end < to && l.folded[end] != ' ' {
		end++
	}
	l.complain(at, "volume", "V44", "看不懂体量“%s”，应写成 现有行数+日增/d~保留天数，如 20M+120k/d~365", clipped(l.text(span{at, end})))
	return end
}

func setCount(o *Opt[int64], text string) bool {
	if strings.TrimSpace(text) == "" {
		return true
	}
	n, err := ParseCount(text)
	if err != nil {
		return false
	}
	*o = Some(n)
	return true
}
