package offline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dbchapter/prompt/chapter"
)

// Bounds of a bullet's text in characters (domain.md §2.3).
const maxBullet = 220

// sentence joins the clauses that are not empty with ；. Clauses come in the
// order of their weight: the first that does not fit is left out.
func sentence(clauses ...string) string {
	var b strings.Builder
	n := 0
	for _, c := range clauses {
		if c == "" {
			continue
		}
		size := utf8.RuneCountInString(c)
		if n > 0 {
			if n+1+size > maxBullet {
				continue
			}
			b.WriteString("；")
			n++
		}
		b.WriteString(clip(c, maxBullet))
		n += size
	}
	return b.String()
}

// clip cuts a text that user words made too long.
func clip(s string, limit int) string {
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	return string(r[:limit-1]) + "…"
}

// fitting joins with ， as many texts as fit beside the other clauses of a
// bullet.
func fitting(texts []string, beside ...string) string {
	room := maxBullet
	for _, b := range beside {
		if b != "" {
			room -= utf8.RuneCountInString(b) + 1
		}
	}
	out := ""
	for _, t := range texts {
		if out != "" {
			t = "，" + t
		}
		if n := utf8.RuneCountInString(t); n <= room {
			out, room = out+t, room-n
		}
	}
	return out
}

// list joins names with 、; of more than limit it says how many there are.
func list(names []string, limit int) string {
	if limit > 0 && len(names) > limit {
		return strings.Join(names[:limit], "、") + "等" + itoa(len(names)) + "个"
	}
	return strings.Join(names, "、")
}

// tables is list for tables, counted in 张.
func tableList(names []string, limit int) string {
	if limit > 0 && len(names) > limit {
		return strings.Join(names[:limit], "、") + "等" + itoa(len(names)) + "张表"
	}
	return strings.Join(names, "、")
}

// inline makes user text safe inside a sentence: one line, no control
// characters, no Markdown or HTML that would take effect.
func inline(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '<':
			return '＜'
		case r == '>':
			return '＞'
		case r == '`':
			return '’'
		case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp):
			return ' '
		}
		return r
	}, s)
	s = strings.ReplaceAll(s, "**", "＊＊")
	return strings.Join(strings.Fields(s), " ")
}

// named is a Chinese name with its column: 车牌号plate_no, 用户ID user_id.
func named(zh, column string) string {
	if zh == "" || strings.EqualFold(zh, column) {
		return column
	}
	if last, _ := utf8.DecodeLastRuneInString(zh); last < utf8.RuneSelf {
		return zh + " " + column
	}
	return zh + column
}

// bare is the thing a column identifies: 车牌号 → 车牌, 用户ID → 用户.
func bare(zh string) string {
	for _, end := range []string{"ID", "编号", "号"} {
		if s := strings.TrimSpace(strings.TrimSuffix(zh, end)); s != zh && utf8.RuneCountInString(s) >= 2 {
			return s
		}
	}
	return zh
}

// unique keeps the first of equal strings and drops empty ones.
func unique(names []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, n := range names {
		if n != "" && !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// item is a bullet of a document.
func item(label string, clauses ...string) chapter.Item {
	return chapter.Item{Label: label, Text: sentence(clauses...)}
}
