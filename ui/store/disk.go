package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"time"
)

// Disk is what the store asks of a file system. The machine's own is the
// default; tests put a failing one below.
type Disk interface {
	// Create makes a new file for writing; one that exists is fs.ErrExist.
	// The umask may take bits of the mode away.
	Create(name string, mode fs.FileMode) (File, error)
	// Append makes a new file that is only ever written at its end.
	Append(name string, mode fs.FileMode) (File, error)
	// ReadFile reads a regular file of at most limit bytes.
	ReadFile(name string, limit int64) ([]byte, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	Readlink(name string) (string, error)
	Mkdir(name string, mode fs.FileMode) error
	Chmod(name string, mode fs.FileMode) error
	// Adopt gives a file the mode and, where the system lets us, the owner of
	// another one.
	Adopt(name string, like fs.FileInfo) error
	// Writable says why an existing file may not be written.
	Writable(name string) error
	Link(from, to string) error
	Rename(from, to string) error
	Remove(name string) error
	RemoveAll(name string) error
	// SyncDir makes the names in a directory durable.
	SyncDir(name string) error
	// Lock takes a lock file and writes note into it, when it is not nil. A
	// file that another process keeps locked is ErrHeld.
	Lock(name string, note []byte) (Lock, error)
}

// File is a file that is being written.
type File interface {
	io.WriteCloser
	// Sync makes the contents durable.
	Sync() error
	Chmod(mode fs.FileMode) error
}

// Lock is a lock that is held until it is released or the process ends.
type Lock interface {
	// Held says whether the locked file still is the one of that name.
	Held() bool
	Release() error
}

// ErrHeld is what Lock of a Disk says when another process has the lock.
var ErrHeld = errors.New("lock held by another process")

// machine is the file system of the machine.
type machine struct{}

func (machine) Create(name string, mode fs.FileMode) (File, error) {
	return file(os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode))
}

func (machine) Append(name string, mode fs.FileMode) (File, error) {
	return file(os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, mode))
}

// file keeps a nil *os.File from becoming a File that is not nil.
func file(f *os.File, err error) (File, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (machine) ReadFile(name string, limit int64) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	// Opening a pipe would wait for a writer that never comes.
	if kind := kindOf(info.Mode()); kind != "" {
		return nil, &KindError{Path: name, Kind: kind}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("%q: %w", name, ErrTooLarge)
	}
	return data, err
}

func (machine) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (machine) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (machine) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (machine) Readlink(name string) (string, error)       { return os.Readlink(name) }
func (machine) Mkdir(name string, mode fs.FileMode) error  { return os.Mkdir(name, mode) }
func (machine) Chmod(name string, mode fs.FileMode) error  { return os.Chmod(name, mode) }
func (machine) Link(from, to string) error                 { return os.Link(from, to) }
func (machine) Rename(from, to string) error               { return os.Rename(from, to) }
func (machine) Remove(name string) error                   { return os.Remove(name) }
func (machine) RemoveAll(name string) error                { return os.RemoveAll(name) }

func (machine) Adopt(name string, like fs.FileInfo) error {
	chown(name, like) // first, because it may clear bits of the mode
	return os.Chmod(name, like.Mode().Perm())
}

func (machine) Writable(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

func (machine) SyncDir(name string) error {
	if runtime.GOOS == "windows" {
		return nil // directories cannot be opened for this there
	}
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil && !unsupported(err) {
		return err
	}
	return nil
}

// lockFile is a lock on the machine. A name that was removed and made again is
// another file, which another process can lock: see Held.
type lockFile struct{ f *os.File }

// How often and how long a lock is waited for that may be held only for a look.
const (
	looks    = 8
	lookTime = 5 * time.Millisecond
)

func (machine) Lock(name string, note []byte) (Lock, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	l := lockFile{f}
	// Somebody may only be looking whether the lock is free.
	for try := 1; ; try++ {
		if err = flock(f); !errors.Is(err, ErrHeld) || note == nil || try == looks {
			break
		}
		time.Sleep(lookTime)
	}
	if err == nil && !l.Held() {
		err = ErrHeld // taken away between open and lock
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	// The note is for people only; the lock holds without it.
	if note != nil && f.Chmod(0o600) == nil && f.Truncate(0) == nil {
		_, _ = f.WriteAt(note, 0)
	}
	return l, nil
}

func (l lockFile) Held() bool {
	mine, err := l.f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(l.f.Name())
	return err == nil && os.SameFile(mine, there)
}

func (l lockFile) Release() error {
	// Closing alone would leave the lock to a child process between its fork
	// and its exec.
	return errors.Join(funlock(l.f), l.f.Close())
}

// kindOf names what is no regular file; "" for what is.
func kindOf(m fs.FileMode) string {
	switch {
	case m.IsRegular():
		return ""
	case m.IsDir():
		return "directory"
	case m&fs.ModeSymlink != 0:
		return "symbolic link"
	case m&fs.ModeNamedPipe != 0:
		return "named pipe"
	case m&fs.ModeSocket != 0:
		return "socket"
	}
	return "device"
}
