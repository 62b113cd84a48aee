package store

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// source says what a draft was read from.
type source string

const (
	fromMain   source = "" // the snapshot itself
	fromBackup source = "backup"
	fromRest   source = "rest" // what a damaged snapshot and the texts still tell
)

// found is what the disk holds of a draft.
type found struct {
	snap snapshot
	sum  string // of the bytes of draft.json
	from source

	bad     []string // damaged snapshots, still in their places
	aside   []string // damaged files that were moved
	rebuilt texts    // texts that have to be written for snap to be whole
}

// find reads the latest whole generation: the snapshot, else the backup, else
// what is left. A draft that was never saved is fs.ErrNotExist. It changes
// nothing on disk.
func (s *Store) find(id string) (found, error) {
	var f found
	var damaged [][]byte
	rows := []struct {
		name string
		from source
	}{{mainName, fromMain}, {backupName, fromBackup}}
	for _, row := range rows {
		name := s.path(id, row.name)
		data, err := s.disk.ReadFile(name, maxSnapshot)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil && !errors.Is(err, ErrTooLarge) && !isKind(err) {
			return f, err // unreadable is not damaged
		}
		snap, err := decode(data)
		switch {
		case err == nil:
			f.snap, f.sum, f.from = snap, sumOf(data), row.from
			f.snap.ID, f.snap.Draft.ID = id, id // a directory may have been copied
			return f, nil
		case errors.Is(err, ErrNewer):
			return f, err
		}
		f.bad = append(f.bad, name)
		damaged = append(damaged, data)
	}
	return s.salvage(id, f, damaged)
}

func isKind(err error) bool {
	var kind *KindError
	return errors.As(err, &kind)
}

// draft puts a draft together from its snapshot, and says which texts are
// damaged.
func (s *Store) draft(id string, f found) (Draft, []string) {
	d := f.snap.Draft
	var bad, lost []string
	read := func(sum string) (string, bool) {
		if text, ok := f.rebuilt[sum]; ok {
			return text, true
		}
		text, err := s.text(id, sum)
		if err != nil {
			bad = append(bad, sum)
		}
		return text, err == nil
	}
	var chapter strings.Builder
	for _, p := range f.snap.Parts {
		text, ok := read(p.Sum)
		if !ok {
			lost = append(lost, p.Section)
			text = s.earlier(f, p, read)
		}
		chapter.WriteString(text)
	}
	d.Chapter = chapter.String()
	d.Versions = nil
	for _, v := range f.snap.Versions {
		if text, ok := read(v.Sum); ok {
			d.Versions = append(d.Versions, Version{Section: v.Section, Origin: v.Origin, Text: text})
		}
	}
	if f.from != fromMain || len(f.bad)+len(f.aside)+len(bad) > 0 {
		d.Repair = &Repair{From: string(f.from), Quarantined: f.aside, Lost: lost}
	}
	return d, bad
}

// earlier is the latest text before a lost one that can be read, "" for none.
func (s *Store) earlier(f found, lost textRef, read func(string) (string, bool)) string {
	h := f.snap.history(lost.Section)
	for r, ok := h.at(h.Current); ok; r, ok = h.at(r.Parent) {
		if r.Sum == lost.Sum {
			continue
		}
		if text, ok := read(r.Sum); ok {
			return text
		}
	}
	return ""
}

// Load reads one draft and remembers its generation, so that a later Save
// knows whether somebody else was there meanwhile. What is damaged is moved
// aside, unless another process works on the draft, and Draft.Repair tells
// about it. A draft of a newer program is ErrNewer and stays as it is; one
// that does not exist is fs.ErrNotExist.
func (s *Store) Load(id string) (Draft, error) {
	if err := checkID(id); err != nil {
		return Draft{}, err
	}
	h := s.handle(id)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.copy != "" {
		// What was saved under this id went to the copy; the original is read
		// anew from here on.
		h.copy, h.cause = "", nil
	}
	d, err := s.load(h)
	if err != nil {
		return Draft{}, fmt.Errorf("draft %q: %w", id, err)
	}
	return d, nil
}

func (s *Store) load(h *handle) (Draft, error) {
	f, err := s.find(h.id)
	if err != nil {
		return Draft{}, err
	}
	s.tighten(h.id)
	d, bad := s.draft(h.id, f)
	if d.Repair == nil {
		h.read(f)
		return d, nil
	}
	mine := h.lock != nil
	if s.own(h) != nil {
		h.read(f)
		return d, nil // another process has it, or nothing can be written here
	}
	if !mine {
		defer func() { _ = h.release() }()
		// Under the lock it may look different from a moment ago.
		if f, err = s.find(h.id); err != nil {
			return Draft{}, err
		}
		d, bad = s.draft(h.id, f)
	}
	return s.mend(h, f, d, bad)
}

// mend moves damaged files aside. What it cannot do today it does next time.
func (s *Store) mend(h *handle, f found, d Draft, bad []string) (Draft, error) {
	h.read(f)
	if f.from != fromMain || len(f.bad) > 0 {
		if fixed, err := s.repair(h, f); err == nil {
			f = fixed
		}
	}
	aside := f.aside
	for _, sum := range bad {
		delete(h.known, sum)
		if name := s.objectPath(h.id, sum); s.exists(name) {
			if to, err := s.quarantine(name, s.disk.Rename); err == nil {
				aside = append(aside, to)
			}
		}
	}
	d.Gen = f.snap.Gen
	if d.Repair != nil {
		d.Repair.Quarantined = aside
	}
	h.read(f)
	return d, nil
}

// tighten narrows the permissions of a draft that is read.
func (s *Store) tighten(id string) {
	for _, name := range []string{s.path(id), s.path(id, mainName), s.path(id, backupName)} {
		if info, err := s.disk.Lstat(name); err == nil && (info.IsDir() || info.Mode().IsRegular()) {
			_ = s.narrow(name, info) // its directory lets nobody in anyway
		}
	}
}
