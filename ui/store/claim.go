package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// handle is what this process knows about one draft.
type handle struct {
	id string

	mu    sync.Mutex
	lock  Lock            // nil: not taken yet
	known map[string]bool // texts that are on disk for certain

	based bool   // whether a generation was read or written here
	base  uint64 // that generation
	wrote string // sum of the bytes of draft.json as last written or read
	tried string // the same of a write that may or may not have happened
	snap  snapshot

	copy  string // the draft that gets what this one may not
	cause error  // why
}

func (h *handle) release() error {
	if h.lock == nil {
		return nil
	}
	err := h.lock.Release()
	h.lock = nil
	return err
}

// forget is for a draft that is gone.
func (h *handle) forget() {
	h.known, h.based, h.base, h.wrote, h.tried, h.snap = nil, false, 0, "", "", snapshot{}
}

// read notes what was read or written as the base of the next save.
func (h *handle) read(f found) {
	h.based, h.base, h.wrote, h.snap = true, f.snap.Gen, f.sum, f.snap
}

func (s *Store) handle(id string) *handle {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.handles[id]
	if h == nil {
		h = &handle{id: id}
		s.handles[id] = h
	}
	return h
}

// Claim takes a draft for this process, as the first Save does: until Close
// nobody else writes it. A draft of another process is a *LockedError.
func (s *Store) Claim(id string) error {
	if err := checkID(id); err != nil {
		return err
	}
	h := s.handle(id)
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := s.disk.Lstat(s.path(id)); err != nil {
		return fmt.Errorf("draft %q: %w", id, err)
	}
	if err := s.own(h); err != nil {
		return fmt.Errorf("draft %q: %w", id, err)
	}
	return nil
}

// own makes sure that this process has the lock, and tidies up when it has
// just got it. The directory is made when it is missing.
func (s *Store) own(h *handle) error {
	if h.lock != nil && h.lock.Held() {
		return nil
	}
	_ = h.release() // somebody removed the lock file: ours keeps nobody out
	if err := s.mkdirs(s.path(h.id, objectsDir)); err != nil {
		return err
	}
	lock, err := s.disk.Lock(s.path(h.id, lockName), s.note())
	if errors.Is(err, ErrHeld) {
		holder, _ := s.readHolder(h.id)
		return &LockedError{ID: h.id, Holder: holder}
	}
	if err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	h.lock, h.known = lock, map[string]bool{}
	dirs := []string{s.path(h.id), s.path(h.id, objectsDir)}
	for _, dir := range dirs {
		if err := s.sweep(dir, tempPrefix); err != nil {
			return err
		}
	}
	return s.narrowAll(dirs[0])
}

// note is what the lock file tells people.
func (s *Store) note() []byte {
	host, _ := os.Hostname()
	data, _ := json.Marshal(Holder{PID: os.Getpid(), Host: host, Started: s.now().UTC()})
	return append(data, '\n')
}

// Holder says which other process works on a draft; false when none does.
func (s *Store) Holder(id string) (Holder, bool) {
	if checkID(id) != nil {
		return Holder{}, false
	}
	h := s.handle(id)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.lock != nil || !s.exists(s.path(id, lockName)) {
		return Holder{}, false
	}
	holder, ok := s.readHolder(id)
	lock, err := s.disk.Lock(s.path(id, lockName), nil)
	if err == nil {
		_ = lock.Release()
	}
	return holder, ok && errors.Is(err, ErrHeld)
}

func (s *Store) readHolder(id string) (Holder, bool) {
	var out Holder
	data, err := s.disk.ReadFile(s.path(id, lockName), 4096)
	if err != nil || json.Unmarshal(data, &out) != nil {
		return Holder{}, err == nil
	}
	return out, true
}

// repair moves the damaged snapshots of a draft aside and writes what could be
// read as its next generation. The caller has the lock.
func (s *Store) repair(h *handle, f found) (found, error) {
	var aside []string
	for _, name := range f.bad {
		// The damaged file keeps its name until the new one takes it, so that
		// there is no moment without.
		to, err := s.quarantine(name, s.disk.Link)
		if err != nil {
			to, err = s.quarantine(name, s.disk.Rename)
		}
		if err != nil {
			return f, err
		}
		aside = append(aside, to)
		if filepath.Base(name) == backupName {
			if err := s.disk.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return f, err
			}
		}
	}
	h.read(f)
	next := f.snap.clone()
	next.Gen++
	next.Draft.Gen = next.Gen
	if err := s.store(h, f.rebuilt); err != nil {
		return f, err
	}
	if err := s.commit(h, next, false); err != nil {
		return f, err
	}
	f.snap, f.sum, f.aside = next, h.wrote, aside
	return f, nil
}
