package store

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSlug leaves room in the 255 bytes of a file name for what is put behind
// it: "-database-design.brief.yaml", ".bak", the parts of a temporary name.
const maxSlug = 120

// Slug makes a name that people gave into a part of a file name that is safe
// on every system: letters, digits and marks of any script, and - _ . between
// them. It never begins with a dot or dash, never is a device name of Windows,
// and has at most 120 bytes; what leaves nothing becomes "system".
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range name {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '_':
		case unicode.IsMark(r) && b.Len() > 0 && !gap:
		case r == '.' && b.Len() > 0 && !gap && !strings.HasSuffix(b.String(), "."):
		default:
			gap = true
			continue
		}
		if gap && b.Len() > 0 && !strings.HasSuffix(b.String(), ".") {
			b.WriteByte('-')
		}
		gap = false
		if b.Len()+utf8.RuneLen(r) > maxSlug {
			break
		}
		b.WriteRune(r)
	}
	out := strings.Trim(b.String(), "-.")
	if out == "" {
		return "system"
	}
	if reserved(out) {
		stem, rest, dot := strings.Cut(out, ".")
		out = stem + "_"
		if dot {
			out += "." + rest
		}
	}
	return out
}

// devices are names Windows keeps for itself, whatever stands behind a dot.
var devices = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true, "clock$": true,
}

// reserved says whether Windows would open a device instead of a file.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	stem = strings.TrimRight(stem, " ")
	if devices[stem] {
		return true
	}
	for _, port := range []string{"com", "lpt"} {
		if n, ok := strings.CutPrefix(stem, port); ok && utf8.RuneCountInString(n) == 1 {
			return strings.ContainsAny(n, "0123456789¹²³")
		}
	}
	return false
}
