package brief

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// maxFollowUps is how many questions the guide adds of its own.
const maxFollowUps = 5

// probed is how many of the largest tables are tried.
const probed = 12

// A followUp is a question worth asking: another answer gives another design.
type followUp struct {
	path    string // entities[2].volume.rows_per_day
	subject subject
	key     string
	object  string // name of the entity, "" for the system
	assumed string // the value assumed so far
	now     string // verdict as assumed
	other   string // the value tried
	then    string // verdict with it
}

// probeMsg carries the follow-ups back; number is that of the question asked.
type probeMsg struct {
	number int
	found  []followUp
}

// probe looks for assumptions that decide: each is made ten times as large and
// as small, and is asked for when the sharding of a table changes with it.
func probe(m *Model, number int) tea.Cmd {
	b := m.doc.brief.Clone()
	words := func(v design.Verdict) string { return levelWords(m, v) }
	return func() tea.Msg { return probeMsg{number, followUps(b, words)} }
}

func followUps(b brief.Brief, words func(design.Verdict) string) []followUp {
	if len(brief.Validate(b).Errors()) > 0 {
		return nil
	}
	r := brief.Complete(b)
	base := design.New(r, design.House{})
	var out []followUp
	for _, c := range candidates(b, r, base) {
		if len(out) == maxFollowUps {
			break
		}
		if f, ok := c.try(b, base, words); ok {
			out = append(out, f)
		}
	}
	return out
}

// candidate is a value nobody gave.
type candidate struct {
	followUp
	value int64 // as assumed
	table string
}

// candidates are rows a day and retention of the entities, the largest tables
// first: with them alone a table crosses a threshold.
func candidates(b brief.Brief, r brief.Resolved, d design.Design) []candidate {
	order := make([]int, len(r.Entities))
	for i := range order {
		order[i] = i
	}
	size := func(i int) float64 {
		if t, ok := d.Table(r.Entities[i].Table); ok {
			return t.Size.GB
		}
		return 0
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case size(i) > size(j):
			return -1
		case size(i) < size(j):
			return 1
		}
		return 0
	})
	var out []candidate
	for _, i := range order[:min(len(order), probed)] {
		if i >= len(b.Entities) {
			continue
		}
		s, e := entitySubject(i), r.Entities[i]
		if !b.Entities[i].Volume.RowsPerDay.Set {
			out = append(out, newCandidate(s, "volume.rows_per_day", e, e.Volume.RowsPerDay.V))
		}
		if days := e.Volume.RetentionDays.V; !b.Entities[i].Volume.RetentionDays.Set && days > 0 {
			out = append(out, newCandidate(s, "volume.retention_days", e, int64(days)))
		}
	}
	return out
}

func newCandidate(s subject, key string, e brief.Entity, value int64) candidate {
	return candidate{
		followUp: followUp{path: s.path(key), subject: s, key: key, object: e.Name, assumed: exact(value)},
		value:    value, table: e.Table,
	}
}

// try designs again with other values; the first that changes the verdict
// makes the question.
func (c candidate) try(b brief.Brief, base design.Design, words func(design.Verdict) string) (followUp, bool) {
	before, ok := base.Table(c.table)
	if !ok {
		return followUp{}, false
	}
	for _, v := range []int64{c.value * 10, c.value / 10} {
		next := b.Clone()
		if v < 1 || c.subject.set(&next, c.key, exact(v)) != nil || len(brief.Validate(next).Errors()) > 0 {
			continue
		}
		after, ok := design.New(brief.Complete(next), design.House{}).Table(c.table)
		if !ok || sameVerdict(before.Verdict, after.Verdict) {
			continue
		}
		f := c.followUp
		f.now, f.other, f.then = words(before.Verdict), exact(v), words(after.Verdict)
		return f, true
	}
	return followUp{}, false
}

// sameVerdict compares what a reader of the chapter would notice.
func sameVerdict(a, b design.Verdict) bool {
	return a.Level == b.Level && a.Databases == b.Databases && a.Tables == b.Tables
}
