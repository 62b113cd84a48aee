package infer

import (
	"strings"

	"dbchapter/prompt/pattern"
)

// name is the column the rule gives to a Chinese name: fixed, or with * filled
// from the lexicon (domain.md §3.1 ②③).
func (r rule) name(zh string) (column string, pinyin bool) {
	if !strings.Contains(r.column, "*") {
		return r.column, false
	}
	head, tail, _ := strings.Cut(r.column, "*")
	head, tail = strings.Trim(head, "_"), strings.Trim(tail, "_")
	switch {
	case head == "is":
		zh = afterAny(zh, "是否", "能否", "可否")
	case head == "channel":
		zh = afterAny(zh, "渠道", "第三方", "外部", "银行", "平台", "微信", "支付宝")
		zh = beforeAny(zh, "流水号", "单号", "号")
	}
	word, pinyin := "", false
	if zh != "" {
		word, pinyin = Translate(zh)
	}
	if r.id == "R009" {
		return personColumn(word), pinyin
	}
	if softTails[tail] && r.en.MatchString(word) {
		tail = ""
	}
	return clip(join(head, join(word, tail))), pinyin
}

// softTails are suffixes that only say the kind, so that a translation which
// already is a word of that kind stays as it is: balance, unit_price.
var softTails = map[string]bool{
	"amount": true, "rate": true, "balance": true, "points": true, "stock": true, "count": true,
	"value": true, "score": true, "delta": true, "type": true, "level": true, "reason": true,
	"content": true, "text": true, "num": true, "name": true, "summary": true, "status": true,
	"barcode": true, "size": true, "path": true, "progress": true, "speed": true, "temperature": true,
	"no": true,
}

// personColumn names who did it: created_by stays, operator becomes
// operator_id (R009).
func personColumn(word string) string {
	if strings.HasSuffix(word, "_by") || strings.HasSuffix(word, "_id") {
		return word
	}
	return join(word, "id")
}

// join puts two names together, sharing the words they have in common:
// weight + weight_kg → weight_kg.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	aw, bw := strings.Split(a, "_"), strings.Split(b, "_")
	for n := min(len(aw), len(bw)); n > 0; n-- {
		if strings.Join(aw[len(aw)-n:], "_") == strings.Join(bw[:n], "_") {
			return strings.Join(append(aw, bw[n:]...), "_")
		}
	}
	return a + "_" + b
}

// Rules whose stored form the name has to tell, whatever the user called it
// (domain.md §3.2): a digest of a password is not a password.
var (
	hashed   = map[string]bool{"R030": true, "R096": true}
	replaced = map[string]bool{"R036": true}
	geoWord  = pattern.New(`_?(location|geo|coordinates?|gps|position|lnglat|latlng)$`)
)

// forced is the user's own name, changed only where it would lie.
func (r rule) forced(en string) string {
	switch {
	case hashed[r.id] && !strings.HasSuffix(en, "_hash"):
		return join(en, "hash")
	case replaced[r.id]:
		return r.column
	case strings.Contains(r.column, "+"):
		prefix := geoWord.ReplaceAllString(en, "")
		if prefix == en {
			prefix = ""
		}
		parts := strings.Split(r.column, "+")
		for i, p := range parts {
			parts[i] = join(prefix, p)
		}
		return strings.Join(parts, "+")
	}
	return en
}

func afterAny(s string, prefixes ...string) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return rest
		}
	}
	return s
}

func beforeAny(s string, suffixes ...string) string {
	for _, p := range suffixes {
		if rest, ok := strings.CutSuffix(s, p); ok {
			return rest
		}
	}
	return s
}
