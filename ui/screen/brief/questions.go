package brief

import (
	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/form"
)

// A question is one screen of the guide and one prompt of the line mode. Its
// words are i18n rows below brief.q.<path>: the question itself, .good and
// .bad; the reason and the sections come from the subject.
type question struct {
	path    string
	step    Step
	subject subject // nil for lists
	key     string
	shelf   shelf // for lists: one item a line
}

// questions are those of the guide in their order (domain.md §1.1, the
// standard depth); what they leave out has a good default.
func questions() []question {
	var out []question
	sys := systemSubject()
	for _, k := range []string{"name", "summary", "domain", "users", "dau", "peak_read_qps", "growth", "compliance", "sla", "rpo_minutes", "rto_minutes", "regions", "multi_tenant"} {
		out = append(out, question{path: "system." + k, step: System, subject: sys, key: k})
	}
	return append(
		out,
		question{path: "databases", step: Databases, shelf: databaseShelf()},
		question{path: "services", step: Services, shelf: serviceShelf()},
		question{path: "entities", step: Entities, shelf: entityShelf()},
	)
}

// kind is how the question is answered.
func (q question) kind(m *Model) form.Kind {
	if q.subject == nil {
		return form.Text
	}
	return q.subject.row(m, &m.doc.brief, q.key).Kind
}

// current is the answer as written, "" for none.
func (q question) current(b *brief.Brief) string {
	if q.subject != nil {
		return q.subject.get(b, q.key)
	}
	return q.shelf.lines(b)
}

// standard is the answer the rules would give, "" when it is not known yet.
func (q question) standard(m *Model) string {
	if q.subject == nil || !m.live.ready || isPlaceholder(q.path) {
		return ""
	}
	return q.subject.get(&m.live.resolved.Brief, q.key)
}
