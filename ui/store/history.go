package store

import (
	"slices"
	"time"
)

// history is every text one section had in this draft. Revisions are only ever
// added: undo and redo move Current, and restoring adds a revision with an old
// text. A revision made after an undo is another child of the same parent, so
// that the branch that was left stays.
type history struct {
	Section   string     `json:"section"`
	Current   int        `json:"current"` // a revision's number; 0 before the first
	Revisions []revision `json:"revisions"`
}

// revision is one text of a section. Its number is its place in the history,
// from 1.
type revision struct {
	Sum    string    `json:"sum"` // of the text, see objectName
	Origin string    `json:"origin,omitempty"`
	At     time.Time `json:"at"`
	Parent int       `json:"parent"` // the revision it came after; 0 for none
}

func (h *history) at(n int) (revision, bool) {
	if n < 1 || n > len(h.Revisions) {
		return revision{}, false
	}
	return h.Revisions[n-1], true
}

// sum is of the current text, "" before the first.
func (h *history) sum() string {
	r, _ := h.at(h.Current)
	return r.Sum
}

func (h *history) has(sum string) bool {
	return slices.ContainsFunc(h.Revisions, func(r revision) bool { return r.Sum == sum })
}

// add makes a text the current one, as a child of what was.
func (h *history) add(sum, origin string, at time.Time) {
	h.Revisions = append(slices.Clip(h.Revisions), revision{Sum: sum, Origin: origin, At: at, Parent: h.Current})
	h.Current = len(h.Revisions)
}

// follow makes a text the current one that came from outside: going back to
// the parent or on to the child is an undo or redo done elsewhere, anything
// else is a revision of its own.
func (h *history) follow(sum, origin string, at time.Time) {
	if h.Current > 0 && h.sum() == sum {
		return
	}
	here := h.Current
	for _, step := range []func(*history) bool{(*history).undo, (*history).redo} {
		if step(h) && h.sum() == sum {
			return
		}
		h.Current = here
	}
	h.add(sum, origin, at)
}

// undo goes back to the revision the current one came after.
func (h *history) undo() bool {
	r, ok := h.at(h.Current)
	if !ok || r.Parent == 0 {
		return false
	}
	h.Current = r.Parent
	return true
}

// redo goes on to the latest revision that came after the current one.
func (h *history) redo() bool {
	for i, r := range slices.Backward(h.Revisions) {
		if r.Parent == h.Current && h.Current > 0 {
			h.Current = i + 1
			return true
		}
	}
	return false
}

// valid says whether the numbers lead anywhere: a parent is always older.
func (h *history) valid() bool {
	for i, r := range h.Revisions {
		if r.Parent < 0 || r.Parent > i || !isSum(r.Sum) {
			return false
		}
	}
	return h.Current >= 0 && h.Current <= len(h.Revisions)
}
