package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// Names below the state directory.
const (
	draftsDir    = "drafts"
	writtenDir   = "written"
	lockName     = "lock"
	mainName     = "draft.json"
	backupName   = mainName + ".bak"
	corruptInfix = ".corrupt-"
	tempPrefix   = ".tmp-"
	gonePrefix   = ".gone-"
)

// What is ours is for nobody else.
const (
	privateDir  fs.FileMode = 0o700
	privateFile fs.FileMode = 0o600
)

// prepare makes the directories, takes permissions from others and removes
// what an interrupted Remove left.
func (s *Store) prepare() error {
	if s.dir == "" {
		return fmt.Errorf("no directory given: %w", ErrName)
	}
	for _, dir := range []string{s.dir, filepath.Join(s.dir, draftsDir), filepath.Join(s.dir, writtenDir)} {
		if err := s.mkdirs(dir); err != nil {
			return err
		}
		info, err := s.disk.Stat(dir)
		if err != nil {
			return err
		}
		if !ours(info) {
			return &OwnerError{Path: dir}
		}
		if dir == s.dir && !s.alone() {
			continue // --state-dir /tmp must not close /tmp for everybody
		}
		if err := s.narrow(dir, info); err != nil {
			return err
		}
	}
	sweepOld(s.disk, filepath.Join(s.dir, writtenDir), func(name string) bool {
		return strings.HasPrefix(name, tempPrefix)
	})
	return s.sweep(filepath.Join(s.dir, draftsDir), gonePrefix)
}

// alone says whether the state directory holds nothing but ours.
func (s *Store) alone() bool {
	entries, err := s.disk.ReadDir(s.dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if n := e.Name(); n != draftsDir && n != writtenDir && !strings.HasPrefix(n, "crash") {
			return false
		}
	}
	return true
}

// mkdirs makes a directory and what is missing above it, durably.
func (s *Store) mkdirs(dir string) error {
	if _, err := s.disk.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := s.mkdirs(parent); err != nil {
			return err
		}
	}
	err := s.disk.Mkdir(dir, privateDir)
	if errors.Is(err, fs.ErrExist) {
		return nil // another process was quicker
	}
	if err != nil {
		return err
	}
	if err := s.disk.Chmod(dir, privateDir); err != nil { // whatever the umask
		return err
	}
	return s.disk.SyncDir(parent)
}

// narrow takes the permissions of others away from what is ours.
func (s *Store) narrow(name string, info fs.FileInfo) error {
	want := privateFile
	if info.IsDir() {
		want = privateDir
	}
	if info.Mode().Perm()&^want == 0 {
		return nil
	}
	return s.disk.Chmod(name, info.Mode().Perm()&want)
}

// narrowAll does so for everything of a draft. Links are left alone: what they
// lead to may not be ours.
func (s *Store) narrowAll(dir string) error {
	info, err := s.disk.Lstat(dir)
	if err != nil {
		return err
	}
	errs := []error{s.narrow(dir, info)}
	entries, err := s.disk.ReadDir(dir)
	errs = append(errs, err)
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		switch info, err := e.Info(); {
		case err != nil: // gone meanwhile
		case e.IsDir():
			errs = append(errs, s.narrowAll(name))
		case info.Mode().IsRegular():
			errs = append(errs, s.narrow(name, info))
		}
	}
	return errors.Join(errs...)
}

// sweep removes what begins with prefix in a directory: orphans of a process
// that was killed. The caller has the lock.
func (s *Store) sweep(dir, prefix string) error {
	entries, err := s.disk.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			err = errors.Join(err, s.disk.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}
