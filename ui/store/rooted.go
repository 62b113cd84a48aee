package store

import (
	"errors"
	"io/fs"
	"os"
)

// rooted is the part of a Disk that writing one file needs, below a directory
// that cannot be left, not even through a link that is put there meanwhile.
type rooted struct {
	machine // what is not overridden here is never called by spot.write
	root    *os.Root
}

func (r rooted) Create(name string, mode fs.FileMode) (File, error) {
	return file(r.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode))
}

func (r rooted) Writable(name string) error {
	f, err := r.root.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

func (r rooted) Adopt(name string, like fs.FileInfo) error {
	return r.root.Chmod(name, like.Mode().Perm())
}

func (r rooted) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.root.FS(), name) }
func (r rooted) Link(from, to string) error                 { return r.root.Link(from, to) }
func (r rooted) Rename(from, to string) error               { return r.root.Rename(from, to) }
func (r rooted) Remove(name string) error                   { return r.root.Remove(name) }

func (r rooted) SyncDir(name string) error {
	d, err := r.root.Open(name)
	if err != nil {
		return err
	}
	err = d.Sync()
	if err != nil && unsupported(err) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
