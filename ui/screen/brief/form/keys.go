package form

import (
	"charm.land/bubbles/v2/key"

	"dbchapter/ui/i18n"
)

// Keys move between the rows; everything else belongs to the row.
type Keys struct {
	Next, Prev, Up, Down, Close, Choose key.Binding
}

// NewKeys are the keys of every form.
func NewKeys(w i18n.Words) Keys {
	return Keys{
		Next:   w.Key("enter", "brief.key.nextfield", "enter", "tab"),
		Prev:   w.Key("shift+tab", "brief.key.prevfield", "shift+tab"),
		Up:     w.Key("↑", "brief.key.prevfield", "up"),
		Down:   w.Key("↓", "brief.key.nextfield", "down"),
		Choose: w.Key("← → space", "brief.key.choose", "left", "right", "space"),
		Close:  w.Key("esc", "brief.key.done", "esc"),
	}
}

// Help are the keys worth showing.
func (k Keys) Help() []key.Binding {
	return []key.Binding{k.Next, k.Prev, k.Choose, k.Close}
}
