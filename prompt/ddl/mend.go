package ddl

import "fmt"

// A flaw is one mistake in the writing of a statement and how to read on in
// spite of it.
type flaw struct {
	Problem
	edits []Edit // against the text as mended so far
	exact bool   // the edits are what the writer meant: they are a fix
	stop  bool   // nothing behind this place can be read
	skip  bool   // not even what came before
}

// flaw is a problem at a token.
func (s source) flaw(code Code, at token, format string, args ...any) *flaw {
	return &flaw{Problem: Problem{Pos: s.pos(at), Block: s.block, Code: code, Message: fmt.Sprintf(format, args...)}}
}

// replacing says what a token should have been; exact makes it a fix.
func (f *flaw) replacing(t token, by string, exact bool) *flaw {
	f.edits = append(f.edits, Edit{t.start, t.end(), by})
	f.exact = exact
	return f
}

// inserting puts a text at an offset.
func (f *flaw) inserting(at int, what string, exact bool) *flaw {
	f.edits = append(f.edits, Edit{at, at, what})
	f.exact = exact
	return f
}

func (f *flaw) stopping() *flaw {
	f.stop = true
	return f
}

// hopeless keeps the statement from being read at all.
func (f *flaw) hopeless() *flaw {
	f.skip = true
	return f
}

// rounds is how many flaws of one statement are told apart, maxEdits how many
// places of a flaw are mended at once.
const (
	rounds   = 40
	maxEdits = 100
)

// mend finds what is wrong with the writing of a statement, in words, one
// flaw after the other, each time reading on as if it were right. broken says
// that a guess or nothing at all took the place of something.
func (r *run) mend(s source) (toks []token, problems []Problem, broken bool) {
	for range rounds {
		toks = lex(s.dialect, s.text.text)
		f := firstFlaw(s, toks)
		if f == nil {
			f = r.judge(s, toks)
		}
		if f == nil {
			return toks, problems, broken
		}
		if f.skip {
			return nil, append(problems, f.Problem), true
		}
		before := s.text.text
		if f.exact {
			for _, e := range f.edits {
				f.Fix = append(f.Fix, Edit{s.text.block(e.Start), s.text.base + s.text.origin(e.End, true), e.New})
			}
		}
		problems = append(problems, f.Problem)
		broken = broken || !f.exact
		s.text.apply(f.edits...)
		if f.stop || s.text.text == before {
			break
		}
	}
	return lex(s.dialect, s.text.text), problems, true
}

// judge asks the grammar of the dialect.
func (r *run) judge(s source, toks []token) *flaw {
	switch s.dialect.like() {
	case MySQL:
		return r.grammar.judge(s, toks)
	case PostgreSQL:
		return judgePostgres(s, toks)
	}
	return judgeTolerant(s, toks)
}
