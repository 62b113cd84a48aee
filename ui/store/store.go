// Package store is all disk access of the program: drafts under the state
// directory, and the files people save.
//
// A draft is one directory, so that the damage of one never reaches another
// and a person can repair it with an editor (reliability.md §4):
//
//	drafts/<id>/lock                      flock for the life of the process
//	drafts/<id>/draft.json                snapshot: generation, answers, sums of texts
//	drafts/<id>/draft.json.bak            the generation before
//	drafts/<id>/draft.json.corrupt-<n>    what could not be read, never deleted
//	drafts/<id>/objects/<sha256>.md       texts of sections, written once
//	drafts/<id>/live/<section>.<n>.partial.md   text as it arrives, append only
//	written/<sha256 of a path>.json       what we last wrote to a person's file
//
// Every write is the old file or the new one, never a mixture: a new file in
// the same directory, fsync, rename, fsync of the directory. Order between
// generations comes from their number, never from a clock.
package store

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Draft is the work in progress: what a crash must not lose.
type Draft struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`  // system name, for lists
	Step    string          `json:"step"`  // where the person was
	Brief   string          `json:"brief"` // dbbrief/v1 YAML as written so far
	Chapter string          `json:"chapter,omitempty"`
	Locked  map[string]bool `json:"locked,omitempty"`
	Notes   []string        `json:"notes,omitempty"`
	Partial string          `json:"partial,omitempty"` // received but unfinished text
	Saved   string          `json:"saved,omitempty"`   // path of the last save
	Updated time.Time       `json:"updated"`

	Unfinished []string  `json:"unfinished,omitempty"` // sections without an end
	Edited     []string  `json:"edited,omitempty"`     // sections changed by hand
	Versions   []Version `json:"versions,omitempty"`   // earlier texts, oldest first
	Editing    *Version  `json:"editing,omitempty"`    // text in the editor, not yet taken over

	Half  map[string]string `json:"half,omitempty"`  // half-typed texts of the brief by path
	Place string            `json:"place,omitempty"` // where in the brief the person typed

	Guesses []Guess `json:"guesses,omitempty"` // read out of a text, not yet confirmed

	Gen    uint64  `json:"gen,omitempty"`     // generation on disk; set by Load and List
	CopyOf string  `json:"copy_of,omitempty"` // the draft this one is a conflict copy of
	Repair *Repair `json:"-"`                 // set by Load and List when something was damaged
}

// Guess is a value of the brief that was read out of a text.
type Guess struct {
	Path  string `json:"path"`
	Label string `json:"label"`
	Value string `json:"value"`
}

// Version is a text a section once had, and how the next one came.
type Version struct {
	Section string `json:"section"`
	Origin  string `json:"origin"`
	Text    string `json:"text"`
}

// Part is one section of a chapter, heading included. The parts of a chapter,
// joined, are the chapter.
type Part struct {
	Section string // its id; "" for what stands before the first section
	Text    string
}

// Store keeps drafts in one directory. It is safe for concurrent use; one
// Store per process and directory, because a second one counts as another
// process.
type Store struct {
	dir  string
	disk Disk
	cut  func(chapter string) []Part
	now  func() time.Time

	mu      sync.Mutex
	handles map[string]*handle
}

// Option changes how a store works.
type Option func(*Store)

// CutBy says where the sections of a chapter begin and what they are called,
// which is what Versions, Undo, Redo and Restore go by. Without it a section
// is called by its ### heading.
func CutBy(cut func(chapter string) []Part) Option { return func(s *Store) { s.cut = cut } }

// On puts the store on another file system than the machine's.
func On(d Disk) Option { return func(s *Store) { s.disk = d } }

// Open makes dir (0700) when it is missing, and takes permissions from others
// that it had given. A directory of another user is an *OwnerError.
func Open(dir string, options ...Option) (*Store, error) {
	s := &Store{dir: dir, disk: machine{}, cut: headings, now: time.Now, handles: map[string]*handle{}}
	for _, o := range options {
		o(s)
	}
	if err := s.prepare(); err != nil {
		return nil, fmt.Errorf("state directory %q: %w", dir, err)
	}
	return s, nil
}

// Close gives every draft free for other processes. The end of the process
// does the same.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, h := range s.handles {
		h.mu.Lock()
		errs = append(errs, h.release())
		h.mu.Unlock()
	}
	clear(s.handles)
	return errors.Join(errs...)
}

// NewID is a fresh draft id.
func NewID() string { return random(6) }

// random is n random bytes in hex.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand, Go 1.24)
	return hex.EncodeToString(b)
}

// maxID is the longest id in bytes.
const maxID = 64

// checkID refuses what could lead out of the drafts' directory: an id is
// ASCII letters, digits, - and _, and begins with a letter or digit.
func checkID(id string) error {
	ok := id != "" && len(id) <= maxID && id[0] != '-' && id[0] != '_' && !reserved(id)
	for _, r := range id {
		ok = ok && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}
	if !ok {
		return fmt.Errorf("draft %q: %w", short(id), ErrID)
	}
	return nil
}

// short keeps an error readable when what is wrong is the length.
func short(s string) string {
	if len(s) <= maxID {
		return s
	}
	return strings.ToValidUTF8(s[:maxID], "") + "…"
}

func (s *Store) path(id string, names ...string) string {
	return filepath.Join(append([]string{s.dir, draftsDir, id}, names...)...)
}

// List gives the drafts that can be read, latest first. It changes nothing on
// disk.
func (s *Store) List() ([]Draft, error) {
	ids, err := s.ids()
	if err != nil {
		return nil, err
	}
	var out []Draft
	for _, id := range ids {
		f, err := s.find(id)
		if err != nil {
			continue // Check says what is wrong with it
		}
		d, _ := s.draft(id, f)
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Draft) int { return b.Updated.Compare(a.Updated) })
	return out, nil
}

// Summary is a draft as a list shows it.
type Summary struct {
	ID, Name, Step, Saved, CopyOf string
	Updated                       time.Time
	Damaged                       bool   // Load will repair what can be repaired
	Holder                        Holder // the other process that works on it, if any
}

// Summaries is List without texts: quick however long the histories are.
func (s *Store) Summaries() ([]Summary, error) {
	ids, err := s.ids()
	if err != nil {
		return nil, err
	}
	var out []Summary
	for _, id := range ids {
		f, err := s.find(id)
		if err != nil {
			continue
		}
		holder, _ := s.Holder(id)
		out = append(out, Summary{
			ID: id, Name: f.snap.Draft.Name, Step: f.snap.Draft.Step, Saved: f.snap.Draft.Saved, CopyOf: f.snap.Draft.CopyOf,
			Updated: f.snap.Draft.Updated, Damaged: f.from != fromMain, Holder: holder,
		})
	}
	slices.SortStableFunc(out, func(a, b Summary) int { return b.Updated.Compare(a.Updated) })
	return out, nil
}

// ids are the names in the drafts' directory that can be drafts, in order.
func (s *Store) ids() ([]string, error) {
	entries, err := s.disk.ReadDir(filepath.Join(s.dir, draftsDir))
	if err != nil {
		return nil, fmt.Errorf("drafts in %q: %w", s.dir, err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() && checkID(e.Name()) == nil {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// Remove deletes one draft with all its versions. A draft another process
// works on is a *LockedError.
func (s *Store) Remove(id string) error {
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
	// One rename takes the draft away whole; what follows can be cut short.
	gone := filepath.Join(s.dir, draftsDir, gonePrefix+id+"-"+random(4))
	if err := s.disk.Rename(s.path(id), gone); err != nil {
		return fmt.Errorf("draft %q: %w", id, err)
	}
	err := errors.Join(s.disk.SyncDir(filepath.Dir(gone)), s.disk.RemoveAll(gone), h.release())
	h.forget()
	if err != nil {
		return fmt.Errorf("draft %q: %w", id, err)
	}
	return nil
}

// exists says whether there is something at a name.
func (s *Store) exists(name string) bool {
	_, err := s.disk.Lstat(name)
	return err == nil || !errors.Is(err, fs.ErrNotExist)
}
