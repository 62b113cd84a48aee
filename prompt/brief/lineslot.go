package brief

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// adopt takes over the problems of a line that stood in a scalar.
func (r *reader) adopt(l *line, n *yaml.Node, base string) {
	for _, p := range l.problems {
		at := r.inside(n, p.Column-1)
		p.File, p.Line, p.Column = r.file, at.line, at.column
		p.Path = strings.TrimSuffix(dotted(base, p.Path), ".")
		r.problems = append(r.problems, p)
	}
}

// first is the first problem as an error, nil when there is none.
func (l *line) first() error {
	if len(l.problems) == 0 {
		return nil
	}
	return errors.New(l.problems[0].Message)
}

// lineSlot is a mapping that may also be written as one short string.
type lineSlot struct {
	object
	line func(string) error
}

func (s lineSlot) set(text string) error { return s.line(text) }

func (s lineSlot) read(r *reader, n *yaml.Node, path string) {
	if n.Kind == yaml.ScalarNode {
		readScalar(r, n, path, s)
		return
	}
	s.object.read(r, n, path)
}

// fromLine reads 华东, 华东 dr or 华东(灾备).
func (r *Region) fromLine(s string) error {
	f := strings.Fields(strings.NewReplacer("(", " ", ")", " ", "（", " ", "）", " ", ":", " ", "：", " ").Replace(s))
	if len(f) == 0 || len(f) > 2 {
		return fmt.Errorf("看不懂地域 %q，应写成 华东 primary", clipped(s))
	}
	r.Name = f[0]
	if len(f) == 2 {
		r.Role = f[1]
		return word{&r.Role, regionWords}.set(f[1])
	}
	return nil
}

// regionWords are the roles of a region with their names in prose.
var regionWords = []wording{
	{"primary", "主"}, {"dr", "灾备"}, {"active", "双活"}, {"primary", "主中心"}, {"dr", "备"},
}

// fromLine reads MySQL 8.4.
func (d *Database) fromLine(s string) error {
	name, version := cutVersion(s)
	if name == "" {
		return fmt.Errorf("看不懂数据库 %q，应写成 MySQL 8.4", clipped(s))
	}
	d.Engine, d.Version = name, version
	if engine, ok := engineNamed(name); ok {
		d.Engine = engine
	}
	return nil
}

func cutVersion(s string) (name, version string) {
	s = strings.TrimSpace(s)
	i := strings.LastIndexAny(s, " \t")
	last := s[i+1:]
	if v := strings.TrimPrefix(strings.TrimPrefix(last, "v"), "V"); i > 0 && versionText.MatchString(v) {
		return strings.TrimSpace(s[:i]), v
	}
	return s, ""
}

// fromLine reads 订单服务 order 下单与状态流转, with : or [MySQL] where people
// put them.
func (s *Service) fromLine(text string) error {
	l := newLine(text)
	head, duty := l.trim(l.all()), span{}
	if i := l.index(head, ":"); i >= 0 {
		duty = span{i + 1, head.to}
		head.to = i
	}
	for _, tok := range l.tokens(head) {
		word := l.word(tok)
		switch {
		case strings.HasPrefix(word, "[") && strings.HasSuffix(word, "]"):
			words{&s.Store, "+"}.set(strings.Trim(word, "[]"))
		case lowerWord.MatchString(word) && s.Code == "":
			s.Code = word
		case s.Name == "":
			s.Name = word
			if i := strings.IndexAny(word, "(（"); i > 0 {
				s.Name, s.Code = word[:i], strings.TrimRight(strings.TrimLeft(word[i:], "(（"), ")）")
			}
		default:
			s.Duty = strings.TrimSpace(s.Duty + " " + word)
		}
	}
	if d := l.text(duty); d != "" {
		s.Duty = d
	}
	if s.Name == "" && s.Code == "" {
		return fmt.Errorf("看不懂服务 %q，应写成 订单服务 order 下单与状态流转", clipped(text))
	}
	return nil
}

// enumSlot is {1: 蓝, 2: 绿}, [1蓝, 2绿], or the DSL's 1蓝,2绿 and 蓝/绿.
type enumSlot struct{ v *[]EnumValue }

func (s enumSlot) set(text string) error {
	l := newLine(strings.Trim(strings.TrimSpace(text), "{}（）()"))
	*s.v = l.readEnum(l.all(), '{')
	return nil
}

func (s enumSlot) read(r *reader, n *yaml.Node, path string) {
	switch n.Kind {
	case yaml.ScalarNode:
		readScalar(r, n, path, s)
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content) && r.afford(); i += 2 {
			var v EnumValue
			readScalar(r, r.follow(n.Content[i]), path, text{&v.Code})
			readScalar(r, r.follow(n.Content[i+1]), path, text{&v.Label})
			*s.v = append(*s.v, v)
		}
	default:
		var labels []string
		words{&labels, ""}.read(r, n, path)
		for i, label := range labels {
			labels[i] = quoted(label)
		}
		l := newLine(strings.Join(labels, ","))
		*s.v = l.readEnum(l.all(), '{')
	}
}

func (s enumSlot) node() *yaml.Node {
	if len(*s.v) == 0 {
		return nil
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	for _, v := range *s.v {
		code := plain(v.Code)
		if onlyDigit.MatchString(v.Code) {
			code = tagged("!!int", v.Code)
		}
		n.Content = append(n.Content, code, plain(v.Label))
	}
	return n
}

// sortSlot is entry_at desc.
type sortSlot struct{ a *Access }

func (s sortSlot) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, s) }

func (s sortSlot) set(v string) error {
	l := newLine(strings.TrimSpace(v))
	s.a.Sort, s.a.Desc = "", false
	if len(l.src) > 0 {
		s.a.Sort, s.a.Desc = l.readSort(l.all())
	}
	return nil
}

func (s sortSlot) node() *yaml.Node {
	switch {
	case s.a.Sort == "":
		return nil
	case s.a.Desc:
		return plain(s.a.Sort + " desc")
	}
	return plain(s.a.Sort)
}
