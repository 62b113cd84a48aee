package brief

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// object is a mapping with known keys.
type object struct {
	fields []named
	flow   bool // written on one line
}

func (o object) keys() []string {
	out := make([]string, len(o.fields))
	for i, f := range o.fields {
		out[i] = f.key
	}
	return out
}

func (o object) child(key string) (slot, bool) {
	for _, f := range o.fields {
		if f.key == key {
			return f.slot, true
		}
	}
	return nil, false
}

// read fills the fields; a misspelt key is read as the one it resembles, so
// that its own problems are found in the same run.
func (o object) read(r *reader, n *yaml.Node, path string) {
	if n.Kind != yaml.MappingNode {
		r.complain(n, path, "V00", "这里应为一组“字段: 值”，而不是%s", kindName(n))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], r.follow(n.Content[i+1])
		name := key.Value
		at := dotted(path, name)
		s, known := o.child(name)
		if !known {
			near := nearest(name, o.keys())
			r.complain(key, at, "V00", "%s", unknownField(name, near, o.keys()))
			if s, known = o.child(near); !known || seen[near] {
				continue
			}
			name, at = near, dotted(path, near)
		}
		if seen[name] {
			r.complain(key, at, "V00", "字段 %q 写了两次", name)
			continue
		}
		seen[name] = true
		r.mark(at, value)
		if !isNull(value) && r.afford() {
			s.read(r, value, at)
		}
	}
}

func (o object) set(string) error {
	return fmt.Errorf("这里不是单个值，请写到具体字段：%s", strings.Join(o.keys(), "、"))
}

func (o object) node() *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	if o.flow {
		n.Style = yaml.FlowStyle
	}
	for _, f := range o.fields {
		if v := f.slot.node(); v != nil {
			n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: f.key}, v)
		}
	}
	if len(n.Content) == 0 {
		return nil
	}
	return n
}

func dotted(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// list is a sequence of things that have slots themselves.
type list[T any] struct {
	v    *[]T
	slot func(*T) slot
	cut  func(string) []string // how one string is cut into items; nil when it is not
	flow bool
}

func (l list[T]) read(r *reader, n *yaml.Node, path string) {
	switch {
	case n.Kind == yaml.SequenceNode:
	case n.Kind == yaml.ScalarNode && l.cut != nil:
		r.lines(n, path, l.cut, func(item *yaml.Node, at string) { l.append(r, item, at) })
		return
	default:
		r.complain(n, path, "V00", "这里应为列表，而不是%s", kindName(n))
		return
	}
	for i, item := range r.items(n) {
		l.append(r, item, fmt.Sprintf("%s[%d]", path, i))
	}
}

func (l list[T]) append(r *reader, item *yaml.Node, at string) {
	var zero T
	*l.v = append(*l.v, zero)
	r.mark(at, item)
	if !isNull(item) {
		l.slot(&(*l.v)[len(*l.v)-1]).read(r, item, at)
	}
}

func (l list[T]) node() *yaml.Node {
	if len(*l.v) == 0 {
		return nil
	}
	n := &yaml.Node{Kind: yaml.SequenceNode}
	if l.flow {
		n.Style = yaml.FlowStyle
	}
	for i := range *l.v {
		item := l.slot(&(*l.v)[i]).node()
		if item == nil {
			item = tagged("!!null", "null")
		}
		n.Content = append(n.Content, item)
	}
	return n
}

func (l list[T]) set(text string) error {
	if l.cut == nil {
		return errors.New("这里是列表，请写到其中一项，如 …[0]")
	}
	*l.v = nil
	for _, piece := range l.cut(text) {
		var zero T
		*l.v = append(*l.v, zero)
		if err := l.slot(&(*l.v)[len(*l.v)-1]).set(strings.TrimSpace(piece)); err != nil {
			return err
		}
	}
	return nil
}

// at is the item with that index; one past the end makes a new one.
func (l list[T]) at(index string) (slot, error) {
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i > len(*l.v) {
		return nil, fmt.Errorf("只有 %d 项，下标 %s 超出范围（从 0 数起）", len(*l.v), index)
	}
	if i == len(*l.v) {
		var zero T
		*l.v = append(*l.v, zero)
	}
	return l.slot(&(*l.v)[i]), nil
}

// indexed is a slot that has numbered children.
type indexed interface {
	at(index string) (slot, error)
}

// keyed is a slot that has named children.
type keyed interface {
	child(key string) (slot, bool)
	keys() []string
}
