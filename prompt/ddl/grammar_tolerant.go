package ddl

// judgeTolerant looks at what can be said of a statement without a grammar:
// brackets match, a table has a name and columns, columns have types.
func judgeTolerant(s source, toks []token) *flaw {
	if f := bracketFlaw(s, toks); f != nil {
		return f
	}
	if verb(toks) != "CREATE TABLE" {
		return nil
	}
	_, cut, ok := s.createTable(toks)
	if !ok {
		return s.flaw(Syntax, toks[0], "CREATE TABLE 后面缺少表名").stopping()
	}
	for i, e := range cut.elements {
		switch {
		case len(e) == 0:
			at := cut.name
			if i > 0 && len(cut.elements[i-1]) > 0 {
				at = cut.elements[i-1][len(cut.elements[i-1])-1]
			}
			return s.flaw(Syntax, at, "多了一个逗号").stopping()
		case s.isConstraint(e):
		case !e[0].isName():
			return s.flaw(Syntax, e[0], "「%s」附近无法解析，这里应是列名", excerpt(s.written(e))).stopping()
		case len(e) == 1 || !e[1].isName():
			return s.flaw(BadType, e[0], "列 %s 缺少类型", e[0].name()).stopping()
		}
		if f := lineFlaw(s, e); f != nil {
			return f
		}
	}
	return s.clickhouseFlaw(toks, cut)
}

// bracketFlaw is the first bracket without its partner.
func bracketFlaw(s source, toks []token) *flaw {
	var opens []token
	for _, t := range toks {
		switch {
		case t.is("("):
			opens = append(opens, t)
		case t.is(")") && len(opens) == 0:
			return s.flaw(Syntax, t, "多了一个右括号").stopping()
		case t.is(")"):
			opens = opens[:len(opens)-1]
		}
	}
	if len(opens) > 0 {
		return s.flaw(Syntax, opens[len(opens)-1], "左括号没有闭合，缺少右括号").stopping()
	}
	return nil
}

// lineFlaw is a column that runs on over two lines because the comma between
// them is missing: a name and a type begin the second.
func lineFlaw(s source, e []token) *flaw {
	for i := 2; i+1 < len(e); i++ {
		if !e[i].line || !e[i].isName() || e[i].isAny(optionWords...) || !e[i+1].isName() || e[i+1].isAny(optionWords...) {
			continue
		}
		if s.isConstraint(e[i:]) || !e[i].isAny(clauseWords...) {
			f := s.flaw(Syntax, e[i-1], "这一行末尾缺少逗号").inserting(e[i-1].end(), ",", true)
			f.Pos = s.posEnd(e[i-1])
			return f
		}
	}
	return nil
}

// clickhouseFlaw is a ClickHouse table without an engine.
func (s source) clickhouseFlaw(toks []token, cut tableText) *flaw {
	if s.dialect.like() != ClickHouse {
		return nil
	}
	for _, t := range cut.tail {
		if t.isAny("ENGINE", "AS", "CLONE") {
			return nil
		}
	}
	return s.flaw(Syntax, toks[len(toks)-1], "ClickHouse 建表要写 ENGINE，如 ENGINE = MergeTree ORDER BY (…)")
}
