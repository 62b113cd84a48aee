package ddl

import "strings"

// blanks moves over white space and comments; what MySQL runs although it is
// in a comment, /*!50100 … */, is not a comment.
func (l *lexer) blanks() {
	for l.at < len(l.src) {
		switch c := l.src[l.at]; {
		case c == '\n':
			l.newline = true
			l.at++
		case c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v':
			l.at++
		case !l.comment():
			return
		}
	}
}

// comment moves over one comment, if there is one here.
func (l *lexer) comment() bool {
	rest := l.src[l.at:]
	switch {
	case l.lineComment(rest):
		if n := strings.IndexByte(rest, '\n'); n >= 0 {
			l.at += n
		} else {
			l.at = len(l.src)
		}
	case strings.HasPrefix(rest, "/*!") && l.dialect == MySQL:
		l.at += 3
		for l.at < len(l.src) && (l.src[l.at] >= '0' && l.src[l.at] <= '9' || l.src[l.at] == 'M') {
			l.at++
		}
		l.special++
	case strings.HasPrefix(rest, "*/") && l.special > 0:
		l.at += 2
		l.special--
	case strings.HasPrefix(rest, "/*"):
		l.blockComment()
	default:
		return false
	}
	return true
}

func (l *lexer) lineComment(rest string) bool {
	switch l.dialect {
	case MongoDB, Search:
		return strings.HasPrefix(rest, "//")
	case MySQL, Doris:
		if rest[0] == '#' {
			return true
		}
		return strings.HasPrefix(rest, "--") && (len(rest) == 2 || rest[2] <= ' ')
	default:
		return strings.HasPrefix(rest, "--")
	}
}

func (l *lexer) blockComment() {
	start, depth := l.at, 1
	for l.at += 2; l.at < len(l.src); l.at++ {
		switch {
		case strings.HasPrefix(l.src[l.at:], "*/"):
			l.at++
			if depth--; depth == 0 {
				l.at++
				return
			}
		case l.dialect == PostgreSQL && strings.HasPrefix(l.src[l.at:], "/*"):
			l.at++
			depth++
		}
	}
	l.openNote = start
}
