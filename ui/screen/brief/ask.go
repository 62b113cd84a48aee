package brief

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen/brief/field"
	"dbchapter/ui/screen/brief/form"
	"dbchapter/ui/theme"
)

// ErrLeft says the person left the questions before the end; the brief so far
// comes with it.
var ErrLeft = errors.New("left before the last question")

// Ask puts the questions of the guide one a line, for screen readers, dumb
// terminals and pipes: no colour, nothing is redrawn, an empty line takes the
// default in brackets. "<" goes back one question, "?" says why it is asked,
// "q" leaves. Lists take one item a line and end with an empty one.
//
// At the end of the input the answers so far are returned with ErrLeft when
// they are not enough to generate from.
func Ask(in io.Reader, out io.Writer, b brief.Brief, lang i18n.Lang) (brief.Brief, error) {
	m := New(theme.New(theme.Options{NoColor: true, ASCII: true}), i18n.New(lang), b, Board)
	a := &asker{m: m, in: bufio.NewReader(in), out: out}
	a.say("%s", m.words.T("brief.ask.intro"))
	qs := questions()
	for i := 0; i < len(qs); {
		by, err := a.question(qs[i], i+1, len(qs))
		if err != nil {
			return a.done(err)
		}
		i = max(0, i+by)
	}
	a.followUps()
	return a.done(nil)
}

// asker holds both ends of the conversation.
type asker struct {
	m   *Model
	in  *bufio.Reader
	out io.Writer
	err error // of the output
}

func (a *asker) say(format string, args ...any) {
	if a.err == nil {
		_, a.err = fmt.Fprintf(a.out, format+"\n", args...)
	}
}

// line reads one answer, cleaned; io.EOF after the last.
func (a *asker) line() (string, error) {
	if a.err != nil {
		return "", a.err
	}
	var raw []byte
	for {
		part, more, err := a.in.ReadLine()
		if err != nil {
			return "", err
		}
		if len(raw) < 8*field.LineLimit {
			raw = append(raw, part...)
		}
		if !more {
			return strings.TrimSpace(safetext.Line(string(raw))), nil
		}
	}
}

// done says whether what was answered is enough.
func (a *asker) done(err error) (brief.Brief, error) {
	b := a.m.Brief()
	if err != nil && !errors.Is(err, io.EOF) {
		return b, err
	}
	errs := brief.Validate(b).Errors()
	if len(errs) == 0 {
		return b, a.err
	}
	for _, p := range errs {
		a.say("%s: %s", p.Path, p.Message)
	}
	return b, errors.Join(ErrLeft, a.err)
}

// question asks until the answer is right and says where to go: 1 on, -1 back.
func (a *asker) question(q question, n, total int) (by int, err error) {
	a.m.answer(compute(a.m.asked, a.m.doc.brief))
	a.say("")
	a.say("%d/%d %s%s", n, total, a.m.words.T("brief.q."+q.path), a.bracket(q))
	a.options(q)
	for {
		text, err := a.line()
		switch {
		case err != nil:
			return 0, err
		case text == "q":
			return 0, ErrLeft
		case text == "<":
			return -1, nil
		case text == "?" || text == "？":
			a.why(q)
			continue
		}
		if complaint := a.take(q, text); complaint != "" {
			a.say("%s", complaint)
			continue
		}
		return 1, nil
	}
}

// bracket is what an empty line stands for.
func (a *asker) bracket(q question) string {
	if q.subject == nil {
		if n := q.shelf.count(&a.m.doc.brief); n > 0 {
			return a.m.words.T("brief.ask.keep", n)
		}
		return ""
	}
	v := first(q.current(&a.m.doc.brief), q.standard(a.m))
	if v == "" {
		return ""
	}
	return " [" + display(a.m, q.subject, q.key, v) + "]"
}

func (a *asker) options(q question) {
	if q.kind(a.m) == form.Text {
		return
	}
	for i, o := range q.subject.row(a.m, &a.m.doc.brief, q.key).Options {
		a.say("  %d) %s", i+1, o.Label)
	}
	if q.kind(a.m) == form.Many {
		a.say("%s", a.m.words.T("brief.ask.many"))
	}
}

func (a *asker) why(q question) {
	w := a.m.words
	if q.subject != nil {
		a.say("%s", q.subject.why(a.m, q.key))
	} else {
		a.say("%s", w.T("brief.q."+q.path+".why"))
	}
	if good := w.T("brief.q." + q.path + ".good"); !strings.HasPrefix(good, "[") {
		a.say("%s: %s", w.T("brief.q.good"), good)
	}
}

// take writes an answer; the complaint says what would be right.
func (a *asker) take(q question, text string) (complaint string) {
	switch {
	case q.subject == nil:
		return a.items(q, text)
	case text == "":
		if q.current(&a.m.doc.brief) == "" && isPlaceholder(q.path) {
			return a.m.words.T("brief.needed", q.subject.label(a.m, q.key))
		}
		return ""
	case q.kind(a.m) != form.Text:
		var bad string
		if text, bad = a.choice(q, text); bad != "" {
			return bad
		}
	}
	if c := a.m.commit(q.subject, q.key, text); c != "" {
		return c
	}
	if w, k, found := vagueIn(text); found && doubtful[q.path] {
		a.say("%s", a.m.words.T("brief.vague."+k, w))
	}
	if q.path == "system.domain" {
		(&guidePage{}).adopt(a.m, text)
	}
	return ""
}
