package ddl

import (
	"fmt"
	"strings"
)

// spotters find flaws that a grammar would trip over without saying why, in
// the order in which they hide each other.
var spotters = []func(source, []token) *flaw{
	sizeFlaw, halfWidthFlaw, unclosedFlaw, ellipsisFlaw, trailingCommaFlaw, foreignFlaw, reservedFlaw,
}

// A grammar descends into brackets and operators, and there is no way back
// from a stack that is full; real statements stay far below these limits.
const (
	maxStatement = 256 << 10 // bytes
	maxNesting   = 100
)

// sizeFlaw is a statement that no person writes.
func sizeFlaw(s source, toks []token) *flaw {
	if len(s.text.text) > maxStatement {
		return s.flaw(Syntax, toks[0], "语句超过 %d KB，不再检查", maxStatement>>10).hopeless()
	}
	depth := 0
	for _, t := range toks {
		switch {
		case t.is("(") || t.is("["):
			depth++
		case t.is(")") || t.is("]"):
			depth--
		}
		if depth > maxNesting {
			return s.flaw(Syntax, t, "括号嵌套超过 %d 层", maxNesting).hopeless()
		}
	}
	return nil
}

func firstFlaw(s source, toks []token) *flaw {
	for _, spot := range spotters {
		if f := spot(s, toks); f != nil {
			return f
		}
	}
	return nil
}

// halfWidthFlaw is the first line with full-width characters outside strings.
func halfWidthFlaw(s source, toks []token) *flaw {
	var f *flaw
	var seen []string
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if t.kind != odd {
			continue
		}
		if f != nil && (s.pos(t).Line != f.Line || len(f.edits) == maxEdits) {
			break
		}
		if f == nil {
			f = s.flaw(FullWidth, t, "")
		}
		f.replacing(t, meant(t.text, s.dialect), true)
		if shown := "「" + visible(t.text) + "」"; !strings.Contains(strings.Join(seen, ""), shown) {
			seen = append(seen, shown)
		}
		if meant(t.text, s.dialect) == "'" {
			i = closing(toks, i) - 1
		}
	}
	if f != nil {
		f.Message = fmt.Sprintf("SQL 中出现全角符号%s，请改为半角", strings.Join(seen, ""))
	}
	return f
}

// meant is what a full-width character stands for.
func meant(s string, _ Dialect) string {
	r, _ := halfWidth([]rune(s)[0])
	if r == 0 {
		return ""
	}
	return string(r)
}

// visible names the characters that cannot be seen.
func visible(s string) string {
	switch s {
	case "\u3000":
		return "全角空格"
	case "\u00a0":
		return "不换行空格"
	case "…", "—", "–":
		return s
	}
	if m := meant(s, ""); m == "" || m == " " {
		return "不可见字符"
	}
	return s
}

// closing is the place of the curly quote that ends the text that begins at
// i, on the same line; what is between them is text and stays.
func closing(toks []token, i int) int {
	for j := i + 1; j < len(toks) && !toks[j].line; j++ {
		if toks[j].kind == odd && meant(toks[j].text, "") == "'" {
			return j
		}
	}
	return i + 1
}

// unclosedFlaw is a string, name or comment without end.
func unclosedFlaw(s source, toks []token) *flaw {
	for _, t := range toks {
		if !t.open {
			continue
		}
		what := "字符串"
		if t.kind == quoted {
			what = "引号括起的名称"
		}
		return s.flaw(Syntax, t, "%s没有闭合，缺少右引号：%s", what, excerpt(t.text)).stopping()
	}
	return nil
}

// excerpt is the beginning of a text on its first line.
func excerpt(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s); len(r) > 24 {
		s = string(r[:24]) + "…"
	}
	return strings.TrimSpace(s)
}

// ellipsisFlaw is an omission: … or ... where columns should be.
func ellipsisFlaw(s source, toks []token) *flaw {
	for i := 0; i+2 < len(toks); i++ {
		if !toks[i].is(".") || !toks[i+1].is(".") || !toks[i+2].is(".") {
			continue
		}
		f := s.flaw(Syntax, toks[i], "建表语句中有省略号，请把省略的内容写完整")
		end := toks[i+2].end()
		for j := i + 3; j < len(toks) && toks[j].is("."); j++ {
			end = toks[j].end()
		}
		if i+3 < len(toks) && toks[i+3].is(",") {
			end = toks[i+3].end()
		}
		f.edits = []Edit{{toks[i].start, end, ""}}
		return f
	}
	return nil
}

// trailingCommaFlaw is a comma before the bracket that ends the list.
func trailingCommaFlaw(s source, toks []token) *flaw {
	for i := 1; i < len(toks); i++ {
		if toks[i].is(")") && toks[i-1].is(",") {
			return s.flaw(TrailingComma, toks[i-1], "右括号前多了一个逗号").replacing(toks[i-1], "", true)
		}
		if toks[i].is(",") && toks[i-1].is(",") {
			return s.flaw(Syntax, toks[i], "多了一个逗号").replacing(toks[i], "", true)
		}
	}
	return nil
}
