package ddl

import (
	"strings"

	"dbchapter/prompt/infer"
)

// place is where a grammar stopped.
type place struct {
	source
	toks  []token
	i     int // index of the token there, len(toks) at the end
	at    token
	prev  token
	depth int // open brackets before it
	open  token
}

func (s source) place(toks []token, offset int) place {
	p := place{source: s, toks: toks, i: len(toks)}
	for i, t := range toks {
		if t.end() > offset {
			p.i, p.at = i, t
			break
		}
	}
	var opens []token
	for _, t := range toks[:p.i] {
		switch {
		case t.is("("):
			opens = append(opens, t)
		case t.is(")") && len(opens) > 0:
			opens = opens[:len(opens)-1]
		}
	}
	if p.depth = len(opens); p.depth > 0 {
		p.open = opens[p.depth-1]
	}
	if p.i > 0 {
		p.prev = toks[p.i-1]
	}
	if p.i == len(toks) {
		p.at = p.prev
	}
	return p
}

// diagnoses say what a syntax error most likely is, best first.
var diagnoses = []func(place) *flaw{
	unclosedBracket, missingBracket, extraBracket, emptyBrackets, bareComment, missingType, missingComma, strayReserved, typeElsewhere,
	doubleQuotes,
}

// diagnose puts a syntax error in words.
func diagnose(s source, toks []token, offset int) *flaw {
	p := s.place(toks, offset)
	for _, d := range diagnoses {
		if f := d(p); f != nil {
			return f
		}
	}
	if p.i == len(toks) {
		return s.flaw(Syntax, p.at, "语句不完整，到「%s」就结束了", excerpt(p.at.text)).stopping()
	}
	return s.flaw(Syntax, p.at, "「%s」附近无法解析", excerpt(s.text.text[p.at.start:])).stopping()
}

func unclosedBracket(p place) *flaw {
	if p.i < len(p.toks) || p.depth == 0 {
		return nil
	}
	return p.flaw(Syntax, p.open, "左括号没有闭合，缺少右括号").inserting(p.at.end(), ")", false)
}

// missingBracket is a table option while the column list is still open.
func missingBracket(p place) *flaw {
	option := p.at.isAny("ENGINE", "CHARSET", "AUTO_INCREMENT", "ROW_FORMAT") || p.at.is("DEFAULT") && p.i+1 < len(p.toks) && p.toks[p.i+1].isAny("CHARSET", "CHARACTER")
	if p.depth != 1 || !option || p.i == len(p.toks) {
		return nil
	}
	return p.flaw(Syntax, p.at, "列定义结束处缺少右括号 )").inserting(p.at.start, ") ", true)
}

func extraBracket(p place) *flaw {
	if p.depth == 0 && p.i < len(p.toks) && p.at.is(")") {
		return p.flaw(Syntax, p.at, "多了一个右括号").replacing(p.at, "", false)
	}
	return nil
}

func emptyBrackets(p place) *flaw {
	if p.at.is(")") && p.prev.is("(") {
		return p.flaw(Syntax, p.at, "括号里是空的，请写上列名").stopping()
	}
	return nil
}

// bareComment is a comment without quotes.
func bareComment(p place) *flaw {
	behind := p.prev.is("COMMENT") || p.prev.is("=") && p.i > 1 && p.toks[p.i-2].is("COMMENT")
	if !behind || p.at.kind != word {
		return nil
	}
	end := p.at
	for j := p.i + 1; j < len(p.toks) && !p.toks[j].line && p.toks[j].kind == word && !isASCII(p.toks[j].text); j++ {
		end = p.toks[j]
	}
	f := p.flaw(Syntax, p.at, "COMMENT 后的文字要用单引号括起来")
	f.edits = []Edit{{p.at.start, p.at.start, "'"}, {end.end(), end.end(), "'"}}
	f.exact = !isASCII(p.at.text)
	return f
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 127 })
}

func missingType(p place) *flaw {
	if p.i < len(p.toks) && p.prev.isName() && p.i > 1 && (p.toks[p.i-2].is(",") || p.toks[p.i-2].is("(")) && p.depth == 1 && (p.at.is(",") || p.at.is(")")) {
		return p.flaw(Syntax, p.prev, "列 %s 缺少类型", p.prev.name()).stopping()
	}
	return nil
}

// missingComma is a definition that begins on a new line although the one
// before it has not ended.
func missingComma(p place) *flaw {
	if p.i == len(p.toks) || p.depth == 0 {
		return nil
	}
	keys := []string{"PRIMARY", "UNIQUE", "KEY", "CHECK", "CONSTRAINT"}
	for i := p.i; i > 0 && i > p.i-4; i-- {
		t, prev := p.toks[i], p.toks[i-1]
		if !t.line {
			continue
		}
		column := i == p.i && t.isName() && !t.isAny(optionWords...) && i+1 < len(p.toks) && p.typeFollows(p.toks[i+1])
		if !column && !t.isAny(keys...) || prev.is(",") || prev.is("(") {
			return nil
		}
		f := p.flaw(Syntax, prev, "这一行末尾缺少逗号").inserting(prev.end(), ",", true)
		f.Pos = p.posEnd(prev)
		return f
	}
	return nil
}

// typeFollows says whether a word is a type, of this database or another.
func (s source) typeFollows(t token) bool {
	name := strings.ToLower(t.text)
	return t.kind == word && (knownType(s.dialect, name) || mysqlForType[name] != "" || postgresForType[name] != "")
}

// typeElsewhere is a type of another database outside a CREATE TABLE.
func typeElsewhere(p place) *flaw {
	better := mysqlForType[strings.ToLower(p.at.text)]
	if p.i == len(p.toks) || p.at.kind != word || !p.prev.isName() || better == "" || p.dialect.like() != MySQL {
		return nil
	}
	better = strings.ReplaceAll(better, "_", " ")
	return p.flaw(OtherDialect, p.at, "%s 没有 %s 类型，请改为 %s", dialectName[p.dialect], strings.ToUpper(p.at.text), better).replacing(p.at, better, false)
}

// doubleQuotes are names quoted as the standard says, which MySQL takes for
// text.
func doubleQuotes(p place) *flaw {
	if p.i == len(p.toks) || p.at.kind != text || p.at.text[0] != '"' || p.dialect.like() != MySQL {
		return nil
	}
	names := p.prev.is("(") || p.prev.is(",") || p.prev.is(".") || p.prev.isAny("TABLE", "INDEX", "ON", "KEY", "EXISTS", "REFERENCES", "COLUMN", "ADD", "CONSTRAINT")
	if !names {
		return nil
	}
	return p.flaw(OtherDialect, p.at, "双引号在 %s 里是字符串，名称请用反引号", dialectName[p.dialect]).replacing(p.at, "`"+strings.Trim(p.at.text, `"`)+"`", true)
}

// strayReserved is a reserved word where a name was expected.
func strayReserved(p place) *flaw {
	if p.i == len(p.toks) || p.at.kind != word {
		return nil
	}
	expects := p.prev.is("(") || p.prev.is(",") || p.prev.is(".") || p.prev.isAny("TABLE", "ON", "INDEX", "KEY", "REFERENCES", "EXISTS", "COLUMN", "ADD", "AFTER", "TO")
	if _, reserved := infer.Reserved(string(p.dialect.like()), p.at.text); !reserved || !expects {
		return nil
	}
	return p.reserved(p.at)
}
