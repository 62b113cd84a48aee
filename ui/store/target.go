package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"
)

// State is how a person's file stands to what we know of it.
type State string

// The states of a target.
const (
	New     State = "new"     // nothing there
	Ours    State = "ours"    // as we wrote it
	Changed State = "changed" // we wrote it, and somebody changed it since
	Foreign State = "foreign" // we never wrote it
)

// Target is what a save would find at a path.
type Target struct {
	Path  string // as given
	Real  string // the file that would be written; differs from Path where there are links
	State State
	Mode  fs.FileMode // of the file that exists
	Links int         // how many names the file has; a save leaves the others with the old text
	Sum   string      // SHA-256 of what is there, in hex; "" for New
}

// maxTarget is the largest file that is compared or backed up, in bytes.
const maxTarget = 64 << 20

// Target looks at a path before a save.
func (s *Store) Target(path string) (Target, error) {
	t, _, _, err := s.look(path)
	if err != nil {
		return t, fmt.Errorf("look at %q: %w", path, err)
	}
	return t, nil
}

// Changed says whether a file that we wrote is there with another content. One
// that we never wrote, or that is gone, is not changed.
func (s *Store) Changed(path string) (bool, error) {
	t, err := s.Target(path)
	return t.State == Changed, err
}

func (s *Store) look(path string) (Target, spot, []byte, error) {
	t := Target{Path: path, Real: path, State: New}
	p, err := locate(s.disk, path)
	if err != nil {
		return t, p, nil, err
	}
	t.Real = p.real
	if p.info == nil {
		return t, p, nil, nil
	}
	data, err := s.disk.ReadFile(p.real, maxTarget)
	if err != nil {
		return t, p, nil, err
	}
	t.Mode, t.Links, t.Sum, t.State = p.info.Mode(), links(p.info), sumOf(data), Foreign
	if was, ok := s.written(p.real); ok {
		t.State = Changed
		if was.Sum == t.Sum {
			t.State = Ours
		}
	}
	return t, p, data, nil
}

// SaveOptions say what a save may do.
type SaveOptions struct {
	Mode    fs.FileMode // of a new file, less the umask; 0 is 0644
	Replace bool        // a file that is not as we wrote it may be replaced
	Seen    string      // Target.Sum of what the person agreed to replace; "" for whatever is there
	Backup  bool        // keep what is replaced
}

// SaveResult is what a save did.
type SaveResult struct {
	Real   string // the file that was written
	Backup string // where the old content is; "" when there was none to keep
	Same   bool   // the content was there already, nothing was written

	// Forgotten is why it could not be remembered what was written: the file is
	// safe, but the next save will ask.
	Forgotten error
}

// SaveTarget writes a person's file as WriteFile does, and remembers what it
// wrote. A file that is as we wrote it is replaced; one that we did not write
// is ErrExists, one that changed since is a *ChangedError, unless Replace says
// that the person agreed.
func (s *Store) SaveTarget(path string, data []byte, o SaveOptions) (SaveResult, error) {
	r, err := s.saveTarget(path, data, o)
	if err != nil {
		return r, fmt.Errorf("save %q: %w", path, err)
	}
	return r, nil
}

func (s *Store) saveTarget(path string, data []byte, o SaveOptions) (SaveResult, error) {
	t, p, old, err := s.look(path)
	if err != nil {
		return SaveResult{}, err
	}
	r := SaveResult{Real: p.real}
	if o.Mode == 0 {
		o.Mode = 0o644
	}
	switch {
	case t.State != New && t.Sum == sumOf(data):
		r.Same = true
		r.Forgotten = s.remember(p.real, t.Sum)
		return r, nil
	case o.Seen != "" && o.Seen != t.Sum, t.State == Changed && !o.Replace:
		return r, &ChangedError{Path: path}
	case t.State == Foreign && !o.Replace:
		return r, ErrExists
	case t.State != New && o.Backup:
		if r.Backup, err = s.keep(p, old); err != nil {
			return r, fmt.Errorf("backup: %w", err)
		}
	}
	if err := p.write(s.disk, data, o.Mode, t.State == New); err != nil {
		return r, err
	}
	r.Forgotten = s.remember(p.real, sumOf(data))
	return r, nil
}

// keep writes the old content beside the file: .bak, unless that is somebody
// else's file, then .bak.1 and so on.
func (s *Store) keep(p spot, old []byte) (string, error) {
	for n := 0; ; n++ {
		name := p.real + ".bak"
		if n > 0 {
			name = fmt.Sprintf("%s.%d", name, n)
		}
		t, at, _, err := s.look(name)
		var kind *KindError
		switch {
		case errors.As(err, &kind), errors.Is(err, ErrTooLarge):
			continue
		case err != nil:
			return "", err
		case t.State != New && t.Sum == sumOf(old):
			return name, nil
		case t.State == Foreign, t.State == Changed:
			continue
		}
		at.like = p.info
		if err := at.write(s.disk, old, 0, t.State == New); err != nil {
			return "", err
		}
		return name, s.remember(name, sumOf(old))
	}
}

// written is what we last wrote to a file.
type written struct {
	Path string    `json:"path"`
	Sum  string    `json:"sum"`
	At   time.Time `json:"at"`
}

// slip is where that is remembered.
func (s *Store) slip(path string) (name, abs string, err error) {
	abs, err = filepath.Abs(path)
	// One file is one slip, whichever way leads to its directory.
	if dir, evalErr := filepath.EvalSymlinks(filepath.Dir(abs)); evalErr == nil {
		abs = filepath.Join(dir, filepath.Base(abs))
	}
	return filepath.Join(s.dir, writtenDir, sumOf([]byte(abs))+".json"), abs, err
}

func (s *Store) written(path string) (written, bool) {
	name, _, err := s.slip(path)
	if err != nil {
		return written{}, false
	}
	data, err := s.disk.ReadFile(name, 1<<16)
	if err != nil {
		return written{}, false
	}
	w, ok := read[written](data)
	return w, ok && isSum(w.Sum)
}

func (s *Store) remember(path, sum string) error {
	name, abs, err := s.slip(path)
	if err != nil {
		return err
	}
	if was, ok := s.written(path); ok && was.Sum == sum {
		return nil
	}
	data, err := json.Marshal(written{Path: abs, Sum: sum, At: s.now().UTC()})
	if err != nil {
		return err
	}
	if err := s.replace(name, append(data, '\n')); err != nil {
		return err
	}
	return s.disk.SyncDir(filepath.Dir(name))
}
