// Package storetest is a file system in memory that can lose power: it knows
// what was written and what of it is durable, fails where it is told to, and
// shows what a crash at any point would leave (reliability.md §5, row 4).
package storetest

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
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

// Killed is the file system after kill -9: everything written is there, locks
// are free.
func (d *Disk) Killed() *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := New()
	copies := map[*node]*node{}
	out.nodes, out.kept = clone(d.nodes, copies), clone(d.kept, copies)
	for _, c := range d.todo {
		out.todo = append(out.todo, change{c.name, copyOf(c.node, copies)})
	}
	return out
}

// Settle makes everything durable, as a system does in time by itself.
func (d *Disk) Settle() *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.todo {
		d.kept[c.name] = c.node
	}
	d.todo = nil
	for _, n := range d.nodes {
		n.safe, n.clean = slices.Clone(n.data), true
	}
	return d
}

// Unplugged is the file system after a power loss. Of what was not synced,
// coin decides what is there: how many of the changes of each directory, and
// how much of the data of each file.
func (d *Disk) Unplugged(coin *rand.Rand) *Disk {
	out := d.Killed()
	order := []string{}
	todo := map[string][]change{}
	for _, c := range out.todo {
		dir := filepath.Dir(c.name)
		if todo[dir] == nil {
			order = append(order, dir)
		}
		todo[dir] = append(todo[dir], c)
	}
	for _, dir := range order {
		for _, c := range todo[dir][:coin.IntN(len(todo[dir])+1)] {
			out.kept[c.name] = c.node
		}
	}
	out.todo, out.nodes = nil, map[string]*node{}
	for _, name := range names(out.kept) {
		n := out.kept[name]
		if n == nil || name != "/" && out.nodes[filepath.Dir(name)] == nil {
			continue // gone, or in a directory that is gone
		}
		if !n.clean && n.mode.IsRegular() {
			n.data = torn(n, coin)
			n.safe, n.clean = n.data, true
		}
		out.nodes[name] = n
	}
	out.kept = clone(out.nodes, map[*node]*node{})
	for name := range out.kept {
		out.kept[name] = out.nodes[name]
	}
	return out
}

// torn is what may be left of a file that was not synced.
func torn(n *node, coin *rand.Rand) []byte {
	switch coin.IntN(4) {
	case 0:
		return slices.Clone(n.safe)
	case 1:
		return slices.Clone(n.data[:coin.IntN(len(n.data)+1)])
	case 2:
		out := make([]byte, len(n.data)) // length written, blocks not
		copy(out, n.data[:coin.IntN(len(n.data)+1)])
		return out
	}
	return slices.Clone(n.data)
}

func clone(m map[string]*node, copies map[*node]*node) map[string]*node {
	out := make(map[string]*node, len(m))
	for name, n := range m {
		out[name] = copyOf(n, copies)
	}
	return out
}

func copyOf(n *node, copies map[*node]*node) *node {
	if n == nil {
		return nil
	}
	if copies[n] == nil {
		c := *n
		c.data, c.safe = slices.Clone(n.data), slices.Clone(n.safe)
		copies[n] = &c
	}
	return copies[n]
}

func names(m map[string]*node) []string {
	out := make([]string, 0, len(m))
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out) // a directory before what is in it
	return out
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
