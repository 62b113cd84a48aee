package brief

import (
	"fmt"
	"strconv"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/form"
)

// A spec is one thing a person can say about a T: how it is shown as text and
// how it is asked. It is written by Brief.Set under its path, so that a form
// takes what --set takes. Words hang on its key: the label is
// brief.f.<group>.<key>, the reason it is asked brief.f.<group>.<key>.why.
type spec[T any] struct {
	key      string // path below the item: dau, volume.rows_per_day
	part     string // heading in a sheet, "" for none
	sections string // numbers of the chapter's sections the answer changes
	kind     form.Kind
	options  func(m *Model, t *T) []form.Option
	get      func(*T) string
	clear    func(*T) // where Set of "" would mean the empty text
}

// A subject is an item of the brief seen as named texts, whatever its type.
type subject interface {
	path(key string) string // system.dau
	label(m *Model, key string) string
	why(m *Model, key string) string
	sections(key string) string
	part(key string) string
	keys() []string
	row(m *Model, b *brief.Brief, key string) form.Row
	get(b *brief.Brief, key string) string
	set(b *brief.Brief, key, text string) error
}

// about is the subject of a T found in the brief by of.
type about[T any] struct {
	base  string // system, databases[0]
	group string // of the words: system, database…
	specs []spec[T]
	of    func(*brief.Brief) *T
}

func (a about[T]) path(key string) string { return a.base + "." + key }

func (a about[T]) words(key string) string { return "brief.f." + a.group + "." + key }

func (a about[T]) label(m *Model, key string) string { return m.words.T(a.words(key)) }

func (a about[T]) why(m *Model, key string) string { return m.words.T(a.words(key) + ".why") }

func (a about[T]) find(key string) spec[T] {
	for _, s := range a.specs {
		if s.key == key {
			return s
		}
	}
	return spec[T]{key: key}
}

func (a about[T]) sections(key string) string { return a.find(key).sections }

func (a about[T]) part(key string) string { return a.find(key).part }

func (a about[T]) keys() []string {
	out := make([]string, len(a.specs))
	for i, s := range a.specs {
		out[i] = s.key
	}
	return out
}

func (a about[T]) row(m *Model, b *brief.Brief, key string) form.Row {
	s := a.find(key)
	r := form.Row{Key: key, Label: a.label(m, key), Kind: s.kind, Value: a.get(b, key)}
	if t := a.of(b); t != nil && s.options != nil {
		r.Options = s.options(m, t)
	}
	if s.kind == form.YesNo {
		r.Options = []form.Option{{Value: form.Yes, Label: m.words.T("brief.yes")}, {Value: form.No, Label: m.words.T("brief.no")}}
	}
	return r
}

func (a about[T]) get(b *brief.Brief, key string) string {
	if t := a.of(b); t != nil {
		return a.find(key).get(t)
	}
	return ""
}

func (a about[T]) set(b *brief.Brief, key, text string) error {
	t := a.of(b)
	if t == nil {
		return nil
	}
	text = strings.TrimSpace(text)
	if s := a.find(key); text == "" && s.clear != nil {
		s.clear(t)
		return nil
	}
	return b.Set(a.path(key), text)
}

// text, list, … show one kind of value.

func text[T any](key, part, sections string, at func(*T) *string) spec[T] {
	return spec[T]{key: key, part: part, sections: sections, get: func(t *T) string { return *at(t) }}
}

func list[T any](key, part, sections string, at func(*T) *[]string) spec[T] {
	return spec[T]{
		key: key, part: part, sections: sections,
		get: func(t *T) string { return strings.Join(*at(t), form.Sep) },
	}
}

func yesNo[T any](key, part, sections string, at func(*T) *bool) spec[T] {
	return spec[T]{
		key: key, part: part, sections: sections, kind: form.YesNo,
		get: func(t *T) string { return strconv.FormatBool(*at(t)) },
	}
}

// maybe is a yes or no that a rule decides when nobody says.
func maybe[T any](key, part, sections string, at func(*T) *brief.Opt[bool]) spec[T] {
	return spec[T]{
		key: key, part: part, sections: sections, kind: form.Choice,
		options: func(m *Model, _ *T) []form.Option {
			return []form.Option{
				{Label: m.words.T("brief.byrule")},
				{Value: form.Yes, Label: m.words.T("brief.yes")},
				{Value: form.No, Label: m.words.T("brief.no")},
			}
		},
		get: func(t *T) string {
			if o := *at(t); o.Set {
				return strconv.FormatBool(o.V)
			}
			return ""
		},
	}
}

// whole is a whole number that may be left out.
func whole[T any, N int | int64](key, part, sections string, at func(*T) *brief.Opt[N]) spec[T] {
	return spec[T]{
		key: key, part: part, sections: sections,
		get: func(t *T) string {
			if o := *at(t); o.Set {
				return exact(int64(o.V))
			}
			return ""
		},
	}
}

// number is a number that may be left out, percent says how it is shown.
func number[T any](key, part, sections string, percent bool, at func(*T) *brief.Opt[float64]) spec[T] {
	return spec[T]{
		key: key, part: part, sections: sections,
		get: func(t *T) string {
			o := *at(t)
			switch {
			case !o.Set:
				return ""
			case percent:
				return decimal(o.V*100) + "%"
			}
			return decimal(o.V)
		},
	}
}

// pick is one of some words; "" is left to the rules.
func pick[T any](key, part, sections string, at func(*T) *string, options func(*Model, *T) []form.Option) spec[T] {
	s := text(key, part, sections, at)
	s.kind, s.options = form.Choice, options
	return s
}

// several makes a list spec one of ticked boxes.
func several[T any](s spec[T], options func(*Model, *T) []form.Option) spec[T] {
	s.kind, s.options = form.Many, options
	return s
}

// words are options whose labels are i18n rows below prefix, led by the choice
// to leave it to the rules.
func words[T any](prefix string, values ...string) func(*Model, *T) []form.Option {
	return func(m *Model, _ *T) []form.Option {
		out := []form.Option{{Label: m.words.T("brief.byrule")}}
		for _, v := range values {
			out = append(out, form.Option{Value: v, Label: m.words.T(prefix + "." + v)})
		}
		return out
	}
}

// exact writes a number as people do when nothing is lost by it.
func exact(n int64) string {
	s := brief.FormatCount(n)
	if v, err := brief.ParseCount(s); err == nil && v == n {
		return s
	}
	return strconv.FormatInt(n, 10)
}

func decimal(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.4f", v), "0"), ".")
}

// splitList reads a、b，c d as four words.
func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，;； \u3000", r) })
}
