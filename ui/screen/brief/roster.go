package brief

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/screen/brief/field"
)

// roster is which rows of a list are shown and which is under the cursor.
type roster struct {
	at        int // index among all rows
	top       int // first visible row shown
	filter    field.Field
	filtering bool // the filter has the keyboard
}

// visible are the indices of the rows the filter lets through; spaces in the
// filter mean and.
func (r *roster) visible(texts []string) []int {
	words := strings.Fields(strings.ToLower(r.filter.Text()))
	var out []int
	for i, t := range texts {
		t = strings.ToLower(t)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(t, w) }) {
			out = append(out, i)
		}
	}
	return out
}

// settle keeps the cursor on a visible row and says at which place it is; -1
// when nothing is visible.
func (r *roster) settle(shown []int) int {
	if len(shown) == 0 {
		return -1
	}
	i, found := slices.BinarySearch(shown, r.at)
	if !found {
		i = min(i, len(shown)-1)
		r.at = shown[i]
	}
	return i
}

// press moves the cursor; it says whether the key was one of movement.
func (r *roster) press(msg tea.KeyPressMsg, k listKeys, shown []int, page int) bool {
	by := 0
	switch {
	case key.Matches(msg, k.Up):
		by = -1
	case key.Matches(msg, k.Down):
		by = 1
	case key.Matches(msg, k.PageUp):
		by = -page
	case key.Matches(msg, k.PageDown):
		by = page
	case key.Matches(msg, k.Top):
		by = -len(shown)
	case key.Matches(msg, k.Bottom):
		by = len(shown)
	default:
		return false
	}
	if i := r.settle(shown); i >= 0 {
		r.at = shown[min(max(0, i+by), len(shown)-1)]
	}
	return true
}

// window is the part of the shown rows that fits height lines.
func (r *roster) window(shown []int, height int) (from, to int) {
	at := max(0, r.settle(shown))
	height = max(1, height)
	if at < r.top {
		r.top = at
	}
	if at >= r.top+height {
		r.top = at - height + 1
	}
	r.top = max(0, min(r.top, len(shown)-height))
	return r.top, min(len(shown), r.top+height)
}

// typeFilter passes a key to the filter; enter keeps it, esc clears it.
func (r *roster) typeFilter(msg tea.Msg, k listKeys) {
	if p, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(p, k.Edit):
			r.filtering = false
			return
		case key.Matches(p, k.Back):
			r.filtering = false
			r.filter.Set("")
			return
		}
	}
	r.filter.Update(msg)
}
