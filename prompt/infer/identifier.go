package infer

import (
	"strings"

	"dbchapter/prompt/pattern"
)

// MaxName is the longest table or column name we make (domain.md §3.1); the
// rest of MySQL's 64 is left for shard numbers and index prefixes.
const MaxName = 48

var identifier = pattern.New(`^[a-z][a-z0-9_]*$`)

// Identifier says whether a name is a legal table or column name for us: lower
// case, digits and single underscores, at most 48, no _db or _tbl suffix.
func Identifier(name string) bool {
	return len(name) <= MaxName && identifier.MatchString(name) &&
		!strings.Contains(name, "__") && !strings.HasSuffix(name, "_") &&
		!strings.HasSuffix(name, "_db") && !strings.HasSuffix(name, "_tbl")
}

// Safe is the nearest legal name that no dialect reserves, and whether that
// meant a change (decisions.md 28).
func Safe(name string) (safe string, changed bool) {
	safe = name
	if !Identifier(safe) {
		safe = legal(safe)
	}
	for _, dialect := range []string{"mysql", "postgresql"} {
		if better, reserved := Reserved(dialect, safe); reserved {
			if better == "" {
				better = safe + "_value"
			}
			safe = better
		}
	}
	return safe, safe != name
}

func legal(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return r > 127 }) {
		name, _ = Translate(name)
	}
	var b strings.Builder
	for i, r := range name {
		switch {
		case r >= 'A' && r <= 'Z':
			if i > 0 && name[i-1] >= 'a' && name[i-1] <= 'z' {
				b.WriteByte('_')
			}
			b.WriteRune(r - 'A' + 'a')
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		default:
			b.WriteByte('_')
		}
	}
	words := strings.FieldsFunc(b.String(), func(r rune) bool { return r == '_' })
	name = strings.Join(words, "_")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "_db"), "_tbl")
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "c_" + name
	}
	return clip(strings.TrimSuffix(name, "_"))
}

// clip shortens a name to MaxName without leaving half an underscore.
func clip(name string) string {
	if len(name) > MaxName {
		name = name[:MaxName]
	}
	return strings.Trim(name, "_")
}
