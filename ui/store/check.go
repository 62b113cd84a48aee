package store

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
)

// Problem is one thing that is not as it should be.
type Problem struct {
	Draft string // its id
	Path  string
	Err   error // ErrDamaged, ErrNewer, ErrOpenToOthers, ErrOrphan, or of the system
}

var (
	// ErrOpenToOthers says that other users have permissions on a file of ours.
	ErrOpenToOthers = errors.New("others have permissions")
	// ErrOrphan says that a file was left by a process that was killed.
	ErrOrphan = errors.New("left by a killed process")
)

// Check reads every draft with all its texts and says what is wrong. It
// changes nothing: Load repairs, and the next Save tidies up.
func (s *Store) Check() ([]Problem, error) {
	ids, err := s.ids()
	if err != nil {
		return nil, err
	}
	var out []Problem
	for _, id := range ids {
		out = append(out, s.checkTexts(id)...)
		out = append(out, s.checkFiles(id, s.path(id))...)
	}
	return out, nil
}

func (s *Store) checkTexts(id string) []Problem {
	var out []Problem
	f, err := s.find(id)
	for _, name := range f.bad {
		out = append(out, Problem{id, name, ErrDamaged})
	}
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return out // a directory that was begun
		}
		return append(out, Problem{id, s.path(id, mainName), err})
	}
	seen := map[string]bool{}
	look := func(sum string) {
		if seen[sum] {
			return
		}
		seen[sum] = true
		if _, err := s.text(id, sum); err != nil {
			out = append(out, Problem{id, s.objectPath(id, sum), err})
		}
	}
	for _, p := range f.snap.Parts {
		look(p.Sum)
	}
	for _, h := range f.snap.History {
		for _, r := range h.Revisions {
			look(r.Sum)
		}
	}
	return out
}

func (s *Store) checkFiles(id, dir string) []Problem {
	entries, err := s.disk.ReadDir(dir)
	if err != nil {
		return []Problem{{id, dir, err}}
	}
	var out []Problem
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		info, err := e.Info()
		if err != nil {
			continue // gone meanwhile
		}
		if info.Mode()&fs.ModeSymlink == 0 && info.Mode().Perm()&0o077 != 0 {
			out = append(out, Problem{id, name, ErrOpenToOthers})
		}
		if strings.HasPrefix(e.Name(), tempPrefix) && !s.busy(id) {
			out = append(out, Problem{id, name, ErrOrphan})
		}
		if e.IsDir() {
			out = append(out, s.checkFiles(id, name)...)
		}
	}
	return out
}

// busy says whether a process, this one included, may be writing a draft.
func (s *Store) busy(id string) bool {
	_, other := s.Holder(id)
	h := s.handle(id)
	h.mu.Lock()
	defer h.mu.Unlock()
	return other || h.lock != nil
}
