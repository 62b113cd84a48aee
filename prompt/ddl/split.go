package ddl

import "strings"

// piece is one statement as the splitter cuts it: without its terminator,
// without blanks and comments around it.
type piece struct {
	start, end int // byte offsets in the block
	terminated bool
	wide       int // offset of the full-width semicolon that ends it, 0 for none
}

// wideSemicolon is what an input method makes of the terminator.
const wideSemicolon = "；"

// Split cuts a script into its statements: it knows strings, quoted names,
// comments, /*! … */, dollar quotes and the mysql client's DELIMITER. A
// full-width semicolon ends a statement too. The terminators, and text that
// is blanks and comments only, belong to no statement.
func Split(d Dialect, src string) []string {
	var out []string
	for _, p := range split(d, src) {
		out = append(out, src[p.start:p.end])
	}
	return out
}

func split(d Dialect, src string) []piece {
	l := newLexer(d, src)
	var out []piece
	cur, from := piece{start: -1}, 0 // from: where the statement before has ended
	flush := func(terminated bool) {
		if cur.start >= 0 {
			cur.terminated = terminated
			out = append(out, cur)
		}
		cur, from = piece{start: -1}, l.at
	}
	for {
		t, ok := l.next()
		switch {
		case !ok:
			flush(false)
			return out
		case t.text == l.delim:
			flush(true)
		case t.kind == odd && t.text == wideSemicolon && l.delim == ";":
			cur.wide = t.start
			flush(true)
		case cur.start < 0 && d.like() == MySQL && t.line && t.is("DELIMITER"):
			l.setDelimiter()
		default:
			if cur.start < 0 {
				cur.start = l.statementStart(t, from)
			}
			cur.end = l.statementEnd(t)
		}
	}
}

// setDelimiter reads the rest of a DELIMITER line.
func (l *lexer) setDelimiter() {
	line, _, _ := strings.Cut(l.src[l.at:], "\n")
	l.at += len(line)
	if f := strings.Fields(line); len(f) > 0 {
		l.delim = f[0]
	}
}

// statementStart includes the /*!50100 that opens before a first token.
func (l *lexer) statementStart(t token, from int) int {
	if l.special == 0 {
		return t.start
	}
	if n := strings.LastIndex(l.src[from:t.start], "/*!"); n >= 0 {
		return from + n
	}
	return t.start
}

// statementEnd includes the */ that closes after a last token.
func (l *lexer) statementEnd(t token) int {
	if l.special == 0 {
		return t.end()
	}
	rest := l.src[t.end():]
	trimmed := strings.TrimLeft(rest, " \t\r\n")
	if strings.HasPrefix(trimmed, "*/") {
		return t.end() + len(rest) - len(trimmed) + 2
	}
	return t.end()
}
