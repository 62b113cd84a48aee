package brief

import (
	"slices"

	"dbchapter/prompt/brief"
)

// shelfOf is a shelf of items of one type.
type shelfOf[T any] struct {
	kind    string
	slice   func(*brief.Brief) *[]T // nil when the list is not there any more
	nameOf  func(T) string
	copyOf  func(T) T
	rename  func(items []T, copied *T) // makes a copy differ from the others
	read    func(line string) ([]T, brief.Problems)
	write   func(T) (string, bool)
	carry   func(old, fresh T) T // keeps of old what a line cannot say
	about   func(i int) subject
	columns func(m *Model, i, w int) string
	seen    func(m *Model, line string, caret, w int) []string
	holds   func(m *Model, t T) string
}

func (s shelfOf[T]) items(b *brief.Brief) []T {
	if p := s.slice(b); p != nil {
		return *p
	}
	return nil
}

func (s shelfOf[T]) noun() string { return s.kind }

func (s shelfOf[T]) count(b *brief.Brief) int { return len(s.items(b)) }

func (s shelfOf[T]) name(b *brief.Brief, i int) string {
	if t := at(s.items(b), i); t != nil {
		return s.nameOf(*t)
	}
	return ""
}

func (s shelfOf[T]) row(m *Model, i, w int) string { return s.columns(m, i, w) }

func (s shelfOf[T]) path(i int) string {
	p := s.about(i).path("")
	return p[:len(p)-1]
}

func (s shelfOf[T]) subject(i int) subject { return s.about(i) }

func (s shelfOf[T]) line(m *Model, i int) (string, bool) {
	if t := at(s.items(&m.doc.brief), i); t != nil {
		return s.write(*t)
	}
	return "", true
}

func (s shelfOf[T]) lines(b *brief.Brief) string { return itemLines(s.items(b), s.write) }

func (s shelfOf[T]) clear(b *brief.Brief) {
	if p := s.slice(b); p != nil {
		*p = nil
	}
}

func (s shelfOf[T]) keep(old, b *brief.Brief) {
	for i, v := range s.items(b) {
		for _, o := range s.items(old) {
			if s.nameOf(o) == s.nameOf(v) {
				s.items(b)[i] = s.carry(s.copyOf(o), v)
			}
		}
	}
}

func (s shelfOf[T]) parse(line string) (put, brief.Problems) {
	items, ps := s.read(line)
	if len(items) == 0 {
		return nil, ps
	}
	return func(b *brief.Brief, i int) { s.place(b, items, i) }, ps
}

// place writes items over item i, or behind the last.
func (s shelfOf[T]) place(b *brief.Brief, items []T, i int) {
	p := s.slice(b)
	switch {
	case p == nil:
	case i >= 0 && i < len(*p):
		fresh := each(items, s.copyOf)
		fresh[0] = s.carry((*p)[i], fresh[0])
		*p = slices.Replace(*p, i, i+1, fresh...)
	default:
		*p = append(*p, each(items, s.copyOf)...)
	}
}

func (s shelfOf[T]) recognise(m *Model, line string, caret, w int) []string {
	return s.seen(m, line, caret, w)
}

func (s shelfOf[T]) remove(b *brief.Brief, i int) {
	p := s.slice(b)
	*p = slices.Delete(*p, i, i+1)
}

func (s shelfOf[T]) copyItem(b *brief.Brief, i int) {
	p := s.slice(b)
	c := s.copyOf((*p)[i])
	s.rename(*p, &c)
	*p = slices.Insert(*p, i+1, c)
}

func (s shelfOf[T]) swap(b *brief.Brief, i, j int) {
	v := *s.slice(b)
	v[i], v[j] = v[j], v[i]
}

func (s shelfOf[T]) contents(m *Model, i int) string {
	if t := at(s.items(&m.doc.brief), i); t != nil && s.holds != nil {
		return s.holds(m, *t)
	}
	return ""
}

// fresh is a name nobody has: the name with the first free number.
func fresh(name string, taken func(string) bool) string {
	for n := 2; ; n++ {
		if next := name + digits(n); !taken(next) {
			return next
		}
	}
}

func each[T any](in []T, f func(T) T) []T {
	out := make([]T, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}
