// Package storetest is a file system in memory that can lose power: it knows
// what was written and what of it is durable, fails where it is told to, and
// shows what a crash at any point would leave (reliability.md §5, row 4).
package storetest

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"dbchapter/ui/store"
)

// Disk is a file system in memory. The zero value is not usable; see New.
type Disk struct {
	mu    sync.Mutex
	nodes map[string]*node // by clean path: what a process sees
	kept  map[string]*node // what the directories hold after a power loss
	todo  []change         // changes of directories since their last sync
	locks map[*node]*lock
	ops   int
	fail  func(op int, what, name string) error
}

// node is a file, a directory or a link.
type node struct {
	mode  fs.FileMode
	data  []byte // as processes see it
	safe  []byte // as of the last sync
	clean bool   // data is safe
	links int
}

// change is one change of one directory: name becomes node, or goes.
type change struct {
	name string
	node *node
}

// New is an empty file system with a root directory.
func New() *Disk {
	root := &node{mode: fs.ModeDir | 0o755, clean: true}
	return &Disk{
		nodes: map[string]*node{"/": root}, kept: map[string]*node{"/": root},
		locks: map[*node]*lock{},
	}
}

// Fail has f decide before every operation that changes something whether it
// fails: op counts from 1, what is the operation's name.
func (d *Disk) Fail(f func(op int, what, name string) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail = f
}

// Ops is how many changing operations there were.
func (d *Disk) Ops() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ops
}

// ErrCrashed is what every operation says after the one that ended the run.
var ErrCrashed = errors.New("the machine is off")

// CrashAt ends the run before operation n: it and all later ones fail.
func (d *Disk) CrashAt(n int) {
	d.Fail(func(op int, _, _ string) error {
		if op >= n {
			return ErrCrashed
		}
		return nil
	})
}

// Damage changes a file behind everybody's back.
func (d *Disk) Damage(name string, f func([]byte) []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("damage", name)
	if err != nil {
		return err
	}
	n.data = f(slices.Clone(n.data))
	n.safe = n.data
	return nil
}

// Files are the paths of all regular files, in order.
func (d *Disk) Files() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []string
	for _, name := range names(d.nodes) {
		if d.nodes[name].mode.IsRegular() {
			out = append(out, name)
		}
	}
	return out
}

// do counts a changing operation and says whether it fails.
func (d *Disk) do(what, name string) error {
	d.ops++
	if d.fail == nil {
		return nil
	}
	if err := d.fail(d.ops, what, name); err != nil {
		return &fs.PathError{Op: what, Path: name, Err: err}
	}
	return nil
}

func (d *Disk) find(what, name string) (*node, error) {
	n := d.nodes[filepath.Clean(name)]
	if n == nil {
		return nil, &fs.PathError{Op: what, Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

// set changes a directory; the change is durable once the directory is synced.
func (d *Disk) set(name string, n *node) {
	name = filepath.Clean(name)
	if old := d.nodes[name]; old != nil {
		old.links--
	}
	if n == nil {
		delete(d.nodes, name)
	} else {
		d.nodes[name] = n
		n.links++
	}
	d.todo = append(d.todo, change{name, n})
}

// made puts a new node at a name that is free, in a directory that exists.
func (d *Disk) made(what, name string, n *node) error {
	if err := d.do(what, name); err != nil {
		return err
	}
	if _, err := d.find(what, filepath.Dir(filepath.Clean(name))); err != nil {
		return err
	}
	if d.nodes[filepath.Clean(name)] != nil {
		return &fs.PathError{Op: what, Path: name, Err: fs.ErrExist}
	}
	d.set(name, n)
	return nil
}

// info describes a node.
type info struct {
	name string
	node node
}

func (i info) Name() string               { return i.name }
func (i info) Size() int64                { return int64(len(i.node.data)) }
func (i info) Mode() fs.FileMode          { return i.node.mode }
func (i info) ModTime() time.Time         { return time.Time{} }
func (i info) IsDir() bool                { return i.node.mode.IsDir() }
func (i info) Sys() any                   { return nil }
func (i info) Type() fs.FileMode          { return i.node.mode.Type() }
func (i info) Info() (fs.FileInfo, error) { return i, nil }

var _ store.Disk = (*Disk)(nil)

// String lists the files and their sizes, for failures of tests.
func (d *Disk) String() string {
	var b strings.Builder
	for _, name := range d.Files() {
		fmt.Fprintf(&b, "%s %d\n", name, len(d.nodes[name].data))
	}
	return b.String()
}
