package brief

import (
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
	"dbchapter/ui/screen/brief/field"
	"dbchapter/ui/screen/brief/form"
)

// choice turns numbers or words into the values of options.
func (a *asker) choice(q question, text string) (value, complaint string) {
	options := q.subject.row(a.m, &a.m.doc.brief, q.key).Options
	var out []string
	for _, w := range splitList(text) {
		v, ok := optionOf(options, w)
		if !ok {
			return "", a.m.words.T("brief.ask.nooption", w, len(options))
		}
		out = append(out, v)
	}
	if q.kind(a.m) != form.Many && len(out) > 1 {
		return "", a.m.words.T("brief.ask.one")
	}
	return strings.Join(out, form.Sep), ""
}

func optionOf(options []form.Option, word string) (string, bool) {
	for i, o := range options {
		if word == digits(i+1) || strings.EqualFold(word, o.Label) || o.Value != "" && strings.EqualFold(word, o.Value) {
			return o.Value, true
		}
	}
	return "", false
}

// items reads lines until an empty one; none at all keeps the list.
func (a *asker) items(q question, text string) (complaint string) {
	if text == "" {
		return ""
	}
	next := a.m.doc.brief.Clone()
	q.shelf.clear(&next)
	for n := 0; text != "" && n < field.LinesLimit; n++ {
		write, ps := q.shelf.parse(text)
		if errs := ps.Errors(); len(errs) > 0 {
			a.say("%s%s", column(a.m, errs[0]), errs[0].Message)
		} else if write != nil {
			write(&next, -1)
			a.say("%s", a.m.words.T("brief.ask.took", q.shelf.name(&next, q.shelf.count(&next)-1)))
		}
		var err error
		if text, err = a.line(); err != nil {
			break
		}
	}
	if q.shelf.count(&next) == 0 {
		return a.m.words.T("brief.none." + q.shelf.noun())
	}
	q.shelf.keep(&a.m.doc.brief, &next)
	a.m.doc.change(q.path, func(b *brief.Brief) { *b = next })
	return ""
}

// followUps asks for the assumptions that decide.
func (a *asker) followUps() {
	words := a.m.words
	for _, f := range followUps(a.m.doc.brief, func(v design.Verdict) string { return levelWords(a.m, v) }) {
		a.say("")
		a.say("%s [%s]", words.T("brief.follow."+f.key, f.object), f.assumed)
		a.say("%s", words.T("brief.follow.now", f.assumed, f.now))
		a.say("%s", words.T("brief.follow.then", f.other, f.then))
		for {
			text, err := a.line()
			if err != nil || text == "" || text == "q" {
				break
			}
			complaint := a.m.commit(f.subject, f.key, text)
			if complaint == "" {
				break
			}
			a.say("%s", complaint)
		}
	}
}
