package brief

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/form"
)

// session is one subject being edited in a form. A value is written into the
// brief when its row is left and it is right; a wrong one stays half-typed and
// is there again when the form is opened next.
type session struct {
	subject   subject
	form      *form.Form
	part      string
	errs      map[string]string
	candidate brief.Brief // with the row in focus as it stands, when right
}

// openSession edits the rows of the same part as focus.
func openSession(m *Model, s subject, focus string) *session {
	part := s.part(focus)
	var rows []form.Row
	for _, k := range s.keys() {
		if s.part(k) != part || !m.asks(s, k) {
			continue
		}
		r := s.row(m, &m.doc.brief, k)
		if half, ok := m.half[s.path(k)]; ok {
			r.Value = half
		}
		rows = append(rows, r)
	}
	se := &session{
		subject: s, part: part, errs: map[string]string{}, candidate: m.doc.brief,
		form: form.New(m.theme, m.keys.form, rows, focus),
	}
	for _, r := range rows {
		if _, ok := m.half[s.path(r.Key)]; ok {
			se.check(m, r.Key)
		}
	}
	return se
}

// asks leaves out rows that say nothing in the present state: of a database,
// those that do not fit its role.
func (m *Model) asks(s subject, key string) bool {
	d, ok := s.(about[brief.Database])
	if !ok {
		return true
	}
	db := d.of(&m.doc.brief)
	if db == nil {
		return true
	}
	if key == "name" {
		return db.Engine == otherEngine
	}
	role := db.Role
	for _, full := range m.live.resolved.Databases {
		if role == "" && full.Engine == db.Engine {
			role = full.Role
		}
	}
	only, ok := rowsOfRole[key]
	return !ok || role == "" || slices.Contains(only, role) || d.find(key).get(db) != ""
}

// rowsOfRole are the rows of a database that make sense for some roles only.
var rowsOfRole = map[string][]string{
	"replicas":           {"oltp", "document", "olap", "timeseries"},
	"semi_sync":          {"oltp"},
	"shards":             {"cache", "search", "olap", "document", "timeseries"},
	"shard_memory_gb":    {"cache"},
	"charset":            {"oltp"},
	"max_connections":    {"oltp", "document"},
	"limits.table_gb":    {"oltp"},
	"limits.instance_gb": {"oltp"},
	"limits.shard_gb":    {"oltp"},
	"limits.write_tps":   {"oltp"},
}

// press passes a message to the form; it says whether the form was closed.
func (se *session) update(m *Model, msg tea.Msg) (closed bool) {
	switch se.form.Update(msg) {
	case form.Changed:
		se.check(m, se.form.Focus())
		m.stale = true
	case form.Moved:
		se.commit(m, se.form.Left())
	case form.Closed:
		se.commit(m, se.form.Left())
		return true
	}
	return false
}

// eager is how many entities the rules look through at every key; larger
// briefs are looked through when a row is left.
const eager = 60

// check asks the rules about a row without writing it.
func (se *session) check(m *Model, key string) {
	next, complaint := m.doc.brief.Clone(), ""
	if len(next.Entities) <= eager {
		next, complaint = m.try(se.subject, key, se.form.Value(key))
	} else if err := se.subject.set(&next, key, se.form.Value(key)); err != nil {
		complaint = message(err)
	}
	se.mark(key, complaint)
	if complaint == "" {
		se.candidate = next
	}
}

func (se *session) mark(key, complaint string) {
	if complaint == "" {
		delete(se.errs, key)
	} else {
		se.errs[key] = complaint
	}
	se.form.Wrong(key, complaint != "")
}

// commit writes a row that is right; rows other rows depend on open the form
// anew.
func (se *session) commit(m *Model, key string) {
	before := m.doc.brief
	se.mark(key, m.commit(se.subject, key, se.form.Value(key)))
	se.candidate = m.doc.brief
	changed := se.subject.get(&before, key) != se.subject.get(&m.doc.brief, key)
	if changed && key == "engine" {
		*se = *openSession(m, se.subject, se.form.Focus())
	}
}

// try puts a text into a copy of the brief and says what is wrong with it.
func (m *Model) try(s subject, key, text string) (brief.Brief, string) {
	return try(m.doc.brief.Clone(), s, key, text)
}

func try(next brief.Brief, s subject, key, text string) (brief.Brief, string) {
	if err := s.set(&next, key, text); err != nil {
		return next, message(err)
	}
	path := s.path(key)
	for _, p := range brief.Validate(next).Errors() {
		if p.Path == path || strings.HasPrefix(p.Path, path+"[") {
			return next, p.Message
		}
	}
	return next, ""
}

// commit writes a text that is right, keeps one that is wrong as half-typed
// and returns what is wrong with it.
func (m *Model) commit(s subject, key, text string) string {
	path := s.path(key)
	if text == s.get(&m.doc.brief, key) {
		delete(m.half, path)
		return ""
	}
	next, complaint := m.try(s, key, text)
	if complaint != "" {
		m.half[path] = text
		return complaint
	}
	delete(m.half, path)
	if s.get(&next, key) != s.get(&m.doc.brief, key) {
		m.settle(path)
		m.doc.change(m.words.T("brief.did.set", s.label(m, key)), func(b *brief.Brief) { *b = next })
	}
	return ""
}

// view draws the form and, below it, what is wrong with the row in focus or
// why it is asked.
func (se *session) view(m *Model, w, h int) (string, *tea.Cursor) {
	k := se.form.Focus()
	foot := se.foot(m, k, w)
	v, c := se.form.View(w-1, max(3, h-len(foot)))
	lines := strings.Split(v, "\n")
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return strings.Join(append(lines, foot...), "\n"), moved(c, 1, 0)
}

func (se *session) foot(m *Model, k string, w int) []string {
	rule := m.theme.Rule(w)
	if e := se.errs[k]; e != "" {
		return append([]string{rule}, paragraph(" "+e, w, m.theme.Error.Render)...)
	}
	if m.w >= wide {
		return nil // the panel tells it
	}
	out := append([]string{rule}, paragraph(" "+se.subject.why(m, k), w, m.theme.Dim.Render)...)
	if d := m.standard(se.subject, k); d != "" && se.form.Value(k) == "" {
		out = append(out, " "+m.theme.Cut(m.words.T("brief.standard", d), w-1))
	}
	for _, l := range consequence(m, se.subject, k) {
		out = append(out, " "+m.theme.Accent.Render(m.theme.Cut(l, w-1)))
	}
	return out
}

// standard is what the rules take while a row is empty, in words; "" when that
// is not known.
func (m *Model) standard(s subject, key string) string {
	r := &m.live.resolved.Brief
	if !m.live.ready || isPlaceholder(s.path(key)) || m.madeUp(s.path(key)) || len(r.Entities) != len(m.doc.brief.Entities) {
		return ""
	}
	if s.get(&m.doc.brief, key) != "" {
		return ""
	}
	return display(m, s, key, s.get(r, key))
}
