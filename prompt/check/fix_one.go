package check

import (
	"slices"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
)

// FixOne makes the change that belongs to one finding of a text: the repair of
// a safe one (✔), or what an offered one (◐) proposes. It says false and gives
// the text back when there is no such change, when the finding would still
// stand, and when an error would come up that was not there.
//
// A text that is not in the form of the contract is brought into it first; what
// only the form needs is repaired by that alone. Where words would leave the
// chapter nothing is done: Fix does it and says which.
func FixOne(d *design.Design, text string, f Finding) (string, bool) {
	n := chapter.Normalize(text)
	if len(n.Notes) > 0 {
		return text, false
	}
	before, _ := read(d, text)
	base, start := n.Chapter.String(), before.counted()
	if base != text && settled(d, base, f, start) {
		return base, true
	}
	in, where := read(d, base)
	if in.text != base {
		return text, false
	}
	for _, edits := range in.changes(f, where) {
		next := ddl.Apply(base, edits)
		if next != base && settled(d, next, f, start) {
			return next, true
		}
	}
	return text, false
}

// changes are those that hits with the words of a finding propose; that on the
// finding's own line comes first, for the text may have moved.
func (in *input) changes(f Finding, where chapter.Normalized) [][]ddl.Edit {
	var first, rest [][]ddl.Edit
	for _, family := range families() {
		for _, r := range family {
			if r.id != f.Rule {
				continue
			}
			for _, h := range r.find(in) {
				edits := h.edits
				if len(edits) == 0 {
					edits = h.patch
				}
				switch g := r.finding(h); {
				case len(edits) == 0 || g.Object != f.Object || g.Message != f.Message:
				case where.Source(h.line) == f.Line:
					first = append(first, edits)
				default:
					rest = append(rest, edits)
				}
			}
		}
	}
	return slices.Concat(first, rest)
}

// A census is how often a text has each finding, and each error, without the
// lines, which move.
type census struct{ all, errors map[string]int }

func (in *input) counted() census {
	c := census{map[string]int{}, map[string]int{}}
	for _, family := range families() {
		for _, r := range family {
			for _, h := range r.find(in) {
				f := r.finding(h)
				c.all[key(f)]++
				if f.Severity == Error {
					c.errors[f.Rule+" "+f.Object]++
				}
			}
		}
	}
	return c
}

func key(f Finding) string { return f.Rule + " " + f.Object + " " + f.Message }

// settled says whether a text has the finding less often than before, and no
// error more often.
func settled(d *design.Design, text string, f Finding, before census) bool {
	next, _ := read(d, text)
	after := next.counted()
	for k, n := range after.errors {
		if n > before.errors[k] {
			return false
		}
	}
	return after.all[key(f)] < before.all[key(f)]
}
