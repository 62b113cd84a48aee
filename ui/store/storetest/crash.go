package storetest

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
)

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
