package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"
)

// WriteFile writes a person's file: all of it or nothing. Links are followed
// and stay links; what is no regular file is a *KindError; a file that exists
// keeps its mode and one that may not be written is an error; mode, less the
// umask, is for a new one. After an error the old file is there, unchanged.
func WriteFile(path string, data []byte, mode fs.FileMode) error {
	p, err := locate(machine{}, path)
	if err == nil {
		err = p.write(machine{}, data, mode, false)
	}
	if err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	return nil
}

// spot is where a path leads.
type spot struct {
	real string      // the path with all links of the last element followed
	info fs.FileInfo // nil when there is nothing yet
	like fs.FileInfo // the file whose mode a new one gets, if any
}

// maxLinks is how many links in a row are followed, as systems do.
const maxLinks = 40

// locate follows the links at the end of a path, also to a file that does not
// exist yet.
func locate(d Disk, path string) (spot, error) {
	if path == "" || strings.ContainsRune(path, 0) {
		return spot{}, ErrName
	}
	// What a path leads to through /dev or /proc has no name to follow.
	if info, err := d.Stat(path); err == nil {
		if kind := kindOf(info.Mode()); kind != "" {
			return spot{}, &KindError{Path: path, Kind: kind}
		}
	}
	at := path
	for range maxLinks {
		info, err := d.Lstat(at)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return spot{real: at}, nil
		case err != nil:
			return spot{}, err
		case info.Mode().IsRegular():
			return spot{real: at, info: info}, nil
		case info.Mode()&fs.ModeSymlink == 0:
			return spot{}, &KindError{Path: at, Kind: kindOf(info.Mode())}
		}
		to, err := d.Readlink(at)
		if err != nil {
			return spot{}, err
		}
		if !filepath.IsAbs(to) {
			// Not Join: ".." after a link means the directory the link leads to.
			dir, _ := filepath.Split(at)
			to = dir + to
		}
		at = to
	}
	return spot{}, fmt.Errorf("%q: more than %d links", path, maxLinks)
}

// tempMark is in the name of every temporary file beside a person's file.
const tempMark = ".dbchapter-tmp"

// tempAge is how old such a file is when nobody can be writing it any more.
const tempAge = time.Hour

// temp is a fresh name beside a file, in its directory.
func (p spot) temp() (dir, name string) {
	dir, base := filepath.Split(p.real)
	if dir == "" {
		dir = "."
	}
	return dir, filepath.Join(dir, tempStem(base)+random(6)+tempMark)
}

// tempStem begins the names of the temporary files of base.
func tempStem(base string) string {
	const room = 150 // of 255 bytes
	for len(base) > room {
		_, size := utf8.DecodeLastRuneInString(base)
		base = base[:len(base)-size]
	}
	return "." + base + "."
}

// write puts data there. With exclusive a file that came meanwhile is
// ErrExists.
func (p spot) write(d Disk, data []byte, mode fs.FileMode, exclusive bool) error {
	if p.info != nil {
		if err := d.Writable(p.real); err != nil {
			return err
		}
		p.like = p.info
	}
	if p.like != nil {
		mode = 0o600 // until it has the right one
	}
	dir, temp := p.temp()
	p.sweep(d, dir)
	f, err := d.Create(temp, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil && p.like != nil {
		err = d.Adopt(temp, p.like)
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = p.move(d, temp, exclusive)
	}
	if err != nil {
		_ = d.Remove(temp)
		return err
	}
	return d.SyncDir(dir)
}

// move gives the finished file its name.
func (p spot) move(d Disk, temp string, exclusive bool) error {
	if !exclusive {
		return d.Rename(temp, p.real)
	}
	switch err := d.Link(temp, p.real); {
	case errors.Is(err, fs.ErrExist):
		return ErrExists
	case err == nil:
		return d.Remove(temp)
	}
	// No links here: an empty file takes the name first.
	f, err := d.Create(p.real, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return ErrExists
	}
	if err != nil {
		return err
	}
	if err := errors.Join(f.Close(), d.Rename(temp, p.real)); err != nil {
		_ = d.Remove(p.real)
		return err
	}
	return nil
}

// sweep removes temporary files of this file that a killed process left.
func (p spot) sweep(d Disk, dir string) {
	stem := tempStem(filepath.Base(p.real))
	sweepOld(d, dir, func(name string) bool {
		return strings.HasPrefix(name, stem) && strings.HasSuffix(name, tempMark)
	})
}

// sweepOld removes old temporary files where no lock says that nobody is
// writing them. What cannot be removed is no error: it is only untidy.
func sweepOld(d Disk, dir string, ours func(name string) bool) {
	entries, err := d.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !ours(e.Name()) {
			continue
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > tempAge {
			_ = d.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// WriteIn writes a file into a directory under a name that was derived from
// what people or models wrote. The name is one plain element, and nothing
// outside the directory is ever touched: a link of that name is a *KindError.
// What exists is replaced only when replace says so, else it is ErrExists.
func WriteIn(dir, name string, data []byte, mode fs.FileMode, replace bool) error {
	if !filepath.IsLocal(name) || name == "." || strings.ContainsAny(name, "/\\\x00") || reserved(name) {
		return fmt.Errorf("write %q: %w", short(name), ErrName)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	d := rooted{root: root}
	defer func() { _ = root.Close() }()
	p := spot{real: name}
	info, err := root.Lstat(name)
	switch {
	case err == nil && kindOf(info.Mode()) != "":
		err = &KindError{Path: filepath.Join(dir, name), Kind: kindOf(info.Mode())}
	case err == nil && !replace:
		err = ErrExists
	case err == nil:
		p.info = info
		err = p.write(d, data, mode, false)
	case errors.Is(err, fs.ErrNotExist):
		err = p.write(d, data, mode, true)
	}
	if err != nil {
		return fmt.Errorf("write %q in %q: %w", name, dir, err)
	}
	return nil
}
