package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
)

// fixPasses bounds how often repairs are made: one may make room for another.
const fixPasses = 6

// Fix applies every safe fix and says what it did; applying it twice changes
// nothing. Text that leaves the chapter stands in full in what it did. A
// repair that would bring up a finding that was not there is left out.
func Fix(d *design.Design, text string) (string, []chapter.Fixed) {
	n := chapter.Normalize(text)
	done := slices.Clone(n.Fixed)
	for _, note := range n.Notes {
		done = append(done, chapter.Fixed{Step: "N3", Line: 1, Message: "移出章节的文字：" + note})
	}
	m := mended{text: n.Chapter.String(), origin: n.Origin}
	refused := map[string]bool{}
	for range fixPasses {
		hits := safeHits(d, m.text, refused)
		if len(hits) == 0 {
			break
		}
		made := m.apply(d, hits, refused)
		done = append(done, made...)
		if len(made) == 0 {
			break
		}
	}
	return m.text, done
}

// repair is a hit with edits and the rule that found it.
type repair struct {
	rule string
	hit
}

func (r repair) key() string { return r.rule + " " + r.object }

// safeHits are the repairs that a text allows.
func safeHits(d *design.Design, text string, refused map[string]bool) []repair {
	in, _ := read(d, text)
	if in.text != text {
		return nil
	}
	var out []repair
	for _, family := range families() {
		for _, r := range family {
			for _, h := range r.find(in) {
				if x := (repair{r.id, h}); len(h.edits) > 0 && !refused[x.key()] {
					out = append(out, x)
				}
			}
		}
	}
	return out
}

// mended is a text under repair; origin is the source line of each of its
// lines.
type mended struct {
	text   string
	origin []int
}

// apply makes all repairs at once, or one by one when together they do harm.
func (m *mended) apply(d *design.Design, hits []repair, refused map[string]bool) []chapter.Fixed {
	before := tally(d, m.text)
	if next := m.with(hits...); next.text != m.text && next.harmless(d, before) {
		made := m.record(hits)
		*m = next
		return made
	}
	var made []chapter.Fixed
	for _, h := range hits {
		fresh := slices.DeleteFunc(safeHits(d, m.text, refused), func(x repair) bool { return x.key() != h.key() })
		if len(fresh) == 0 {
			continue
		}
		next := m.with(fresh[0])
		if next.text == m.text || !next.harmless(d, before) {
			refused[h.key()] = true
			continue
		}
		made = append(made, m.record(fresh[:1])...)
		*m = next
		before = tally(d, m.text)
	}
	return made
}

// tally is what the checker finds in a text, without the lines, which move.
func tally(d *design.Design, text string) map[string]int {
	in, n := read(d, text)
	out := map[string]int{}
	for _, f := range in.findings(n) {
		out[f.Rule+" "+f.Object]++
	}
	return out
}

// harmless says whether a text has no finding that was not there before.
func (m mended) harmless(d *design.Design, before map[string]int) bool {
	for key, n := range tally(d, m.text) {
		if n > before[key] {
			return false
		}
	}
	return true
}

// record says what repairs do, on lines of the source.
func (m *mended) record(hits []repair) []chapter.Fixed {
	var out []chapter.Fixed
	for _, h := range hits {
		line := max(h.line, 1)
		if len(m.origin) > 0 {
			line = m.origin[min(line, len(m.origin))-1]
		}
		out = append(out, chapter.Fixed{Step: h.rule, Line: line, Message: h.fix, Rule: h.rule, Object: h.object})
	}
	return out
}

// with makes the edits of some repairs; of two that overlap the first one wins
// and the other waits for the next pass.
func (m mended) with(hits ...repair) mended {
	var edits []ddl.Edit
	for _, h := range hits {
		if !slices.ContainsFunc(h.edits, func(e ddl.Edit) bool { return overlaps(edits, e) }) {
			edits = append(edits, h.edits...)
		}
	}
	slices.SortStableFunc(edits, func(a, b ddl.Edit) int { return a.Start - b.Start })
	var b strings.Builder
	next := mended{}
	at, line := 0, 0
	origin := func() int { return m.origin[min(line, len(m.origin)-1)] }
	for _, e := range append(edits, ddl.Edit{Start: len(m.text), End: len(m.text)}) {
		for range strings.Count(m.text[at:e.Start], "\n") {
			next.origin = append(next.origin, origin())
			line++
		}
		b.WriteString(m.text[at:e.Start] + e.New)
		for range strings.Count(e.New, "\n") {
			next.origin = append(next.origin, origin())
		}
		line += strings.Count(m.text[e.Start:e.End], "\n")
		at = e.End
	}
	next.text = b.String()
	return next
}

// overlaps says whether an edit touches bytes that others change. Two that
// insert at one place do not wait for each other's text.
func overlaps(edits []ddl.Edit, e ddl.Edit) bool {
	return slices.ContainsFunc(edits, func(o ddl.Edit) bool {
		return e.Start < o.End && o.Start < e.End || e.Start == o.Start && (e.End == o.End || e.Start == e.End || o.Start == o.End)
	})
}
