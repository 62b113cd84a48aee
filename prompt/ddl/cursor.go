package ddl

import (
	"slices"
	"strings"
)

// source ties the tokens of one statement to their places in the document.
type source struct {
	dialect Dialect // as given, TiDB stays TiDB
	block   int
	lines   *lines
	text    *patched
}

func (s source) pos(t token) Pos { return s.lines.pos(s.text.block(t.start)) }

func (s source) posEnd(t token) Pos {
	return s.lines.pos(s.text.base + s.text.origin(t.end(), true))
}

func (s source) span(first, last token) Span {
	return Span{s.block, s.text.block(first.start), s.text.base + s.text.origin(last.end(), true)}
}

// written is the text of a run of tokens, comments between them included.
func (s source) written(toks []token) string {
	if len(toks) == 0 {
		return ""
	}
	return s.text.text[toks[0].start:toks[len(toks)-1].end()]
}

// cursor walks over the tokens of a statement or of a part of it.
type cursor struct {
	source
	toks []token
	i    int
}

func (s source) cursor(toks []token) *cursor { return &cursor{source: s, toks: toks} }

func (c *cursor) done() bool { return c.i >= len(c.toks) }

// peek is the token n places ahead, zero at the end.
func (c *cursor) peek(n int) token {
	if c.i+n >= len(c.toks) {
		return token{}
	}
	return c.toks[c.i+n]
}

func (c *cursor) next() token {
	t := c.peek(0)
	c.i++
	return t
}

// sees says whether the next tokens are those words.
func (c *cursor) sees(words ...string) bool {
	for i, w := range words {
		if !c.peek(i).is(w) {
			return false
		}
	}
	return true
}

// accept moves over those words if they come next.
func (c *cursor) accept(words ...string) bool {
	if !c.sees(words...) {
		return false
	}
	c.i += len(words)
	return true
}

// acceptAny moves over one of the words and returns it in upper case.
func (c *cursor) acceptAny(words ...string) string {
	for _, w := range words {
		if c.accept(w) {
			return w
		}
	}
	return ""
}

// group is what stands in the brackets that open here, without them; the
// cursor moves behind. ok is false when no bracket opens here.
func (c *cursor) group() (inside []token, ok bool) {
	if !c.peek(0).is("(") && !c.peek(0).is("[") {
		return nil, false
	}
	start, depth := c.i+1, 0
	for ; c.i < len(c.toks); c.i++ {
		switch t := c.toks[c.i]; {
		case t.is("(") || t.is("["):
			depth++
		case t.is(")") || t.is("]"):
			if depth--; depth == 0 {
				c.i++
				return c.toks[start : c.i-1], true
			}
		}
	}
	return c.toks[min(start, len(c.toks)):], true
}

// skip moves over one token, or over a whole pair of brackets.
func (c *cursor) skip() {
	if _, ok := c.group(); !ok {
		c.i++
	}
}

// until collects tokens up to one for which stop is true, outside brackets.
func (c *cursor) until(stop func(token) bool) []token {
	start := c.i
	for !c.done() && !stop(c.peek(0)) {
		c.skip()
	}
	return c.since(start)
}

// since are the tokens passed since the cursor stood at start.
func (c *cursor) since(start int) []token {
	c.i = min(c.i, len(c.toks))
	return c.toks[min(start, c.i):c.i]
}

// rest are the tokens ahead.
func (c *cursor) rest() []token { return c.toks[min(c.i, len(c.toks)):] }

// untilWord is until with a list of keywords.
func (c *cursor) untilWord(words ...string) []token {
	return c.until(func(t token) bool { return t.isAny(words...) })
}

// commas cuts tokens at the commas outside brackets; a last piece that is
// empty is left out.
func commas(toks []token) [][]token {
	var out [][]token
	depth, start := 0, 0
	for i, t := range toks {
		switch {
		case t.is("(") || t.is("["):
			depth++
		case t.is(")") || t.is("]"):
			depth--
		case t.is(",") && depth == 0:
			out = append(out, toks[start:i])
			start = i + 1
		}
	}
	if start < len(toks) {
		out = append(out, toks[start:])
	}
	return out
}

// qualified reads name or namespace.name or catalog.namespace.name.
func (c *cursor) qualified() (namespace string, name token) {
	if !c.peek(0).isName() {
		return "", token{}
	}
	name = c.next()
	for c.sees(".") && c.peek(1).isName() {
		namespace = c.ident(name)
		c.i++
		name = c.next()
	}
	return namespace, name
}

// ident is the name a token stands for; PostgreSQL folds bare names.
func (c *cursor) ident(t token) string {
	if t.kind == word && c.dialect.like() == PostgreSQL {
		return strings.ToLower(t.text)
	}
	return t.name()
}

// names are the names in a bracketed list.
func (c *cursor) names() []string {
	inside, _ := c.group()
	var out []string
	for _, part := range commas(inside) {
		if len(part) > 0 {
			out = append(out, c.ident(part[0]))
		}
	}
	return out
}

// lower is a copy in lower case.
func lower(ss []string) []string {
	out := slices.Clone(ss)
	for i := range out {
		out[i] = strings.ToLower(out[i])
	}
	return out
}
