package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// Save writes the draft as its next generation and returns when it is durable.
// It may be called as often as one likes and from any goroutine; calls for one
// draft come after one another.
//
// When another process has the draft, or saved it after it was read here, the
// draft is kept as a new one and Save returns a *ConflictError that names it.
func (s *Store) Save(d Draft) error {
	if err := checkID(d.ID); err != nil {
		return err
	}
	h := s.handle(d.ID)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.copy == "" {
		err := s.put(h, d)
		var locked *LockedError
		if !errors.As(err, &locked) && !errors.Is(err, ErrStale) {
			return wrap(d.ID, err)
		}
		h.copy, h.cause = NewID(), err
		_ = h.release() // the original is for others from here on
	}
	d.CopyOf, d.ID = h.id, h.copy
	other := s.handle(h.copy)
	other.mu.Lock()
	defer other.mu.Unlock()
	if err := s.put(other, d); err != nil {
		return wrap(d.ID, err)
	}
	return &ConflictError{ID: h.id, Copy: h.copy, Err: h.cause}
}

func wrap(id string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("draft %q: %w", id, err)
}

// put writes the generation after the one this process knows.
func (s *Store) put(h *handle, d Draft) error {
	if err := s.own(h); err != nil {
		return err
	}
	if err := s.current(h); err != nil {
		return err
	}
	next, need := h.snap.next(d, s.parts(d.Chapter), s.now().UTC())
	if err := s.store(h, need); err != nil {
		return err
	}
	return s.commit(h, next, true)
}

// current makes h.snap what is on disk, if that is what this process read or
// wrote last, and is ErrStale if not.
func (s *Store) current(h *handle) error {
	if h.based {
		data, err := s.disk.ReadFile(s.path(h.id, mainName), maxSnapshot)
		if err == nil && sumOf(data) == h.wrote {
			return nil
		}
	}
	f, err := s.find(h.id)
	if errors.Is(err, fs.ErrNotExist) {
		h.known = map[string]bool{} // removed meanwhile, or new: all texts are written again
		return nil
	}
	if err != nil {
		return err
	}
	damaged := f.from != fromMain
	switch {
	case !h.based:
		return ErrStale
	case damaged && f.snap.Gen <= h.base:
		// What we wrote is damaged now; what we remember of it is newer than
		// what the disk still tells.
		f.snap = h.snap
		clear(h.known)
	case f.snap.Gen != h.base && f.sum != h.tried:
		return ErrStale
	}
	if damaged {
		_, err = s.repair(h, f)
		return err
	}
	h.read(f)
	return nil
}

// commit makes next the snapshot, and the one before it the backup when keep
// says that it is whole.
func (s *Store) commit(h *handle, next snapshot, keep bool) error {
	data, err := encode(next)
	if err != nil {
		return err
	}
	name, backup := s.path(h.id, mainName), s.path(h.id, backupName)
	temp := s.path(h.id, tempPrefix+random(8))
	if err = s.fill(temp, data); err == nil && keep {
		err = s.backup(name, backup)
	}
	if err == nil {
		h.tried = sumOf(data)
		err = s.disk.Rename(temp, name)
	}
	if err != nil {
		_ = s.disk.Remove(temp)
		return fmt.Errorf("write %q: %w", name, err)
	}
	// From here on this is what the disk shows, durable or not.
	h.read(found{snap: next, sum: sumOf(data)})
	if err := s.disk.SyncDir(filepath.Dir(name)); err != nil {
		return fmt.Errorf("%q: %w", filepath.Dir(name), err)
	}
	return nil
}

// backup gives the snapshot a second name that the next rename does not take.
// Where there are no links it is copied.
func (s *Store) backup(name, backup string) error {
	if !s.exists(name) {
		return nil
	}
	if err := s.disk.Remove(backup); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if s.disk.Link(name, backup) == nil {
		return nil
	}
	data, err := s.disk.ReadFile(name, maxSnapshot)
	if err != nil {
		return err
	}
	return s.replace(backup, data)
}
