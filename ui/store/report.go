package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
)

const (
	reportsDir  = "crashes"
	reportsKept = 10
)

// KeepReport writes what is known about a fault of the program into a file of
// its owner alone (0600) and gives its path. The latest ten are kept.
func (s *Store) KeepReport(text string) (string, error) {
	dir := filepath.Join(s.dir, reportsDir)
	if err := s.mkdirs(dir); err != nil {
		return "", fmt.Errorf("crash report in %q: %w", dir, err)
	}
	name := filepath.Join(dir, s.now().UTC().Format("20060102-150405")+"-"+random(2)+".txt")
	f, err := s.disk.Create(name, 0o600)
	if err != nil {
		return "", fmt.Errorf("crash report %q: %w", name, err)
	}
	_, err = f.Write([]byte(text))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("crash report %q: %w", name, err)
	}
	if entries, err := s.disk.ReadDir(dir); err == nil && len(entries) > reportsKept {
		var others []string
		for _, e := range entries {
			if e.Name() != filepath.Base(name) {
				others = append(others, e.Name())
			}
		}
		slices.Sort(others) // by time
		for _, old := range others[:len(others)-reportsKept+1] {
			_ = s.disk.Remove(filepath.Join(dir, old)) // it is only old
		}
	}
	return name, nil
}
