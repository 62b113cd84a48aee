package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
)

// Sizes beyond which a file is not ours, in bytes.
const (
	maxSnapshot = 64 << 20
	maxObject   = 64 << 20
)

const (
	objectsDir = "objects"
	objectExt  = ".md"
)

func (s *Store) objectPath(id, sum string) string {
	return s.path(id, objectsDir, sum+objectExt)
}

// text reads an object and holds it against its name.
func (s *Store) text(id, sum string) (string, error) {
	if !isSum(sum) {
		return "", fmt.Errorf("text %q: %w", sum, ErrDamaged)
	}
	data, err := s.disk.ReadFile(s.objectPath(id, sum), maxObject)
	if err != nil {
		return "", err
	}
	if sumOf(data) != sum {
		return "", fmt.Errorf("text %q: %w", sum, ErrDamaged)
	}
	return string(data), nil
}

// store writes the texts the disk does not have. They are durable before the
// snapshot that names them is written.
func (s *Store) store(h *handle, need texts) error {
	dir := s.path(h.id, objectsDir)
	wrote := false
	for _, sum := range sorted(need) {
		if h.known[sum] {
			continue
		}
		switch _, err := s.text(h.id, sum); {
		case err == nil:
			h.known[sum] = true
			continue
		case !errors.Is(err, fs.ErrNotExist):
			// A damaged text moves aside; the good one takes its name.
			if _, err := s.quarantine(s.objectPath(h.id, sum), s.disk.Rename); err != nil {
				return err
			}
		}
		if err := s.replace(s.objectPath(h.id, sum), []byte(need[sum])); err != nil {
			return err
		}
		h.known[sum], wrote = true, true
	}
	if !wrote {
		return nil
	}
	if err := s.disk.SyncDir(dir); err != nil {
		clear(h.known) // nobody knows which of them will be there
		return fmt.Errorf("%q: %w", dir, err)
	}
	return nil
}

func sorted[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// replace puts data at a name of ours, whole or not at all, readable for
// nobody else. The directory has to be synced by the caller.
func (s *Store) replace(name string, data []byte) error {
	temp := filepath.Join(filepath.Dir(name), tempPrefix+random(8))
	err := s.fill(temp, data)
	if err == nil {
		err = s.disk.Rename(temp, name)
	}
	if err != nil {
		_ = s.disk.Remove(temp) // what stays is swept later
		return fmt.Errorf("write %q: %w", name, err)
	}
	return nil
}

// fill makes a private file with data, durable but for its name. After an
// error of Sync the file is worth nothing: the next try makes a new one.
func (s *Store) fill(name string, data []byte) error {
	f, err := s.disk.Create(name, privateFile)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(privateFile) // whatever the umask
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// quarantine gives a damaged file the first free name beside it, by Rename or
// by Link.
func (s *Store) quarantine(name string, give func(from, to string) error) (string, error) {
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s%s%d", name, corruptInfix, n)
		if s.exists(aside) {
			continue
		}
		if err := give(name, aside); err != nil {
			return "", fmt.Errorf("move %q aside: %w", name, err)
		}
		return aside, nil
	}
}
