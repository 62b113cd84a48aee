package brief

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"dbchapter/prompt/pattern"

	"go.yaml.in/yaml/v3"
)

// slot is a place in a brief that a document can fill. Parse, YAML and Set all
// work through slots, so that a field is named in one table only.
type slot interface {
	read(r *reader, n *yaml.Node, path string)
	node() *yaml.Node // nil when nothing was given
	set(text string) error
}

// named is one key of a mapping.
type named struct {
	key  string
	slot slot
}

func plain(value string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: value}
	n.SetString(value)
	return n
}

// tagged is a scalar written without quotes.
func tagged(tag, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}

// readScalar hands the text of a scalar to set.
func readScalar(r *reader, n *yaml.Node, path string, s slot) {
	if n.Kind != yaml.ScalarNode {
		r.complain(n, path, "V00", "这里应为一个值，而不是%s", kindName(n))
		return
	}
	if err := s.set(n.Value); err != nil {
		r.complain(n, path, "V00", "%s", err)
	}
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "一组字段"
	case yaml.SequenceNode:
		return "列表"
	}
	return "一个值"
}

// text is a string.
type text struct{ v *string }

func (t text) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, t) }
func (t text) set(s string) error                        { *t.v = s; return nil }
func (t text) node() *yaml.Node {
	if *t.v == "" {
		return nil
	}
	return plain(*t.v)
}

// word is one of a set of words; people also write its Chinese name.
type word struct {
	v  *string
	zh []wording
}

// wording is a value of the format with its name in prose.
type wording struct{ value, zh string }

func (w word) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, w) }
func (w word) node() *yaml.Node                          { return text{w.v}.node() }
func (w word) set(s string) error {
	*w.v = strings.TrimSpace(s)
	for _, x := range w.zh {
		if strings.EqualFold(x.zh, *w.v) || strings.EqualFold(x.value, *w.v) {
			*w.v = x.value
			break
		}
	}
	return nil
}

// titleOf is the name of a value in prose, or the value itself.
func titleOf(words []wording, value string) string {
	for _, w := range words {
		if w.value == value {
			return w.zh
		}
	}
	return value
}

// date is a string that YAML would call a timestamp.
type date struct{ v *string }

var isoDate = pattern.New(`^\d{4}-\d{2}-\d{2}$`)

func (d date) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, d) }
func (d date) set(s string) error                        { *d.v = strings.TrimSpace(s); return nil }
func (d date) node() *yaml.Node {
	if n := text(d).node(); n == nil || !isoDate.MatchString(*d.v) {
		return n
	}
	return tagged("!!timestamp", *d.v)
}

// flag is a bool that is false unless given.
type flag struct{ v *bool }

func (f flag) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, f) }
func (f flag) set(s string) (err error)                  { *f.v, err = parseBool(s); return err }
func (f flag) node() *yaml.Node {
	if !*f.v {
		return nil
	}
	return tagged("!!bool", "true")
}

func parseBool(s string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "yes", "on", "y", "1", "是", "需要", "有":
		return true, nil
	case "false", "no", "off", "n", "0", "否", "不需要", "无", "":
		return false, nil
	}
	return false, fmt.Errorf("应为 true 或 false，而不是 %q", clipped(s))
}

// maybe is a bool that may be left out.
type maybe struct{ v *Opt[bool] }

func (m maybe) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, m) }
func (m maybe) node() *yaml.Node {
	if !m.v.Set {
		return nil
	}
	return tagged("!!bool", strconv.FormatBool(m.v.V))
}

func (m maybe) set(s string) error {
	if strings.TrimSpace(s) == "" {
		*m.v = Opt[bool]{}
		return nil
	}
	b, err := parseBool(s)
	if err == nil {
		*m.v = Some(b)
	}
	return err
}

// whole is a whole number: 20万 as well as 200000.
type whole[T int | int64] struct{ v *Opt[T] }

func (w whole[T]) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, w) }
func (w whole[T]) node() *yaml.Node {
	if !w.v.Set {
		return nil
	}
	return tagged("!!int", strconv.FormatInt(int64(w.v.V), 10))
}

func (w whole[T]) set(s string) error {
	if strings.TrimSpace(s) == "" {
		*w.v = Opt[T]{}
		return nil
	}
	n, err := ParseCount(s)
	if err == nil {
		*w.v = Some(T(n))
	}
	return err
}

// decimal is a number with a fraction: 0.3 or 30%.
type decimal struct{ v *Opt[float64] }

func (d decimal) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, d) }
func (d decimal) node() *yaml.Node {
	if !d.v.Set {
		return nil
	}
	if d.v.V == math.Trunc(d.v.V) {
		return tagged("!!int", strconv.FormatFloat(d.v.V, 'f', -1, 64))
	}
	return tagged("!!float", strconv.FormatFloat(d.v.V, 'f', -1, 64))
}

func (d decimal) set(s string) error {
	if strings.TrimSpace(s) == "" {
		*d.v = Opt[float64]{}
		return nil
	}
	f, err := ParseNumber(s)
	if err == nil {
		*d.v = Some(f)
	}
	return err
}

// optional is a string that may be left out and may be empty.
type optional struct{ v *Opt[string] }

func (o optional) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, o) }
func (o optional) set(s string) error                        { *o.v = Some(s); return nil }
func (o optional) node() *yaml.Node {
	if !o.v.Set {
		return nil
	}
	return plain(o.v.V)
}

// words is a list of words; one string is cut at commas.
type words struct {
	v    *[]string
	more string // further separators
}

func (w words) read(r *reader, n *yaml.Node, path string) {
	if n.Kind != yaml.SequenceNode {
		readScalar(r, n, path, w)
		return
	}
	*w.v = nil
	for i, item := range r.items(n) {
		var s string
		at := fmt.Sprintf("%s[%d]", path, i)
		r.mark(at, item)
		text{&s}.read(r, item, at)
		if s = strings.TrimSpace(s); s != "" {
			*w.v = append(*w.v, s)
		}
	}
}

func (w words) set(s string) error {
	*w.v = nil
	for _, piece := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(",，、;；\n"+w.more, c) }) {
		if piece = strings.TrimSpace(piece); piece != "" {
			*w.v = append(*w.v, piece)
		}
	}
	return nil
}

func (w words) node() *yaml.Node {
	if len(*w.v) == 0 {
		return nil
	}
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, s := range *w.v {
		n.Content = append(n.Content, plain(s))
	}
	return n
}
