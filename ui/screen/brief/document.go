package brief

import "dbchapter/prompt/brief"

// undoDepth is how many changes can be taken back.
const undoDepth = 200

// document is the brief being written with everything that was undone or can
// be. Old briefs are never changed: each change works on a copy.
type document struct {
	brief        brief.Brief
	past, future []version
	changed      bool // since the last look
}

// version is a brief and the words for what was done to it next.
type version struct {
	brief brief.Brief
	did   string
}

// change does something undoable; did says what, for the message of undo.
func (d *document) change(did string, f func(*brief.Brief)) {
	next := d.brief.Clone()
	f(&next)
	d.past = append(d.past, version{d.brief, did})
	if len(d.past) > undoDepth {
		d.past = append([]version(nil), d.past[1:]...)
	}
	d.future = nil
	d.brief, d.changed = next, true
}

// undo takes back the last change and says what it was.
func (d *document) undo() (did string, ok bool) {
	return d.swap(&d.past, &d.future)
}

// redo does again what was undone.
func (d *document) redo() (did string, ok bool) {
	return d.swap(&d.future, &d.past)
}

func (d *document) swap(from, to *[]version) (string, bool) {
	if len(*from) == 0 {
		return "", false
	}
	last := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	*to = append(*to, version{d.brief, last.did})
	d.brief, d.changed = last.brief, true
	return last.did, true
}

// look says whether anything changed since the last look.
func (d *document) look() bool {
	was := d.changed
	d.changed = false
	return was
}
