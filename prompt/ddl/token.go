package ddl

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind is the class of a token; comments and blanks make no token.
type tokenKind uint8

const (
	word   tokenKind = iota + 1 // bare name or keyword
	quoted                      // name in quotes
	text                        // string literal
	number
	punct // one ASCII punctuation character
	odd   // a character that no SQL takes outside of strings: ， （ ‘ NBSP
)

// token is a stretch of source.
type token struct {
	kind  tokenKind
	start int
	text  string // as in the source
	open  bool   // a string, name or comment that is never closed
	line  bool   // first token of its line
}

func (t token) end() int { return t.start + len(t.text) }

// is says whether the token is that keyword or punctuation mark.
func (t token) is(s string) bool {
	return (t.kind == word || t.kind == punct) && len(t.text) == len(s) && strings.EqualFold(t.text, s)
}

// isAny says whether the token is one of those keywords.
func (t token) isAny(words ...string) bool {
	for _, w := range words {
		if t.is(w) {
			return true
		}
	}
	return false
}

// isName says whether the token can stand where a name is wanted.
func (t token) isName() bool { return t.kind == word || t.kind == quoted }

// name is the identifier without its quotes.
func (t token) name() string {
	if t.kind != quoted || len(t.text) < 2 {
		return t.text
	}
	q := t.text[:1]
	if q == "[" {
		return t.text[1 : len(t.text)-1]
	}
	return strings.ReplaceAll(t.text[1:len(t.text)-1], q+q, q)
}

// lexer walks over a source; it knows the quotes and comments of a dialect.
type lexer struct {
	src      string
	dialect  Dialect // as Dialect.like gives it
	at       int
	delim    string // statement terminator, one punctuation character or a word of its own
	newline  bool   // nothing but blanks since the line began
	special  int    // depth of /*! … */
	openNote int    // start of a comment that is never closed, -1 when all are
}

func newLexer(d Dialect, src string) *lexer {
	return &lexer{src: src, dialect: d.like(), delim: ";", newline: true, openNote: -1}
}

// lex is every token of a source.
func lex(d Dialect, src string) []token {
	l := newLexer(d, src)
	var out []token
	for {
		t, ok := l.next()
		if !ok {
			return out
		}
		out = append(out, t)
	}
}

// next is the token at or after the current place.
func (l *lexer) next() (token, bool) {
	l.blanks()
	if l.at >= len(l.src) {
		return token{}, false
	}
	start, first := l.at, l.newline
	l.newline = false
	kind, open := l.scan()
	return token{kind: kind, start: start, text: l.src[start:l.at], open: open, line: first}, true
}

// scan moves over one token.
func (l *lexer) scan() (kind tokenKind, open bool) {
	if l.delim != ";" && strings.HasPrefix(l.src[l.at:], l.delim) {
		l.at += len(l.delim)
		return punct, false
	}
	switch c := l.src[l.at]; {
	case c == '\'':
		return text, !l.quote('\'', l.escapes())
	case c == '"':
		if l.dialect == MySQL || l.dialect == MongoDB || l.dialect == Search {
			return text, !l.quote('"', true)
		}
		return quoted, !l.quote('"', false)
	case c == '`':
		if l.dialect == MongoDB {
			return text, !l.quote('`', true)
		}
		return quoted, !l.quote('`', false)
	case c == '$' && l.dialect == PostgreSQL:
		return l.dollar()
	case c >= '0' && c <= '9':
		return l.number(), false
	case isWordByte(c):
		return l.word()
	}
	l.at++
	return punct, false
}

// escapes says whether a backslash escapes in a string that starts here.
func (l *lexer) escapes() bool {
	if l.dialect != PostgreSQL && l.dialect != Neutral {
		return true
	}
	return l.at > 0 && (l.src[l.at-1] == 'E' || l.src[l.at-1] == 'e')
}

// quote moves over a quoted text; false when it is never closed.
func (l *lexer) quote(q byte, backslash bool) bool {
	for l.at++; l.at < len(l.src); l.at++ {
		switch c := l.src[l.at]; {
		case c == '\\' && backslash:
			l.at++
		case c == q && l.at+1 < len(l.src) && l.src[l.at+1] == q:
			l.at++
		case c == q:
			l.at++
			return true
		}
	}
	l.at = len(l.src)
	return false
}

// dollar moves over $tag$ … $tag$.
func (l *lexer) dollar() (tokenKind, bool) {
	rest := l.src[l.at+1:]
	n := strings.IndexByte(rest, '$')
	if n < 0 || strings.ContainsFunc(rest[:n], func(r rune) bool { return r < utf8.RuneSelf && !isWordByte(byte(r)) }) {
		l.at++
		return punct, false
	}
	tag := l.src[l.at : l.at+n+2]
	n = strings.Index(l.src[l.at+len(tag):], tag)
	if n < 0 {
		l.at = len(l.src)
		return text, true
	}
	l.at += n + 2*len(tag)
	return text, false
}

func (l *lexer) number() tokenKind {
	start := l.at
	for l.at < len(l.src) {
		c := l.src[l.at]
		exponent := (c == '+' || c == '-') && (l.src[l.at-1] == 'e' || l.src[l.at-1] == 'E') && !isHex(l.src[start:l.at])
		if c != '.' && !exponent && (!isWordByte(c) || c >= utf8.RuneSelf) {
			break
		}
		l.at++
	}
	if strings.ContainsFunc(l.src[start:l.at], func(r rune) bool { return !isNumeral(r) }) && !isHex(l.src[start:l.at]) {
		return word // 1st_name is a name in MySQL
	}
	return number
}

func isNumeral(r rune) bool { return unicode.IsDigit(r) || r == '.' || strings.ContainsRune("eE+-", r) }

func isHex(s string) bool { return len(s) > 1 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') }

// word moves over a bare name, or over one character that has no place in SQL.
func (l *lexer) word() (tokenKind, bool) {
	start := l.at
	for l.at < len(l.src) {
		r, n := utf8.DecodeRuneInString(l.src[l.at:])
		if r < utf8.RuneSelf && !isWordByte(byte(r)) || l.at > start && l.delim != ";" && strings.HasPrefix(l.src[l.at:], l.delim) {
			break
		}
		if _, bad := halfWidth(r); bad {
			if l.at > start {
				break
			}
			l.at += n
			return odd, false
		}
		l.at += n
	}
	return word, false
}

func isWordByte(c byte) bool {
	return c >= utf8.RuneSelf || c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
