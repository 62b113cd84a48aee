package chapter

import (
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
)

// halfWidth are the characters of SQL that an input method writes wide.
var halfWidth = map[rune]string{
	'，': ",", '（': "(", '）': ")", '；': ";", '：': ":", '＝': "=", '\u3000': " ", '\u00a0': " ", '“': `"`, '”': `"`, '。': ".",
}

// mendSQL writes wide punctuation outside strings as SQL does, takes off a
// comma before a bracket and ends statements (N13).
func (n *normalizer) mendSQL() {
	in := n.places()
	for i := range n.lines {
		m := fenceMark(n.lines[i].text)
		if in[i] != fenceOpen || m[2] != "sql" {
			continue
		}
		to := i + 1
		for to < len(in) && in[to] == code {
			to++
		}
		if to > i+1 {
			n.mendBlock(i+1, to)
		}
	}
}

func (n *normalizer) mendBlock(from, to int) {
	var texts []string
	for _, l := range n.lines[from:to] {
		texts = append(texts, l.text)
	}
	src := strings.Join(texts, "\n")
	if !createTable.MatchString(src) {
		return
	}
	m := mender{}
	out := strings.Split(m.mend(src), "\n")
	if len(out) != len(texts) {
		return
	}
	for i, t := range out {
		n.lines[from+i].text = t
	}
	for _, f := range m.found {
		n.fixed(n.lines[from+f.line].at, f.rule, Defines(src), f.message, f.args...)
	}
}

// mender copies SQL character by character and knows strings and comments.
type mender struct {
	out   strings.Builder
	line  int
	found []sqlFound
}

type sqlFound struct {
	line          int
	rule, message string
	args          []any
}

func (m *mender) mend(src string) string {
	r := []rune(src)
	for i := 0; i < len(r); {
		c := r[i]
		switch {
		case c == '\'' || c == '"' || c == '`':
			i = m.quoted(r, i, c, c)
		case c == '‘' || c == '’':
			m.say("D116", "SQL中的弯引号已改为直引号", string(c))
			i = m.quoted(r, i, '’', '\'')
		case c == '#', c == '-' && i+1 < len(r) && r[i+1] == '-':
			i = m.until(r, i, "\n", false)
		case c == '/' && i+1 < len(r) && r[i+1] == '*':
			i = m.until(r, i, "*/", true)
		case halfWidth[c] != "":
			m.say("D116", "SQL中的全角符号已改为半角", string(c))
			m.out.WriteString(halfWidth[c])
			i++
		default:
			m.write(c)
			i++
		}
	}
	return m.finish(m.out.String())
}

func (m *mender) write(c rune) {
	if c == '\n' {
		m.line++
	}
	m.out.WriteRune(c)
}

// say notes a kind of change once a line.
func (m *mender) say(rule, message string, args ...any) {
	if !slices.ContainsFunc(m.found, func(f sqlFound) bool { return f.rule == rule && f.line == m.line }) {
		m.found = append(m.found, sqlFound{m.line, rule, message, args})
	}
}

// quoted copies a string; it ends at end or at the straight mark.
func (m *mender) quoted(r []rune, i int, end, mark rune) int {
	m.out.WriteRune(mark)
	for i++; i < len(r); i++ {
		c := r[i]
		switch {
		case c == '\\' && mark != '`' && i+1 < len(r):
			m.write(c)
			i++
			m.write(r[i])
			continue
		case c == mark && i+1 < len(r) && r[i+1] == mark:
			m.out.WriteString(string(mark) + string(mark))
			i++
			continue
		case c == end || c == mark:
			m.out.WriteRune(mark)
			return i + 1
		}
		m.write(c)
	}
	return i
}

// until copies a comment.
func (m *mender) until(r []rune, i int, end string, include bool) int {
	stop := []rune(end)
	for i < len(r) && !(r[i] == stop[0] && (len(stop) == 1 || i+1 < len(r) && r[i+1] == stop[1])) {
		m.write(r[i])
		i++
	}
	for k := 0; include && k < len(stop) && i < len(r); k++ {
		m.write(r[i])
		i++
	}
	return i
}

var (
	lastComma = pattern.New(`,([ \t]*(?:--[^\n]*)?\n\s*\))`)
	openEnd   = pattern.New(`[^;\s]\s*$`)
	lineNote  = pattern.New(`^\s*(--|#|/\*|\*/)`)
)

// finish mends what needs the whole block. The comma before a bracket at the
// start of a line is never inside a string: strings do not span lines there.
func (m *mender) finish(s string) string {
	for {
		at := lastComma.FindStringIndex(s)
		if at == nil {
			break
		}
		m.line = strings.Count(s[:at[0]], "\n")
		m.say("D117", "已去掉右括号前多余的逗号")
		s = s[:at[0]] + s[at[0]+1:]
	}
	lines := strings.Split(s, "\n")
	last := len(lines) - 1
	for last > 0 && (strings.TrimSpace(lines[last]) == "" || lineNote.MatchString(lines[last])) {
		last--
	}
	if t := lines[last]; openEnd.MatchString(t) && !strings.Contains(t, "--") && balanced(s) {
		lines[last] = strings.TrimRight(t, " ") + ";"
		m.line = last
		m.say("D122", "已补上语句末尾的分号")
	}
	return strings.Join(lines, "\n")
}

// balanced says whether every bracket outside strings is closed: only then is
// the end of the block the end of a statement.
func balanced(s string) bool {
	depth, quote := 0, rune(0)
	for _, c := range s {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '`' || c == '"':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
	}
	return depth == 0 && quote == 0
}

var (
	statementStart = pattern.New(`(?i)^\s*CREATE\s+(?:TEMPORARY\s+|UNLOGGED\s+)?TABLE\b`)
	partitionOf    = pattern.New(`(?i)\bPARTITION\s+OF\b`)
)

// splitTables gives every definition its own subsection (N14): several CREATE
// TABLE in one code block, and several code blocks under one heading. The new
// headings come from the tables' comments.
func (n *normalizer) splitTables() {
	in, ok := n.section(Tables)
	if !ok {
		return
	}
	places := n.places()
	var out []line
	defined := false // the current subsection has its definition
	for i := in.from; i < in.to; i++ {
		l := n.lines[i]
		if places[i] == prose && headingLine.MatchString(l.text) {
			defined = false
		}
		if places[i] != fenceOpen || !definesAny(n.codeAt(i, places)) {
			out = append(out, l)
			continue
		}
		to := i + 1
		for to < in.to && places[to] == code {
			to++
		}
		for k, chunk := range chunks(n.lines[i+1 : to]) {
			if k > 0 || defined {
				if t := tableTitle("", joined(chunk)); t != "" {
					out = append(out, line{"", chunk[0].at}, line{"#### " + t, chunk[0].at})
					n.fixed(chunk[0].at, "F016", t, "同一小节里的另一张表已拆为小节"+quoted(t), t)
					n.found("一个小节只放一张表，应另起小节%s", quoted(t))
				}
			}
			out = append(append(append(out, line{l.text, chunk[0].at}), chunk...), line{"```", chunk[len(chunk)-1].at})
			defined = true
		}
		i = to
	}
	n.replace(in, out...)
}

// chunks cuts the lines of a code block so that each has one CREATE TABLE;
// comments right above one go with it, and so does what follows it.
func chunks(ls []line) [][]line {
	var cuts []int
	for i, l := range ls {
		if !statementStart.MatchString(l.text) || partitionOf.MatchString(l.text) {
			continue
		}
		for i > 0 && lineNote.MatchString(ls[i-1].text) {
			i--
		}
		cuts = append(cuts, i)
	}
	if len(cuts) < 2 {
		return [][]line{ls}
	}
	cuts[0] = 0
	var out [][]line
	for k, from := range cuts {
		to := len(ls)
		if k+1 < len(cuts) {
			to = cuts[k+1]
		}
		if c := trimBlankEnd(ls[from:to]); len(c) > 0 {
			out = append(out, slices.Clone(c))
		}
	}
	return out
}
