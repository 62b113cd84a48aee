package infer

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// lexicon.tsv is domain.md appendix C; words.tsv are words of everyday briefs
// that it lacks. Both hold 中文=english pairs, the first file wins.
var (
	//go:embed lexicon.tsv
	lexiconTSV string
	//go:embed words.tsv
	wordsTSV string
)

// dictionary maps Chinese to English; longest is in runes.
type dictionary struct {
	words   map[string]string
	longest int
}

var lexicon = sync.OnceValue(func() dictionary {
	d := dictionary{words: map[string]string{}}
	for _, pair := range strings.Fields(lexiconTSV + "\n" + wordsTSV) {
		zh, en, ok := strings.Cut(pair, "=")
		if _, known := d.words[zh]; !ok || known {
			continue
		}
		d.words[zh] = en
		d.longest = max(d.longest, utf8.RuneCountInString(zh))
	}
	return d
})

// Translate makes an ASCII snake_case name of Chinese words; the flag says
// whether pinyin was needed. Words are found by longest match from the left.
func Translate(zh string) (name string, pinyin bool) {
	runes := []rune(foldName(zh))
	var parts []string
	for len(runes) > 0 {
		if n, en := lexicon().longestMatch(runes); n > 0 {
			if en != "" {
				parts = append(parts, en)
			}
			runes = runes[n:]
			continue
		}
		n, word, spelled := unknown(runes)
		if word != "" {
			parts = append(parts, word)
		}
		pinyin = pinyin || spelled
		runes = runes[n:]
	}
	var out string
	for _, p := range parts {
		out = join(out, p)
	}
	return clip(out), pinyin
}

func (d dictionary) longestMatch(runes []rune) (n int, en string) {
	for n := min(d.longest, len(runes)); n > 0; n-- {
		if en, ok := d.words[string(runes[:n])]; ok {
			return n, en
		}
	}
	return 0, ""
}

// unknown takes a run that the lexicon does not know: ASCII as it is, Chinese
// as pinyin without spaces, anything else as a boundary.
func unknown(runes []rune) (n int, word string, spelled bool) {
	if isWord(runes[0]) {
		for n < len(runes) && isWord(runes[n]) {
			n++
		}
		return n, asciiWord(string(runes[:n])), false
	}
	if !unicode.Is(unicode.Han, runes[0]) {
		return 1, "", false
	}
	for n < len(runes) && unicode.Is(unicode.Han, runes[n]) {
		if m, _ := lexicon().longestMatch(runes[n:]); n > 0 && m > 0 {
			break
		}
		word += spell(runes[n])
		n++
	}
	return n, word, true
}

// asciiWord lowers a word and sets an ID glued to it apart: SKUID → sku_id.
func asciiWord(s string) string {
	switch head, glued := strings.CutSuffix(s, "ID"); {
	case !glued || len(head) < 2, s == "UUID", s == "GUID", s == "RFID":
		return strings.ToLower(s)
	default:
		return strings.ToLower(head) + "_id"
	}
}

func spell(r rune) string {
	if p := pinyin.SinglePinyin(r, pinyin.NewArgs()); len(p) > 0 {
		return p[0]
	}
	return ""
}

func isWord(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// foldName is NFKC with snake_case boundaries kept as spaces.
func foldName(s string) string {
	return strings.ReplaceAll(norm.NFKC.String(s), "_", " ")
}

// Table is the table name for an entity name, plural unless singular is asked.
// A trailing 表 and the 单 of papers (退款单) are not translated (domain.md
// §3.1).
func Table(zh string, singular bool) (name string, pinyin bool) {
	_, _, title := bracketless(zh)
	title = strings.TrimSuffix(title, "表")
	if rest, ok := strings.CutSuffix(title, "单"); ok && rest != "" && !endsInWord(title) {
		title = rest
	}
	name, pinyin = Translate(title)
	if !singular {
		name = Plural(name)
	}
	return clip(name), pinyin
}

// endsInWord says whether the last word found in a name is one that the
// lexicon knows as a whole: 订单, but not the 单 of 退款单.
func endsInWord(zh string) bool {
	runes := []rune(zh)
	for len(runes) > 0 {
		n, _ := lexicon().longestMatch(runes)
		if n == len(runes) && n > 1 {
			return true
		}
		runes = runes[max(n, 1):]
	}
	return false
}
