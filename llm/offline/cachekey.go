package offline

import (
	"slices"
	"strings"

	"dbchapter/prompt/design"
	"dbchapter/prompt/infer"
)

// placeholders are the columns in braces of a key.
func placeholders(key string) []string {
	var out []string
	for {
		i := strings.IndexByte(key, '{')
		j := strings.IndexByte(key, '}')
		if i < 0 || j < i {
			return out
		}
		out = append(out, key[i+1:j])
		key = key[j+1:]
	}
}

// keyBase is a key without its columns: lot:info.
func keyBase(key string) string {
	base, _, _ := strings.Cut(key, ":{")
	return base
}

// subject is the entity a key is about: its first two words name a table, or
// its first word the end of one (§3.6.8).
func (w *writer) subject(key string) *design.Table {
	parts := strings.Split(keyBase(key), ":")
	if len(parts) > 1 && (parts[0] == "geo" || parts[0] == "hot" || parts[0] == "local") {
		parts = parts[1:]
	}
	if len(parts) > 1 {
		if t := w.tableLike(parts[0]+"_"+parts[1], false); t != nil {
			return t
		}
	}
	return w.tableLike(parts[0], true)
}

// holder is the table whose column a placeholder is: the table the key is
// about first; {lot_id} is also the id of parking_lots.
func (w *writer) holder(key, placeholder string) (*design.Table, string) {
	if t := w.subject(key); t != nil && t.Has(placeholder) {
		return t, placeholder
	}
	for _, t := range w.business(nil) {
		if single(t.Name)+"_id" == placeholder {
			return t, "id"
		}
	}
	for _, t := range w.business(nil) {
		if t.Has(placeholder) {
			return t, placeholder
		}
	}
	return nil, ""
}

// tableLike finds the table with that name, singular or plural; lastWord
// compares only the end of table names.
func (w *writer) tableLike(name string, lastWord bool) *design.Table {
	name = infer.Singular(name)
	for _, t := range w.business(nil) {
		if infer.Singular(t.Name) == name || lastWord && single(t.Name) == name {
			return t
		}
	}
	return nil
}

// domain is the first part of a table's keys: lot, or inbound:order where
// another table ends alike.
func (w *writer) domain(t *design.Table) string {
	name, full := single(t.Name), infer.Singular(t.Name)
	same := 0
	for _, o := range w.business(nil) {
		if single(o.Name) == name {
			same++
		}
	}
	if head, tail, ok := strings.Cut(full, "_"); ok && same > 1 && strings.Count(full, "_") == 1 {
		return head + ":" + tail
	}
	return name
}

// key is a cache key of a table, the tenant first where there are tenants.
func (w *writer) key(t *design.Table, purpose string, columns ...string) string {
	k := w.domain(t)
	if purpose != "" {
		k += ":" + purpose
	}
	if w.sys.MultiTenant && t.Has("tenant_id") && !slices.Contains(columns, "tenant_id") {
		k += ":{tenant_id}"
	}
	for _, c := range columns {
		if c == "id" {
			c = single(t.Name) + "_id"
		}
		k += ":{" + c + "}"
	}
	return k
}
