package brief

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// entitySlot is an entity: a line of the DSL or a mapping.
type entitySlot struct{ e *Entity }

func (s entitySlot) child(key string) (slot, bool) { return s.e.object().child(key) }
func (s entitySlot) keys() []string                { return s.e.object().keys() }

func (s entitySlot) read(r *reader, n *yaml.Node, path string) {
	text := n
	switch {
	case n.Kind == yaml.ScalarNode:
	case s.splitByYAML(n):
		// 订单: 订单号, 金额 without quotes is a mapping to YAML.
		key, value := n.Content[0], n.Content[1]
		gap := 2
		if value.Line == key.Line && value.Column > key.Column {
			gap = max(value.Column-key.Column-len([]rune(key.Value)), 1)
		}
		text = &yaml.Node{
			Kind: yaml.ScalarNode, Line: key.Line, Column: key.Column,
			Value: key.Value + ":" + strings.Repeat(" ", gap-1) + value.Value,
		}
		if isNull(value) {
			text.Value = key.Value
		}
	default:
		s.e.object().read(r, n, path)
		return
	}
	var l *line
	*s.e, l = readEntity(text.Value)
	r.adopt(l, text, path)
	for i := range s.e.Attrs {
		r.mark(fmt.Sprintf("%s.attrs[%d]", path, i), text)
	}
}

func (s entitySlot) splitByYAML(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 || n.Content[1].Kind != yaml.ScalarNode {
		return false
	}
	_, known := s.child(n.Content[0].Value)
	return !known && nearest(n.Content[0].Value, s.keys()) == ""
}

func (s entitySlot) set(text string) error {
	e, l := readEntity(text)
	if err := l.first(); err != nil {
		return err
	}
	*s.e = e
	return nil
}

func (s entitySlot) node() *yaml.Node {
	if text, ok := FormatEntity(*s.e); ok && s.e.Name != "" {
		n := plain(text)
		if n.Style&yaml.LiteralStyle == 0 {
			n.Style = yaml.DoubleQuotedStyle
		}
		return n
	}
	return s.e.object().node()
}

// volumeSlot is a mapping or 20M+120k/d~365.
type volumeSlot struct {
	object
	v *Volume
}

func (s volumeSlot) read(r *reader, n *yaml.Node, path string) {
	if n.Kind == yaml.ScalarNode {
		readScalar(r, n, path, s)
		return
	}
	s.object.read(r, n, path)
}

func (s volumeSlot) set(text string) error {
	l := newLine(strings.TrimSpace(text))
	var v Volume
	if end := l.readVolume(&v, 0, len(l.folded)); end < len(l.folded) {
		l.complain(end, "", "V44", "体量之后多了“%s”", clipped(l.text(span{end, len(l.src)})))
	}
	if err := l.first(); err != nil {
		return err
	}
	*s.v = v
	return nil
}

// attrSlot is an attribute: DSL or mapping.
type attrSlot struct {
	object
	a *Attr
}

func (s attrSlot) read(r *reader, n *yaml.Node, path string) {
	if n.Kind != yaml.ScalarNode {
		s.object.read(r, n, path)
		return
	}
	l := newLine(n.Value)
	*s.a = l.readAttr(l.trim(l.all()), "")
	l.checkBrackets()
	r.adopt(l, n, path)
}

func (s attrSlot) set(text string) error {
	l := newLine(text)
	a := l.readAttr(l.trim(l.all()), "")
	l.checkBrackets()
	if err := l.first(); err != nil {
		return err
	}
	*s.a = a
	return nil
}

// accessSlot is one access pattern: DSL, phrase or mapping.
type accessSlot struct {
	object
	a *Access
}

func (s accessSlot) read(r *reader, n *yaml.Node, path string) {
	if n.Kind != yaml.ScalarNode {
		s.object.read(r, n, path)
		return
	}
	l := newLine(n.Value)
	*s.a, _ = l.readPattern(l.trim(l.all()), "")
	r.adopt(l, n, path)
}

func (s accessSlot) set(text string) error {
	l := newLine(text)
	whole := l.trim(l.all())
	if whole.from == whole.to {
		return errors.New("缺少查询，例如 get 订单号")
	}
	a, _ := l.readPattern(whole, "")
	if err := l.first(); err != nil {
		return err
	}
	*s.a = a
	return nil
}

// accessList is the access of an entity, among which tags may stand.
type accessList struct {
	list[Access]
	e *Entity
}

func (s accessList) read(r *reader, n *yaml.Node, path string) {
	item := func(item *yaml.Node, _ string) {
		tag := strings.TrimSpace(item.Value)
		switch {
		case item.Kind == yaml.ScalarNode && tag == "":
		case item.Kind == yaml.ScalarNode && slices.Contains(Tags(), tag):
			if !slices.Contains(s.e.Tags, tag) {
				s.e.Tags = append(s.e.Tags, tag)
			}
		default:
			s.append(r, item, path+"["+strconv.Itoa(len(s.e.Access))+"]")
		}
	}
	switch n.Kind {
	case yaml.ScalarNode:
		r.lines(n, path, cutItems, item)
	case yaml.SequenceNode:
		for _, i := range r.items(n) {
			item(i, "")
		}
	default:
		r.complain(n, path, "V00", "这里应为列表，而不是%s", kindName(n))
	}
}

func (s accessList) set(text string) error {
	l := newLine(text)
	e := Entity{Tags: slices.Clone(s.e.Tags)}
	l.readAccess(&e, l.all(), "")
	if err := l.first(); err != nil {
		return err
	}
	s.e.Access, s.e.Tags = e.Access, e.Tags
	return nil
}
