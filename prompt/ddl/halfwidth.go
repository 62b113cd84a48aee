package ddl

// halfWidth is the ASCII character that someone meant by a full-width or
// typographic one, and whether r is such a character. 0 means that there is
// none to take its place.
func halfWidth(r rune) (rune, bool) {
	switch r {
	case '，', '、':
		return ',', true
	case '。', '．':
		return '.', true
	case '‘', '’', '“', '”', '＇', '＂', '′', '″':
		return '\'', true
	case '｀':
		return '`', true
	case '\u00a0', '\u2002', '\u2003', '\u2009', '\u202f', '\u3000':
		return ' ', true
	case '\ufeff', '\u200b', '\u200c', '\u200d', '\u2060':
		return 0, true
	case '【', '〔':
		return '(', true
	case '】', '〕':
		return ')', true
	case '…', '—', '–':
		return 0, true
	case '×':
		return '*', true
	}
	if r >= 0xFF01 && r <= 0xFF5E {
		return r - 0xFEE0, true
	}
	return 0, false
}
