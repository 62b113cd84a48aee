package storetest

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"dbchapter/ui/store"
)

// Create makes a new file; see store.Disk.
func (d *Disk) Create(name string, mode fs.FileMode) (store.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := &node{mode: mode.Perm()}
	if err := d.made("create", name, n); err != nil {
		return nil, err
	}
	return &open{d: d, name: name, node: n}, nil
}

// Append is Create: every write here is at the end.
func (d *Disk) Append(name string, mode fs.FileMode) (store.File, error) { return d.Create(name, mode) }

// ReadFile reads a regular file; see store.Disk.
func (d *Disk) ReadFile(name string, limit int64) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("read", name)
	switch {
	case err != nil:
		return nil, err
	case !n.mode.IsRegular():
		return nil, &store.KindError{Path: name, Kind: "directory"}
	case int64(len(n.data)) > limit:
		return nil, fmt.Errorf("%q: %w", name, store.ErrTooLarge)
	}
	return slices.Clone(n.data), nil
}

// ReadDir lists a directory in order.
func (d *Disk) ReadDir(name string) ([]fs.DirEntry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.find("list", name); err != nil {
		return nil, err
	}
	var out []fs.DirEntry
	for _, path := range names(d.nodes) {
		if path != "/" && filepath.Dir(path) == filepath.Clean(name) {
			out = append(out, info{filepath.Base(path), *d.nodes[path]})
		}
	}
	return out, nil
}

// Stat describes a file.
func (d *Disk) Stat(name string) (fs.FileInfo, error) { return d.Lstat(name) }

// Lstat describes a file.
func (d *Disk) Lstat(name string) (fs.FileInfo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("stat", name)
	if err != nil {
		return nil, err
	}
	return info{filepath.Base(name), *n}, nil
}

// Readlink fails: there are no links here.
func (d *Disk) Readlink(name string) (string, error) {
	return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
}

// Mkdir makes a directory.
func (d *Disk) Mkdir(name string, mode fs.FileMode) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.made("mkdir", name, &node{mode: fs.ModeDir | mode.Perm(), clean: true})
}

// Chmod sets the permissions.
func (d *Disk) Chmod(name string, mode fs.FileMode) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.do("chmod", name); err != nil {
		return err
	}
	n, err := d.find("chmod", name)
	if err == nil {
		n.mode = n.mode.Type() | mode.Perm()
	}
	return err
}

// Adopt sets the permissions of like.
func (d *Disk) Adopt(name string, like fs.FileInfo) error { return d.Chmod(name, like.Mode()) }

// Writable always is nil for a file that exists.
func (d *Disk) Writable(name string) error {
	_, err := d.Lstat(name)
	return err
}

// Link gives a file a second name.
func (d *Disk) Link(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("link", from)
	if err != nil {
		return err
	}
	return d.made("link", to, n)
}

// Rename moves a file over what is there, or a directory with all it holds.
func (d *Disk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.do("rename", to); err != nil {
		return err
	}
	n, err := d.find("rename", from)
	if err != nil {
		return err
	}
	if d.nodes[filepath.Clean(to)] == n {
		return nil // two names of one file: POSIX leaves both
	}
	d.set(to, n)
	d.set(from, nil)
	for _, path := range names(d.nodes) {
		if rest, ok := strings.CutPrefix(path, filepath.Clean(from)+"/"); ok {
			d.set(filepath.Join(to, rest), d.nodes[path])
			d.set(path, nil)
		}
	}
	return nil
}

// Remove takes a name away.
func (d *Disk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.do("remove", name); err != nil {
		return err
	}
	if _, err := d.find("remove", name); err != nil {
		return err
	}
	d.set(name, nil)
	return nil
}

// RemoveAll takes a name and everything below away.
func (d *Disk) RemoveAll(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.do("removeall", name); err != nil {
		return err
	}
	for _, path := range slices.Backward(names(d.nodes)) {
		if path == filepath.Clean(name) || strings.HasPrefix(path, filepath.Clean(name)+"/") {
			d.set(path, nil)
		}
	}
	return nil
}

// SyncDir makes the changes of one directory durable.
func (d *Disk) SyncDir(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.do("syncdir", name); err != nil {
		return err
	}
	rest := d.todo[:0:0]
	for _, c := range d.todo {
		if filepath.Dir(c.name) != filepath.Clean(name) {
			rest = append(rest, c)
			continue
		}
		d.kept[c.name] = c.node
	}
	d.todo = rest
	return nil
}

// lock is a lock of one process.
type lock struct {
	d    *Disk
	name string
	node *node
}

// Lock takes a lock file. A crash image has no locks.
func (d *Disk) Lock(name string, note []byte) (store.Lock, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.nodes[filepath.Clean(name)]
	if n == nil {
		n = &node{mode: 0o600}
		if err := d.made("lock", name, n); err != nil {
			return nil, err
		}
	}
	if d.locks[n] != nil {
		return nil, store.ErrHeld
	}
	if note != nil {
		n.data, n.clean = slices.Clone(note), false
	}
	d.locks[n] = &lock{d, filepath.Clean(name), n}
	return d.locks[n], nil
}

func (l *lock) Held() bool {
	l.d.mu.Lock()
	defer l.d.mu.Unlock()
	return l.d.nodes[l.name] == l.node
}

func (l *lock) Release() error {
	l.d.mu.Lock()
	defer l.d.mu.Unlock()
	delete(l.d.locks, l.node)
	return nil
}

// open is a file that is being written.
type open struct {
	d    *Disk
	name string
	node *node
}

// Write appends. A write that fails has written half.
func (o *open) Write(p []byte) (int, error) {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	n, err := len(p), o.d.do("write", o.name)
	if err != nil {
		n = len(p) / 2
	}
	o.node.data, o.node.clean = append(o.node.data, p[:n]...), false
	return n, err
}

// Sync makes the data durable. One that fails has made nothing durable.
func (o *open) Sync() error {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	if err := o.d.do("sync", o.name); err != nil {
		return err
	}
	o.node.safe, o.node.clean = slices.Clone(o.node.data), true
	return nil
}

func (o *open) Chmod(mode fs.FileMode) error { return o.d.Chmod(o.name, mode) }

func (o *open) Close() error {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	return o.d.do("close", o.name)
}
