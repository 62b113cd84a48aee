package brief

import (
	"maps"
	"strings"

	"dbchapter/ui/screen/brief/field"
)

// Half are the half-typed texts by their path: values that break a rule and
// lines not taken yet. They are no part of the brief; a draft may keep them.
func (m *Model) Half() map[string]string {
	out := maps.Clone(m.half)
	for path, f := range m.typing() {
		if !f.Empty() {
			out[path] = f.Text()
		}
	}
	return out
}

// WithHalf gives half-typed texts back, as Half returned them.
func (m *Model) WithHalf(half map[string]string) *Model {
	typing := m.typing()
	for path, text := range half {
		if f, ok := typing[path]; ok {
			f.Set(text)
			continue
		}
		m.half[path] = text
	}
	return m
}

// typing are the lines and boxes for new items by the path Half gives them:
// entities+ is the line, entities++ the box. A line that rewrites an item is
// none of them, the item still stands.
func (m *Model) typing() map[string]*field.Field {
	out := map[string]*field.Field{}
	for _, s := range []Step{Databases, Services, Entities} {
		p, ok := m.pages[s].(*listPage)
		if !ok {
			p = &m.pages[s].(*entitiesPage).list
		}
		p.box.field.Many = true
		out[p.shelf.noun()+"++"] = &p.box.field
		if p.entry.at < 0 {
			out[p.shelf.noun()+"+"] = &p.entry.field
		}
	}
	return out
}

// unfinished says whether something is half-typed at a path or below.
func (m *Model) unfinished(path string) bool {
	for k := range m.half {
		if k == path || strings.HasPrefix(k, path+".") || strings.HasPrefix(k, path+"[") {
			return true
		}
	}
	return false
}
