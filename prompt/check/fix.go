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
	m.inspect(d)
	refused := map[string]bool{}
	for range fixPasses {
		hits := m.open(refused)
		if len(hits) == 0 {
			break
		}
		done = append(done, m.apply(d, hits, refused)...)
	}
	return m.text, done
}

// repair is a hit with edits and the rule that found it.
type repair struct {
	rule string
	hit
}

func (r repair) key() string { return r.rule + " " + r.object }

// mended is a text under repair with what the checker says of it; origin is
// the source line of each of its lines.
type mended struct {
	text    string
	origin  []int
	repairs []repair
	found   map[string]int // findings without their lines, which move
}

// inspect runs every rule on the text. A text that the normaliser would change
// again allows no repair: its places are not those of the rules.
func (m *mended) inspect(d *design.Design) {
	in, _ := read(d, m.text)
	m.found, m.repairs = map[string]int{}, nil
	for _, family := range families() {
		for _, r := range family {
			for _, h := range r.find(in) {
				x := repair{r.id, h}
				m.found[x.key()]++
				if len(h.edits) > 0 && in.text == m.text {
					m.repairs = append(m.repairs, x)
				}
			}
		}
	}
}

// open are the repairs that nobody has refused.
func (m *mended) open(refused map[string]bool) []repair {
	return slices.DeleteFunc(slices.Clone(m.repairs), func(r repair) bool { return refused[r.key()] })
}

// apply makes all repairs at once, or one by one when together they do harm.
func (m *mended) apply(d *design.Design, hits []repair, refused map[string]bool) []chapter.Fixed {
	if next := m.with(hits...); m.try(d, next) {
		return next.done
	}
	var made []chapter.Fixed
	for _, h := range hits {
		i := slices.IndexFunc(m.repairs, func(x repair) bool { return x.key() == h.key() })
		if i < 0 {
			continue
		}
		if next := m.with(m.repairs[i]); m.try(d, next) {
			made = append(made, next.done...)
		} else {
			refused[h.key()] = true
		}
	}
	return made
}

// attempt is a text with repairs and the record of them.
type attempt struct {
	mended
	done []chapter.Fixed
}

// try takes an attempt if it changes something and brings up nothing new.
func (m *mended) try(d *design.Design, next attempt) bool {
	if next.text == m.text {
		return false
	}
	next.inspect(d)
	for key, n := range next.found {
		if n > m.found[key] {
			return false
		}
	}
	*m = next.mended
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
func (m *mended) with(hits ...repair) attempt {
	var edits []ddl.Edit
	var used []repair
	for _, h := range hits {
		if !slices.ContainsFunc(h.edits, func(e ddl.Edit) bool { return overlaps(edits, e) }) {
			edits, used = append(edits, h.edits...), append(used, h)
		}
	}
	slices.SortStableFunc(edits, func(a, b ddl.Edit) int { return a.Start - b.Start })
	next := attempt{done: m.record(used)}
	next.text, next.origin = m.edited(edits)
	return next
}

// edited makes edits, which are sorted, and says where each line came from.
func (m *mended) edited(edits []ddl.Edit) (string, []int) {
	var b strings.Builder
	var lines []int
	at, line := 0, 0
	origin := func() int { return m.origin[min(line, len(m.origin)-1)] }
	for _, e := range append(slices.Clone(edits), ddl.Edit{Start: len(m.text), End: len(m.text)}) {
		for range strings.Count(m.text[at:e.Start], "\n") {
			lines = append(lines, origin())
			line++
		}
		b.WriteString(m.text[at:e.Start] + e.New)
		for range strings.Count(e.New, "\n") {
			lines = append(lines, origin())
		}
		line += strings.Count(m.text[e.Start:e.End], "\n")
		at = e.End
	}
	return b.String(), lines
}

// overlaps says whether an edit touches bytes that others change. Two that
// insert at one place do not wait for each other's text.
func overlaps(edits []ddl.Edit, e ddl.Edit) bool {
	return slices.ContainsFunc(edits, func(o ddl.Edit) bool {
		return e.Start < o.End && o.Start < e.End || e.Start == o.Start && (e.End == o.End || e.Start == e.End || o.Start == o.End)
	})
}
