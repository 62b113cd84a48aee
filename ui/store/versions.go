package store

import "time"

// Revision is one text a section had.
type Revision struct {
	N       int // from 1, in the order in which they came
	Parent  int // the revision it came after, 0 for none
	Origin  string
	At      time.Time
	Text    string
	Current bool
	Damaged bool // the text can no longer be read
}

// originRestored is how a text comes that the store itself brought back.
const originRestored = "restored"

// Versions gives every text a section of a draft ever had, oldest first; the
// second and later sections of the same name are "name#2" and so on.
func (s *Store) Versions(id, section string) ([]Revision, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	f, err := s.find(id)
	if err != nil {
		return nil, wrap(id, err)
	}
	h := f.snap.history(section)
	var out []Revision
	for i, r := range h.Revisions {
		text, err := s.text(id, r.Sum)
		out = append(out, Revision{
			N: i + 1, Parent: r.Parent, Origin: r.Origin, At: r.At, Text: text,
			Current: h.Current == i+1, Damaged: err != nil,
		})
	}
	return out, nil
}

// Undo gives a section the text it had before the present one and saves that.
// Nothing earlier is ErrNoVersion.
func (s *Store) Undo(id, section string) (Draft, error) {
	return s.turn(id, section, func(h *history, _ time.Time) bool { return h.undo() })
}

// Redo takes an Undo back. Nothing to redo is ErrNoVersion.
func (s *Store) Redo(id, section string) (Draft, error) {
	return s.turn(id, section, func(h *history, _ time.Time) bool { return h.redo() })
}

// Restore gives a section the text of revision n again, as a new revision, and
// saves that; every other revision stays. A number that does not exist is
// ErrNoVersion.
func (s *Store) Restore(id, section string, n int) (Draft, error) {
	return s.turn(id, section, func(h *history, at time.Time) bool {
		r, ok := h.at(n)
		if ok && r.Sum != h.sum() {
			h.add(r.Sum, originRestored, at)
		}
		return ok
	})
}

// turn moves the history of one section and saves the chapter that follows. A
// draft that somebody else saved after it was read here is ErrStale.
func (s *Store) turn(id, section string, move func(*history, time.Time) bool) (Draft, error) {
	if err := checkID(id); err != nil {
		return Draft{}, err
	}
	h := s.handle(id)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.copy != "" {
		return Draft{}, &ConflictError{ID: id, Copy: h.copy, Err: h.cause}
	}
	if !h.based {
		if _, err := s.load(h); err != nil {
			return Draft{}, wrap(id, err)
		}
	}
	if err := s.own(h); err != nil {
		return Draft{}, wrap(id, err)
	}
	if err := s.current(h); err != nil {
		return Draft{}, wrap(id, err)
	}
	next := h.snap.clone()
	at := s.now().UTC()
	old := next.history(section).sum()
	if !move(next.history(section), at) {
		return Draft{}, wrap(id, ErrNoVersion)
	}
	now := next.history(section).sum()
	if _, err := s.text(id, now); err != nil {
		return Draft{}, wrap(id, err) // a text that is damaged is not gone to
	}
	next.Gen++
	next.Draft.Gen, next.Draft.Updated = next.Gen, at
	next.put(section, old, now)
	if err := s.commit(h, next, true); err != nil {
		return Draft{}, wrap(id, err)
	}
	d, _ := s.draft(id, found{snap: next})
	return d, nil
}

// put makes a text the one of a section in the chapter, at its end when the
// section is not there, and lists the one it replaces among the versions.
func (s *snapshot) put(section, old, now string) {
	at := -1
	for i, p := range s.Parts {
		if p.Section == section {
			at = i
		}
	}
	if at < 0 {
		s.Parts = append(s.Parts, textRef{Section: section, Sum: now})
		return
	}
	s.Parts[at].Sum = now
	for _, v := range s.Versions {
		if v.Section == section && v.Sum == old {
			return
		}
	}
	if old != now {
		s.Versions = append(s.Versions, textRef{Section: section, Sum: old, Origin: originRestored})
	}
}
