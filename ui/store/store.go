// Package store is all disk access of the program: drafts under the state
// directory, and the files people save. Every write is the old file or the new
// one, never a mixture (product.md §5).
package store

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"time"
)

// Draft is the work in progress: what a crash must not lose.
type Draft struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`  // system name, for lists
	Step    string          `json:"step"`  // where the person was
	Brief   string          `json:"brief"` // dbbrief/v1 YAML as written so far
	Chapter string          `json:"chapter"`
	Locked  map[string]bool `json:"locked,omitempty"`
	Notes   []string        `json:"notes,omitempty"`
	Partial string          `json:"partial,omitempty"` // received but unfinished text
	Saved   string          `json:"saved,omitempty"`   // path of the last save
	Updated time.Time       `json:"updated"`

	Unfinished []string  `json:"unfinished,omitempty"` // sections without an end
	Edited     []string  `json:"edited,omitempty"`     // sections changed by hand
	Versions   []Version `json:"versions,omitempty"`   // earlier texts, oldest first
	Editing    *Version  `json:"editing,omitempty"`    // what stands in the editor, not yet in the chapter
}

// Version is a text a section once had, and how the next one came.
type Version struct {
	Section string `json:"section"`
	Origin  string `json:"origin"`
	Text    string `json:"text"`
}

// Store keeps drafts in one directory.
type Store struct{ dir string }

// Open makes dir (0700) when it is missing.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(filepath.Join(dir, "drafts"), 0o700); err != nil {
		return nil, fmt.Errorf("state directory %q: %w", dir, err)
	}
	return &Store{dir: dir}, nil
}

// NewID is a fresh draft id.
func NewID() string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand, Go 1.24)
	return hex.EncodeToString(b[:])
}

func (s *Store) path(id string) string { return filepath.Join(s.dir, "drafts", id+".json") }

// Save writes the draft atomically.
func (s *Store) Save(d Draft) error {
	d.Updated = time.Now().UTC()
	data, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		return fmt.Errorf("draft %q: %w", d.ID, err)
	}
	return WriteFile(s.path(d.ID), append(data, '\n'), 0o600)
}

// Load reads one draft.
func (s *Store) Load(id string) (Draft, error) {
	var d Draft
	data, err := os.ReadFile(s.path(id))
	if err != nil {
		return d, fmt.Errorf("draft %q: %w", id, err)
	}
	if err := json.Unmarshal(data, &d); err != nil {
		return d, fmt.Errorf("draft %q: %w", id, err)
	}
	return d, nil
}

// List gives the drafts, latest first.
func (s *Store) List() ([]Draft, error) {
	names, err := filepath.Glob(s.path("*"))
	if err != nil {
		return nil, err
	}
	var out []Draft
	for _, n := range names {
		id := filepath.Base(n)
		if d, err := s.Load(id[:len(id)-len(".json")]); err == nil {
			out = append(out, d)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Updated.After(out[j].Updated) })
	return out, nil
}

// Remove deletes one draft.
func (s *Store) Remove(id string) error {
	if err := os.Remove(s.path(id)); err != nil {
		return fmt.Errorf("draft %q: %w", id, err)
	}
	return nil
}

// ErrExists says the target is there and nobody allowed to replace it.
var ErrExists = errors.New("file exists")

// WriteFile writes data to path by a temporary file, fsync and rename.
func WriteFile(path string, data []byte, mode fs.FileMode) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	return nil
}
